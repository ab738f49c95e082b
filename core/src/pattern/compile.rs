//! Pattern rules of one language compiled together, and the scan of one file for them.

use std::sync::OnceLock;
use std::time::Instant;

use rayon::prelude::*;

use super::analysis::Code;
use super::dispatch::{Allowed, Place, SymMap};
use super::index::Index;
use super::language::Language;
use super::prefilter::{self, Clause, Prefilter};
use super::rule::{Fix, Mode, Options, PatternRule};
use super::search::{self, LeafMatcher, Places, Scope, Search};
use super::taint::{Flow, TaintSearch};
use super::words::Vocabulary;
use super::{Issue, Match, Scan, fix};
use crate::source::SourceFile;
use crate::syntax::tree::Sym;

/// Rules of one language, compiled together: one literal scan and one index of the file serve all.
#[derive(Debug)]
pub(super) struct Compiled {
    language: Language,
    rules: Vec<CompiledRule>,
    prefilter: Prefilter,
    vocabulary: Vocabulary,
}

/// A rule for one language.
#[derive(Debug)]
struct CompiledRule {
    /// The caller's index.
    index: usize,
    options: Options,
    looks_for: LooksFor,
    fix: Option<Fix>,
    /// Metavariables by symbol, once there is a match.
    names: OnceLock<SymMap<String>>,
    /// Where each pattern of each search can match, in order; `None` for text and for selectors.
    places: Vec<Option<Place>>,
}

/// What a rule looks for.
#[derive(Debug)]
enum LooksFor {
    /// Code.
    Code(Box<Search>),
    /// Data that flows.
    Flow(Box<TaintSearch>),
}

impl LooksFor {
    fn searches(&self) -> Vec<&Search> {
        match self {
            Self::Code(search) => vec![search],
            Self::Flow(taint) => taint.searches().collect(),
        }
    }

    fn needs(&self, options: &Options) -> Vec<Clause> {
        match self {
            Self::Code(search) => prefilter::needs(search, options),
            Self::Flow(taint) => taint.needs(options),
        }
    }
}

impl Compiled {
    /// Compiles rules together; `usize` is the caller's index of the rule. `side_by_side` is for threads of an auditor.
    ///
    /// # Errors
    /// Every pattern that does not parse, with its rule and place.
    pub(super) fn new(
        rules: &[(usize, PatternRule)],
        language: Language,
        side_by_side: bool,
    ) -> Result<Self, Vec<(usize, Issue)>> {
        let draft = |(index, rule): &(usize, PatternRule)| {
            let issues = |issues: Vec<Issue>| issues.into_iter().map(|issue| (*index, issue)).collect::<Vec<_>>();
            Draft::new(*index, rule, language).map_err(issues)
        };
        let drafts: Vec<Result<Draft, Vec<(usize, Issue)>>> =
            if side_by_side { rules.par_iter().map(draft).collect() } else { rules.iter().map(draft).collect() };
        let (mut read, mut needs, mut issues) = (Vec::new(), Vec::new(), Vec::new());
        let mut vocabulary = Vocabulary::default();
        for draft in drafts {
            match draft {
                Ok(draft) => {
                    let (rule, clauses) = draft.finish(&mut vocabulary);
                    read.push(rule);
                    needs.push(clauses);
                }
                Err(told) => issues.extend(told),
            }
        }
        if !issues.is_empty() {
            return Err(issues);
        }
        Ok(Self { language, rules: read, prefilter: Prefilter::new(needs), vocabulary })
    }

    /// Adds what is found in one file of the rules that are asked for, by the caller's index; of each rule how long it
    /// took, where that `is_timed`.
    pub(super) fn scan(
        &self,
        file: &SourceFile<'_>,
        is_asked: &dyn Fn(usize) -> bool,
        is_timed: bool,
        scan: &mut Scan,
    ) {
        let mut live = self.prefilter.live(file.text);
        live.retain(|&rule| is_asked(self.rules[rule as usize].index));
        if live.is_empty() {
            return;
        }
        let tree = match self.language.file_tree(file) {
            Ok(tree) => tree,
            Err(reason) => {
                let unread = live.iter().map(|&rule| (self.rules[rule as usize].index, reason.clone()));
                return scan.incomplete.extend(unread);
            }
        };
        let code = Code::new(self.language, file.text, &tree);
        let index = Index::new(&self.vocabulary, &code);
        for &rule in &live {
            let rule = &self.rules[rule as usize];
            if !rule.is_possible(&index) {
                continue;
            }
            let start = is_timed.then(Instant::now);
            rule.finish(&code, Some(&index), scan);
            scan.tried.push(rule.index);
            if let Some(start) = start {
                scan.nanoseconds.push((rule.index, start.elapsed().as_nanos() as u64));
            }
        }
    }

    /// As [`Self::scan`], without any of its short cuts: every rule, every pattern at every node.
    pub(super) fn scan_plainly(&self, file: &SourceFile<'_>, scan: &mut Scan) {
        if let Ok(tree) = self.language.file_tree(file) {
            let code = Code::new(self.language, file.text, &tree);
            self.rules.iter().for_each(|rule| rule.finish(&code, None, scan));
        }
    }
}

const BOUND: &str = "the search met its bound of steps in this file";

/// A rule before its words are numbered among those of all.
struct Draft {
    index: usize,
    options: Options,
    fix: Option<Fix>,
    looks_for: LooksFor,
    needs: Vec<Clause>,
}

impl Draft {
    fn new(index: usize, rule: &PatternRule, language: Language) -> Result<Self, Vec<Issue>> {
        let parts = rule.parts().map_err(<[Issue]>::to_vec)?;
        let looks_for = match &parts.mode {
            Mode::Search(formula) => Search::compile(formula, language).map(Box::new).map(LooksFor::Code),
            Mode::Taint(taint) => TaintSearch::compile(taint, language).map(Box::new).map(LooksFor::Flow),
        };
        let looks_for = looks_for.map_err(|(offset, message)| vec![Issue { offset, message }])?;
        let needs = looks_for.needs(&parts.options);
        Ok(Self { index, options: parts.options.clone(), fix: parts.fix.clone(), looks_for, needs })
    }

    fn finish(self, vocabulary: &mut Vocabulary) -> (CompiledRule, Vec<Clause>) {
        let Self { index, options, fix, looks_for, needs } = self;
        let mut places = Vec::new();
        for search in looks_for.searches() {
            let mut allowed = vec![Vec::new(); search.leaves.len()];
            if search.language == Language::Python && !options.symbolic_propagation {
                search.plan.allowed_words(search, &mut Vec::new(), &mut allowed);
            }
            for (leaf, written) in search.leaves.iter().enumerate() {
                places.push(match &written.matcher {
                    LeafMatcher::Code(pattern) if !search.plan.selects(leaf) => {
                        Some(Place::of(pattern, &options, &allowed[leaf], vocabulary))
                    }
                    _ => None,
                });
            }
        }
        (CompiledRule { index, options, looks_for, fix, names: OnceLock::new(), places }, needs)
    }
}

impl CompiledRule {
    fn scope<'s>(&'s self, code: &'s Code<'s>, is_plain: bool) -> Scope<'s> {
        Scope {
            code,
            options: &self.options,
            nodes: 0..code.tree.nodes.len() as u32,
            bytes: 0..code.text.len() as u32,
            given: None,
            depth: 0,
            is_plain,
        }
    }

    /// Whether the words of a file allow a match.
    fn is_possible(&self, index: &Index) -> bool {
        let can = |pattern: usize| self.places[pattern].as_ref().is_none_or(|place| index.has_words(place));
        match &self.looks_for {
            LooksFor::Code(search) => search.plan.is_possible(&can),
            LooksFor::Flow(taint) => taint.is_possible(&can),
        }
    }

    /// Adds what is found to the scan; without an index, each pattern is tried at every node.
    fn finish(&self, code: &Code<'_>, index: Option<&Index>, scan: &mut Scan) {
        let scope = self.scope(code, index.is_none());
        let places = index.map(|index| Places { index, places: &self.places });
        let incomplete = match &self.looks_for {
            LooksFor::Code(search) => {
                let evaluated = search::evaluate(search, &scope, places);
                for found in evaluated.found {
                    let flow = Flow { bytes: found.range, bindings: found.bindings, trace: Vec::new() };
                    self.found(flow, code, scan);
                }
                evaluated.incomplete
            }
            LooksFor::Flow(taint) => {
                let (flows, incomplete) = taint.run(&scope, places);
                flows.into_iter().for_each(|flow| self.found(flow, code, scan));
                incomplete
            }
        };
        if incomplete {
            scan.incomplete.push((self.index, BOUND.to_owned()));
        }
    }

    fn found(&self, flow: Flow, code: &Code<'_>, scan: &mut Scan) {
        let bindings = self.named(&flow.bindings, code);
        let range = flow.bytes.start as usize..flow.bytes.end as usize;
        let text = code.text.get(range.clone()).unwrap_or_default();
        let fix = self.fix.as_ref().and_then(|fix| fix::text(fix, text, &bindings));
        let route = code.route(&flow.bytes);
        scan.matches.push(Match { rule: self.index, range, route, bindings, trace: flow.trace, fix });
    }

    fn names(&self) -> &SymMap<String> {
        let names = || self.looks_for.searches().into_iter().flat_map(Search::names);
        self.names.get_or_init(|| names().map(|name| (Sym::new(&name), name)).collect())
    }

    /// Bindings by name, with their texts, sorted.
    fn named(&self, bindings: &[super::matcher::Binding], code: &Code<'_>) -> Vec<(String, String)> {
        let names = self.names();
        let mut named: Vec<(String, String)> = bindings
            .iter()
            .filter_map(|binding| Some((names.get(&binding.name)?.clone(), binding.bound.text(code).into_owned())))
            .collect();
        named.sort();
        named.dedup_by(|one, two| one.0 == two.0);
        named
    }
}

impl Scan {
    /// Sorted, and one match for each rule and range.
    pub(super) fn finish(mut self) -> Self {
        self.matches.sort_by(|one, two| {
            let key = |it: &Match| (it.range.start, it.range.end, it.rule);
            key(one).cmp(&key(two)).then_with(|| one.bindings.cmp(&two.bindings))
        });
        self.matches.dedup_by(|one, two| one.rule == two.rule && one.range == two.range);
        self.incomplete.sort();
        self.incomplete.dedup();
        self.tried.sort_unstable();
        self.tried.dedup();
        self
    }
}

impl Search {
    /// Every metavariable that a match may bind, as written.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = (1..=20).map(|at| format!("${at}")).collect();
        self.collect_names(&mut names);
        names
    }

    fn collect_names(&self, names: &mut Vec<String>) {
        for leaf in &self.leaves {
            match &leaf.matcher {
                LeafMatcher::Code(code) => names.extend(code.metavariables().map(str::to_owned)),
                LeafMatcher::Regex(regex) => names.extend(regex.groups()),
                LeafMatcher::Generic(pattern) => names.extend(pattern.metavariables()),
            }
        }
        self.plan.collect_names(names);
    }
}

impl search::Plan {
    /// Whether there can be a match in which only the leaves for which `can` holds match.
    pub(super) fn is_possible(&self, can: &dyn Fn(usize) -> bool) -> bool {
        match &self.kind {
            search::PlanKind::Leaf(at) => can(*at),
            search::PlanKind::Inside(inner) | search::PlanKind::Anywhere(inner) => inner.is_possible(can),
            search::PlanKind::Or(members) => members.iter().any(|member| member.is_possible(can)),
            search::PlanKind::And { members, .. } => members.iter().all(|member| member.is_possible(can)),
        }
    }

    /// Whether the leaf is looked for only within what others found.
    fn selects(&self, leaf: usize) -> bool {
        match &self.kind {
            search::PlanKind::Leaf(_) => false,
            search::PlanKind::Inside(inner) | search::PlanKind::Anywhere(inner) => inner.selects(leaf),
            search::PlanKind::Or(members) => members.iter().any(|member| member.selects(leaf)),
            search::PlanKind::And { members, selector, negations } => {
                *selector == Some(leaf) || members.iter().chain(negations).any(|member| member.selects(leaf))
            }
        }
    }

    /// For each leaf, the sets of words that conditions allow metavariables of it to be. A metavariable holds the same in
    /// every pattern that binds it, so that a condition on it holds for each.
    fn allowed_words<'p>(&'p self, search: &Search, outer: &mut Vec<Allowed<'p>>, allowed: &mut [Vec<Allowed<'p>>]) {
        let before = outer.len();
        outer.extend(self.conditions.iter().filter_map(|test| match test {
            search::Test::Regex { metavariable, regex, constants: false } => {
                Some(Allowed { metavariable: *metavariable, words: regex.words()? })
            }
            _ => None,
        }));
        match &self.kind {
            search::PlanKind::Leaf(at) => {
                if let LeafMatcher::Code(pattern) = &search.leaves[*at].matcher {
                    let binds = |allowed: &&Allowed<'_>| pattern.binds_only_code(allowed.metavariable);
                    allowed[*at].extend(outer.iter().filter(binds));
                }
            }
            search::PlanKind::Inside(inner) | search::PlanKind::Anywhere(inner) => {
                inner.allowed_words(search, outer, allowed);
            }
            search::PlanKind::Or(members) | search::PlanKind::And { members, .. } => {
                members.iter().for_each(|member| member.allowed_words(search, outer, allowed));
            }
        }
        outer.truncate(before);
    }

    fn collect_names(&self, names: &mut Vec<String>) {
        for test in &self.conditions {
            match test {
                search::Test::Pattern { search, .. } => search.collect_names(names),
                search::Test::Regex { regex, .. } => names.extend(regex.groups()),
                _ => {}
            }
        }
        match &self.kind {
            search::PlanKind::Leaf(_) => {}
            search::PlanKind::Inside(inner) | search::PlanKind::Anywhere(inner) => inner.collect_names(names),
            search::PlanKind::Or(members) => members.iter().for_each(|member| member.collect_names(names)),
            search::PlanKind::And { members, negations, .. } => {
                members.iter().chain(negations).for_each(|member| member.collect_names(names));
            }
        }
    }
}
