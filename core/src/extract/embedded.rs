//! Credentials in the middle of texts of any kind: tokens of a provider's format, and URLs with a password.
//!
//! Values of settings are stated with the artifact that holds them; here everything is looked at, so that what stands in
//! code, a document or an odd file is found, too. The credential itself is never stated.

use std::ops::Range;

use super::values::{class, is_plausible_token, url_password};
use super::{Extractor, Model};
use crate::facts::known::{Known, TokenFormat};
use crate::facts::schema::tree::EmbeddedSecret;
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};

/// Most credentials that one file may state.
const MAX_FOUND: usize = 200;
/// Bytes around the literal part of a token in which the token lies.
const BEFORE: usize = 40;
const AFTER: usize = 300;
/// Longest URL that is looked at, in bytes.
const MAX_URL: usize = 400;

/// States credentials in texts.
pub(super) struct EmbeddedSecrets;

impl Extractor for EmbeddedSecrets {
    fn name(&self) -> &'static str {
        "embedded-secrets"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        !matches!(artifact, Artifact::PackageLock | Artifact::Lockfile | Artifact::UvLock | Artifact::Certificate)
    }

    fn fills(&self) -> &'static [&'static str] {
        &["embedded_secret"]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let mut found = tokens(facts.known(), file.text);
        found.extend(urls(facts.known(), file.text));
        for secret in found.into_iter().take(MAX_FOUND) {
            facts.push(EmbeddedSecret {
                span: file.span(secret.range),
                certainty: Certainty::Likely,
                kind: secret.kind,
                provider: secret.provider,
                value_class: secret.value_class,
                host: secret.host,
            });
        }
        None
    }
}

struct Found {
    range: Range<usize>,
    kind: &'static str,
    provider: String,
    value_class: &'static str,
    host: Option<String>,
}

fn tokens(known: &Known, text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for at in known.token_places(text) {
        let here = &text.as_bytes()[at..];
        for format in known.tokens.iter().filter(|format| here.starts_with(format.literal.as_bytes())) {
            let Some(range) = token_at(format, text, at) else { continue };
            if is_plausible_token(&text[range.clone()]) && found.iter().all(|other| other.range.start != range.start) {
                let (provider, host) = (format.provider.clone(), None);
                found.push(Found { range, kind: "token", provider, value_class: "token", host });
            }
        }
        if found.len() >= MAX_FOUND {
            break;
        }
    }
    found
}

/// The token of a format whose literal stands at `literal`.
fn token_at(format: &TokenFormat, text: &str, literal: usize) -> Option<Range<usize>> {
    let start = floor(text, literal.saturating_sub(BEFORE));
    let end = floor(text, (literal + format.literal.len() + AFTER).min(text.len()));
    let mut tokens = format.find_iter(&text[start..end]).map(|token| start + token.start()..start + token.end());
    tokens.find(|token| token.contains(&literal))
}

fn urls(known: &Known, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "://") {
        let is_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let length = text.as_bytes()[..at].iter().rev().take(30).take_while(|byte| is_scheme(byte)).count();
        let start = at - length;
        let rest = &text[start..floor(text, (start + MAX_URL).min(text.len()))];
        let end = rest.find(|c: char| c.is_whitespace() || "\"'`<>|)],;".contains(c)).unwrap_or(rest.len());
        let url = &rest[..end];
        let Some(password) = url_password(url).filter(|password| !password.is_empty() && length > 0) else { continue };
        let host = url.rsplit('@').next().unwrap_or_default();
        let host = host.split([':', '/', '?', '#']).next().unwrap_or_default();
        let authority = url[length + 3..].split('/').next().unwrap_or_default();
        let value_class = match class(known, url).0 {
            _ if has_hole(authority) => "variable",
            "url" if class(known, password).0 == "empty" => continue,
            class => class,
        };
        let (provider, host) = (text[start..at].to_ascii_lowercase(), Some(host.to_owned()));
        found.push(Found { range: start..start + url.len(), kind: "url", provider, value_class, host });
        if found.len() >= MAX_FOUND {
            break;
        }
    }
    found
}

/// Whether a program fills in part of the text: `{host}`, `%s`, `%(host)s`, `<password>`, `$HOST`.
fn has_hole(text: &str) -> bool {
    text.contains(['{', '<', '$']) || text.contains("%s") || text.contains("%(")
}

/// The nearest boundary of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::sample::rows;

    #[test]
    fn tokens_and_urls_are_found_anywhere_and_stand_ins_are_classed() {
        let text = "See https://bot:q8Zk1Lm9Pw@git.host.test/x, postgres://user:password@localhost/db,\nmongodb://a:${PASS}@b\ntoken = \"glpat-q8Zk1Lm9PwX3vB7nT2yR\"; ASIAQ7ZKXLM4PWX3VBNT sk-glpat-q8Zk1Lm9PwX3vB7nT2yS é glpat-xxxxxxxxxxxxxxxxxxxx http://user@host f\"amqp://{user}:{password}@{host}/\"";
        insta::assert_snapshot!(rows(&EmbeddedSecrets, &[("notes.md", Artifact::Markdown, text)]));
    }

    #[test]
    fn odd_texts_do_no_harm() {
        for text in ["://", "a://b:c@", "é://é:é@é", &"sk_live_".repeat(2000), &"a://b:c@d ".repeat(2000)] {
            rows(&EmbeddedSecrets, &[("a.txt", Artifact::Other, text)]);
        }
    }
}
