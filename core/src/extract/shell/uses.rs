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

/// How many ends of a host's folder are looked for in the tree.
const MAX_COPIES: usize = 6;

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
    /// Whether those folders are guessed, so that only a file that is there counts.
    is_guess: bool,
}

/// Where relative paths begin: followed through `cd`.
#[derive(Debug, Clone)]
pub(super) struct WorkingFolder {
    home: String,
    bases: Vec<String>,
    is_guess: bool,
}

impl WorkingFolder {
    /// A script in `folder` is started from there or from the root.
    pub(super) fn of(folder: &str, bases: Vec<String>) -> Self {
        Self { home: folder.to_owned(), bases, is_guess: false }
    }

    pub(super) fn follow(&mut self, command: &Command) {
        if !matches!(command.name(), Some("cd" | "pushd")) || command.in_substitution {
            return;
        }
        let Some(target) = command.arguments().iter().find(|word| !word.text.starts_with('-')) else { return };
        let in_root = in_root(&target.text);
        self.is_guess |= target.text.starts_with('/') || in_root.is_some();
        self.bases = if target.literal && target.text.starts_with('/') {
            copies_of(&target.text)
        } else if target.literal {
            self.bases
                .iter()
                .filter_map(|base| path_join(base, &target.text))
                .filter(|path| !path.starts_with('/'))
                .collect()
        } else if let Some(rest) = in_root {
            roots(&self.home).iter().filter_map(|root| path_join(root, rest)).collect()
        } else {
            own_folder(&target.text).and_then(|rest| path_join(&self.home, rest)).into_iter().collect()
        };
    }
}

/// The folders of the tree that a folder of a host may be a copy of: `/opt/shop/docker` of `shop/docker`, `docker` or the root.
fn copies_of(folder: &str) -> Vec<String> {
    let parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty() && *part != "..").collect();
    let ends = (1..parts.len()).map(|start| parts[start..].join("/"));
    ends.take(MAX_COPIES).chain([String::new()]).collect()
}

/// The part of a path after the idioms for "the folder of this script": `$(dirname "$0")/..`, `$SCRIPT_DIR/x`.
fn own_folder(text: &str) -> Option<&str> {
    const NAMES: &[&str] = &["SCRIPT_DIR", "SCRIPTDIR", "DIR", "HERE", "BASEDIR", "BASE_DIR", "SCRIPT_PATH"];
    if let Some(rest) = text.strip_prefix("$(dirname ") {
        let rest = &rest[rest.find(')')? + 1..];
        return Some(rest.trim_start_matches([')', '"', '/']));
    }
    after_variable(text, NAMES)
}

/// The part of a path after a variable that is called as the root of a project usually is.
fn in_root(text: &str) -> Option<&str> {
    const NAMES: &[&str] = &[
        "PROJECT_DIR",
        "PROJECT_ROOT",
        "ROOT_DIR",
        "ROOT",
        "REPO_ROOT",
        "REPO_DIR",
        "APP_DIR",
        "APP_ROOT",
        "DEPLOY_DIR",
        "INSTALL_DIR",
    ];
    after_variable(text, NAMES)
}

/// Where such a variable may lead to, for a script in `home`.
fn roots(home: &str) -> [String; 2] {
    [String::new(), home.to_owned()]
}

fn after_variable<'t>(text: &'t str, names: &[&str]) -> Option<&'t str> {
    let rest = text.strip_prefix('$')?;
    let (name, rest) = match rest.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => rest.split_at(rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())),
    };
    names.contains(&name).then(|| rest.trim_start_matches('/'))
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
            let open = word.filter(|word| !word.literal);
            let own = open.and_then(|_| own_folder(text));
            let rooted = open.and_then(|_| in_root(text));
            let bases = match (word, own, rooted) {
                (_, Some(_), _) => vec![folder.home.clone()],
                (_, None, Some(_)) => roots(&folder.home).to_vec(),
                (Some(word), ..) if !word.literal => Vec::new(),
                _ => bases.clone(),
            };
            FileUse {
                span,
                owner,
                command: id,
                role,
                written: own.or(rooted).unwrap_or(text).to_owned(),
                position: position as i64,
                bases,
                is_guess: own.is_none() && (folder.is_guess || rooted.is_some()),
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
    let path = found.or(candidates.first().filter(|_| !file_use.is_guess)).cloned();
    let certainty = match &path {
        Some(_) if file_use.is_guess => Certainty::Likely,
        Some(_) => Certainty::Certain,
        None => Certainty::Unresolved,
    };
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
