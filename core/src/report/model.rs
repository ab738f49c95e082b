//! The types that every format is rendered from, and that JSON shows as they are (schema_version 1).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::source::{Position, Skipped};

/// How bad a finding is. Ordered: `Info` is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Severity {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

/// How likely a finding is right: high over 95 %, medium over 80 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Confidence {
    Low,
    Medium,
    High,
}

/// The part of production readiness that a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Area {
    Security,
    Performance,
    Scalability,
    Reliability,
    Operations,
    Observability,
    Privacy,
    Testing,
    Deployment,
    Dependencies,
    Integration,
    Manageability,
}

/// What a rule says of one subject, or of all its subjects together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Judged and good.
    Pass,
    /// Judged and bad.
    Fail,
    /// Could not be judged: a value that only exists at run time, or a file that was not read.
    Unknown,
    /// There is no subject.
    NotApplicable,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// Path from the root, with forward slashes.
    pub path: String,
    /// First character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
}

/// Why a finding names a further place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A consequence, a definition, another participant.
    #[default]
    Related,
    /// Where a flow of data begins.
    Source,
    /// Where it passes.
    Step,
    /// Where it arrives.
    Sink,
}

/// A further place that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Related {
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// What stands there, in words.
    pub message: String,
    /// Why it is named; the places of a flow are in its order.
    #[serde(default)]
    pub role: Role,
}

/// A change of one file's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Edit {
    /// What is replaced.
    #[serde(flatten)]
    pub location: Location,
    /// The new text.
    pub text: String,
}

/// How a finding can be mended by machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fix {
    /// Edits that belong together and do not overlap.
    pub edits: Vec<Edit>,
    /// Whether behaviour is kept.
    pub safe: bool,
}

/// One thing that is wrong, at one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The rule, for example `compose/docker-socket-mount`.
    pub rule_id: String,
    /// What is wrong here.
    pub message: String,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub area: Area,
    /// How likely it is right.
    pub confidence: Confidence,
    /// Where.
    #[serde(flatten)]
    pub location: Location,
    /// What was judged, for example `service agent`.
    pub subject: String,
    /// The lines of the place, secrets masked.
    pub snippet: String,
    /// Further places: consequences, definitions, the trace of a flow.
    pub related: Vec<Related>,
    /// What to do.
    pub remediation: String,
    /// A change that mends it, where there is one.
    pub fix: Option<Fix>,
    /// Identity over time: see `report::fingerprint`. Unique within a report.
    pub fingerprint: String,
    /// The same without the path, so that a finding is known again in a renamed file. Not always unique.
    #[serde(default)]
    pub fingerprint_pathless: String,
    /// The rule's further metadata (CWE, OWASP, references …).
    pub metadata: BTreeMap<String, serde_json::Value>,
}

/// One subject that a rule judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Where the subject stands.
    #[serde(flatten)]
    pub location: Location,
    /// What it is.
    pub subject: String,
    /// What the rule says of it.
    pub verdict: Verdict,
    /// Why, where the verdict needs a word: the reason of an `unknown`, the evidence of a `pass`.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub note: String,
}

/// What one rule says of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// The rule.
    pub rule_id: String,
    /// What it checks, in words.
    pub title: String,
    /// What it is about.
    pub area: Area,
    /// `fail` if any subject fails, else `unknown` if any is, else `pass`; `not_applicable` without subjects.
    pub verdict: Verdict,
    /// Subjects judged.
    pub subjects: usize,
    /// Of these, how many fail.
    pub failed: usize,
    /// Of these, how many are unknown.
    pub unknown: usize,
    /// The subjects, failures first; at most 1,000, and of a pattern rule at most 100 that pass.
    pub evidence: Vec<Evidence>,
}

/// Trouble that cost a part of the audit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// The file, where one is to blame.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub path: Option<String>,
    /// The rule, where one is to blame.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rule_id: Option<String>,
    /// What happened and what it means for the result.
    pub message: String,
}

/// How many findings were left out of the list, by what left them out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Suppressed {
    /// A comment in the source.
    pub in_source: usize,
    /// The configuration's ignores for certain paths.
    pub configuration: usize,
    /// A baseline that holds them.
    pub baseline: usize,
    /// They stand on lines that did not change since the given revision.
    pub unchanged: usize,
    /// They are below the least severity asked for.
    pub below_severity: usize,
}

/// A dated table of facts about the world that the audit relied on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct DataTable {
    /// Its name, for example `images`.
    pub name: String,
    /// The day that it was last looked through, as `YYYY-MM-DD`.
    pub date: String,
}

/// The result of an audit: everything that a renderer shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Audit {
    /// Version of this format: 1.
    pub schema_version: u32,
    /// Version of treeward.
    pub treeward: String,
    /// The audited path, as given.
    pub root: String,
    /// What is wrong, sorted by path, place and rule.
    pub findings: Vec<Finding>,
    /// What every rule says, sorted by rule.
    pub checks: Vec<Check>,
    /// How many findings were left out of the list.
    #[serde(default)]
    pub suppressed: Suppressed,
    /// What was not read, and why.
    pub skipped: Vec<Skipped>,
    /// What went wrong during the audit.
    pub errors: Vec<Problem>,
    /// The data tables that it relied on, sorted by name.
    #[serde(default)]
    pub data: Vec<DataTable>,
    /// Milliseconds by stage and, under `rule:<id>`, `link:<extractor>` and `table:<name>`, by rule, join of files and
    /// derived table; only where asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub timings: Option<BTreeMap<String, f64>>,
}
