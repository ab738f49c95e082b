//! Statements and sequences of them.

use super::arguments::{Left, Member};
use super::{Bound, Flow, GO_ON, Matcher, Next, Run};
use crate::syntax::tree::{Kind, NodeId, Role};

impl<'m> Matcher<'m> {
    /// One statement.
    pub(super) fn statement(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        self.tick()?;
        let (pattern, node) = (self.pat(p), self.file(n));
        match (pattern.kind, node.kind) {
            (Kind::ExprStmt, _) => self.expression_statement(p, n, next),
            (Kind::Block, Kind::Block) => self.block(p, n, next),
            (Kind::Return, Kind::Return) => self.return_value(p, n, next),
            (Kind::If, Kind::If) => self.conditional(p, n, next),
            (Kind::Try, Kind::Try) => self.attempt(p, n, next),
            (Kind::FuncDef, Kind::FuncDef) => self.function(p, n, next),
            (Kind::ClassDef, Kind::ClassDef) => self.class(p, n, next),
            (Kind::VarDef, Kind::VarDef) => self.definition(p, n, next),
            (Kind::Match, Kind::Match) => self.match_statement(p, n, next),
            (Kind::Import | Kind::ImportFrom | Kind::ImportAll, Kind::Import | Kind::ImportFrom | Kind::ImportAll) => {
                self.import(p, n, next)
            }
            (Kind::Assert, Kind::Assert) => {
                self.arguments(self.children_of_pattern(p), self.children_of(n), None, next)
            }
            (Kind::OuterName, Kind::OuterName) => self.ident(NodeId(p.0 + 1), NodeId(n.0 + 1), next),
            (Kind::With, Kind::With) => self.with(p, n, next),
            (one, two) if one == two && pattern.sym == node.sym => {
                self.parts(self.children_of_pattern(p), self.children_of(n), next)
            }
            _ => GO_ON,
        }
    }

    fn expression_statement(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let inner = NodeId(p.0 + 1);
        let node = self.file(n);
        match self.pat(inner).kind {
            Kind::Metavar => return self.bind(self.pat(inner).sym, Bound::Node(n), next),
            Kind::Ellipsis => return next(self),
            Kind::Deep => return self.deep_in_statement(NodeId(inner.0 + 1), n, next),
            _ => {}
        }
        match node.kind {
            Kind::ExprStmt if self.options.implicit_deep_exprstmt => self.implicitly_deep(inner, NodeId(n.0 + 1), next),
            Kind::ExprStmt => self.root_expression(inner, NodeId(n.0 + 1), next),
            Kind::VarDef if self.options.vardef_assign => {
                let Some(value) = self.child(n, Role::Value) else { return GO_ON };
                self.assignment(inner, n, next)?;
                self.deep(inner, value, next)
            }
            Kind::Return => match self.child(n, Role::Value) {
                Some(value) => self.deep(inner, value, next),
                None => GO_ON,
            },
            _ => GO_ON,
        }
    }

    /// `<... e ...>` as a statement: in the expressions of the statement itself, not of its blocks.
    fn deep_in_statement(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let mut run = self.children_of(n);
        while let Some((child, rest)) = self.head(run) {
            let kind = self.file(child).kind;
            let nested = kind.is_statement()
                || matches!(kind, Kind::Handler | Kind::Case | Kind::Params | Kind::Ident | Kind::Decorator);
            let excluded = matches!(self.file(n).kind, Kind::FuncDef | Kind::ClassDef | Kind::Try);
            if !nested && !excluded && self.file(child).role != Role::Type {
                self.deep(p, child, next)?;
            }
            run = rest;
        }
        GO_ON
    }

    /// A body: a block, or a statement in its place (an elif, a metavariable).
    pub(super) fn block_or_statement(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (pattern, node) = (self.pat(p), self.file(n));
        match (pattern.kind, node.kind) {
            (Kind::Block, Kind::Block) => self.block(p, n, next),
            (Kind::Block, _) => match self.only_statement(self.children_of_pattern(p), true) {
                Some(only) => self.statement(only, n, next),
                None => self.statement(p, n, next),
            },
            (_, Kind::Block) if pattern.kind != Kind::ExprStmt => {
                match self.only_statement(self.children_of(n), false) {
                    Some(only) => self.statement(p, only, next),
                    None => GO_ON,
                }
            }
            _ => self.statement(p, n, next),
        }
    }

    fn only_statement(&self, run: Run, of_pattern: bool) -> Option<NodeId> {
        let (first, rest) = if of_pattern { self.pattern_head(run) } else { self.head(run) }?;
        (rest.at >= rest.end).then_some(first)
    }

    pub(super) fn is_dots(&self, p: NodeId) -> bool {
        let node = self.pat(p);
        node.kind == Kind::ExprStmt && node.size == 2 && self.pat(NodeId(p.0 + 1)).kind == Kind::Ellipsis
    }

    fn block(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (patterns, nodes) = (self.children_of_pattern(p), self.children_of(n));
        if let Some((first, rest)) = self.pattern_head(patterns)
            && self.is_dots(first)
        {
            let Some((second, rest)) = self.pattern_head(rest) else { return next(self) };
            if let Some((third, rest)) = self.pattern_head(rest)
                && self.is_dots(third)
                && rest.at >= rest.end
            {
                return self.any_statement(second, nodes, next);
            }
        }
        let span = self.span.clone();
        let flow = self.deep_statements(patterns, nodes, false, &mut |m| {
            let inner = std::mem::replace(&mut m.span, span.clone());
            let flow = next(m);
            m.span = inner;
            flow
        });
        self.span = span;
        flow
    }

    /// `...`, a statement, `...`: the statement anywhere, in nested blocks too.
    fn any_statement(&mut self, p: NodeId, nodes: Run, next: Next<'_, 'm>) -> Flow {
        if self.is_dots(p) {
            return next(self);
        }
        let mut run = Run { flat: true, ..nodes };
        while let Some((statement, rest)) = self.head(run) {
            self.statement(p, statement, next)?;
            run = rest;
        }
        GO_ON
    }

    /// A sequence; after a `...` the next statement may lie in a nested block. With `less`, statements may follow.
    pub(super) fn deep_statements(&mut self, p: Run, n: Run, less: bool, next: Next<'_, 'm>) -> Flow {
        self.tick()?;
        let Some((first, rest)) = self.pattern_head(p) else {
            return if less || n.at >= n.end { next(self) } else { GO_ON };
        };
        if self.is_dots(first) {
            if n.at >= n.end {
                return if rest.at >= rest.end { next(self) } else { GO_ON };
            }
            if rest.at >= rest.end && self.inside {
                return self.all_the_rest(n, next);
            }
            self.statements(p, n, true, next)?;
            let flat = Run { flat: true, ..n };
            if self.options.go_deeper_stmt && self.has_nested(n) {
                return self.statements(p, flat, true, next);
            }
            return GO_ON;
        }
        if self.rest_metavariable(first).is_some() {
            return self.statements(p, n, true, next);
        }
        let Some((node, more)) = self.head(n) else { return GO_ON };
        self.statement(first, node, &mut |m| m.extended(node, &mut |m| m.deep_statements(rest, more, less, next)))
    }

    fn rest_metavariable(&self, p: NodeId) -> Option<NodeId> {
        let inner = NodeId(p.0 + 1);
        (self.pat(p).kind == Kind::ExprStmt && self.pat(inner).kind == Kind::MetavarRest).then_some(inner)
    }

    /// Whether any statement of the run has statements in it.
    fn has_nested(&self, n: Run) -> bool {
        let mut run = n;
        while let Some((id, rest)) = self.head(run) {
            if self.tree().subtree(id).skip(1).any(|inner| self.file(inner).kind.is_statement()) {
                return true;
            }
            run = rest;
        }
        false
    }

    /// With `node` within the span of matched statements.
    fn extended(&mut self, node: NodeId, next: Next<'_, 'm>) -> Flow {
        let span = self.span.clone();
        let node = self.file(node);
        self.span = span.start.min(node.start)..span.end.max(node.end);
        let flow = next(self);
        self.span = span;
        flow
    }

    fn all_the_rest(&mut self, n: Run, next: Next<'_, 'm>) -> Flow {
        let span = self.span.clone();
        let mut run = n;
        while let Some((id, rest)) = self.head(run) {
            let node = self.file(id);
            self.span = self.span.start.min(node.start)..self.span.end.max(node.end);
            run = rest;
        }
        let flow = next(self);
        self.span = span;
        flow
    }

    /// A sequence within one list of statements, nested ones included where the run is flat.
    fn statements(&mut self, p: Run, n: Run, less: bool, next: Next<'_, 'm>) -> Flow {
        self.tick()?;
        let Some((first, rest)) = self.pattern_head(p) else {
            return if less || n.at >= n.end { next(self) } else { GO_ON };
        };
        if self.is_dots(first) {
            return self.statements_after_dots(rest, n, less, next);
        }
        if let Some(name) = self.rest_metavariable(first) {
            return self.captured_statements(name, rest, n, next);
        }
        let Some((node, more)) = self.head(n) else { return GO_ON };
        self.statement(first, node, &mut |m| m.extended(node, &mut |m| m.statements(rest, more, less, next)))
    }

    fn statements_after_dots(&mut self, rest: Run, n: Run, less: bool, next: Next<'_, 'm>) -> Flow {
        let span = self.span.clone();
        let mut run = n;
        loop {
            let flow = self.statements(rest, run, less, next);
            if flow.is_break() {
                self.span = span;
                return flow;
            }
            let Some((skipped, more)) = self.head(run) else { break };
            let node = self.file(skipped);
            self.span = self.span.start.min(node.start)..self.span.end.max(node.end);
            run = more;
        }
        self.span = span;
        GO_ON
    }

    fn captured_statements(&mut self, name: NodeId, rest: Run, n: Run, next: Next<'_, 'm>) -> Flow {
        let span = self.span.clone();
        let mut run = n;
        loop {
            let bound = self.run_bound(n.at, run.at);
            let flow = self.bind(self.pat(name).sym, bound, &mut |m| m.statements(rest, run, false, next));
            if flow.is_break() {
                self.span = span;
                return flow;
            }
            let Some((taken, more)) = self.head(run) else { break };
            let node = self.file(taken);
            self.span = self.span.start.min(node.start)..self.span.end.max(node.end);
            run = more;
        }
        self.span = span;
        GO_ON
    }

    /// `return ...` also matches a bare `return`.
    fn return_value(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        match (self.pattern_child(p, Role::Value), self.child(n, Role::Value)) {
            (None, None) => next(self),
            (Some(pattern), None) if self.pat(pattern).kind == Kind::Ellipsis => next(self),
            (Some(pattern), Some(value)) => self.expression(pattern, value, next),
            _ => GO_ON,
        }
    }

    fn conditional(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (test, target) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
        if !self.is_open(test, target) {
            return GO_ON;
        }
        let (Some(body), Some(code)) = (self.pattern_child(p, Role::Body), self.child(n, Role::Body)) else {
            return GO_ON;
        };
        let otherwise = (self.pattern_child(p, Role::Else), self.child(n, Role::Else));
        self.expression(test, target, &mut |m| {
            m.block_or_statement(body, code, &mut |m| match otherwise {
                (None, _) => next(m),
                (Some(pattern), Some(code)) => m.block_or_statement(pattern, code, next),
                _ => GO_ON,
            })
        })
    }

    fn with(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (item, given) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
        let (Some(body), Some(code)) = (self.pattern_child(p, Role::Body), self.child(n, Role::Body)) else {
            return GO_ON;
        };
        let bare = self.pat(item).size == 1 + self.pat(NodeId(item.0 + 1)).size;
        if bare && self.pat(NodeId(item.0 + 1)).kind == Kind::Ellipsis {
            return self.block_or_statement(body, code, next);
        }
        let (patterns, nodes) = (self.children_of_pattern(item), self.children_of(given));
        self.parts(patterns, nodes, &mut |m| m.block_or_statement(body, code, next))
    }

    fn attempt(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (body, code) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
        let ends = [Role::Else, Role::Finally].map(|role| (self.pattern_child(p, role), self.child(n, role)));
        if ends.iter().any(|(pattern, code)| pattern.is_some() != code.is_some()) {
            return GO_ON;
        }
        let handlers = (self.handlers(p, true), self.handlers(n, false));
        self.block_or_statement(body, code, &mut |m| {
            m.any_order(handlers.0, Left::all(handlers.1), (Member::Handler, true), &mut |m| m.endings(&ends, next))
        })
    }

    /// The handlers of a try, which follow its body.
    fn handlers(&self, id: NodeId, of_pattern: bool) -> Run {
        let tree = if of_pattern { self.pattern_tree() } else { self.tree() };
        let mut run = self.after(id, NodeId(id.0 + 1), of_pattern);
        let last = tree.children(id).filter(|&child| tree.node(child).kind == Kind::Handler).last();
        run.end = last.map_or(run.at, |last| last.0 + tree.node(last).size);
        run
    }

    fn endings(&mut self, ends: &[(Option<NodeId>, Option<NodeId>)], next: Next<'_, 'm>) -> Flow {
        match ends {
            [(Some(pattern), Some(code)), rest @ ..] => {
                self.block_or_statement(*pattern, *code, &mut |m| m.endings(rest, next))
            }
            [_, rest @ ..] => self.endings(rest, next),
            [] => next(self),
        }
    }

    /// An except clause. A bare type is a tuple of one: it matches no tuple of several and no `as`.
    pub(super) fn handler(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (Some(body), Some(code)) = (self.pattern_child(p, Role::Body), self.child(n, Role::Body)) else {
            return GO_ON;
        };
        let kinds = (self.pattern_child(p, Role::Type), self.child(n, Role::Type));
        let names = (self.pattern_child(p, Role::Name), self.child(n, Role::Name));
        if let (Some(kind), None) = (kinds.0, names.0)
            && self.pat(kind).kind == Kind::Ellipsis
        {
            return self.block_or_statement(body, code, next);
        }
        match (kinds, names) {
            ((None, None), _) => self.block_or_statement(body, code, next),
            ((Some(kind), Some(given)), (None, None)) => {
                let one_of = |id: NodeId, size: u32| Run { at: id.0, end: id.0 + size, flat: false };
                let wanted = match self.pat(kind) {
                    tuple if tuple.kind == Kind::Tuple => self.children_of_pattern(kind),
                    only => one_of(kind, only.size),
                };
                let there = match self.file(given) {
                    tuple if tuple.kind == Kind::Tuple => self.children_of(given),
                    only => one_of(given, only.size),
                };
                self.ordered(wanted, there, &mut |m| m.block_or_statement(body, code, next))
            }
            ((Some(kind), Some(given)), (Some(name), Some(bound))) => self.expression(kind, given, &mut |m| {
                m.ident(name, bound, &mut |m| m.block_or_statement(body, code, next))
            }),
            _ => GO_ON,
        }
    }

    fn match_statement(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (test, target) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
        let cases = (self.after(p, test, true), self.after(n, target, false));
        self.expression(test, target, &mut |m| m.any_order(cases.0, Left::all(cases.1), (Member::Case, true), next))
    }

    /// A case. One that is written without a guard has any.
    pub(super) fn case(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        if self.pattern_child(p, Role::Value).is_some() || self.child(n, Role::Value).is_none() {
            return self.parts(self.children_of_pattern(p), self.children_of(n), next);
        }
        let (test, target) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
        let (Some(body), Some(code)) = (self.pattern_child(p, Role::Body), self.child(n, Role::Body)) else {
            return GO_ON;
        };
        self.part(test, target, &mut |m| m.block_or_statement(body, code, next))
    }
}
