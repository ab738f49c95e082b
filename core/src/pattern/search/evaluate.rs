//! Evaluating a plan over the matches of its patterns.

use super::conditions::Tester;
use super::ranges::{Found, FoundKind, Ranges};
use super::{Hit, LeafMatcher, MAX_RANGES, Plan, PlanKind, Scope, Search, gather, try_at};
use crate::pattern::matcher::{Binding, Bound};
use crate::syntax::tree::{NodeId, Sym};

/// What a formula found, and whether a bound was met.
pub(in super::super) struct Evaluated {
    pub(in super::super) found: Vec<Found>,
    pub(in super::super) incomplete: bool,
}

/// Evaluates a search; `hits` are the matches of its leaves where they are known, in order.
pub(in super::super) fn evaluate(search: &Search, scope: &Scope<'_>, hits: Option<&mut [Vec<Hit>]>) -> Evaluated {
    let mut evaluator = Evaluator { search, scope, hits, incomplete: false };
    let found = evaluator.plan(&search.plan);
    Evaluated { found, incomplete: evaluator.incomplete }
}

struct Evaluator<'e> {
    search: &'e Search,
    scope: &'e Scope<'e>,
    hits: Option<&'e mut [Vec<Hit>]>,
    incomplete: bool,
}

impl<'e> Evaluator<'e> {
    fn ranges(&self) -> Ranges<'e> {
        Ranges { code: self.scope.code, strict: self.scope.options.unify_ids_strictly }
    }

    fn plan(&mut self, plan: &'e Plan) -> Vec<Found> {
        let mut found = self.kind(&plan.kind);
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

    fn kind(&mut self, kind: &'e PlanKind) -> Vec<Found> {
        match kind {
            PlanKind::Leaf(at) => self.leaf(*at),
            PlanKind::Inside(inner) => self.marked(inner, FoundKind::Inside),
            PlanKind::Anywhere(inner) => self.marked(inner, FoundKind::Anywhere),
            PlanKind::Or(members) => members.iter().flat_map(|member| self.plan(member)).collect(),
            PlanKind::And { members, selector, negations } => self.conjunction(members, *selector, negations),
        }
    }

    fn marked(&mut self, inner: &'e Plan, kind: FoundKind) -> Vec<Found> {
        let mut found = self.plan(inner);
        found.iter_mut().for_each(|each| each.kind = kind);
        found
    }

    fn leaf(&mut self, at: usize) -> Vec<Found> {
        let leaf = &self.search.leaves[at];
        let hits = match &mut self.hits {
            Some(hits) if matches!(leaf.matcher, LeafMatcher::Code(_)) => std::mem::take(&mut hits[at]),
            _ => {
                let (hits, exhausted) = gather(leaf, self.scope);
                self.incomplete |= exhausted;
                hits
            }
        };
        let kind = match leaf.matcher {
            LeafMatcher::Regex(_) => FoundKind::Regex,
            LeafMatcher::Code(_) | LeafMatcher::Generic(_) => FoundKind::Plain,
        };
        hits.into_iter().map(|hit| Found { range: hit.range, bindings: hit.bindings, kind }).collect()
    }

    fn conjunction(&mut self, members: &'e [Plan], selector: Option<usize>, negations: &'e [Plan]) -> Vec<Found> {
        let (mut plain, mut inside) = (Vec::new(), Vec::new());
        for member in members {
            let found = self.plan(member);
            if found.is_empty() {
                return Vec::new();
            }
            let is_inside = found[0].kind == FoundKind::Inside;
            if is_inside { inside.push(found) } else { plain.push(found) }
        }
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
        for negation in negations {
            if found.is_empty() {
                break;
            }
            let negative = self.plan(negation);
            found = self.ranges().without(found, &negative);
        }
        found
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
        let lies_in =
            |start: u32, end: u32| found.iter().any(|each| start >= each.range.start && end <= each.range.end);
        let mut hits = Vec::new();
        for id in self.scope.nodes.clone() {
            let node = &self.scope.code.tree.nodes[id as usize];
            if lies_in(node.start, node.end) {
                self.incomplete |= try_at(pattern, leaf.inside, NodeId(id), self.scope, &mut hits);
            }
        }
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
