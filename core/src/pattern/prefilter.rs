//! Which rules can match a text at all: each rule needs some words, and a text without them is not parsed for it.
//!
//! What a rule needs is an AND of ORs of words. One scan by an automaton looks for one clause of every rule, the one
//! whose words are the rarest; the other clauses are looked up only for the rules that are left.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use memchr::memmem::Finder;

use super::code_pattern::CodePattern;
use super::language::Language;
use super::search::{Leaf, LeafMatcher, Plan, PlanKind, Search, Test};
use crate::syntax::tree::{Kind, NodeId, Sym};

/// Most words of one clause; a longer one says too little to be worth a scan.
const MAX_WORDS: usize = 200;
/// Shortest word of use.
const MIN_WORD: usize = 2;

/// Words of which a text must hold one.
pub(super) type Clause = Vec<Box<str>>;

/// The words that a search needs: all of the clauses.
pub(super) fn needs(search: &Search) -> Vec<Clause> {
    let mut clauses = plan_needs(&search.plan, search);
    clauses.retain(|clause| clause.len() <= MAX_WORDS);
    clauses.sort();
    clauses.dedup();
    clauses
}

/// The words that one of several searches needs: of each the best clause.
pub(super) fn needs_any(searches: &[Search]) -> Vec<Clause> {
    let mut words = Clause::new();
    for search in searches {
        match best(needs(search)) {
            Some(clause) => words.extend(clause),
            None => return Vec::new(),
        }
    }
    words.sort();
    words.dedup();
    if words.is_empty() || words.len() > MAX_WORDS { Vec::new() } else { vec![words] }
}

fn plan_needs(plan: &Plan, search: &Search) -> Vec<Clause> {
    let mut clauses = match &plan.kind {
        PlanKind::Leaf(at) => leaf_needs(&search.leaves[*at]),
        PlanKind::Inside(inner) | PlanKind::Anywhere(inner) => plan_needs(inner, search),
        PlanKind::Or(members) => any_of(members, search),
        PlanKind::And { members, .. } => members.iter().flat_map(|member| plan_needs(member, search)).collect(),
    };
    for test in &plan.conditions {
        match test {
            Test::Pattern { language: None, search, .. } => clauses.extend(plan_needs(&search.plan, search)),
            Test::Regex { metavariable, regex, constants: false } if is_code(plan, search, *metavariable) => {
                let words = regex.words().into_iter();
                clauses.extend(words.map(|words| words.into_iter().map(Box::from).collect::<Clause>()));
            }
            _ => {}
        }
    }
    clauses.retain(|clause| clause.iter().all(|word| word.len() >= MIN_WORD));
    clauses
}

/// Whether every pattern of a plan in Python that binds a metavariable binds it to code, whose text the file holds.
fn is_code(plan: &Plan, search: &Search, metavariable: Sym) -> bool {
    match &plan.kind {
        PlanKind::Leaf(at) => match &search.leaves[*at].matcher {
            LeafMatcher::Code(pattern) => pattern.language == Language::Python && !pattern.binds_content(metavariable),
            LeafMatcher::Generic(_) | LeafMatcher::Regex(_) => false,
        },
        PlanKind::Inside(inner) | PlanKind::Anywhere(inner) => is_code(inner, search, metavariable),
        PlanKind::Or(members) | PlanKind::And { members, .. } => {
            members.iter().all(|member| is_code(member, search, metavariable))
        }
    }
}

/// One clause for all members: the best of each.
fn any_of(members: &[Plan], search: &Search) -> Vec<Clause> {
    let mut words = Clause::new();
    for member in members {
        match best(plan_needs(member, search)) {
            Some(clause) => words.extend(clause),
            None => return Vec::new(),
        }
    }
    words.sort();
    words.dedup();
    if words.is_empty() { Vec::new() } else { vec![words] }
}

/// The clause that says the most: long words, and few.
fn best(clauses: Vec<Clause>) -> Option<Clause> {
    clauses.into_iter().max_by_key(weight)
}

fn weight(clause: &Clause) -> (usize, usize) {
    let shortest = clause.iter().map(|word| word.len()).min().unwrap_or(0);
    let common = clause.iter().any(|word| is_common(word));
    (if common { 1 } else { shortest.min(12) }, usize::MAX - clause.len())
}

/// Words that most Python files hold.
fn is_common(word: &str) -> bool {
    matches!(
        word,
        "self"
            | "str"
            | "get"
            | "name"
            | "data"
            | "value"
            | "os"
            | "path"
            | "open"
            | "print"
            | "format"
            | "request"
            | "response"
            | "user"
            | "args"
            | "kwargs"
            | "join"
            | "list"
            | "dict"
            | "int"
            | "models"
            | "django"
            | "Exception"
            | "super"
            | "__init__"
            | "type"
            | "id"
            | "key"
            | "append"
            | "items"
            | "config"
            | "test"
            | "object"
    )
}

fn leaf_needs(leaf: &Leaf) -> Vec<Clause> {
    match &leaf.matcher {
        LeafMatcher::Code(pattern) => code_needs(pattern),
        LeafMatcher::Generic(_) | LeafMatcher::Regex(_) => Vec::new(),
    }
}

/// The names in a pattern of Python: they stand in every text that it matches, aliased or not.
fn code_needs(pattern: &CodePattern) -> Vec<Clause> {
    if pattern.language != Language::Python {
        return Vec::new();
    }
    let tree = pattern.tree();
    let mut clauses = Vec::new();
    let mut at = 0;
    while at < tree.nodes.len() {
        let id = NodeId(at as u32);
        let node = tree.node(id);
        match node.kind {
            // A type also holds for literals, which do not name it.
            Kind::TypedMetavar => {
                at += node.size as usize;
                continue;
            }
            Kind::Name | Kind::Ident if pattern.string(id).is_none() => {
                let word = tree.content(&pattern.pattern.text, id);
                if word.len() >= MIN_WORD && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
                    clauses.push(vec![word.into()]);
                }
            }
            _ => {}
        }
        at += 1;
    }
    clauses
}

/// The words of all rules.
#[derive(Debug, Default)]
pub(super) struct Prefilter {
    automaton: Option<AhoCorasick>,
    words: Vec<Finder<'static>>,
    rules: Vec<Needs>,
}

/// What one rule needs, by numbers of words.
#[derive(Debug, Default)]
struct Needs {
    /// The clause that the scan looks for; empty where the rule needs nothing.
    first: Vec<u32>,
    others: Vec<Vec<u32>>,
}

impl Prefilter {
    /// Makes the filter of rules, given the clauses of each.
    pub(super) fn new(rules: Vec<Vec<Clause>>) -> Self {
        let mut numbers: HashMap<Box<str>, u32> = HashMap::new();
        let mut texts: Vec<Box<str>> = Vec::new();
        let mut number = |word: Box<str>| {
            *numbers.entry(word.clone()).or_insert_with(|| {
                texts.push(word);
                texts.len() as u32 - 1
            })
        };
        let mut all = Vec::new();
        for mut clauses in rules {
            clauses.sort_by_key(|clause| std::cmp::Reverse(weight(clause)));
            let mut numbered =
                clauses.into_iter().map(|clause| clause.into_iter().map(&mut number).collect::<Vec<_>>());
            let first = numbered.next().unwrap_or_default();
            all.push(Needs { first, others: numbered.collect() });
        }
        // Words of first clauses come first, so that the automaton's numbers are the words' numbers.
        let mut order: Vec<u32> = all.iter().flat_map(|needs| needs.first.iter().copied()).collect();
        order.sort_unstable();
        order.dedup();
        let scanned = order.len();
        let rest = (0..texts.len() as u32).filter(|word| order.binary_search(word).is_err()).collect::<Vec<_>>();
        order.extend(rest);
        let mut place = vec![0u32; texts.len()];
        order.iter().enumerate().for_each(|(at, &word)| place[word as usize] = at as u32);
        for needs in &mut all {
            let moved = |word: &mut u32| *word = place[*word as usize];
            needs.first.iter_mut().for_each(moved);
            needs.others.iter_mut().flatten().for_each(moved);
        }
        let words: Vec<&str> = order.iter().map(|&word| &*texts[word as usize]).collect();
        let automaton = AhoCorasickBuilder::new()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::Standard)
            .build(&words[..scanned]);
        let finders = words.iter().map(|word| Finder::new(word.as_bytes()).into_owned()).collect();
        Self { automaton: automaton.ok().filter(|_| scanned > 0), words: finders, rules: all }
    }

    /// Which of the rules `wanted` can match in `text`.
    pub(super) fn live(&self, text: &str, wanted: &[u32], live: &mut Vec<u32>) {
        live.clear();
        let bytes = text.as_bytes();
        let mut known = vec![Known::Unknown; self.words.len()];
        if let Some(automaton) = &self.automaton {
            for found in automaton.find_overlapping_iter(bytes) {
                let word = found.pattern().as_usize();
                if known[word] == Known::Unknown && is_word(bytes, found.start(), found.end()) {
                    known[word] = Known::Present;
                }
            }
            let scanned = automaton.patterns_len();
            known[..scanned].iter_mut().filter(|word| **word == Known::Unknown).for_each(|word| *word = Known::Absent);
        }
        live.extend(wanted.iter().copied().filter(|&rule| self.is_live(rule, bytes, &mut known)));
    }

    fn is_live(&self, rule: u32, bytes: &[u8], known: &mut [Known]) -> bool {
        let needs = &self.rules[rule as usize];
        if self.automaton.is_some()
            && !needs.first.is_empty()
            && !needs.first.iter().any(|&word| known[word as usize] == Known::Present)
        {
            return false;
        }
        needs.others.iter().all(|clause| clause.iter().any(|&word| self.has(word, bytes, known)))
    }

    fn has(&self, word: u32, bytes: &[u8], known: &mut [Known]) -> bool {
        let state = &mut known[word as usize];
        if *state == Known::Unknown {
            let finder = &self.words[word as usize];
            let length = finder.needle().len();
            let present = finder.find_iter(bytes).any(|at| is_word(bytes, at, at + length));
            *state = if present { Known::Present } else { Known::Absent };
        }
        *state == Known::Present
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Unknown,
    Absent,
    Present,
}

/// Whether the bytes are a whole word; bytes outside of ASCII count as no letters, which can only let more through.
fn is_word(bytes: &[u8], start: usize, end: usize) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    !letter(start.checked_sub(1).and_then(|at| bytes.get(at))) && !letter(bytes.get(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(text: &str) -> Vec<u32> {
        let clause = |words: &[&str]| words.iter().map(|word| Box::from(*word)).collect::<Vec<_>>();
        let rules = vec![
            vec![clause(&["os"]), clause(&["system"])],
            vec![clause(&["loads", "load"]), clause(&["pickle"])],
            vec![],
        ];
        let mut live = Vec::new();
        Prefilter::new(rules).live(text, &[0, 1, 2], &mut live);
        live
    }

    #[test]
    fn a_rule_needs_a_word_of_each_clause() {
        assert_eq!(live("import os\nos.system(1)"), [0, 2]);
        assert_eq!(live("from pickle import load"), [1, 2]);
        assert_eq!(live("posix.systems(); pickles.loads()"), [2]);
        assert_eq!(live(""), [2]);
    }
}
