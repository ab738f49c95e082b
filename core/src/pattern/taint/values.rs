//! What is known of data: which taints an expression or variable carries, and what becomes of them where paths meet.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::syntax::tree::Sym;

/// Most places of which one function keeps the taint.
const MAX_PLACES: usize = 200;

/// Data from one source.
#[derive(Debug, Clone)]
pub(super) struct Taint {
    /// Index of the source among the marks.
    pub(super) source: usize,
    pub(super) label: Sym,
    /// Where it went through, the last first.
    pub(super) steps: Option<Rc<Step>>,
}

/// One place that data went through.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) bytes: (u32, u32),
    pub(super) before: Option<Rc<Step>>,
}

/// Taints, one for each source and label, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Taints(Rc<Vec<Taint>>);

impl PartialEq for Taints {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(other.0.iter()).all(|(one, two)| one.key() == two.key())
    }
}

impl Taint {
    fn key(&self) -> (usize, Sym) {
        (self.source, self.label)
    }
}

impl Taints {
    pub(super) fn one(taint: Taint) -> Self {
        Self(Rc::new(vec![taint]))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Taint> {
        self.0.iter()
    }

    /// Both; of two paths from one source the first stays.
    pub(super) fn union(&self, other: &Self) -> Self {
        if other.is_empty() || Rc::ptr_eq(&self.0, &other.0) {
            return self.clone();
        }
        if self.is_empty() {
            return other.clone();
        }
        let mut all: Vec<Taint> = self.0.iter().chain(other.0.iter()).cloned().collect();
        all.sort_by_key(Taint::key);
        all.dedup_by_key(|taint| taint.key());
        Self(Rc::new(all))
    }

    /// The same data, one place further.
    pub(super) fn through(&self, bytes: (u32, u32)) -> Self {
        self.map(|taint| {
            let is_there = taint.steps.as_ref().is_some_and(|step| step.bytes == bytes);
            let step = || Some(Rc::new(Step { bytes, before: taint.steps.clone() }));
            let steps = if is_there { taint.steps.clone() } else { step() };
            Taint { steps, ..taint.clone() }
        })
    }

    pub(super) fn map(&self, change: impl FnMut(&Taint) -> Taint) -> Self {
        if self.is_empty() {
            return self.clone();
        }
        let mut all: Vec<Taint> = self.0.iter().map(change).collect();
        all.sort_by_key(Taint::key);
        all.dedup_by_key(|taint| taint.key());
        Self(Rc::new(all))
    }
}

/// A part of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The attribute of this name.
    Attribute(Sym),
    /// Some element; all elements are one.
    Element,
}

/// What is known of one place and its parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Cell {
    pub(super) state: State,
    pub(super) parts: BTreeMap<Part, Cell>,
}

/// What is known of one place.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum State {
    /// Nothing: it is as what it is part of.
    #[default]
    Unknown,
    /// It was given data without taint.
    Clean,
    /// It carries taint.
    Tainted(Taints),
}

impl State {
    pub(super) fn taints(&self) -> Taints {
        match self {
            Self::Tainted(taints) => taints.clone(),
            _ => Taints::default(),
        }
    }

    fn join(&mut self, other: &Self) {
        *self = match (&*self, other) {
            (Self::Tainted(one), Self::Tainted(two)) => Self::Tainted(one.union(two)),
            (Self::Tainted(one), _) => Self::Tainted(one.clone()),
            (_, other @ Self::Tainted(_)) => other.clone(),
            (Self::Clean, _) | (_, Self::Clean) => Self::Clean,
            _ => Self::Unknown,
        };
    }
}

impl Cell {
    /// The cell at a path.
    pub(super) fn at(&self, path: &[Part]) -> Option<&Self> {
        path.iter().try_fold(self, |cell, part| cell.parts.get(part))
    }

    fn at_mut(&mut self, path: &[Part]) -> &mut Self {
        path.iter().fold(self, |cell, part| cell.parts.entry(*part).or_default())
    }

    /// All taints of the place and its parts.
    pub(super) fn all(&self) -> Taints {
        self.parts.values().fold(self.state.taints(), |all, part| all.union(&part.all()))
    }

    fn join(&mut self, other: &Self) {
        self.state.join(&other.state);
        for (part, cell) in &other.parts {
            match self.parts.get_mut(part) {
                Some(own) => own.join(cell),
                None => {
                    self.parts.insert(*part, cell.clone());
                }
            }
        }
    }
}

/// What an expression gives: its own taint, and that of its parts.
#[derive(Debug, Clone, Default)]
pub(super) struct Value {
    pub(super) taints: Taints,
    pub(super) parts: BTreeMap<Part, Cell>,
}

impl Value {
    pub(super) fn of(taints: Taints) -> Self {
        Self { taints, parts: BTreeMap::new() }
    }

    /// The taints of the value and its parts: what whoever gets the value may find in it.
    pub(super) fn all(&self) -> Taints {
        self.parts.values().fold(self.taints.clone(), |all, part| all.union(&part.all()))
    }

    /// One of its elements.
    pub(super) fn element(&self) -> Self {
        match self.parts.get(&Part::Element) {
            Some(cell) => Self { taints: self.taints.union(&cell.state.taints()), parts: cell.parts.clone() },
            None => Self::of(self.all()),
        }
    }
}

/// A variable: its spelling, and what it stands for where that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Variable {
    /// A name and its entity, or 0.
    Named(Sym, u32),
    /// An attribute of `self`.
    OwnAttribute(Sym),
}

/// What is known at one point of a function.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Knowledge {
    variables: BTreeMap<Variable, Cell>,
    /// Taints that hang over everything from here on.
    pub(super) control: Taints,
    /// What is on its way through propagators, by the propagation's index.
    pub(super) passing: BTreeMap<usize, Taints>,
}

impl Knowledge {
    pub(super) fn cell(&self, variable: Variable, path: &[Part]) -> Option<&Cell> {
        self.variables.get(&variable)?.at(path)
    }

    /// Gives a place a value that carries taint.
    pub(super) fn taint(&mut self, variable: Variable, path: &[Part], value: &Value) {
        if self.variables.len() >= MAX_PLACES && !self.variables.contains_key(&variable) {
            return;
        }
        let cell = self.variables.entry(variable).or_default().at_mut(path);
        if !value.taints.is_empty() {
            cell.state.join(&State::Tainted(value.taints.clone()));
        }
        for (part, given) in &value.parts {
            cell.parts.entry(*part).or_default().join(given);
        }
    }

    /// Gives a place a value without taint. An element stands for its container.
    pub(super) fn clean(&mut self, variable: Variable, path: &[Part]) {
        let Some(cell) = self.variables.get_mut(&variable) else { return };
        let end = path.iter().rposition(|part| *part != Part::Element).map_or(0, |at| at + 1);
        let cell = cell.at_mut(&path[..end]);
        cell.state = State::Clean;
        cell.parts.clear();
    }

    /// What is known where another path meets this one.
    pub(super) fn join(&mut self, other: &Self) {
        for (variable, cell) in &other.variables {
            match self.variables.get_mut(variable) {
                Some(own) => own.join(cell),
                None => {
                    self.variables.insert(*variable, cell.clone());
                }
            }
        }
        self.control = self.control.union(&other.control);
        for (at, taints) in &other.passing {
            let own = self.passing.entry(*at).or_default();
            *own = own.union(taints);
        }
    }

    /// The variables whose meaning is known, for another function to begin with.
    pub(super) fn globals(&self) -> Self {
        let is_known = |variable: &Variable| matches!(variable, Variable::Named(_, entity) if *entity > 0);
        let variables = self.variables.iter().filter(|(variable, _)| is_known(variable));
        Self { variables: variables.map(|(variable, cell)| (*variable, cell.clone())).collect(), ..Self::default() }
    }
}
