//! The figures and words that several formats end or begin with.

use std::collections::BTreeMap;

use crate::report::{Audit, Check, Finding, Severity, Verdict};

/// Severities, worst first.
pub(super) const SEVERITIES: [Severity; 5] =
    [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info];

/// Verdicts in the order in which they are told.
pub(super) const VERDICTS: [Verdict; 4] = [Verdict::Pass, Verdict::Fail, Verdict::Unknown, Verdict::NotApplicable];

impl Severity {
    /// The word, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

pub(super) fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Unknown => "unknown",
        Verdict::NotApplicable => "not applicable",
    }
}

pub(super) fn of_severity(audit: &Audit, severity: Severity) -> usize {
    audit.findings.iter().filter(|finding| finding.severity == severity).count()
}

pub(super) fn of_verdict(audit: &Audit, verdict: Verdict) -> usize {
    audit.checks.iter().filter(|check| check.verdict == verdict).count()
}

/// `1 finding`, `2 findings`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", thousands(count), if count == 1 { "" } else { "s" })
}

fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// `3 suppressed in the source, 2 in the baseline`; empty if none is.
pub(super) fn suppressed(audit: &Audit) -> String {
    let left_out = &audit.suppressed;
    let parts = [
        (left_out.in_source, "suppressed in the source"),
        (left_out.configuration, "ignored by the configuration"),
        (left_out.baseline, "in the baseline"),
        (left_out.unchanged, "on unchanged lines"),
        (left_out.below_severity, "below the least severity"),
    ];
    let parts =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{} {words}", thousands(*count)));
    parts.collect::<Vec<_>>().join(", ")
}

/// `images and ports of 2026-11-01; support of 2026-11-21`; empty if the audit relied on no data table.
pub(super) fn data(audit: &Audit) -> String {
    let mut by_date: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for table in &audit.data {
        by_date.entry(&table.date).or_default().push(&table.name);
    }
    let told = by_date.into_iter().map(|(date, names)| match names.as_slice() {
        [] => String::new(),
        [name] => format!("{name} of {date}"),
        [names @ .., last] => format!("{} and {last} of {date}", names.join(", ")),
    });
    told.collect::<Vec<_>>().join("; ")
}

/// Skipped paths by reason, the most frequent first.
pub(super) fn skipped(audit: &Audit) -> Vec<(&str, usize)> {
    let mut by_reason: BTreeMap<&str, usize> = BTreeMap::new();
    for skipped in &audit.skipped {
        // Where a link leads to differs for each.
        let reason = skipped.reason.split(" to `").next().unwrap_or(&skipped.reason);
        *by_reason.entry(reason).or_default() += 1;
    }
    let mut by_reason: Vec<_> = by_reason.into_iter().collect();
    by_reason.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    by_reason
}

/// Checks that could not be decided, with the first reason given.
pub(super) fn unknown(audit: &Audit) -> impl Iterator<Item = (&Check, &str)> {
    audit.checks.iter().filter(|check| check.verdict == Verdict::Unknown).map(|check| {
        let notes = check.evidence.iter().filter(|evidence| evidence.verdict == Verdict::Unknown);
        (check, notes.map(|evidence| evidence.note.as_str()).find(|note| !note.is_empty()).unwrap_or_default())
    })
}

/// Findings by rule, worst first, then by id.
pub(super) fn by_rule(audit: &Audit) -> Vec<(&str, Vec<&Finding>)> {
    let mut rules: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &audit.findings {
        rules.entry(&finding.rule_id).or_default().push(finding);
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by_key(|(_, findings)| std::cmp::Reverse(findings.iter().map(|finding| finding.severity).max()));
    rules
}

/// What to do about all of a rule's findings, where it is the same for each.
pub(super) fn shared_remediation<'f>(findings: &[&'f Finding]) -> Option<&'f str> {
    let first = findings.first()?.remediation.as_str();
    findings.iter().all(|finding| finding.remediation == first).then_some(first)
}

/// What a rule checks, in words; its id where no check tells.
pub(super) fn title<'a>(audit: &'a Audit, rule: &'a str) -> &'a str {
    let check = audit.checks.binary_search_by(|check| check.rule_id.as_str().cmp(rule)).ok();
    check.and_then(|at| audit.checks.get(at)).map_or(rule, |check| check.title.as_str())
}

impl crate::report::Area {
    /// The word, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Performance => "performance",
            Self::Scalability => "scalability",
            Self::Reliability => "reliability",
            Self::Operations => "operations",
            Self::Observability => "observability",
            Self::Privacy => "privacy",
            Self::Testing => "testing",
            Self::Deployment => "deployment",
            Self::Dependencies => "dependencies",
            Self::Integration => "integration",
            Self::Manageability => "manageability",
        }
    }
}

impl crate::report::Confidence {
    /// The word, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}
