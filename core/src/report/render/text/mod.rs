//! Text for a terminal: findings by file with code frames, then a summary.

mod frame;
mod style;
mod wrap;

use std::fmt::Write as _;

use super::visible::{on_one_line, visible};
use super::{Appearance, summary};
use crate::report::{Audit, Finding, Severity, Verdict};
use style::Style;

/// Lines of a list in the summary; what is left is counted.
const MOST: usize = 8;

pub(super) fn render(audit: &Audit, appearance: Appearance) -> String {
    let style = Style::of(appearance);
    let mut text = String::new();
    let renderer = frame::renderer(appearance);
    for group in audit.findings.chunk_by(|a, b| a.location.path == b.location.path) {
        write_heading(&mut text, style, group);
        for finding in group {
            frame::write(&mut text, &renderer, finding, appearance);
            text.push('\n');
        }
    }
    write_summary(&mut text, style, audit, appearance);
    text
}

fn write_heading(text: &mut String, style: Style, group: &[Finding]) {
    let path = group.first().map_or("", |finding| &finding.location.path);
    let count = summary::counted(group.len(), "finding");
    let _ = writeln!(text, "{}  {}\n", style.heading(&on_one_line(path)), style.dim(&count));
}

fn write_summary(text: &mut String, style: Style, audit: &Audit, appearance: Appearance) {
    let _ = writeln!(text, "{}", style.dim(&style.rule().repeat(appearance.width.min(80))));
    line(text, style, "findings", &findings(style, audit));
    if !audit.checks.is_empty() {
        line(text, style, "checks", &checks(style, audit));
    }
    let left_out = summary::suppressed(audit);
    if !left_out.is_empty() {
        line(text, style, "left out", &left_out);
    }
    let data = summary::data(audit);
    if !data.is_empty() {
        let told = wrap::wrap(&on_one_line(&data), appearance.width.saturating_sub(11));
        line(text, style, "data", &told.replace('\n', "\n           "));
    }
    write_unknown(text, style, audit, appearance);
    write_skipped(text, style, audit);
    write_errors(text, style, audit, appearance);
}

fn line(text: &mut String, style: Style, name: &str, value: &str) {
    let _ = writeln!(text, "{}  {value}", style.label(&format!("{name:>9}")));
}

fn findings(style: Style, audit: &Audit) -> String {
    if audit.findings.is_empty() {
        return style.good("none");
    }
    let counts = summary::SEVERITIES.into_iter().map(|severity| (severity, summary::of_severity(audit, severity)));
    let counts = counts.filter(|(_, count)| *count > 0);
    let counts: Vec<_> =
        counts.map(|(severity, count)| style.severity(severity, &format!("{count} {}", severity.name()))).collect();
    let files = audit.findings.chunk_by(|a, b| a.location.path == b.location.path).count();
    let total = format!("{} in {}", audit.findings.len(), summary::counted(files, "file"));
    format!("{total}: {}", counts.join(", "))
}

fn checks(style: Style, audit: &Audit) -> String {
    let counts = summary::VERDICTS.into_iter().map(|verdict| {
        let words = format!("{} {}", summary::of_verdict(audit, verdict), summary::verdict_words(verdict));
        match verdict {
            Verdict::Pass => style.good(&words),
            Verdict::Fail => style.severity(Severity::High, &words),
            Verdict::Unknown => style.severity(Severity::Medium, &words),
            Verdict::NotApplicable => style.dim(&words),
        }
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// What could not be decided is told with its reason: silence would read as `pass`.
fn write_unknown(text: &mut String, style: Style, audit: &Audit, appearance: Appearance) {
    let unknown: Vec<_> = summary::unknown(audit).collect();
    for (check, reason) in unknown.iter().take(MOST) {
        let reason = if reason.is_empty() { on_one_line(&check.title) } else { on_one_line(reason) };
        let told = format!("{}: {reason}", check.rule_id);
        line(
            text,
            style,
            "unknown",
            &wrap::wrap(&told, appearance.width.saturating_sub(11)).replace('\n', "\n           "),
        );
    }
    if unknown.len() > MOST {
        line(text, style, "", &style.dim(&format!("and {} more: `--format json` lists all", unknown.len() - MOST)));
    }
}

fn write_skipped(text: &mut String, style: Style, audit: &Audit) {
    let reasons = summary::skipped(audit);
    if reasons.is_empty() {
        return;
    }
    let mut told: Vec<_> =
        reasons.iter().take(4).map(|(reason, count)| format!("{count} {}", on_one_line(reason))).collect();
    if reasons.len() > 4 {
        told.push(format!("{} for other reasons", reasons[4..].iter().map(|(_, count)| count).sum::<usize>()));
    }
    let paths = summary::counted(audit.skipped.len(), "path");
    let hint = style.dim("`--format json` lists them");
    line(text, style, "skipped", &format!("{paths} ({}); {hint}", told.join(", ")));
}

fn write_errors(text: &mut String, style: Style, audit: &Audit, appearance: Appearance) {
    for problem in audit.errors.iter().take(MOST) {
        let place = problem.path.as_deref().or(problem.rule_id.as_deref());
        let place = place.map(|place| format!("{}: ", on_one_line(place))).unwrap_or_default();
        let told = wrap::wrap(&format!("{place}{}", visible(&problem.message)), appearance.width.saturating_sub(11));
        line(text, style, "note", &told.replace('\n', "\n           "));
    }
    if audit.errors.len() > MOST {
        let more = audit.errors.len() - MOST;
        line(text, style, "", &style.dim(&format!("and {more} more notes: `--format json` lists all")));
    }
}
