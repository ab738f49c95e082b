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
/// Shortest name, in bytes.
const MIN_LENGTH: usize = 4;
/// Longest name that is stated, in bytes.
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
        for (start, name) in names(file.text).filter(|(_, name)| name.len() <= MAX_LENGTH) {
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

/// What a byte may be part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A name: a capital letter.
    Capital,
    /// A name, but not its beginning: a digit or an underscore.
    Inner,
    /// Another word.
    Small,
    Nothing,
}

const PARTS: [Part; 256] = {
    let mut parts = [Part::Nothing; 256];
    let mut at = 0;
    while at < 256 {
        parts[at] = match at as u8 {
            b'A'..=b'Z' => Part::Capital,
            b'0'..=b'9' | b'_' => Part::Inner,
            b'a'..=b'z' => Part::Small,
            _ => Part::Nothing,
        };
        at += 1;
    }
    parts
};

/// Words in capitals that hold an underscore, with their offsets. The underscore is what is looked for: few words have one.
pub(super) fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let part = move |at: usize| PARTS[usize::from(bytes[at])];
    let is_in_name = move |at: &usize| matches!(part(*at), Part::Capital | Part::Inner);
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let underscore = at + memchr::memchr(b'_', &bytes[at..])?;
            let start = underscore - (at..underscore).rev().take_while(is_in_name).count();
            let capitals = skip(bytes, underscore, |part| matches!(part, Part::Capital | Part::Inner));
            let begins = start == at || part(start - 1) == Part::Nothing;
            at = skip(bytes, capitals, |part| part != Part::Nothing);
            let is_whole = begins && capitals == at && at - start >= MIN_LENGTH;
            if is_whole && part(start) == Part::Capital {
                return Some((start, &text[start..at]));
            }
        }
    })
}

/// The first place from `at` on whose byte is no part as asked for.
fn skip(bytes: &[u8], mut at: usize, is: impl Fn(Part) -> bool) -> usize {
    while bytes.get(at).is_some_and(|byte| is(PARTS[usize::from(*byte)])) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_capitals_are_names() {
        let found: Vec<&str> = names("let x = os.Getenv(\"DATABASE_URL\"); // See Url, ID, README, Foo_BAR, A_, é")
            .map(|found| found.1)
            .collect();
        assert_eq!(found, ["DATABASE_URL"]);
    }

    #[test]
    fn a_name_is_a_whole_word() {
        let text = "A_B1 xA_BC A_BCx _A_B 1A_BC A_BC_ a_b,AB_C A__B_ A_B __ AB\u{e9}X_YZ_";
        let found: Vec<&str> = names(text).map(|found| found.1).collect();
        assert_eq!(found, ["A_B1", "A_BC_", "AB_C", "A__B_", "X_YZ_"]);
        assert_eq!(names(&"x_".repeat(100_000)).count() + names(&"_".repeat(100_000)).count(), 0);
    }

    #[test]
    fn only_code_and_templates_without_an_artifact_count() {
        assert!(has_known_extension("cmd/main.go") && !has_known_extension("LICENSE") && !has_known_extension("go"));
    }
}
