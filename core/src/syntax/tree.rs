//! One tree for every language that patterns match: a flat arena in preorder over a normalised syntax.
//!
//! A node's children follow it directly; `size` skips a subtree, so a full walk is a linear scan and "inside"
//! is a comparison of indices. Nodes hold no text: names and literals carry a [`Sym`], a 64-bit hash of what they
//! say, and the text itself is a byte range of the source ([`Tree::content`]). Two subtrees are equal when their
//! nodes are pairwise equal in `kind`, `sym` and `size`; ranges never count.
//!
//! A front-end builds it with [`Builder`]: `open` a node, build its children, `close` it. A pattern is a tree of
//! the same language that may hold the pattern kinds ([`Kind::is_pattern`]) as well. Front-ends must bound nesting
//! ([`MAX_DEPTH`]) before they recurse.

mod builder;
mod kind;
mod pattern;

use std::ops::Range;

pub use builder::Builder;
pub use kind::{Kind, Role};
pub use pattern::{PatternError, PatternTree, Shape};

/// Deepest nesting that a front-end may build.
pub const MAX_DEPTH: usize = 1_000;

/// What a name or literal says, as a 64-bit hash: equal texts have equal symbols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Sym(pub u64);

impl Sym {
    /// Says nothing: the node's kind and children are all there is.
    pub const NONE: Self = Self(0);

    /// The symbol of a text.
    pub const fn new(text: &str) -> Self {
        Self::of(text.as_bytes())
    }

    /// The symbol of some bytes.
    pub const fn of(bytes: &[u8]) -> Self {
        let mut hash = 0x9e37_79b9_7f4a_7c15u64 ^ bytes.len() as u64;
        let mut at = 0;
        while at < bytes.len() {
            let mut word = 0u64;
            let mut shift = 0;
            while shift < 64 && at < bytes.len() {
                word |= (bytes[at] as u64) << shift;
                shift += 8;
                at += 1;
            }
            hash = mix(hash ^ word);
        }
        Self(hash | 1)
    }
}

/// A folded multiplication: every bit of the input reaches every bit of the output.
const fn mix(word: u64) -> u64 {
    let wide = (word ^ 0xa076_1d64_78bd_642f) as u128 * 0xe703_7ed1_a0b4_28db_u128;
    (wide >> 64) as u64 ^ wide as u64
}

/// Index of a node in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The root of every tree.
    pub const ROOT: Self = Self(0);

    /// The index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One node.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Which part of its parent it is.
    pub role: Role,
    /// For a string: bytes of the opening delimiter, prefix included, at the start of its range.
    pub open: u8,
    /// For a string: bytes of the closing delimiter.
    pub close: u8,
    /// Nodes in the subtree, this one included.
    pub size: u32,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What a name, literal, operator or [`Kind::Other`] construct says.
    pub sym: Sym,
}

impl Node {
    /// Bytes of the source.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A tree over one text. Node 0 is the root; an empty tree is never built.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// The nodes, in preorder.
    pub nodes: Vec<Node>,
    /// Values of strings that differ from what is written (folded scalars, joined literals), by node.
    pub values: Vec<(NodeId, Box<str>)>,
}

impl Tree {
    /// The node.
    #[inline]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// The node's children in order.
    pub fn children(&self, id: NodeId) -> Children<'_> {
        let end = id.0 + self.node(id).size;
        Children { nodes: &self.nodes, at: id.0 + 1, end }
    }

    /// The first child with this role.
    pub fn child(&self, id: NodeId, role: Role) -> Option<NodeId> {
        self.children(id).find(|&child| self.node(child).role == role)
    }

    /// All nodes below `id`, itself first, in preorder.
    pub fn subtree(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0..id.0 + self.node(id).size).map(NodeId)
    }

    /// What a leaf says: a string's content without its quotes, a name's text.
    pub fn content<'t>(&'t self, text: &'t str, id: NodeId) -> &'t str {
        if let Ok(at) = self.values.binary_search_by_key(&id, |entry| entry.0) {
            return &self.values[at].1;
        }
        text.get(self.content_range(id)).unwrap_or_default()
    }

    /// Bytes of [`Tree::content`] as written.
    pub fn content_range(&self, id: NodeId) -> Range<usize> {
        let node = self.node(id);
        node.start as usize + node.open as usize..(node.end as usize).saturating_sub(node.close as usize)
    }

    /// Whether two subtrees say the same, layout aside.
    pub fn equal(&self, left: NodeId, other: &Self, right: NodeId) -> bool {
        let (from, to) = (self.node(left), other.node(right));
        let size = from.size as usize;
        from.size == to.size
            && self.nodes[left.index()..left.index() + size]
                .iter()
                .zip(&other.nodes[right.index()..right.index() + size])
                .all(|(one, two)| one.kind == two.kind && one.sym == two.sym && one.size == two.size)
    }

    /// The tree as text, one node a line, for tests.
    pub fn dump(&self, text: &str) -> String {
        let mut out = String::new();
        let mut ends: Vec<u32> = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            ends.retain(|&end| end > at as u32);
            let source = text.get(node.range()).unwrap_or_default();
            let first = source.lines().next().unwrap_or_default();
            let more = if first.len() < source.len() { "…" } else { "" };
            out += &format!("{:indent$}{:?} {:?}: {first}{more}\n", "", node.role, node.kind, indent = ends.len() * 2);
            ends.push(at as u32 + node.size);
        }
        out
    }
}

/// The children of a node.
#[derive(Debug, Clone)]
pub struct Children<'t> {
    nodes: &'t [Node],
    at: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if self.at >= self.end {
            return None;
        }
        let id = NodeId(self.at);
        self.at += self.nodes[self.at as usize].size;
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_skip_subtrees() {
        let text = "f(a, b)";
        let mut builder = Builder::for_text(text.len());
        let call = builder.open(Kind::Call, Role::Item, 0..7);
        builder.leaf(Kind::Name, Role::Callee, 0..1, Sym::new("f"));
        builder.leaf(Kind::Name, Role::Arg, 2..3, Sym::new("a"));
        builder.leaf(Kind::Name, Role::Arg, 5..6, Sym::new("b"));
        builder.close(call);
        let tree = builder.finish();
        let said: Vec<_> = tree.children(NodeId::ROOT).map(|id| tree.content(text, id)).collect();
        assert_eq!(said, ["f", "a", "b"]);
        assert!(tree.equal(NodeId(1), &tree, NodeId(1)) && !tree.equal(NodeId(1), &tree, NodeId(2)));
    }

    #[test]
    fn symbols_tell_lengths_apart() {
        assert_ne!(Sym::new("a"), Sym::new("a\0"));
        assert_ne!(Sym::new("abcdefgh"), Sym::new("abcdefghi"));
    }
}
