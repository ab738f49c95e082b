//! Commands that documents tell people to run.

use crate::facts::schema::repo::DocumentedCommand;
use crate::facts::{Certainty, FactSet};
use crate::source::SourceFile;

/// Most commands that one document is said to hold.
const MAX_COMMANDS: usize = 300;
/// Longest command that is stated, in bytes.
const MAX_LENGTH: usize = 400;
/// Programs that people are told to run to set up and operate a system.
const PROGRAMS: &[&str] = &[
    "docker",
    "docker-compose",
    "podman",
    "podman-compose",
    "make",
    "just",
    "npm",
    "yarn",
    "pnpm",
    "pip",
    "uv",
    "poetry",
    "python",
    "python3",
    "bash",
    "sh",
    "kubectl",
    "helm",
    "systemctl",
    "crontab",
    "cp",
    "openssl",
    "terraform",
    "ansible-playbook",
    "mkdir",
    "touch",
    "git",
    "curl",
    "wget",
];
/// Programs whose names are no words, so that a line of an indented block that begins with them is a command.
const UNMISTAKABLE: &[&str] =
    &["docker", "docker-compose", "podman", "podman-compose", "cp", "mkdir", "touch", "kubectl"];

/// States the commands of a document.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    for (start, text) in commands(file.text).take(MAX_COMMANDS) {
        let program = text.split_whitespace().next().unwrap_or_default();
        facts.push(DocumentedCommand {
            span: file.span(start..start + text.len()),
            certainty: Certainty::Likely,
            path: file.path.to_owned(),
            program: program.to_owned(),
            text: text.to_owned(),
        });
    }
}

/// Where commands start and what they are, in order.
fn commands(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_block = false;
    let mut at = 0;
    text.split_inclusive('\n').flat_map(move |line| {
        let start = at;
        at += line.len();
        let is_fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        in_block ^= is_fence;
        let is_code = in_block || is_indented_command(line);
        let whole = (!is_fence && is_code).then(|| line.split("&&"));
        let quoted = (!is_fence && !is_code).then(|| line.split('`').skip(1).step_by(2));
        let offset = move |part: &str| start + (part.as_ptr() as usize - line.as_ptr() as usize);
        let parts = whole.into_iter().flatten().chain(quoted.into_iter().flatten());
        parts.filter_map(command).map(move |found| (offset(found), found))
    })
}

/// Whether a line stands in an indented block and begins like a command.
fn is_indented_command(line: &str) -> bool {
    if !line.starts_with("    ") && !line.starts_with('\t') {
        return false;
    }
    let code = line.trim_start();
    let code = code.strip_prefix("$ ").unwrap_or(code);
    let first = code.split_whitespace().next().unwrap_or_default();
    UNMISTAKABLE.contains(&first) && !code.contains('`')
}

/// The command in a piece of code, without a prompt and `sudo`.
fn command(code: &str) -> Option<&str> {
    let code = code.trim();
    let code = code.strip_prefix("$ ").or_else(|| code.strip_prefix("# ")).unwrap_or(code).trim_start();
    let code = code.strip_prefix("sudo ").unwrap_or(code).trim_start();
    let program = code.split_whitespace().next()?;
    let is_script = program.starts_with("./") || program.ends_with(".sh");
    (code.len() <= MAX_LENGTH && (is_script || PROGRAMS.contains(&program))).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_inline_code_hold_commands_and_prose_does_not() {
        let text = "make sure that\n```sh\n$ sudo docker network create web\ncp a b && make up\n# comment\n```\nThen `./run.sh now`, not `x`.\n";
        let found: Vec<_> = commands(text).map(|(at, command)| (&text[at..at + 2], command)).collect();
        assert_eq!(
            found,
            [("do", "docker network create web"), ("cp", "cp a b"), ("ma", "make up"), ("./", "./run.sh now")]
        );
    }

    #[test]
    fn odd_fences_and_backticks_do_no_harm() {
        assert_eq!(commands("```\n````").count(), 0);
        assert_eq!(commands("`docker").count(), 1);
        assert_eq!(commands("é` `é").count(), 0);
    }
}
