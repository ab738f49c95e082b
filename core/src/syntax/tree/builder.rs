//! Building a tree, one node after the other in preorder.

use std::ops::Range;

use super::{Kind, Node, NodeId, Role, Sym, Tree};

/// Builds a tree in preorder.
#[derive(Debug, Default)]
pub struct Builder {
    tree: Tree,
}

impl Builder {
    /// A builder with room for the tree of a text of `bytes` bytes.
    pub fn for_text(bytes: usize) -> Self {
        Self { tree: Tree { nodes: Vec::with_capacity(bytes / 8 + 16), values: Vec::new() } }
    }

    /// Begins a node; give what it returns to [`Builder::close`] after its children are built.
    pub fn open(&mut self, kind: Kind, role: Role, range: Range<usize>) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        let (start, end) = (range.start as u32, range.end as u32);
        self.tree.nodes.push(Node { kind, role, open: 0, close: 0, size: 1, start, end, sym: Sym::NONE });
        id
    }

    /// Ends a node: everything built since it was opened is below it.
    pub fn close(&mut self, id: NodeId) {
        self.tree.nodes[id.index()].size = self.tree.nodes.len() as u32 - id.0;
    }

    /// A node without children that says `sym`.
    pub fn leaf(&mut self, kind: Kind, role: Role, range: Range<usize>, sym: Sym) -> NodeId {
        let id = self.open(kind, role, range);
        self.tree.nodes[id.index()].sym = sym;
        id
    }

    /// A string literal with the sizes of its delimiters; `sym` is of its content.
    pub fn string(&mut self, role: Role, range: Range<usize>, quotes: (usize, usize), content: &str) -> NodeId {
        let id = self.leaf(Kind::Str, role, range, Sym::new(content));
        let node = &mut self.tree.nodes[id.index()];
        node.open = quotes.0.min(255) as u8;
        node.close = quotes.1.min(255) as u8;
        id
    }

    /// An integer literal: its symbol is the same for every spelling of one value.
    pub fn integer(&mut self, role: Role, range: Range<usize>, value: u64) -> NodeId {
        self.leaf(Kind::Int, role, range, Sym::of(&value.to_le_bytes()))
    }

    /// A metavariable or other leaf of a pattern, with the name that it goes by (`$X`, `$...ARGS`).
    pub fn pattern_leaf(&mut self, kind: Kind, role: Role, range: Range<usize>, name: &str) -> NodeId {
        let id = self.open(kind, role, range);
        self.value(id, name);
        id
    }

    /// Sets what a node says.
    pub fn say(&mut self, id: NodeId, sym: Sym) {
        self.tree.nodes[id.index()].sym = sym;
    }

    /// Sets a string's value where it is not what is written. Call in the order of ids.
    pub fn value(&mut self, id: NodeId, value: &str) {
        self.tree.nodes[id.index()].sym = Sym::new(value);
        self.tree.values.push((id, value.into()));
    }

    /// Changes a node's kind, role or range after the fact.
    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.tree.nodes[id.index()]
    }

    /// How far the tree is built, to come back to with [`Builder::rewind`].
    pub fn mark(&self) -> (usize, usize) {
        (self.tree.nodes.len(), self.tree.values.len())
    }

    /// Takes back everything built since `mark`.
    pub fn rewind(&mut self, mark: (usize, usize)) {
        self.tree.nodes.truncate(mark.0);
        self.tree.values.truncate(mark.1);
    }

    /// The tree; every opened node must be closed.
    pub fn finish(self) -> Tree {
        self.tree
    }
}
