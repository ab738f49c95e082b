//! Pattern rules compiled together, and the scan of one file.

use std::collections::BTreeMap;

use super::analysis::Code;
use super::language::Language;
use super::rule::{Fix, Mode, Options, PatternRule};
use super::search::{self, LeafMatcher, Scope, Search};
use super::taint::{Flow, TaintSearch};
use super::{Issue, Match, Scan, fix};
use crate::source::SourceFile;
use crate::syntax::tree::Tree;

/// Pattern rules, compiled together: one literal scan and one walk serve all.
#[derive(Debug, Default)]
pub struct PatternSet {
    rules: Vec<CompiledRule>,
}

/// A rule for one language.
#[derive(Debug)]
struct CompiledRule {
    /// The caller's index.
    index: usize,
    options: Options,
    looks_for: LooksFor,
    fix: Option<Fix>,
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
                match compile(index, rule, language) {
                    Ok(compiled) => set.rules.push(compiled),
                    Err(issue) => issues.push((index, issue)),
                }
            }
        }
        if issues.is_empty() { Ok(set) } else { Err(issues) }
    }

    /// Finds every match in one file.
    pub fn scan(&self, file: &SourceFile<'_>) -> Scan {
        let mut scan = Scan::default();
        let mut trees: BTreeMap<Language, Result<Tree, String>> = BTreeMap::new();
        let live: Vec<_> =
            self.rules.iter().filter(|rule| rule.looks_for.language().scans(file.artifact.language())).collect();
        for rule in &live {
            let language = rule.looks_for.language();
            trees.entry(language).or_insert_with(|| language.file_tree(file));
        }
        for (language, tree) in &trees {
            let tree = match tree {
                Ok(tree) => tree,
                Err(reason) => {
                    let unread = live.iter().filter(|rule| rule.looks_for.language() == *language);
                    scan.incomplete.extend(unread.map(|rule| (rule.index, reason.clone())));
                    continue;
                }
            };
            let code = Code::new(*language, file.text, tree);
            for rule in live.iter().filter(|rule| rule.looks_for.language() == *language) {
                rule.run(&code, &mut scan);
            }
        }
        scan.finish()
    }
}

fn compile(index: usize, rule: &PatternRule, language: Language) -> Result<CompiledRule, Issue> {
    let looks_for = match &rule.mode {
        Mode::Search(formula) => Search::compile(formula, language).map(Box::new).map(LooksFor::Code),
        Mode::Taint(parts) => TaintSearch::compile(parts, language).map(Box::new).map(LooksFor::Flow),
    };
    let looks_for = looks_for.map_err(|(offset, message)| Issue { offset, message })?;
    Ok(CompiledRule { index, options: rule.options.clone(), looks_for, fix: rule.fix.clone() })
}

impl CompiledRule {
    fn run(&self, code: &Code<'_>, scan: &mut Scan) {
        let incomplete = match &self.looks_for {
            LooksFor::Code(search) => self.run_search(search, code, scan),
            LooksFor::Flow(taint) => {
                let (flows, incomplete) = taint.run(code, &self.options);
                for flow in flows {
                    self.found(flow, code, scan);
                }
                incomplete
            }
        };
        if incomplete {
            scan.incomplete.push((self.index, "the search met its bound of steps in this file".to_owned()));
        }
    }

    /// Runs a search; whether a bound was met.
    fn run_search(&self, search: &Search, code: &Code<'_>, scan: &mut Scan) -> bool {
        let scope = Scope {
            code,
            options: &self.options,
            nodes: 0..code.tree.nodes.len() as u32,
            bytes: 0..code.text.len() as u32,
            given: None,
            depth: 0,
        };
        let evaluated = search::evaluate(search, &scope, None);
        for found in evaluated.found {
            let flow = Flow { bytes: found.range, bindings: found.bindings, trace: Vec::new() };
            self.found(flow, code, scan);
        }
        evaluated.incomplete
    }

    fn found(&self, flow: Flow, code: &Code<'_>, scan: &mut Scan) {
        let bindings = self.named(&flow.bindings, code);
        let range = flow.bytes.start as usize..flow.bytes.end as usize;
        let fix = self.fix.as_ref().and_then(|fix| fix::text(fix, &code.text[range.clone()], &bindings));
        scan.matches.push(Match { rule: self.index, range, bindings, trace: flow.trace, fix });
    }

    /// Bindings by name, with their texts, sorted.
    fn named(&self, bindings: &[super::matcher::Binding], code: &Code<'_>) -> Vec<(String, String)> {
        let mut named: Vec<(String, String)> = Vec::new();
        for binding in bindings {
            if let Some(name) = self.name_of(binding.name) {
                named.push((name, binding.bound.text(code).into_owned()));
            }
        }
        named.sort();
        named.dedup_by(|one, two| one.0 == two.0);
        named
    }
}

impl CompiledRule {
    /// The spelling of a metavariable.
    fn name_of(&self, sym: crate::syntax::tree::Sym) -> Option<String> {
        match &self.looks_for {
            LooksFor::Code(search) => search.name_of(sym),
            LooksFor::Flow(taint) => taint.searches().find_map(|search| search.name_of(sym)),
        }
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
        self
    }
}

impl Search {
    /// The spelling of a metavariable.
    fn name_of(&self, sym: crate::syntax::tree::Sym) -> Option<String> {
        self.names().into_iter().find(|name| crate::syntax::tree::Sym::new(name) == sym)
    }

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
