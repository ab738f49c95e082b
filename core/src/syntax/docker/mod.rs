//! Dockerfiles as the tree that patterns match, in the shape that Semgrep gives them.
//!
//! An instruction is a call of its name in upper case: `COPY --chown=u a b` is `COPY((a,), b, --chown: u)`. Flags, an
//! image's tag, digest and alias, and a user's group are arguments that a pattern may leave out. A command is a list of
//! strings or a script ([`bash`]). Each pair of a `LABEL` is a statement of its own; `ENV` is a block of definitions.

mod instruction;
mod lines;
mod rest;
mod text;

use super::bash::{self, Holes};
use super::tree::{Builder, Kind, NodeId, PatternError, PatternTree, Role, Shape, Tree};

/// The tree of a Dockerfile. What is no instruction is left out.
pub fn target(text: &str) -> Tree {
    let mut writer = Writer { builder: Builder::for_text(text.len()), holes: None, foreign_shell: None };
    let module = writer.builder.open(Kind::Module, Role::Item, 0..text.len());
    for line in lines::split(text) {
        writer.instruction(&line, 0);
    }
    writer.builder.close(module);
    writer.builder.finish()
}

/// Parses a pattern: instructions, or else a command that stands within one.
///
/// # Errors
/// The text is neither.
pub fn pattern(text: &str) -> Result<PatternTree, PatternError> {
    let holes = Holes::cut(text);
    let lines = lines::split(&holes.text);
    let mut writer = Writer { builder: Builder::for_text(text.len()), holes: Some(&holes), foreign_shell: None };
    let module = writer.builder.open(Kind::Module, Role::Item, 0..holes.text.len());
    let is_docker = !lines.is_empty() && lines.iter().all(|line| writer.instruction(line, 0).is_some());
    writer.builder.close(module);
    if !is_docker {
        return bash::pattern(text);
    }
    let tree = writer.builder.finish();
    let mut statements = tree.children(NodeId::ROOT);
    let (first, second) = (statements.next(), statements.next());
    let (shape, root) = match (first, second) {
        (Some(statement), None) => (Shape::Statement, statement),
        _ => (Shape::Statements, NodeId::ROOT),
    };
    Ok(PatternTree { tree, text: holes.text.into(), shape, root })
}

struct Writer<'t> {
    builder: Builder,
    /// What a pattern has in place of text; none in a target.
    holes: Option<&'t Holes>,
    /// The shell in force, where it is none whose language is read.
    foreign_shell: Option<String>,
}

#[cfg(test)]
mod tests;
