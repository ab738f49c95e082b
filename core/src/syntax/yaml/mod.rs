//! YAML as an arena of nodes with byte ranges.
//!
//! Two views of one document: *as written* ([`Node`]: an alias stays a node of its own, with its span) and
//! *effective* ([`Document::entries`], [`Document::get`]: aliases resolved, merge keys applied, own keys first).
//! Nesting is bounded at 255 by the parser; an alias to a collection that contains it is unresolved, so the
//! effective view has no cycles. See the YAML 1.2.2 specification and the merge key language-independent type.

mod build;
mod pattern;
mod recorded;
mod tree;
mod value;
mod view;

use std::ops::Range;

pub use pattern::{json_pattern, pattern};
pub use tree::{json, target};
pub use value::Value;
pub use view::Entry;

/// Index of a node in its document's arena.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

/// One node as written.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Bytes of the node's content, without its anchor and tag, without trailing blanks of a block.
    pub range: Range<usize>,
    /// Bytes of `&name`, where the node has an anchor.
    pub anchor: Option<Range<usize>>,
    /// The tag as written, where there is one, for example `!reset` or `!Ref`.
    pub tag: Option<Box<str>>,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// A scalar with its value after escape processing.
    Scalar {
        /// The value; an empty plain scalar is the empty text.
        value: Box<str>,
        /// How it is written.
        style: ScalarStyle,
    },
    /// A sequence.
    Sequence(Vec<NodeId>),
    /// A mapping, keys in the order written, `<<` included.
    Mapping(Vec<(NodeId, NodeId)>),
    /// An alias; its target where the anchor is defined before it and does not contain it.
    Alias(Option<NodeId>),
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes: the only style whose text may be null, a boolean or a number.
    Plain,
    /// `'single'`
    SingleQuoted,
    /// `"double"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// Why a part of the text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Byte offset of the trouble.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
}

/// A text read as a stream of YAML documents.
#[derive(Debug, Clone, Default)]
pub struct Document {
    nodes: Vec<Node>,
    /// The root node of each document of the stream that has one.
    pub roots: Vec<NodeId>,
    /// Byte ranges of the comments, from `#` to the end of the line.
    pub comments: Vec<Range<usize>>,
    /// What could not be read. Documents before and after a bad one are kept.
    pub problems: Vec<Problem>,
}

impl Document {
    /// Reads `text`. Never fails: what is wrong is told in `problems`.
    pub fn parse(text: &str) -> Self {
        build::build(text)
    }

    /// As [`Document::parse`] for a text that comes with the events that its parser told when this program was built.
    pub(crate) fn recorded(text: &str, events: &[u8]) -> Self {
        let replayed = if events.is_empty() { None } else { build::replay(text, events) };
        replayed.unwrap_or_else(|| Self::parse(text))
    }

    /// The node with this id.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The first document's root.
    pub fn root(&self) -> Option<NodeId> {
        self.roots.first().copied()
    }

    /// Bytes of the node's content.
    pub fn range(&self, id: NodeId) -> Range<usize> {
        self.node(id).range.clone()
    }
}
