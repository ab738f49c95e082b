//! The lines of an environment file, as Compose reads them, with the place of every part.

use std::ops::Range;

/// One `NAME=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// The name.
    pub name: String,
    /// The value without quotes; `None` for a line that holds a name only.
    pub value: Option<String>,
    /// `none`, `single` or `double`.
    pub quoting: &'static str,
    /// Whether `export` stands before it.
    pub is_exported: bool,
    /// Bytes of the whole assignment.
    pub range: Range<usize>,
}

/// A line that readers disagree on or refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Oddity {
    /// What it is: `no_assignment`, `blank_around_equals`, `bad_name`, `unbalanced_quote`, `unquoted_blank`, `carriage_return`.
    pub kind: &'static str,
    /// The name, or the start of the line.
    pub subject: String,
    /// Where.
    pub range: Range<usize>,
}

/// Lexes a text. Quoted values may cross lines.
pub(crate) fn lex(text: &str) -> (Vec<Assignment>, Vec<Oddity>) {
    let mut lexer = Lexer { text, at: 0, assignments: Vec::new(), oddities: Vec::new() };
    while lexer.at < text.len() {
        lexer.line();
    }
    (lexer.assignments, lexer.oddities)
}

/// The names that assignments set which are commented out, with the bytes from the `#` to the `=`.
pub(crate) fn commented(text: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    text.split_inclusive('\n')
        .scan(0, |next, line| Some((std::mem::replace(next, *next + line.len()), line)))
        .filter_map(|(start, line)| {
            let indent = line.len() - line.trim_start().len();
            let rest = line.trim_start().strip_prefix('#')?.trim_start_matches('#').trim_start();
            let rest = rest.strip_prefix("export ").unwrap_or(rest);
            let name = rest[..rest.find('=')?].trim_end();
            let end = start + line.len() - rest.len() + name.len() + 1;
            is_name(name).then_some((name, start + indent..end))
        })
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    assignments: Vec<Assignment>,
    oddities: Vec<Oddity>,
}

impl Lexer<'_> {
    fn line(&mut self) {
        let start = self.at;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        self.at = end + 1;
        let line = &self.text[start..end];
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            return;
        }
        let start = start + line.len() - line.trim_start().len();
        let (is_exported, rest) = match content.strip_prefix("export ") {
            Some(rest) => (true, rest.trim_start()),
            None => (false, content),
        };
        let name_start = start + content.len() - rest.len();
        let Some(equals) = rest.find('=') else {
            self.without_value(rest, name_start, is_exported);
            return;
        };
        let written = &rest[..equals];
        let name = written.trim_end();
        if !is_name(name) {
            let kind = "bad_name";
            self.oddities.push(Oddity { kind, subject: short(name), range: name_start..name_start + equals });
        }
        let value_start = name_start + equals + 1;
        let is_blank_after = self.text[value_start..end].starts_with([' ', '\t']);
        if written.len() != name.len() || (is_blank_after && !self.text[value_start..end].trim().is_empty()) {
            self.odd("blank_around_equals", name, start..end);
        }
        let (value, quoting, value_end) = self.value(name, value_start, end);
        self.at = self.at.max(value_end);
        let value_end = value_end.min(self.text.len());
        let range = start..start + self.text[start..value_end].trim_end().len();
        self.assignments.push(Assignment { name: name.to_owned(), value: Some(value), quoting, is_exported, range });
    }

    fn without_value(&mut self, rest: &str, start: usize, is_exported: bool) {
        let range = start..start + rest.len();
        if is_name(rest) {
            let name = rest.to_owned();
            self.assignments.push(Assignment { name, value: None, quoting: "none", is_exported, range });
        } else {
            self.oddities.push(Oddity { kind: "no_assignment", subject: short(rest), range });
        }
    }

    /// The value that starts at `start`, how it is quoted, and where it ends.
    fn value(&mut self, name: &str, start: usize, line_end: usize) -> (String, &'static str, usize) {
        let line = &self.text[start..line_end];
        let lead = line.len() - line.trim_start().len();
        let quote = line.trim_start().chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else { return (self.bare(name, start, line), "none", line_end) };
        let open = start + lead + 1;
        let style = if quote == '"' { "double" } else { "single" };
        match closing(&self.text[open..], quote) {
            Some(length) => {
                let raw = &self.text[open..open + length];
                let value = if quote == '"' { unescape(raw) } else { raw.to_owned() };
                let rest_of_line =
                    self.text[open + length..].find('\n').map_or(self.text.len(), |at| open + length + at);
                (value, style, rest_of_line.max(line_end))
            }
            None => {
                self.odd("unbalanced_quote", name, start..line_end);
                (line.trim().to_owned(), "none", line_end)
            }
        }
    }

    fn bare(&mut self, name: &str, start: usize, line: &str) -> String {
        let without_comment = match line.find(" #").or_else(|| line.find("\t#")) {
            Some(at) => &line[..at],
            None => line,
        };
        let value = without_comment.trim();
        if line.ends_with('\r') && !self.oddities.iter().any(|oddity| oddity.kind == "carriage_return") {
            self.odd("carriage_return", name, start..start + line.len());
        }
        if value.contains(' ') {
            self.odd("unquoted_blank", name, start..start + line.len());
        }
        value.to_owned()
    }

    fn odd(&mut self, kind: &'static str, subject: &str, range: Range<usize>) {
        self.oddities.push(Oddity { kind, subject: short(subject), range });
    }
}

/// Bytes before the quote that closes a value.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        if c == quote && !is_escaped {
            return Some(at);
        }
        is_escaped = c == '\\' && !is_escaped && quote == '"';
    }
    None
}

fn unescape(raw: &str) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => value.push('\n'),
                Some('t') => value.push('\t'),
                Some('r') => value.push('\r'),
                Some(other) => value.push(other),
                None => value.push('\\'),
            },
            (c, false) => value.push(c),
        }
    }
    value
}

fn is_name(name: &str) -> bool {
    let first = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    first && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

/// The start of a text that may hold a secret: enough to find it again.
fn short(text: &str) -> String {
    text.chars().take(24).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(String, Option<String>)> {
        lex(text).0.into_iter().map(|line| (line.name, line.value)).collect()
    }

    fn oddities(text: &str) -> Vec<&'static str> {
        lex(text).1.into_iter().map(|oddity| oddity.kind).collect()
    }

    #[test]
    fn quotes_comments_and_exports_are_read() {
        let text = "# head\nexport A=1\nB='x # y'\nC=\"a\\nb\" # note\nD=plain # note\nE=\nF\n";
        let expected = [
            ("A", Some("1")),
            ("B", Some("x # y")),
            ("C", Some("a\nb")),
            ("D", Some("plain")),
            ("E", Some("")),
            ("F", None),
        ];
        let expected: Vec<_> = expected.map(|(name, value)| (name.to_owned(), value.map(str::to_owned))).into();
        assert_eq!(values(text), expected);
        assert!(oddities(text).is_empty());
    }

    #[test]
    fn a_commented_assignment_names_its_variable() {
        let text = "# A note = none\n#A=1\n  # export B_C = x\nD=1 # E=2\n##F=\n#\n";
        let found: Vec<_> = commented(text).map(|(name, range)| (name, &text[range])).collect();
        assert_eq!(found, [("A", "#A="), ("B_C", "# export B_C "), ("F", "##F=")]);
    }

    #[test]
    fn a_quoted_value_may_cross_lines() {
        let text = "KEY=\"-----BEGIN\nabc\n-----END\"\nNEXT=1\n";
        assert_eq!(values(text).len(), 2);
        assert_eq!(&text[lex(text).0[0].range.clone()], "KEY=\"-----BEGIN\nabc\n-----END\"");
    }

    #[test]
    fn odd_lines_are_told() {
        assert_eq!(oddities("A = 1\n"), ["blank_around_equals"]);
        assert_eq!(oddities("A=\"x\n"), ["unbalanced_quote"]);
        assert_eq!(oddities("A B\n"), ["no_assignment"]);
        assert_eq!(oddities("9A=1\n"), ["bad_name"]);
        assert_eq!(oddities("A=one two\n"), ["unquoted_blank"]);
        assert_eq!(oddities("A=1\r\nB=2\r\n"), ["carriage_return"]);
    }

    #[test]
    fn any_bytes_end() {
        for text in ["=", "==\"", "\"", "é=ü\"", "export ", "A='\n\n", "\r", "A=\u{0}"] {
            lex(text);
        }
    }
}
