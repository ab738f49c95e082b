//! What expressions give, and the sources, sanitizers, propagators and sinks that they lie in.

use super::labels;
use super::values::{Taint, Taints, Value};
use super::{MAX_STEPS, Run};
use crate::pattern::rule::SideEffect;
use crate::syntax::tree::{Kind, NodeId, Role, Sym};

impl Run<'_> {
    /// Evaluates an expression.
    pub(super) fn value(&mut self, node: NodeId) -> Value {
        self.steps += 1;
        if self.now.is_none() || self.steps > MAX_STEPS {
            return Value::default();
        }
        let kind = self.code.tree.node(node).kind;
        match kind {
            Kind::Subscript if self.is_slice(node) => Value::default(),
            Kind::Name | Kind::Attribute | Kind::Subscript => self.read(node),
            Kind::Assign | Kind::AugAssign => self.assign(node),
            Kind::Yield | Kind::YieldFrom => {
                self.parts(node);
                Value::default()
            }
            Kind::Lambda => self.lambda(node),
            _ => self.deeper(|run| run.computed(node, kind)),
        }
    }

    /// The body of a function without a name is looked at with what is known here; its value is not followed.
    fn lambda(&mut self, node: NodeId) -> Value {
        let tree = self.code.tree;
        let before = self.now.clone();
        if let Some(parameters) = tree.children(node).find(|id| tree.node(*id).kind == Kind::Params) {
            self.parameters(parameters, false);
        }
        if let Some(body) = tree.child(node, Role::Body) {
            _ = self.value(body);
        }
        self.now = before;
        Value::default()
    }

    fn computed(&mut self, node: NodeId, kind: Kind) -> Value {
        let tree = self.code.tree;
        let is_assigned = self.assigned.take() == Some(node) && matches!(kind, Kind::Call | Kind::Interpolated);
        let mut sanitizers = self.sanitizing(node);
        if sanitizers.iter().any(|mark| !self.is_exact_sanitizer(*mark)) {
            return Value::default();
        }
        if is_assigned {
            sanitizers.clear();
        }
        let mut value = match kind {
            Kind::Call => self.call(node),
            Kind::Conditional => self.choice(node),
            Kind::Comprehension => self.comprehension(node),
            Kind::Binary | Kind::Comparisons | Kind::Unary => self.operation(node),
            Kind::Starred | Kind::DoubleStarred | Kind::Await => match tree.children(node).next() {
                Some(inner) => Value::of(self.value(inner).all()),
                None => Value::default(),
            },
            _ => self.gathered(node),
        };
        if !sanitizers.is_empty() {
            return Value::default();
        }
        value.taints = value.taints.union(&self.source(node, &value.taints));
        let passed = self.pass(node, &value.all(), false);
        value.taints = value.taints.union(&passed);
        let sinks = self.sinks.at(tree, node);
        self.report(&sinks, &value.all());
        value
    }

    /// The taints of all parts: of containers, formatted strings and whatever else is made of expressions.
    fn gathered(&mut self, node: NodeId) -> Value {
        let mut taints = Taints::default();
        let tree = self.code.tree;
        for child in tree.children(node) {
            let value = match tree.node(child).kind {
                Kind::Pair | Kind::KeywordArg | Kind::Slice => self.gathered(child),
                Kind::Ident | Kind::Params | Kind::FuncDef => continue,
                _ => self.value(child),
            };
            taints = taints.union(&value.all());
        }
        Value::of(taints)
    }

    fn operation(&mut self, node: NodeId) -> Value {
        const COMPARISONS: [Sym; 10] = [
            Sym::new("=="),
            Sym::new("!="),
            Sym::new("<"),
            Sym::new("<="),
            Sym::new(">"),
            Sym::new(">="),
            Sym::new("in"),
            Sym::new("not in"),
            Sym::new("is"),
            Sym::new("is not"),
        ];
        const ARITHMETIC: [Sym; 7] =
            [Sym::new("+"), Sym::new("-"), Sym::new("*"), Sym::new("/"), Sym::new("//"), Sym::new("%"), Sym::new("**")];
        let (kind, sym) = (self.code.tree.node(node).kind, self.code.tree.node(node).sym);
        let value = self.gathered(node);
        let is_comparison = kind == Kind::Comparisons || kind == Kind::Binary && COMPARISONS.contains(&sym);
        let is_boolean = is_comparison || kind == Kind::Unary && sym == Sym::new("not");
        let is_number = |id: NodeId| matches!(self.code.tree.node(id).kind, Kind::Int | Kind::Float);
        let is_numeric = kind == Kind::Binary
            && ARITHMETIC.contains(&sym)
            && self.code.tree.children(node).any(is_number)
            && self.options.taint_assume_safe_numbers;
        let is_safe = is_numeric
            || is_comparison && self.options.taint_assume_safe_comparisons
            || is_boolean && self.options.taint_assume_safe_booleans
            || self.options.taint_only_propagate_through_assignments;
        if is_safe { Value::default() } else { value }
    }

    /// `a if test else b`: one of the two, whatever the test.
    fn choice(&mut self, node: NodeId) -> Value {
        let tree = self.code.tree;
        let mut taints = Taints::default();
        for child in [Role::Test, Role::Value, Role::Else].into_iter().filter_map(|role| tree.child(node, role)) {
            let value = self.value(child);
            if tree.node(child).role != Role::Test {
                taints = taints.union(&value.all());
            }
        }
        Value::of(taints)
    }

    /// Only the elements of lists and generators are followed, and no calls within them.
    fn comprehension(&mut self, node: NodeId) -> Value {
        let tree = self.code.tree;
        let outer = self.own_names.len();
        for part in tree.children(node) {
            match tree.node(part).kind {
                Kind::CompFor => {
                    let items = tree.child(part, Role::Value).map(|items| self.value(items)).unwrap_or_default();
                    if let Some(target) = tree.child(part, Role::Target) {
                        let names = tree.subtree(target).filter(|id| tree.node(*id).kind == Kind::Name);
                        self.own_names.extend(names.map(|id| tree.node(id).sym));
                        self.give(target, &items.element());
                    }
                }
                Kind::CompIf => tree.children(part).for_each(|test| _ = self.value(test)),
                _ => {}
            }
        }
        let mut taints = Taints::default();
        let is_followed = tree.node(node).sym != Sym::new("dict");
        let is_element = |id: &NodeId| !matches!(tree.node(*id).kind, Kind::CompFor | Kind::CompIf);
        for element in tree.children(node).filter(is_element) {
            let value =
                if tree.node(element).kind == Kind::Pair { self.gathered(element) } else { self.value(element) };
            let is_computed =
                tree.subtree(element).any(|id| matches!(tree.node(id).kind, Kind::Call | Kind::Interpolated));
            if is_followed && !is_computed {
                taints = taints.union(&value.all());
            } else if is_followed && tree.node(element).kind != Kind::Call {
                taints = taints.union(&self.uncomputed(element));
            }
        }
        self.own_names.truncate(outer);
        Value::of(taints)
    }

    /// The taints of the parts of an element that are no calls.
    fn uncomputed(&mut self, node: NodeId) -> Taints {
        let tree = self.code.tree;
        if !matches!(
            tree.node(node).kind,
            Kind::Tuple | Kind::List | Kind::Set | Kind::Dict | Kind::Pair | Kind::Binary
        ) {
            return Taints::default();
        }
        let parts = tree
            .children(node)
            .filter(|id| !tree.subtree(*id).any(|id| matches!(tree.node(id).kind, Kind::Call | Kind::Interpolated)));
        self.is_silent += 1;
        let taints = parts.fold(Taints::default(), |all, part| all.union(&self.value(part).all()));
        self.is_silent -= 1;
        taints
    }

    /// A call gives the taint of its arguments, of its object, and of the function itself.
    fn call(&mut self, node: NodeId) -> Value {
        let tree = self.code.tree;
        let mut arguments = Taints::default();
        for argument in tree.children(node).filter(|id| tree.node(*id).role != Role::Callee) {
            let value = match tree.node(argument).kind {
                Kind::KeywordArg => {
                    tree.child(argument, Role::Value).map(|value| self.value(value)).unwrap_or_default()
                }
                _ => self.value(argument),
            };
            arguments = arguments.union(&value.all());
        }
        let (object, function) = match tree.child(node, Role::Callee) {
            Some(callee) if tree.node(callee).kind == Kind::Attribute => self.method(callee),
            Some(callee) => (Taints::default(), self.value(callee).taints),
            None => (Taints::default(), Taints::default()),
        };
        self.has_called = true;
        let sinks = self.sinks.at(tree, node);
        let open = |sink: &usize| {
            let part = self.sinks.marks[*sink].part;
            !(self.sinks.is_exact(part) && self.parts.sinks[part].formula.has_focus())
        };
        let sinks: Vec<usize> = sinks.into_iter().filter(open).collect();
        self.report(&sinks, &arguments);
        let only_assignments = self.options.taint_only_propagate_through_assignments;
        let mut taints = if only_assignments { Taints::default() } else { function };
        if !self.options.taint_assume_safe_functions && !only_assignments {
            taints = taints.union(&arguments).union(&object);
        }
        Value::of(taints)
    }

    /// `target = value`, `target += value`, `target: type = value`, `target := value`; the value.
    pub(super) fn assign(&mut self, node: NodeId) -> Value {
        let tree = self.code.tree;
        let (target, value) = (tree.child(node, Role::Target), tree.child(node, Role::Value));
        let (Some(target), Some(value)) = (target, value) else { return Value::default() };
        let sanitizers = self.sanitizing(node);
        let is_sanitized = !sanitizers.is_empty();
        let is_left_out = sanitizers.iter().any(|mark| !self.is_exact_sanitizer(*mark));
        let takes_whole = matches!(tree.node(target).kind, Kind::Name | Kind::Tuple | Kind::List)
            && tree.node(node).kind != Kind::AugAssign;
        self.assigned = takes_whole.then_some(value);
        let mut given = if is_left_out { Value::default() } else { self.value(value) };
        if is_sanitized {
            given = Value::default();
        }
        if tree.node(node).kind == Kind::AugAssign && !is_sanitized {
            let own = self.value(target).all();
            given = Value::of(given.all().union(&own));
        }
        let sinks = if is_sanitized { Vec::new() } else { self.sinks.at(tree, node) };
        if !is_sanitized {
            given.taints = given.taints.union(&self.source(node, &given.taints));
            let passed = self.pass(node, &given.all(), false);
            given.taints = given.taints.union(&passed);
            self.report(&sinks, &given.all());
        }
        self.give_whole(target, &given, &sinks);
        given
    }

    fn is_exact_sanitizer(&self, mark: usize) -> bool {
        self.sanitizers.is_exact(self.sanitizers.marks[mark].part)
    }

    /// The sanitizers that a node lies in.
    pub(super) fn sanitizing(&self, node: NodeId) -> Vec<usize> {
        self.sanitizers.at(self.code.tree, node)
    }

    /// Taints of the sources that an expression lies in.
    pub(super) fn source(&mut self, node: NodeId, incoming: &Taints) -> Taints {
        let marks = self.sources.at(self.code.tree, node);
        let by_value = marks
            .into_iter()
            .filter(|mark| self.parts.sources[self.sources.marks[*mark].part].side_effect != SideEffect::Only);
        let marks: Vec<usize> = by_value.collect();
        marks.into_iter().fold(Taints::default(), |all, mark| all.union(&self.taint_of(mark, incoming)))
    }

    /// The taint of a source, where what it requires is there. A control source taints all that follows instead.
    pub(super) fn taint_of(&mut self, mark: usize, incoming: &Taints) -> Taints {
        let part = &self.parts.sources[self.sources.marks[mark].part];
        if part.requires.is_some() && !labels::are_met(part.requires.as_deref(), incoming) {
            return Taints::default();
        }
        let label = part.label.as_deref().map_or(labels::DEFAULT, Sym::new);
        let taints = Taints::one(Taint { source: mark, label, steps: None });
        if !part.control {
            return taints;
        }
        if let Some(now) = &mut self.now {
            now.control = now.control.union(&taints);
        }
        Taints::default()
    }

    /// Takes taints along where a node is the start of a propagation; gives those that arrive where it is the end.
    pub(super) fn pass(&mut self, node: NodeId, taints: &Taints, is_place: bool) -> Taints {
        let at = self.code.tree.node(node);
        let here = |bytes: &std::ops::Range<u32>| bytes.start == at.start && bytes.end == at.end;
        let mut arrived = Taints::default();
        for index in 0..self.passages.len() {
            let (from, to) = (here(&self.passages[index].from), here(&self.passages[index].to));
            if from {
                self.depart(index, taints);
            }
            if !to {
                continue;
            }
            let Some(passing) = self.now.as_mut().and_then(|now| now.passing.remove(&index)) else { continue };
            arrived = arrived.union(&passing);
            let part = &self.parts.propagators[self.passages[index].part];
            let stays = is_place && part.side_effect != SideEffect::No;
            if stays && let (Some((variable, path)), Some(now)) = (self.place(node), &mut self.now) {
                now.taint(variable, &path, &Value::of(passing.through((at.start, at.end))));
            }
        }
        arrived
    }

    fn depart(&mut self, index: usize, taints: &Taints) {
        let part = &self.parts.propagators[self.passages[index].part];
        if taints.is_empty() || part.requires.is_some() && !labels::are_met(part.requires.as_deref(), taints) {
            return;
        }
        let replaced: Vec<Sym> = part.replace_labels.iter().map(|label| Sym::new(label)).collect();
        let taints = match part.label.as_deref().map(Sym::new) {
            Some(label) => taints.map(|taint| {
                let changes = replaced.is_empty() || replaced.contains(&taint.label);
                Taint { label: if changes { label } else { taint.label }, ..taint.clone() }
            }),
            None => taints.clone(),
        };
        if let Some(now) = &mut self.now {
            now.passing.insert(index, taints);
        }
    }
}
