//! From matches and query rows to drafts of findings, and to what each rule says of its subjects.

use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use super::Auditor;
use super::observe::{Meter, Stage};
use super::run::{Clock, Read, is_test_path, rule_problem};
use crate::error::Error;
use crate::facts::{Database, Live, QueryResult, Store, Value, Wanted, derive, share};
use crate::pattern::{Match, Scan, TraceStep};
use crate::report::{
    Check, Draft, Edit, Evidence, Finding, Fix, Location, Problem, Related, Role, Severity, Verdict, snippet,
};
use crate::rules::{QueryRule, Rule, RuleBody, counted};
use crate::source::{Span, Text, Texts};

/// Most subjects that a check lists.
const MAX_EVIDENCE: usize = 1_000;
/// Most good subjects that the check of a pattern rule lists: most of them are files.
pub(crate) const MAX_PASSED: usize = 100;

/// What all rules found.
#[derive(Default)]
pub(crate) struct Judged {
    pub(crate) drafts: Vec<Draft>,
    pub(crate) checks: Vec<Check>,
    pub(crate) problems: Vec<Problem>,
}

/// The matches of the pattern rules; of good subjects, at most `listed` a rule are listed.
pub(crate) fn patterns(auditor: &Auditor, read: &Read, listed: usize) -> Judged {
    let mut judged = Judged::default();
    let rules = auditor.rules.as_slice().len();
    let mut seen: Vec<Seen> = (0..rules).map(|_| Seen { room: listed, ..Seen::default() }).collect();
    for (text, outcome) in read.texts.files().iter().zip(&read.outcomes) {
        if let Some(outcome) = outcome {
            file(auditor, text, &outcome.scan, (&mut judged, &mut seen));
        }
    }
    for (rule, seen) in auditor.rules.iter().zip(seen) {
        if matches!(rule.body, RuleBody::Pattern(_)) {
            judged.checks.push(check(rule, seen));
        }
    }
    judged
}

/// The findings of the pattern rules in one file.
pub(crate) fn pattern_drafts(auditor: &Auditor, text: &Text, scan: &Scan) -> Vec<Draft> {
    let is_subject = |found: &&Match| found.rule >= auditor.rules.as_slice().len();
    let matches = scan.matches.iter().filter(|found| !is_subject(found));
    matches.map(|found| pattern_draft(auditor.rule(found.rule), text, found)).collect()
}

/// What the pattern rules say of one file: its matches, and the subjects that have none.
fn file(auditor: &Auditor, text: &Text, scan: &Scan, (judged, seen): (&mut Judged, &mut [Seen])) {
    let rules = seen.len();
    let (matches, subjects): (Vec<&Match>, Vec<&Match>) = scan.matches.iter().partition(|found| found.rule < rules);
    for found in &matches {
        let draft = pattern_draft(auditor.rule(found.rule), text, found);
        seen[found.rule].fail(&draft.finding);
        judged.drafts.push(draft);
    }
    for (rule, reason) in scan.incomplete.iter().filter(|(rule, _)| *rule < rules) {
        seen[*rule].add(Verdict::Unknown, || (location(text, 0..0), text.path.clone(), reason.clone()));
    }
    let touches = |one: &Match, two: &Match| one.range.start < two.range.end && two.range.start < one.range.end;
    for subject in subjects {
        let rule = subject.rule - rules;
        let is_bad = matches.iter().any(|found| found.rule == rule && touches(found, subject));
        if !is_bad {
            seen[rule].add(Verdict::Pass, || (location(text, subject.range.clone()), text.path.clone(), String::new()));
        }
    }
    for &rule in scan.tried.iter().filter(|&&rule| rule < rules) {
        let is_told = matches.iter().any(|found| found.rule == rule)
            || scan.incomplete.iter().any(|(other, _)| *other == rule)
            || auditor.rule(rule).subject.is_some();
        if !is_told {
            seen[rule].add(Verdict::Pass, || (location(text, 0..0), text.path.clone(), String::new()));
        }
    }
}

/// The subjects that a rule saw; of the good ones the first are listed.
#[derive(Default)]
struct Seen {
    evidence: Vec<Evidence>,
    /// How many more good ones are listed.
    room: usize,
    /// How many are not listed.
    more: usize,
}

impl Seen {
    fn fail(&mut self, finding: &Finding) {
        self.add(Verdict::Fail, || (finding.location.clone(), finding.subject.clone(), String::new()));
    }

    fn add(&mut self, verdict: Verdict, what: impl FnOnce() -> (Location, String, String)) {
        if verdict == Verdict::Pass {
            if self.room == 0 {
                self.more += 1;
                return;
            }
            self.room -= 1;
        }
        let (location, subject, note) = what();
        self.evidence.push(Evidence { location, subject, verdict, note });
    }
}

/// The rows of the query rules.
pub(super) fn queries(
    auditor: &Auditor,
    store: &Arc<Store>,
    texts: &Arc<Texts>,
    judged: &mut Judged,
    clock: &mut Clock,
) -> Result<(), Error> {
    let every: Vec<usize> = (0..auditor.rules.as_slice().len()).collect();
    let answers = ask(auditor, (store, texts), &every, &|_| true, clock)?;
    let judge = |(at, answer): (usize, Answer)| {
        let mut own = Judged::default();
        judge(auditor, auditor.rule(at), &answer, (texts, &mut own));
        own
    };
    for own in answers.into_par_iter().map(judge).collect::<Vec<_>>() {
        judged.drafts.extend(own.drafts);
        judged.checks.extend(own.checks);
        judged.problems.extend(own.problems);
    }
    judged.checks.sort_by(|a, b| a.rule_id.cmp(&b.rule_id));
    Ok(())
}

/// What the query of a rule gave, or why it gave nothing.
pub(crate) type Answer = Result<QueryResult, String>;

/// Asks the query rules among `which`; answers by the index of the rule, in order. Once the derived tables are there,
/// only those that are `still` to be asked are, and the others have no answer.
pub(crate) fn ask(
    auditor: &Auditor,
    (store, texts): (&Arc<Store>, &Arc<Texts>),
    which: &[usize],
    still: &dyn Fn(usize) -> bool,
    clock: &mut Clock,
) -> Result<Vec<(usize, Answer)>, Error> {
    let rules = which.iter().map(|&at| (at, &**auditor.rule(at)));
    let asked: Vec<(usize, &Rule, &QueryRule)> =
        rules.filter_map(|(at, rule)| Some((at, rule, rule.query()?))).collect();
    let live = live(&asked, 0..asked.len(), store);
    let wanted = Wanted::for_queries(live.iter().map(|at| asked[*at].2.question()));
    let threads = auditor.pool.current_num_threads().min(live.len());
    let mut databases = clock.time("open", || Database::open_many(threads, store, texts, &wanted))?;
    if asked.iter().all(|(_, rule, _)| rule.is_builtin) {
        databases.iter_mut().try_for_each(Database::trust)?;
    }
    for (table, spent) in derive(store, &mut databases, &wanted)? {
        clock.add(&format!("table:{table}"), spent);
    }
    // Once the derived tables are there, more is known to be empty.
    let live = self::live(&asked, live.into_iter().filter(|at| still(asked[*at].0)), store);
    let meter = Meter::new(auditor.options.observer.as_ref(), Stage::Judge, live.len());
    let ask = |database: &Database, at: usize| {
        auditor.options.cancel.check()?;
        let start = Instant::now();
        let (_, rule, query) = asked[live[at]];
        let rows = database.query(&query.sql);
        debug_assert!(is_as_expected(store, query, &rows), "{}", rule.id);
        meter.step();
        Ok((rows, start.elapsed()))
    };
    let answers: Result<Vec<_>, Error> = share(&mut databases, live.len(), ask).into_iter().collect();
    let mut answers = live.iter().zip(answers?).peekable();
    let mut given = Vec::with_capacity(asked.len());
    for (at, (index, rule, _)) in asked.iter().enumerate() {
        match answers.next_if(|(answered, _)| **answered == at) {
            Some((_, (rows, spent))) => {
                clock.add(&format!("rule:{}", rule.id), spent);
                given.push((*index, rows));
            }
            None if still(*index) => given.push((*index, Ok(QueryResult::default()))),
            None => {}
        }
    }
    Ok(given)
}

/// Those of the queries that can have rows, by their index.
fn live<'a>(
    asked: &'a [(usize, &Rule, &QueryRule)],
    queries: impl Iterator<Item = usize>,
    store: &'a Store,
) -> Vec<usize> {
    let queries: Vec<usize> = queries.collect();
    // A debug build asks them all, to see that the others have none.
    let keep = |live: &mut Live<'a, Store>, at: usize| {
        (cfg!(debug_assertions) || live.may_have_rows(&asked[at].2.question().needs)).then_some(at)
    };
    queries.into_par_iter().map_init(|| Live::new(store), keep).flatten_iter().collect()
}

/// Whether a query has rows only where that was foreseen.
fn is_as_expected(store: &Store, query: &QueryRule, rows: &Result<QueryResult, String>) -> bool {
    let has_rows = rows.as_ref().is_ok_and(|result| !result.rows.is_empty());
    !has_rows || Live::new(store).may_have_rows(&query.question().needs)
}

/// One rule's rows: every row is a subject, every failing one a finding.
pub(crate) fn judge(auditor: &Auditor, rule: &Rule, answer: &Answer, (texts, judged): (&Texts, &mut Judged)) {
    let result = match answer {
        Ok(result) => result,
        Err(error) => return judged.problems.push(rule_problem(&rule.id, format!("the query failed: {error}"))),
    };
    let mut seen = Seen::default();
    for values in &result.rows {
        let row = Row { result, values };
        let Some(span) = row.span("span") else {
            judged
                .problems
                .push(rule_problem(&rule.id, "a row has no `span`; every row must point at its subject".to_owned()));
            continue;
        };
        let Some(text) = texts.file(span) else { continue };
        if !auditor.admits(rule, &text.path, !rule.tests && is_test_path(&text.path)) {
            continue;
        }
        let Some(verdict) = row.verdict() else {
            let message = "a row's `verdict` is not `pass`, `fail` or `unknown`".to_owned();
            judged.problems.push(rule_problem(&rule.id, message));
            continue;
        };
        let note = row.text("note").or_else(|| row.text(note_column(verdict))).unwrap_or_default();
        let location = location(text, span.range());
        seen.evidence.push(Evidence { location, subject: subject(&row, text), verdict, note });
        if verdict == Verdict::Fail {
            judged.drafts.push(query_draft(rule, text, span, &row, texts));
        }
    }
    judged.checks.push(check(rule, seen));
}

/// What a row judges: by default its file.
fn subject(row: &Row<'_>, text: &Text) -> String {
    row.text("subject").unwrap_or_else(|| text.path.clone())
}

/// The column of a note that only holds for rows of this verdict.
fn note_column(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "note_pass",
        Verdict::Unknown => "note_unknown",
        _ => "note_fail",
    }
}

struct Row<'r> {
    result: &'r QueryResult,
    values: &'r [Value],
}

impl Row<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        self.result.columns.iter().position(|column| column == name).map(|at| &self.values[at])
    }

    fn text(&self, name: &str) -> Option<String> {
        self.get(name).filter(|value| **value != Value::Null).map(ToString::to_string)
    }

    fn span(&self, name: &str) -> Option<Span> {
        self.get(name)?.as_int().and_then(Span::from_cell)
    }

    fn verdict(&self) -> Option<Verdict> {
        match self.get("verdict")?.as_str()? {
            "pass" => Some(Verdict::Pass),
            "fail" => Some(Verdict::Fail),
            "unknown" => Some(Verdict::Unknown),
            _ => None,
        }
    }

    /// The columns `related` and `related_<label>`: the label's words say what stands there.
    fn related(&self, texts: &Texts) -> Vec<Related> {
        let columns =
            self.result.columns.iter().filter(|column| *column == "related" || column.starts_with("related_"));
        let place = |column: &String| {
            let span = self.span(column)?;
            let label = column.strip_prefix("related_").unwrap_or("see also").replace('_', " ");
            Some(Related { location: location(texts.file(span)?, span.range()), message: label, role: Role::Related })
        };
        columns.filter_map(place).collect()
    }
}

fn query_draft(rule: &Rule, text: &Text, span: Span, row: &Row<'_>, texts: &Texts) -> Draft {
    let fill = |template: &str| fill(template, |name| row.get(name).map(ToString::to_string));
    let lowered = row.text("severity").and_then(|word| severity(&word));
    let finding = Finding {
        message: sentence(&rule.message, fill(&rule.message)),
        remediation: sentence(&rule.remediation, fill(&rule.remediation)),
        severity: lowered.map_or(rule.severity, |lowered| lowered.min(rule.severity)),
        subject: subject(row, text),
        related: row.related(texts),
        ..finding(rule, text, span.range())
    };
    let first_line = texts.slice(span).and_then(|text| text.lines().next()).unwrap_or_default();
    Draft { route: finding.subject.clone(), text: first_line.to_owned(), by_pattern: false, finding }
}

fn pattern_draft(rule: &Rule, text: &Text, found: &Match) -> Draft {
    let message = metavariables(&rule.message, &found.bindings);
    let edits = found.fix.iter().map(|new| Edit { location: location(text, found.range.clone()), text: new.clone() });
    let edits: Vec<Edit> = edits.collect();
    let finding = Finding {
        message,
        remediation: metavariables(&rule.remediation, &found.bindings),
        fix: (!edits.is_empty()).then_some(Fix { edits, safe: rule.safe_fix }),
        related: found.trace.iter().map(|step| trace_step(text, step)).collect(),
        ..finding(rule, text, found.range.clone())
    };
    let matched = text.as_str().get(found.range.clone()).unwrap_or_default().to_owned();
    Draft { route: found.route.clone(), text: matched, by_pattern: true, finding }
}

fn trace_step(text: &Text, step: &TraceStep) -> Related {
    let (role, message) = match step.role {
        "source" => (Role::Source, "the value comes from here"),
        "sink" => (Role::Sink, "and arrives here"),
        _ => (Role::Step, "it passes here"),
    };
    Related { location: location(text, step.range.clone()), message: message.to_owned(), role }
}

/// What every finding of a rule has in common, at a place.
fn finding(rule: &Rule, text: &Text, range: std::ops::Range<usize>) -> Finding {
    Finding {
        rule_id: rule.id.clone(),
        message: String::new(),
        severity: rule.severity,
        area: rule.area,
        confidence: rule.confidence,
        snippet: snippet(text.as_str(), text.lines(), range.clone()),
        location: location(text, range),
        subject: text.path.clone(),
        related: Vec::new(),
        remediation: String::new(),
        fix: None,
        fingerprint: String::new(),
        fingerprint_pathless: String::new(),
        metadata: rule.metadata.clone(),
    }
}

fn location(text: &Text, range: std::ops::Range<usize>) -> Location {
    let position = |offset| text.lines().position(text.as_str(), offset);
    Location { path: text.path.clone(), start: position(range.start), end: position(range.end) }
}

fn severity(word: &str) -> Option<Severity> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

fn check(rule: &Rule, Seen { mut evidence, more, .. }: Seen) -> Check {
    let rank = |verdict| match verdict {
        Verdict::Fail => 0,
        Verdict::Unknown => 1,
        _ => 2,
    };
    evidence
        .sort_by(|a, b| (rank(a.verdict), &a.location, &a.subject).cmp(&(rank(b.verdict), &b.location, &b.subject)));
    evidence.dedup();
    let count = |verdict| evidence.iter().filter(|item| item.verdict == verdict).count();
    let (failed, unknown, subjects) = (count(Verdict::Fail), count(Verdict::Unknown), evidence.len() + more);
    evidence.truncate(MAX_EVIDENCE);
    Check {
        rule_id: rule.id.clone(),
        title: rule.title.clone(),
        area: rule.area,
        verdict: verdict(subjects, failed, unknown),
        subjects,
        failed,
        unknown,
        evidence,
    }
}

/// The worst that is known of the subjects.
fn verdict(subjects: usize, failed: usize, unknown: usize) -> Verdict {
    match (subjects, failed, unknown) {
        (0, _, _) => Verdict::NotApplicable,
        (_, 1.., _) => Verdict::Fail,
        (_, 0, 1..) => Verdict::Unknown,
        _ => Verdict::Pass,
    }
}

/// Takes findings that the report does not show out of what checks count as failed; their evidence stays, with `why`.
pub(super) fn take_out(checks: &mut [Check], findings: &[(Finding, String)], why: impl Fn(&str) -> String) {
    for (finding, reason) in findings {
        let Some(check) = checks.iter_mut().find(|check| check.rule_id == finding.rule_id) else { continue };
        let is_it = |item: &&mut Evidence| item.verdict == Verdict::Fail && item.location == finding.location;
        for item in check.evidence.iter_mut().filter(is_it) {
            item.verdict = Verdict::NotApplicable;
            item.note = why(reason);
            check.failed = check.failed.saturating_sub(1);
            check.subjects = check.subjects.saturating_sub(1);
        }
        check.verdict = verdict(check.subjects, check.failed, check.unknown);
    }
}

/// Says of findings that another rule's finding tells who tells them. The subject fails all the same: only the telling is shared.
pub(super) fn told_elsewhere(checks: &mut [Check], findings: &[(Finding, String)]) {
    for (finding, rule) in findings {
        let Some(check) = checks.iter_mut().find(|check| check.rule_id == finding.rule_id) else { continue };
        let is_it = |item: &&mut Evidence| item.verdict == Verdict::Fail && item.location == finding.location;
        for item in check.evidence.iter_mut().filter(is_it) {
            item.note = format!("told by `{rule}`");
        }
    }
}

/// Puts the values of columns in the place of `{column}`, and `3 services` or `1 service` in that of `{column:service}`;
/// other braces stay.
fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let written = |name: &str| match counted(name) {
        Some((count, noun)) => {
            let count = value(count)?;
            let ending = if count == "1" { "" } else { "s" };
            Some(format!("{count} {noun}{ending}"))
        }
        None => value(name),
    };
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}').and_then(|(name, tail)| Some((written(name)?, tail))) {
            Some((text, tail)) => {
                filled.push_str(&text);
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The text of a template with a capital first letter, where a value stands first.
fn sentence(template: &str, text: String) -> String {
    match text.chars().next() {
        Some(first) if template.starts_with('{') && first.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_uppercase(), &text[1..])
        }
        _ => text,
    }
}

/// Puts the texts of metavariables in their places, the longest names first, so that `$XY` is not taken for `$X`.
fn metavariables(template: &str, bindings: &[(String, String)]) -> String {
    if !template.contains('$') {
        return template.to_owned();
    }
    let mut sorted: Vec<&(String, String)> = bindings.iter().collect();
    sorted.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    sorted.iter().fold(template.to_owned(), |text, (name, value)| text.replace(name.as_str(), value))
}
