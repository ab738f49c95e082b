//! Patterns in Semgrep's rule syntax: compiled, prefiltered by literals, matched on the syntax tree of one file.

mod analysis;
mod code_pattern;
mod compile;
mod dispatch;
mod fix;
mod generic;
mod index;
mod language;
mod linked;
mod matcher;
mod prefilter;
mod regex;
mod rule;
mod scanner;
mod search;
mod set;
mod taint;
mod words;

use std::ops::Range;

pub(crate) use rule::WrittenAt;
pub use rule::{KEYS, PatternRule};
pub use set::PatternSet;

/// What is wrong with a rule, and where in the rule file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Byte offset in the rule file.
    pub offset: usize,
    /// What is wrong and what to do, naming the operator.
    pub message: String,
}

/// One match of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index of the rule, as given to [`PatternSet::compile`].
    pub rule: usize,
    /// Bytes of the file that match.
    pub range: Range<usize>,
    /// The names of the definitions around it (`Class.method`), or in data the keys.
    pub route: String,
    /// Metavariables with their text, for messages; sorted by name (with the `$`).
    pub bindings: Vec<(String, String)>,
    /// Where taint came from and went through, in order; empty in search mode.
    pub trace: Vec<TraceStep>,
    /// Edits that the rule's `fix` makes here.
    pub fix: Option<String>,
}

/// One step of a taint trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceStep {
    /// Bytes of the file.
    pub range: Range<usize>,
    /// `source`, `step` or `sink`.
    pub role: &'static str,
}

/// What scanning one file gave.
#[derive(Debug, Default)]
pub struct Scan {
    /// The matches, sorted by range and rule.
    pub matches: Vec<Match>,
    /// Rules that met a bound in this file, with the reason; nothing may be concluded of them here.
    pub incomplete: Vec<(usize, String)>,
    /// Rules that this file holds the words of, in order: they were looked for in it.
    pub tried: Vec<usize>,
    /// Nanoseconds by rule, where the set was asked to take them.
    pub nanoseconds: Vec<(usize, u64)>,
}
