//! Rows for the commands of anything that holds shell.

use super::filled::Set;
use super::options::Options;
use super::uses::{self, FileUse, WorkingFolder};
use super::{purpose, writes};
use crate::extract::values;
use crate::facts::schema::shell::{
    ShellArgument, ShellAssignment, ShellChmod, ShellCommand, ShellRedirect, ShellWrite,
};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{FileId, Span};
use crate::syntax::shell::{Command, Script};

/// Most bytes of a text that a row keeps.
const MAX_TEXT: usize = 4096;

/// What holds a piece of shell.
pub(crate) struct Holder<'h> {
    /// The file that spans point into.
    pub file: FileId,
    /// The row that the commands belong to.
    pub owner: RowId,
    /// What that row is; see the table `shell_command`.
    pub kind: &'static str,
    /// The options in force at the first command.
    pub options: Options,
    /// The folder of the file.
    pub folder: &'h str,
    /// Folders that relative paths may begin at, best first.
    pub bases: Vec<String>,
}

/// States the commands of `script`; gives the files that they name, for the link step.
pub(crate) fn state(script: &Script, holder: &Holder<'_>, facts: &mut FactSet) -> Vec<FileUse> {
    let mut options = holder.options.clone();
    let mut folder = WorkingFolder::of(holder.folder, holder.bases.clone());
    let mut file_uses = Vec::new();
    let mut pipelines = Vec::new();
    let set = Set::of(script);
    for (ordinal, command) in script.commands.iter().enumerate() {
        let command = &*set.expanded(command);
        options.follow(command);
        let pipeline = command.pipeline.map(|stage| number(stage.pipeline, &mut pipelines));
        let id = state_command((command, ordinal, pipeline), holder, &options, facts);
        let span = Span::new(holder.file, command.range.clone());
        state_words((command, id), holder, facts);
        state_files((command, id, &set), holder, &options, facts);
        file_uses.extend(uses::uses(&set.command(command), (holder.owner, id, span), &folder));
        folder.follow(command);
    }
    file_uses
}

/// Numbers pipelines in the order met.
fn number(offset: usize, seen: &mut Vec<usize>) -> i64 {
    let at = seen.iter().rposition(|known| *known == offset).unwrap_or_else(|| {
        seen.push(offset);
        seen.len() - 1
    });
    at as i64
}

fn state_command(
    (command, ordinal, pipeline): (&Command, usize, Option<i64>),
    holder: &Holder<'_>,
    options: &Options,
    facts: &mut FactSet,
) -> RowId {
    let texts: Vec<&str> = command.arguments().iter().map(|word| &*word.text).collect();
    let (stage, stages) = command.pipeline.map_or((0, 1), |stage| (stage.position as i64, stage.length as i64));
    facts.push(ShellCommand {
        span: Span::new(holder.file, command.range.clone()),
        certainty: if command.words.first().is_some_and(|word| !word.literal) {
            Certainty::Unresolved
        } else {
            Certainty::Certain
        },
        owner: holder.owner,
        owner_kind: holder.kind,
        ordinal: ordinal as i64,
        name: command.name().map(str::to_owned),
        subcommand: subcommand(command, &texts),
        text: clipped(&command.text()),
        purpose: purpose::purpose(command),
        is_background: command.background,
        is_exec: command.words.first().is_some_and(|word| &*word.text == "exec"),
        in_function: command.in_function.as_deref().map(str::to_owned),
        in_condition: command.in_condition,
        in_branch: command.in_branch,
        in_loop: command.in_loop,
        in_substitution: command.in_substitution,
        after_failure: command.after_failure,
        or_else: command.or_else.as_deref().map(clipped),
        pipeline,
        stage,
        stages,
        errexit: options.errexit,
        nounset: options.nounset,
        pipefail: options.pipefail,
    })
}

fn subcommand(command: &Command, arguments: &[&str]) -> Option<String> {
    let name = command.name()?;
    let (name, arguments) = match arguments {
        ["compose", rest @ ..] if matches!(name, "docker" | "podman") => ("docker compose", rest),
        _ if name == "docker-compose" => ("docker compose", arguments),
        _ => (name, arguments),
    };
    purpose::first_plain(name, arguments).map(str::to_owned)
}

fn state_words((command, id): (&Command, RowId), holder: &Holder<'_>, facts: &mut FactSet) {
    let (certainty, owner) = (Certainty::Certain, holder.owner);
    let place = |range: &std::ops::Range<usize>| Span::new(holder.file, range.clone());
    for (position, word) in command.arguments().iter().enumerate() {
        facts.push(ShellArgument {
            span: place(&word.range),
            certainty,
            command: id,
            position: position as i64,
            text: clipped(&word.text),
            is_literal: word.literal,
            has_unquoted_expansion: word.unquoted_expansion,
        });
    }
    for redirect in &command.redirects {
        facts.push(ShellRedirect {
            span: place(&redirect.target.range),
            certainty,
            command: id,
            operator: redirect.operator.to_string(),
            target: clipped(&redirect.target.text),
            is_literal: redirect.target.literal,
            is_write: command.writes().any(|write| write == redirect),
        });
    }
    for assignment in &command.assignments {
        let value = values::classify(facts.known(), &assignment.name, &assignment.value.text);
        facts.push(ShellAssignment {
            span: place(&assignment.value.range),
            certainty,
            owner,
            command: id,
            name: assignment.name.to_string(),
            value: clipped(&assignment.value.text),
            is_literal: assignment.value.literal,
            is_secret_name: value.is_secret_name,
            value_class: value.class,
        });
    }
}

fn state_files(
    (command, id, set): (&Command, RowId, &Set<'_>),
    holder: &Holder<'_>,
    options: &Options,
    facts: &mut FactSet,
) {
    let (certainty, owner) = (Certainty::Certain, holder.owner);
    for write in writes::writes(command) {
        let path = set.fill(&write.path.text);
        facts.push(ShellWrite {
            span: Span::new(holder.file, write.path.range.clone()),
            certainty,
            owner,
            command: id,
            is_literal: write.path.literal || !path.contains('$'),
            path: clipped(&path),
            how: write.how,
            mode: write.mode.map(str::to_owned),
            umask: options.umask.clone(),
        });
    }
    let Some((mode, paths)) = writes::chmod(command) else { return };
    for path in paths {
        facts.push(ShellChmod {
            span: Span::new(holder.file, path.range.clone()),
            certainty,
            owner,
            command: id,
            path: clipped(&set.fill(&path.text)),
            mode: mode.to_owned(),
            opens_to_others: writes::opens_to_others(mode),
            is_read_only: writes::is_read_only(mode),
        });
    }
}

fn clipped(text: &str) -> String {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
