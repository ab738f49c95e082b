//! A taint rule made ready to run: every part's formula compiled.

use super::{Flow, Mark, Matches, Passage, follow};
use crate::pattern::analysis::Code;
use crate::pattern::language::Language;
use crate::pattern::rule::{Options, Taint, TaintPart};
use crate::pattern::search::{self, Scope, Search};
use crate::syntax::tree::Sym;

/// A compiled taint rule.
#[derive(Debug)]
pub(in crate::pattern) struct TaintSearch {
    pub(in crate::pattern) language: Language,
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
        let all = |parts: &[TaintPart]| -> Result<Vec<Search>, (usize, String)> {
            parts.iter().map(|part| Search::compile(&part.formula, language)).collect()
        };
        Ok(Self {
            language,
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

    /// Follows data through one file; also whether a bound was met.
    pub(in crate::pattern) fn run(&self, code: &Code<'_>, options: &Options) -> (Vec<Flow>, bool) {
        let mut incomplete = false;
        let sinks = marks(&self.sinks, code, options, &mut incomplete);
        if sinks.is_empty() {
            return (Vec::new(), incomplete);
        }
        let sources = marks(&self.sources, code, options, &mut incomplete);
        if sources.is_empty() {
            return (Vec::new(), incomplete);
        }
        let sanitizers = marks(&self.sanitizers, code, options, &mut incomplete);
        let passages = self.passages(code, options, &mut incomplete);
        let (flows, cut) = follow(code, options, &self.parts, Matches { sources, sinks, sanitizers, passages });
        (flows, incomplete || cut)
    }

    fn passages(&self, code: &Code<'_>, options: &Options, incomplete: &mut bool) -> Vec<Passage> {
        let mut passages = Vec::new();
        for mark in marks(&self.propagators, code, options, incomplete) {
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

fn marks(searches: &[Search], code: &Code<'_>, options: &Options, incomplete: &mut bool) -> Vec<Mark> {
    let scope = Scope {
        code,
        options,
        nodes: 0..code.tree.nodes.len() as u32,
        bytes: 0..code.text.len() as u32,
        given: None,
        depth: 0,
    };
    let mut marks = Vec::new();
    for (part, search) in searches.iter().enumerate() {
        let evaluated = search::evaluate(search, &scope, None);
        *incomplete |= evaluated.incomplete;
        marks.extend(evaluated.found.into_iter().map(|found| Mark {
            part,
            bytes: found.range,
            bindings: found.bindings,
        }));
    }
    marks
}
