//! What conditions demand of metavariables, handed down to the patterns that bind them: a match that no condition will
//! let through is given up before the rest of it is compared.
//!
//! A condition is asked of what a metavariable holds in the end. Where several patterns of a conjunction bind it, that is
//! what one of them bound, and which one is known only then; so only patterns that bind it alone are told.

use super::{Leaf, LeafMatcher, Plan, PlanKind, Search, Test};
use crate::pattern::code_pattern::Demand;
use crate::syntax::tree::Sym;

/// Tells the patterns of a plan what their metavariables must be.
pub(super) fn hand_down(plan: &Plan, leaves: &mut [Leaf]) {
    hand_on(plan, leaves, &[]);
}

fn hand_on(plan: &Plan, leaves: &mut [Leaf], outer: &[Demand]) {
    let own = plan.conditions.iter().filter_map(|test| match test {
        Test::Regex { metavariable, regex, constants: false } => {
            Some(Demand { metavariable: *metavariable, regex: regex.clone(), is_single: false })
        }
        _ => None,
    });
    let demands: Vec<Demand> =
        outer.iter().filter(|demand| plan.name != Some(demand.metavariable)).cloned().chain(own).collect();
    match &plan.kind {
        PlanKind::Leaf(at) => tell(&mut leaves[*at], &demands),
        PlanKind::Inside(inner) | PlanKind::Anywhere(inner) => hand_on(inner, leaves, &demands),
        PlanKind::Or(members) => members.iter().for_each(|member| hand_on(member, leaves, &demands)),
        PlanKind::And { members, selector, negations } => {
            let binders = |name: Sym| {
                let selects = selector.is_some_and(|at| leaf_binds(&leaves[at], name));
                members.iter().filter(|member| binds(member, leaves, name)).count() + usize::from(selects)
            };
            let alone: Vec<Demand> = demands.into_iter().filter(|demand| binders(demand.metavariable) == 1).collect();
            members.iter().for_each(|member| hand_on(member, leaves, &alone));
            selector.iter().for_each(|at| tell(&mut leaves[*at], &alone));
            negations.iter().for_each(|negation| hand_on(negation, leaves, &[]));
        }
    }
}

fn tell(leaf: &mut Leaf, demands: &[Demand]) {
    if let LeafMatcher::Code(pattern) = &mut leaf.matcher {
        let own = demands.iter().filter_map(|demand| match pattern.binders(demand.metavariable) {
            0 => None,
            places => Some(Demand { is_single: places == 1, ..demand.clone() }),
        });
        pattern.demands = own.collect();
    }
}

/// Whether a match of the plan may bind the metavariable.
fn binds(plan: &Plan, leaves: &[Leaf], name: Sym) -> bool {
    let by_condition = |test: &Test| match test {
        Test::Pattern { search, .. } => search.binds(name),
        Test::Regex { regex, .. } => regex.groups().iter().any(|group| Sym::new(group) == name),
        Test::Comparison(_) | Test::Type { .. } | Test::Entropy { .. } | Test::Redos { .. } => false,
    };
    let by_pattern = match &plan.kind {
        PlanKind::Leaf(at) => leaf_binds(&leaves[*at], name),
        PlanKind::Inside(inner) | PlanKind::Anywhere(inner) => binds(inner, leaves, name),
        PlanKind::Or(members) => members.iter().any(|member| binds(member, leaves, name)),
        PlanKind::And { members, selector, .. } => {
            selector.is_some_and(|at| leaf_binds(&leaves[at], name))
                || members.iter().any(|member| binds(member, leaves, name))
        }
    };
    by_pattern || plan.name == Some(name) || plan.conditions.iter().any(by_condition)
}

fn leaf_binds(leaf: &Leaf, name: Sym) -> bool {
    match &leaf.matcher {
        LeafMatcher::Code(pattern) => pattern.binders(name) > 0,
        // What these bind is not looked into.
        LeafMatcher::Generic(_) | LeafMatcher::Regex(_) => true,
    }
}

impl Search {
    fn binds(&self, name: Sym) -> bool {
        binds(&self.plan, &self.leaves, name)
    }
}
