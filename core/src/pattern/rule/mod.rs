//! A rule as it is written: every operator, with its patterns parsed and its regular expressions compiled, so that
//! all that is wrong with it is told at once and with its place.

mod condition;
mod formula;
mod options;
mod read;
mod taint;

use std::sync::{Arc, OnceLock};

use super::Issue;
use super::language::Language;
use crate::syntax::yaml::{Document, NodeId};
pub(crate) use condition::{Analyzer, Condition};
pub(crate) use formula::{Formula, FormulaKind, Leaf, LeafKind};
pub(crate) use options::Options;
pub(crate) use taint::{SideEffect, Taint, TaintPart};

/// A pattern rule as written, before compilation. Clones share what was read.
#[derive(Debug, Clone)]
pub struct PatternRule {
    pub(crate) languages: Vec<Language>,
    written: Arc<Written>,
}

/// What a rule says, or where it stands until somebody asks.
#[derive(Debug)]
struct Written {
    parts: OnceLock<Result<Parts, Vec<Issue>>>,
    place: Option<WrittenAt>,
}

/// A rule in a file that comes with treeward.
#[derive(Debug)]
pub(crate) struct WrittenAt {
    /// The file.
    pub(crate) file: &'static treeward_rules::RuleFile,
    /// The rule's mapping, or what it is about.
    pub(crate) node: NodeId,
    /// Its languages, as written.
    pub(crate) languages: Vec<String>,
    /// Whether `node` is what a rule is about.
    pub(crate) is_subject: bool,
}

/// What a rule says besides its languages.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
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
        let (languages, parts) = read::rule(document, rule, text, languages, false)?;
        Ok(Self::of(languages, parts))
    }

    /// A rule that the project's tests have read: it is read when a file of its languages is there.
    pub(crate) fn tested(place: WrittenAt) -> Self {
        let languages = read::named(&place.languages);
        Self { languages, written: Arc::new(Written { parts: OnceLock::new(), place: Some(place) }) }
    }

    fn of(languages: Vec<Language>, parts: Parts) -> Self {
        Self { languages, written: Arc::new(Written { parts: Ok(parts).into(), place: None }) }
    }

    /// Whether it waits to be read.
    pub(crate) fn is_waiting(&self) -> bool {
        self.written.parts.get().is_none()
    }

    /// What it says.
    ///
    /// # Errors
    /// As [`Self::read`], of a rule that waited to be read.
    pub(crate) fn parts(&self) -> Result<&Parts, &[Issue]> {
        let Written { parts, place } = &*self.written;
        let read = parts.get_or_init(|| place.as_ref().map_or_else(|| Err(Vec::new()), WrittenAt::read));
        read.as_ref().map_err(Vec::as_slice)
    }

    /// Reads what a rule is about: a pattern, or a mapping of operators as in a rule.
    ///
    /// # Errors
    /// Every problem met, with its place.
    pub fn subject(document: &Document, subject: NodeId, text: &str, languages: &[String]) -> Result<Self, Vec<Issue>> {
        let (languages, parts) = read::subject(document, subject, text, languages, false)?;
        Ok(Self::of(languages, parts))
    }
}

impl WrittenAt {
    fn read(&self) -> Result<Parts, Vec<Issue>> {
        let document = Document::recorded(self.file.text, self.file.events);
        let read = if self.is_subject { read::subject } else { read::rule };
        let (_, parts) = read(&document, self.node, self.file.text, &self.languages, true)?;
        Ok(parts)
    }
}
