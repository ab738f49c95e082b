//! Regular expressions as rules write them: linear-time where they can be, with look-around and back-references where
//! they must, and then within a bound of steps.

use std::ops::Range;
use std::sync::Arc;

/// Most steps of one search with look-around or back-references.
const MAX_STEPS: usize = 200_000;
/// Longest regular expression, in bytes.
const MAX_LENGTH: usize = 64 << 10;
/// Most bytes that look-arounds may pass over: each place of a text may look to the end of its line.
const MAX_LOOKED_AT: u64 = 500_000_000;
/// Largest compiled program, in bytes.
const MAX_PROGRAM: usize = 8 << 20;

/// A compiled regular expression.
#[derive(Debug, Clone)]
pub(crate) struct Regex {
    engine: Arc<Engine>,
}

#[derive(Debug)]
enum Engine {
    Linear(regex::Regex),
    /// Also tells whether a look-around may run on: it is then one step of the bound, however far it looks.
    Backtracking(fancy_regex::Regex, bool),
}

/// One match: its range, and its groups by name (`$1`, `$NAME`).
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) range: Range<usize>,
    pub(crate) groups: Vec<(String, Range<usize>)>,
}

/// The search met its bound of steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooManySteps;

impl Regex {
    /// Compiles; `multi_line` makes `^` and `$` match at each line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn new(pattern: &str, multi_line: bool) -> Result<Self, String> {
        if pattern.len() > MAX_LENGTH {
            return Err(format!("the regular expression is longer than {MAX_LENGTH} bytes"));
        }
        let spelt = spelling(pattern);
        let linear = regex::RegexBuilder::new(&spelt)
            .multi_line(multi_line)
            .size_limit(MAX_PROGRAM)
            .dfa_size_limit(MAX_PROGRAM)
            .build();
        let engine = match linear {
            Ok(regex) => Engine::Linear(regex),
            Err(error @ regex::Error::CompiledTooBig(_)) => return Err(error.to_string()),
            Err(_) => {
                let flagged = if multi_line { format!("(?m){spelt}") } else { spelt };
                let built = fancy_regex::RegexBuilder::new(&flagged)
                    .backtrack_limit(MAX_STEPS)
                    .delegate_size_limit(MAX_PROGRAM)
                    .build();
                let built = built.map_err(|error| format!("`{pattern}` is no regular expression: {error}"))?;
                Engine::Backtracking(built, looks_far(pattern))
            }
        };
        Ok(Self { engine: Arc::new(engine) })
    }

    /// The names of its groups, with their `$`.
    pub(crate) fn groups(&self) -> Vec<String> {
        let named = |name: Option<&str>| name.map(|name| format!("${name}"));
        match &*self.engine {
            Engine::Linear(regex) => regex.capture_names().filter_map(named).collect(),
            Engine::Backtracking(regex, _) => regex.capture_names().filter_map(named).collect(),
        }
    }

    /// Whether it matches anywhere.
    pub(crate) fn is_found(&self, text: &str) -> Result<bool, TooManySteps> {
        match &*self.engine {
            Engine::Linear(regex) => Ok(regex.is_match(text)),
            Engine::Backtracking(_, true) if is_too_long(text) => Err(TooManySteps),
            Engine::Backtracking(regex, _) => regex.is_match(text).map_err(|_| TooManySteps),
        }
    }

    /// The match that begins at the start of `text`, if there is one.
    pub(crate) fn at_start(&self, text: &str) -> Result<Option<Found>, TooManySteps> {
        let mut all = self.search(text, 1)?;
        Ok(all.pop().filter(|found| found.range.start == 0))
    }

    /// Every match, from left to right.
    pub(crate) fn find_all(&self, text: &str) -> Result<Vec<Found>, TooManySteps> {
        self.search(text, usize::MAX)
    }

    fn search(&self, text: &str, most: usize) -> Result<Vec<Found>, TooManySteps> {
        let mut all = Vec::new();
        match &*self.engine {
            Engine::Linear(regex) => {
                let names: Vec<_> = regex.capture_names().collect();
                for captures in regex.captures_iter(text).take(most) {
                    all.push(found(&names, |at| captures.get(at).map(|group| group.range())));
                }
            }
            Engine::Backtracking(_, true) if is_too_long(text) => return Err(TooManySteps),
            Engine::Backtracking(regex, _) => {
                let names: Vec<_> = regex.capture_names().collect();
                for captures in regex.captures_iter(text).take(most) {
                    let captures = captures.map_err(|_| TooManySteps)?;
                    all.push(found(&names, |at| captures.get(at).map(|group| group.range())));
                }
            }
        }
        Ok(all)
    }
}

/// Whether a pattern has a look-around that repeats something without an end.
fn looks_far(pattern: &str) -> bool {
    ["(?=", "(?!", "(?<=", "(?<!"]
        .iter()
        .flat_map(|open| pattern.match_indices(open).map(|(at, open)| &pattern[at + open.len()..]))
        .any(|inner| {
            let mut depth = 1;
            let inner = inner.chars().take_while(|char| {
                depth += i32::from(*char == '(') - i32::from(*char == ')');
                depth > 0
            });
            inner.collect::<String>().contains(['*', '+'])
        })
}

fn is_too_long(text: &str) -> bool {
    let longest = text.split('\n').map(str::len).max().unwrap_or(0);
    text.len() as u64 * longest as u64 > MAX_LOOKED_AT
}

fn found(names: &[Option<&str>], group: impl Fn(usize) -> Option<Range<usize>>) -> Found {
    let mut groups = Vec::new();
    for (at, name) in names.iter().enumerate().skip(1) {
        if let Some(range) = group(at) {
            groups.push((format!("${at}"), range.clone()));
            if let Some(name) = name {
                groups.push((format!("${name}"), range));
            }
        }
    }
    Found { range: group(0).unwrap_or(0..0), groups }
}

/// An expression of PCRE in the spelling of Rust's engines: they know no `\Z`, `\h`, `\R`, `\N`, `\Q…\E` and comments,
/// take `{` for a repetition and `[`, `&&`, `--`, `~~` in a class for operations on classes.
fn spelling(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    // For each open group, whether it is a look-around.
    let mut groups = Vec::new();
    while let Some(first) = rest.chars().next() {
        rest = match first {
            '\\' => escape(rest, false, &mut out),
            '[' => class(rest, &mut out),
            '(' if rest.starts_with("(?#") => rest.split_once(')').map_or("", |(_, after)| after),
            '(' => {
                groups.push(["(?=", "(?!", "(?<=", "(?<!"].iter().any(|open| rest.starts_with(open)));
                out.push('(');
                &rest[1..]
            }
            ')' => {
                out.push(')');
                let is_look = groups.pop().unwrap_or(false);
                after_repetition(&rest[1..]).filter(|_| is_look).unwrap_or(&rest[1..])
            }
            '{' if !is_repetition(rest.as_bytes()) => {
                out.push_str("\\{");
                &rest[1..]
            }
            other => {
                out.push(other);
                &rest[other.len_utf8()..]
            }
        };
    }
    out
}

/// What follows a repetition of once or more, which changes nothing after a look-around.
fn after_repetition(text: &str) -> Option<&str> {
    let counted = text.starts_with('{') && is_repetition(text.as_bytes()) && !text.starts_with("{0");
    if counted { text.split_once('}').map(|(_, after)| after) } else { text.strip_prefix('+') }
}

/// Writes the escape that `text` begins with; what follows it.
fn escape<'t>(text: &'t str, in_class: bool, out: &mut String) -> &'t str {
    let Some(escaped) = text[1..].chars().next() else {
        out.push('\\');
        return "";
    };
    let after = &text[1 + escaped.len_utf8()..];
    match escaped {
        'Z' => out.push_str(r"\z"),
        'h' if in_class => out.push_str(r" \t"),
        'h' => out.push_str(r"[ \t]"),
        'R' if !in_class => out.push_str(r"(?:\r\n|\n|\r)"),
        'N' if !in_class => out.push_str(r"[^\n]"),
        'e' => out.push_str(r"\x1b"),
        'b' if in_class => out.push_str(r"\x08"),
        'Q' => {
            let (literal, after) = after.split_once(r"\E").unwrap_or((after, ""));
            literal.chars().for_each(|char| push_literal(char, out));
            return after;
        }
        'p' | 'P' | 'x' | 'u' | 'g' | 'k' if after.starts_with('{') => {
            let end = after.find('}').map_or(after.len(), |at| at + 1);
            out.push('\\');
            out.push(escaped);
            out.push_str(&after[..end]);
            return &after[end..];
        }
        // `\<` and `\>` are word boundaries in Rust, and it knows no escape of `_`.
        other if other.is_alphanumeric() => {
            out.push('\\');
            out.push(other);
        }
        other => push_literal(other, out),
    }
    after
}

fn push_literal(char: char, out: &mut String) {
    if "\\.+*?()|[]{}^$#&-~ ".contains(char) {
        out.push('\\');
    }
    out.push(char);
}

/// Writes the class that `text` begins with; what follows it.
fn class<'t>(text: &'t str, out: &mut String) -> &'t str {
    let open = if text.starts_with("[^") { 2 } else { 1 };
    out.push_str(&text[..open]);
    let mut rest = &text[open..];
    let mut is_first = true;
    while let Some(char) = rest.chars().next() {
        match char {
            ']' if !is_first => {
                out.push(']');
                return &rest[1..];
            }
            '\\' => rest = escape(rest, true, out),
            '[' if rest.starts_with("[:") && rest.contains(":]") => {
                let end = rest.find(":]").map_or(rest.len(), |at| at + 2);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            _ => {
                let doubled = matches!(char, '&' | '-' | '~') && rest[1..].starts_with(char);
                if doubled || matches!(char, '[' | ']') {
                    out.push('\\');
                }
                out.push(char);
                rest = &rest[char.len_utf8()..];
            }
        }
        is_first = false;
    }
    rest
}

fn is_repetition(rest: &[u8]) -> bool {
    let digits = rest[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && matches!(rest.get(1 + digits), Some(b'}' | b','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_around_and_spellings_of_pcre() {
        assert_eq!(Regex::new("^(?!safe_)", false).unwrap().is_found("url"), Ok(true));
        assert_eq!(Regex::new(r"a\/b\Z", false).unwrap().is_found("a/b"), Ok(true));
        assert_eq!(Regex::new("{x}", false).unwrap().is_found("a{x}"), Ok(true));
        assert_eq!(Regex::new(r"^b{2}$", true).unwrap().is_found("a\nbb\n"), Ok(true));
        for (pattern, text) in [
            (r"^[[\]&&!--]+$", "[]&-!"),
            (r"^[]a[:digit:]]+$", "]a7"),
            (r"^\Qa.b{\E(?#not this)\-\_\<\@$", "a.b{-_<@"),
            (r"^[\w\-\.\h]+\R$", "a-. \t\r\n"),
            (r"\p{Lu}\x{41}\u{42}", "ÄAB"),
            (r"^(?=.*[0-9])(?!\s){6,32}(?=a)+a1$", "a1"),
            (r"(?!.*[\s])(?=.*[!#$%&'()*+,-./:;<=>?@[\]^_`{|}~])", "a~"),
        ] {
            let regex = Regex::new(pattern, false).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(regex.is_found(text), Ok(true), "{pattern}");
        }
    }

    #[test]
    fn a_catastrophic_expression_meets_its_bound() {
        let regex = Regex::new(r"(?=(a+)+b)\1", false).unwrap();
        assert_eq!(regex.is_found(&"a".repeat(60)), Err(TooManySteps));
        let regex = Regex::new("(?=(a+)+b)a", false).unwrap();
        assert_eq!(regex.is_found(&"a".repeat(100_000)), Err(TooManySteps));
        assert_eq!(regex.is_found(&"aab\n".repeat(100_000)), Ok(true));
        assert!(Regex::new("(", false).is_err());
        assert!(Regex::new("((a{1000}){1000}){1000}", false).is_err());
    }
}
