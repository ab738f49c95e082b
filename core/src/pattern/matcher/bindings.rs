//! What metavariables hold, and when two of them hold the same.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use super::{Flow, GO_ON, Matcher, Next};
use crate::pattern::analysis::{Code, Value};
use crate::syntax::tree::{Kind, NodeId, Sym};

/// The metavariable that is never compared.
const ANONYMOUS: Sym = Sym::new("$_");

/// One metavariable and what it holds.
#[derive(Debug, Clone)]
pub(crate) struct Binding {
    pub(crate) name: Sym,
    pub(crate) bound: Bound,
}

/// What a metavariable holds.
#[derive(Debug, Clone)]
pub(crate) enum Bound {
    /// A node.
    Node(NodeId),
    /// Nodes next to each other, by index, and their bytes.
    Nodes { nodes: Range<u32>, bytes: Range<u32> },
    /// The content of a string literal.
    Content(NodeId),
    /// A part of the path that the name at this node was imported from; its text is the name.
    Path { name: NodeId },
    /// A text that was computed, told at these bytes.
    Computed { text: Rc<str>, bytes: Range<u32> },
    /// Bytes of the text.
    Bytes(Range<u32>),
}

/// What a match holds: its bindings.
pub(crate) type Bindings = Vec<Binding>;

impl Bound {
    /// Where it stands.
    pub(crate) fn bytes(&self, code: &Code<'_>) -> Range<u32> {
        match self {
            Self::Node(id) => match code.tree.node(*id) {
                node if node.kind == Kind::Name => {
                    let range = code.tree.content_range(*id);
                    range.start as u32..range.end as u32
                }
                node => node.start..node.end,
            },
            Self::Nodes { bytes, .. } | Self::Computed { bytes, .. } | Self::Bytes(bytes) => bytes.clone(),
            Self::Content(id) => {
                let range = code.tree.content_range(*id);
                range.start as u32..range.end as u32
            }
            Self::Path { name, .. } => Self::Node(*name).bytes(code),
        }
    }

    /// Its text, for messages, regular expressions and comparisons.
    pub(crate) fn text<'t>(&'t self, code: &'t Code<'_>) -> Cow<'t, str> {
        match self {
            Self::Content(id) => Cow::Borrowed(code.tree.content(code.text, *id)),
            Self::Computed { text, .. } => Cow::Borrowed(text),
            other => {
                let bytes = other.bytes(code);
                Cow::Borrowed(code.text.get(bytes.start as usize..bytes.end as usize).unwrap_or_default())
            }
        }
    }

    /// Whether it is the content of a string rather than code.
    pub(crate) fn is_content(&self) -> bool {
        matches!(self, Self::Content(_) | Self::Computed { .. })
    }

    /// The expression that it is, where it is one node.
    pub(crate) fn node(&self) -> Option<NodeId> {
        match self {
            Self::Node(id) => Some(*id),
            _ => None,
        }
    }
}

impl<'m> Matcher<'m> {
    /// Binds a metavariable, or compares it with what it holds already.
    pub(super) fn bind(&mut self, name: Sym, bound: Bound, next: Next<'_, 'm>) -> Flow {
        if name == ANONYMOUS {
            return next(self);
        }
        if let Some(at) = self.bindings.iter().position(|binding| binding.name == name) {
            let same = same(self.code, &self.bindings[at].bound, &bound, self.options.unify_ids_strictly);
            return if same { next(self) } else { GO_ON };
        }
        if !self.may_count(name, &bound) {
            return GO_ON;
        }
        self.bindings.push(Binding { name, bound });
        let flow = next(self);
        self.bindings.pop();
        flow
    }
}

impl Matcher<'_> {
    /// Whether a match in which the metavariable holds this may count.
    pub(super) fn may_count(&self, name: Sym, bound: &Bound) -> bool {
        let mut demands = self.pattern.demands.iter().filter(|demand| demand.metavariable == name);
        self.is_asking || self.is_plain || demands.all(|demand| demand.regex.may_be_found(&bound.text(self.code)))
    }
}

/// Whether two metavariables hold the same code.
pub(crate) fn same(code: &Code<'_>, left: &Bound, right: &Bound, strict: bool) -> bool {
    match (left, right) {
        (Bound::Node(left), Bound::Node(right)) => same_nodes(code, *left, *right, strict),
        (Bound::Nodes { nodes: left, .. }, Bound::Nodes { nodes: right, .. }) => same_runs(code, left, right, strict),
        (Bound::Content(left), Bound::Content(right)) => code.tree.node(*left).sym == code.tree.node(*right).sym,
        _ => left.text(code) == right.text(code),
    }
}

fn is_name(kind: Kind) -> bool {
    matches!(kind, Kind::Name | Kind::Ident)
}

fn same_nodes(code: &Code<'_>, left: NodeId, right: NodeId, strict: bool) -> bool {
    let (one, two) = (code.tree.node(left), code.tree.node(right));
    if is_name(one.kind) && is_name(two.kind) {
        return one.sym == two.sym && (!strict || same_entities(code, left, right));
    }
    if is_name(one.kind) != is_name(two.kind) {
        let (name, other) = if is_name(one.kind) { (left, right) } else { (right, left) };
        return holds_literal(code, name, other);
    }
    if (one.kind == Kind::ExprStmt) != (two.kind == Kind::ExprStmt) {
        return false;
    }
    same_runs(code, &(left.0..left.0 + one.size), &(right.0..right.0 + two.size), strict)
}

/// Names of unknown meaning are the same as any of the same spelling.
fn same_entities(code: &Code<'_>, left: NodeId, right: NodeId) -> bool {
    let names = code.names();
    match (names.of(left), names.of(right)) {
        (Some(one), Some(two)) => one == two,
        _ => true,
    }
}

fn holds_literal(code: &Code<'_>, name: NodeId, literal: NodeId) -> bool {
    let is_literal =
        matches!(code.tree.node(literal).kind, Kind::Str | Kind::Int | Kind::Float | Kind::Bool | Kind::Null);
    if !is_literal || code.tree.node(name).kind != Kind::Name {
        return false;
    }
    match (code.values().of(name), code.value(literal)) {
        (Some(Value::SomeText | Value::Some | Value::Symbolic(_)), _) => false,
        (Some(Value::Literal(one)), Some(Value::Literal(two))) => code.tree.equal(*one, code.tree, two),
        (Some(one), Some(two)) => *one == two,
        _ => false,
    }
}

fn same_runs(code: &Code<'_>, left: &Range<u32>, right: &Range<u32>, strict: bool) -> bool {
    let _ = strict;
    let nodes = &code.tree.nodes;
    let (one, two) = (&nodes[left.start as usize..left.end as usize], &nodes[right.start as usize..right.end as usize]);
    if one.len() != two.len() {
        return false;
    }
    let entity = |at: u32| code.names().of(NodeId(at));
    one.iter().zip(two).enumerate().all(|(at, (one, two))| {
        let same = one.kind == two.kind && one.sym == two.sym && one.size == two.size;
        let offset = at as u32;
        same && (one.kind != Kind::Name || entity(left.start + offset) == entity(right.start + offset))
    })
}
