//! Secrets that show by their own form: keys in PEM, credentials in URLs, providers' tokens, random strings.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use hashbrown::HashMap;
use regex::Regex;

use super::placeholder::is_harmless;

/// Forms of which group 1 is the secret, each with the texts of which one, in small or capital letters, stands in
/// whatever has the form.
const FORMS: [(&[&str], &str); 14] = [
    (&["private key"], r"(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(.*?)(?:-----END|\z)"),
    (&["://"], r#"[A-Za-z][A-Za-z0-9+.-]*://[^\s:/@'"`<>]*:([^\s/'"`<>]+)@"#),
    (&["bearer", "basic"], r"(?i-u)\b(?:bearer|basic)\s+([a-z0-9._~+/-]*[0-9][a-z0-9._~+/-]*={0,2})"),
    (&[".ey"], r"(?-u)\b(ey[A-Za-z0-9_-]{10,}\.ey[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?)"),
    (&["akia", "asia", "abia", "acca"], r"(?-u)\b((?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})\b"),
    (
        &[
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_",
            "github_pat_",
            "glpat-",
            "gldt-",
            "glrt-",
            "npm_",
            "pypi-",
            "hf_",
            "hvs.",
            "hvb.",
            "dop_v1_",
            "dp.",
            "shpat_",
            "shpss_",
            "rubygems_",
            "nvapi-",
            "gsk_",
            "xai-",
            "r8_",
            "lin_api_",
            "pmak-",
            "sg.",
            "sbp_",
            "sntrys_",
            "eaac",
        ],
        r"(?-u)\b((?:gh[pousr]_|github_pat_|glpat-|gldt-|glrt-|npm_|pypi-|hf_|hvs\.|hvb\.|dop_v1_|dp\.[a-z]+\.|shpat_|shpss_|rubygems_|nvapi-|gsk_|xai-|r8_|lin_api_|PMAK-|SG\.|sbp_|sntrys_|EAAC)[A-Za-z0-9_.-]{10,})",
    ),
    (
        &["sk-", "sk_", "pk-", "pk_", "rk-", "rk_"],
        r"(?-u)\b((?:sk|pk|rk)[-_](?:live|test|proj|ant|or|lf)?[-_]?[A-Za-z0-9_-]{16,})",
    ),
    (&["xox"], r"(?-u)\b(xox[abeoprs]-[A-Za-z0-9-]{10,})"),
    (
        &["aiza", "ya29.", "gocspx-"],
        r"(?-u)\b(AIza[A-Za-z0-9_-]{30,}|ya29\.[A-Za-z0-9_-]{20,}|GOCSPX-[A-Za-z0-9_-]{20,})",
    ),
    (&["hooks.slack.com"], r"(?-u)hooks\.slack\.com/services/([A-Za-z0-9/]{20,})"),
    (&["api/webhooks/"], r"(?-u)discord(?:app)?\.com/api/webhooks/([0-9]+/[A-Za-z0-9_-]{20,})"),
    (&[":aa"], r"(?-u)\b([0-9]{8,10}:AA[A-Za-z0-9_-]{33})"),
    (&["age-secret-key"], r"(?-u)\b(AGE-SECRET-KEY-1[A-Z0-9]{40,})"),
    (&["accountkey=", "sharedaccesskey="], r"(?i-u)\b(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/=]{20,})"),
];

/// Finds the texts of all forms at once: most texts have none. Each form is compiled where a text may have it.
static ALL_WORDS: LazyLock<Option<AllWords>> = LazyLock::new(|| {
    let words = || FORMS.iter().enumerate().flat_map(|(form, (words, _))| words.iter().map(move |word| (form, word)));
    let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(words().map(|(_, word)| word));
    Some(AllWords { automaton: automaton.ok()?, form: words().map(|(form, _)| form).collect() })
});

struct AllWords {
    automaton: AhoCorasick,
    /// By word, the form that asks for it.
    form: Vec<usize>,
}

static EACH_FORM: [OnceLock<Option<Regex>>; FORMS.len()] = [const { OnceLock::new() }; FORMS.len()];

/// Length of the shortest token of a provider.
pub(super) const SHORTEST_TOKEN: usize = 13;
/// Length of the shortest random string.
const SHORTEST_RANDOM: usize = 24;

/// Byte ranges of such secrets, in no order.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in forms_named(text).into_iter().enumerate().filter(|(_, is_named)| *is_named) {
        let Some(form) = EACH_FORM[at].get_or_init(|| Regex::new(FORMS[at].1).ok()) else { continue };
        let groups = form.captures_iter(text).filter_map(|captures| captures.get(1));
        found.extend(groups.filter(|group| !is_harmless(group.as_str())).map(|group| group.range()));
    }
    if has_word(text, SHORTEST_RANDOM) {
        let tokens = text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '_' | '=' | '-'));
        for token in tokens.filter(|token| token.len() >= SHORTEST_RANDOM && is_random(token)) {
            let start = token.as_ptr() as usize - text.as_ptr() as usize;
            if !is_digest(&text[..start], token) {
                found.push(start..start + token.len());
            }
        }
    }
    found
}

/// The forms that a text may have.
fn forms_named(text: &str) -> [bool; FORMS.len()] {
    let mut named = [false; FORMS.len()];
    let Some(words) = ALL_WORDS.as_ref() else { return [true; FORMS.len()] };
    // Most texts have none, which is told soonest.
    if !words.automaton.is_match(text) {
        return named;
    }
    for found in words.automaton.find_overlapping_iter(text) {
        named[words.form[found.pattern().as_usize()]] = true;
    }
    named
}

/// The bytes that stand in tokens.
const IN_TOKEN: [bool; 256] = {
    let mut in_token = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        in_token[byte] =
            matches!(byte as u8, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'+' | b'=');
        byte += 1;
    }
    in_token
};

/// Whether there is a word of at least `length` bytes that stand in tokens. Each such word covers one of the bytes that
/// are looked at first.
pub(super) fn has_word(text: &str, length: usize) -> bool {
    let bytes = text.as_bytes();
    let stands = |byte: &&u8| IN_TOKEN[usize::from(**byte)];
    let mut at = length - 1;
    while at < bytes.len() {
        let before = bytes[at + 1 - length..=at].iter().rev().take_while(stands).count();
        if before == length {
            return true;
        }
        // A word that ends here may go on.
        at += length - before;
    }
    false
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
