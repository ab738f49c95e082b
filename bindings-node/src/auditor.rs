//! Compiled rules, ready to audit.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use napi::Status;
use napi::bindgen_prelude::{AsyncTask, FnArgs};
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi_derive::napi;
use serde::Deserialize;
use treeward::engine::{Cancel, Progress, Stage};
use treeward::rules::Selection;
use treeward::source::WalkOptions;
use treeward::{Error, RuleSet, Severity};

use crate::job::{Job, promise};
use crate::report::{Facts, Report};
use crate::session::Session;

/// How often progress is told, at most.
const PACE: Duration = Duration::from_millis(50);

/// The engine's auditor.
#[napi]
pub struct Auditor(Arc<treeward::Auditor>);

/// Stops the audits that it was given to.
#[napi]
#[derive(Default)]
pub struct Stop(Cancel);

#[napi]
impl Stop {
    #[napi(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    #[napi]
    pub fn stop(&self) {
        self.0.cancel();
    }
}

/// Called with the stage and how many of its steps are done, of how many.
type Told = FnArgs<(&'static str, u32, u32)>;
type OnProgress = ThreadsafeFunction<Told, (), Told, Status, false, true>;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Options {
    rules: Vec<PathBuf>,
    builtin: bool,
    select: Vec<String>,
    ignore: Vec<String>,
    min_severity: Option<Severity>,
    exclude: Vec<String>,
    threads: usize,
    timings: bool,
    audit_date: Option<String>,
    data: Option<PathBuf>,
    evidence: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            builtin: true,
            select: Vec::new(),
            ignore: Vec::new(),
            min_severity: None,
            exclude: Vec::new(),
            threads: 0,
            timings: false,
            audit_date: None,
            data: None,
            evidence: None,
        }
    }
}

#[napi]
impl Auditor {
    /// Compiles the rules that `options`, a JSON object, chooses.
    #[napi(ts_return_type = "Promise<Auditor>")]
    pub fn compile(options: String) -> AsyncTask<Job<Auditor>> {
        promise(move || {
            let options = serde_json::from_str(&options).map_err(|error| wrong_option(&error))?;
            compile(options).map(|auditor| Self(Arc::new(auditor)))
        })
    }

    #[napi(ts_return_type = "Promise<Report>")]
    pub fn audit(&self, path: String, stop: &Stop, on_progress: Option<OnProgress>) -> AsyncTask<Job<Report>> {
        let auditor = self.0.watched(stop.0.clone(), teller(on_progress));
        promise(move || auditor.audit(path).and_then(Report::new))
    }

    #[napi(ts_return_type = "Promise<Session>")]
    pub fn session(&self, path: String, stop: &Stop, on_progress: Option<OnProgress>) -> AsyncTask<Job<Session>> {
        let auditor = self.0.watched(stop.0.clone(), teller(on_progress));
        promise(move || auditor.session(path).map(Session::from))
    }

    #[napi(ts_return_type = "Promise<Report>")]
    pub fn scan_text(&self, path: String, text: String) -> AsyncTask<Job<Report>> {
        let auditor = Arc::clone(&self.0);
        promise(move || auditor.scan_text(&path, &text).and_then(Report::new))
    }

    #[napi(ts_return_type = "Promise<Facts>")]
    pub fn facts(&self, path: String) -> AsyncTask<Job<Facts>> {
        let auditor = Arc::clone(&self.0);
        promise(move || auditor.facts(path).map(Facts::from))
    }
}

/// What serde says, without the place in a text that the caller never saw.
fn wrong_option(error: &serde_json::Error) -> Error {
    let text = error.to_string();
    Error::Usage(text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what).to_owned())
}

fn compile(options: Options) -> Result<treeward::Auditor, Error> {
    let mut builder = treeward::Auditor::builder();
    if !options.builtin {
        builder = builder.rules(RuleSet::load(&options.rules)?);
    } else if !options.rules.is_empty() {
        builder = builder.rules(RuleSet::builtin()?.with(RuleSet::load(&options.rules)?));
    }
    let selection = Selection { select: options.select, ignore: options.ignore, min_severity: options.min_severity };
    let walk = WalkOptions { exclude: options.exclude, ..WalkOptions::default() };
    if let Some(date) = options.audit_date {
        builder = builder.audit_date(date);
    }
    if let Some(data) = options.data {
        builder = builder.data(data);
    }
    if let Some(evidence) = options.evidence {
        builder = builder.evidence(evidence);
    }
    builder.select(selection).walk(walk).threads(options.threads).timings(options.timings).build()
}

/// An observer that tells JavaScript now and then, and always at the end of a stage; it never waits for it.
fn teller(on_progress: Option<OnProgress>) -> impl Fn(Progress) + Send + Sync + 'static {
    let start = Instant::now();
    let next = AtomicU64::new(0);
    move |progress| {
        let Some(on_progress) = &on_progress else { return };
        let now = start.elapsed().as_millis() as u64;
        if now < next.load(Ordering::Relaxed) && progress.done < progress.total {
            return;
        }
        next.store(now + PACE.as_millis() as u64, Ordering::Relaxed);
        let stage = match progress.stage {
            Stage::Collect => "collect",
            Stage::Analyze => "analyze",
            Stage::Judge => "judge",
        };
        let told = (stage, progress.done as u32, progress.total as u32);
        on_progress.call(told.into(), ThreadsafeFunctionCallMode::NonBlocking);
    }
}
