//! Compiled rules, ready to audit.

use std::path::PathBuf;

use pyo3::prelude::*;
use treeward::rules::Selection;
use treeward::source::WalkOptions;
use treeward::{Error, RuleSet, Severity};

use crate::errors;
use crate::facts::Facts;
use crate::report::Report;
use crate::session::Session;
use crate::watch::Caller;

/// The engine's auditor.
#[pyclass(frozen, module = "treeward._treeward")]
pub(crate) struct Auditor(treeward::Auditor);

/// What the constructor takes, by name.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Config {
    rules: Vec<PathBuf>,
    builtin: bool,
    select: Vec<String>,
    ignore: Vec<String>,
    min_severity: Option<String>,
    exclude: Vec<String>,
    threads: usize,
    timings: bool,
    audit_date: Option<String>,
    data: Option<PathBuf>,
    evidence: Option<PathBuf>,
}

#[pymethods]
impl Auditor {
    #[new]
    fn new(py: Python<'_>, config: Config) -> PyResult<Self> {
        py.detach(|| compile(config)).map(Self).map_err(|error| errors::raise(py, &error))
    }

    fn audit(
        &self,
        py: Python<'_>,
        path: PathBuf,
        progress: Option<Bound<'_, PyAny>>,
        cancel: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Report> {
        Caller { progress, cancel }.run(py, &self.0, move |auditor| auditor.audit(path)).map(Into::into)
    }

    fn session(
        &self,
        py: Python<'_>,
        path: PathBuf,
        progress: Option<Bound<'_, PyAny>>,
        cancel: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Session> {
        Caller { progress, cancel }.run(py, &self.0, move |auditor| auditor.session(path)).map(Into::into)
    }

    fn scan_text(&self, py: Python<'_>, path: &str, text: &str) -> PyResult<Report> {
        Caller::waiting().run(py, &self.0, move |auditor| auditor.scan_text(path, text)).map(Into::into)
    }

    fn facts(&self, py: Python<'_>, path: PathBuf) -> PyResult<Facts> {
        Caller::waiting().run(py, &self.0, move |auditor| auditor.facts(path)).map(Into::into)
    }
}

fn compile(config: Config) -> Result<treeward::Auditor, Error> {
    let mut builder = treeward::Auditor::builder();
    if !config.builtin {
        builder = builder.rules(RuleSet::load(&config.rules)?);
    } else if !config.rules.is_empty() {
        builder = builder.rules(RuleSet::builtin()?.with(RuleSet::load(&config.rules)?));
    }
    let selection =
        Selection { select: config.select, ignore: config.ignore, min_severity: severity(config.min_severity)? };
    let walk = WalkOptions { exclude: config.exclude, ..WalkOptions::default() };
    if let Some(date) = config.audit_date {
        builder = builder.audit_date(date);
    }
    if let Some(data) = config.data {
        builder = builder.data(data);
    }
    if let Some(evidence) = config.evidence {
        builder = builder.evidence(evidence);
    }
    builder.select(selection).walk(walk).threads(config.threads).timings(config.timings).build()
}

fn severity(word: Option<String>) -> Result<Option<Severity>, Error> {
    let Some(word) = word else { return Ok(None) };
    serde_json::from_value(word.as_str().into()).map(Some).map_err(|_| {
        Error::Usage(format!("`{word}` is no severity: use `info`, `low`, `medium`, `high` or `critical`"))
    })
}
