//! Pattern rules compiled together, and the scan of one file.

use std::time::Instant;

use super::analysis::Code;
use super::dispatch::{Place, SymMap};
use super::index::Index;
use super::language::Language;
use super::prefilter::{self, Prefilter};
use super::rule::{Fix, Mode, Options, PatternRule};
use super::search::{self, LeafMatcher, Places, Scope, Search};
use super::taint::{Flow, TaintSearch};
use super::words::Vocabulary;
use super::{Issue, Match, Scan, fix};
use crate::source::SourceFile;
use crate::syntax::tree::Sym;

/// Pattern rules, compiled together: one literal scan and one index of the file serve all.
#[derive(Debug, Default)]
pub struct PatternSet {
    rules: Vec<CompiledRule>,
    prefilter: Prefilter,
    vocabulary: Vocabulary,
    is_timed: bool,
}

/// A rule for one language.
#[derive(Debug)]
struct CompiledRule {
    /// The caller's index.
    index: usize,
    options: Options,
    looks_for: LooksFor,
    fix: Option<Fix>,
    /// Metavariables by symbol.
    names: SymMap<String>,
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
    fn language(&self) -> Language {
        match self {
            Self::Code(search) => search.language,
            Self::Flow(taint) => taint.language,
        }
    }

    fn searches(&self) -> Vec<&Search> {
        match self {
            Self::Code(search) => vec![search],
            Self::Flow(taint) => taint.searches().collect(),
        }
    }

    fn needs(&self, options: &Options) -> Vec<prefilter::Clause> {
        match self {
            Self::Code(search) => prefilter::needs(search, options),
            Self::Flow(taint) => taint.needs(options),
        }
    }
}

impl PatternSet {
    /// Compiles rules together; `usize` is the caller's index of the rule.
    ///
    /// # Errors
    /// Every pattern that does not parse, with its rule and place.
    pub fn compile<'r>(rules: impl IntoIterator<Item = (usize, &'r PatternRule)>) -> Result<Self, Vec<(usize, Issue)>> {
        let mut set = Self::default();
        let mut issues = Vec::new();
        for (index, rule) in rules {
            for &language in &rule.languages {
                match compile(index, rule, language, &mut set.vocabulary) {
                    Ok(compiled) => set.rules.push(compiled),
                    Err(issue) => issues.push((index, issue)),
                }
            }
        }
        if !issues.is_empty() {
            return Err(issues);
        }
        set.prefilter = Prefilter::new(set.rules.iter().map(|rule| rule.looks_for.needs(&rule.options)).collect());
        Ok(set)
    }

    /// Has each scan tell the time that it took for each rule.
    #[must_use]
    pub fn timed(mut self, is_timed: bool) -> Self {
        self.is_timed = is_timed;
        self
    }

    /// Finds every match in one file.
    pub fn scan(&self, file: &SourceFile<'_>) -> Scan {
        self.scan_for(file, &|_| true)
    }

    /// Finds every match in one file of the rules that are asked for, by the caller's index.
    pub fn scan_for(&self, file: &SourceFile<'_>, is_asked: &dyn Fn(usize) -> bool) -> Scan {
        let language = file.artifact.language();
        let wanted: Vec<u32> = (0..self.rules.len() as u32)
            .filter(|&rule| self.rules[rule as usize].looks_for.language().scans(language))
            .collect();
        if wanted.is_empty() {
            return Scan::default();
        }
        let mut live = Vec::new();
        self.prefilter.live(file.text, &wanted, &mut live);
        live.retain(|&rule| is_asked(self.rules[rule as usize].index));
        self.scan_live(file, &live)
    }

    /// As [`Self::scan`], without any of its short cuts: every rule, every pattern at every node.
    #[doc(hidden)]
    pub fn scan_plainly(&self, file: &SourceFile<'_>) -> Scan {
        let mut scan = Scan::default();
        for rule in &self.rules {
            if rule.looks_for.language().scans(file.artifact.language())
                && let Ok(tree) = rule.looks_for.language().file_tree(file)
            {
                let code = Code::new(rule.looks_for.language(), file.text, &tree);
                rule.finish(&code, None, &mut scan);
            }
        }
        scan.finish()
    }

    fn scan_live(&self, file: &SourceFile<'_>, live: &[u32]) -> Scan {
        let mut scan = Scan::default();
        let mut at = 0;
        while at < live.len() {
            // Rules of one language need not stand together; each language is walked once.
            let language = self.rules[live[at] as usize].looks_for.language();
            if live[..at].iter().all(|&rule| self.rules[rule as usize].looks_for.language() != language) {
                let rules: Vec<u32> = live[at..]
                    .iter()
                    .copied()
                    .filter(|&it| self.rules[it as usize].looks_for.language() == language)
                    .collect();
                self.scan_language(file, language, &rules, &mut scan);
            }
            at += 1;
        }
        scan.finish()
    }

    fn scan_language(&self, file: &SourceFile<'_>, language: Language, live: &[u32], scan: &mut Scan) {
        let tree = match language.file_tree(file) {
            Ok(tree) => tree,
            Err(reason) => {
                let unread = live.iter().map(|&rule| (self.rules[rule as usize].index, reason.clone()));
                return scan.incomplete.extend(unread);
            }
        };
        let code = Code::new(language, file.text, &tree);
        let index = Index::new(&self.vocabulary, &code);
        for &rule in live {
            let rule = &self.rules[rule as usize];
            if !rule.is_possible(&index) {
                continue;
            }
            let start = self.is_timed.then(Instant::now);
            rule.finish(&code, Some(&index), scan);
            scan.tried.push(rule.index);
            if let Some(start) = start {
                scan.nanoseconds.push((rule.index, start.elapsed().as_nanos() as u64));
            }
        }
    }
}

const BOUND: &str = "the search met its bound of steps in this file";

fn compile(
    index: usize,
    rule: &PatternRule,
    language: Language,
    vocabulary: &mut Vocabulary,
) -> Result<CompiledRule, Issue> {
    let looks_for = match &rule.mode {
        Mode::Search(formula) => Search::compile(formula, language).map(Box::new).map(LooksFor::Code),
        Mode::Taint(parts) => TaintSearch::compile(parts, language).map(Box::new).map(LooksFor::Flow),
    };
    let looks_for = looks_for.map_err(|(offset, message)| Issue { offset, message })?;
    let mut names = SymMap::default();
    let mut places = Vec::new();
    for search in looks_for.searches() {
        names.extend(search.names().into_iter().map(|name| (Sym::new(&name), name)));
        let mut allowed = vec![Vec::new(); search.leaves.len()];
        if language == Language::Python && !rule.options.symbolic_propagation {
            search.plan.allowed_words(search, &mut Vec::new(), &mut allowed);
        }
        for (leaf, written) in search.leaves.iter().enumerate() {
            places.push(match &written.matcher {
                LeafMatcher::Code(pattern) if !search.plan.selects(leaf) => {
                    let mut place = Place::of(pattern, &rule.options, vocabulary);
                    let sets = std::mem::take(&mut allowed[leaf]).into_iter();
                    place.words.any =
                        sets.map(|set| set.iter().map(|word| vocabulary.add(Sym::new(word))).collect()).collect();
                    Some(place)
                }
                _ => None,
            });
        }
    }
    Ok(CompiledRule { index, options: rule.options.clone(), looks_for, fix: rule.fix.clone(), names, places })
}

impl CompiledRule {
    fn scope<'s>(&'s self, code: &'s Code<'s>) -> Scope<'s> {
        Scope {
            code,
            options: &self.options,
            nodes: 0..code.tree.nodes.len() as u32,
            bytes: 0..code.text.len() as u32,
            given: None,
            depth: 0,
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
        let scope = self.scope(code);
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

    /// Bindings by name, with their texts, sorted.
    fn named(&self, bindings: &[super::matcher::Binding], code: &Code<'_>) -> Vec<(String, String)> {
        let mut named: Vec<(String, String)> = bindings
            .iter()
            .filter_map(|binding| Some((self.names.get(&binding.name)?.clone(), binding.bound.text(code).into_owned())))
            .collect();
        named.sort();
        named.dedup_by(|one, two| one.0 == two.0);
        named
    }
}

impl Scan {
    /// Sorted, and one match for each rule and range.
    fn finish(mut self) -> Self {
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
    fn allowed_words(&self, search: &Search, outer: &mut Vec<(Sym, Vec<String>)>, allowed: &mut [Vec<Vec<String>>]) {
        let before = outer.len();
        outer.extend(self.conditions.iter().filter_map(|test| match test {
            search::Test::Regex { metavariable, regex, constants: false } => Some((*metavariable, regex.words()?)),
            _ => None,
        }));
        match &self.kind {
            search::PlanKind::Leaf(at) => {
                if let LeafMatcher::Code(pattern) = &search.leaves[*at].matcher {
                    let binds = |name: &Sym| pattern.binds_only_code(*name);
                    allowed[*at].extend(outer.iter().filter(|(name, _)| binds(name)).map(|(_, words)| words.clone()));
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
