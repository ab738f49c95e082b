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

use std::ops::Range;

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

/// What a node is. The order of children is the order of the listed parts; parts marked `?` may be absent and are
/// told apart by their [`Role`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// The whole file: statements (for data, one per document).
    Module,
    /// Statements of a body.
    Block,

    // Names and literals: leaves with a symbol.
    /// A name used as an expression.
    Name,
    /// A name that is no expression: of an attribute, definition, keyword, parameter, alias, instruction flag.
    Ident,
    /// A string literal; `sym` is its content as written. Content = range less `open` and `close` bytes.
    Str,
    /// An integer; `sym` from its value ([`Builder::integer`]).
    Int,
    /// A floating point or imaginary number; `sym` from its text.
    Float,
    /// `True` or `False`; `sym` of the lower-case word.
    Bool,
    /// The null value.
    Null,

    // Expressions.
    /// Object, attribute name ([`Kind::Ident`]).
    Attribute,
    /// Object, index expressions.
    Subscript,
    /// Lower?, upper?, step?.
    Slice,
    /// Callee, arguments.
    Call,
    /// Name ([`Kind::Ident`]), value.
    KeywordArg,
    /// As [`Kind::KeywordArg`], but a pattern need not name it to match (an image's tag or digest).
    OptionalArg,
    /// `*value`.
    Starred,
    /// `**value`.
    DoubleStarred,
    /// Operand; `sym` is the operator.
    Unary,
    /// Operands; `sym` is the operator. `a and b and c` is one node; `a + b + c` nests to the left.
    Binary,
    /// A comparison with several operators; `sym` from all of them.
    Comparisons,
    /// Test, value, else value.
    Conditional,
    /// Parameters, body expression.
    Lambda,
    /// Value.
    Await,
    /// Value?.
    Yield,
    /// Value.
    YieldFrom,
    /// Elements.
    List,
    /// Elements.
    Tuple,
    /// Elements.
    Set,
    /// [`Kind::Pair`]s and others.
    Dict,
    /// Key, value: an entry of a mapping.
    Pair,
    /// Element(s), then [`Kind::CompFor`]s and [`Kind::CompIf`]s in order; `sym` tells list, set, dict, generator.
    Comprehension,
    /// Target, iterated.
    CompFor,
    /// Test.
    CompIf,
    /// Literal pieces ([`Kind::Str`]) and holes ([`Kind::Hole`]).
    Interpolated,
    /// Expression, further pieces of its format.
    Hole,
    /// Literals written side by side; `sym` of the joined content.
    Concat,
    /// Target, value: `=` and `:=`. Several targets are one tuple.
    Assign,
    /// Target, value; `sym` is the operator.
    AugAssign,

    // Statements.
    /// An expression.
    ExprStmt,
    /// Target, type ([`Role::Type`]), value?: an annotated assignment.
    VarDef,
    /// Value?.
    Return,
    /// Exception?, cause?.
    Raise,
    /// Test, message?.
    Assert,
    /// Targets.
    Delete,
    /// Test, body, else? (a block, or an [`Kind::If`] for elif).
    If,
    /// Test, body, else?.
    While,
    /// Target, iterated, body, else?.
    For,
    /// One item, body: several items nest.
    With,
    /// Expression, target?.
    WithItem,
    /// Body, handlers, else?, finally?.
    Try,
    /// Type?, name?, body.
    Handler,
    /// Subject, cases.
    Match,
    /// Pattern, guard?, body.
    Case,
    /// Decorators, name, parameters ([`Kind::Params`]), returned type?, body.
    FuncDef,
    /// Parameters.
    Params,
    /// Name, type?, default?.
    Param,
    /// `*name`: name, type?.
    RestParam,
    /// `**name`: name, type?.
    KeywordRestParam,
    /// A bare `*` or `/`; `sym` tells which.
    ParamMark,
    /// Decorators, name, bases as arguments, body.
    ClassDef,
    /// A decorator's expression.
    Decorator,
    /// [`Kind::Ident`] path, alias ([`Role::Alias`])?: `import a.b as c`, one node for each module.
    Import,
    /// [`Kind::Ident`] module path (dots included), imported name, alias?: one node for each name.
    ImportFrom,
    /// [`Kind::Ident`] module path: `from a import *`.
    ImportAll,
    /// A word alone (`pass`, `break`, `continue`); `sym` tells which.
    Word,
    /// Anything else, with `sym` for its construct; matches when `sym` and children do.
    Other,

    // Pattern kinds.
    /// `$X`; `sym` of the name with its `$`.
    Metavar,
    /// `$...X`; `sym` of the name with its `$...`.
    MetavarRest,
    /// `...`.
    Ellipsis,
    /// `<... expression ...>`.
    Deep,
    /// `$X` with a type: type. `sym` of the name.
    TypedMetavar,
    /// A literal `...` of the language in a target (Python's `Ellipsis`).
    EllipsisLiteral,
}

impl Kind {
    /// Whether only patterns hold it.
    pub fn is_pattern(self) -> bool {
        matches!(self, Self::Metavar | Self::MetavarRest | Self::Ellipsis | Self::Deep | Self::TypedMetavar)
    }

    /// Whether it stands as a statement of a block.
    pub fn is_statement(self) -> bool {
        (self >= Self::ExprStmt && self <= Self::Match && !matches!(self, Self::WithItem | Self::Handler))
            || matches!(
                self,
                Self::FuncDef
                    | Self::ClassDef
                    | Self::Import
                    | Self::ImportFrom
                    | Self::ImportAll
                    | Self::Word
                    | Self::Block
            )
    }
}

/// Which part of its parent a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Role {
    /// One of a list of like children, or the only child.
    Item,
    /// What is called.
    Callee,
    /// An argument, or a base of a class.
    Arg,
    /// The name of a definition, keyword, parameter, attribute.
    Name,
    /// What is assigned, iterated, returned, raised; the value of an entry.
    Value,
    /// What is assigned to.
    Target,
    /// A condition.
    Test,
    /// A block, or the body of a lambda.
    Body,
    /// What happens otherwise.
    Else,
    /// A finally block.
    Finally,
    /// A type: an annotation, a returned type, an exception's type.
    Type,
    /// A default value.
    Default,
    /// A decorator.
    Decorator,
    /// The key of an entry.
    Key,
    /// The alias of an import.
    Alias,
    /// The module of an import.
    Module,
    /// Lower bound of a slice.
    Lower,
    /// Upper bound of a slice.
    Upper,
    /// Step of a slice.
    Step,
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

    /// The tree; every opened node must be closed.
    pub fn finish(self) -> Tree {
        self.tree
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
