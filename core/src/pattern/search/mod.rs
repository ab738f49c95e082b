//! Search mode: a formula compiled to numbered patterns and a plan; the plan combines the matches of the patterns as
//! ranges that carry bindings.

mod comparison;
mod conditions;
mod demands;
mod entropy;
mod evaluate;
mod hits;
mod ranges;
mod redos;
mod window;

use std::ops::Range;

use comparison::Comparison;
pub(super) use evaluate::evaluate;
pub(super) use hits::is_candidate;
use hits::{gather, gather_at, is_open};
pub(super) use window::Window;

use super::analysis::Code;
use super::code_pattern::CodePattern;
use super::dispatch::Place;
use super::generic::GenericPattern;
use super::index::Index;
use super::language::Language;
use super::matcher::Bindings;
use super::regex::Regex;
use super::rule::{Condition, Formula, FormulaKind, LeafKind, Options};
use crate::syntax::tree::{Kind, Shape};

/// Most ranges that one formula may have at once in one file.
pub(super) const MAX_RANGES: usize = 50_000;

/// One match of one pattern.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) range: Range<u32>,
    pub(super) bindings: Bindings,
}

/// A compiled formula of one language.
#[derive(Debug)]
pub(super) struct Search {
    pub(super) language: Language,
    pub(super) leaves: Vec<Leaf>,
    pub(super) plan: Plan,
}

/// One pattern of a formula.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) matcher: LeafMatcher,
    /// Whether it is a `pattern-inside` of some sort.
    pub(super) inside: bool,
}

/// What a leaf matches with.
#[derive(Debug)]
pub(super) enum LeafMatcher {
    /// Code.
    Code(CodePattern),
    /// Words.
    Generic(GenericPattern),
    /// Text.
    Regex(Regex),
}

/// A formula over the leaves of its [`Search`].
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) kind: PlanKind,
    pub(super) conditions: Vec<Test>,
    pub(super) focus: Vec<Vec<crate::syntax::tree::Sym>>,
    pub(super) name: Option<crate::syntax::tree::Sym>,
}

/// How plans combine.
#[derive(Debug)]
pub(super) enum PlanKind {
    Leaf(usize),
    Inside(Box<Plan>),
    Anywhere(Box<Plan>),
    Or(Vec<Plan>),
    /// Members, a bare metavariable that selects within them, and negations.
    And {
        members: Vec<Plan>,
        selector: Option<usize>,
        negations: Vec<Plan>,
    },
}

/// A condition on metavariables.
#[derive(Debug)]
pub(super) enum Test {
    Regex { metavariable: crate::syntax::tree::Sym, regex: Regex, constants: bool },
    Pattern { metavariable: crate::syntax::tree::Sym, language: Option<Language>, search: Box<Search> },
    Comparison(Comparison),
    Type { metavariable: crate::syntax::tree::Sym, types: Vec<CodePattern> },
    Entropy { metavariable: crate::syntax::tree::Sym },
    Redos { metavariable: crate::syntax::tree::Sym },
}

/// What a plan is evaluated in.
pub(super) struct Scope<'s> {
    pub(super) code: &'s Code<'s>,
    pub(super) options: &'s Options,
    /// Nodes that count, by index, and their bytes.
    pub(super) nodes: Range<u32>,
    pub(super) bytes: Range<u32>,
    /// Bindings from outside, in a `metavariable-pattern`.
    pub(super) given: Option<&'s Bindings>,
    pub(super) depth: u32,
    /// Whether no short cut is taken, to see that they lose nothing.
    pub(super) is_plain: bool,
}

/// Where the patterns of a search can match in one file.
#[derive(Clone, Copy)]
pub(super) struct Places<'p> {
    pub(super) index: &'p Index,
    /// By leaf; `None` for text and for selectors.
    pub(super) places: &'p [Option<Place>],
}

impl Places<'_> {
    /// The places of some of the leaves.
    pub(super) fn part(self, leaves: Range<usize>) -> Option<Self> {
        Some(Self { places: self.places.get(leaves)?, ..self })
    }
}

impl Search {
    /// Compiles a formula.
    ///
    /// # Errors
    /// What is wrong with a pattern, and the offset in the rule file.
    pub(super) fn compile(formula: &Formula, language: Language) -> Result<Self, (usize, String)> {
        let mut leaves = Vec::new();
        let plan = plan(formula, language, false, &mut leaves)?;
        demands::hand_down(&plan, &mut leaves);
        Ok(Self { language, leaves, plan })
    }
}

fn sym(name: &str) -> crate::syntax::tree::Sym {
    crate::syntax::tree::Sym::new(name)
}

type Compiled<T> = Result<T, (usize, String)>;

fn plan(formula: &Formula, language: Language, inside: bool, leaves: &mut Vec<Leaf>) -> Compiled<Plan> {
    let kind = match &formula.kind {
        FormulaKind::Leaf(written) => {
            leaves.push(leaf(written, language, inside)?);
            PlanKind::Leaf(leaves.len() - 1)
        }
        FormulaKind::Inside(inner) => PlanKind::Inside(Box::new(plan(inner, language, true, leaves)?)),
        FormulaKind::Anywhere(inner) => PlanKind::Anywhere(Box::new(plan(inner, language, inside, leaves)?)),
        FormulaKind::Not(inner) => PlanKind::Or(vec![plan(inner, language, inside, leaves)?]),
        FormulaKind::Or(members) => {
            let plans: Compiled<Vec<_>> = members.iter().map(|it| plan(it, language, inside, leaves)).collect();
            PlanKind::Or(plans?)
        }
        FormulaKind::And(members) => conjunction(members, language, inside, leaves)?,
    };
    let conditions: Compiled<Vec<_>> = formula.conditions.iter().map(|it| condition(it, language)).collect();
    let focus = formula.focus.iter().map(|names| names.iter().map(|name| sym(name)).collect()).collect();
    Ok(Plan { kind, conditions: conditions?, focus, name: formula.name.as_deref().map(sym) })
}

fn conjunction(members: &[Formula], language: Language, inside: bool, leaves: &mut Vec<Leaf>) -> Compiled<PlanKind> {
    let (mut plans, mut negations, mut selector) = (Vec::new(), Vec::new(), None);
    let positive = members.iter().filter(|member| !member.is_negative()).count();
    for member in members {
        if let FormulaKind::Not(inner) = &member.kind {
            negations.push(plan(inner, language, inside, leaves)?);
            continue;
        }
        let made = plan(member, language, inside, leaves)?;
        match made.kind {
            PlanKind::Leaf(at) if positive > 1 && selector.is_none() && made.is_bare() && leaves[at].is_selector() => {
                selector = Some(at);
            }
            _ => plans.push(made),
        }
    }
    if plans.is_empty() {
        plans.extend(selector.take().map(Plan::leaf));
    }
    Ok(PlanKind::And { members: plans, selector, negations })
}

impl Plan {
    fn leaf(at: usize) -> Self {
        Self { kind: PlanKind::Leaf(at), conditions: Vec::new(), focus: Vec::new(), name: None }
    }

    fn is_bare(&self) -> bool {
        self.conditions.is_empty() && self.focus.is_empty() && self.name.is_none()
    }
}

impl Leaf {
    /// Whether it is a metavariable alone: any expression.
    pub(super) fn is_selector(&self) -> bool {
        match &self.matcher {
            LeafMatcher::Code(code) => {
                let pattern = &code.pattern;
                pattern.shape == Shape::Expression && pattern.tree.node(pattern.root).kind == Kind::Metavar
            }
            LeafMatcher::Generic(_) | LeafMatcher::Regex(_) => false,
        }
    }
}

fn leaf(written: &super::rule::Leaf, language: Language, inside: bool) -> Compiled<Leaf> {
    let matcher = match &written.kind {
        LeafKind::Regex(regex) => LeafMatcher::Regex(regex.clone()),
        LeafKind::Generic(pattern) => LeafMatcher::Generic(pattern.clone()),
        LeafKind::Code(parsed) => {
            let found = parsed.iter().find(|(each, _)| *each == language);
            let Some((_, tree)) = found else {
                return Err((written.offset, "internal: a pattern was not parsed for its language".to_owned()));
            };
            let code = CodePattern::new(language, tree.clone()).map_err(|message| (written.offset, message))?;
            LeafMatcher::Code(code)
        }
    };
    Ok(Leaf { matcher, inside })
}

fn condition(written: &Condition, language: Language) -> Compiled<Test> {
    use super::rule::Analyzer;
    Ok(match written {
        Condition::Regex { metavariable, regex, constants } => {
            Test::Regex { metavariable: sym(metavariable), regex: regex.clone(), constants: *constants }
        }
        Condition::Pattern { metavariable, language: other, formula } => {
            let search = Search::compile(formula, other.unwrap_or(language))?;
            Test::Pattern { metavariable: sym(metavariable), language: *other, search: Box::new(search) }
        }
        Condition::Comparison(tree) => Test::Comparison(Comparison::new(tree.clone())),
        Condition::Type { metavariable, types } => {
            let types: Result<Vec<_>, _> = types.iter().map(|tree| CodePattern::new(language, tree.clone())).collect();
            Test::Type { metavariable: sym(metavariable), types: types.map_err(|message| (0, message))? }
        }
        Condition::Analysis { metavariable, analyzer: Analyzer::Entropy } => {
            Test::Entropy { metavariable: sym(metavariable) }
        }
        Condition::Analysis { metavariable, analyzer: Analyzer::Redos } => {
            Test::Redos { metavariable: sym(metavariable) }
        }
    })
}
