//! Secrets that show by their own form: keys in PEM, credentials in URLs, providers' tokens, random strings.

use hashbrown::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use regex::{Regex, RegexSet};

use super::placeholder::is_harmless;

/// Forms of which group 1 is the secret.
const FORMS: [&str; 14] = [
    r"(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(.*?)(?:-----END|\z)",
    r#"[A-Za-z][A-Za-z0-9+.-]*://[^\s:/@'"`<>]*:([^\s/'"`<>]+)@"#,
    r"(?i)\b(?:bearer|basic)\s+([a-z0-9._~+/-]*[0-9][a-z0-9._~+/-]*={0,2})",
    r"\b(ey[A-Za-z0-9_-]{10,}\.ey[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?)",
    r"\b((?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})\b",
    r"\b((?:gh[pousr]_|github_pat_|glpat-|gldt-|glrt-|npm_|pypi-|hf_|hvs\.|hvb\.|dop_v1_|dp\.[a-z]+\.|shpat_|shpss_|rubygems_|nvapi-|gsk_|xai-|r8_|lin_api_|PMAK-|SG\.|sbp_|sntrys_|EAAC)[A-Za-z0-9_.-]{10,})",
    r"\b((?:sk|pk|rk)[-_](?:live|test|proj|ant|or|lf)?[-_]?[A-Za-z0-9_-]{16,})",
    r"\b(xox[abeoprs]-[A-Za-z0-9-]{10,})",
    r"\b(AIza[A-Za-z0-9_-]{30,}|ya29\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,})",
    r"hooks\.slack\.com/services/([A-Za-z0-9/]{20,})",
    r"discord(?:app)?\.com/api/webhooks/([0-9]+/[A-Za-z0-9_-]{20,})",
    r"\b([0-9]{8,10}:AA[A-Za-z0-9_-]{33})",
    r"\b(AGE-SECRET-KEY-1[A-Z0-9]{40,})",
    r"(?i)\b(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/=]{20,})",
];

/// All forms at once, for most texts have none; and each, compiled where a text has it.
static ANY_FORM: LazyLock<Option<RegexSet>> = LazyLock::new(|| RegexSet::new(FORMS).ok());
static EACH_FORM: [OnceLock<Option<Regex>>; FORMS.len()] = [const { OnceLock::new() }; FORMS.len()];

static RANDOM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[A-Za-z0-9+_=-]{24,}").ok());

/// Length of the shortest token of a provider.
pub(super) const SHORTEST_TOKEN: usize = 13;
/// Length of the shortest random string.
const SHORTEST_RANDOM: usize = 24;

/// Byte ranges of such secrets, in no order. `longest` is the length of the longest word.
pub(super) fn find(text: &str, longest: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let present = ANY_FORM.as_ref().filter(|any| any.is_match(text)).map(|any| any.matches(text));
    for at in present.iter().flatten() {
        let Some(form) = EACH_FORM[at].get_or_init(|| Regex::new(FORMS[at]).ok()) else { continue };
        let groups = form.captures_iter(text).filter_map(|captures| captures.get(1));
        found.extend(groups.filter(|group| !is_harmless(group.as_str())).map(|group| group.range()));
    }
    if let Some(random) = RANDOM.as_ref().filter(|_| longest >= SHORTEST_RANDOM) {
        let candidates = random.find_iter(text).filter(|token| !is_digest(&text[..token.start()], token.as_str()));
        found.extend(candidates.filter(|token| is_random(token.as_str())).map(|token| token.range()));
    }
    found
}

/// The length of the longest word, of the characters that stand in tokens.
pub(super) fn longest_word(text: &str) -> usize {
    let (mut longest, mut length) = (0, 0);
    for byte in text.bytes() {
        let stands = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'+' | b'=');
        length = if stands { length + 1 } else { 0 };
        longest = longest.max(length);
    }
    longest
}

/// Integrity hashes are public.
fn is_digest(before: &str, token: &str) -> bool {
    let name = before.trim_end_matches([':', '-', '=']);
    let named = |algorithm: &&str| name.ends_with(*algorithm) || token.starts_with(*algorithm);
    ["sha1", "sha256", "sha384", "sha512", "md5", "h1"].iter().any(named)
}

/// Random base64: many kinds of characters, changing all the time. Hex is left alone: it is nearly always a commit, a
/// digest or an id, and a name gives secret hex away.
fn is_random(token: &str) -> bool {
    let count = |is: fn(&u8) -> bool| token.bytes().filter(is).count();
    let (digits, upper, lower) =
        (count(u8::is_ascii_digit), count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let hex = token.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let mixed = digits >= 2 && upper >= 3 && lower >= 3;
    !hex && mixed && changes(token) * 3 >= token.len() && entropy(token) >= 4.0
}

/// How often the kind of character changes.
fn changes(token: &str) -> usize {
    let kind = |byte: &u8| (byte.is_ascii_digit(), byte.is_ascii_uppercase(), byte.is_ascii_lowercase());
    token.as_bytes().windows(2).filter(|pair| kind(&pair[0]) != kind(&pair[1])).count()
}

/// Bits a character.
fn entropy(token: &str) -> f64 {
    let mut counts: HashMap<u8, f64> = HashMap::new();
    for byte in token.bytes() {
        *counts.entry(byte).or_default() += 1.0;
    }
    let total = token.len() as f64;
    let mut counts: Vec<f64> = counts.into_values().collect();
    counts.sort_by(f64::total_cmp);
    counts.iter().map(|count| -(count / total) * (count / total).log2()).sum()
}
