//! Annotated tests of rules, as Semgrep runs them, for pattern rules and query rules alike.
//!
//! Beside `<name>.yaml` stands a file with the same stem (`<name>.py`, `<name>.test.yaml`, `<name>.Dockerfile` …), or a
//! folder `<name>/` whose subfolders are trees of their own (the folder itself is the tree if it has none). A comment
//! `# ruleid: a, b` stands above a line that both rules must report, `# ok: a` above one that rule `a` must not,
//! `# pass: a` and `# unknown: a` above the line of a subject with that verdict; lines under `todoruleid` and `todook`
//! are left out. A folder `evidence` of a tree is what was saved of its running system. A tree of formats without comments has an `expected.yaml`: a list of `path`, `line`, `verdict`
//! (`fail` unless told otherwise).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Auditor;
use crate::error::Error;
use crate::report::{Audit, Verdict};
use crate::rules::{Rule, RuleSet};
use crate::source::{WalkOptions, decode};
use crate::syntax::yaml::Document;

/// A line that a test speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Path within the tested tree.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// The verdict that the line's subject must get.
    pub verdict: Verdict,
}

/// One rule on one tree.
#[derive(Debug, Clone)]
pub struct RuleTest {
    /// The rule's id.
    pub rule: String,
    /// The tested file or folder.
    pub target: PathBuf,
    /// How many lines were expected.
    pub expected: usize,
    /// Expected lines without the verdict.
    pub missing: Vec<Mark>,
    /// Findings on lines where none was expected.
    pub unexpected: Vec<Mark>,
    /// What went wrong while the rule ran.
    pub problems: Vec<String>,
}

impl RuleTest {
    /// Whether the rule did just what the annotations say.
    pub fn is_passed(&self) -> bool {
        self.missing.is_empty() && self.unexpected.is_empty() && self.problems.is_empty()
    }
}

/// The result of testing rule files.
#[derive(Debug, Clone, Default)]
pub struct TestReport {
    /// Every rule on every tree, sorted.
    pub tests: Vec<RuleTest>,
    /// Rules that no test speaks of.
    pub untested: Vec<String>,
}

/// Tests the rules of every rule file at `paths`.
///
/// # Errors
/// A path that cannot be read, or a rule file that is wrong.
pub fn test_rules<P: AsRef<Path>>(paths: impl IntoIterator<Item = P>) -> Result<TestReport, Error> {
    let mut files: BTreeMap<PathBuf, Vec<std::sync::Arc<Rule>>> = BTreeMap::new();
    for path in paths {
        for rule in RuleSet::load_files(path.as_ref())? {
            files.entry(PathBuf::from(&*rule.file)).or_default().push(rule.into());
        }
    }
    let files: Vec<_> = files.iter().collect();
    let mut report = TestReport::default();
    for one in test_files(&files)? {
        report.tests.extend(one.tests);
        report.untested.extend(one.untested);
    }
    Ok(report)
}

type RuleFile<'f> = (&'f PathBuf, &'f Vec<std::sync::Arc<Rule>>);

/// Tests the files side by side, with results in their order. Not on rayon's threads: one that waits for an audit would
/// begin the next file meanwhile, on the same stack, and so on for all of them.
fn test_files(files: &[RuleFile<'_>]) -> Result<Vec<TestReport>, Error> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((file, rules)) = files.get(at) else { return done };
            done.push((at, test_file(file, rules)));
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let mut done: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, report)| report).collect()
}

fn test_file(file: &Path, rules: &[std::sync::Arc<Rule>]) -> Result<TestReport, Error> {
    let mut report = TestReport::default();
    // What is expected of a tree is no part of it.
    let exclude = vec!["/expected.yaml".to_owned(), "/evidence/".to_owned()];
    let walk = WalkOptions { exclude, ..WalkOptions::default() };
    let auditor =
        Auditor::builder().rules(RuleSet::from_shared(rules.to_vec())).threads(1).walk(walk).for_tests().build()?;
    let mut spoken_of = BTreeSet::new();
    for target in targets(file) {
        let expectations = expectations(&target);
        let mut auditor = auditor.clone();
        auditor.options.evidence = Some(target.join("evidence")).filter(|folder| folder.is_dir());
        let audit = auditor.audit(&target)?;
        for rule in rules {
            let Some(test) = judge(rule, &target, &expectations, &audit) else { continue };
            spoken_of.insert(rule.id.clone());
            report.tests.push(test);
        }
    }
    report.untested.extend(rules.iter().map(|rule| rule.id.clone()).filter(|id| !spoken_of.contains(id)));
    Ok(report)
}

/// The files and trees that test the rule file.
fn targets(file: &Path) -> Vec<PathBuf> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut targets = Vec::new();
    for path in entries(folder) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && path != file && is_test_of(&name, &stem) {
            targets.push(path);
        } else if path.is_dir() && name == stem {
            let cases: Vec<PathBuf> = entries(&path).into_iter().filter(|path| path.is_dir()).collect();
            let has_files = entries(&path).iter().any(|path| path.is_file());
            targets.extend(if cases.is_empty() || has_files { vec![path] } else { cases });
        }
    }
    targets
}

/// `<stem>.<ext>` and `<stem>.test.<ext>`, but neither a rule file nor the result of a fix.
fn is_test_of(name: &str, stem: &str) -> bool {
    let Some(rest) = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.')) else { return false };
    !rest.starts_with("fixed.") && !matches!(rest, "yaml" | "yml") && rest.split('.').count() <= 2
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.sort();
    paths
}

/// What annotations say, by the bare name of the rule.
#[derive(Debug, Default)]
struct Expectations {
    marks: BTreeMap<String, BTreeSet<Mark>>,
    /// Lines under `ok`, and those that a `todo` leaves out.
    quiet: BTreeMap<String, BTreeSet<(String, u32)>>,
    ignored: BTreeMap<String, BTreeSet<(String, u32)>>,
    /// Marks of `expected.yaml`, which speak of every rule of the file.
    listed: Option<BTreeSet<Mark>>,
}

fn expectations(target: &Path) -> Expectations {
    let mut expectations = Expectations::default();
    let mut queue = vec![target.to_owned()];
    while let Some(path) = queue.pop() {
        if path.is_dir() {
            queue.extend(entries(&path));
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let relative = path.strip_prefix(target).ok().filter(|rest| !rest.as_os_str().is_empty());
        let relative = relative.map_or(name.clone(), |rest| rest.to_string_lossy().replace('\\', "/"));
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let Ok(text) = decode(&relative, &bytes) else { continue };
        if name == "expected.yaml" && relative == name {
            expectations.listed = Some(listed(&text));
        } else {
            annotate(&relative, &text, &mut expectations);
        }
    }
    expectations
}

fn listed(text: &str) -> BTreeSet<Mark> {
    let document = Document::parse(text);
    let Some(root) = document.root() else { return BTreeSet::new() };
    let read = |item, key: &str| document.get(item, key).and_then(|value| document.text(value)).map(str::to_owned);
    let marks = document.items(root).iter().filter_map(|item| {
        let verdict = read(*item, "verdict").as_deref().map_or(Some(Verdict::Fail), verdict)?;
        let line = read(*item, "line").and_then(|line| line.parse().ok()).unwrap_or(1);
        Some(Mark { path: read(*item, "path")?, line, verdict })
    });
    marks.collect()
}

fn verdict(word: &str) -> Option<Verdict> {
    Some(match word {
        "fail" => Verdict::Fail,
        "pass" => Verdict::Pass,
        "unknown" => Verdict::Unknown,
        _ => return None,
    })
}

/// Reads the annotations of one text. An annotation speaks of the next line that is none itself.
fn annotate(path: &str, text: &str, into: &mut Expectations) {
    let mut waiting: Vec<(&str, String)> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if let Some(found) = annotation(line) {
            waiting.extend(found);
            continue;
        }
        for (word, name) in waiting.drain(..) {
            let place = (path.to_owned(), at as u32 + 1);
            let mark = |verdict| Mark { path: place.0.clone(), line: place.1, verdict };
            match word {
                "ruleid" => drop(into.marks.entry(name).or_default().insert(mark(Verdict::Fail))),
                "pass" => drop(into.marks.entry(name).or_default().insert(mark(Verdict::Pass))),
                "unknown" => drop(into.marks.entry(name).or_default().insert(mark(Verdict::Unknown))),
                "ok" => drop(into.quiet.entry(name).or_default().insert(place)),
                _ => drop(into.ignored.entry(name).or_default().insert(place)),
            }
        }
    }
}

const WORDS: &[&str] =
    &["ruleid", "ok", "pass", "unknown", "todoruleid", "todook", "deepruleid", "deepok", "prook", "proruleid"];

/// The annotations on a line: the word and the bare rule names.
fn annotation(line: &str) -> Option<Vec<(&'static str, String)>> {
    let start = line.find(['#', '/', '-', ';', '<', '(', '"'])?;
    let comment = line[start..].trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    let (word, rest) = comment.split_once(':')?;
    let word = WORDS.iter().find(|known| **known == word.trim())?;
    let names = rest.split([',', ' ']).map(|name| name.trim().trim_end_matches("-->").trim_end_matches("*/").trim());
    let found: Vec<_> = names
        .map_while(|name| (name.is_empty() || is_rule_name(name)).then_some(name))
        .filter(|name| !name.is_empty())
        .map(|name| (*word, bare(name).to_owned()))
        .collect();
    (!found.is_empty()).then_some(found)
}

fn is_rule_name(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'))
}

fn bare(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// Compares one rule's verdicts with what the annotations say; `None` where they do not speak of it.
fn judge(rule: &Rule, target: &Path, expectations: &Expectations, audit: &Audit) -> Option<RuleTest> {
    let name = bare(&rule.id);
    let marked = expectations.marks.get(name);
    let quiet = expectations.quiet.get(name);
    if marked.is_none() && quiet.is_none() && expectations.listed.is_none() {
        return None;
    }
    let mut expected: BTreeSet<Mark> = marked.into_iter().flatten().cloned().collect();
    expected.extend(expectations.listed.iter().flatten().cloned());
    let seen = verdicts(rule, audit);
    let ignored = |mark: &Mark| {
        expectations.ignored.get(name).is_some_and(|lines| lines.contains(&(mark.path.clone(), mark.line)))
    };
    let unexpected =
        seen.iter().filter(|mark| mark.verdict == Verdict::Fail && !expected.contains(mark) && !ignored(mark));
    Some(RuleTest {
        rule: rule.id.clone(),
        target: target.to_owned(),
        expected: expected.len(),
        missing: expected.iter().filter(|mark| !seen.contains(mark)).cloned().collect(),
        unexpected: unexpected.cloned().collect(),
        problems: audit
            .errors
            .iter()
            .filter(|problem| problem.rule_id.as_deref().is_none_or(|id| id == rule.id))
            .map(|problem| problem.message.clone())
            .collect(),
    })
}

fn verdicts(rule: &Rule, audit: &Audit) -> BTreeSet<Mark> {
    let checks = audit.checks.iter().filter(|check| check.rule_id == rule.id);
    let evidence = checks.flat_map(|check| &check.evidence);
    evidence
        .map(|item| Mark { path: item.location.path.clone(), line: item.location.start.line, verdict: item.verdict })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_are_read_behind_any_comment_sign() {
        let names = |line| {
            annotation(line)
                .map(|found| found.into_iter().map(|(word, name)| format!("{word} {name}")).collect::<Vec<_>>())
        };
        assert_eq!(names("    # ruleid: a, b"), Some(vec!["ruleid a".into(), "ruleid b".into()]));
        assert_eq!(names("-- ok: compose/x"), Some(vec!["ok x".into()]));
        assert_eq!(names("<!-- pass: y -->"), Some(vec!["pass y".into()]));
        assert_eq!(names("status: ok"), None);
        assert_eq!(names("# book: good"), None);
    }

    #[test]
    fn an_annotation_speaks_of_the_next_line_that_is_none() {
        let mut expectations = Expectations::default();
        annotate("f", "# ruleid: a\n# ok: b\nx\n", &mut expectations);
        assert_eq!(expectations.marks["a"].first().unwrap().line, 3);
        assert!(expectations.quiet["b"].contains(&("f".into(), 3)));
    }
}
