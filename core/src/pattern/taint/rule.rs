//! A taint rule made ready to run: every part's formula compiled.

use super::{Flow, Mark, Matches, Passage, follow};
use crate::pattern::analysis::Code;
use crate::pattern::language::Language;
use crate::pattern::prefilter::{self, Clause};
use crate::pattern::rule::{Options, Taint, TaintPart};
use crate::pattern::search::{self, Places, Scope, Search};
use crate::syntax::tree::Sym;

/// A compiled taint rule.
#[derive(Debug)]
pub(in crate::pattern) struct TaintSearch {
    parts: Taint,
    sources: Vec<Search>,
    sinks: Vec<Search>,
    sanitizers: Vec<Search>,
    propagators: Vec<Search>,
}

impl TaintSearch {
    /// Compiles the formulas of all parts.
    ///
    /// # Errors
    /// What is wrong with a pattern, and the offset in the rule file.
    pub(in crate::pattern) fn compile(parts: &Taint, language: Language) -> Result<Self, (usize, String)> {
        if parts.sinks.iter().any(|sink| sink.at_exit) {
            return Err((0, "`at-exit` is not supported; remove it or name the call that is the sink".to_owned()));
        }
        let all = |parts: &[TaintPart]| -> Result<Vec<Search>, (usize, String)> {
            parts.iter().map(|part| Search::compile(&part.formula, language)).collect()
        };
        Ok(Self {
            sources: all(&parts.sources)?,
            sinks: all(&parts.sinks)?,
            sanitizers: all(&parts.sanitizers)?,
            propagators: all(&parts.propagators)?,
            parts: parts.clone(),
        })
    }

    /// The searches of all parts.
    pub(in crate::pattern) fn searches(&self) -> impl Iterator<Item = &Search> {
        self.sources.iter().chain(&self.sinks).chain(&self.sanitizers).chain(&self.propagators)
    }

    /// The words that a text with a finding holds: those of a source and those of a sink.
    pub(in crate::pattern) fn needs(&self, options: &Options) -> Vec<Clause> {
        let mut clauses = prefilter::needs_any(&self.sources, options);
        clauses.extend(prefilter::needs_any(&self.sinks, options));
        clauses
    }

    /// Whether there can be a finding in which only the patterns for which `can` holds match, counted over all searches.
    pub(in crate::pattern) fn is_possible(&self, can: &dyn Fn(usize) -> bool) -> bool {
        let mut first = 0;
        let mut any = |searches: &[Search]| {
            let mut possible = false;
            for search in searches {
                possible |= search.plan.is_possible(&|leaf| can(first + leaf));
                first += search.leaves.len();
            }
            possible
        };
        let has_source = any(&self.sources);
        has_source && any(&self.sinks)
    }

    /// Follows data through one file; also whether a bound was met. `places` are those of the patterns of
    /// all searches, in order.
    pub(in crate::pattern) fn run(&self, scope: &Scope<'_>, places: Option<Places<'_>>) -> (Vec<Flow>, bool) {
        let mut marker = Marker { scope, places, incomplete: false };
        let before =
            |groups: &[&[Search]]| groups.iter().flat_map(|group| group.iter()).map(|it| it.leaves.len()).sum();
        let sinks = marker.marks(&self.sinks, before(&[&self.sources]));
        if sinks.is_empty() {
            return (Vec::new(), marker.incomplete);
        }
        let sources = marker.marks(&self.sources, 0);
        if sources.is_empty() {
            return (Vec::new(), marker.incomplete);
        }
        let sanitizers = marker.marks(&self.sanitizers, before(&[&self.sources, &self.sinks]));
        let first = before(&[&self.sources, &self.sinks, &self.sanitizers]);
        let passages = self.passages(marker.marks(&self.propagators, first), scope.code);
        let matches = Matches { sources, sinks, sanitizers, passages };
        let (flows, cut) = follow(scope.code, scope.options, &self.parts, matches);
        (flows, marker.incomplete || cut)
    }

    fn passages(&self, marks: Vec<Mark>, code: &Code<'_>) -> Vec<Passage> {
        let mut passages = Vec::new();
        for mark in marks {
            let part = &self.parts.propagators[mark.part];
            let held = |name: &Option<Box<str>>| {
                let name = Sym::new(name.as_deref()?);
                let binding = mark.bindings.iter().find(|binding| binding.name == name)?;
                Some(binding.bound.bytes(code))
            };
            if let (Some(from), Some(to)) = (held(&part.from), held(&part.to)) {
                passages.push(Passage { part: mark.part, from, to });
            }
        }
        passages
    }
}

/// Evaluates the formulas of parts.
struct Marker<'m> {
    scope: &'m Scope<'m>,
    places: Option<Places<'m>>,
    incomplete: bool,
}

impl Marker<'_> {
    /// The matches of a group of parts, whose patterns begin at `first` among all.
    fn marks(&mut self, searches: &[Search], first: usize) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut first = first;
        for (part, search) in searches.iter().enumerate() {
            let next = first + search.leaves.len();
            let places = self.places.and_then(|places| places.part(first..next));
            let evaluated = search::evaluate(search, self.scope, places);
            first = next;
            self.incomplete |= evaluated.incomplete;
            let found = evaluated.found.into_iter();
            marks.extend(found.map(|found| Mark { part, bytes: found.range, bindings: found.bindings }));
        }
        marks
    }
}
