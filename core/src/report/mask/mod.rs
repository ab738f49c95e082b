//! Secrets are never printed whole: what looks like one is shown by its first characters at most.
//!
//! A mask keeps the number of characters, so that columns stay true. Fewer than eight characters are hidden
//! altogether; of longer secrets the first two, from sixteen on the first four remain. References (`${VAR}`,
//! `{{ var }}`) and placeholders (`changeme`, `<password>`) are no secrets and stay.

mod assigned;
mod option;
mod placeholder;
mod shaped;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

pub use assigned::is_secret_name;

/// How a text writes values: what follows `password =` is a literal in data and an expression in code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// A programming language: only quoted values are literals.
    Code,
    /// Configuration, data, shell: bare values are literals too.
    Data,
    /// A message: bare values are literals within backticks or directly after `=`.
    Prose,
}

impl Medium {
    /// The medium of a file, from its path.
    pub fn of(path: &str) -> Self {
        let ending = path.rsplit('/').next().unwrap_or(path).rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending {
            "py" | "pyi" | "js" | "jsx" | "mjs" | "cjs" | "ts" | "tsx" | "go" | "rs" | "java" | "rb" => Self::Code,
            "md" | "rst" => Self::Prose,
            _ => Self::Data,
        }
    }
}

/// The text with its secrets masked.
pub fn mask(text: &str, medium: Medium) -> Cow<'_, str> {
    match find(text, medium) {
        found if found.is_empty() => Cow::Borrowed(text),
        found => Cow::Owned(mask_ranges(text, found)),
    }
}

/// Masks the text in place; gives the secrets that are distinct enough to be known again elsewhere.
pub(super) fn mask_in_place(text: &mut String, medium: Medium) -> Vec<String> {
    let found = find(text, medium);
    if found.is_empty() {
        return Vec::new();
    }
    let mut secrets: Vec<String> = found.iter().map(|range| text[range.clone()].to_owned()).collect();
    secrets.retain(|secret| secret.len() >= 6 && !secret.bytes().all(|byte| byte.is_ascii_lowercase()));
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    *text = mask_ranges(text, found);
    secrets
}

fn mask_ranges(text: &str, found: Vec<Range<usize>>) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for range in found {
        masked.push_str(&text[done..range.start]);
        push_hidden(&mut masked, &text[range.clone()]);
        done = range.end;
    }
    masked.push_str(&text[done..]);
    masked
}

/// A value that a name says is secret, masked; references and placeholders stay.
pub fn mask_whole(value: &str) -> String {
    let mut masked = String::with_capacity(value.len());
    match assigned::secret_part(value) {
        Some(secret) => {
            masked.push_str(&value[..secret.start]);
            push_hidden(&mut masked, &value[secret.clone()]);
            masked.push_str(&value[secret.end..]);
        }
        None => masked.push_str(value),
    }
    masked
}

/// Masks every occurrence of these secrets.
pub(super) fn hide(text: &mut String, secrets: &[String]) {
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        if text.contains(secret.as_str()) {
            let mut hidden = String::new();
            push_hidden(&mut hidden, secret);
            *text = text.replace(secret.as_str(), &hidden);
        }
    }
}

/// What a text with a secret holds; without any of these only a long token can be one.
static SIGNS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let names = ["pass", "pwd", "secret", "token", "key", "credential", "requirepass", "masterauth", "salt", "_psk"];
    let forms = ["://", "bearer", "basic", "hooks.slack", "webhooks/", ":aa", "private", option::PROGRAMS[1]];
    AhoCorasick::builder().ascii_case_insensitive(true).build(names.into_iter().chain(forms)).ok()
});

/// Byte ranges of secrets, sorted and apart from one another. Most texts of a report are short and plain: it is not worth
/// looking there.
fn find(text: &str, medium: Medium) -> Vec<Range<usize>> {
    let has_sign = SIGNS.as_ref().is_none_or(|signs| signs.is_match(text));
    if !has_sign && !shaped::has_word(text, shaped::SHORTEST_TOKEN) {
        return Vec::new();
    }
    let mut found = shaped::find(text);
    // A name that gives a secret away is a sign.
    if has_sign {
        found.extend(assigned::find(text, medium));
        found.extend(option::find(text));
    }
    found.retain(|range| !range.is_empty());
    found.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

fn push_hidden(masked: &mut String, secret: &str) {
    let kept = match secret.chars().count() {
        0..8 => 0,
        8..16 => 2,
        _ => 4,
    };
    for (at, c) in secret.chars().enumerate() {
        masked.push(if at < kept || c == '\n' || c == '\r' { c } else { '*' });
    }
}

#[cfg(test)]
mod tests;
