//! Names of files that texts mention: documentation, scripts, code and configuration.
//!
//! Whether anything reads a file is often told only by its name in a string, a command or a paragraph. This extractor
//! looks at words, not at syntax, so its rows are `likely`.

use hashbrown::HashSet;

use super::{Extractor, Model};
use crate::facts::schema::tree::PathMention;
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};

/// Extensions of files that are read by name rather than imported.
const EXTENSIONS: &[&str] = &[
    "yml",
    "yaml",
    "json",
    "toml",
    "ini",
    "cfg",
    "conf",
    "env",
    "sh",
    "py",
    "sql",
    "service",
    "timer",
    "cron",
    "crontab",
    "txt",
    "pem",
    "crt",
    "key",
    "cnf",
    "properties",
    "xml",
    "csv",
    "example",
    "dump",
];
/// Most mentions that one file may state.
const MAX_MENTIONS: usize = 2_000;
/// Longest word that counts as a path, in bytes.
const MAX_WORD: usize = 200;

/// States what files a text mentions.
pub(super) struct Mentions;

impl Extractor for Mentions {
    fn name(&self) -> &'static str {
        "mentions"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        medium(artifact).is_some()
    }

    fn fills(&self) -> &'static [&'static str] {
        &["path_mention"]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let medium = medium(file.artifact)?;
        let mut seen = HashSet::new();
        let words: Box<dyn Iterator<Item = (usize, &str)>> = match medium {
            "code" => Box::new(quoted_words(file.text)),
            _ => Box::new(words(file.text)),
        };
        for (start, word) in words {
            let Some(name) = path_name(word, medium, file.text, start) else { continue };
            if seen.len() >= MAX_MENTIONS {
                break;
            }
            if seen.insert(word) {
                facts.push(PathMention {
                    span: file.span(start..start + word.len()),
                    certainty: Certainty::Likely,
                    written: word.to_owned(),
                    name: name.to_owned(),
                    medium,
                });
            }
        }
        None
    }
}

fn medium(artifact: Artifact) -> Option<&'static str> {
    Some(match artifact {
        Artifact::Markdown => "documentation",
        Artifact::Python => "code",
        Artifact::Shell | Artifact::Makefile | Artifact::Procfile | Artifact::Cron | Artifact::SystemdUnit => "script",
        Artifact::GithubWorkflow | Artifact::GithubAction | Artifact::GitlabCi => "pipeline",
        Artifact::Dockerfile
        | Artifact::Compose
        | Artifact::Kubernetes
        | Artifact::Nginx
        | Artifact::DotEnv
        | Artifact::Yaml
        | Artifact::Toml
        | Artifact::Pyproject
        | Artifact::Ini
        | Artifact::SetupCfg
        | Artifact::Infrastructure
        | Artifact::PrometheusConfig => "configuration",
        _ => return None,
    })
}

/// Whether a byte may be part of a path.
const IS_PATH: [bool; 256] = {
    let mut is_path = [false; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        is_path[at] = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'-' | b'_' | b'@');
        at += 1;
    }
    is_path
};

/// Runs of characters that paths are made of, with their offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_path = |b: u8| IS_PATH[b as usize];
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !is_path(bytes[at]) {
            at += 1;
        }
        let start = at;
        while at < bytes.len() && is_path(bytes[at]) {
            at += 1;
        }
        (start < at).then(|| (start, &text[start..at]))
    })
}

/// Those that a quote or an asterisk follows: most words of code are not quoted.
fn quoted_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    memchr::memchr3_iter(b'"', b'\'', b'*', text.as_bytes()).filter_map(|end| {
        let before = text.as_bytes()[..end].iter().rev();
        let start = end - before.take_while(|byte| IS_PATH[usize::from(**byte)]).count();
        (start < end).then(|| (start, &text[start..end]))
    })
}

/// The last part of a word that looks like the path of a file. In code only quoted words count, for `response.json`
/// there is no file.
fn path_name<'w>(word: &'w str, medium: &str, text: &str, start: usize) -> Option<&'w str> {
    let word = word.trim_end_matches('.');
    if word.len() < 3 || word.len() > MAX_WORD || word.starts_with("//") {
        return None;
    }
    // Most words of code are not quoted.
    if medium == "code" {
        if let Some(folder) = listed_folder(word, text, start) {
            return Some(folder);
        }
        let before = start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
        let after = text.as_bytes().get(start + word.len());
        if !matches!(before, Some(b'"' | b'\'' | b'}')) || !matches!(after, Some(b'"' | b'\'')) {
            return None;
        }
    }
    let name = word.rsplit('/').next()?;
    let has_extension = name
        .rsplit_once('.')
        .is_some_and(|(stem, extension)| (!stem.is_empty() || extension == "env") && EXTENSIONS.contains(&extension));
    (has_extension || word.contains('/') && name.len() >= 3).then_some(name)
}

/// Folders of settings, which code reads whole.
const SETTINGS: &[&str] = &["config", "configs", "conf", "settings"];
/// What lists a folder.
const LISTS: &[&str] = &["iterdir(", "glob(", "listdir(", "scandir(", "walk("];

/// The folder of `"settings/*.toml"`, or a folder of settings in a text that lists folders.
fn listed_folder<'w>(word: &'w str, text: &str, start: usize) -> Option<&'w str> {
    let after = text.as_bytes().get(start + word.len())?;
    if let (Some(folder), b'*') = (word.strip_suffix('/'), after) {
        return folder.rsplit('/').next().filter(|name| !name.is_empty());
    }
    let is_quoted = matches!(after, b'"' | b'\'') && text[..start].ends_with(['"', '\'']);
    (is_quoted && SETTINGS.contains(&word) && LISTS.iter().any(|call| text.contains(call))).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, medium: &str) -> Vec<String> {
        let words: Vec<_> = if medium == "code" { quoted_words(text).collect() } else { words(text).collect() };
        words.into_iter().filter_map(|(start, word)| path_name(word, medium, text, start)).map(str::to_owned).collect()
    }

    #[test]
    fn paths_and_names_with_extensions_count() {
        assert_eq!(
            names("copy cron/backup to /etc/cron.d, see app.yaml.", "documentation"),
            ["backup", "cron.d", "app.yaml"]
        );
    }

    #[test]
    fn code_that_lists_a_folder_mentions_it() {
        assert_eq!(names("glob.glob(\"a/settings/*.toml\"); Path(\"conf\").iterdir()", "code"), ["settings", "conf"]);
        assert!(names("data[\"config\"]", "code").is_empty());
    }

    #[test]
    fn code_mentions_only_what_it_quotes() {
        assert_eq!(names("data = response.json\nopen(\"conf/app.toml\")", "code"), ["app.toml"]);
    }

    #[test]
    fn odd_texts_do_no_harm() {
        assert!(names("///// ... -- é/ö \u{0}", "documentation").is_empty());
        assert!(names(&"a/".repeat(10_000), "documentation").is_empty());
    }
}
