//! Rules: loading, validation, metadata, selection. A rule judges and never parses.

mod load;
mod metadata;
mod paths;
mod query;
mod select;
mod spelling;

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::Value;

use crate::error::{Error, RuleError};
use crate::pattern::PatternRule;
use crate::report::{Area, Confidence, Severity};

pub use metadata::{Effort, Impact, Profile};
pub use paths::PathFilter;
pub(crate) use query::counted;
pub use query::{QueryRule, check as check_query};
pub use select::Selection;
pub use spelling::nearest;

/// The JSON Schema (draft 7) of a rule file, for editors. It tells the shape; [`RuleSet::load`] tells everything.
pub const SCHEMA: &str = include_str!("rule.schema.json");

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Stable id: folder and name for a built-in rule, as written for a rule of the user's.
    pub id: String,
    /// What it checks, in words.
    pub title: String,
    /// What a finding says; `{column}`, `{count:noun}` or `$METAVARIABLE` stand for what was found.
    pub message: String,
    /// How bad a finding is, unless the query says less.
    pub severity: Severity,
    /// What it is about.
    pub area: Area,
    /// How likely a finding is right.
    pub confidence: Confidence,
    /// How long the mend takes.
    pub effort: Option<Effort>,
    /// How much the mend brings.
    pub impact: Option<Impact>,
    /// When the rule is on.
    pub profile: Profile,
    /// What to do.
    pub remediation: String,
    /// Languages as written; empty for a query rule.
    pub languages: Vec<String>,
    /// Globs of `paths`, where the rule is limited to some.
    pub paths: Option<PathFilter>,
    /// Whether it looks at test files, examples and documentation too; a built-in pattern rule does so only where its
    /// metadata has `tests: true`.
    pub tests: bool,
    /// Whether its `fix` keeps behaviour, as its metadata says with `safe-fix: true`; nobody else can know.
    pub safe_fix: bool,
    /// Whether it comes with treeward, so that the project's own tests have checked it.
    pub is_builtin: bool,
    /// Ids of rules that tell a consequence or a weaker form of the same: where one of them has a finding at a place of
    /// this rule's finding, that one becomes a related place of this one.
    pub covers: Vec<String>,
    /// Whether what it finds in one file is told as one finding, with the other places beside it: `per-file: true`.
    pub per_file: bool,
    /// Further metadata, as written.
    pub metadata: std::collections::BTreeMap<String, Value>,
    /// What a pattern rule is about (`metadata.subject`): each match is a subject. Without it, the files are.
    pub subject: Option<PatternRule>,
    /// How it judges.
    pub body: RuleBody,
    /// The rule file, as the user named it.
    pub file: Arc<str>,
    /// Line of the rule in its file, from 1.
    pub line: u32,
}

impl Rule {
    /// The query of a query rule.
    pub(crate) fn query(&self) -> Option<&QueryRule> {
        match &self.body {
            RuleBody::Query(query) => Some(query),
            RuleBody::Pattern(_) => None,
        }
    }

    /// The SQL of a query rule.
    pub fn sql(&self) -> Option<&str> {
        self.query().map(|query| query.sql.as_str())
    }
}

/// How a rule judges.
#[derive(Debug, Clone)]
pub enum RuleBody {
    /// A pattern on the syntax tree of one file.
    Pattern(Box<PatternRule>),
    /// A query over the facts of the tree.
    Query(QueryRule),
}

/// Rules that belong together, in the order of their ids.
#[derive(Debug, Clone, Default)]
pub struct RuleSet {
    rules: Vec<Arc<Rule>>,
}

impl RuleSet {
    /// The rules that come with treeward.
    ///
    /// # Errors
    /// Only for a broken built-in rule, which the project's own tests exclude.
    pub fn builtin() -> Result<Self, Error> {
        let mut rules = Vec::new();
        let mut errors = Vec::new();
        let files = treeward_rules::files();
        // Only on threads of an auditor: the process-wide ones would be gone in a process that forks.
        let on_threads = rayon::current_thread_index().is_some();
        let loaded: Vec<_> = if on_threads {
            files.par_iter().map(load::builtin).collect()
        } else {
            files.iter().map(load::builtin).collect()
        };
        for loaded in loaded {
            match loaded {
                Ok(read) => rules.extend(read),
                Err(read) => errors.extend(read),
            }
        }
        Self::from_rules(rules, errors)
    }

    /// Reads rule files: each path a file, or a folder that is searched for `.yaml` and `.yml` files with `rules:`.
    ///
    /// # Errors
    /// A path that cannot be read; every problem of every rule file, with line and column.
    pub fn load<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<Self, Error> {
        let mut rules = Vec::new();
        let mut errors = Vec::new();
        for path in paths {
            for (name, text) in load::rule_files(path.as_ref())? {
                match load::load(&name, &text) {
                    Ok(read) => rules.extend(read),
                    Err(read) => errors.extend(read),
                }
            }
        }
        Self::from_rules(rules, errors)
    }

    /// Reads rules from a text; `name` stands for the file in errors.
    ///
    /// # Errors
    /// Every problem, with line and column.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        match load::load(name, text) {
            Ok(rules) => Self::from_rules(rules, Vec::new()),
            Err(errors) => Err(Error::Rules(errors)),
        }
    }

    fn from_rules(mut rules: Vec<Rule>, mut errors: Vec<RuleError>) -> Result<Self, Error> {
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        for pair in rules.windows(2).filter(|pair| pair[0].id == pair[1].id) {
            let first = format!("{}:{}", pair[0].file, pair[0].line);
            errors.push(pair[1].error(format!("the id is taken by the rule at {first}; give one of them another")));
        }
        if errors.is_empty() {
            Ok(Self { rules: rules.into_iter().map(Arc::new).collect() })
        } else {
            errors.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
            Err(Error::Rules(errors))
        }
    }

    /// The rules of the rule files at `path`, in the order written; the same id may stand in several files.
    pub(crate) fn load_files(path: &Path) -> Result<Vec<Rule>, Error> {
        let mut rules = Vec::new();
        let mut errors = Vec::new();
        for (name, text) in load::rule_files(path)? {
            match load::load(&name, &text) {
                Ok(read) => rules.extend(read),
                Err(read) => errors.extend(read),
            }
        }
        if errors.is_empty() { Ok(rules) } else { Err(Error::Rules(errors)) }
    }

    /// Rules that are already shared.
    pub(crate) fn from_shared(mut rules: Vec<Arc<Rule>>) -> Self {
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        Self { rules }
    }

    /// The rules, sorted by id.
    pub(crate) fn as_slice(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    /// Both sets together; a rule of `other` replaces one of the same id.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.rules.retain(|rule| other.get(&rule.id).is_none());
        self.rules.extend(other.rules);
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
        self
    }

    /// The rules that `selection` picks.
    ///
    /// # Errors
    /// A word of the selection that names no rule, area or folder.
    pub fn select(&self, selection: &Selection) -> Result<Self, Error> {
        select::select(&self.rules, selection).map(|rules| Self { rules })
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&Arc<Rule>> {
        self.rules.binary_search_by(|rule| rule.id.as_str().cmp(id)).ok().map(|at| &self.rules[at])
    }

    /// The rules, sorted by id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Rule>> + '_ {
        self.rules.iter()
    }

    /// How many rules there are.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

impl Rule {
    /// An error that points at this rule.
    pub(crate) fn error(&self, message: String) -> RuleError {
        RuleError { file: self.file.to_string(), line: self.line, column: 1, rule: Some(self.id.clone()), message }
    }
}
