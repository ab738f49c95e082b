//! Taint mode: data that flows from a source to a sink within one function.
//!
//! The parts of a rule are formulas like any other; their matches are ranges ([`marks`]). Each function is then run
//! over once in the order of evaluation ([`statements`], [`expressions`]), with what is known of its variables
//! ([`values`]); an expression that lies in a source's range gives taint, one in a sanitizer's range gives none, and
//! where taint meets a sink's range there is a finding. Functions begin with what the module's variables hold at its
//! end; calls give back the taint of their arguments, for no other function is looked into.

mod expressions;
mod labels;
mod marks;
mod places;
mod rule;
mod statements;
mod values;

use std::collections::BTreeMap;
use std::ops::Range;

use super::TraceStep;
use super::analysis::Code;
use super::matcher::{Binding, Bindings, same};
use super::rule::{Options, Taint as Parts};
use marks::Marks;
pub(super) use marks::{Mark, Passage};
pub(super) use rule::TaintSearch;
use values::{Knowledge, Taints};

use crate::syntax::tree::{NodeId, Sym};

/// Deepest nesting of expressions and statements that is followed.
const MAX_DEPTH: u32 = 1_000;
/// Most evaluations of expressions in one file, for one rule.
const MAX_STEPS: u32 = 4_000_000;

/// The matches of all parts of a rule in a file.
#[derive(Debug, Default)]
pub(super) struct Matches {
    pub(super) sources: Vec<Mark>,
    pub(super) sinks: Vec<Mark>,
    pub(super) sanitizers: Vec<Mark>,
    pub(super) passages: Vec<Passage>,
}

/// Tainted data in a sink.
#[derive(Debug)]
pub(super) struct Flow {
    pub(super) bytes: Range<u32>,
    pub(super) bindings: Bindings,
    pub(super) trace: Vec<TraceStep>,
}

/// Follows data through a file; also whether a bound was met.
pub(super) fn follow(code: &Code<'_>, options: &Options, parts: &Parts, matches: Matches) -> (Vec<Flow>, bool) {
    if matches.sources.is_empty() || matches.sinks.is_empty() {
        return (Vec::new(), false);
    }
    let sanitizers = unconflicting(parts, &matches);
    let mut run = Run {
        code,
        options,
        parts,
        sources: Marks::new(&parts.sources, matches.sources, code, false),
        sinks: Marks::new(&parts.sinks, matches.sinks, code, true),
        sanitizers: Marks::new(&parts.sanitizers, sanitizers, code, false),
        passages: matches.passages,
        now: Some(Knowledge::default()),
        loops: Vec::new(),
        throws: Vec::new(),
        own_names: Vec::new(),
        assigned: None,
        has_called: false,
        flows: BTreeMap::new(),
        steps: 0,
        depth: 0,
        is_cut: false,
        is_silent: 0,
    };
    run.file();
    let incomplete = run.steps > MAX_STEPS || run.is_cut;
    (run.flows.into_values().collect(), incomplete)
}

/// Sanitizers that ask not to conflict give way to sources and sinks of the same bytes.
fn unconflicting(parts: &Parts, matches: &Matches) -> Vec<Mark> {
    let is_taken = |bytes: &Range<u32>| matches.sources.iter().chain(&matches.sinks).any(|mark| mark.bytes == *bytes);
    let keeps = |mark: &&Mark| !parts.sanitizers[mark.part].not_conflicting || !is_taken(&mark.bytes);
    matches.sanitizers.iter().filter(keeps).cloned().collect()
}

/// One run over a file.
struct Run<'r> {
    code: &'r Code<'r>,
    options: &'r Options,
    parts: &'r Parts,
    sources: Marks<'r>,
    sinks: Marks<'r>,
    sanitizers: Marks<'r>,
    passages: Vec<Passage>,
    /// What is known here; none where no path leads to.
    now: Option<Knowledge>,
    /// For each loop around, what is known where it is left or begun anew.
    loops: Vec<Exits>,
    /// For each `try` around, what is known where something may be raised.
    throws: Vec<Option<Knowledge>>,
    /// Variables of the comprehensions around: their elements stand before they are declared.
    own_names: Vec<Sym>,
    /// The value that variables take next. A call is one step with the assignment, so that a sanitizer which is
    /// `exact` is not the whole of it.
    assigned: Option<NodeId>,
    /// Whether a call was evaluated since what is known was last handed to `throws`.
    has_called: bool,
    /// By sink and source.
    flows: BTreeMap<(u32, u32, usize), Flow>,
    steps: u32,
    depth: u32,
    /// Whether something nested too deep was passed over.
    is_cut: bool,
    /// Above zero, expressions are evaluated for their value alone.
    is_silent: u32,
}

/// What is known at the `break`s and `continue`s of a loop.
#[derive(Debug, Default)]
struct Exits {
    broken: Option<Knowledge>,
    continued: Option<Knowledge>,
}

impl Run<'_> {
    /// Runs a step one level deeper; past the bound it is left out.
    fn deeper<T: Default>(&mut self, step: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= MAX_DEPTH {
            self.is_cut = true;
            return T::default();
        }
        self.depth += 1;
        let done = step(self);
        self.depth -= 1;
        done
    }

    /// Reports the taints that reach sinks.
    fn report(&mut self, sinks: &[usize], taints: &Taints) {
        if sinks.is_empty() || self.is_silent > 0 {
            return;
        }
        let control = self.now.as_ref().map(|now| now.control.clone()).unwrap_or_default();
        let taints = taints.union(&control);
        if taints.is_empty() {
            return;
        }
        for &sink in sinks {
            let mark = &self.sinks.marks[sink];
            let requires = self.parts.sinks[mark.part].requires.as_deref();
            if !labels::are_met(requires, &taints) {
                continue;
            }
            let relevant = taints.iter().filter(|taint| requires.is_some() || taint.label == labels::DEFAULT);
            for taint in relevant {
                let key = (mark.bytes.start, mark.bytes.end, if requires.is_some() { 0 } else { taint.source });
                if self.flows.contains_key(&key) {
                    continue;
                }
                let source = &self.sources.marks[taint.source];
                let Some(bindings) = self.united(&mark.bindings, &source.bindings) else { continue };
                let trace = trace(source.bytes.clone(), taint, mark.bytes.clone());
                let bytes = if self.options.taint_focus_on_source { &source.bytes } else { &mark.bytes };
                self.flows.insert(key, Flow { bytes: bytes.clone(), bindings, trace });
            }
        }
    }

    /// The sink's metavariables and those that only the source has; none where they must agree and do not.
    fn united(&self, sink: &[Binding], source: &[Binding]) -> Option<Bindings> {
        let mut united = sink.to_vec();
        for binding in source {
            match sink.iter().find(|own| own.name == binding.name) {
                None => united.push(binding.clone()),
                Some(own) if self.options.taint_unify_mvars && !same(self.code, &own.bound, &binding.bound, false) => {
                    return None;
                }
                Some(_) => {}
            }
        }
        Some(united)
    }
}

fn trace(source: Range<u32>, taint: &values::Taint, sink: Range<u32>) -> Vec<TraceStep> {
    let step = |range: Range<u32>, role| TraceStep { range: range.start as usize..range.end as usize, role };
    let mut steps: Vec<TraceStep> = Vec::new();
    let mut at = taint.steps.clone();
    while let Some(each) = at {
        steps.push(step(each.bytes.0..each.bytes.1, "step"));
        at = each.before.clone();
    }
    steps.push(step(source, "source"));
    steps.reverse();
    steps.push(step(sink, "sink"));
    steps
}

#[cfg(test)]
mod tests;
