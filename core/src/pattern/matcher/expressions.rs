//! Expressions.

use super::{Bound, Flow, GO_ON, MAX_SYMBOLIC, Matcher, Next, Run};
use crate::pattern::analysis::Value;
use crate::syntax::tree::{Kind, NodeId, Role, Tree};

impl<'m> Matcher<'m> {
    /// An expression at the root of a pattern: what a name stands for does not count.
    pub(super) fn root_expression(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        self.match_expression(p, n, true, next)
    }

    /// An expression within a pattern.
    pub(super) fn expression(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        self.match_expression(p, n, false, next)
    }

    fn match_expression(&mut self, p: NodeId, n: NodeId, root: bool, next: Next<'_, 'm>) -> Flow {
        self.tick()?;
        let (pattern, node) = (self.pat(p), self.file(n));
        match pattern.kind {
            Kind::Ellipsis => return next(self),
            Kind::Deep => return self.deep(NodeId(p.0 + 1), n, next),
            Kind::TypedMetavar => return self.typed(p, n, next),
            Kind::Metavar => {
                self.bind(pattern.sym, Bound::Node(n), next)?;
                return self.symbolic(p, n, root, next);
            }
            Kind::Str | Kind::PrefixedStr | Kind::Int | Kind::Float | Kind::Bool | Kind::Null => {
                self.literal(p, n, next)?;
                return self.symbolic(p, n, root, next);
            }
            _ => {}
        }
        if node.kind == Kind::Cast && !root {
            self.expression(p, NodeId(n.0 + 1), next)?;
        }
        if pattern.kind == node.kind {
            self.same_kind(p, n, next)?;
        } else {
            self.other_kind(p, n, next)?;
        }
        if node.kind == Kind::Name {
            self.imported(p, n, next)?;
            return self.symbolic(p, n, root, next);
        }
        GO_ON
    }

    /// The expression that a name stands for, where the rule asks for it.
    fn symbolic(&mut self, p: NodeId, n: NodeId, root: bool, next: Next<'_, 'm>) -> Flow {
        let wanted = self.options.symbolic_propagation && self.options.constant_propagation;
        if root || !wanted || self.file(n).kind != Kind::Name || self.symbolic >= MAX_SYMBOLIC {
            return GO_ON;
        }
        let Some(Value::Symbolic(value)) = self.code.values().of(n).cloned() else { return GO_ON };
        self.symbolic += 1;
        let flow = self.expression(p, value, next);
        self.symbolic -= 1;
        flow
    }

    fn same_kind(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (pattern, node) = (self.pat(p), self.file(n));
        match pattern.kind {
            Kind::Name | Kind::EllipsisLiteral => {
                if pattern.sym == node.sym {
                    next(self)
                } else {
                    GO_ON
                }
            }
            Kind::Attribute => self.attribute(p, n, next),
            Kind::Call => {
                let (callee, target) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
                let (args, given) = (self.after(p, callee, true), self.after(n, target, false));
                if !self.is_open(callee, target) || !self.are_arguments_open(args, given) {
                    return GO_ON;
                }
                self.expression(callee, target, &mut |m| m.arguments(args, given, None, next))
            }
            Kind::List | Kind::Tuple => self.ordered(self.children_of_pattern(p), self.children_of(n), next),
            Kind::Set | Kind::Dict => self.unordered(p, n, next),
            Kind::Binary => self.operation(p, n, next),
            Kind::Assign => self.assignment(p, n, next),
            Kind::Interpolated => self.pieces(p, n, next),
            Kind::Concat => self.pieces(p, n, next),
            Kind::Lambda => self.lambda(p, n, next),
            Kind::Yield => self.optional_value(p, n, next),
            Kind::Subscript => self.subscript(p, n, next),
            // A script within an instruction.
            Kind::Block => self.statement(p, n, next),
            _ if pattern.sym == node.sym => self.parts(self.children_of_pattern(p), self.children_of(n), next),
            _ => GO_ON,
        }
    }

    /// Patterns that match nodes of another kind.
    fn other_kind(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (pattern, node) = (self.pat(p), self.file(n));
        match (pattern.kind, node.kind) {
            (Kind::Attribute, Kind::Call) => self.chain(p, n, next),
            (Kind::Concat, Kind::Interpolated) => self.pieces(p, n, next),
            (Kind::Set, Kind::Dict) | (Kind::Dict, Kind::Set) => self.unordered(p, n, next),
            (Kind::List | Kind::Set | Kind::Dict | Kind::Tuple, Kind::Comprehension) => {
                let run = self.children_of_pattern(p);
                let only = self
                    .pattern_head(run)
                    .filter(|(first, rest)| self.pat(*first).kind == Kind::Ellipsis && rest.at >= rest.end);
                let word = match pattern.kind {
                    Kind::List => "list",
                    Kind::Tuple => "tuple",
                    _ => "dict",
                };
                if only.is_some() && node.sym == super::sym_of(word) { next(self) } else { GO_ON }
            }
            (Kind::Tuple, Kind::Pair) => self.ordered(self.children_of_pattern(p), self.children_of(n), next),
            (Kind::Assign, Kind::VarDef) => self.assignment(p, n, next),
            _ => GO_ON,
        }
    }

    /// The siblings after the first child of a node.
    pub(super) fn after(&self, parent: NodeId, first: NodeId, of_pattern: bool) -> Run {
        let tree = if of_pattern { self.pattern_tree() } else { self.tree() };
        Run { at: first.0 + tree.node(first).size, end: parent.0 + tree.node(parent).size, flat: false }
    }

    /// Parts that must be the same, one by one.
    pub(super) fn parts(&mut self, p: Run, n: Run, next: Next<'_, 'm>) -> Flow {
        match (self.pattern_head(p), self.head(n)) {
            (None, None) => next(self),
            (Some((part, patterns)), Some((node, nodes))) if self.plays_same(part, node) => {
                self.part(part, node, &mut |m| m.parts(patterns, nodes, next))
            }
            _ => GO_ON,
        }
    }

    fn plays_same(&self, p: NodeId, n: NodeId) -> bool {
        let (pattern, node) = (self.pat(p), self.file(n));
        pattern.role == node.role && !(node.kind == Kind::Slice && pattern.kind != Kind::Slice)
    }

    /// A part of any sort.
    pub(super) fn part(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        match self.file(n).kind {
            Kind::Ident => self.ident(p, n, next),
            Kind::Params => self.parameters(p, n, next),
            kind if kind.is_statement() => self.block_or_statement(p, n, next),
            _ => self.expression(p, n, next),
        }
    }

    /// An index of the pattern may be any one of several slices side by side.
    fn subscript(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (patterns, nodes) = (self.children_of_pattern(p), self.children_of(n));
        let (Some((object, wanted)), Some((given, indexes))) = (self.pattern_head(patterns), self.head(nodes)) else {
            return GO_ON;
        };
        let several = self.head(indexes).is_some_and(|(_, rest)| rest.at < rest.end);
        let Some((only, rest)) = self.pattern_head(wanted).filter(|_| several) else {
            return self.parts(patterns, nodes, next);
        };
        if rest.at < rest.end {
            return self.parts(patterns, nodes, next);
        }
        let mut run = indexes;
        while let Some((index, more)) = self.head(run) {
            if self.plays_same(only, index) {
                self.expression(object, given, &mut |m| m.part(only, index, next))?;
            }
            run = more;
        }
        GO_ON
    }

    fn optional_value(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        self.parts(self.children_of_pattern(p), self.children_of(n), next)
    }

    /// `o.name`, and `o. ... .name`, where the ellipsis stands for any links of a chain.
    fn attribute(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (object, target) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
        let (Some(name), Some(attribute)) = (self.pattern_child(p, Role::Name), self.child(n, Role::Name)) else {
            return GO_ON;
        };
        if self.pat(name).kind == Kind::Ellipsis {
            return self.chain(p, n, next);
        }
        if let Some(before) = self.before_ellipsis(object) {
            self.expression(before, target, &mut |m| m.ident(name, attribute, next))?;
        }
        // The name is the cheaper of the two to compare.
        let plain = self.pat(name).kind == Kind::Ident && self.pattern.string(name).is_none();
        if plain && self.pat(name).sym != self.file(attribute).sym {
            return GO_ON;
        }
        self.expression(object, target, &mut |m| m.ident(name, attribute, next))
    }

    /// What stands before `. ...`, where the pattern is that.
    fn before_ellipsis(&self, p: NodeId) -> Option<NodeId> {
        if self.pat(p).kind != Kind::Attribute {
            return None;
        }
        let name = self.pattern_child(p, Role::Name)?;
        (self.pat(name).kind == Kind::Ellipsis).then_some(NodeId(p.0 + 1))
    }

    /// `o. ...` against a chain: `o` may be the chain up to any of its links.
    fn chain(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let Some(start) = self.before_ellipsis(p) else { return GO_ON };
        let mut at = n;
        loop {
            self.expression(start, at, next)?;
            let callee = if self.file(at).kind == Kind::Call { NodeId(at.0 + 1) } else { at };
            if self.file(callee).kind != Kind::Attribute {
                return GO_ON;
            }
            at = NodeId(callee.0 + 1);
        }
    }

    /// `t = v` against an assignment of any sort, or one pair of `a, b = c, d`.
    pub(super) fn assignment(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let pattern = self.pat(p);
        if pattern.kind == Kind::Metavar || pattern.kind == Kind::Ellipsis {
            return if self.file(n).kind == Kind::VarDef { GO_ON } else { self.root_expression(p, n, next) };
        }
        if pattern.kind != Kind::Assign {
            return GO_ON;
        }
        let (Some((target, value)), Some((to, from))) = (sides(self.pattern_tree(), p), sides(self.tree(), n)) else {
            return GO_ON;
        };
        if self.are_open([(target, to), (value, from)]) {
            self.expression(target, to, &mut |m| m.expression(value, from, next))?;
        }
        if self.file(to).kind != Kind::Tuple || self.file(from).kind != Kind::Tuple {
            return GO_ON;
        }
        let (mut targets, mut values) = (self.children_of(to), self.children_of(from));
        if self.tree().children(to).count() != self.tree().children(from).count() {
            return GO_ON;
        }
        while let (Some((to, tos)), Some((from, froms))) = (self.head(targets), self.head(values)) {
            self.expression(target, to, &mut |m| m.expression(value, from, next))?;
            (targets, values) = (tos, froms);
        }
        GO_ON
    }

    fn lambda(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (params, target) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
        let (Some(body), Some(code)) = (self.pattern_child(p, Role::Body), self.child(n, Role::Body)) else {
            return GO_ON;
        };
        self.parameters(params, target, &mut |m| m.expression(body, code, next))
    }

    /// `<... e ...>`: `e` at the node or at any expression below it.
    pub(super) fn deep(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let end = n.0 + self.file(n).size;
        let mut at = n.0;
        while at < end {
            let node = self.file(NodeId(at));
            match node.kind {
                Kind::Params => {
                    at += node.size;
                    continue;
                }
                Kind::Ident | Kind::KeywordArg | Kind::OptionalArg | Kind::CompFor | Kind::CompIf => {}
                kind if kind.is_statement() => {}
                _ => {
                    self.root_expression(p, NodeId(at), next)?;
                    self.deep_symbolic(p, NodeId(at), next)?;
                }
            }
            if !self.options.go_deeper_expr {
                return GO_ON;
            }
            at += 1;
        }
        GO_ON
    }

    fn deep_symbolic(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        if !self.options.symbolic_propagation || self.file(n).kind != Kind::Name || self.symbolic >= MAX_SYMBOLIC {
            return GO_ON;
        }
        let Some(Value::Symbolic(value)) = self.code.values().of(n).cloned() else { return GO_ON };
        self.symbolic += 1;
        let flow = self.deep(p, value, next);
        self.symbolic -= 1;
        flow
    }

    /// An expression statement also matches within what is assigned, called, awaited or put into a container.
    pub(super) fn implicitly_deep(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        self.root_expression(p, n, next)?;
        if !self.options.go_deeper_expr {
            return GO_ON;
        }
        let node = self.file(n);
        match node.kind {
            Kind::Assign | Kind::AugAssign => match self.child(n, Role::Value) {
                Some(value) => self.implicitly_deep(p, value, next),
                None => GO_ON,
            },
            Kind::Attribute | Kind::Cast => self.implicitly_deep(p, NodeId(n.0 + 1), next),
            Kind::KeywordArg | Kind::OptionalArg | Kind::Pair => {
                let mut run = self.children_of(n);
                while let Some((child, rest)) = self.head(run) {
                    if self.file(child).kind != Kind::Ident {
                        self.implicitly_deep(p, child, next)?;
                    }
                    run = rest;
                }
                GO_ON
            }
            Kind::Call
            | Kind::Await
            | Kind::Yield
            | Kind::YieldFrom
            | Kind::Binary
            | Kind::Unary
            | Kind::Interpolated
            | Kind::Concat
            | Kind::Starred
            | Kind::DoubleStarred
            | Kind::List
            | Kind::Tuple
            | Kind::Set
            | Kind::Dict => {
                let mut run = self.children_of(n);
                while let Some((child, rest)) = self.head(run) {
                    match self.file(child).kind {
                        Kind::KeywordArg | Kind::OptionalArg | Kind::Pair => self.in_entry(p, child, next)?,
                        _ => self.implicitly_deep(p, child, next)?,
                    }
                    run = rest;
                }
                GO_ON
            }
            Kind::Name => self.implicit_symbolic(p, n, next),
            _ => GO_ON,
        }
    }

    fn in_entry(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let mut run = self.children_of(n);
        while let Some((child, rest)) = self.head(run) {
            if self.file(child).kind != Kind::Ident {
                self.implicitly_deep(p, child, next)?;
            }
            run = rest;
        }
        GO_ON
    }

    fn implicit_symbolic(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        if !self.options.symbolic_propagation || self.symbolic >= MAX_SYMBOLIC {
            return GO_ON;
        }
        let Some(Value::Symbolic(value)) = self.code.values().of(n).cloned() else { return GO_ON };
        self.symbolic += 1;
        let flow = self.implicitly_deep(p, value, next);
        self.symbolic -= 1;
        flow
    }
}

/// The target, which comes first, and the value of an assignment.
fn sides(tree: &Tree, assignment: NodeId) -> Option<(NodeId, NodeId)> {
    let mut children = tree.children(assignment);
    let target = children.next().filter(|&target| tree.node(target).role == Role::Target)?;
    Some((target, children.find(|&value| tree.node(value).role == Role::Value)?))
}
