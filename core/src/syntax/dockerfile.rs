//! Dockerfiles as a list of instructions with places.
//!
//! A lexer of the format itself (logical lines, comments inside of continuations, parser directives, here-documents),
//! so that a word that is no instruction costs only its own line. What the arguments of an instruction mean is read by
//! the methods of [`Instruction`].

use std::ops::Range;

use super::shell::Places;

/// Most instructions of one file.
const MAX_INSTRUCTIONS: usize = 20_000;

/// A Dockerfile.
#[derive(Debug, Clone, Default)]
pub struct Dockerfile {
    /// The instructions in order, unknown ones included.
    pub instructions: Vec<Instruction>,
    /// Whether there were more than are kept.
    pub is_cut: bool,
}

/// One instruction.
#[derive(Debug, Clone)]
pub struct Instruction {
    /// The keyword in upper case.
    pub keyword: String,
    /// Bytes from the keyword to the end of the last line, here-documents included.
    pub range: Range<usize>,
    /// `--name=value` before the arguments.
    pub flags: Vec<Flag>,
    /// The arguments: continuations joined, comment lines dropped.
    pub text: String,
    /// Where the bytes of `text` stand.
    pub places: Places,
    /// Its here-documents.
    pub heredocs: Vec<Heredoc>,
}

/// An option of an instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// The name without dashes.
    pub name: String,
    /// The value, where there is one.
    pub value: Option<String>,
    /// Bytes of the whole option.
    pub range: Range<usize>,
}

/// A here-document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heredoc {
    /// The word that ends it.
    pub delimiter: String,
    /// Bytes of the body.
    pub range: Range<usize>,
}

/// A word of an instruction's arguments, quotes taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The text.
    pub text: String,
    /// Its bytes in the file.
    pub range: Range<usize>,
}

/// The keywords of the format.
pub const KEYWORDS: &[&str] = &[
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// Reads `text`.
pub fn parse(text: &str) -> Dockerfile {
    let mut lexer = Lexer { text, at: 0, escape: escape_character(text) };
    let mut dockerfile = Dockerfile::default();
    while let Some(instruction) = lexer.instruction() {
        if dockerfile.instructions.len() >= MAX_INSTRUCTIONS {
            dockerfile.is_cut = true;
            break;
        }
        dockerfile.instructions.push(instruction);
    }
    dockerfile
}

/// The escape character: a backslash, or what `# escape=` at the top says.
fn escape_character(text: &str) -> char {
    for line in text.lines() {
        let Some(comment) = line.trim().strip_prefix('#') else { break };
        let Some((name, value)) = comment.split_once('=') else { break };
        if name.trim().eq_ignore_ascii_case("escape") {
            return if value.trim() == "`" { '`' } else { '\\' };
        }
    }
    '\\'
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    escape: char,
}

impl Lexer<'_> {
    /// The line at `at` without its end, and where the next one starts.
    fn line(&self, at: usize) -> (&str, usize) {
        let end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        (self.text[at..end].trim_end_matches('\r'), (end + 1).min(self.text.len() + 1))
    }

    fn instruction(&mut self) -> Option<Instruction> {
        while self.at < self.text.len() {
            let (line, next) = self.line(self.at);
            let content = line.trim();
            if !content.is_empty() && !content.starts_with('#') {
                return Some(self.logical_line());
            }
            self.at = next;
        }
        None
    }

    fn logical_line(&mut self) -> Instruction {
        let (first, _) = self.line(self.at);
        let start = self.at + first.len() - first.trim_start().len();
        let (text, steps, end) = self.join(start);
        let split = text.find(char::is_whitespace).unwrap_or(text.len());
        let keyword = text[..split].to_ascii_uppercase();
        let whole = Places::of_steps(steps);
        let (flags, rest) = flags(&text, split, &whole);
        let mut instruction = Instruction {
            places: whole.after(rest),
            text: text[rest..].trim_end().to_owned(),
            range: start..end,
            keyword,
            flags,
            heredocs: Vec::new(),
        };
        if matches!(instruction.keyword.as_str(), "RUN" | "COPY" | "ADD") {
            self.heredocs(&mut instruction);
        }
        instruction
    }

    /// Joins the lines of an instruction that starts at `start`; gives the text, its places and where it ends.
    fn join(&mut self, start: usize) -> (String, Vec<(usize, usize)>, usize) {
        let mut text = String::new();
        let mut steps = Vec::new();
        let mut at = start;
        let mut end = start;
        loop {
            if at >= self.text.len() {
                self.at = self.text.len();
                break;
            }
            let (line, next) = self.line(at);
            let content = line.trim_start();
            let is_dropped = at != start && (content.is_empty() || content.starts_with('#'));
            if is_dropped {
                at = next.min(self.text.len());
                continue;
            }
            steps.push((text.len(), at));
            let trimmed = line.trim_end();
            end = at + trimmed.len();
            let next = next.min(self.text.len());
            match trimmed.strip_suffix(self.escape) {
                Some(part) => {
                    text.push_str(part);
                    at = next;
                }
                None => {
                    text.push_str(trimmed);
                    self.at = next;
                    break;
                }
            }
        }
        (text, steps, end)
    }

    /// Takes the bodies of `<<EOF` after the instruction.
    fn heredocs(&mut self, instruction: &mut Instruction) {
        for (delimiter, strips_tabs) in delimiters(&instruction.text) {
            let start = self.at;
            let mut at = start;
            let mut end = None;
            while at < self.text.len() {
                let (line, next) = self.line(at);
                let line = if strips_tabs { line.trim_start_matches('\t') } else { line };
                if line == delimiter {
                    end = Some((at, next.min(self.text.len())));
                    break;
                }
                at = next;
            }
            let Some((end, next)) = end else { return };
            instruction.range.end = end + delimiter.len();
            instruction.heredocs.push(Heredoc { delimiter, range: start..end });
            self.at = next;
        }
    }
}

/// The options after the keyword, and where the arguments begin.
fn flags(text: &str, start: usize, places: &Places) -> (Vec<Flag>, usize) {
    let mut flags = Vec::new();
    let mut at = start;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        let is_flag = rest.starts_with("--") && rest.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic);
        if !is_flag {
            return (flags, at);
        }
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (name, value) = match rest[2..length].split_once('=') {
            Some((name, value)) => (name, Some(value.trim_matches('"').to_owned())),
            None => (&rest[2..length], None),
        };
        let range = places.in_file(at)..places.in_file(at) + length;
        flags.push(Flag { name: name.to_owned(), value, range });
        at += length;
    }
}

/// The words after `<<`, and whether leading tabs are dropped.
fn delimiters(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("<<") {
        rest = &rest[at + 2..];
        if rest.starts_with('<') {
            rest = rest.trim_start_matches('<');
            continue;
        }
        let strips_tabs = rest.starts_with('-');
        let word = rest.trim_start_matches('-').trim_start_matches(['"', '\'']);
        let length = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(word.len());
        let is_name = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if is_name {
            found.push((word[..length].to_owned(), strips_tabs));
        }
    }
    found
}

impl Instruction {
    /// Whether the format has the keyword.
    pub fn is_known(&self) -> bool {
        KEYWORDS.contains(&self.keyword.as_str())
    }

    /// The value of an option.
    pub fn flag(&self, name: &str) -> Option<&str> {
        self.flags.iter().find(|flag| flag.name == name).and_then(|flag| flag.value.as_deref())
    }

    /// The items of the exec form, `["a", "b"]`; `None` for the shell form.
    pub fn exec(&self) -> Option<Vec<Word>> {
        json_words(&self.text).map(|words| self.place(words))
    }

    /// The arguments as words: of the exec form, else parted by blanks outside of quotes.
    pub fn words(&self) -> Vec<Word> {
        self.exec().unwrap_or_else(|| self.place(blank_words(&self.text)))
    }

    /// The arguments of the instruction under `ONBUILD` or `HEALTHCHECK`, from its keyword on.
    pub fn nested(&self) -> Option<Instruction> {
        let split = self.text.find(char::is_whitespace).unwrap_or(self.text.len());
        let keyword = self.text[..split].to_ascii_uppercase();
        let rest = split + self.text[split..].len() - self.text[split..].trim_start().len();
        KEYWORDS.contains(&keyword.as_str()).then(|| Instruction {
            keyword,
            range: self.range.clone(),
            flags: Vec::new(),
            text: self.text[rest..].to_owned(),
            places: self.places.after(rest),
            heredocs: self.heredocs.clone(),
        })
    }

    /// `NAME=value` pairs of `ENV`, `LABEL` and `ARG`; the old `ENV NAME value` is one pair.
    pub fn pairs(&self) -> Vec<(String, Option<String>, Range<usize>)> {
        let first = self.text.split_whitespace().next().unwrap_or_default();
        if self.keyword != "ARG" && !first.contains('=') {
            let (name, value) = self.text.split_once(char::is_whitespace).unwrap_or((&self.text, ""));
            let range = self.places.in_file(0)..self.places.in_file(self.text.len());
            return vec![(name.to_owned(), Some(value.trim().to_owned()), range)];
        }
        let words = self.place(blank_words(&self.text)).into_iter();
        words
            .map(|word| match word.text.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned()), word.range),
                None => (word.text, None, word.range),
            })
            .collect()
    }

    fn place(&self, words: Vec<Word>) -> Vec<Word> {
        let placed = words.into_iter().map(|word| {
            let range = self.places.in_file(word.range.start)..self.places.in_file(word.range.end);
            Word { range: range.start..range.end.max(range.start), ..word }
        });
        placed.collect()
    }
}

/// A JSON list of strings and nothing else.
fn json_words(text: &str) -> Option<Vec<Word>> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let offset = text.find('[')? + 1;
    let mut words = Vec::new();
    let mut at = 0;
    loop {
        at += inner[at..].len() - inner[at..].trim_start().len();
        if at == inner.len() {
            return (words.is_empty() || inner.trim_end().ends_with('"')).then_some(words);
        }
        let length = string_length(&inner[at..])?;
        let text: String = serde_json::from_str(&inner[at..at + length]).ok()?;
        words.push(Word { text, range: offset + at..offset + at + length });
        at += length;
        at += inner[at..].len() - inner[at..].trim_start().len();
        match inner.as_bytes().get(at) {
            Some(b',') => at += 1,
            None => {}
            Some(_) => return None,
        }
    }
}

/// Bytes of the JSON string at the start of `text`.
fn string_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

/// Words parted by blanks outside of quotes; quotes and backslashes are taken away.
fn blank_words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut current: Option<Word> = None;
    let mut quote = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() && quote.is_none() {
            words.extend(current.take());
            continue;
        }
        let word = current.get_or_insert_with(|| Word { text: String::new(), range: at..at });
        word.range.end = at + c.len_utf8();
        match c {
            '\\' if quote != Some('\'') => {
                if let Some((next, escaped)) = chars.next() {
                    word.text.push(escaped);
                    word.range.end = next + escaped.len_utf8();
                }
            }
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some(c),
            _ => word.text.push(c),
        }
    }
    words.extend(current);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keywords(text: &str) -> Vec<String> {
        parse(text).instructions.into_iter().map(|instruction| instruction.keyword).collect()
    }

    #[test]
    fn continuations_comments_and_places() {
        let text = "FROM a # not a comment\nRUN one \\\n  # why\n\n  && two \\\n  three\nUSER x\n";
        let dockerfile = parse(text);
        assert_eq!(keywords(text), ["FROM", "RUN", "USER"]);
        let run = &dockerfile.instructions[1];
        assert_eq!(run.text, "one   && two   three");
        assert_eq!(&text[run.places.in_file(run.text.find("two").unwrap())..][..3], "two");
        assert_eq!(&text[run.places.in_file(run.text.find("three").unwrap())..][..5], "three");
        assert_eq!(&text[run.range.clone()], "RUN one \\\n  # why\n\n  && two \\\n  three");
    }

    #[test]
    fn heredocs_are_bodies_not_instructions() {
        let text =
            "FROM a\nRUN <<EOF\napt-get update\nUSER root\nEOF\nCOPY <<-'A' <<B /x/\n\tone\n\tA\ntwo\nB\nUSER y\n";
        let dockerfile = parse(text);
        assert_eq!(keywords(text), ["FROM", "RUN", "COPY", "USER"]);
        assert_eq!(&text[dockerfile.instructions[1].heredocs[0].range.clone()], "apt-get update\nUSER root\n");
        assert_eq!(dockerfile.instructions[2].heredocs.len(), 2);
    }

    #[test]
    fn flags_exec_form_and_pairs() {
        let text =
            "COPY --from=build --chown=a:b [\"x y\", \"/d/\"]\nENV A=1 B=\"x y\" C='z'\nENV OLD some value\nARG V\n";
        let instructions = parse(text).instructions;
        assert_eq!(instructions[0].flag("from"), Some("build"));
        let words: Vec<_> = instructions[0].words().into_iter().map(|word| word.text).collect();
        assert_eq!(words, ["x y", "/d/"]);
        assert_eq!(&text[instructions[0].words()[1].range.clone()], "\"/d/\"");
        let pairs: Vec<_> =
            instructions[1].pairs().into_iter().map(|(name, value, _)| (name, value.unwrap())).collect();
        assert_eq!(pairs, [("A".into(), "1".into()), ("B".into(), "x y".into()), ("C".into(), "z".into())]);
        assert_eq!(instructions[2].pairs()[0].1.as_deref(), Some("some value"));
        assert_eq!(instructions[3].pairs()[0].1, None);
    }

    #[test]
    fn an_unknown_word_costs_its_own_line() {
        assert_eq!(keywords("FROM a\nRUNN x\nCMD [\"y\"]\n"), ["FROM", "RUNN", "CMD"]);
        assert!(!parse("RUNN x").instructions[0].is_known());
    }

    #[test]
    fn the_escape_directive_is_honoured() {
        assert_eq!(parse("# escape=`\nFROM a\nRUN x `\n y\n").instructions[1].text, "x  y");
    }

    #[test]
    fn any_text_ends() {
        for text in
            ["", "\\", "RUN \\", "RUN <<", "RUN <<E", "[\"", "COPY [\"a\"", "é\\\né", "FROM --platform", "ENV =", "#"]
        {
            for instruction in parse(text).instructions {
                instruction.words();
                instruction.pairs();
                instruction.nested();
            }
        }
    }
}
