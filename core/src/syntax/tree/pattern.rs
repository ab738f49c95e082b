//! A pattern as a tree: what a front-end makes of the text of a pattern.

use super::{NodeId, Tree};

/// What a pattern is a pattern of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An expression, found anywhere.
    Expression,
    /// One statement.
    Statement,
    /// Several statements in a row: the children of the root.
    Statements,
    /// A decorator, or what else stands before a definition.
    Decorator,
    /// One entry of a mapping.
    Entry,
}

/// A pattern, parsed.
#[derive(Debug, Clone)]
pub struct PatternTree {
    /// The tree; metavariables carry their names as values.
    pub tree: Tree,
    /// The text that the ranges of the tree speak of: that of the pattern, or one of the same length.
    pub text: Box<str>,
    /// What it is a pattern of.
    pub shape: Shape,
    /// The node that matches; of [`Shape::Statements`], the parent of the statements.
    pub root: NodeId,
}

/// Why a pattern cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Byte offset in the pattern.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
}
