//! The audit itself: collect the files, analyze each through one door, link and load the facts, judge, settle.
//!
//! An [`Auditor`] is compiled once and reused; it is `Send + Sync`, has its own thread pool, never prints and never
//! exits. The output is the same, byte for byte, whatever the number of threads.

pub(crate) mod analyze;
mod annotated;
mod build;
mod components;
mod evidence;
pub(crate) mod judge;
mod masked;
mod observe;
mod reading;
pub(crate) mod run;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::error::Error;
use crate::extract::{self, Extractor};
use crate::facts::known::Known;
use crate::facts::{Database, QueryResult, Store, Wanted, save};
use crate::pattern::PatternSet;
use crate::report::{Appearance, Audit, Format, render};
use crate::rules::{Rule, RuleSet};
use crate::source::Texts;

pub use annotated::{Mark, RuleTest, TestReport, test_rules};
pub use build::AuditorBuilder;
pub use observe::{Cancel, Progress, Stage};

/// A compiled set of rules, ready to audit trees. Clones share the compiled rules and the threads.
#[derive(Clone)]
pub struct Auditor {
    pub(crate) rules: RuleSet,
    all_rules: RuleSet,
    patterns: Arc<PatternSet>,
    pub(crate) wanted: Wanted,
    /// Languages of the pattern rules.
    languages: BTreeSet<String>,
    pub(crate) extractors: Vec<&'static dyn Extractor>,
    pub(crate) pool: Arc<rayon::ThreadPool>,
    /// The data tables; the built-in ones are read when something first asks for them.
    known: Arc<OnceLock<Arc<Known>>>,
    pub(crate) options: build::Options,
}

/// The facts of one tree, open for queries.
pub struct Facts {
    database: Database,
    store: Arc<Store>,
    texts: Arc<Texts>,
}

impl Auditor {
    /// Starts an auditor: choose rules and options, then `build`.
    pub fn builder() -> AuditorBuilder {
        AuditorBuilder::default()
    }

    /// The same auditor for one run that `cancel` can stop and `observer` follows, from the audit's threads.
    #[must_use]
    pub fn watched(&self, cancel: Cancel, observer: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        let mut watched = self.clone();
        watched.options.cancel = cancel;
        watched.options.observer = Some(Arc::new(observer));
        watched
    }

    /// The rules that are run.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Audits the tree at `root`, a folder or a single file.
    ///
    /// # Errors
    /// The root cannot be read, or the audit was cancelled. Trouble with single files is part of the result.
    pub fn audit(&self, root: impl AsRef<Path>) -> Result<Audit, Error> {
        let root = root.as_ref();
        self.pool.install(|| run::audit(self, root))
    }

    /// Runs the pattern rules alone, as Semgrep would: no facts, no query rules.
    ///
    /// # Errors
    /// As [`Auditor::audit`].
    pub fn scan(&self, root: impl AsRef<Path>) -> Result<Audit, Error> {
        let root = root.as_ref();
        self.pool.install(|| run::scan(self, root))
    }

    /// Audits one text as if it stood at `path` in a tree of its own.
    ///
    /// # Errors
    /// The audit was cancelled.
    pub fn scan_text(&self, path: &str, text: &str) -> Result<Audit, Error> {
        self.pool.install(|| run::audit_text(self, path, text))
    }

    /// States the facts of the tree at `root`, all of them, for queries.
    ///
    /// # Errors
    /// As [`Auditor::audit`].
    pub fn facts(&self, root: impl AsRef<Path>) -> Result<Facts, Error> {
        let root = root.as_ref();
        self.pool.install(|| run::facts(self, root))
    }

    /// Shows an audit, by the auditor's threads: the same text as that of [`render`].
    pub fn render(&self, audit: &Audit, format: Format, appearance: Appearance) -> String {
        self.pool.install(|| render(audit, format, appearance))
    }

    pub(crate) fn rule(&self, index: usize) -> &Arc<Rule> {
        &self.rules.as_slice()[index]
    }

    pub(crate) fn known(&self) -> &Arc<Known> {
        self.known.get_or_init(|| extract::builtin().into())
    }

    /// Whether `rule` looks at the file at `path`, which `is_test` of its system or not.
    fn admits(&self, rule: &Rule, path: &str, is_test: bool) -> bool {
        let is_admitted = || rule.paths.as_ref().is_none_or(|paths| paths.admits(path));
        self.options.ignore_rule_paths || (rule.tests || !is_test) && is_admitted()
    }
}

impl Facts {
    /// Runs one query that reads facts. Secrets are masked in what it returns.
    ///
    /// # Errors
    /// SQL that is wrong, does more than read, or takes too long.
    pub fn query(&self, sql: &str) -> Result<QueryResult, Error> {
        self.database.query(sql).map(masked::masked).map_err(Error::Query)
    }

    /// The texts that spans of facts point into.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Writes the facts to an SQLite file, with secrets masked.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        save(&self.store, path, masked::leave)
    }
}
