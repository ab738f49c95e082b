//! Conditions on what metavariables hold.

use super::super::language::Language;
use super::super::regex::Regex;
use super::Formula;
use crate::syntax::tree::PatternTree;

/// One condition.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    /// `metavariable-regex`: matches at the start of the text.
    Regex {
        metavariable: Box<str>,
        regex: Regex,
        /// Whether a known constant value is taken in place of the text.
        constants: bool,
    },
    /// `metavariable-pattern`.
    Pattern {
        metavariable: Box<str>,
        /// Another language that the content is parsed as.
        language: Option<Language>,
        formula: Box<Formula>,
    },
    /// `metavariable-comparison`: an expression, as a tree.
    Comparison(Box<PatternTree>),
    /// `metavariable-type`: one of the types.
    Type { metavariable: Box<str>, types: Vec<PatternTree> },
    /// `metavariable-analysis`.
    Analysis { metavariable: Box<str>, analyzer: Analyzer },
}

/// What analyses a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Analyzer {
    /// Whether it looks random.
    Entropy,
    /// Whether it is a regular expression that may take exponential time.
    Redos,
}
