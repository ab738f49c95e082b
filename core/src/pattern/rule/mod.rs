//! A rule as it is written: every operator, with its patterns parsed and its regular expressions compiled, so that
//! all that is wrong with it is told at once and with its place.

mod condition;
mod formula;
mod options;
mod read;
mod taint;

use super::Issue;
use super::language::Language;
use crate::syntax::yaml::{Document, NodeId};
pub(crate) use condition::{Analyzer, Condition};
pub(crate) use formula::{Formula, FormulaKind, Leaf, LeafKind};
pub(crate) use options::Options;
pub(crate) use taint::{SideEffect, Taint, TaintPart};

/// A pattern rule as written, before compilation.
#[derive(Debug, Clone)]
pub struct PatternRule {
    pub(crate) languages: Vec<Language>,
    pub(crate) options: Options,
    pub(crate) mode: Mode,
    pub(crate) fix: Option<Fix>,
}

/// What a rule looks for.
#[derive(Debug, Clone)]
pub(crate) enum Mode {
    /// Code.
    Search(Formula),
    /// Data that flows from a source to a sink.
    Taint(Box<Taint>),
}

/// The edit that a rule proposes.
#[derive(Debug, Clone)]
pub(crate) enum Fix {
    /// The text to put in the place of the match, with metavariables.
    Text(Box<str>),
    /// A replacement within the text of the match.
    Regex {
        /// What is replaced.
        regex: fancy_regex::Regex,
        /// By what, with `\1` for groups.
        replacement: Box<str>,
        /// How often at most; 0 is every time.
        count: usize,
    },
}

/// Keys of a rule that belong to its pattern; the loader leaves them to [`PatternRule::read`].
pub const KEYS: &[&str] = &[
    "pattern",
    "patterns",
    "pattern-either",
    "pattern-regex",
    "match",
    "mode",
    "options",
    "fix",
    "fix-regex",
    "pattern-sources",
    "pattern-sinks",
    "pattern-sanitizers",
    "pattern-propagators",
    "taint",
    "join",
    "extract",
    "on",
    "equivalences",
    "r2c-internal-project-depends-on",
    "project-depends-on",
];

impl PatternRule {
    /// Reads the pattern of the rule at `rule` (a mapping) of a rule file. Refuses what is not supported, by name.
    ///
    /// # Errors
    /// Every problem met, with its place.
    pub fn read(document: &Document, rule: NodeId, text: &str, languages: &[String]) -> Result<Self, Vec<Issue>> {
        read::rule(document, rule, text, languages, false)
    }

    /// As [`Self::read`] for a rule that the project's tests have read: its regular expressions are compiled when they
    /// are used.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn read_tested(
        document: &Document,
        rule: NodeId,
        text: &str,
        languages: &[String],
    ) -> Result<Self, Vec<Issue>> {
        read::rule(document, rule, text, languages, true)
    }

    /// Reads what a rule is about: a pattern, or a mapping of operators as in a rule.
    ///
    /// # Errors
    /// Every problem met, with its place.
    pub fn subject(document: &Document, subject: NodeId, text: &str, languages: &[String]) -> Result<Self, Vec<Issue>> {
        read::subject(document, subject, text, languages)
    }
}
