//! Evaluating a plan over the matches of its patterns.

use std::ops::Range;

use super::conditions::Tester;
use super::ranges::{Found, FoundKind, Ranges};
use super::window::{Window, union};
use super::{LeafMatcher, MAX_RANGES, Places, Plan, PlanKind, Scope, Search, Test, gather, gather_at, is_open};
use crate::pattern::dispatch::Place;
use crate::pattern::index::Index;
use crate::pattern::matcher::{Binding, Bound};
use crate::syntax::tree::{NodeId, Sym};

/// What a formula found, and whether a bound was met.
pub(in super::super) struct Evaluated {
    pub(in super::super) found: Vec<Found>,
    pub(in super::super) incomplete: bool,
}

/// Evaluates a search; without `places`, each pattern is tried at every node of the scope.
pub(in super::super) fn evaluate(search: &Search, scope: &Scope<'_>, places: Option<Places<'_>>) -> Evaluated {
    let mut evaluator = Evaluator { search, scope, places, incomplete: false };
    let found = evaluator.plan(&search.plan, Window::ALL);
    Evaluated { found, incomplete: evaluator.incomplete }
}

struct Evaluator<'e> {
    search: &'e Search,
    scope: &'e Scope<'e>,
    places: Option<Places<'e>>,
    incomplete: bool,
}

impl<'e> Evaluator<'e> {
    fn ranges(&self) -> Ranges<'e> {
        Ranges { code: self.scope.code, strict: self.scope.options.unify_ids_strictly }
    }

    /// What a plan finds that touches the window; it may find more.
    fn plan(&mut self, plan: &'e Plan, window: Window<'_>) -> Vec<Found> {
        let mut found = self.kind(plan, window);
        if !plan.conditions.is_empty() && !found.is_empty() {
            found = self.conditions(plan, found);
        }
        if !plan.focus.is_empty() {
            found = found.into_iter().flat_map(|each| self.focused(&plan.focus, &each)).collect();
        }
        if let Some(name) = plan.name {
            for each in &mut found {
                each.bindings.push(Binding { name, bound: Bound::Bytes(each.range.clone()) });
            }
        }
        found
    }

    fn kind(&mut self, plan: &'e Plan, window: Window<'_>) -> Vec<Found> {
        match &plan.kind {
            PlanKind::Leaf(at) => self.leaf(*at, window),
            PlanKind::Inside(inner) => self.marked(inner, FoundKind::Inside, window),
            PlanKind::Anywhere(inner) => self.marked(inner, FoundKind::Anywhere, Window::ALL),
            PlanKind::Or(members) => members.iter().flat_map(|member| self.plan(member, window)).collect(),
            PlanKind::And { members, selector, negations } => {
                let found = self.conjunction(members, *selector, window);
                self.without(found, negations, &plan.conditions)
            }
        }
    }

    fn marked(&mut self, inner: &'e Plan, kind: FoundKind, window: Window<'_>) -> Vec<Found> {
        let mut found = self.plan(inner, window);
        found.iter_mut().for_each(|each| each.kind = kind);
        found
    }

    fn leaf(&mut self, at: usize, window: Window<'_>) -> Vec<Found> {
        let leaf = &self.search.leaves[at];
        let (hits, exhausted) = match (&leaf.matcher, self.place(at)) {
            (LeafMatcher::Code(pattern), Some((index, place))) => {
                let nodes = index.candidates(place, self.scope.code, window);
                gather_at(pattern, leaf.inside, nodes, self.scope)
            }
            _ => gather(leaf, self.scope),
        };
        self.incomplete |= exhausted;
        let kind = match leaf.matcher {
            LeafMatcher::Regex(_) => FoundKind::Regex,
            LeafMatcher::Code(_) | LeafMatcher::Generic(_) => FoundKind::Plain,
        };
        hits.into_iter().map(|hit| Found { range: hit.range, bindings: hit.bindings, kind }).collect()
    }

    fn place(&self, leaf: usize) -> Option<(&'e Index, &'e Place)> {
        let places = self.places?;
        Some((places.index, places.places.get(leaf)?.as_ref()?))
    }

    fn conjunction(&mut self, members: &'e [Plan], selector: Option<usize>, window: Window<'_>) -> Vec<Found> {
        let Some(sets) = self.members(members, window) else { return Vec::new() };
        let (inside, plain): (Vec<_>, Vec<_>) = sets.into_iter().partition(|set| set[0].kind == FoundKind::Inside);
        let mut sets = plain.into_iter().chain(inside);
        let mut found = match sets.next() {
            Some(first) => first,
            None => vec![self.outer()],
        };
        for set in sets {
            found = self.intersect(&found, &set);
        }
        if let Some(selector) = selector
            && !found.is_empty()
        {
            let selected = self.selected(selector, &found);
            found = self.intersect(&found, &selected);
        }
        found
    }

    /// What no negation takes away. Regular expressions that a match must meet in the end are asked first: they cost less.
    fn without(&mut self, mut found: Vec<Found>, negations: &'e [Plan], conditions: &'e [Test]) -> Vec<Found> {
        if !negations.is_empty() {
            let mut tester = Tester { scope: self.scope, incomplete: false };
            for condition in conditions.iter().filter(|condition| matches!(condition, Test::Regex { .. })) {
                found.retain(|each| tester.test(condition, each).is_some());
            }
            self.incomplete |= tester.incomplete;
        }
        for negation in negations {
            if found.is_empty() {
                break;
            }
            let negative = self.plan(negation, Window::of(&union(&found)));
            found = self.ranges().without(found, &negative);
        }
        found
    }

    /// What each member finds, in order; none where one of them finds nothing. The rarest is looked for first, and the
    /// others only where they touch what it found: a match of all lies within a match of each.
    fn members(&mut self, members: &'e [Plan], window: Window<'_>) -> Option<Vec<Vec<Found>>> {
        let mut order: Vec<usize> = (0..members.len()).collect();
        order.sort_by_cached_key(|&member| self.most(&members[member]));
        let mut sets = vec![Vec::new(); members.len()];
        let mut narrow: Option<Vec<Range<u32>>> = None;
        for member in order {
            let within = narrow.as_deref().map_or(window, Window::of);
            let found = self.plan(&members[member], within);
            if found.is_empty() {
                return None;
            }
            let ranges = union(&found);
            let is_bound = found.iter().all(|each| each.kind != FoundKind::Anywhere);
            if is_bound && Window::of(&ranges).bytes() < within.bytes() {
                narrow = Some(ranges);
            }
            sets[member] = found;
        }
        Some(sets)
    }

    /// About how many nodes are tried for a plan; a search of text counts as many.
    fn most(&self, plan: &Plan) -> usize {
        match &plan.kind {
            PlanKind::Leaf(at) => {
                self.place(*at).map_or(usize::MAX, |(index, place)| index.most(place, self.scope.code))
            }
            PlanKind::Inside(inner) | PlanKind::Anywhere(inner) => self.most(inner),
            PlanKind::Or(members) => members.iter().fold(0, |sum, member| sum.saturating_add(self.most(member))),
            PlanKind::And { members, .. } => members.iter().map(|it| self.most(it)).min().unwrap_or(usize::MAX),
        }
    }

    fn intersect(&mut self, left: &[Found], right: &[Found]) -> Vec<Found> {
        let (found, cut) = self.ranges().intersect(left, right, MAX_RANGES);
        self.incomplete |= cut;
        distinct(self.scope, found)
    }

    /// The whole scope, for a formula of conditions only.
    fn outer(&self) -> Found {
        let bindings = self.scope.given.cloned().unwrap_or_default();
        Found { range: self.scope.bytes.clone(), bindings, kind: FoundKind::Plain }
    }

    /// The matches of a bare metavariable within what was found.
    fn selected(&mut self, at: usize, found: &[Found]) -> Vec<Found> {
        let leaf = &self.search.leaves[at];
        let LeafMatcher::Code(pattern) = &leaf.matcher else { return Vec::new() };
        let ranges = union(found);
        let window = Window::of(&ranges);
        let lies_in =
            |start: u32, end: u32| found.iter().any(|each| start >= each.range.start && end <= each.range.end);
        let nodes = self.scope.nodes.clone().map(NodeId).filter(|id| {
            let node = self.scope.code.tree.node(*id);
            window.touches(node.start, node.end) && lies_in(node.start, node.end) && is_open(pattern, *id, self.scope)
        });
        let (hits, is_cut) = gather_at(pattern, leaf.inside, nodes, self.scope);
        self.incomplete |= is_cut;
        hits.into_iter().map(|hit| Found { range: hit.range, bindings: hit.bindings, kind: FoundKind::Plain }).collect()
    }

    fn conditions(&mut self, plan: &'e Plan, found: Vec<Found>) -> Vec<Found> {
        let mut tester = Tester { scope: self.scope, incomplete: false };
        let mut kept = Vec::new();
        for each in found {
            let mut further: Vec<Vec<Binding>> = Vec::new();
            let passes = plan.conditions.iter().all(|condition| match tester.test(condition, &each) {
                Some(bindings) => {
                    further.extend(bindings);
                    true
                }
                None => false,
            });
            if !passes {
                continue;
            }
            for bindings in further.into_iter().filter(|bindings| !bindings.is_empty()) {
                let mut with = each.clone();
                with.bindings.extend(bindings);
                kept.push(with);
            }
            kept.push(each);
        }
        self.incomplete |= tester.incomplete;
        kept
    }

    /// The parts of a match that the `focus-metavariable`s ask for.
    fn focused(&self, focus: &[Vec<Sym>], found: &Found) -> Vec<Found> {
        let mut sets = focus.iter().map(|names| self.held(names, found));
        let Some(mut out) = sets.next() else { return Vec::new() };
        for set in sets {
            let pairs = out.iter().flat_map(|one| set.iter().filter_map(|two| smaller(one, two)));
            out = pairs.collect();
        }
        out
    }

    fn held(&self, names: &[Sym], found: &Found) -> Vec<Found> {
        let bound = names.iter().filter_map(|name| found.bindings.iter().find(|binding| binding.name == *name));
        bound
            .filter_map(|binding| {
                let bytes = binding.bound.bytes(self.scope.code);
                if bytes.is_empty() {
                    return None;
                }
                let focus = Found { range: bytes, bindings: found.bindings.clone(), kind: FoundKind::Plain };
                smaller(&focus, found)
            })
            .collect()
    }
}

/// The one that lies within the other.
fn smaller(one: &Found, two: &Found) -> Option<Found> {
    let within =
        |inner: &Found, outer: &Found| inner.range.start >= outer.range.start && inner.range.end <= outer.range.end;
    if within(one, two) {
        Some(one.clone())
    } else if within(two, one) {
        Some(two.clone())
    } else {
        None
    }
}

/// Leaves out ranges that say the same with the same bindings.
fn distinct(scope: &Scope<'_>, mut found: Vec<Found>) -> Vec<Found> {
    if found.len() < 2 {
        return found;
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|each| {
        let mut bindings: Vec<_> = each
            .bindings
            .iter()
            .map(|binding| (binding.name, binding.bound.bytes(scope.code), binding.bound.is_content()))
            .collect();
        bindings.sort_unstable_by_key(|binding| (binding.0, binding.1.start, binding.1.end));
        seen.insert((each.range.clone(), each.kind as u8, bindings))
    });
    found
}
