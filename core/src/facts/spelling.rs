//! The patterns of SQL as regular expressions.

use std::borrow::Cow;

/// How SQL compares a text with a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Operator {
    Like,
    Glob,
    Regexp,
}

impl Operator {
    /// The operator that SQL writes so.
    pub(super) fn of(text: &str) -> Option<Self> {
        Some(match text {
            "LIKE" => Self::Like,
            "GLOB" => Self::Glob,
            "REGEXP" => Self::Regexp,
            _ => return None,
        })
    }

    /// A pattern of it as a regular expression, which finds all that the pattern matches, and perhaps more.
    pub(super) fn spelt(self, pattern: &str) -> Cow<'_, str> {
        match self {
            Self::Regexp => Cow::Borrowed(pattern),
            Self::Like => Cow::Owned(spelling(pattern, '%', '_', "(?is)")),
            Self::Glob => Cow::Owned(spelling(pattern, '*', '?', "(?s)")),
        }
    }
}

/// One character, in a search of bytes.
const ONE: &str = r"(?:[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*)";

/// A pattern of `LIKE` or `GLOB` as a regular expression, in which a class stands for any character.
fn spelling(pattern: &str, any: char, one: char, flags: &str) -> String {
    let start = if pattern.starts_with(any) { "" } else { "^" };
    let end = if pattern.ends_with(any) { "" } else { "$" };
    let mut spelt = format!("{flags}{start}");
    let mut chars = pattern.trim_matches(any).chars();
    while let Some(char) = chars.next() {
        match char {
            '[' if one == '?' => {
                let class = chars.as_str();
                // A bracket that begins a class closes none.
                let inner = class.trim_start_matches('^');
                let skipped = class.len() - inner.len() + inner.chars().next().map_or(0, char::len_utf8);
                let closed = class[skipped..].find(']').map_or(class.len(), |at| skipped + at + 1);
                chars = class[closed..].chars();
                spelt.push_str(ONE);
            }
            _ if char == any => spelt.push_str(".*"),
            _ if char == one => spelt.push_str(ONE),
            _ => spelt.push_str(&regex_syntax::escape(char.encode_utf8(&mut [0; 4]))),
        }
    }
    spelt + end
}
