//! Names of environment variables that code and templates mention, in whatever language they are written.
//!
//! Whether anything reads a variable can be told for languages that have an extractor of their own. For all others a word
//! in capitals is the only trace, so these rows are `likely` and only serve to say that something is *not* unread.

use hashbrown::HashSet;

use super::{Extractor, Model};
use crate::facts::schema::tree::VariableMention;
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};

/// Extensions of code and templates without an artifact of their own.
const EXTENSIONS: &[&str] = &[
    "go",
    "rb",
    "php",
    "java",
    "kt",
    "kts",
    "scala",
    "cs",
    "rs",
    "ex",
    "exs",
    "erl",
    "pl",
    "lua",
    "c",
    "cc",
    "cpp",
    "h",
    "swift",
    "vue",
    "svelte",
    "astro",
    "mjs",
    "cjs",
    "ps1",
    "conf",
    "tmpl",
    "tpl",
    "template",
    "j2",
    "erb",
    "properties",
    "xml",
    "gradle",
    "tf",
    "nix",
    "r",
    "jl",
    "dart",
    "sql",
    "env",
    "cfg",
];
/// Most names that one file may state.
const MAX_NAMES: usize = 2_000;
/// Longest name, in bytes.
const MAX_LENGTH: usize = 80;

/// States what variables a text mentions.
pub(super) struct Variables;

impl Extractor for Variables {
    fn name(&self) -> &'static str {
        "variables"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(
            artifact,
            Artifact::Python
                | Artifact::JavaScript
                | Artifact::TypeScript
                | Artifact::Shell
                | Artifact::Nginx
                | Artifact::Template
                | Artifact::Toml
                | Artifact::Yaml
                | Artifact::Ini
                | Artifact::Html
                | Artifact::NextConfig
                | Artifact::PackageJson
                | Artifact::Makefile
                | Artifact::Other
        )
    }

    fn fills(&self) -> &'static [&'static str] {
        &["variable_mention"]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        if file.artifact == Artifact::Other && !has_known_extension(file.path) {
            return None;
        }
        let mut seen = HashSet::new();
        for (start, name) in names(file.text) {
            if seen.len() >= MAX_NAMES {
                break;
            }
            if seen.insert(name) {
                facts.push(VariableMention {
                    span: file.span(start..start + name.len()),
                    certainty: Certainty::Likely,
                    name: name.to_owned(),
                });
            }
        }
        None
    }
}

fn has_known_extension(path: &str) -> bool {
    path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).is_some_and(|(_, end)| EXTENSIONS.contains(&end))
}

/// Words in capitals that hold an underscore, with their offsets.
fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !is_part(bytes[at]) {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && is_part(bytes[at]) {
            at += 1;
        }
        (start < at).then(|| (start, &text[start..at]))
    })
    .filter(|(_, word)| {
        let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        (4..=MAX_LENGTH).contains(&word.len())
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.contains('_')
            && word.bytes().all(is_capital)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_capitals_are_names() {
        let found: Vec<&str> =
            names("let x = os.Getenv(\"DATABASE_URL\"); // See Url, ID, é").map(|found| found.1).collect();
        assert_eq!(found, ["DATABASE_URL"]);
    }

    #[test]
    fn only_code_and_templates_without_an_artifact_count() {
        assert!(has_known_extension("cmd/main.go") && !has_known_extension("LICENSE") && !has_known_extension("go"));
    }
}
