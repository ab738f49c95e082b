//! Which rules can match a text at all: each rule needs some words, and a text without them is not parsed for it.
//!
//! What a rule needs is an AND of ORs of words and of words that belong together (`os.system`). One scan looks for one
//! clause of every rule, the one whose words are the rarest; the other clauses are looked up only for the rules that are
//! left.

use std::collections::HashMap;

use memchr::memmem::Finder;

use super::code_pattern::CodePattern;
use super::language::Language;
use super::linked::{Linked, is_letter, is_word};
use super::rule::Options;
use super::scanner::{Known, Scanner};
use super::search::{Leaf, LeafMatcher, Plan, PlanKind, Search, Test};
use crate::syntax::tree::{Kind, NodeId, Role, Sym};

/// Most words of one clause; a longer one says too little to be worth a scan.
const MAX_WORDS: usize = 200;
/// Shortest word of use.
const MIN_WORD: usize = 2;

/// What a text must hold one of.
pub(super) type Clause = Vec<Need>;

/// What a text must hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// A word.
    Word(Box<str>),
    /// A word as a part of what another names: `module.name`, or an import that names `module`.
    Part { module: Box<str>, name: Box<str> },
}

impl Need {
    /// The rarest word of it.
    fn word(&self) -> &str {
        match self {
            Self::Word(word) => word,
            Self::Part { module, name } if rarity(name) > rarity(module) => name,
            Self::Part { module, .. } => module,
        }
    }

    fn words(&self) -> [&str; 2] {
        match self {
            Self::Word(word) => [word, word],
            Self::Part { module, name } => [module, name],
        }
    }
}

/// What a search needs: all of the clauses.
pub(super) fn needs(search: &Search, options: &Options) -> Vec<Clause> {
    let spelling = if options.symbolic_propagation { Spelling::Apart } else { Spelling::Together };
    let mut clauses = plan_needs(&search.plan, search, spelling);
    clauses.retain(|clause| clause.len() <= MAX_WORDS);
    clauses.sort();
    clauses.dedup();
    clauses
}

/// What one of several searches needs: of each the best clause.
pub(super) fn needs_any(searches: &[Search], options: &Options) -> Vec<Clause> {
    let clauses = one_of(searches.iter().map(|search| needs(search, options)));
    clauses.into_iter().filter(|clause| clause.len() <= MAX_WORDS).collect()
}

/// How the words of a dotted name stand in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// As a dotted name, or brought together by an import.
    Together,
    /// Anywhere: a variable may stand for a part of it, or a text within a string is meant.
    Apart,
}

fn plan_needs(plan: &Plan, search: &Search, spelling: Spelling) -> Vec<Clause> {
    let needs = |member: &Plan| plan_needs(member, search, spelling);
    let mut clauses = match &plan.kind {
        PlanKind::Leaf(at) => leaf_needs(&search.leaves[*at], spelling),
        PlanKind::Inside(inner) | PlanKind::Anywhere(inner) => needs(inner),
        PlanKind::Or(members) => one_of(members.iter().map(needs)),
        PlanKind::And { members, .. } => members.iter().flat_map(needs).collect(),
    };
    for test in &plan.conditions {
        match test {
            Test::Pattern { language: None, search, .. } => {
                clauses.extend(plan_needs(&search.plan, search, Spelling::Apart));
            }
            Test::Regex { metavariable, regex, constants: false } if is_code(plan, search, *metavariable) => {
                let word = |word: &String| Need::Word(word.as_str().into());
                clauses.extend(regex.words().map(|words| words.iter().map(word).collect::<Clause>()));
            }
            _ => {}
        }
    }
    clauses.retain(|clause| clause.iter().flat_map(Need::words).all(|word| word.len() >= MIN_WORD));
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
fn one_of(members: impl Iterator<Item = Vec<Clause>>) -> Vec<Clause> {
    let mut needs = Clause::new();
    for clauses in members {
        match best(clauses) {
            Some(clause) => needs.extend(clause),
            None => return Vec::new(),
        }
    }
    needs.sort();
    needs.dedup();
    if needs.is_empty() { Vec::new() } else { vec![needs] }
}

/// The clause that says the most: long words, those that belong together, and few.
fn best(clauses: Vec<Clause>) -> Option<Clause> {
    clauses.into_iter().max_by_key(weight)
}

fn weight(clause: &Clause) -> (usize, bool, usize) {
    let rarest = clause.iter().map(|need| rarity(need.word())).min().unwrap_or(0);
    let together = clause.iter().all(|need| matches!(need, Need::Part { .. }));
    (rarest, together, usize::MAX - clause.len())
}

fn rarity(word: &str) -> usize {
    if is_common(word) { 1 } else { word.len().min(12) }
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

fn leaf_needs(leaf: &Leaf, spelling: Spelling) -> Vec<Clause> {
    match &leaf.matcher {
        LeafMatcher::Code(pattern) => code_needs(pattern, spelling),
        LeafMatcher::Generic(_) | LeafMatcher::Regex(_) => Vec::new(),
    }
}

/// The names in a pattern of Python: they stand in every text that it matches, aliased or not.
fn code_needs(pattern: &CodePattern, spelling: Spelling) -> Vec<Clause> {
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
            Kind::Name | Kind::Ident => clauses.extend(plain_word(pattern, id).map(|word| vec![Need::Word(word)])),
            Kind::Attribute if spelling == Spelling::Together => {
                clauses.extend(part(pattern, id).map(|part| vec![part]));
            }
            _ => {}
        }
        at += 1;
    }
    clauses
}

/// The last two words of a dotted name.
fn part(pattern: &CodePattern, attribute: NodeId) -> Option<Need> {
    let tree = pattern.tree();
    let object = NodeId(attribute.0 + 1);
    let module = match tree.node(object).kind {
        Kind::Name => object,
        Kind::Attribute => tree.child(object, Role::Name)?,
        _ => return None,
    };
    let (module, name) = (plain_word(pattern, module)?, plain_word(pattern, tree.child(attribute, Role::Name)?)?);
    Some(Need::Part { module, name })
}

/// The word that a name of a pattern is, where it can be no other.
fn plain_word(pattern: &CodePattern, id: NodeId) -> Option<Box<str>> {
    let tree = pattern.tree();
    let is_plain = matches!(tree.node(id).kind, Kind::Name | Kind::Ident) && pattern.string(id).is_none();
    let word = is_plain.then(|| tree.content(&pattern.pattern.text, id))?;
    (word.len() >= MIN_WORD && word.bytes().all(is_letter)).then(|| word.into())
}

/// The words of all rules.
#[derive(Debug, Default)]
pub(super) struct Prefilter {
    scanner: Scanner,
    words: Vec<Finder<'static>>,
    rules: Vec<Needs>,
}

/// What one rule needs, by numbers of words.
#[derive(Debug, Default)]
struct Needs {
    /// The words that the scan looks for; empty where the rule needs nothing.
    first: Vec<u32>,
    others: Vec<Vec<Sought>>,
}

/// A need, by numbers of words.
#[derive(Debug, Clone, Copy)]
enum Sought {
    Word(u32),
    Part { module: u32, name: u32 },
}

impl Prefilter {
    /// Makes the filter of rules, given the clauses of each.
    pub(super) fn new(rules: Vec<Vec<Clause>>) -> Self {
        let mut words = Words::default();
        // Words that are scanned for come first, so that the scanner's numbers are the words' numbers.
        let mut firsts: Vec<Vec<u32>> = Vec::with_capacity(rules.len());
        let mut rest: Vec<Vec<Clause>> = Vec::with_capacity(rules.len());
        for mut clauses in rules {
            clauses.sort_by_key(|clause| std::cmp::Reverse(weight(clause)));
            let first = clauses.first().into_iter().flatten();
            firsts.push(first.map(|need| words.number(need.word())).collect());
            // The scan tells all of a clause of plain words.
            let is_told = clauses.first().is_some_and(|first| first.iter().all(|need| matches!(need, Need::Word(_))));
            rest.push(clauses.split_off(usize::from(is_told)));
        }
        let scanned = words.texts.len();
        let mut sought = |need: Need| match need {
            Need::Word(word) => Sought::Word(words.number(&word)),
            Need::Part { module, name } => Sought::Part { module: words.number(&module), name: words.number(&name) },
        };
        let mut numbered = |clauses: Vec<Clause>| -> Vec<Vec<Sought>> {
            clauses.into_iter().map(|clause| clause.into_iter().map(&mut sought).collect()).collect()
        };
        let rules = firsts.into_iter().zip(rest).map(|(first, rest)| Needs { first, others: numbered(rest) }).collect();
        let scanner = Scanner::new(&words.texts, scanned);
        let words = words.texts.iter().map(|word| Finder::new(word.as_bytes()).into_owned()).collect();
        Self { scanner, words, rules }
    }

    /// Which of the rules can match in `text`, in order.
    pub(super) fn live(&self, text: &str) -> Vec<u32> {
        let mut look = Look { words: &self.words, bytes: text.as_bytes(), known: Vec::new(), linked: None };
        look.known.resize(self.words.len(), Known::Unknown);
        self.scanner.scan(look.bytes, &mut look.known);
        (0..self.rules.len() as u32).filter(|&rule| look.is_live(&self.rules[rule as usize])).collect()
    }
}

/// Words, numbered in the order in which they are first asked for.
#[derive(Default)]
struct Words {
    numbers: HashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
}

impl Words {
    fn number(&mut self, word: &str) -> u32 {
        let next = self.texts.len() as u32;
        *self.numbers.entry(word.into()).or_insert_with_key(|word| {
            self.texts.push(word.clone());
            next
        })
    }
}

/// One text, and what is known of its words.
struct Look<'l> {
    words: &'l [Finder<'static>],
    bytes: &'l [u8],
    known: Vec<Known>,
    linked: Option<Linked<'l>>,
}

impl Look<'_> {
    fn is_live(&mut self, needs: &Needs) -> bool {
        let is_scanned = needs.first.is_empty() || needs.first.iter().any(|&word| self.has(word));
        is_scanned && needs.others.iter().all(|clause| clause.iter().any(|&sought| self.holds(sought)))
    }

    fn holds(&mut self, sought: Sought) -> bool {
        match sought {
            Sought::Word(word) => self.has(word),
            Sought::Part { module, name } => {
                let has_both = self.has(module) && self.has(name);
                has_both && {
                    let linked = self.linked.get_or_insert_with(|| Linked::new(self.bytes));
                    linked.holds(&self.words[module as usize], self.words[name as usize].needle())
                }
            }
        }
    }

    fn has(&mut self, word: u32) -> bool {
        let state = &mut self.known[word as usize];
        if *state == Known::Unknown {
            let finder = &self.words[word as usize];
            let length = finder.needle().len();
            let present = finder.find_iter(self.bytes).any(|at| is_word(self.bytes, at, at + length));
            *state = if present { Known::Present } else { Known::Absent };
        }
        *state == Known::Present
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(word: &str) -> Need {
        Need::Word(word.into())
    }

    fn part(module: &str, name: &str) -> Need {
        Need::Part { module: module.into(), name: name.into() }
    }

    /// The rules that are live, whichever way the words are scanned for: with many of them, or with a short one, each
    /// word of the text is looked up.
    fn live(rules: &[Vec<Clause>], text: &str) -> Vec<u32> {
        let many = (0..100).map(|at| vec![vec![word(&format!("unheard_of_{at}"))]]);
        let sets = [rules.to_vec(), rules.iter().cloned().chain(many).collect()];
        let [one, two] = sets.map(|rules| Prefilter::new(rules).live(text));
        assert_eq!(one, two, "{text}");
        one
    }

    #[test]
    fn a_rule_needs_a_word_of_each_clause() {
        let rules = [
            vec![vec![word("os")], vec![word("system")]],
            vec![vec![word("loads"), word("load")], vec![word("pickle")]],
            vec![],
        ];
        assert_eq!(live(&rules, "import os\nos.system(1)"), [0, 2]);
        assert_eq!(live(&rules, "from pickle import load"), [1, 2]);
        assert_eq!(live(&rules, "posix.systems(); pickles.loads()"), [2]);
        assert_eq!(live(&rules, ""), [2]);
    }

    #[test]
    fn words_within_words_are_told_apart() {
        let rules = ["load", "loads", "loadstring", "payload", "ad_s"].map(|each| vec![vec![word(each)]]);
        assert_eq!(live(&rules, "load"), [0]);
        assert_eq!(live(&rules, "payload_loads loadstrings payloads ad_s"), [4]);
        assert_eq!(live(&rules, "x.loadstring(payload.loads)"), [1, 2, 3]);
    }

    #[test]
    fn words_of_one_name_must_belong_together() {
        let rules =
            [vec![vec![part("time", "sleep")]], vec![vec![part("os", "system"), word("popen")], vec![word("run")]]];
        assert_eq!(live(&rules, "import time\nsleep(1)"), [0]);
        assert_eq!(live(&rules, "from asyncio import sleep\ntime = 1\nsleep(time)"), [0u32; 0]);
        assert_eq!(live(&rules, "os.system(run)"), [1]);
        assert_eq!(live(&rules, "os; system(run)"), [0u32; 0]);
        assert_eq!(live(&rules, "popen(run)"), [1]);
    }
}
