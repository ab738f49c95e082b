//! Formulas: how the patterns of a rule combine. Both of Semgrep's spellings (`patterns:` and `match:`) read to this.

use super::super::generic::GenericPattern;
use super::super::language::Language;
use super::super::regex::Regex;
use super::Condition;
use crate::syntax::tree::PatternTree;

/// A formula with the conditions that its matches must meet.
#[derive(Debug, Clone)]
pub(crate) struct Formula {
    pub(crate) kind: FormulaKind,
    pub(crate) conditions: Vec<Condition>,
    /// Each `focus-metavariable` with its metavariables.
    pub(crate) focus: Vec<Vec<Box<str>>>,
    /// The metavariable that the match itself is bound to (`as`).
    pub(crate) name: Option<Box<str>>,
}

/// How formulas combine.
#[derive(Debug, Clone)]
pub(crate) enum FormulaKind {
    /// One pattern.
    Leaf(Leaf),
    /// Matches are kept that lie within.
    Inside(Box<Formula>),
    /// The file must have a match anywhere.
    Anywhere(Box<Formula>),
    /// Only directly in an [`FormulaKind::And`].
    Not(Box<Formula>),
    /// All of them, by inclusion of ranges.
    And(Vec<Formula>),
    /// Any of them.
    Or(Vec<Formula>),
}

/// One pattern.
#[derive(Debug, Clone)]
pub(crate) struct Leaf {
    /// Where it stands in the rule file.
    pub(crate) offset: usize,
    pub(crate) kind: LeafKind,
}

/// What a leaf matches with.
#[derive(Debug, Clone)]
pub(crate) enum LeafKind {
    /// Code, parsed for each language of the rule.
    Code(Vec<(Language, PatternTree)>),
    /// Words of the text.
    Generic(GenericPattern),
    /// A regular expression on the text.
    Regex(Regex),
}

impl Formula {
    /// A formula without conditions.
    pub(crate) fn of(kind: FormulaKind) -> Self {
        Self { kind, conditions: Vec::new(), focus: Vec::new(), name: None }
    }

    /// Whether it, or a formula within it, narrows its matches to metavariables.
    pub(crate) fn has_focus(&self) -> bool {
        !self.focus.is_empty()
            || match &self.kind {
                FormulaKind::Leaf(_) => false,
                FormulaKind::Inside(inner) | FormulaKind::Anywhere(inner) | FormulaKind::Not(inner) => {
                    inner.has_focus()
                }
                FormulaKind::And(members) | FormulaKind::Or(members) => members.iter().any(Self::has_focus),
            }
    }

    /// Whether it is a negation.
    pub(crate) fn is_negative(&self) -> bool {
        matches!(self.kind, FormulaKind::Not(_))
    }
}
