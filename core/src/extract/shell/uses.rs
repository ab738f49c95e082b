//! Which files of the tree a command names, resolved once the whole tree is known.

use crate::extract::TreeIndex;
use crate::facts::path_join;
use crate::facts::schema::shell::{ComposeLoad, ShellFileUse};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::Span;
use crate::syntax::shell::{Command, Word};

/// Files that compose loads by itself, the first that exists of each line.
const COMPOSE_DEFAULTS: [&[&str]; 2] = [
    &["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"],
    &["compose.override.yaml", "compose.override.yml", "docker-compose.override.yaml", "docker-compose.override.yml"],
];

/// A file that a command names.
#[derive(Debug, Clone)]
pub(crate) struct FileUse {
    span: Span,
    owner: RowId,
    command: RowId,
    role: &'static str,
    written: String,
    /// Position among the command's compose files.
    position: i64,
    /// Folders that the path may be relative to, best first; empty where that is not known.
    bases: Vec<String>,
}

/// Where relative paths begin: followed through `cd`.
#[derive(Debug, Clone)]
pub(super) struct WorkingFolder {
    home: String,
    bases: Vec<String>,
}

impl WorkingFolder {
    /// A script in `folder` is started from there or from the root.
    pub(super) fn of(folder: &str, bases: Vec<String>) -> Self {
        Self { home: folder.to_owned(), bases }
    }

    pub(super) fn follow(&mut self, command: &Command) {
        if !matches!(command.name(), Some("cd" | "pushd")) || command.in_substitution {
            return;
        }
        let Some(target) = command.arguments().iter().find(|word| !word.text.starts_with('-')) else { return };
        self.bases = if target.literal {
            self.bases
                .iter()
                .filter_map(|base| path_join(base, &target.text))
                .filter(|path| !path.starts_with('/'))
                .collect()
        } else {
            own_folder(&target.text).and_then(|rest| path_join(&self.home, rest)).into_iter().collect()
        };
    }
}

/// The part of a path after the idioms for "the folder of this script": `$(dirname "$0")/..`, `$SCRIPT_DIR/x`.
fn own_folder(text: &str) -> Option<&str> {
    const NAMES: &[&str] = &["SCRIPT_DIR", "SCRIPTDIR", "DIR", "HERE", "BASEDIR", "BASE_DIR", "SCRIPT_PATH"];
    if let Some(rest) = text.strip_prefix("$(dirname ") {
        let rest = &rest[rest.find(')')? + 1..];
        return Some(rest.trim_start_matches([')', '"', '/']));
    }
    let rest = text.strip_prefix('$')?;
    let (name, rest) = match rest.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => rest.split_at(rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())),
    };
    NAMES.contains(&name).then(|| rest.trim_start_matches('/'))
}

/// The files that `command` names, in its current folder.
pub(super) fn uses(command: &Command, rows: (RowId, RowId, Span), folder: &WorkingFolder) -> Vec<FileUse> {
    let (owner, id, span) = rows;
    let bases = &folder.bases;
    named(command)
        .into_iter()
        .enumerate()
        .map(|(position, (role, word))| {
            let text = word.map_or("", |word| &*word.text);
            let own = word.filter(|word| !word.literal).and_then(|_| own_folder(text));
            let bases = match (word, own) {
                (_, Some(_)) => vec![folder.home.clone()],
                (Some(word), None) if !word.literal => Vec::new(),
                _ => bases.clone(),
            };
            FileUse {
                span,
                owner,
                command: id,
                role,
                written: own.unwrap_or(text).to_owned(),
                position: position as i64,
                bases,
            }
        })
        .collect()
}

fn named(command: &Command) -> Vec<(&'static str, Option<&Word>)> {
    let Some(first) = command.words.first() else { return Vec::new() };
    let words = &command.words;
    let texts: Vec<&str> = words.iter().map(|word| &*word.text).collect();
    let is_compose = texts.contains(&"docker-compose") || texts.windows(2).any(|pair| pair == ["docker", "compose"]);
    if is_compose {
        return compose(words, &texts);
    }
    let after = |options: &[&str], role| {
        let pairs = words.iter().zip(words.iter().skip(1));
        pairs.filter(|(option, _)| options.contains(&&*option.text)).map(|(_, value)| (role, Some(value))).collect()
    };
    match command.name() {
        Some("pip" | "pip3" | "uv") => after(&["-r", "--requirement", "-c", "--constraint"], "requirements"),
        Some("docker" | "podman" | "buildah")
            if texts.iter().any(|word| matches!(*word, "build" | "buildx" | "bud")) =>
        {
            after(&["-f", "--file"], "dockerfile")
        }
        Some("source" | ".") => command.arguments().first().map(|word| ("source", Some(word))).into_iter().collect(),
        Some("bash" | "sh" | "dash" | "zsh" | "python" | "python3" | "node") => {
            let word = command.arguments().iter().find(|word| !word.text.starts_with('-'));
            let is_inline = texts.iter().any(|word| matches!(*word, "-c" | "-m" | "-e" | "-p" | "-s" | "-"));
            word.filter(|word| !is_inline && !word.text.is_empty())
                .map(|word| ("script", Some(word)))
                .into_iter()
                .collect()
        }
        _ if is_script(&first.text) => vec![("script", Some(first))],
        _ => Vec::new(),
    }
}

fn is_script(text: &str) -> bool {
    let relative = text.starts_with("./") || text.contains('/') && !text.starts_with(['/', '~', '-']);
    relative && [".sh", ".bash", ".py"].iter().any(|extension| text.ends_with(extension))
}

fn compose<'c>(words: &'c [Word], texts: &[&str]) -> Vec<(&'static str, Option<&'c Word>)> {
    let pairs = words.iter().zip(words.iter().skip(1)).zip(texts.windows(2));
    // After the verb `-f` means something else: `rm -f`, `logs -f`.
    let verbs = ["exec", "run", "logs", "rm", "up", "down", "stop", "kill", "restart", "pull", "build", "start"];
    let end = texts.iter().position(|word| verbs.contains(word)).unwrap_or(texts.len());
    let files: Vec<_> = pairs
        .take(end)
        .filter(|(_, pair)| matches!(pair[0], "-f" | "--file"))
        .map(|((_, value), _)| ("compose", Some(value)))
        .collect();
    let runs = ["up", "build", "pull", "down", "run", "exec", "restart", "start", "config", "ps"];
    if files.is_empty() && texts.iter().any(|word| runs.contains(word)) { vec![("compose", None)] } else { files }
}

/// States where the named files lie, now that the tree is known.
pub(crate) fn state<'u>(uses: impl Iterator<Item = &'u FileUse>, tree: &TreeIndex<'_>, facts: &mut FactSet) {
    for file_use in uses {
        if file_use.role == "compose" && file_use.written.is_empty() {
            state_defaults(file_use, tree, facts);
        } else {
            state_one(file_use, tree, facts);
        }
    }
}

fn state_one(file_use: &FileUse, tree: &TreeIndex<'_>, facts: &mut FactSet) {
    let candidates: Vec<String> = file_use
        .bases
        .iter()
        .filter_map(|base| path_join(base, &file_use.written))
        .filter(|path| !path.starts_with('/'))
        .collect();
    let found = candidates.iter().find(|path| tree.file(path).is_some());
    let exists_in_tree = found.is_some();
    let path = found.or(candidates.first()).cloned();
    let certainty = if path.is_some() { Certainty::Certain } else { Certainty::Unresolved };
    if let (true, Some(path)) = (file_use.role == "compose", &path) {
        let (command, position, path) = (file_use.command, file_use.position, path.clone());
        facts.push(ComposeLoad { span: file_use.span, certainty, command, position, path, exists_in_tree });
    }
    facts.push(ShellFileUse {
        span: file_use.span,
        certainty,
        command: file_use.command,
        owner: file_use.owner,
        role: file_use.role,
        written: file_use.written.clone(),
        path,
        exists_in_tree,
    });
}

/// Without `-f` compose takes the file of its folder, and the override beside it.
fn state_defaults(file_use: &FileUse, tree: &TreeIndex<'_>, facts: &mut FactSet) {
    let in_folder = |base: &str, names: &[&str]| -> Option<String> {
        names.iter().filter_map(|name| path_join(base, name)).find(|path| tree.file(path).is_some())
    };
    let Some(base) = file_use.bases.iter().find(|base| in_folder(base, COMPOSE_DEFAULTS[0]).is_some()) else { return };
    let paths = COMPOSE_DEFAULTS.iter().filter_map(|names| in_folder(base, names));
    for (position, path) in paths.enumerate() {
        facts.push(ComposeLoad {
            span: file_use.span,
            certainty: Certainty::Likely,
            command: file_use.command,
            position: position as i64,
            path,
            exists_in_tree: true,
        });
    }
}
