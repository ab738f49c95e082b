//! Lists of all sorts: arguments, elements, entries, pieces of strings.

use super::open::is_keyword;
use super::{Bound, Flow, GO_ON, Matcher, Next, Run};
use crate::pattern::code_pattern::StringPattern;
use crate::syntax::tree::{Kind, NodeId};

/// Nodes of a list that were matched out of order, newest first.
#[derive(Clone, Copy)]
pub(super) struct Removed<'r> {
    id: NodeId,
    before: Option<&'r Removed<'r>>,
}

/// A list, and what was matched of it already.
#[derive(Clone, Copy)]
pub(super) struct Left<'r> {
    run: Run,
    removed: Option<&'r Removed<'r>>,
}

impl Left<'_> {
    /// Nothing was matched yet.
    pub(super) fn all(run: Run) -> Self {
        Self { run, removed: None }
    }
}

/// What the members of a list are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    Element,
    Parameter,
    Piece,
    Base,
    Decorator,
    Handler,
    Case,
    ImportName,
}

fn is_removed(id: NodeId, mut removed: Option<&Removed<'_>>) -> bool {
    while let Some(link) = removed {
        if link.id == id {
            return true;
        }
        removed = link.before;
    }
    false
}

impl<'m> Matcher<'m> {
    /// The first node that was not matched yet.
    fn next_left(&self, mut run: Run, removed: Option<&Removed<'_>>) -> Option<(NodeId, Run)> {
        while let Some((id, rest)) = self.head(run) {
            if !is_removed(id, removed) {
                return Some((id, rest));
            }
            run = rest;
        }
        None
    }

    /// Arguments: positional ones in order, keyword arguments anywhere.
    pub(super) fn arguments(&mut self, p: Run, n: Run, removed: Option<&Removed<'_>>, next: Next<'_, 'm>) -> Flow {
        self.tick()?;
        let Some((first, rest)) = self.pattern_head(p) else {
            let mut run = n;
            while let Some((left, more)) = self.next_left(run, removed) {
                if self.file(left).kind != Kind::OptionalArg {
                    return GO_ON;
                }
                run = more;
            }
            return next(self);
        };
        match self.pat(first).kind {
            Kind::Ellipsis if rest.at >= rest.end => next(self),
            Kind::Ellipsis => {
                let mut run = n;
                loop {
                    self.arguments(rest, run, removed, next)?;
                    match self.next_left(run, removed) {
                        Some((_, more)) => run = more,
                        None => return GO_ON,
                    }
                }
            }
            Kind::MetavarRest => self.captured((first, rest), n, removed, next),
            Kind::KeywordArg | Kind::OptionalArg => self.keyword((first, rest), n, removed, next),
            _ => match self.next_left(n, removed) {
                Some((argument, more)) if !is_keyword(self.file(argument).kind) => {
                    self.expression(first, argument, &mut |m| m.arguments(rest, more, removed, next))
                }
                _ => GO_ON,
            },
        }
    }

    /// `$...X`: any run of arguments.
    fn captured(
        &mut self,
        (first, rest): (NodeId, Run),
        n: Run,
        removed: Option<&Removed<'_>>,
        next: Next<'_, 'm>,
    ) -> Flow {
        let mut run = n;
        loop {
            let bound = self.run_bound(n.at, run.at);
            self.bind(self.pat(first).sym, bound, &mut |m| m.arguments(rest, run, removed, next))?;
            match self.next_left(run, removed) {
                Some((_, more)) => run = more,
                None => return GO_ON,
            }
        }
    }

    /// The nodes from index `start` up to index `end`, as one value.
    pub(super) fn run_bound(&self, start: u32, end: u32) -> Bound {
        let place = |at: u32| self.tree().nodes.get(at as usize).map_or(0, |node| node.start);
        let mut bytes = place(start)..place(start);
        let mut run = Run { at: start, end, flat: false };
        while let Some((id, rest)) = self.head(run) {
            bytes.end = self.file(id).end;
            run = rest;
        }
        Bound::Nodes { nodes: start..end, bytes }
    }

    fn keyword(
        &mut self,
        (first, rest): (NodeId, Run),
        n: Run,
        removed: Option<&Removed<'_>>,
        next: Next<'_, 'm>,
    ) -> Flow {
        let name = NodeId(first.0 + 1);
        let value = self.after(first, name, true);
        let fixed = self.pat(name).kind == Kind::Ident;
        let mut run = n;
        while let Some((argument, more)) = self.next_left(run, removed) {
            run = more;
            if !is_keyword(self.file(argument).kind) {
                continue;
            }
            let ident = NodeId(argument.0 + 1);
            if fixed && self.file(ident).sym != self.pat(name).sym {
                continue;
            }
            let given = self.after(argument, ident, false);
            let link = Removed { id: argument, before: removed };
            self.ident(name, ident, &mut |m| {
                m.expression(NodeId(value.at), NodeId(given.at), &mut |m| m.arguments(rest, n, Some(&link), next))
            })?;
            if fixed {
                return GO_ON;
            }
        }
        GO_ON
    }

    /// Elements in order; `...` stands for any run of them.
    pub(super) fn ordered(&mut self, p: Run, n: Run, next: Next<'_, 'm>) -> Flow {
        self.list(p, n, (Member::Element, false), next)
    }

    /// Members in order; with `less`, the pattern may end before the list does.
    pub(super) fn list(&mut self, p: Run, n: Run, how: (Member, bool), next: Next<'_, 'm>) -> Flow {
        self.tick()?;
        let (member, less) = how;
        let Some((first, rest)) = self.pattern_head(p) else {
            return if less || n.at >= n.end { next(self) } else { GO_ON };
        };
        if self.is_member_dots(first, member) {
            if rest.at >= rest.end {
                return next(self);
            }
            let mut run = n;
            loop {
                self.list(rest, run, how, next)?;
                match self.head(run) {
                    Some((_, more)) => run = more,
                    None => return GO_ON,
                }
            }
        }
        if let Some(name) = self.rest_name(first, member) {
            let mut run = n;
            loop {
                let bound = self.run_bound(n.at, run.at);
                self.bind(name, bound, &mut |m| m.list(rest, run, how, next))?;
                match self.head(run) {
                    Some((_, more)) => run = more,
                    None => return GO_ON,
                }
            }
        }
        match self.head(n) {
            Some((node, more)) => self.member(first, node, member, &mut |m| m.list(rest, more, how, next)),
            None => GO_ON,
        }
    }

    fn is_member_dots(&self, p: NodeId, member: Member) -> bool {
        match member {
            Member::Piece => matches!(self.pattern.string(p), Some(StringPattern::Any)),
            _ => self.pat(p).kind == Kind::Ellipsis,
        }
    }

    fn rest_name(&self, p: NodeId, member: Member) -> Option<crate::syntax::tree::Sym> {
        match (member, self.pattern.string(p)) {
            (Member::Piece, Some(StringPattern::Rest(name))) => Some(*name),
            (Member::Piece, _) => None,
            _ => (self.pat(p).kind == Kind::MetavarRest).then(|| self.pat(p).sym),
        }
    }

    fn member(&mut self, p: NodeId, n: NodeId, member: Member, next: Next<'_, 'm>) -> Flow {
        match member {
            Member::Element if self.pat(p).kind == Kind::Pair && self.file(n).kind == Kind::Pair => {
                self.entry(p, n, next)
            }
            Member::Element => self.expression(p, n, next),
            Member::Parameter => self.parameter(p, n, next),
            Member::Piece => self.piece(p, n, next),
            Member::Base => self.base(p, n, next),
            Member::Decorator => self.decorator(p, n, next),
            Member::Handler => self.handler(p, n, next),
            Member::Case => self.case(p, n, next),
            Member::ImportName => self.import_name(p, n, next),
        }
    }

    /// The pieces of an f-string, or of literals side by side.
    pub(super) fn pieces(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        self.list(self.children_of_pattern(p), self.children_of(n), (Member::Piece, false), next)
    }

    fn piece(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let takes_literals = !matches!(self.pat(p).kind, Kind::Ellipsis | Kind::Metavar);
        let is_converted = self.file(n).kind == Kind::Interpolated;
        let takes_any = matches!(self.pat(p).kind, Kind::Metavar | Kind::TypedMetavar | Kind::Deep);
        if self.file(n).kind == Kind::Str && !takes_literals || is_converted && takes_any {
            return GO_ON;
        }
        self.expression(p, n, next)
    }

    /// A dict or a set: entries in any order.
    pub(super) fn unordered(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (patterns, nodes) = (self.children_of_pattern(p), self.children_of(n));
        let mut run = patterns;
        let (mut dots, mut others) = (false, false);
        while let Some((entry, rest)) = self.pattern_head(run) {
            let is_dots = self.pat(entry).kind == Kind::Ellipsis;
            dots |= is_dots;
            others |= !is_dots;
            run = rest;
        }
        if !others && (dots || nodes.at >= nodes.end) {
            return next(self);
        }
        if self.pat(p).kind != self.file(n).kind {
            return GO_ON;
        }
        self.any_order(patterns, Left::all(nodes), (Member::Element, dots), next)
    }

    /// Members in any order; with `less`, the list may have others.
    pub(super) fn any_order(&mut self, p: Run, left: Left<'_>, how: (Member, bool), next: Next<'_, 'm>) -> Flow {
        let Left { run: n, removed } = left;
        self.tick()?;
        let (member, less) = how;
        let Some((first, rest)) = self.pattern_head(p) else {
            return if less || self.next_left(n, removed).is_none() { next(self) } else { GO_ON };
        };
        if self.pat(first).kind == Kind::Ellipsis {
            return self.any_order(rest, left, how, next);
        }
        let mut run = n;
        while let Some((node, more)) = self.next_left(run, removed) {
            run = more;
            let link = Removed { id: node, before: removed };
            self.member(first, node, member, &mut |m| {
                m.any_order(rest, Left { run: n, removed: Some(&link) }, how, next)
            })?;
        }
        GO_ON
    }

    /// An entry of a mapping: its key and its value.
    pub(super) fn entry(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        if self.file(n).kind != Kind::Pair {
            return GO_ON;
        }
        let (key, target) = (NodeId(p.0 + 1), NodeId(n.0 + 1));
        let (value, given) = (self.after(p, key, true), self.after(n, target, false));
        self.expression(key, target, &mut |m| m.expression(NodeId(value.at), NodeId(given.at), next))
    }
}
