//! Shell: scripts and makefiles, and the rows for the commands of everything that holds shell.

mod filled;
mod makefile;
mod options;
mod purpose;
mod state;
mod uses;
mod writes;

#[cfg(test)]
mod tests;

use crate::extract::{Extractor, Model, TreeIndex};
use crate::facts::schema::shell::{MakeTarget, ShellScript};
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, FileId, SourceFile, Span};
use crate::syntax::shell::{self, Places, Script};

pub(crate) use options::Options;
pub(crate) use purpose::purpose;
pub(crate) use state::{Holder, state};
pub(crate) use uses::{FileUse, state as state_uses};

/// States shell scripts and makefiles.
pub(super) struct Shell;

impl Extractor for Shell {
    fn name(&self) -> &'static str {
        "shell"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(artifact, Artifact::Shell | Artifact::Makefile)
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "shell_script",
            "make_target",
            "shell_command",
            "shell_argument",
            "shell_redirect",
            "shell_assignment",
            "shell_write",
            "shell_chmod",
            "shell_file_use",
            "compose_load",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let uses = if file.artifact == Artifact::Makefile { makefile(file, facts) } else { script(file, facts) };
        Some(Box::new(uses))
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let uses = models.iter().filter_map(|(_, model)| model.downcast_ref::<Vec<FileUse>>());
        state_uses(uses.flatten(), tree, facts);
    }
}

/// A script is started from its own folder or from the root.
fn bases(folder: &str) -> Vec<String> {
    if folder.is_empty() { vec![String::new()] } else { vec![String::new(), folder.to_owned()] }
}

fn script(file: &SourceFile<'_>, facts: &mut FactSet) -> Vec<FileUse> {
    let script = shell::parse(file.text);
    let shebang = file.text.lines().next().filter(|line| line.starts_with("#!")).unwrap_or_default();
    let options = Options::of_shebang(shebang);
    let owner = facts.push(describe(file, &script, interpreter(file.path, shebang), &options));
    let folder = folder(file.path);
    let holder = Holder { file: file.id, owner, kind: "script", options, folder, bases: bases(folder) };
    state(&script, &holder, facts)
}

fn describe(file: &SourceFile<'_>, script: &Script, interpreter: String, options: &Options) -> ShellScript {
    let mut in_force = options.clone();
    let is_setting = |name: Option<&str>| {
        matches!(name, Some("set" | "umask" | "trap" | "source" | "." | "cd" | "export" | "readonly"))
    };
    let first_action =
        script.commands.iter().position(|command| !command.words.is_empty() && !is_setting(command.name()));
    script
        .commands
        .iter()
        .take(first_action.unwrap_or(script.commands.len()))
        .for_each(|command| in_force.follow(command));
    let acts = |command: &shell::Command| {
        command.in_function.is_none()
            && !command.words.is_empty()
            && !command.in_substitution
            && !is_setting(command.name())
    };
    ShellScript {
        span: Span::file_start(file.id),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        folder: folder(file.path).to_owned(),
        interpreter,
        errexit: in_force.errexit,
        nounset: in_force.nounset,
        pipefail: in_force.pipefail,
        is_library: !script.commands.iter().any(acts),
        commands: script.commands.len() as i64,
        code_lines: code_lines(file.text),
        is_incomplete: script.incomplete,
    }
}

fn interpreter(path: &str, shebang: &str) -> String {
    let words = shebang.trim_start_matches("#!").split_whitespace().filter_map(|word| word.rsplit('/').next());
    let named = words.into_iter().find(|word| *word != "env" && !word.starts_with('-') && !word.contains('='));
    let by_extension =
        path.rsplit_once('.').map_or("sh", |(_, extension)| if extension == "sh" { "bash" } else { extension });
    named.unwrap_or(by_extension).to_owned()
}

fn code_lines(text: &str) -> i64 {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).count() as i64
}

/// Each line of a recipe is a shell of its own, which stops at its first failure.
fn makefile(file: &SourceFile<'_>, facts: &mut FactSet) -> Vec<FileUse> {
    let folder = folder(file.path);
    let mut uses = Vec::new();
    for target in makefile::targets(file.text) {
        let owner = facts.push(MakeTarget {
            span: file.span(target.range),
            certainty: Certainty::Certain,
            path: file.path.to_owned(),
            folder: folder.to_owned(),
            name: target.name.to_owned(),
            prerequisites: target.prerequisites.join(" "),
        });
        let mut script = Script::default();
        for (start, line, ignores_failure) in target.recipe {
            let mut commands = shell::parse_placed(line, &Places::at(start)).commands;
            if ignores_failure {
                commands.iter_mut().for_each(|command| command.or_else = Some("true".into()));
            }
            script.commands.extend(commands);
        }
        let options = Options { errexit: true, ..Options::default() };
        let holder =
            Holder { file: file.id, owner, kind: "make_target", options, folder, bases: vec![folder.to_owned()] };
        uses.extend(state(&script, &holder, facts));
    }
    uses
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
