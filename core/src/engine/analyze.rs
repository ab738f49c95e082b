//! The one door: a text goes in, the outcome of that file comes out. The syntax tree never leaves.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::error::RuleError;
use crate::extract::{Extractor, Model, is_wanted};
use crate::facts::known::Known;
use crate::facts::{FactSet, Wanted};
use crate::pattern::{Issue, PatternSet, Scan};
use crate::report::{Problem, Suppressions};
use crate::rules::Rule;
use crate::source::SourceFile;

/// What is to be done with every file.
pub(super) struct Plan<'p> {
    pub(super) patterns: &'p PatternSet,
    pub(super) extractors: &'p [&'static dyn Extractor],
    pub(super) wanted: &'p Wanted,
    pub(super) known: &'p Arc<Known>,
}

/// What came out of one file.
pub(super) struct Outcome {
    pub(super) scan: Scan,
    pub(super) facts: FactSet,
    /// What extractors keep for their link step, with the index of the extractor.
    pub(super) models: Vec<(usize, Model)>,
    pub(super) suppressions: Option<Suppressions>,
    pub(super) problems: Vec<Problem>,
}

/// Matches and extracts. A panic in a matcher or an extractor costs its result for this file, and is told.
pub(super) fn analyze(file: &SourceFile<'_>, plan: &Plan<'_>) -> Outcome {
    let mut problems = Vec::new();
    let scan = guarded(file, "the pattern rules", &mut problems, || plan.patterns.scan(file)).unwrap_or_default();
    let mut facts = FactSet::for_file(file.id, plan.wanted.clone(), plan.known.clone());
    let mut models = Vec::new();
    for (at, extractor) in plan.extractors.iter().enumerate() {
        if !extractor.reads(file.artifact) || !is_wanted(*extractor, plan.wanted) {
            continue;
        }
        let what = format!("the extractor `{}`", extractor.name());
        if let Some(Some(model)) = guarded(file, &what, &mut problems, || extractor.extract(file, &mut facts)) {
            models.push((at, model));
        }
    }
    let suppressions = Suppressions::read(file.path, file.text);
    Outcome { scan, facts, models, suppressions, problems }
}

/// Runs `f`; a panic in it is told as a problem of the file.
pub(super) fn guarded<T>(
    file: &SourceFile<'_>,
    what: &str,
    problems: &mut Vec<Problem>,
    f: impl FnOnce() -> T,
) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(value) => Some(value),
        Err(_) => {
            let message = format!("internal: {what} failed on this file; its results for the file are missing");
            problems.push(Problem { path: Some(file.path.to_owned()), rule_id: None, message });
            None
        }
    }
}

/// An issue of a pattern as an error of its rule's file.
pub(super) fn rule_error(rule: &Rule, issue: &Issue) -> RuleError {
    rule.error(issue.message.clone())
}
