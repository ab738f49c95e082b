//! What a configured value is: empty, a reference, a stand-in, a well-known word, a provider's token, a real secret.
//!
//! One classifier for every artifact that holds settings. It looks at the value first and at the name second, for
//! names alone accuse `NEXT_TOKEN` and `PASSWORD_MIN_LENGTH`. It states a class and never judges.

use crate::facts::known::Known;

/// What a setting's name and value say together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Classified {
    /// Whether the name, or the shape of the value, says that the value is a secret.
    pub is_secret_name: bool,
    /// The class; see [`class`].
    pub class: &'static str,
    /// Who issues tokens of this format.
    pub provider: Option<String>,
    /// Shannon entropy in bits a character.
    pub entropy: f64,
}

/// Longest value that is looked at.
const MAX_VALUE: usize = 8192;

/// Classifies a setting.
pub(crate) fn classify(known: &Known, name: &str, value: &str) -> Classified {
    let value = &value[..floor_char_boundary(value, MAX_VALUE)];
    if let Some(password) = account_password(name, value) {
        let is_secret_name = !password.is_empty();
        let class = class_of_password(known, password);
        return Classified { is_secret_name, class, provider: None, entropy: entropy(password) };
    }
    let (class, provider) = class(known, value);
    let is_secret_name = match name_kind(name) {
        NameKind::Secret => !matches!(class, "path" | "boolean" | "url"),
        NameKind::Key => matches!(class, "opaque" | "token" | "placeholder" | "weak" | "variable"),
        NameKind::Other => url_password(value).is_some_and(|password| !password.is_empty()),
    };
    Classified { is_secret_name, class, provider, entropy: entropy(value) }
}

/// The password of a setting that holds an account: `NEO4J_AUTH=user/password`, `FLOWER_BASIC_AUTH=user:password`.
fn account_password<'v>(name: &str, value: &'v str) -> Option<&'v str> {
    let end = name.len().saturating_sub("BASIC_AUTH".len());
    let separator = match name {
        _ if name.eq_ignore_ascii_case("NEO4J_AUTH") => '/',
        _ if name.as_bytes()[end..].eq_ignore_ascii_case(b"BASIC_AUTH") => ':',
        _ => return None,
    };
    value.split_once(separator).map(|(_, password)| password)
}

/// The class of a value: `empty`, `variable` (it holds `${…}` or `$NAME`), `reference` (to a secret store), `token`
/// (a provider's format), `url_credential` (a URL with a literal password), `weak` (known to everybody), `placeholder`,
/// `path`, `boolean`, `number`, `url`, `public` (a certificate, public key or hash), `opaque` (looks random), `text`.
pub(crate) fn class(known: &Known, value: &str) -> (&'static str, Option<String>) {
    let trimmed = value.trim();
    if trimmed.is_empty() || matches!(trimmed, "null" | "None" | "none" | "nil" | "~") {
        return ("empty", None);
    }
    if let Some(provider) = provider(known, trimmed) {
        return ("token", Some(provider));
    }
    (plain_class(known, trimmed), None)
}

fn plain_class(known: &Known, value: &str) -> &'static str {
    if let Some(password) = url_password(value) {
        return match class_of_password(known, password) {
            class @ ("variable" | "placeholder" | "weak") => class,
            "empty" => "url",
            _ => "url_credential",
        };
    }
    if is_reference(value) {
        return "reference";
    }
    if has_variable(value) {
        return "variable";
    }
    if is_public(value) {
        return "public";
    }
    class_of_password(known, value)
}

fn class_of_password(known: &Known, value: &str) -> &'static str {
    let lower = value.to_ascii_lowercase();
    let words = &known.words;
    if lower.is_empty() {
        return "empty";
    }
    if has_variable(value) {
        return "variable";
    }
    // Whoever writes `<change-me>` means that something else is to stand there.
    if lower.starts_with('<') && lower.ends_with('>') {
        return "placeholder";
    }
    if words.weak.contains(&lower) || words.weak_parts.any_in(&lower) {
        return "weak";
    }
    if matches!(lower.as_str(), "true" | "false" | "yes" | "no" | "on" | "off") {
        return "boolean";
    }
    if words.placeholder_parts.any_in(&lower) || is_sequence(&lower) {
        return "placeholder";
    }
    if value.parse::<f64>().is_ok() {
        return "number";
    }
    if is_path(value) {
        return "path";
    }
    if value.contains("://") {
        return "url";
    }
    if is_opaque(value) { "opaque" } else { "text" }
}

/// The password of `scheme://user:password@host`, where there is one.
pub(crate) fn url_password(value: &str) -> Option<&str> {
    let (scheme, rest) = value.split_once("://")?;
    let last = scheme.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '+' && c != '-').next()?;
    if last.is_empty() {
        return None;
    }
    let rest = &rest[..rest.find(['/', ' ', '"', '\'', '\n']).unwrap_or(rest.len())];
    let (user_info, _) = rest.rsplit_once('@')?;
    let (_, password) = user_info.split_once(':')?;
    Some(password)
}

/// Whether the value holds a variable that somebody else fills: `${X}`, `$X`, `$(x)`, `%X%`, `{{ x }}`.
fn has_variable(value: &str) -> bool {
    let is_inner = |c: char| c.is_alphanumeric() || c == '_';
    let begins = |(at, _): (usize, &str)| match value[at + 1..].chars().next() {
        Some('{' | '(') => true,
        // `$$NAME` is a dollar sign, and one within a word means nothing.
        Some(c) if c.is_ascii_alphabetic() || c == '_' => !value[..at].ends_with(|c| c == '$' || is_inner(c)),
        _ => false,
    };
    let of_windows = value.strip_prefix('%').and_then(|rest| rest.strip_suffix('%'));
    value.match_indices('$').any(begins)
        || value.contains("{{")
        || of_windows.is_some_and(|name| !name.is_empty() && name.chars().all(is_inner))
}

fn is_reference(value: &str) -> bool {
    const PREFIXES: &[&str] = &[
        "vault:",
        "op://",
        "ssm:",
        "arn:aws:",
        "secretsmanager:",
        "sops:",
        "ENC[",
        "encrypted:",
        "gcp-secret:",
        "sm://",
        "azurekeyvault:",
        "projects/",
        "ref+",
        "aws-sm:",
        "file://",
        "doppler:",
        "/run/secrets/",
    ];
    PREFIXES.iter().any(|prefix| value.starts_with(prefix))
}

fn is_public(value: &str) -> bool {
    value.contains("BEGIN CERTIFICATE")
        || value.contains("BEGIN PUBLIC KEY")
        || value.starts_with("ssh-rsa ")
        || value.starts_with("ssh-ed25519 ")
        || value.starts_with("$2a$")
        || value.starts_with("$2b$")
        || value.starts_with("$2y$")
        || value.starts_with("$argon2")
        || value.starts_with("$apr1$")
        || value.starts_with("sha256:")
        || value.starts_with("pk_")
}

fn is_path(value: &str) -> bool {
    let starts = ["/", "./", "../", "~/", "C:\\"].iter().any(|prefix| value.starts_with(prefix));
    starts && !value.contains(' ') && !value.ends_with('=')
}

/// `aaaaaaaa`, `abcdefgh`, `0123456789`: typed, not drawn.
fn is_sequence(value: &str) -> bool {
    let bytes = value.as_bytes();
    if bytes.len() < 6 {
        return false;
    }
    let steps = bytes.windows(2).filter(|pair| pair[0] == pair[1] || pair[0].wrapping_add(1) == pair[1]).count();
    steps * 10 >= (bytes.len() - 1) * 9
}

/// Looks drawn at random: long, mixed, without the rhythm of words.
fn is_opaque(value: &str) -> bool {
    let allowed = |c: char| c.is_ascii_graphic();
    if value.len() < 12 || !value.chars().all(allowed) {
        return false;
    }
    let digits = value.bytes().any(|byte| byte.is_ascii_digit());
    let letters = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    digits && letters && entropy(value) >= 3.0 && !is_version_like(value)
}

/// Host names, image names, versions and dates mix letters and digits, too.
fn is_version_like(value: &str) -> bool {
    let words = value.split(['-', '_', '.', ':', '/', ',']).filter(|word| !word.is_empty());
    words.clone().count() > 1 && words.clone().all(|word| word.len() <= 12 && !is_mixed(word))
}

/// Letters and digits that alternate more than once.
fn is_mixed(word: &str) -> bool {
    let kinds: Vec<bool> = word.bytes().map(|byte| byte.is_ascii_digit()).collect();
    kinds.windows(2).filter(|pair| pair[0] != pair[1]).count() > 1
}

/// Shannon entropy in bits a character.
pub(crate) fn entropy(value: &str) -> f64 {
    let mut characters: Vec<char> = value.chars().collect();
    characters.sort_unstable();
    let mut counts: Vec<usize> = characters.chunk_by(char::eq).map(<[char]>::len).collect();
    counts.sort_unstable();
    let shares = counts.iter().map(|count| *count as f64 / characters.len() as f64);
    let bits: f64 = shares.map(|share| -share * share.log2()).sum();
    (bits * 100.0).round().max(0.0) / 100.0
}

/// Who issues tokens of the format that the value has; examples and repeated characters are not tokens.
pub(crate) fn provider(known: &Known, value: &str) -> Option<String> {
    if known.token_places(value).is_empty() {
        return None;
    }
    known.tokens.iter().find_map(|format| {
        let found = value.contains(format.literal.as_str()).then(|| format.find_iter(value).next()).flatten()?;
        is_plausible_token(found.as_str()).then(|| format.provider.clone())
    })
}

/// Whether a match of a token format could be real: no documented example, no run of one character.
pub(crate) fn is_plausible_token(token: &str) -> bool {
    let lower = token.to_ascii_lowercase();
    let stand_in = ["example", "xxxx", "your", "test1234", "000000", "123456789", "abcdef", "placeholder"];
    !stand_in.iter().any(|part| lower.contains(part)) && entropy(token) >= 2.5
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameKind {
    /// Its values are secrets.
    Secret,
    /// Ends in `key`: a secret where the value looks like one.
    Key,
    Other,
}

/// Words after which a name is about a secret, not the secret itself.
const ABOUT: &[&str] = &[
    "file",
    "path",
    "dir",
    "url",
    "uri",
    "name",
    "id",
    "length",
    "min",
    "max",
    "expire",
    "expires",
    "expiry",
    "ttl",
    "expiration",
    "lifetime",
    "timeout",
    "algorithm",
    "alg",
    "type",
    "header",
    "prefix",
    "suffix",
    "endpoint",
    "host",
    "port",
    "user",
    "username",
    "enabled",
    "enable",
    "required",
    "count",
    "limit",
    "size",
    "minutes",
    "seconds",
    "hours",
    "days",
    "rounds",
    "policy",
    "reset",
    "field",
    "issuer",
    "audience",
    "tokens",
    "mode",
    "method",
    "version",
    "scheme",
    "location",
    "regex",
    "pattern",
    "strength",
    "validity",
    "cost",
    "hash",
    "hasher",
    "hashers",
    "names",
    "headers",
    "urls",
    "paths",
    "endpoints",
    "fields",
    "validators",
    "patterns",
    "provider",
    "arn",
    "cookie",
    "age",
    "interval",
    "window",
    "rotation",
    "budget",
    "usage",
    "store",
    "backend",
    "class",
    "bits",
    "format",
    "ref",
];
const SECRETS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "pass",
    "secret",
    "token",
    "apikey",
    "credential",
    "credentials",
    "secretkey",
    "authkey",
    "accesskey",
    "privatekey",
    "passkey",
];
const KEY_OWNERS: &[&str] = &[
    "api",
    "secret",
    "private",
    "access",
    "signing",
    "encryption",
    "master",
    "service",
    "auth",
    "admin",
    "account",
    "fernet",
    "jwt",
    "session",
    "shared",
    "role",
    "webhook",
];
const OTHER_KEYS: &[&str] = &[
    "public",
    "publishable",
    "primary",
    "foreign",
    "sort",
    "partition",
    "cache",
    "index",
    "group",
    "site",
    "routing",
    "idempotency",
    "anon",
    "host",
    "map",
    "object",
    "message",
];

fn name_kind(name: &str) -> NameKind {
    let words = words(name);
    let Some(last) = words.last() else { return NameKind::Other };
    if ABOUT.contains(&last.as_str()) || words.iter().any(|word| matches!(word.as_str(), "public" | "publishable")) {
        return NameKind::Other;
    }
    let is_joined = ["password", "passwd", "secret", "apikey", "token"].iter().any(|word| last.ends_with(word));
    if is_joined
        || SECRETS.contains(&last.as_str())
        || words.iter().any(|word| matches!(word.as_str(), "password" | "secret"))
    {
        return NameKind::Secret;
    }
    if matches!(last.as_str(), "key" | "keys") {
        let owner = words.len().checked_sub(2).and_then(|at| words.get(at)).map(String::as_str).unwrap_or_default();
        return match owner {
            owner if KEY_OWNERS.contains(&owner) => NameKind::Secret,
            owner if OTHER_KEYS.contains(&owner) => NameKind::Other,
            _ => NameKind::Key,
        };
    }
    if words.iter().any(|word| matches!(word.as_str(), "token" | "passwd")) { NameKind::Key } else { NameKind::Other }
}

/// The words of a name in any of the usual spellings, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            words.push(String::new());
            was_lower = false;
            continue;
        }
        if c.is_uppercase() && was_lower {
            words.push(String::new());
        }
        was_lower = c.is_lowercase() || c.is_ascii_digit();
        match words.last_mut() {
            Some(word) if c.is_ascii() => word.push(c.to_ascii_lowercase()),
            Some(word) => word.extend(c.to_lowercase()),
            None => {}
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::known::builtin;

    fn is_secret(name: &str, value: &str) -> bool {
        classify(&builtin(), name, value).is_secret_name
    }

    #[test]
    fn names_are_read_by_their_words() {
        for name in [
            "DB_PASSWORD",
            "jwtSecret",
            "OPENAI_API_KEY",
            "SECRET_KEY",
            "auth-token",
            "POSTGRES_PASSWORD",
            "PGPASSWORD",
        ] {
            assert!(is_secret(name, "s8Kd0qPz1Lmn4Rt"), "{name}");
        }
        for name in
            ["PASSWORD_MIN_LENGTH", "MAX_TOKENS", "SECRET_NAME", "API_KEY_HEADER", "PUBLIC_KEY", "TOKEN_EXPIRE_MINUTES"]
        {
            assert!(!is_secret(name, "s8Kd0qPz1Lmn4Rt"), "{name}");
        }
        assert!(!is_secret("DB_PASSWORD_FILE", "/run/secrets/db"));
        assert!(!is_secret("CACHE_KEY", "s8Kd0qPz1Lmn4Rt"));
        assert!(!is_secret("SSL_KEY", "/etc/ssl/key.pem"));
    }

    #[test]
    fn the_password_of_an_account_is_what_counts() {
        let told = |name, value| {
            let classified = classify(&builtin(), name, value);
            (classified.is_secret_name, classified.class)
        };
        assert_eq!(told("NEO4J_AUTH", "neo4j/password123"), (true, "weak"));
        assert_eq!(told("NEO4J_AUTH", "neo4j/${NEO4J_PASSWORD}"), (true, "variable"));
        assert!(!told("NEO4J_AUTH", "none").0);
        assert_eq!(told("FLOWER_BASIC_AUTH", "admin:admin"), (true, "weak"));
        assert_eq!(told("FLOWER_BASIC_AUTH", "ops:Zk3vR8qLm2Xw7pTn"), (true, "opaque"));
    }

    #[test]
    fn values_have_classes() {
        let cases = [
            ("", "empty"),
            ("${DB_PASSWORD}", "variable"),
            ("postgres://app:${PW}@db/app", "variable"),
            ("postgres://app:kB82nd01xa@db/app", "url_credential"),
            ("postgres://app@db/app", "url"),
            ("redis://:secret@cache:6379/0", "weak"),
            ("amqp://guest:your-password@mq", "placeholder"),
            ("vault:secret/data/app#key", "reference"),
            ("changeme", "weak"),
            ("dev-secret-change-me-in-production", "weak"),
            ("your-api-key-here", "placeholder"),
            ("<change-me>", "placeholder"),
            ("xxxxxxxxxxxxxxxx", "placeholder"),
            ("abcdefghijklmnop", "placeholder"),
            ("/run/secrets/db", "reference"),
            ("/etc/tls/server.key", "path"),
            ("true", "boolean"),
            ("8192", "number"),
            ("9f8e7d6c5b4a39281706", "opaque"),
            ("correct horse", "text"),
            ("us-east-1", "text"),
            ("postgres-16-alpine", "text"),
        ];
        let known = builtin();
        for (value, expected) in cases {
            assert_eq!(class(&known, value).0, expected, "{value}");
        }
    }

    #[test]
    fn providers_are_told_and_documented_examples_are_not() {
        let token = format!("ghp_{}", "a8Kd0qPz1Lmn4RtV6xYb3CwE5uHj7FgS2oNi");
        assert_eq!(class(&builtin(), &token), ("token", Some("GitHub".to_owned())));
        assert_ne!(class(&builtin(), "AKIAIOSFODNN7EXAMPLE").0, "token");
        assert_ne!(class(&builtin(), &format!("ghp_{}", "x".repeat(36))).0, "token");
    }
}
