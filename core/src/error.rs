//! What stops a run. Trouble with one file of a tree is data (`Audit::errors`, `Audit::skipped`), not an error.

use std::path::PathBuf;

/// Why an audit could not be made at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The path to audit is missing or cannot be read.
    #[error("cannot read `{}`: {reason}", path.display())]
    Unreadable {
        /// The path as given.
        path: PathBuf,
        /// The operating system's reason, and what to do.
        reason: String,
    },
    /// One or more rule files are wrong; every problem is listed.
    #[error("{}", list(.0))]
    Rules(Vec<RuleError>),
    /// A data table that was given in place of a built-in one is wrong.
    #[error("{0}")]
    Data(DataError),
    /// A query over the facts was refused or failed.
    #[error("query failed: {0}")]
    Query(String),
    /// An option's value cannot be used.
    #[error("{0}")]
    Usage(String),
    /// A session does not take a file, or a text for it.
    #[error("`{}` cannot be in the session: {reason}", path.display())]
    Refused {
        /// The path as given.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// The caller asked to stop.
    #[error("cancelled")]
    Cancelled,
    /// A broken invariant of the engine.
    #[error("internal: {0}")]
    Internal(String),
}

/// What is wrong in a rule file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {}{message}", rule.as_ref().map(|id| format!("rule `{id}`: ")).unwrap_or_default())]
pub struct RuleError {
    /// The rule file as the user named it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The rule's id, where it was read.
    pub rule: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

/// What is wrong in a data table, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}: {message}", file.display())]
pub struct DataError {
    /// The file.
    pub file: PathBuf,
    /// Line, from 1.
    pub line: u32,
    /// What is wrong and what to do.
    pub message: String,
}

fn list(errors: &[RuleError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
