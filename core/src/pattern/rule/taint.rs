//! The parts of a taint rule, as written.

use super::Formula;
use crate::syntax::tree::PatternTree;

/// A rule with `mode: taint`.
#[derive(Debug, Clone)]
pub(crate) struct Taint {
    pub(crate) sources: Vec<TaintPart>,
    pub(crate) sinks: Vec<TaintPart>,
    pub(crate) sanitizers: Vec<TaintPart>,
    pub(crate) propagators: Vec<TaintPart>,
}

/// A source, sink, sanitizer or propagator.
#[derive(Debug, Clone)]
pub(crate) struct TaintPart {
    pub(crate) formula: Formula,
    pub(crate) side_effect: SideEffect,
    /// Whether only the match itself counts, not what it contains; each kind of part has its own default.
    pub(crate) exact: Option<bool>,
    pub(crate) control: bool,
    pub(crate) at_exit: bool,
    pub(crate) not_conflicting: bool,
    pub(crate) label: Option<Box<str>>,
    pub(crate) requires: Option<Box<PatternTree>>,
    pub(crate) replace_labels: Vec<Box<str>>,
    /// Of a propagator.
    pub(crate) from: Option<Box<str>>,
    /// Of a propagator.
    pub(crate) to: Option<Box<str>>,
}

/// Whether a part works on the variable that it matches, from there on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SideEffect {
    /// Not said: the default of the kind of part.
    Default,
    /// No.
    No,
    /// Yes, also on its own value.
    Yes,
    /// Only so.
    Only,
}
