//! Markdown, for a comment on a change or a file to keep.

use std::fmt::Write as _;

use super::summary;
use super::visible::{on_one_line, visible};
use crate::report::{Audit, Finding, Verdict};

pub(super) fn render(audit: &Audit) -> String {
    let mut page = format!("# Audit of {}\n\n", code(&audit.root));
    write_figures(&mut page, audit);
    write_findings(&mut page, audit);
    write_checks(&mut page, audit);
    write_rest(&mut page, audit);
    page
}

fn write_figures(page: &mut String, audit: &Audit) {
    page.push_str("| Severity | Findings |\n| --- | ---: |\n");
    for severity in summary::SEVERITIES {
        let _ = writeln!(page, "| {} | {} |", severity.name(), summary::of_severity(audit, severity));
    }
    let verdicts = summary::VERDICTS
        .map(|verdict| format!("{} {}", summary::of_verdict(audit, verdict), summary::verdict_words(verdict)));
    let _ = writeln!(page, "\n{}: {}.", summary::counted(audit.checks.len(), "check"), verdicts.join(", "));
    let left_out = summary::suppressed(audit);
    if !left_out.is_empty() {
        let _ = writeln!(page, "\nLeft out: {left_out}.");
    }
}

fn write_findings(page: &mut String, audit: &Audit) {
    page.push_str("\n## Findings\n");
    if audit.findings.is_empty() {
        page.push_str("\nNone.\n");
    }
    for (rule, findings) in summary::by_rule(audit) {
        let Some(first) = findings.first() else { continue };
        let title = escape(&on_one_line(summary::title(audit, rule)));
        let _ = writeln!(page, "\n### {title}\n");
        let worst = findings.iter().map(|finding| finding.severity).max().unwrap_or(first.severity);
        let (severity, area, confidence) = (worst.name(), first.area.name(), first.confidence.name());
        let _ = writeln!(page, "{} · {severity} · {area} · {confidence} confidence", code(rule));
        let mend = summary::shared_remediation(&findings);
        for finding in &findings {
            write_finding(page, finding);
            if mend.is_none() {
                write_mend(page, "  ", &finding.remediation);
            }
        }
        write_mend(page, "", mend.unwrap_or_default());
    }
}

fn write_mend(page: &mut String, indent: &str, remediation: &str) {
    if !remediation.is_empty() {
        let _ = writeln!(page, "\n{indent}**What to do:** {}", escape(&on_one_line(remediation)));
    }
}

fn write_finding(page: &mut String, finding: &Finding) {
    let place = format!("{}:{}", finding.location.path, finding.location.start.line);
    let _ = writeln!(page, "\n- {}: {}", code(&place), escape(&on_one_line(&finding.message)));
    if !finding.snippet.is_empty() {
        let snippet = visible(&finding.snippet);
        let fence = "`".repeat(longest_run(&snippet).max(2) + 1);
        let _ = writeln!(page, "\n  {fence}");
        for line in snippet.lines() {
            let _ = writeln!(page, "  {line}");
        }
        let _ = writeln!(page, "  {fence}");
    }
    for related in &finding.related {
        let place = format!("{}:{}", related.location.path, related.location.start.line);
        let _ = writeln!(page, "  - {}: {}", code(&place), escape(&on_one_line(&related.message)));
    }
}

fn write_checks(page: &mut String, audit: &Audit) {
    if audit.checks.is_empty() {
        return;
    }
    page.push_str("\n## Checks\n\n| Check | Area | Verdict | Subjects | Failed | Unknown |\n");
    page.push_str("| --- | --- | --- | ---: | ---: | ---: |\n");
    for check in audit.checks.iter().filter(|check| check.verdict != Verdict::NotApplicable) {
        let (title, area) = (escape(&on_one_line(&check.title)), check.area.name());
        let verdict = summary::verdict_words(check.verdict);
        let (subjects, failed, unknown) = (check.subjects, check.failed, check.unknown);
        let _ = writeln!(
            page,
            "| {title} ({}) | {area} | {verdict} | {subjects} | {failed} | {unknown} |",
            code(&check.rule_id)
        );
    }
    let without = summary::of_verdict(audit, Verdict::NotApplicable);
    if without > 0 {
        let _ = writeln!(page, "\nNot applicable: {}.", summary::counted(without, "check"));
    }
}

fn write_rest(page: &mut String, audit: &Audit) {
    let skipped = summary::skipped(audit);
    if !skipped.is_empty() {
        page.push_str("\n## Not read\n\n");
    }
    for (reason, count) in skipped {
        let _ = writeln!(page, "- {}: {}", summary::counted(count, "path"), escape(&on_one_line(reason)));
    }
    if !audit.errors.is_empty() {
        page.push_str("\n## Notes\n\n");
    }
    for problem in &audit.errors {
        let place = problem.path.as_deref().or(problem.rule_id.as_deref());
        let place = place.map(|place| format!("{}: ", code(place))).unwrap_or_default();
        let _ = writeln!(page, "- {place}{}", escape(&on_one_line(&problem.message)));
    }
    let data = summary::data(audit);
    if !data.is_empty() {
        let _ = writeln!(page, "\nData tables: {}.", escape(&on_one_line(&data)));
    }
    let _ = writeln!(page, "\ntreeward {}", audit.treeward);
}

/// Text as text: nothing in it is markup. Code in backticks stays code.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let balanced = text.matches('`').count().is_multiple_of(2) && !text.contains("``");
    for (at, part) in text.split('`').enumerate() {
        if balanced && at % 2 == 1 {
            let _ = write!(escaped, "`{}`", part.replace('|', "\\|"));
            continue;
        }
        if !balanced && at > 0 {
            escaped.push_str("\\`");
        }
        for c in part.chars() {
            if matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '!' | '@') {
                escaped.push('\\');
            }
            escaped.push(c);
        }
    }
    escaped
}

/// Inline code, whatever backticks the text holds.
fn code(text: &str) -> String {
    let text = on_one_line(text).replace('|', "\\|");
    match longest_run(&text) {
        0 => format!("`{text}`"),
        run => {
            let fence = "`".repeat(run + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
