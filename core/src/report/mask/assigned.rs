//! Secrets that show by the name that they are given to: `password: hunter2`, `--token abc`, `get("API_KEY", "abc")`.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::Medium;
use super::placeholder::{is_harmless, is_reference};

/// What gives a secret away wherever it stands in a name, besides keys.
const WORDS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "passwort",
    "pwd",
    "secret",
    "token",
    "credential",
    "requirepass",
    "masterauth",
];
/// What keys that are secret are for.
const KEYS: &[&str] =
    &["api", "access", "private", "signing", "encryption", "master", "secret", "auth", "account", "webhook"];
/// What stands between that and `key`.
const BETWEEN_KEYS: [&str; 3] = ["", "_", "-"];
/// What gives a secret away as a whole word of a name.
const WHOLE_WORDS: &[&str] = &["pass", "salt", "_psk"];

/// Finds all of these, whole words last.
static IN_NAMES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let keys = KEYS.iter().flat_map(|of| BETWEEN_KEYS.map(|between| format!("{of}{between}key")));
    let whole = WHOLE_WORDS.iter().map(|word| (*word).to_owned());
    let words = WORDS.iter().map(|word| (*word).to_owned()).chain(keys).chain(whole);
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
});

/// What follows a name up to its value: closing quotes and brackets, a separator, a type annotation.
static BETWEEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?-u)^(?P<closing>["']?\]?)(?P<type>\s*:\s*[A-Za-z_][A-Za-z0-9_.\[\], |]*?\s*=\s*)?(?P<sep>\s*(?::=|=>|==|!=|[:=])\s*|\s*,\s*|\s+)?"#).ok()
});

/// Name endings that say that the value only speaks of a secret.
const ABOUT: &[&str] = &[
    "file",
    "path",
    "url",
    "uri",
    "endpoint",
    "name",
    "id",
    "ids",
    "length",
    "len",
    "min",
    "max",
    "ttl",
    "expiry",
    "expire",
    "expires",
    "expiration",
    "minutes",
    "seconds",
    "hours",
    "days",
    "policy",
    "field",
    "type",
    "algorithm",
    "header",
    "prefix",
    "enabled",
    "required",
    "count",
    "limit",
    "limits",
    "tokens",
    "tokenizer",
    "secrets",
    "passwords",
    "bearer",
    "class",
    "validator",
    "manager",
    "store",
    "provider",
    "version",
    "rotation",
    "ref",
    "env",
    "hint",
    "label",
    "form",
    "size",
    "budget",
    "usage",
    "bucket",
    "scheme",
    "issuer",
    "audience",
    "secretname",
    "login",
];

/// Whether a variable, key or option of this name holds a secret.
pub fn is_secret_name(name: &str) -> bool {
    names(name).next().is_some_and(|found| found == (0..name.len())) && !is_about(name)
}

/// Byte ranges of words that name a secret, from left to right.
fn names(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let is_in_name = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    let hits = IN_NAMES.as_ref().into_iter().flat_map(move |automaton| automaton.find_overlapping_iter(text));
    let mut done = 0;
    hits.filter_map(move |hit| {
        let may_be_part = hit.pattern().as_usize() < WORDS.len() + KEYS.len() * BETWEEN_KEYS.len();
        if hit.start() < done || !may_be_part && !is_whole_word(bytes, hit.range()) {
            return None;
        }
        let start = hit.start() - bytes[..hit.start()].iter().rev().take_while(is_in_name).count();
        done = hit.end() + bytes[hit.end()..].iter().take_while(is_in_name).count();
        Some(start..done)
    })
}

/// Whether no letter or digit stands around; an underscore may stand before.
fn is_whole_word(bytes: &[u8], range: Range<usize>) -> bool {
    let before = range.start.checked_sub(1).and_then(|at| bytes.get(at));
    let begins = bytes[range.start] == b'_' || !before.is_some_and(u8::is_ascii_alphanumeric);
    begins && !bytes.get(range.end).is_some_and(|after| after.is_ascii_alphanumeric() || *after == b'_')
}

/// Names of `user:password` pairs.
fn is_pair(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with("credentials")
}

fn is_about(name: &str) -> bool {
    let word = name.rsplit(['_', '-', '.']).next().unwrap_or(name);
    let camel = word.rfind(char::is_uppercase).map_or("", |at| &word[at..]);
    [word, camel].iter().any(|word| ABOUT.contains(&word.to_ascii_lowercase().as_str()))
}

/// Byte ranges of such values, in no order.
pub(super) fn find(text: &str, medium: Medium) -> Vec<Range<usize>> {
    let names = names(text).filter(|name| is_pair(&text[name.clone()]) || !is_about(&text[name.clone()]));
    let values = names.filter_map(|name| value(text, name, medium));
    let is_secret = |(name, value): &(Range<usize>, Range<usize>)| {
        is_secret_name(&text[name.clone()]) && !is_harmless(&text[value.clone()])
    };
    values.chain(defaults(text).filter(is_secret).map(|(_, value)| value)).collect()
}

/// The literal defaults in `${VAR:-default}`, each behind its variable.
fn defaults(text: &str) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    let bytes = text.as_bytes();
    let run = move |from: usize, is: fn(&u8) -> bool| from + bytes[from..].iter().take_while(|byte| is(byte)).count();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let name = at + memchr::memmem::find(&bytes[at..], b"${")? + 2;
            let name_end = run(name, |byte| byte.is_ascii_alphanumeric() || *byte == b'_');
            let sign = name_end + usize::from(bytes.get(name_end) == Some(&b':'));
            at = name;
            if name < name_end && matches!(bytes.get(sign), Some(b'-' | b'=')) {
                at = run(sign + 1, |byte| !matches!(byte, b'}' | b'\n'));
                return Some((name..name_end, sign + 1..at));
            }
        }
    })
}

/// A value as it is written at the start of a text: what stands within quotes, or else up to a blank or quote.
struct Written {
    range: Range<usize>,
    is_quoted: bool,
}

impl Written {
    fn at_start(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let prefix = bytes.iter().take(2).take_while(|byte| matches!(byte, b'b' | b'f' | b'r' | b'u')).count();
        let Some(&quote @ (b'"' | b'\'')) = bytes.get(prefix) else {
            let ends = |char: char| char.is_whitespace() || matches!(char, '"' | '\'' | '`');
            let end = text.find(ends).unwrap_or(text.len());
            return (end > 0).then_some(Self { range: 0..end, is_quoted: false });
        };
        let mut characters = text[prefix + 1..].char_indices();
        let end = loop {
            match characters.next() {
                Some((at, char)) if char == char::from(quote) || char == '\n' => break at,
                // It takes the next character along, but for a line end.
                Some((at, '\\')) if characters.next().is_none_or(|(_, next)| next == '\n') => break at,
                Some(_) => {}
                None => break text.len() - prefix - 1,
            }
        };
        Some(Self { range: prefix + 1..prefix + 1 + end, is_quoted: true })
    }
}

fn value(text: &str, name: Range<usize>, medium: Medium) -> Option<Range<usize>> {
    let (before, after) = (&text[..name.start], &text[name.end..]);
    let between = BETWEEN.as_ref()?.captures(after)?;
    let group = |group: &str| between.name(group).map_or("", |part| part.as_str());
    let separator = if group("type").is_empty() { group("sep") } else { "=" };
    if !separates(before, &text[name.clone()], group("closing"), separator) {
        return None;
    }
    let start = name.end + between.get(0)?.end();
    // `${VAR:?message}` gives no value.
    if separator == ":" && text[start..].starts_with(['?', '+']) {
        return None;
    }
    let Written { range, is_quoted } = Written::at_start(&text[start..])?;
    let literal = match is_quoted {
        true => range,
        false if bare_is_literal(before, separator, medium) => trim_bare(&text[start..][range]),
        false => return None,
    };
    let literal = match text[start..][literal.clone()].find(':') {
        Some(colon) if is_pair(&text[name.clone()]) => literal.start + colon + 1..literal.end,
        None if is_pair(&text[name.clone()]) => return None,
        _ => literal,
    };
    secret_part(&text[start..][literal.clone()])
        .map(|part| start + literal.start + part.start..start + literal.start + part.end)
}

/// Whether what stands after the name gives it a value.
fn separates(before: &str, name: &str, closing: &str, separator: &str) -> bool {
    let quoted = closing.starts_with(['"', '\'']);
    let flag = name.starts_with("--") || before.ends_with('-');
    match separator.trim() {
        "," => quoted && (flag || before.trim_end_matches(['"', '\'']).ends_with('(')),
        "" => !separator.contains('\n') && !separator.is_empty() && !quoted && (flag || is_directive(name)),
        "==" | "!=" => !quoted,
        ":" if before.ends_with("${") => false,
        _ => !separator.contains('\n'),
    }
}

/// Directives of Redis that take their value after a space.
fn is_directive(name: &str) -> bool {
    matches!(name, "requirepass" | "masterauth")
}

fn bare_is_literal(before: &str, separator: &str, medium: Medium) -> bool {
    match medium {
        Medium::Code => false,
        Medium::Data => true,
        Medium::Prose => separator == "=" || before.matches('`').count() % 2 == 1,
    }
}

/// A bare value without the punctuation of what it stands in.
fn trim_bare(value: &str) -> Range<usize> {
    if value.starts_with("${") {
        return 0..value.len();
    }
    let end = value.find([',', ';', ')', ']', '}', '`', '&']).unwrap_or(value.len());
    0..end
}

/// The part of a value that is secret; `None` for references and placeholders.
pub(super) fn secret_part(value: &str) -> Option<Range<usize>> {
    if value.starts_with("${")
        && let Some((_, default)) = defaults(value).next()
    {
        return (!is_harmless(&value[default.clone()])).then_some(default);
    }
    let composed = value.contains("${") || value.contains("{{") || is_reference(value);
    (!composed && !is_harmless(value)).then_some(0..value.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text of pieces of what matters here.
    fn text() -> impl Strategy<Value = String> {
        const PIECES: &[&str] = &[
            "pass", "PASS", "word", "token", "api", "key", "_psk", "salt", "_", "-", ".", "x", "9", " ", "\n", "${",
            "A", "}", ":", "=", "\"", "'", "\\", "`", "b", "fr", "\u{e9}", "\u{3000}", "\u{17f}", "ecret",
        ];
        proptest::collection::vec(proptest::sample::select(PIECES), 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_expressions_say(text in text()) {
            let name = Regex::new(r"(?i-u)[A-Za-z0-9_.-]*(?:password|passwd|passphrase|passwort|pwd|secret|token|credential|requirepass|masterauth|(?:api|access|private|signing|encryption|master|secret|auth|account|webhook)[_-]?key|\bpass\b|_pass\b|_psk\b|\bsalt\b|_salt\b)[A-Za-z0-9_.-]*").unwrap();
            let value = Regex::new(r#"^(?:[bfru]{0,2}"((?:[^"\\\n]|\\.)*)"?|[bfru]{0,2}'((?:[^'\\\n]|\\.)*)'?|([^\s"'`]+))"#).unwrap();
            let default = Regex::new(r"\$\{([A-Za-z0-9_]+):?[-=]([^}\n]*)\}?").unwrap();
            prop_assert_eq!(names(&text).collect::<Vec<_>>(), name.find_iter(&text).map(|it| it.range()).collect::<Vec<_>>());
            let written = Written::at_start(&text).map(|it| (it.range, it.is_quoted));
            let quoted = |it: &regex::Captures<'_>| it.get(1).or(it.get(2)).map(|it| (it.range(), true));
            let expected = value.captures(&text).and_then(|it| quoted(&it).or(it.get(3).map(|it| (it.range(), false))));
            prop_assert_eq!(written, expected);
            let expected = default.captures_iter(&text).map(|it| (it.get(1).unwrap().range(), it.get(2).unwrap().range()));
            prop_assert_eq!(defaults(&text).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        }
    }
}
