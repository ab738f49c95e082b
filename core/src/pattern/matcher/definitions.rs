//! Functions, classes, parameters, decorators and imports.

use super::arguments::{Left, Member};
use super::{Bound, Flow, GO_ON, Matcher, Next, Run};
use crate::syntax::tree::{Kind, NodeId, Role, Sym};

impl<'m> Matcher<'m> {
    /// The decorators of a definition: the children before its name.
    fn decorators(&self, id: NodeId, of_pattern: bool) -> Run {
        let tree = if of_pattern { self.pattern_tree() } else { self.tree() };
        let name = tree.child(id, Role::Name).map_or(id.0 + 1, |name| name.0);
        Run { at: id.0 + 1, end: name, flat: false }
    }

    fn decorated(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (patterns, nodes) = (self.decorators(p, true), self.decorators(n, false));
        if self.options.decorators_order_matters {
            return self.subsequence(patterns, nodes, next);
        }
        self.any_order(patterns, Left::all(nodes), (Member::Decorator, true), next)
    }

    fn subsequence(&mut self, p: Run, n: Run, next: Next<'_, 'm>) -> Flow {
        let Some((first, rest)) = self.pattern_head(p) else { return next(self) };
        let mut run = n;
        while let Some((node, more)) = self.head(run) {
            self.decorator(first, node, &mut |m| m.subsequence(rest, more, next))?;
            run = more;
        }
        GO_ON
    }

    pub(super) fn decorator(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (pattern, node) = (self.pat(p), self.file(n));
        match (pattern.kind, node.kind) {
            (Kind::Word, Kind::Word) if pattern.sym == node.sym => next(self),
            // Dots alone are no decorator.
            (Kind::Decorator, _) if self.pat(NodeId(p.0 + 2)).kind == Kind::Ellipsis => GO_ON,
            (Kind::Decorator, Kind::Decorator) => self.expression(NodeId(p.0 + 1), NodeId(n.0 + 1), next),
            _ => GO_ON,
        }
    }

    pub(super) fn function(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let names = (self.pattern_child(p, Role::Name), self.child(n, Role::Name));
        let (Some(name), Some(ident)) = names else { return GO_ON };
        if !self.is_ident_open(name, ident) {
            return GO_ON;
        }
        let (params, given) = (self.after_name(p, name, true), self.after_name(n, ident, false));
        if !self.are_parameters_open(params, given) {
            return GO_ON;
        }
        let kinds = (self.pattern_child(p, Role::Type), self.child(n, Role::Type));
        let (Some(body), Some(code)) = (self.pattern_child(p, Role::Body), self.child(n, Role::Body)) else {
            return GO_ON;
        };
        self.ident(name, ident, &mut |m| {
            m.decorated(p, n, &mut |m| {
                m.parameters(params, given, &mut |m| {
                    m.optional_type(kinds, &mut |m| m.block_or_statement(body, code, next))
                })
            })
        })
    }

    fn after_name(&self, id: NodeId, name: NodeId, of_pattern: bool) -> NodeId {
        NodeId(self.after(id, name, of_pattern).at)
    }

    /// A type in the pattern must be there; without one in the pattern any will do.
    fn optional_type(&mut self, kinds: (Option<NodeId>, Option<NodeId>), next: Next<'_, 'm>) -> Flow {
        match kinds {
            (None, _) => next(self),
            (Some(pattern), Some(kind)) => self.expression(pattern, kind, next),
            (Some(_), None) => GO_ON,
        }
    }

    pub(super) fn parameters(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        self.list(self.children_of_pattern(p), self.children_of(n), (Member::Parameter, false), next)
    }

    pub(super) fn parameter(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (pattern, node) = (self.pat(p), self.file(n));
        if pattern.kind == Kind::ParamMark {
            return if node.kind == Kind::ParamMark && pattern.sym == node.sym { next(self) } else { GO_ON };
        }
        let name = NodeId(p.0 + 1);
        if node.kind == Kind::ParamMark {
            let alone = pattern.kind == Kind::Param && pattern.size == 2 && self.pat(name).kind == Kind::Metavar;
            return if alone { self.bind(self.pat(name).sym, Bound::Node(n), next) } else { GO_ON };
        }
        if pattern.kind != node.kind {
            return GO_ON;
        }
        let kinds = (self.pattern_child(p, Role::Type), self.child(n, Role::Type));
        let defaults = (self.pattern_child(p, Role::Default), self.child(n, Role::Default));
        self.ident(name, NodeId(n.0 + 1), &mut |m| m.optional_type(defaults, &mut |m| m.optional_type(kinds, next)))
    }

    pub(super) fn class(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (Some(name), Some(ident)) = (self.pattern_child(p, Role::Name), self.child(n, Role::Name)) else {
            return GO_ON;
        };
        let (Some(body), Some(code)) = (self.pattern_child(p, Role::Body), self.child(n, Role::Body)) else {
            return GO_ON;
        };
        let bases = Run { end: body.0, ..self.after(p, name, true) };
        let given = Run { end: code.0, ..self.after(n, ident, false) };
        let fields = (self.children_of_pattern(body), self.children_of(code));
        self.ident(name, ident, &mut |m| {
            m.decorated(p, n, &mut |m| {
                m.list(bases, given, (Member::Base, true), &mut |m| m.fields(fields.0, fields.1, &mut Vec::new(), next))
            })
        })
    }

    /// A base class, or a keyword such as `metaclass=M`.
    pub(super) fn base(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        match (self.pat(p).kind, self.file(n).kind) {
            (Kind::KeywordArg, Kind::KeywordArg) => {
                let (name, ident) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
                let (value, given) = (self.after(p, name, true), self.after(n, ident, false));
                self.ident(name, ident, &mut |m| m.expression(NodeId(value.at), NodeId(given.at), next))
            }
            (Kind::KeywordArg, _) | (_, Kind::KeywordArg) => GO_ON,
            _ => self.expression(p, n, next),
        }
    }

    /// The body of a class: members in any order, others may be there.
    fn fields(&mut self, p: Run, n: Run, taken: &mut Vec<NodeId>, next: Next<'_, 'm>) -> Flow {
        self.tick()?;
        let Some((first, rest)) = self.pattern_head(p) else {
            let all = self.options.implicit_ellipsis || !self.is_left(n, taken);
            return if all { next(self) } else { GO_ON };
        };
        if self.is_dots(first) {
            return self.fields(rest, n, taken, next);
        }
        let wanted = self.defined_name(first, true);
        let mut run = n;
        while let Some((field, more)) = self.head(run) {
            run = more;
            if taken.contains(&field) || (wanted.is_some() && self.defined_name(field, false) != wanted) {
                continue;
            }
            taken.push(field);
            let mut left = taken.clone();
            let flow = self.statement(first, field, &mut |m| m.fields(rest, n, &mut left, next));
            taken.pop();
            flow?;
            if wanted.is_some() {
                return GO_ON;
            }
        }
        GO_ON
    }

    fn is_left(&self, n: Run, taken: &[NodeId]) -> bool {
        let mut run = n;
        while let Some((field, more)) = self.head(run) {
            if !taken.contains(&field) {
                return true;
            }
            run = more;
        }
        false
    }

    /// The name that a member defines, where it is a plain word.
    fn defined_name(&self, id: NodeId, of_pattern: bool) -> Option<Sym> {
        let tree = if of_pattern { self.pattern_tree() } else { self.tree() };
        let name = match tree.node(id).kind {
            Kind::FuncDef | Kind::ClassDef => tree.child(id, Role::Name)?,
            Kind::VarDef => tree.child(id, Role::Target)?,
            _ => return None,
        };
        matches!(tree.node(name).kind, Kind::Ident | Kind::Name).then(|| tree.node(name).sym)
    }

    /// An annotated assignment, or a member of a class.
    pub(super) fn definition(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (target, name) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
        let values = (self.pattern_child(p, Role::Value), self.child(n, Role::Value));
        let kinds = (self.pattern_child(p, Role::Type), self.child(n, Role::Type));
        if values.0.is_some() != values.1.is_some() {
            return GO_ON;
        }
        self.ident(target, name, &mut |m| m.optional_type(values, &mut |m| m.optional_type(kinds, next)))
    }

    pub(super) fn import(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        if self.pat(p).kind == self.file(n).kind && self.exists(|m, found| m.same_import(p, n, found)) {
            return self.same_import(p, n, next);
        }
        let kind = self.pat(p).kind;
        let aliased = self.pattern_tree().subtree(p).any(|id| self.pat(id).role == Role::Alias);
        if aliased || kind == Kind::ImportAll {
            return GO_ON;
        }
        self.normalised_import(p, n, next)
    }

    fn same_import(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (path, module) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
        let (patterns, nodes) = (self.children_of_pattern(path), self.children_of(module));
        match self.pat(p).kind {
            Kind::Import => {
                let aliases = (self.pattern_child(p, Role::Alias), self.child(n, Role::Alias));
                self.path_prefix(patterns, nodes, &mut |m| m.optional_ident(aliases, next))
            }
            Kind::ImportFrom => {
                let names = (self.after(p, path, true), self.after(n, module, false));
                self.path_prefix(patterns, nodes, &mut |m| {
                    m.any_order(names.0, Left::all(names.1), (Member::ImportName, true), next)
                })
            }
            _ => self.path_prefix(patterns, nodes, next),
        }
    }

    pub(super) fn import_name(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let aliases = (self.pattern_child(p, Role::Alias), self.child(n, Role::Alias));
        self.ident(NodeId(p.0 + 1), NodeId(n.0 + 1), &mut |m| m.optional_ident(aliases, next))
    }

    fn optional_ident(&mut self, idents: (Option<NodeId>, Option<NodeId>), next: Next<'_, 'm>) -> Flow {
        match idents {
            (None, _) => next(self),
            (Some(pattern), Some(ident)) => self.ident(pattern, ident, next),
            (Some(_), None) => GO_ON,
        }
    }

    /// The path of an import may be longer than that of the pattern; a metavariable at the end takes what is left.
    fn path_prefix(&mut self, p: Run, n: Run, next: Next<'_, 'm>) -> Flow {
        let Some((first, rest)) = self.pattern_head(p) else { return next(self) };
        let Some((segment, more)) = self.head(n) else { return GO_ON };
        if self.pat(first).kind == Kind::Metavar && rest.at >= rest.end && more.at < more.end {
            let bound = self.run_bound(n.at, n.end);
            return self.bind(self.pat(first).sym, bound, next);
        }
        self.ident(first, segment, &mut |m| m.path_prefix(rest, more, next))
    }

    /// `import a.b` and `from a import b` name the same: as paths, in any order.
    fn normalised_import(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (patterns, nodes) = (self.full_paths(p, true), self.full_paths(n, false));
        self.all_paths(&patterns, &nodes, next)
    }

    fn all_paths(&mut self, p: &[Vec<NodeId>], n: &[Vec<NodeId>], next: Next<'_, 'm>) -> Flow {
        let Some((first, rest)) = p.split_first() else { return next(self) };
        for path in n {
            self.segments(first, path, &mut |m| m.all_paths(rest, n, next))?;
        }
        GO_ON
    }

    fn segments(&mut self, p: &[NodeId], n: &[NodeId], next: Next<'_, 'm>) -> Flow {
        let Some((&first, rest)) = p.split_first() else { return next(self) };
        let Some((&segment, more)) = n.split_first() else { return GO_ON };
        if self.pat(first).kind == Kind::Metavar && rest.is_empty() && !more.is_empty() {
            let end = more.last().map_or(segment.0, |last| last.0) + 1;
            let bytes = self.file(segment).start..self.file(NodeId(end - 1)).end;
            return self.bind(self.pat(first).sym, Bound::Nodes { nodes: segment.0..end, bytes }, next);
        }
        self.ident(first, segment, &mut |m| m.segments(rest, more, next))
    }

    /// The full paths that an import names.
    fn full_paths(&self, id: NodeId, of_pattern: bool) -> Vec<Vec<NodeId>> {
        let tree = if of_pattern { self.pattern_tree() } else { self.tree() };
        let module: Vec<NodeId> = tree.children(NodeId(id.0 + 1)).collect();
        if tree.node(id).kind != Kind::ImportFrom {
            return vec![module];
        }
        let names = tree.children(id).skip(1).map(|each| NodeId(each.0 + 1));
        names.map(|name| module.iter().copied().chain([name]).collect()).collect()
    }
}
