//! One self-contained page: no script, no font, no request. Everything from the tree is escaped.

use std::fmt::Write as _;

use super::summary;
use super::visible::visible;
use crate::report::{Audit, Check, Evidence, Finding, Related, Role, Severity, Verdict};

const STYLE: &str = include_str!("style.css");
/// Subjects shown of one check; the rest is counted.
const MOST_SUBJECTS: usize = 100;

pub(super) fn render(audit: &Audit) -> String {
    let root = escape(&audit.root);
    let mut page = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
    );
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let _ = writeln!(page, "<title>Audit of {root}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>");
    let _ = writeln!(page, "<header><h1>Audit of <code>{root}</code></h1></header>");
    write_figures(&mut page, audit);
    write_findings(&mut page, audit);
    write_checks(&mut page, audit);
    write_rest(&mut page, audit);
    let _ = writeln!(page, "<footer>treeward {}</footer>\n</main>\n</body>\n</html>", escape(&audit.treeward));
    page
}

fn write_figures(page: &mut String, audit: &Audit) {
    page.push_str("<section class=\"figures\" aria-label=\"Summary\">\n");
    for severity in summary::SEVERITIES {
        let (count, name) = (summary::of_severity(audit, severity), severity.name());
        let none = if count == 0 { " none" } else { "" };
        let _ = writeln!(page, "<div class=\"figure {name}{none}\"><b>{count}</b> {name}</div>");
    }
    for verdict in summary::VERDICTS {
        let (count, words) = (summary::of_verdict(audit, verdict), summary::verdict_words(verdict));
        let _ = writeln!(page, "<div class=\"figure verdict {}\"><b>{count}</b> {words}</div>", class(verdict));
    }
    page.push_str("</section>\n");
    let left_out = summary::suppressed(audit);
    if !left_out.is_empty() {
        let _ = writeln!(page, "<p class=\"quiet\">Left out: {left_out}.</p>");
    }
}

fn write_findings(page: &mut String, audit: &Audit) {
    page.push_str("<h2>Findings</h2>\n");
    if audit.findings.is_empty() {
        page.push_str("<p>None.</p>\n");
    }
    for (rule, findings) in summary::by_rule(audit) {
        let worst = findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Info);
        let open = if worst >= Severity::High { " open" } else { "" };
        let (name, title) = (worst.name(), escape(summary::title(audit, rule)));
        let count = summary::counted(findings.len(), "finding");
        let _ = writeln!(page, "<details class=\"rule {name}\"{open}>");
        let _ = writeln!(
            page,
            "<summary><span class=\"tag\">{name}</span> <b>{title}</b> <span class=\"quiet\">{count}</span></summary>"
        );
        if let Some(first) = findings.first() {
            let (area, confidence) = (first.area.name(), first.confidence.name());
            let _ = writeln!(
                page,
                "<p class=\"quiet\"><code>{}</code> · {area} · {confidence} confidence</p>",
                escape(rule)
            );
        }
        let mend = summary::shared_remediation(&findings);
        for finding in &findings {
            write_finding(page, finding, mend.is_none());
        }
        write_mend(page, mend.unwrap_or_default());
        page.push_str("</details>\n");
    }
}

fn write_mend(page: &mut String, remediation: &str) {
    if !remediation.is_empty() {
        let _ = writeln!(page, "<p class=\"mend\"><b>What to do.</b> {}</p>", prose(remediation));
    }
}

fn write_finding(page: &mut String, finding: &Finding, with_mend: bool) {
    let _ = writeln!(page, "<article><p>{}</p>", prose(&finding.message));
    let (path, start) = (escape(&finding.location.path), finding.location.start);
    let _ = writeln!(page, "<p class=\"place\"><code>{path}:{}:{}</code></p>", start.line, start.column);
    if !finding.snippet.is_empty() {
        page.push_str("<pre>");
        for (at, line) in finding.snippet.lines().enumerate() {
            let _ = writeln!(page, "<i>{}</i>{}", start.line as usize + at, escape(line));
        }
        page.push_str("</pre>\n");
    }
    if !finding.related.is_empty() {
        page.push_str("<ul>\n");
        finding.related.iter().for_each(|related| write_related(page, related));
        page.push_str("</ul>\n");
    }
    if with_mend {
        write_mend(page, &finding.remediation);
    }
    page.push_str("</article>\n");
}

fn write_related(page: &mut String, related: &Related) {
    let role = match related.role {
        Role::Related => "",
        Role::Source => "source: ",
        Role::Step => "step: ",
        Role::Sink => "sink: ",
    };
    let (path, line) = (escape(&related.location.path), related.location.start.line);
    let _ = writeln!(page, "<li>{role}{} <code>{path}:{line}</code></li>", prose(&related.message));
}

fn write_checks(page: &mut String, audit: &Audit) {
    if audit.checks.is_empty() {
        return;
    }
    page.push_str("<h2>Checks</h2>\n");
    for verdict in [Verdict::Fail, Verdict::Unknown, Verdict::Pass] {
        for check in audit.checks.iter().filter(|check| check.verdict == verdict) {
            write_check(page, check);
        }
    }
    let without: Vec<_> = audit.checks.iter().filter(|check| check.verdict == Verdict::NotApplicable).collect();
    if !without.is_empty() {
        let count = summary::counted(without.len(), "check");
        let _ = writeln!(page, "<details><summary class=\"quiet\">{count} not applicable</summary><ul>");
        for check in without {
            let _ = writeln!(page, "<li>{} <code>{}</code></li>", escape(&check.title), escape(&check.rule_id));
        }
        page.push_str("</ul></details>\n");
    }
}

fn write_check(page: &mut String, check: &Check) {
    let (class, words) = (class(check.verdict), summary::verdict_words(check.verdict));
    let (title, subjects) = (escape(&check.title), summary::counted(check.subjects, "subject"));
    let _ = write!(page, "<details class=\"check {class}\"><summary><span class=\"tag\">{words}</span> {title} ");
    let _ = writeln!(
        page,
        "<span class=\"quiet\">{subjects}</span></summary>\n<p class=\"quiet\"><code>{}</code></p>",
        escape(&check.rule_id)
    );
    page.push_str("<table>\n");
    check.evidence.iter().take(MOST_SUBJECTS).for_each(|evidence| write_evidence(page, evidence));
    page.push_str("</table>\n");
    if check.evidence.len() > MOST_SUBJECTS {
        let _ = writeln!(page, "<p class=\"quiet\">and {} more</p>", check.evidence.len() - MOST_SUBJECTS);
    }
    page.push_str("</details>\n");
}

fn write_evidence(page: &mut String, evidence: &Evidence) {
    let (words, subject) = (summary::verdict_words(evidence.verdict), escape(&evidence.subject));
    let (path, line) = (escape(&evidence.location.path), evidence.location.start.line);
    let note = prose(&evidence.note);
    let class = class(evidence.verdict);
    let _ = writeln!(
        page,
        "<tr class=\"{class}\"><td>{words}</td><td>{subject}</td><td><code>{path}:{line}</code></td><td>{note}</td></tr>"
    );
}

fn write_rest(page: &mut String, audit: &Audit) {
    let skipped = summary::skipped(audit);
    if !skipped.is_empty() {
        page.push_str("<h2>Not read</h2>\n<ul>\n");
        for (reason, count) in skipped {
            let _ = writeln!(page, "<li>{}: {}</li>", summary::counted(count, "path"), escape(reason));
        }
        page.push_str("</ul>\n");
    }
    if !audit.errors.is_empty() {
        page.push_str("<h2>Notes</h2>\n<ul>\n");
        for problem in &audit.errors {
            let place = problem.path.as_deref().or(problem.rule_id.as_deref());
            let place = place.map(|place| format!("<code>{}</code>: ", escape(place))).unwrap_or_default();
            let _ = writeln!(page, "<li>{place}{}</li>", prose(&problem.message));
        }
        page.push_str("</ul>\n");
    }
    let data = summary::data(audit);
    if !data.is_empty() {
        let _ = writeln!(page, "<p class=\"quiet\">Data tables: {}.</p>", escape(&data));
    }
}

fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Unknown => "unknown",
        Verdict::NotApplicable => "absent",
    }
}

/// Escaped text in which backticks mark code.
fn prose(text: &str) -> String {
    if !text.matches('`').count().is_multiple_of(2) {
        return escape(text);
    }
    let mut shown = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        let part = escape(part);
        let _ = if at % 2 == 1 { write!(shown, "<code>{part}</code>") } else { write!(shown, "{part}") };
    }
    shown
}

fn escape(text: &str) -> String {
    let text = visible(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
