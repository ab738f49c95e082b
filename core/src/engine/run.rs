//! One audit, from the walk to the report.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::analyze::{Outcome, Plan, analyze};
use super::components::Components;
use super::evidence;
use super::judge::{self, Judged};
use super::observe::{Meter, Stage};
use super::reading::with_bytes;
use super::{Auditor, Facts};
use crate::error::Error;
use crate::extract::{Model, TreeIndex};
use crate::facts::schema::tree::{AuditDate, File, SkippedPath};
use crate::facts::{Certainty, Database, FactSet, Store, Wanted, derive, tables_mentioned};
use crate::report::{
    Audit, Check, DataTable, Draft, Problem, RuleNames, Settled, Shown, Suppressed, Suppressions,
    mask_checks_and_problems, settle, settle_again,
};
use crate::source::{
    Artifact, Collected, Entry, FileId, Held, Overlay, Skipped, SourceFile, Span, Stat, Text, Texts, classify, collect,
    collect_where, decode,
};

/// Milliseconds by stage and rule, kept only where asked for.
pub(crate) struct Clock(Option<BTreeMap<String, f64>>);

impl Clock {
    /// One that takes no times.
    pub(crate) fn stopped() -> Self {
        Self(None)
    }

    pub(super) fn time<T>(&mut self, name: &str, f: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = f();
        self.add(name, start.elapsed());
        value
    }

    pub(super) fn add(&mut self, name: &str, spent: Duration) {
        if let Some(timings) = &mut self.0 {
            *timings.entry(name.to_owned()).or_default() += spent.as_secs_f64() * 1e3;
        }
    }

    /// The time of each pattern rule, summed over files (and threads).
    fn rules(&mut self, auditor: &Auditor, read: &Read) {
        let Some(timings) = &mut self.0 else { return };
        let count = auditor.rules.as_slice().len();
        for outcome in read.outcomes.iter().flatten() {
            for (rule, nanoseconds) in &outcome.scan.nanoseconds {
                let name = format!("rule:{}", auditor.rule(rule % count).id);
                *timings.entry(name).or_default() += *nanoseconds as f64 / 1e6;
            }
        }
    }
}

/// Every rule over the tree at `root`.
pub(super) fn audit(auditor: &Auditor, root: &Path) -> Result<Audit, Error> {
    let mut clock = Clock(auditor.options.timings.then(BTreeMap::new));
    let collected = clock.time("collect", || collect(root, &auditor.options.walk))?;
    let read = clock.time("analyze", || read_all(auditor, (root, collected), &auditor.wanted, None))?;
    finish(auditor, root.display().to_string(), read, clock)
}

/// The pattern rules alone.
pub(super) fn scan(auditor: &Auditor, root: &Path) -> Result<Audit, Error> {
    let mut clock = Clock(auditor.options.timings.then(BTreeMap::new));
    let keep = |path: &str| is_scanned(auditor, path);
    let collected = clock.time("collect", || collect_where(root, &auditor.options.walk, &keep))?;
    let read = clock.time("analyze", || read_scanned(auditor, collected))?;
    let judged = clock.time("patterns", || judge::patterns(auditor, &read, 0));
    clock.rules(auditor, &read);
    Ok(report(auditor, root.display().to_string(), &read, judged, clock))
}

/// Whether a pattern rule could look at the file at `path`; a name without an extension may be a script of any language.
fn is_scanned(auditor: &Auditor, path: &str) -> bool {
    let has = |language: &str| auditor.languages.contains(language);
    if has("generic") || has("regex") {
        return true;
    }
    if !path.rsplit('/').next().unwrap_or(path).contains('.') {
        return classify(path, "").language().is_none_or(has);
    }
    // Most files of a tree are of other kinds.
    let is_asked = !has("python") || auditor.languages.len() > 1 || has_extension_of_python(path);
    is_asked && classify(path, "").language().is_some_and(has)
}

/// Every rule over one text that stands for a tree.
pub(super) fn audit_text(auditor: &Auditor, path: &str, text: &str) -> Result<Audit, Error> {
    let clock = Clock(auditor.options.timings.then(BTreeMap::new));
    let stat = Some(Stat { size: text.len() as u64, mode: None });
    let entry = Entry { path: path.to_owned(), raw: None, stat, ignored: false };
    let file = analyze_text(&plan(auditor, &auditor.wanted), FileId(0), entry, text);
    let read = Read::gather(vec![Ok(file)], Vec::new());
    finish(auditor, path.to_owned(), read, clock)
}

/// All facts of the tree at `root`.
pub(super) fn facts(auditor: &Auditor, root: &Path) -> Result<Facts, Error> {
    let collected = collect(root, &auditor.options.walk)?;
    let mut read = read_all(auditor, (root, collected), &Wanted::all(), None)?;
    let texts = Arc::clone(&read.texts);
    let all = Wanted::all();
    let Loaded { store, .. } = load(auditor, &mut read, &all, &mut Clock::stopped());
    let store = Arc::new(store);
    let mut databases = Database::open_many(1, &store, &texts, &all)?;
    derive(&store, &mut databases, &all)?;
    let database = databases.pop().ok_or_else(|| Error::Internal("no database".to_owned()))?;
    Ok(Facts { database, store, texts })
}

fn finish(auditor: &Auditor, root: String, mut read: Read, mut clock: Clock) -> Result<Audit, Error> {
    let texts = Arc::clone(&read.texts);
    let start = Instant::now();
    let Loaded { store, models } = load(auditor, &mut read, &auditor.wanted, &mut clock);
    drop_aside(models);
    let store = Arc::new(store);
    clock.add("facts", start.elapsed());
    let mut judged = clock.time("patterns", || judge::patterns(auditor, &read, judge::MAX_PASSED));
    clock.rules(auditor, &read);
    judge::queries(auditor, &store, &texts, &mut judged, &mut clock)?;
    drop_aside(store);
    Ok(report(auditor, root, &read, judged, clock))
}

/// Takes apart what consists of very many pieces while another thread has nothing to do.
fn drop_aside<T: Send + 'static>(pieces: T) {
    rayon::spawn(move || drop(pieces));
}

/// What reading the whole tree gave.
pub(crate) struct Read {
    pub(crate) texts: Arc<Texts>,
    pub(crate) outcomes: Vec<Option<Outcome>>,
    pub(crate) skipped: Vec<Skipped>,
    /// How many of the texts are files of the tree; evidence follows them.
    tree: usize,
    problems: Vec<Problem>,
    /// Extractors whose link step failed.
    pub(crate) unlinked: BTreeSet<usize>,
}

/// A file that was read, or why it was not.
type FileResult = Result<(Text, Outcome), Box<(Text, Skipped)>>;

impl Read {
    fn gather(results: Vec<FileResult>, mut skipped: Vec<Skipped>) -> Self {
        let tree = results.len();
        let mut files = Vec::with_capacity(results.len());
        let mut outcomes = Vec::with_capacity(results.len());
        for result in results {
            let (text, outcome) = match result {
                Ok((text, outcome)) => (text, Some(outcome)),
                Err(unread) => {
                    let (text, why) = *unread;
                    skipped.push(why);
                    (text, None)
                }
            };
            files.push(text);
            outcomes.push(outcome);
        }
        skipped.sort();
        Self {
            texts: Arc::new(Texts::new(files)),
            outcomes,
            skipped,
            tree,
            problems: Vec::new(),
            unlinked: BTreeSet::new(),
        }
    }
}

/// Every file, in the order of the numbers that facts know them by; those in memory as they are there.
pub(crate) fn read_all(
    auditor: &Auditor,
    (root, collected): (&Path, Collected),
    wanted: &Wanted,
    overlay: Option<&Overlay>,
) -> Result<Read, Error> {
    let Collected { root: top, files, skipped } = collected;
    prepare(auditor, &files);
    let plan = plan(auditor, wanted);
    let mut results: Vec<FileResult> = each_file(auditor, files, |id, entry| {
        let held = overlay.filter(|_| entry.raw.is_none()).map_or(Held::Nothing, |overlay| overlay.get(&entry.path));
        if let Held::Text(text) = held {
            return Some(Ok(analyze_text(&plan, id, entry, text)));
        }
        Some(read_file(auditor, &top, entry, |entry, text| analyze_text(&plan, id, entry, text)))
    })?;
    let tree = results.len();
    let (shown, problems) = evidence::read(auditor, root, tree, wanted)?;
    results.extend(shown.into_iter().map(Ok));
    Ok(Read { tree, problems, ..Read::gather(results, skipped) })
}

/// The files of which the pattern rules alone have something to tell. Most have none, and nothing is kept of those.
fn read_scanned(auditor: &Auditor, collected: Collected) -> Result<Read, Error> {
    let Collected { root, files, skipped } = collected;
    prepare(auditor, &files);
    let plan = Plan { auditor, extractors: &[], wanted: &Wanted::nothing(), known: &Arc::default() };
    let told: Vec<FileResult> = each_file(auditor, files, |id, entry| {
        let result = read_file(auditor, &root, entry, |entry, text| {
            Some(analyze_text(&plan, id, entry, text)).filter(|(_, outcome)| !outcome.is_silent())
        });
        result.transpose()
    })?;
    Ok(Read::gather(told, skipped))
}

/// Has the pattern rules ready for the languages of the files.
fn prepare(auditor: &Auditor, files: &[Entry]) {
    let is_of = |file: &Entry, language: &str| match language {
        "python" => has_extension_of_python(&file.path),
        _ => classify(&file.path, "").language() == Some(language),
    };
    let is_there = |language: Option<&str>| match language {
        Some(language) => files.iter().any(|file| is_of(file, language)),
        None => !files.is_empty(),
    };
    auditor.patterns.prepare(&is_there);
}

/// Python's extensions are few, and no other makes a file Python.
fn has_extension_of_python(path: &str) -> bool {
    let extension = path.rsplit('/').next().unwrap_or(path).rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| ["py", "pyi", "pyw"].iter().any(|python| extension.eq_ignore_ascii_case(python)))
}

/// What `read` gives for the files, in their order.
fn each_file<T: Send>(
    auditor: &Auditor,
    mut files: Vec<Entry>,
    read: impl Fn(FileId, Entry) -> Option<T> + Sync,
) -> Result<Vec<T>, Error> {
    let options = &auditor.options;
    files.truncate(Span::MAX_FILES);
    let meter = Meter::new(options.observer.as_ref(), Stage::Analyze, files.len());
    let each = |(at, entry): (usize, Entry)| {
        if let Err(cancelled) = options.cancel.check() {
            return Some(Err(cancelled));
        }
        let result = read(FileId(at as u32), entry);
        meter.step();
        result.map(Ok)
    };
    files.into_par_iter().enumerate().filter_map(each).collect()
}

/// Reads a file, and gives what `analyze` makes of its text.
pub(crate) fn read_file<T>(
    auditor: &Auditor,
    root: &Path,
    entry: Entry,
    analyze: impl FnOnce(Entry, &str) -> T,
) -> Result<T, Box<(Text, Skipped)>> {
    with_bytes(&entry.on_disk(root), &auditor.options.walk, |bytes| {
        let text = bytes.and_then(|bytes| decode(&entry.path, bytes).map_err(|error| error.to_string()));
        match text {
            Ok(text) => Ok(analyze(entry, &text)),
            Err(reason) => {
                let skipped = Skipped { path: entry.path.clone(), reason, mode: None };
                let artifact = classify(&entry.path, "");
                Err(Box::new((Text::new(entry.path, artifact, None), skipped)))
            }
        }
    })
}

pub(crate) fn plan<'p>(auditor: &'p Auditor, wanted: &'p Wanted) -> Plan<'p> {
    Plan { auditor, extractors: &auditor.extractors, wanted, known: auditor.known() }
}

pub(crate) fn analyze_text(plan: &Plan<'_>, id: FileId, entry: Entry, text: &str) -> (Text, Outcome) {
    let artifact = classify(&entry.path, text);
    let file = SourceFile::new(id, &entry.path, artifact, text);
    let mut outcome = analyze(&file, plan);
    state_file(&file, &entry, &mut outcome.facts);
    drop(file);
    // A text is kept only where a finding or a fact may point into it.
    let text = outcome.points_into_text().then(|| text.into());
    (Text::new(entry.path, artifact, text), outcome)
}

fn state_file(file: &SourceFile<'_>, entry: &Entry, facts: &mut FactSet) {
    if !facts.wants::<File>() {
        return;
    }
    let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", file.path));
    facts.push(File {
        span: Span::file_start(file.id),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        folder: folder.to_owned(),
        name: name.to_owned(),
        artifact: file.artifact.name(),
        size: entry.stat.map_or(file.text.len() as u64, |stat| stat.size) as i64,
        lines: file.line_count() as i64,
        parsed: file.is_parsed(),
        is_test: is_test_path(file.path),
        mode: entry.stat.and_then(|stat| stat.mode).map(i64::from),
        is_ignored: entry.ignored,
    });
}

/// Whether a path marks its file as a test, an example, documentation or put aside.
pub(crate) fn is_test_path(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let in_folder = path.split('/').rev().skip(1).any(|part| {
        let ends = ["-test", "-tests", "_test", "_tests"];
        ends.iter().any(|end| part.ends_with(end))
            || part.starts_with("tests_")
            || matches!(
                part,
                "test"
                    | "tests"
                    | "testing"
                    | "__tests__"
                    | "e2e"
                    | "spec"
                    | "fixtures"
                    | "testdata"
                    | "example"
                    | "examples"
                    | "samples"
                    | "loadtest"
                    | "loadtests"
                    | "_archived"
                    | "docs"
                    | "doc"
            )
    });
    in_folder
        || name.starts_with("test_")
        || name == "conftest.py"
        || name.contains("_test.")
        || name.contains(".test.")
        || name.contains(".spec.")
}

/// All facts of a tree, and what their link steps were made from.
pub(crate) struct Loaded {
    pub(crate) store: Store,
    pub(crate) models: Models,
}

/// By extractor, the models that it kept, in the order of the files.
pub(crate) type Models = Vec<Vec<(FileId, Model)>>;

/// Links the models of several files, and puts all facts together.
pub(crate) fn load(auditor: &Auditor, read: &mut Read, wanted: &Wanted, clock: &mut Clock) -> Loaded {
    let mut models: Models = auditor.extractors.iter().map(|_| Vec::new()).collect();
    let mut sets = Vec::with_capacity(read.outcomes.len() + auditor.extractors.len() + 1);
    let nothing = Wanted::nothing();
    for (at, outcome) in read.outcomes.iter_mut().enumerate() {
        let Some(outcome) = outcome else { continue };
        let empty = FactSet::for_file(FileId(0), nothing.clone(), auditor.known().clone());
        sets.push(std::mem::replace(&mut outcome.facts, empty));
        for (extractor, model) in outcome.models.drain(..) {
            models[extractor].push((FileId(at as u32), model));
        }
    }
    let mut tree = FactSet::for_link(0, wanted.clone(), auditor.known().clone());
    let tree_files = &read.texts.files()[..read.tree];
    let components = Components::find(tree_files, &mut tree);
    state_skipped(&read.skipped, &mut tree);
    let span = Span::file_start(FileId(0));
    tree.push(AuditDate { span, certainty: Certainty::Certain, date: auditor.options.audit_date.clone() });
    sets.push(tree);
    let component_of: Vec<Option<i64>> = tree_files.iter().map(|file| components.of(&file.path)).collect();
    let every: Vec<usize> = (0..auditor.extractors.len()).collect();
    let mut unlinked = BTreeSet::new();
    for Linked { extractor, facts, spent, has_failed } in link(auditor, &every, &models, (read, wanted)) {
        clock.add(&format!("link:{}", auditor.extractors[extractor].name()), spent);
        unlinked.extend(has_failed.then_some(extractor));
        sets.push(facts);
    }
    read.unlinked = unlinked;
    let store = clock.time("store", || Store::new(sets, component_of));
    Loaded { store, models }
}

fn link_problem(auditor: &Auditor, extractor: usize) -> Problem {
    let name = auditor.extractors[extractor].name();
    let message = format!("internal: the extractor `{name}` failed to join its files");
    Problem { path: None, rule_id: None, message }
}

/// What one extractor found between files.
pub(crate) struct Linked {
    pub(crate) extractor: usize,
    pub(crate) facts: FactSet,
    spent: Duration,
    pub(crate) has_failed: bool,
}

/// The link steps of these extractors, given the models of each.
pub(crate) fn link(
    auditor: &Auditor,
    extractors: &[usize],
    models: &Models,
    (read, wanted): (&Read, &Wanted),
) -> Vec<Linked> {
    let tree_files = &read.texts.files()[..read.tree];
    let files: Vec<(String, Artifact)> = tree_files.iter().map(|file| (file.path.clone(), file.artifact)).collect();
    let index = TreeIndex::new(&files, read.skipped.iter().map(|skipped| skipped.path.as_str()));
    let each = |&at: &usize| {
        let mut facts = FactSet::for_link(at + 1, wanted.clone(), auditor.known().clone());
        let link = || catch_unwind(AssertUnwindSafe(|| auditor.extractors[at].link(&models[at], &index, &mut facts)));
        let (linked, spent) = timed(link);
        Linked { extractor: at, facts, spent, has_failed: linked.is_err() }
    };
    extractors.par_iter().map(each).collect()
}

/// The value, and how long it took.
fn timed<T>(make: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = make();
    (value, start.elapsed())
}

fn state_skipped(skipped: &[Skipped], facts: &mut FactSet) {
    for skipped in skipped {
        facts.push(SkippedPath {
            span: Span::file_start(FileId(0)),
            certainty: Certainty::Certain,
            path: skipped.path.clone(),
            reason: skipped.reason.clone(),
            mode: skipped.mode.map(i64::from),
        });
    }
}

/// Settles the findings and puts the audit together.
fn report(auditor: &Auditor, root: String, read: &Read, judged: Judged, clock: Clock) -> Audit {
    report_again(auditor, root, read, (judged, clock), None)
}

/// The same, after findings were shown before.
pub(crate) fn report_again(
    auditor: &Auditor,
    root: String,
    read: &Read,
    (mut judged, mut clock): (Judged, Clock),
    shown: Option<&Shown>,
) -> Audit {
    let drafts = std::mem::take(&mut judged.drafts);
    let settled = clock.time("settle", || settled(auditor, read.outcomes.iter().flatten(), drafts, shown));
    let mut errors = judged.problems;
    errors.extend_from_slice(&read.problems);
    errors.extend(read.unlinked.iter().map(|extractor| link_problem(auditor, *extractor)));
    errors.extend(read.outcomes.iter().flatten().flat_map(|outcome| &outcome.problems).cloned());
    errors.extend(settled.problems);
    errors.sort();
    errors.dedup();
    let mut checks = judged.checks;
    let data = data_tables(auditor, &checks);
    judge::take_out(&mut checks, &settled.suppressed, |reason| match reason {
        "" => "suppressed".to_owned(),
        _ => format!("suppressed: {reason}"),
    });
    judge::told_elsewhere(&mut checks, &settled.covered);
    clock.time("settle", || mask_checks_and_problems(&mut checks, &mut errors));
    Audit {
        schema_version: 1,
        treeward: env!("CARGO_PKG_VERSION").to_owned(),
        root,
        findings: settled.findings,
        checks,
        suppressed: Suppressed { in_source: settled.suppressed.len(), ..Suppressed::default() },
        skipped: read.skipped.clone(),
        errors,
        data,
        timings: clock.0,
    }
}

/// What a report says of the drafts, given the suppressions of their files.
pub(crate) fn settled<'o>(
    auditor: &Auditor,
    outcomes: impl Iterator<Item = &'o Outcome>,
    drafts: Vec<Draft>,
    shown: Option<&Shown>,
) -> Settled {
    let names = RuleNames {
        ran: auditor.rules.iter().map(|rule| rule.id.as_str()).collect(),
        known: auditor.all_rules.iter().map(|rule| rule.id.as_str()).collect(),
        covers: auditor.rules.iter().map(|rule| (rule.id.as_str(), &rule.covers[..])).collect(),
        per_file: auditor.rules.iter().filter(|rule| rule.per_file).map(|rule| rule.id.as_str()).collect(),
    };
    let is_honoured = auditor.options.honour_suppressions;
    let suppressions: Vec<Suppressions> =
        outcomes.filter(|_| is_honoured).filter_map(|outcome| outcome.suppressions.clone()).collect();
    match shown {
        Some(shown) => settle_again(drafts, &suppressions, &names, shown),
        None => settle(drafts, &suppressions, &names),
    }
}

/// The data tables that had a part in what was judged: those that help to state a fact which a rule with subjects reads.
fn data_tables(auditor: &Auditor, checks: &[Check]) -> Vec<DataTable> {
    let judged: BTreeSet<&str> =
        checks.iter().filter(|check| check.subjects > 0).map(|check| check.rule_id.as_str()).collect();
    let rules = auditor.rules.iter().filter(|rule| judged.contains(rule.id.as_str()));
    let mentioned = tables_mentioned(rules.filter_map(|rule| Some(rule.query()?.question())));
    if mentioned.is_empty() {
        return Vec::new();
    }
    let tables = auditor.known().tables.iter().filter(|table| table.helps.iter().any(|name| mentioned.contains(*name)));
    tables.map(|table| DataTable { name: table.name.to_owned(), date: table.date.clone() }).collect()
}

/// A problem of a rule as a whole.
pub(super) fn rule_problem(rule_id: &str, message: String) -> Problem {
    Problem { path: None, rule_id: Some(rule_id.to_owned()), message }
}
