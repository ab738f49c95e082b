//! What is in force at each instruction of a Dockerfile: stage, user, working directory, variables.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::expand::expand;
use crate::extract::image::Image;
use crate::facts::known::{BaseFacts, Known};
use crate::syntax::dockerfile::{Instruction, Word};
use crate::syntax::shell;

/// Variables by name; `None` for one whose value comes at build time.
pub(super) type Variables = Arc<BTreeMap<String, Option<String>>>;

/// A stage at its end.
#[derive(Debug, Clone, Default)]
pub(super) struct Stage {
    pub from: usize,
    pub name: Option<String>,
    pub base: String,
    pub is_base_known: bool,
    pub base_stage: Option<usize>,
    pub image: Option<Image>,
    pub user: Option<String>,
    pub user_range: Option<Range<usize>>,
    pub workdir: Option<String>,
    pub entrypoint: Option<Vec<Word>>,
    pub command: Option<Vec<Word>>,
    pub shell: Option<Vec<String>>,
    pub healthcheck: Option<usize>,
    pub exposes: Vec<usize>,
    /// What is known of the image at the end of the chain.
    pub known_base: Option<BaseFacts>,
    has_own_command: bool,
    variables: Variables,
}

/// What holds at one instruction, after it.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub stage: Option<usize>,
    pub user: Option<String>,
    pub workdir: Option<String>,
    pub shell: Option<Vec<String>>,
    /// The variables before it.
    pub variables: Variables,
}

/// A Dockerfile, followed from its first line to its last.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub stages: Vec<Stage>,
    pub steps: Vec<Step>,
}

impl Reading {
    pub(super) fn follow(instructions: &[Instruction], known: &Known) -> Self {
        let mut reading = Self::default();
        let mut globals = Variables::default();
        for (at, instruction) in instructions.iter().enumerate() {
            let before = reading.stages.last().map_or_else(|| globals.clone(), |stage| stage.variables.clone());
            match (instruction.keyword.as_str(), reading.stages.last_mut()) {
                ("FROM", _) => reading.from((at, instruction), &globals, known),
                (_, None) => globals = with_pairs(instruction, &globals, None),
                (_, Some(stage)) => stage.follow(at, instruction, &globals),
            }
            let stage = reading.stages.last();
            reading.steps.push(Step {
                stage: reading.stages.len().checked_sub(1),
                user: stage.and_then(|stage| stage.user.clone()),
                workdir: stage.and_then(|stage| stage.workdir.clone()),
                shell: stage.and_then(|stage| stage.shell.clone()),
                variables: before,
            });
        }
        reading
    }

    /// The stage with a name, or at a position, before stage `before`.
    pub(super) fn stage(&self, name: &str, before: usize) -> Option<usize> {
        let named = self.stages[..before.min(self.stages.len())]
            .iter()
            .rposition(|stage| stage.name.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(name)));
        named.or_else(|| name.parse().ok().filter(|at| *at < before))
    }

    fn from(&mut self, (at, instruction): (usize, &Instruction), globals: &Variables, known: &Known) {
        let words = instruction.words();
        let written = words.first().map(|word| word.text.as_str()).unwrap_or_default();
        let (base, is_base_known) = expand(written, globals);
        let name = words.get(2).filter(|_| words.get(1).is_some_and(|word| word.text.eq_ignore_ascii_case("as")));
        let base_stage = self.stage(&base, self.stages.len()).filter(|_| base.parse::<usize>().is_err());
        let mut stage = match base_stage.map(|at| &self.stages[at]) {
            Some(below) => Stage { has_own_command: false, ..below.clone() },
            None => Stage::on(Image::parse(&base), known),
        };
        stage.from = at;
        stage.name = name.map(|word| word.text.clone());
        stage.is_base_known = is_base_known;
        stage.base_stage = base_stage;
        stage.base = base;
        self.stages.push(stage);
    }
}

impl Stage {
    /// A stage on an image from outside.
    fn on(image: Image, known: &Known) -> Self {
        let known_base = known.base(&image.name, image.tag.as_deref().unwrap_or_default()).cloned();
        Self { user: image_user(&image, known), image: Some(image), known_base, ..Self::default() }
    }

    fn follow(&mut self, at: usize, instruction: &Instruction, globals: &Variables) {
        match instruction.keyword.as_str() {
            "ARG" | "ENV" => self.variables = with_pairs(instruction, &self.variables, Some(globals)),
            "USER" => {
                let (user, _) = expand(instruction.text.trim(), &self.variables);
                self.user = Some(user);
                self.user_range = Some(instruction.range.clone());
            }
            "WORKDIR" => self.enter(instruction),
            "SHELL" => self.shell = instruction.exec().map(texts),
            "ENTRYPOINT" => {
                self.entrypoint = Some(command_words(instruction));
                if !self.has_own_command {
                    self.command = None;
                }
            }
            "CMD" => {
                self.command = Some(command_words(instruction));
                self.has_own_command = true;
            }
            "HEALTHCHECK" => self.healthcheck = Some(at),
            "EXPOSE" => self.exposes.push(at),
            _ => {}
        }
    }

    fn enter(&mut self, instruction: &Instruction) {
        let written = instruction.words().first().map(|word| word.text.clone()).unwrap_or_default();
        let (folder, is_known) = expand(&written, &self.variables);
        self.workdir = match (&self.workdir, folder.starts_with('/')) {
            _ if !is_known => None,
            (_, true) => Some(folder),
            (Some(base), false) => Some(format!("{}/{folder}", base.trim_end_matches('/'))),
            (None, false) => None,
        };
    }

    /// Whether the user is root; `None` where it is not known.
    pub(super) fn is_root(&self) -> Option<bool> {
        let user = self.user.as_deref()?;
        if user.contains('$') || user.is_empty() {
            return None;
        }
        Some(matches!(user.split(':').next(), Some("root" | "0")))
    }

    /// Whether something at the start gives root up: the known image's entrypoint, or a program made for that.
    pub(super) fn drops_root(&self) -> bool {
        let is_dropper = |word: &Word| {
            matches!(
                word.text.rsplit('/').next(),
                Some("gosu" | "su-exec" | "setpriv" | "runuser" | "chpst" | "s6-setuidgid")
            )
        };
        let own = self.entrypoint.iter().chain(&self.command).flatten().any(is_dropper);
        let inherited = self.entrypoint.is_none() && self.known_base.as_ref().is_some_and(|base| base.drops);
        own || inherited
    }
}

pub(super) fn texts(words: Vec<Word>) -> Vec<String> {
    words.into_iter().map(|word| word.text).collect()
}

/// The words of an entrypoint or command; a shell form is `sh -c` and the script.
fn command_words(instruction: &Instruction) -> Vec<Word> {
    instruction.exec().unwrap_or_else(|| {
        let range = instruction.places.in_file(0)..instruction.range.end;
        let word = |text: &str| Word { text: text.to_owned(), range: range.clone() };
        vec![word("/bin/sh"), word("-c"), word(&instruction.text)]
    })
}

/// The user that an outside image starts as.
fn image_user(image: &Image, known: &Known) -> Option<String> {
    let tag = image.tag.as_deref().unwrap_or_default();
    if known.is_nonroot_namespace(&image.name) {
        return Some("nonroot".to_owned());
    }
    let base = known.base(&image.name, tag).map(|base| base.user.clone());
    base.or_else(|| known.image(&image.name).map(|image| image.user.clone())).filter(|user| !user.is_empty())
}

fn with_pairs(instruction: &Instruction, variables: &Variables, globals: Option<&Variables>) -> Variables {
    if !matches!(instruction.keyword.as_str(), "ARG" | "ENV") {
        return variables.clone();
    }
    let mut next = BTreeMap::clone(variables);
    for (name, value, _) in instruction.pairs() {
        let value = match value {
            Some(value) => {
                let (value, is_known) = expand(&value, variables);
                is_known.then_some(value)
            }
            None => globals.and_then(|globals| globals.get(&name).cloned()).flatten(),
        };
        let is_kept = instruction.keyword == "ARG" && value.is_none() && next.get(&name).is_some_and(Option::is_some);
        if !is_kept {
            next.insert(name, value);
        }
    }
    Arc::new(next)
}

/// Commands of a `RUN`: its text, or its here-documents, with the places of their words.
pub(super) fn scripts(instruction: &Instruction, text: &str) -> Vec<shell::Script> {
    if let Some(words) = instruction.exec() {
        let script = words.iter().position(|word| word.text.ends_with("-c")).and_then(|at| words.get(at + 1));
        return match script {
            Some(word) => vec![shell::parse_placed(&word.text, &shell::Places::at(word.range.start + 1))],
            None => vec![exec_script(words)],
        };
    }
    let is_bare_heredoc = instruction.text.starts_with("<<") && !instruction.heredocs.is_empty();
    let mut scripts = Vec::new();
    if !is_bare_heredoc {
        scripts.push(shell::parse_placed(&instruction.text, &instruction.places));
    }
    for heredoc in instruction.heredocs.iter().filter(|_| is_bare_heredoc) {
        let body = text.get(heredoc.range.clone()).unwrap_or_default();
        scripts.push(shell::parse_placed(body, &shell::Places::at(heredoc.range.start)));
    }
    scripts
}

/// The exec form as a script of one command.
fn exec_script(words: Vec<Word>) -> shell::Script {
    let start = words.first().map_or(0, |word| word.range.start);
    let end = words.last().map_or(start, |word| word.range.end);
    let word = |word: Word| shell::Word {
        text: word.text.into(),
        range: word.range,
        literal: true,
        unquoted_expansion: false,
    };
    let command =
        shell::Command { words: words.into_iter().map(word).collect(), range: start..end, ..Default::default() };
    shell::Script { commands: vec![command], incomplete: false }
}
