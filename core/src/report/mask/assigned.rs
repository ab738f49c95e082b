//! Secrets that show by the name that they are given to: `password: hunter2`, `--token abc`, `get("API_KEY", "abc")`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Medium;
use super::placeholder::{is_harmless, is_reference};

const WORDS: &str = "password|passwd|passphrase|passwort|pwd|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|\
                     signing[_-]?key|encryption[_-]?key|master[_-]?key|secret[_-]?key|auth[_-]?key|account[_-]?key|\
                     credential|requirepass|masterauth|client[_-]?secret|webhook[_-]?key";

static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i-u)[A-Za-z0-9_.-]*(?:{WORDS}|\bpass\b|_pass\b|_psk\b|\bsalt\b|_salt\b)[A-Za-z0-9_.-]*"))
        .ok()
});

/// What follows a name up to its value: closing quotes and brackets, a separator, a type annotation.
static BETWEEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?-u)^(?P<closing>["']?\]?)(?P<type>\s*:\s*[A-Za-z_][A-Za-z0-9_.\[\], |]*?\s*=\s*)?(?P<sep>\s*(?::=|=>|==|!=|[:=])\s*|\s*,\s*|\s+)?"#).ok()
});

static VALUE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^(?:[bfru]{0,2}"(?P<double>(?:[^"\\\n]|\\.)*)"?|[bfru]{0,2}'(?P<single>(?:[^'\\\n]|\\.)*)'?|(?P<bare>[^\s"'`]+))"#).ok()
});

/// The literal default in `${VAR:-default}`.
static DEFAULT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\$\{([A-Za-z0-9_]+):?[-=]([^}\n]*)\}?").ok());

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
    let Some(syntax) = NAME.as_ref() else { return true };
    syntax.find(name).is_some_and(|found| found.as_str() == name) && !is_about(name)
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
    let Some(names) = NAME.as_ref() else { return Vec::new() };
    let names = names.find_iter(text).filter(|name| is_pair(name.as_str()) || !is_about(name.as_str()));
    names.filter_map(|name| value(text, name.range(), medium)).chain(defaults(text)).collect()
}

/// Literal defaults of variables that hold a secret.
fn defaults(text: &str) -> impl Iterator<Item = Range<usize>> {
    let found = DEFAULT.as_ref().into_iter().flat_map(|syntax| syntax.captures_iter(text));
    let secret = found.filter(|found| found.get(1).is_some_and(|name| is_secret_name(name.as_str())));
    secret.filter_map(|found| found.get(2)).filter(|value| !is_harmless(value.as_str())).map(|value| value.range())
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
    let found = VALUE.as_ref()?.captures(&text[start..])?;
    let quoted = found.name("double").or_else(|| found.name("single"));
    let literal = match (quoted, found.name("bare")) {
        (Some(quoted), _) => quoted.range(),
        (None, Some(bare)) if bare_is_literal(before, separator, medium) => trim_bare(bare.as_str()),
        _ => return None,
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
    let default = DEFAULT.as_ref()?.captures(value).filter(|_| value.starts_with("${")).and_then(|found| found.get(2));
    if let Some(default) = default {
        return (!is_harmless(default.as_str())).then(|| default.range());
    }
    let composed = value.contains("${") || value.contains("{{") || is_reference(value);
    (!composed && !is_harmless(value)).then_some(0..value.len())
}
