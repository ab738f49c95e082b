//! From matches and query rows to drafts of findings, and to what each rule says of its subjects.

use std::collections::BTreeMap;

use super::Auditor;
use super::observe::{Meter, Stage};
use super::run::{Clock, Read, rule_problem};
use crate::error::Error;
use crate::facts::{Database, QueryResult, Value};
use crate::pattern::{Match, TraceStep};
use crate::report::{
    Check, Draft, Edit, Evidence, Finding, Fix, Location, Problem, Related, Role, Severity, Verdict, snippet,
};
use crate::rules::{Rule, RuleBody};
use crate::source::{Span, Text, Texts};

/// Most subjects that a check lists.
const MAX_EVIDENCE: usize = 1_000;

/// What all rules found.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) drafts: Vec<Draft>,
    pub(super) checks: Vec<Check>,
    pub(super) problems: Vec<Problem>,
}

/// The matches of the pattern rules.
pub(super) fn patterns(auditor: &Auditor, read: &Read) -> Judged {
    let mut judged = Judged::default();
    let mut evidence: BTreeMap<usize, Vec<Evidence>> = BTreeMap::new();
    for (text, outcome) in read.texts.files().iter().zip(&read.outcomes) {
        let Some(outcome) = outcome else { continue };
        for found in &outcome.scan.matches {
            let rule = auditor.rule(found.rule);
            if !auditor.admits(rule, &text.path) {
                continue;
            }
            let draft = pattern_draft(rule, text, found);
            let subjects = evidence.entry(found.rule).or_default();
            subjects.push(seen(&draft.finding, Verdict::Fail, String::new()));
            judged.drafts.push(draft);
        }
        for (rule, reason) in &outcome.scan.incomplete {
            let place = location(text, 0..0);
            let subject = text.path.clone();
            evidence.entry(*rule).or_default().push(Evidence {
                location: place,
                subject,
                verdict: Verdict::Unknown,
                note: reason.clone(),
            });
        }
    }
    for (at, rule) in auditor.rules.iter().enumerate() {
        if matches!(rule.body, RuleBody::Pattern(_)) {
            judged.checks.push(check(rule, evidence.remove(&at).unwrap_or_default()));
        }
    }
    judged
}

/// The rows of the query rules.
pub(super) fn queries(
    auditor: &Auditor,
    database: &Database,
    texts: &Texts,
    judged: &mut Judged,
    clock: &mut Clock,
) -> Result<(), Error> {
    let options = &auditor.options;
    let meter = Meter::new(options.observer.as_ref(), Stage::Judge, auditor.rules.len());
    for rule in auditor.rules.iter() {
        options.cancel.check()?;
        if let RuleBody::Query(query) = &rule.body {
            let rows = clock.time(&format!("rule:{}", rule.id), || database.query(&query.sql));
            match rows {
                Ok(rows) => judge(auditor, rule, &rows, (texts, judged)),
                Err(error) => judged.problems.push(rule_problem(&rule.id, format!("the query failed: {error}"))),
            }
        }
        meter.step();
    }
    judged.checks.sort_by(|a, b| a.rule_id.cmp(&b.rule_id));
    Ok(())
}

/// One rule's rows: every row is a subject, every failing one a finding.
fn judge(auditor: &Auditor, rule: &Rule, result: &QueryResult, (texts, judged): (&Texts, &mut Judged)) {
    let mut evidence = Vec::new();
    for values in &result.rows {
        let row = Row { result, values };
        let Some(span) = row.span("span") else {
            judged
                .problems
                .push(rule_problem(&rule.id, "a row has no `span`; every row must point at its subject".to_owned()));
            continue;
        };
        let Some(text) = texts.file(span) else { continue };
        if !auditor.admits(rule, &text.path) {
            continue;
        }
        let Some(verdict) = row.verdict() else {
            let message = "a row's `verdict` is not `pass`, `fail` or `unknown`".to_owned();
            judged.problems.push(rule_problem(&rule.id, message));
            continue;
        };
        let draft = query_draft(rule, text, span, &row, texts);
        evidence.push(seen(&draft.finding, verdict, row.text("note").unwrap_or_default()));
        if verdict == Verdict::Fail {
            judged.drafts.push(draft);
        }
    }
    judged.checks.push(check(rule, evidence));
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
        message: fill(&rule.message),
        remediation: fill(&rule.remediation),
        severity: lowered.map_or(rule.severity, |lowered| lowered.min(rule.severity)),
        subject: row.text("subject").unwrap_or_else(|| text.path.clone()),
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
        fix: (!edits.is_empty()).then_some(Fix { edits, safe: true }),
        related: found.trace.iter().map(|step| trace_step(text, step)).collect(),
        ..finding(rule, text, found.range.clone())
    };
    let matched = text.as_str().get(found.range.clone()).unwrap_or_default().to_owned();
    Draft { route: String::new(), text: matched, by_pattern: true, finding }
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

fn seen(finding: &Finding, verdict: Verdict, note: String) -> Evidence {
    Evidence { location: finding.location.clone(), subject: finding.subject.clone(), verdict, note }
}

fn check(rule: &Rule, mut evidence: Vec<Evidence>) -> Check {
    let rank = |verdict| match verdict {
        Verdict::Fail => 0,
        Verdict::Unknown => 1,
        _ => 2,
    };
    evidence
        .sort_by(|a, b| (rank(a.verdict), &a.location, &a.subject).cmp(&(rank(b.verdict), &b.location, &b.subject)));
    evidence.dedup();
    let count = |verdict| evidence.iter().filter(|item| item.verdict == verdict).count();
    let (failed, unknown, subjects) = (count(Verdict::Fail), count(Verdict::Unknown), evidence.len());
    let verdict = match (subjects, failed, unknown) {
        (0, _, _) => Verdict::NotApplicable,
        (_, 1.., _) => Verdict::Fail,
        (_, 0, 1..) => Verdict::Unknown,
        _ => Verdict::Pass,
    };
    evidence.truncate(MAX_EVIDENCE);
    Check {
        rule_id: rule.id.clone(),
        title: rule.title.clone(),
        area: rule.area,
        verdict,
        subjects,
        failed,
        unknown,
        evidence,
    }
}

/// Puts the values of columns in the place of `{column}`; other braces stay.
fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}').and_then(|(name, tail)| Some((value(name)?, tail))) {
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

/// Puts the texts of metavariables in their places, the longest names first, so that `$XY` is not taken for `$X`.
fn metavariables(template: &str, bindings: &[(String, String)]) -> String {
    if !template.contains('$') {
        return template.to_owned();
    }
    let mut sorted: Vec<&(String, String)> = bindings.iter().collect();
    sorted.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    sorted.iter().fold(template.to_owned(), |text, (name, value)| text.replace(name.as_str(), value))
}
