//! The matcher: does a pattern match at a node, and what do its metavariables hold then?
//!
//! Every function takes what to do next and calls it once for each way to match; bindings are undone on the way back.
//! So nothing is allocated for a way that fails. Recursion goes as deep as the pattern, never as deep as the file.

mod arguments;
mod bindings;
mod definitions;
mod expressions;
mod literals;
mod names;
mod open;
mod operators;
mod statements;

use std::ops::{ControlFlow, Range};

pub(super) use bindings::{Binding, Bindings, Bound, same};

use super::analysis::Code;
use super::code_pattern::CodePattern;
use super::rule::Options;
use crate::syntax::tree::{Kind, Node, NodeId, Role, Shape, Sym, Tree};

/// Most steps that one pattern may take at one node of a file.
const MAX_STEPS: u32 = 400_000;
/// Deepest chain of names that stand for expressions.
const MAX_SYMBOLIC: u32 = 50;

/// `Break` ends the search.
pub(super) type Flow = ControlFlow<()>;
/// What to do with each way to match.
pub(super) type Next<'k, 'm> = &'k mut dyn FnMut(&mut Matcher<'m>) -> Flow;

/// The span of nothing: it grows to whatever is matched.
const EMPTY: Range<u32> = Range { start: u32::MAX, end: 0 };

const GO_ON: Flow = ControlFlow::Continue(());

/// Nodes next to each other: from the node at `at` to the index `end`.
#[derive(Debug, Clone, Copy)]
struct Run {
    at: u32,
    end: u32,
    /// Whether statements of nested blocks count as well.
    flat: bool,
}

/// A matcher of one pattern in one text.
pub(super) struct Matcher<'m> {
    pattern: &'m CodePattern,
    code: &'m Code<'m>,
    options: &'m Options,
    bindings: Vec<Binding>,
    /// How many of `bindings` were given from outside.
    given: usize,
    /// Bytes of the statements matched so far.
    span: Range<u32>,
    steps: u32,
    symbolic: u32,
    exhausted: bool,
    /// Whether it is only asked for a way to match, whose bindings do not stay.
    is_asking: bool,
    /// Whether nothing is given up before it is compared.
    is_plain: bool,
    /// Whether it is a `pattern-inside`: then a trailing `...` takes all that it can.
    inside: bool,
}

impl<'m> Matcher<'m> {
    pub(super) fn new(pattern: &'m CodePattern, code: &'m Code<'m>, options: &'m Options) -> Self {
        Self {
            pattern,
            code,
            options,
            bindings: Vec::new(),
            given: 0,
            span: EMPTY,
            steps: 0,
            symbolic: 0,
            exhausted: false,
            is_asking: false,
            is_plain: false,
            inside: false,
        }
    }

    /// As `pattern-inside`.
    pub(super) fn inside(mut self, inside: bool) -> Self {
        self.inside = inside;
        self
    }

    /// Without short cuts.
    pub(super) fn plain(mut self, is_plain: bool) -> Self {
        self.is_plain = is_plain;
        self
    }

    /// Begins with these bindings.
    pub(super) fn given(mut self, bindings: &[Binding]) -> Self {
        self.bindings = bindings.to_vec();
        self.given = bindings.len();
        self
    }

    /// The pattern.
    pub(super) fn pattern(&self) -> &'m CodePattern {
        self.pattern
    }

    /// Whether a bound of steps was met: then there may be further matches.
    pub(super) fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// Tries the pattern at a node; `found` gets each way to match, with its bytes.
    pub(super) fn at(&mut self, node: NodeId, found: &mut dyn FnMut(Range<u32>, &[Binding])) {
        self.steps = 0;
        self.span = EMPTY;
        let root = self.pattern.pattern.root;
        let file = *self.file(node);
        let _ = match self.pattern.pattern.shape {
            Shape::Expression if file.kind == Kind::Ident => self.ident(root, node, &mut |m| {
                found(file.start..file.end, &m.bindings);
                GO_ON
            }),
            Shape::Expression => self.expression_at(root, node, &mut |m| {
                found(file.start..file.end, &m.bindings);
                GO_ON
            }),
            Shape::Statement if file.kind == Kind::Lambda => return self.returned(root, node, found),
            Shape::Statement => self.statement(root, node, &mut |m| {
                found(file.start..file.end, &m.bindings);
                GO_ON
            }),
            Shape::Decorator => self.decorator(root, node, &mut |m| {
                found(file.start..file.end, &m.bindings);
                GO_ON
            }),
            Shape::Entry => self.entry(root, node, &mut |m| {
                found(file.start..file.end, &m.bindings);
                GO_ON
            }),
            Shape::Statements => GO_ON,
        };
    }

    /// The body of a lambda is returned by it.
    fn returned(&mut self, root: NodeId, node: NodeId, found: &mut dyn FnMut(Range<u32>, &[Binding])) {
        let (Some(body), Some(value)) = (self.child(node, Role::Body), self.pattern_child(root, Role::Value)) else {
            return;
        };
        // As in Semgrep, these give nothing that a `return` is tried on, nor does a lambda that is a parameter's default or
        // part of a decorator.
        if self.file(node).role == Role::Default || self.is_in_decorator(node) {
            return;
        }
        let is_slice = || self.tree().children(body).any(|part| self.file(part).kind == Kind::Slice);
        match self.file(body).kind {
            Kind::Conditional | Kind::Lambda | Kind::Yield | Kind::YieldFrom | Kind::Assign | Kind::Comparisons => {
                return;
            }
            Kind::Comprehension if self.file(body).sym == sym_of("dict") => return,
            Kind::Subscript if is_slice() => return,
            _ => {}
        }
        let range = self.file(body).start..self.file(body).end;
        let _ = self.expression(value, body, &mut |m| {
            found(range.clone(), &m.bindings);
            GO_ON
        });
    }

    /// Whether an expression is part of a decorator.
    fn is_in_decorator(&self, node: NodeId) -> bool {
        let before = (0..node.0).rev().map(NodeId).take_while(|id| !self.file(*id).kind.is_statement());
        let mut decorators = before.filter(|id| self.file(*id).kind == Kind::Decorator);
        decorators.any(|id| node.0 < id.0 + self.file(id).size)
    }

    /// Tries a pattern of several statements at the statement `first` of the block that ends at `end`.
    pub(super) fn at_statements(&mut self, first: NodeId, end: u32, found: &mut dyn FnMut(Range<u32>, &[Binding])) {
        self.steps = 0;
        self.span = EMPTY;
        let pattern = self.children_of_pattern(self.pattern.pattern.root);
        let target = Run { at: first.0, end, flat: false };
        let _ = self.deep_statements(pattern, target, true, &mut |m| {
            if m.span.start < m.span.end {
                found(m.span.clone(), &m.bindings);
            }
            GO_ON
        });
    }

    /// An expression pattern at a node that may be an assignment in another guise.
    fn expression_at(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        if self.file(n).kind == Kind::VarDef {
            return self.assignment(p, n, next);
        }
        self.root_expression(p, n, next)
    }

    fn tick(&mut self) -> Flow {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            self.exhausted = true;
            return ControlFlow::Break(());
        }
        GO_ON
    }

    fn pattern_tree(&self) -> &'m Tree {
        self.pattern.tree()
    }

    fn pat(&self, id: NodeId) -> &'m Node {
        self.pattern.tree().node(id)
    }

    fn tree(&self) -> &'m Tree {
        self.code.tree
    }

    fn file(&self, id: NodeId) -> &'m Node {
        self.code.tree.node(id)
    }

    fn children_of_pattern(&self, id: NodeId) -> Run {
        Run { at: id.0 + 1, end: id.0 + self.pat(id).size, flat: false }
    }

    fn children_of(&self, id: NodeId) -> Run {
        Run { at: id.0 + 1, end: id.0 + self.file(id).size, flat: false }
    }

    fn pattern_child(&self, id: NodeId, role: Role) -> Option<NodeId> {
        self.pattern_tree().child(id, role)
    }

    fn child(&self, id: NodeId, role: Role) -> Option<NodeId> {
        self.tree().child(id, role)
    }

    /// The first node of a run of the pattern, and the rest.
    fn pattern_head(&self, run: Run) -> Option<(NodeId, Run)> {
        (run.at < run.end).then(|| (NodeId(run.at), Run { at: run.at + self.pat(NodeId(run.at)).size, ..run }))
    }

    /// The first node of a run of the file, and the rest.
    fn head(&self, run: Run) -> Option<(NodeId, Run)> {
        if run.at >= run.end {
            return None;
        }
        let id = NodeId(run.at);
        if !run.flat {
            return Some((id, Run { at: run.at + self.file(id).size, ..run }));
        }
        let mut next = run.at + 1;
        while next < run.end && !self.file(NodeId(next)).kind.is_statement() {
            next += 1;
        }
        Some((id, Run { at: next, ..run }))
    }

    /// Whether there is a way to match; nothing stays bound.
    fn exists(&mut self, search: impl FnOnce(&mut Self, Next<'_, 'm>) -> Flow) -> bool {
        let mut found = false;
        let bindings = self.bindings.len();
        let span = self.span.clone();
        let is_asking = std::mem::replace(&mut self.is_asking, true);
        let _ = search(self, &mut |_| {
            found = true;
            ControlFlow::Break(())
        });
        self.is_asking = is_asking;
        self.bindings.truncate(bindings);
        self.span = span;
        found
    }
}

fn sym_of(word: &str) -> Sym {
    Sym::new(word)
}
