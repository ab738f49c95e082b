//! What stands where a secret would and is none: references, placeholders, types. The expressions are made for bytes, which
//! takes far less work than making them for characters.

use std::sync::LazyLock;

use regex::bytes::Regex;

/// `${VAR}` and its like; a default within is looked at apart.
static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x-u)^(?:
            \$\{[^}]*\}? | \$\$?[A-Za-z0-9_]+ | \$\([^)]*\)? | `[^`]*`?         # shell, compose
          | \{\{.*?(?:\}\})? | \{%.*? | \{[A-Za-z0-9_.\[\]()!:]*\}            # templates, f-strings
          | %\(?[A-Za-z0-9_]*\)?[sd]? | <[^>]*>? | \[[^\]]*\]? | @[A-Za-z0-9_]+@          # formats, blanks
          | (?:vault|op|ssm|secretsmanager|sops|aws|gcp|file|env|ref):.* | ![A-Za-z0-9_]+.*
          | (?:/[A-Za-z0-9_.-]+){2,}/? | \./.*                                # paths of secret files
        )$",
    )
    .ok()
});

static PLACEHOLDER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix-u)^(?:
            .*change[-_\s]?(?:me|this|it|in).* | .*replace[-_\s]?(?:me|this|with).* | (?:put|insert|enter|set|add)[-_\s].*
          | your?[-_\s.].* | .*[-_]here | my[-_](?:secret|password|token|key).*
          | x{3,}.* | \*{3,} | \.{3,}.* | -{2,} | \xE2\x80\xA6         # an ellipsis
          | .*example.* | .*placeholder.* | .*redacted.* | .*(?:todo|tbd|fixme).* | dummy.* | fake.*
          | none | null | nil | undefined | true | false | yes | no | on | off | required | optional | default
          | str | string | int | bool | bytes | any | object | secretstr | optional\[.*
        )$",
    )
    .ok()
});

/// Whether a value, without its quotes, gives nothing away.
pub(super) fn is_harmless(value: &str) -> bool {
    let value = value.trim();
    let says_nothing = !value.chars().any(char::is_alphanumeric);
    says_nothing || is_reference(value) || PLACEHOLDER.as_ref().is_some_and(|syntax| syntax.is_match(value.as_bytes()))
}

/// Whether a value points to a secret kept elsewhere.
pub(super) fn is_reference(value: &str) -> bool {
    REFERENCE.as_ref().is_some_and(|syntax| syntax.is_match(value.as_bytes()))
}
