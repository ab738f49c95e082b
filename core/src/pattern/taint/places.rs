//! Variables, attributes and elements: what is known of them, and what the parts of the rule make of them.

use super::Run;
use super::statements::ELEMENT;
use super::values::{Cell, Part, State, Taints, Value, Variable};
use crate::pattern::analysis::EntityId;
use crate::pattern::rule::SideEffect;
use crate::syntax::tree::{Kind, NodeId, Role, Sym};

/// Stands for the entity of a comprehension's variable.
const OWN: u32 = u32::MAX;

/// What a place gives when it is read.
#[derive(Default)]
struct Read {
    /// Taint that arises here: sources within, propagators.
    fresh: Taints,
    state: Held,
    cell: Cell,
}

/// What is known of a place, its container's state where nothing is known of itself.
#[derive(Clone)]
enum Held {
    Known(State),
    /// A sanitizer stands here: whatever is known of the place and its parts does not count.
    Sanitized,
}

impl Default for Held {
    fn default() -> Self {
        Self::Known(State::Unknown)
    }
}

impl Held {
    fn taints(&self) -> Taints {
        match self {
            Self::Known(state) => state.taints(),
            Self::Sanitized => Taints::default(),
        }
    }
}

impl Run<'_> {
    /// The variable that a name stands for; `self` alone is none.
    pub(super) fn variable(&self, name: NodeId) -> Option<Variable> {
        let node = self.code.tree.node(name);
        if node.sym == Sym::new("self") {
            return None;
        }
        if self.own_names.contains(&node.sym) {
            return Some(Variable::Named(node.sym, OWN));
        }
        let entity = self.code.names().of(name).map_or(0, EntityId::number);
        Some(Variable::Named(node.sym, entity))
    }

    /// The variable and path of an expression that is a place.
    pub(super) fn place(&self, node: NodeId) -> Option<(Variable, Vec<Part>)> {
        let tree = self.code.tree;
        let mut path = Vec::new();
        let mut at = node;
        loop {
            match tree.node(at).kind {
                Kind::Name => {
                    path.reverse();
                    return match self.variable(at) {
                        Some(variable) => Some((variable, path)),
                        None => match path.first() {
                            Some(Part::Attribute(name)) => Some((Variable::OwnAttribute(*name), path.split_off(1))),
                            _ => None,
                        },
                    };
                }
                Kind::Attribute => path.push(Part::Attribute(tree.node(tree.child(at, Role::Name)?).sym)),
                Kind::Subscript => path.push(ELEMENT),
                _ => return None,
            }
            at = tree.child(at, Role::Value)?;
        }
    }

    /// Reads a name, attribute or element.
    pub(super) fn read(&mut self, node: NodeId) -> Value {
        let read = self.read_place(node);
        let value = Value { taints: read.fresh.union(&read.state.taints()), parts: read.cell.parts };
        let sinks = self.sinks.at(self.code.tree, node);
        self.report(&sinks, &value.all());
        value
    }

    /// Looks at a place that is assigned: it may be a source, a sink, or sanitized.
    pub(super) fn target(&mut self, node: NodeId) -> Taints {
        let taints = self.read_place(node).fresh;
        let sinks = self.sinks.at(self.code.tree, node);
        self.report(&sinks, &taints);
        taints
    }

    /// The object of a method call, and the method itself.
    pub(super) fn method(&mut self, node: NodeId) -> (Taints, Taints) {
        let tree = self.code.tree;
        let object = tree.child(node, Role::Value);
        let held = object.and_then(|object| self.place(object));
        let read = self.read_place(node);
        let sinks = self.sinks.at(tree, node);
        let taints = read.fresh.union(&read.state.taints());
        self.report(&sinks, &taints);
        let of_object = held.and_then(|(variable, path)| Some(self.now.as_ref()?.cell(variable, &path)?.all()));
        let is_sanitized = matches!(read.state, Held::Sanitized);
        (if is_sanitized { Taints::default() } else { of_object.unwrap_or_default() }, taints)
    }

    fn read_place(&mut self, node: NodeId) -> Read {
        let tree = self.code.tree;
        let sanitizers = self.sanitizing(node);
        if !sanitizers.is_empty() {
            self.sanitize_by_side_effect(node, &sanitizers);
            return Read { fresh: Taints::default(), state: Held::Sanitized, cell: Cell::default() };
        }
        let mut sub = self.container(node);
        if self.options.taint_only_propagate_through_assignments {
            sub.fresh = Taints::default();
            if let Held::Known(state) = &mut sub.state {
                *state = State::Unknown;
            }
        }
        let known = self.place(node).and_then(|(variable, path)| self.now.as_ref()?.cell(variable, &path).cloned());
        let (state, cell) = match (&sub.state, known) {
            (Held::Sanitized, _) => (Held::Sanitized, Cell::default()),
            (_, Some(cell)) if cell.state != State::Unknown => (Held::Known(cell.state.clone()), cell),
            (Held::Known(state), cell) => (Held::Known(state.clone()), cell.unwrap_or_default()),
        };
        let held = state.taints();
        let mut incoming = sub.fresh.clone();
        incoming = incoming.union(&self.source_at_place(node, &sub.fresh.union(&held)));
        for index in tree.children(node).filter(|id| tree.node(*id).role == Role::Item) {
            let index = self.value(index).taints;
            if !self.options.taint_assume_safe_indexes && !self.options.taint_only_propagate_through_assignments {
                incoming = incoming.union(&index);
            }
        }
        let passed = self.pass(node, &incoming.union(&held).union(&parts_of(&cell)), true);
        let fresh = incoming.union(&passed);
        let sinks = self.sinks.around(tree, node);
        let sinks: Vec<usize> = sinks.into_iter().filter(|sink| self.sinks.is_whole(tree, *sink, node)).collect();
        self.report(&sinks, &fresh.union(&held));
        Read { fresh, state, cell }
    }

    /// What the place gives that this one is a part of.
    fn container(&mut self, node: NodeId) -> Read {
        let tree = self.code.tree;
        let object = match tree.node(node).kind {
            Kind::Attribute | Kind::Subscript => tree.child(node, Role::Value),
            _ => None,
        };
        match object {
            None => Read::default(),
            Some(object) if matches!(tree.node(object).kind, Kind::Name | Kind::Attribute | Kind::Subscript) => {
                if self.is_slice(object) {
                    return Read {
                        fresh: Taints::default(),
                        state: Held::Known(State::Unknown),
                        cell: Cell::default(),
                    };
                }
                self.deeper(|run| run.read_place(object))
            }
            Some(object) => {
                let value = self.value(object);
                let cell = Cell { state: State::Unknown, parts: value.parts };
                Read { fresh: value.taints, state: Held::Known(State::Unknown), cell }
            }
        }
    }

    /// Whether a subscript takes a part of a sequence: that is not followed.
    pub(super) fn is_slice(&self, node: NodeId) -> bool {
        let tree = self.code.tree;
        tree.node(node).kind == Kind::Subscript && tree.children(node).any(|id| tree.node(id).kind == Kind::Slice)
    }

    /// Whether one of the sanitizers that a place lies in is the place and stays with it.
    pub(super) fn cleans(&self, node: NodeId, sanitizers: &[usize]) -> bool {
        sanitizers.iter().any(|mark| {
            let part = &self.parts.sanitizers[self.sanitizers.marks[*mark].part];
            matches!(part.side_effect, SideEffect::Yes | SideEffect::Only)
                && self.sanitizers.is_whole(self.code.tree, *mark, node)
        })
    }

    fn sanitize_by_side_effect(&mut self, node: NodeId, sanitizers: &[usize]) {
        if self.cleans(node, sanitizers)
            && let (Some((variable, path)), Some(now)) = (self.place(node), &mut self.now)
        {
            now.clean(variable, &path);
        }
    }

    /// Taints of the sources that a place lies in; those by side effect stay with the place.
    fn source_at_place(&mut self, node: NodeId, incoming: &Taints) -> Taints {
        let tree = self.code.tree;
        let (mut given, mut kept) = (Taints::default(), Taints::default());
        for mark in self.sources.around(tree, node) {
            let part = self.sources.marks[mark].part;
            let is_whole = self.sources.is_whole(tree, mark, node);
            let counts = !self.sources.is_exact(part) || self.sources.at(tree, node).contains(&mark);
            match self.parts.sources[part].side_effect {
                SideEffect::Only if is_whole => kept = kept.union(&self.taint_of(mark, incoming)),
                SideEffect::Only => {}
                SideEffect::Yes if is_whole && counts => {
                    let taints = self.taint_of(mark, incoming);
                    kept = kept.union(&taints);
                    given = given.union(&taints);
                }
                _ if counts => given = given.union(&self.taint_of(mark, incoming)),
                _ => {}
            }
        }
        if !kept.is_empty()
            && let (Some((variable, path)), Some(now)) = (self.place(node), &mut self.now)
        {
            now.taint(variable, &path, &Value::of(kept));
        }
        given
    }
}

/// The taints of the parts of a cell.
fn parts_of(cell: &Cell) -> Taints {
    cell.parts.values().fold(Taints::default(), |all, part| all.union(&part.all()))
}
