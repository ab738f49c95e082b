//! Statements in the order in which they run, and the paths between them.

use super::values::{Knowledge, Part, Taints, Value};
use super::{Exits, MAX_STEPS, Run};
use crate::pattern::rule::SideEffect;
use crate::syntax::tree::{Kind, NodeId, Role, Sym};

/// Most rounds of one loop; what is known hardly changes after the second.
const MAX_ROUNDS: usize = 8;

impl Run<'_> {
    /// The module, then each of its functions with what the module's variables hold.
    pub(super) fn file(&mut self) {
        self.block(NodeId::ROOT);
        let globals = self.now.take().unwrap_or_default().globals();
        let functions: Vec<NodeId> = (0..self.code.tree.nodes.len() as u32)
            .map(NodeId)
            .filter(|id| self.code.tree.node(*id).kind == Kind::FuncDef)
            .collect();
        for function in functions {
            if self.steps > MAX_STEPS {
                return;
            }
            self.now = Some(globals.clone());
            self.loops.clear();
            self.throws.clear();
            self.function(function);
        }
    }

    fn function(&mut self, function: NodeId) {
        let tree = self.code.tree;
        if let Some(parameters) = tree.children(function).find(|id| tree.node(*id).kind == Kind::Params) {
            self.parameters(parameters, true);
        }
        if let Some(body) = tree.child(function, Role::Body) {
            self.block(body);
        }
    }

    /// Parameters are clean, or sources, or what a source gives by default.
    pub(super) fn parameters(&mut self, parameters: NodeId, has_defaults: bool) {
        let tree = self.code.tree;
        for parameter in tree.children(parameters) {
            if !matches!(tree.node(parameter).kind, Kind::Param | Kind::RestParam | Kind::KeywordRestParam) {
                continue;
            }
            let Some(name) = tree.child(parameter, Role::Name) else { continue };
            let Some(variable) = self.variable(name) else { continue };
            if let Some(now) = &mut self.now {
                now.clean(variable, &[]);
            }
            let default = tree.child(parameter, Role::Default).filter(|_| has_defaults);
            let mut taints = default.map(|default| self.value(default).all()).unwrap_or_default();
            for node in [name, parameter] {
                taints = taints.union(&self.source_at_parameter(node, &taints));
                let passed = self.pass(node, &taints, false);
                taints = taints.union(&passed);
            }
            if !taints.is_empty()
                && let Some(now) = &mut self.now
            {
                now.taint(variable, &[], &Value::of(taints));
            }
        }
    }

    /// Taints of the sources that a parameter lies in, be they exact or not.
    fn source_at_parameter(&mut self, node: NodeId, incoming: &Taints) -> Taints {
        let marks = self.sources.around(self.code.tree, node).into_iter();
        let by_value =
            marks.filter(|mark| self.parts.sources[self.sources.marks[*mark].part].side_effect != SideEffect::Only);
        let marks: Vec<usize> = by_value.collect();
        marks.into_iter().fold(Taints::default(), |all, mark| all.union(&self.taint_of(mark, incoming)))
    }

    /// The statements under a node, one after the other, until none leads further.
    pub(super) fn block(&mut self, node: NodeId) {
        for statement in self.code.tree.children(node) {
            if self.now.is_none() || self.steps > MAX_STEPS {
                return;
            }
            self.deeper(|run| run.statement(statement));
        }
    }

    fn statement(&mut self, node: NodeId) {
        let tree = self.code.tree;
        let at = tree.node(node);
        match at.kind {
            Kind::ExprStmt => {
                self.expression_statement(node);
                self.may_raise();
            }
            Kind::VarDef => {
                _ = self.assign(node);
                self.may_raise();
            }
            Kind::Block => self.block(node),
            Kind::If => self.conditional(node),
            Kind::While => self.repeated(node),
            Kind::For => self.iterated(node),
            Kind::With => self.with(node),
            Kind::Try => self.attempted(node),
            Kind::Match => self.matched(node),
            Kind::Return | Kind::Raise => {
                self.parts(node);
                self.has_called |= at.kind == Kind::Raise;
                self.may_raise();
                self.now = None;
            }
            Kind::Word => self.word(at.sym),
            Kind::Assert => {
                self.parts(node);
                self.may_raise();
            }
            Kind::OtherStmt if at.sym == Sym::new("raise from") => {
                // The cause is not looked at.
                tree.children(node).skip(1).for_each(|raised| self.parts(raised));
                self.has_called = true;
                self.may_raise();
                self.now = None;
            }
            Kind::OtherStmt => self.block(node),
            Kind::ClassDef => {
                if let Some(body) = tree.child(node, Role::Body) {
                    self.block(body);
                }
            }
            _ => {}
        }
    }

    /// After a call: whatever handles exceptions may begin with what is known here.
    fn may_raise(&mut self) {
        if std::mem::take(&mut self.has_called)
            && let Some(thrown) = self.throws.last_mut()
        {
            join(thrown, self.now.clone());
        }
    }

    fn expression_statement(&mut self, node: NodeId) {
        let tree = self.code.tree;
        for child in tree.children(node) {
            match tree.node(child).kind {
                // As Semgrep has it, a generator that is sent nothing is left here.
                Kind::Yield | Kind::YieldFrom => {
                    self.parts(child);
                    self.may_raise();
                    self.now = None;
                }
                _ => _ = self.value(child),
            }
        }
    }

    /// Evaluates every expression directly under a node.
    pub(super) fn parts(&mut self, node: NodeId) {
        for child in self.code.tree.children(node) {
            _ = self.value(child);
        }
    }

    fn child_value(&mut self, node: NodeId, role: Role) -> Value {
        self.code.tree.child(node, role).map(|child| self.value(child)).unwrap_or_default()
    }

    fn word(&mut self, word: Sym) {
        let Some(exits) = self.loops.last_mut() else { return };
        if word == Sym::new("break") {
            join(&mut exits.broken, self.now.take());
        } else if word == Sym::new("continue") {
            join(&mut exits.continued, self.now.take());
        }
    }

    /// Runs a part from here; gives what is known after it, and comes back to here.
    fn branch(&mut self, from: &Option<Knowledge>, part: Option<NodeId>) -> Option<Knowledge> {
        self.now = from.clone();
        match part {
            Some(part) if self.code.tree.node(part).kind == Kind::If => self.statement(part),
            Some(part) => self.block(part),
            None => {}
        }
        self.now.take()
    }

    fn conditional(&mut self, node: NodeId) {
        let tree = self.code.tree;
        _ = self.child_value(node, Role::Test);
        self.may_raise();
        let before = self.now.take();
        let mut after = self.branch(&before, tree.child(node, Role::Body));
        let otherwise = self.branch(&before, tree.child(node, Role::Else));
        join(&mut after, otherwise);
        self.now = after;
    }

    /// Runs a loop until what is known at its head stays the same.
    fn rounds(&mut self, mut round: impl FnMut(&mut Self)) {
        let mut head = self.now.clone();
        let mut after = None;
        for _ in 0..MAX_ROUNDS {
            self.now = head.clone();
            self.loops.push(Exits::default());
            round(self);
            let exits = self.loops.pop().unwrap_or_default();
            join(&mut after, exits.broken);
            let mut again = self.now.take();
            join(&mut again, exits.continued);
            let mut joined = head.clone();
            join(&mut joined, again);
            if joined == head || self.steps > MAX_STEPS {
                break;
            }
            head = joined;
        }
        join(&mut after, head);
        self.now = after;
    }

    fn repeated(&mut self, node: NodeId) {
        let body = self.code.tree.child(node, Role::Body);
        self.rounds(|run| {
            _ = run.child_value(node, Role::Test);
            run.may_raise();
            body.into_iter().for_each(|body| run.block(body));
        });
    }

    fn iterated(&mut self, node: NodeId) {
        let tree = self.code.tree;
        let items = self.child_value(node, Role::Value).element();
        self.may_raise();
        let (target, body) = (tree.child(node, Role::Target), tree.child(node, Role::Body));
        self.rounds(|run| {
            target.into_iter().for_each(|target| run.give(target, &items));
            body.into_iter().for_each(|body| run.block(body));
        });
    }

    fn with(&mut self, node: NodeId) {
        let tree = self.code.tree;
        for item in tree.children(node).filter(|id| tree.node(*id).kind == Kind::WithItem) {
            let value = self.child_value(item, Role::Value);
            if let Some(target) = tree.child(item, Role::Target) {
                self.give(target, &value);
            }
        }
        self.may_raise();
        if let Some(body) = tree.child(node, Role::Body) {
            self.block(body);
        }
    }

    /// A handler begins with what is known after a call or `raise` of the body; what follows an `else` has run it; a
    /// `finally` runs however the rest ended.
    fn attempted(&mut self, node: NodeId) {
        let tree = self.code.tree;
        let before = self.now.clone();
        self.throws.push(None);
        if let Some(body) = tree.child(node, Role::Body) {
            self.block(body);
        }
        let thrown = self.throws.pop().flatten();
        if let Some(otherwise) = tree.child(node, Role::Else) {
            self.block(otherwise);
        }
        let mut after = self.now.take();
        let mut unhandled = thrown.clone();
        for handler in tree.children(node).filter(|id| tree.node(*id).kind == Kind::Handler) {
            self.now = thrown.clone();
            _ = self.child_value(handler, Role::Type);
            let from = self.now.take();
            let handled = self.branch(&from, tree.child(handler, Role::Body));
            join(&mut unhandled, handled.clone());
            join(&mut after, handled);
        }
        self.now = after;
        if let Some(finally) = tree.child(node, Role::Finally) {
            join(&mut self.now, unhandled.or(before));
            self.block(finally);
        }
    }

    fn matched(&mut self, node: NodeId) {
        let tree = self.code.tree;
        _ = self.child_value(node, Role::Test);
        let before = self.now.take();
        let mut after = before.clone();
        for case in tree.children(node).filter(|id| tree.node(*id).kind == Kind::Case) {
            self.now = before.clone();
            for test in tree.children(case).filter(|id| tree.node(*id).role == Role::Test) {
                _ = self.value(test);
            }
            let from = self.now.take();
            let taken = self.branch(&from, tree.child(case, Role::Body));
            join(&mut after, taken);
        }
        self.now = after;
    }

    /// Gives a target a value: a name, attribute or element, or several of them its elements.
    pub(super) fn give(&mut self, target: NodeId, value: &Value) {
        let tree = self.code.tree;
        let nothing = Value::default();
        match tree.node(target).kind {
            Kind::Tuple | Kind::List => {
                let element = value.element();
                for each in tree.children(target) {
                    let is_safe = !self.sanitizing(each).is_empty();
                    self.give(each, if is_safe { &nothing } else { &element });
                }
            }
            Kind::Attribute | Kind::Subscript if !self.sanitizing(target).is_empty() => {
                _ = self.give_place(target, &nothing);
            }
            Kind::Name | Kind::Attribute | Kind::Subscript => _ = self.give_place(target, value),
            _ => {}
        }
    }

    /// Gives the target of an assignment its value. Unlike one that takes a part, or what a loop gives, an attribute is
    /// sanitized only by side effect.
    pub(super) fn give_whole(&mut self, target: NodeId, value: &Value, sinks: &[usize]) {
        if self.code.tree.node(target).kind == Kind::Name {
            let own = self.give_place(target, value);
            return self.report(sinks, &own);
        }
        let is_part = matches!(self.code.tree.node(target).kind, Kind::Attribute | Kind::Subscript);
        if is_part && !self.cleans(target, &self.sanitizing(target)) {
            let own = self.give_place(target, value);
            self.report(sinks, &own);
        } else {
            self.give(target, value);
        }
    }

    /// Gives a place a value; gives back the taint of sources that stand at the place itself.
    fn give_place(&mut self, target: NodeId, value: &Value) -> Taints {
        let node = self.code.tree.node(target);
        let place = self.place(target);
        let before = place.as_ref().and_then(|(variable, path)| self.now.as_ref()?.cell(*variable, path).cloned());
        let own = self.target(target);
        let (Some((variable, path)), Some(now)) = (place, &mut self.now) else { return own };
        if !value.taints.is_empty() || !value.parts.is_empty() {
            let through = Value { taints: value.taints.through((node.start, node.end)), parts: value.parts.clone() };
            now.taint(variable, &path, &through);
        } else if now.cell(variable, &path).cloned() == before {
            now.clean(variable, &path);
        }
        own
    }
}

/// Adds what another path knows.
pub(super) fn join(into: &mut Option<Knowledge>, other: Option<Knowledge>) {
    match (into.as_mut(), other) {
        (Some(own), Some(other)) => own.join(&other),
        (None, other) => *into = other,
        (Some(_), None) => {}
    }
}

/// The part that an index stands for: all elements are one.
pub(super) const ELEMENT: Part = Part::Element;
