//! The one door: a text goes in, the outcome of that file comes out. The syntax tree never leaves.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::Auditor;
use super::run::is_test_path;
use crate::error::RuleError;
use crate::extract::{Extractor, Model, is_wanted, parts};
use crate::facts::known::Known;
use crate::facts::schema::tree::File;
use crate::facts::{FactSet, Wanted};
use crate::pattern::{Issue, Scan};
use crate::report::{Problem, Suppressions};
use crate::rules::Rule;
use crate::source::SourceFile;

/// What is to be done with every file.
pub(crate) struct Plan<'p> {
    pub(super) auditor: &'p Auditor,
    pub(super) extractors: &'p [&'static dyn Extractor],
    pub(super) wanted: &'p Wanted,
    pub(super) known: &'p Arc<Known>,
}

/// What came out of one file.
pub(crate) struct Outcome {
    pub(crate) scan: Scan,
    pub(crate) facts: FactSet,
    /// What extractors keep for their link step, with the index of the extractor.
    pub(crate) models: Vec<(usize, Model)>,
    pub(crate) suppressions: Option<Suppressions>,
    pub(crate) problems: Vec<Problem>,
}

impl Outcome {
    /// Whether something may point into the file's text.
    pub(super) fn points_into_text(&self) -> bool {
        !self.scan.matches.is_empty() || !self.facts.is_empty() || !self.models.is_empty()
    }

    /// Whether there is nothing to tell of the file.
    pub(super) fn is_silent(&self) -> bool {
        let Scan { matches: _, incomplete, tried, nanoseconds } = &self.scan;
        let has_scan = !incomplete.is_empty() || !tried.is_empty() || !nanoseconds.is_empty();
        !self.points_into_text() && !has_scan && self.suppressions.is_none() && self.problems.is_empty()
    }
}

/// Matches and extracts. A panic in a matcher or an extractor costs its result for this file, and is told.
pub(super) fn analyze(file: &SourceFile<'_>, plan: &Plan<'_>) -> Outcome {
    let mut problems = Vec::new();
    // A rule that does not look at the file is not tried; what a rule is about stands behind all rules.
    let count = plan.auditor.rules.len();
    let is_test = is_test_path(file.path);
    let is_asked = |rule: usize| plan.auditor.admits(plan.auditor.rule(rule % count), file.path, is_test);
    let scan = || plan.auditor.patterns.scan_for(file, &is_asked);
    let scan = guarded(file, || "the pattern rules".to_owned(), &mut problems, scan).unwrap_or_default();
    let facts = FactSet::for_file(file.id, plan.wanted.clone(), plan.known.clone());
    let mut outcome = Outcome { scan, facts, models: Vec::new(), suppressions: None, problems };
    extract(file, plan, |_| true, &mut outcome);
    let parts = guarded(file, || "the reader of texts within it".to_owned(), &mut outcome.problems, || parts(file));
    for part in parts.unwrap_or_default() {
        extract(&part.source(file), plan, |extractor| extractor.reads_parts(), &mut outcome);
    }
    outcome.suppressions = match outcome.points_into_text() || outcome.facts.wants::<File>() {
        true => Suppressions::read(file.path, file.text),
        // Nothing is reported of the file, but that its suppressions are of no use.
        false => Suppressions::read_own(file.path, file.text),
    };
    outcome
}

/// Runs the extractors that read such a text, and are admitted.
fn extract(
    file: &SourceFile<'_>,
    plan: &Plan<'_>,
    is_admitted: impl Fn(&dyn Extractor) -> bool,
    outcome: &mut Outcome,
) {
    let Outcome { facts, models, problems, .. } = outcome;
    for (at, extractor) in plan.extractors.iter().enumerate() {
        let is_wanted = || is_wanted(*extractor, plan.wanted) || plan.wanted.wants_parse(file.artifact);
        if !extractor.reads(file.artifact) || !is_admitted(*extractor) || !is_wanted() {
            continue;
        }
        let what = || format!("the extractor `{}`", extractor.name());
        if let Some(Some(model)) = guarded(file, what, problems, || extractor.extract(file, facts)) {
            models.push((at, model));
        }
    }
}

/// Runs `f`; a panic in it is told as a problem of the file.
pub(super) fn guarded<T>(
    file: &SourceFile<'_>,
    what: impl FnOnce() -> String,
    problems: &mut Vec<Problem>,
    f: impl FnOnce() -> T,
) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(value) => Some(value),
        Err(_) => {
            let what = what();
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
