//! Ranges with bindings, and how sets of them intersect and differ.

use std::ops::Range;

use crate::pattern::analysis::Code;
use crate::pattern::matcher::{Binding, Bindings, same};

/// A range that a formula matched.
#[derive(Debug, Clone)]
pub(in super::super) struct Found {
    pub(in super::super) range: Range<u32>,
    pub(in super::super) bindings: Bindings,
    pub(super) kind: FoundKind,
}

/// What sort of pattern gave a range; it decides what a negation takes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum FoundKind {
    Plain,
    Inside,
    Regex,
    Anywhere,
}

fn within(inner: &Range<u32>, outer: &Range<u32>) -> bool {
    inner.start >= outer.start && inner.end <= outer.end
}

/// Groups of regular expressions never clash.
fn is_group(binding: &Binding) -> bool {
    (1..=20).any(|at| binding.name == GROUPS[at - 1])
}

const GROUPS: [crate::syntax::tree::Sym; 20] = {
    use crate::syntax::tree::Sym;
    [
        Sym::new("$1"),
        Sym::new("$2"),
        Sym::new("$3"),
        Sym::new("$4"),
        Sym::new("$5"),
        Sym::new("$6"),
        Sym::new("$7"),
        Sym::new("$8"),
        Sym::new("$9"),
        Sym::new("$10"),
        Sym::new("$11"),
        Sym::new("$12"),
        Sym::new("$13"),
        Sym::new("$14"),
        Sym::new("$15"),
        Sym::new("$16"),
        Sym::new("$17"),
        Sym::new("$18"),
        Sym::new("$19"),
        Sym::new("$20"),
    ]
};

/// Ranges in terms of one text.
pub(super) struct Ranges<'c> {
    pub(super) code: &'c Code<'c>,
    pub(super) strict: bool,
}

impl Ranges<'_> {
    /// Whether `inner` lies within `outer` and their metavariables agree.
    fn included(&self, inner: &Found, outer: &Found) -> bool {
        (within(&inner.range, &outer.range) || outer.kind == FoundKind::Anywhere) && self.agree(inner, outer)
    }

    fn agree(&self, one: &Found, two: &Found) -> bool {
        one.bindings.iter().all(|binding| {
            let other = two.bindings.iter().find(|other| other.name == binding.name);
            other.is_none_or(|other| is_group(binding) || same(self.code, &binding.bound, &other.bound, self.strict))
        })
    }

    /// Every pair of which one lies within the other: the smaller range, with the bindings of both.
    pub(super) fn intersect(&self, left: &[Found], right: &[Found], most: usize) -> (Vec<Found>, bool) {
        let mut out = Vec::new();
        for (inner, outer) in [(left, right), (right, left)] {
            for small in inner {
                for large in outer {
                    if out.len() >= most {
                        return (out, true);
                    }
                    if self.included(small, large) && may_lie_in(small, large) {
                        out.push(merged(small, large));
                    }
                }
            }
        }
        (out, false)
    }

    /// The ranges that no negative one takes away.
    pub(super) fn without(&self, found: Vec<Found>, negative: &[Found]) -> Vec<Found> {
        found.into_iter().filter(|each| !negative.iter().any(|no| self.excludes(each, no))).collect()
    }

    fn excludes(&self, found: &Found, negative: &Found) -> bool {
        match negative.kind {
            FoundKind::Inside => self.included(found, negative),
            FoundKind::Regex => self.included(found, negative) || self.included(negative, found),
            FoundKind::Plain => self.included(found, negative) && self.included(negative, found),
            FoundKind::Anywhere => true,
        }
    }
}

/// A `pattern-inside` is kept only within another.
fn may_lie_in(small: &Found, large: &Found) -> bool {
    small.kind != FoundKind::Inside || large.kind == FoundKind::Inside
}

fn merged(small: &Found, large: &Found) -> Found {
    let mut found = small.clone();
    for binding in &large.bindings {
        if !found.bindings.iter().any(|own| own.name == binding.name) {
            found.bindings.push(binding.clone());
        }
    }
    found
}
