//! Shell as the tree that patterns match, in the shape that Semgrep gives it.
//!
//! A simple command is a call of `!sh_cmd!` with its words; `a | b`, `a && b` are operators, nested to the left; a
//! quoted word without expansions is the same as the bare one; redirections are left out. Names between exclamation
//! marks are calls that nobody can write.

mod command;
mod holes;
mod word;

use std::ops::Range;

use tree_sitter::Node;

use super::shell::bash_tree;
use super::tree::{Builder, Kind, NodeId, PatternError, PatternTree, Role, Shape, Sym, Tree};
pub(super) use holes::{Hole, Holes, Piece};

/// Deepest nesting of commands and words that is followed.
const MAX_DEPTH: usize = 200;

/// The tree of a script; `None` where it cannot be parsed within bounds.
pub fn target(text: &str) -> Option<Tree> {
    let mut builder = Builder::for_text(text.len());
    let module = builder.open(Kind::Module, Role::Item, 0..text.len());
    embed(&mut builder, text, 0, None)?;
    builder.close(module);
    Some(builder.finish())
}

/// Writes the statements of a script that begins at `base` into an open node. Ranges count from the outer text.
pub(super) fn embed(builder: &mut Builder, text: &str, base: usize, holes: Option<&Holes>) -> Option<()> {
    let tree = bash_tree(text)?;
    let mut writer = Writer { text, base, builder, holes };
    for unit in writer.units(tree.root_node()) {
        writer.statement(unit, Role::Item, 0);
    }
    Some(())
}

/// Parses a pattern. A single word or expression matches anywhere, a single statement or several in a row as such.
///
/// # Errors
/// The text is no shell.
pub fn pattern(text: &str) -> Result<PatternTree, PatternError> {
    let holes = Holes::cut(text);
    let wrong = |message: &str| PatternError { offset: 0, message: message.to_owned() };
    let tree = bash_tree(&holes.text).ok_or_else(|| wrong("the pattern is too large to be parsed as shell"))?;
    let root = tree.root_node();
    if root.has_error() {
        return Err(wrong("the pattern is no shell"));
    }
    let mut builder = Builder::for_text(text.len());
    let mut writer = Writer { text: &holes.text, base: 0, builder: &mut builder, holes: Some(&holes) };
    let units = writer.units(root);
    let shape = match units[..] {
        [] => return Err(wrong("the pattern is empty")),
        [unit] if let Some(word) = writer.lone_word(unit) => {
            writer.expression(word, Role::Item, 0);
            Shape::Expression
        }
        [unit] if !writer.is_statement(unit) => {
            writer.unit_expression(unit, Role::Item, 0);
            Shape::Expression
        }
        [unit] => {
            writer.statement(unit, Role::Item, 0);
            Shape::Statement
        }
        _ => {
            let module = writer.builder.open(Kind::Module, Role::Item, 0..holes.text.len());
            for unit in units {
                writer.statement(unit, Role::Item, 0);
            }
            writer.builder.close(module);
            Shape::Statements
        }
    };
    Ok(PatternTree { tree: builder.finish(), text: holes.text.into(), shape, root: NodeId::ROOT })
}

/// A statement of a list, perhaps run in the background.
#[derive(Clone, Copy)]
struct Unit<'n> {
    node: Node<'n>,
    is_background: bool,
    /// Whether `;` ends it.
    is_ended: bool,
}

struct Writer<'t, 'b> {
    text: &'t str,
    base: usize,
    builder: &'b mut Builder,
    holes: Option<&'t Holes>,
}

impl<'t> Writer<'t, '_> {
    fn range(&self, node: Node<'_>) -> Range<usize> {
        self.base + node.start_byte()..self.base + node.end_byte().min(self.text.len())
    }

    fn said(&self, node: Node<'_>) -> &'t str {
        self.text.get(node.start_byte()..node.end_byte().min(self.text.len())).unwrap_or_default()
    }

    /// Opens a call of a name that nobody can write.
    fn call(&mut self, name: &str, role: Role, range: Range<usize>) -> NodeId {
        let call = self.builder.open(Kind::Call, role, range.clone());
        self.builder.leaf(Kind::Ident, Role::Callee, range.start..range.start, Sym::new(name));
        call
    }

    /// A construct that is told by its first token alone.
    fn opaque(&mut self, node: Node<'_>, role: Role) {
        let first = node.child(0).map_or("", |first| self.said(first));
        let range = self.range(node);
        let word = Sym::new(&format!("sh {first}"));
        self.builder.leaf(Kind::Other, role, range, word);
    }

    /// A leaf for something nested too deep.
    fn too_deep(&mut self, node: Node<'_>, role: Role) {
        let range = self.range(node);
        self.builder.leaf(Kind::Other, role, range, Sym::new("too deep"));
    }
}

fn named_children<'n>(node: Node<'n>) -> Vec<Node<'n>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|child| child.kind() != "comment" && !child.is_missing()).collect()
}

#[cfg(test)]
mod tests;
