//! From rules and options to an auditor.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use super::observe::{Cancel, Observer, Progress};
use super::{Auditor, analyze};
use crate::error::Error;
use crate::extract::{self, Extractor};
use crate::facts::{Database, Wanted};
use crate::pattern::PatternSet;
use crate::rules::{RuleBody, RuleSet, Selection, check_query};
use crate::source::WalkOptions;

/// Stack of a worker: parsers and tree walks recurse, within the bounds that their stages keep.
const STACK: usize = 64 << 20;

/// What an audit does besides running rules.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) walk: WalkOptions,
    pub(super) audit_date: Option<String>,
    pub(super) data: Option<PathBuf>,
    pub(super) evidence: Option<PathBuf>,
    pub(super) timings: bool,
    pub(super) honour_suppressions: bool,
    pub(super) ignore_rule_paths: bool,
    pub(crate) cancel: Cancel,
    pub(crate) observer: Option<Observer>,
}

/// Chooses rules and options for an [`Auditor`].
pub struct AuditorBuilder {
    rules: Option<RuleSet>,
    selection: Selection,
    threads: usize,
    options: Options,
    extractors: Vec<&'static dyn Extractor>,
}

impl Default for AuditorBuilder {
    fn default() -> Self {
        let options = Options { honour_suppressions: true, ..Options::default() };
        let extractors = extract::all().to_vec();
        Self { rules: None, selection: Selection::default(), threads: 0, options, extractors }
    }
}

impl AuditorBuilder {
    /// The rules to choose from; without them, the built-in ones.
    #[must_use]
    pub fn rules(mut self, rules: RuleSet) -> Self {
        self.rules = Some(rules);
        self
    }

    /// Which of the rules are run.
    #[must_use]
    pub fn select(mut self, selection: Selection) -> Self {
        self.selection = selection;
        self
    }

    /// Threads to use; 0 for one a core.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// How the tree is walked.
    #[must_use]
    pub fn walk(mut self, walk: WalkOptions) -> Self {
        self.options.walk = walk;
        self
    }

    /// The day that checks of dates count from, as `YYYY-MM-DD`; without it they are `unknown`.
    #[must_use]
    pub fn audit_date(mut self, date: impl Into<String>) -> Self {
        self.options.audit_date = Some(date.into());
        self
    }

    /// A folder of data tables; each takes the place of the built-in one of the same name.
    #[must_use]
    pub fn data(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.data = Some(folder.into());
        self
    }

    /// A folder with saved output of a running system (`docker inspect` and the like), as further facts.
    #[must_use]
    pub fn evidence(mut self, folder: impl Into<PathBuf>) -> Self {
        self.options.evidence = Some(folder.into());
        self
    }

    /// Whether the audit carries timings by stage and rule.
    #[must_use]
    pub fn timings(mut self, timings: bool) -> Self {
        self.options.timings = timings;
        self
    }

    /// Whether comments in the source may suppress findings; they may unless told otherwise.
    #[must_use]
    pub fn honour_suppressions(mut self, honour: bool) -> Self {
        self.options.honour_suppressions = honour;
        self
    }

    /// A flag that stops the audit.
    #[must_use]
    pub fn cancel(mut self, cancel: Cancel) -> Self {
        self.options.cancel = cancel;
        self
    }

    /// A function that is told how far the audit is, from its threads.
    #[must_use]
    pub fn progress(mut self, observer: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.options.observer = Some(Arc::new(observer));
        self
    }

    /// Compiles the rules.
    ///
    /// # Errors
    /// Every rule that is wrong, with its place; a selection that names nothing; a data table that is wrong.
    pub fn build(self) -> Result<Auditor, Error> {
        // Work is done on threads of our own only: the process-wide ones would be gone in a process that forks.
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads)
            .stack_size(STACK)
            .thread_name(|at| format!("treeward-{at}"))
            .build()
            .map_err(|error| Error::Internal(format!("no threads: {error}")))?;
        let pool = Arc::new(pool);
        let of_the_auditor = Arc::clone(&pool);
        pool.install(|| self.build_on(of_the_auditor))
    }

    fn build_on(self, pool: Arc<rayon::ThreadPool>) -> Result<Auditor, Error> {
        let all_rules = match self.rules {
            Some(rules) => rules,
            None => RuleSet::builtin()?,
        };
        let rules = all_rules.select(&self.selection)?;
        check_queries(&rules)?;
        let patterns = compile(&rules)?.timed(self.options.timings).into();
        let wanted = wanted(&rules);
        let languages = rules.iter().flat_map(|rule| rule.languages.iter().cloned()).collect();
        let known = match &self.options.data {
            Some(folder) => OnceLock::from(Arc::new(extract::with_folder(folder)?)),
            None => OnceLock::new(),
        };
        let (extractors, known) = (self.extractors, known.into());
        Ok(Auditor { rules, all_rules, patterns, wanted, languages, extractors, pool, known, options: self.options })
    }

    /// For tests of rules: a rule's `paths` do not count, nor do suppressions, and every profile runs.
    #[must_use]
    pub(super) fn for_tests(mut self) -> Self {
        self.selection.select = vec!["all".to_owned()];
        self.options.honour_suppressions = false;
        self.options.ignore_rule_paths = true;
        // Rules that ask for the day must answer the same on every day.
        self.options.audit_date = Some("2026-11-21".to_owned());
        self
    }

    /// Extractors in place of the built-in ones, for tests of the engine.
    #[cfg(test)]
    pub(super) fn extractors(mut self, extractors: Vec<&'static dyn Extractor>) -> Self {
        self.extractors = extractors;
        self
    }
}

/// Checks the queries of rules that others wrote. Built-in rules are checked by the project's own tests.
fn check_queries(rules: &RuleSet) -> Result<(), Error> {
    let mut database = None;
    let mut errors = Vec::new();
    for rule in rules.iter().filter(|rule| !rule.is_builtin) {
        let RuleBody::Query(query) = &rule.body else { continue };
        let database = match &mut database {
            Some(database) => database,
            None => database.insert(Database::pretended()?),
        };
        errors.extend(check_query(rule, query, database).err());
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Rules(errors)) }
}

/// The pattern rules by their index; what they are about follows, each at the index of its rule after all rules.
fn compile(rules: &RuleSet) -> Result<PatternSet, Error> {
    let patterns = rules.iter().enumerate().filter_map(|(at, rule)| match &rule.body {
        RuleBody::Pattern(pattern) => Some((at, &**pattern)),
        RuleBody::Query(_) => None,
    });
    let count = rules.as_slice().len();
    let subjects =
        rules.iter().enumerate().filter_map(|(at, rule)| rule.subject.as_ref().map(|subject| (count + at, subject)));
    PatternSet::compile(patterns.chain(subjects)).map_err(|issues| {
        let error = |(at, issue): (usize, _)| analyze::rule_error(&rules.as_slice()[at % count], &issue);
        Error::Rules(issues.into_iter().map(error).collect())
    })
}

fn wanted(rules: &RuleSet) -> Wanted {
    Wanted::for_queries(rules.iter().filter_map(|rule| Some(rule.query()?.question())))
}
