//! Annotations on the lines of a pull request, as GitHub's runners read them from the output of a step.

use std::fmt::Write as _;

use super::visible::{on_one_line, visible};
use super::{from_here, summary};
use crate::report::{Audit, Finding, Severity};

pub(super) fn render(audit: &Audit) -> String {
    let mut lines = String::new();
    for finding in &audit.findings {
        annotate(&mut lines, audit, finding);
    }
    for problem in &audit.errors {
        let path = problem.path.as_deref().map(|path| format!(" file={}", property(&from_here(audit, path))));
        let _ = writeln!(lines, "::notice{}::{}", path.unwrap_or_default(), data(&problem.message));
    }
    let _ = writeln!(lines, "treeward: {}", summary::counted(audit.findings.len(), "finding"));
    lines
}

fn annotate(lines: &mut String, audit: &Audit, finding: &Finding) {
    let kind = match finding.severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "notice",
    };
    let (start, end) = (finding.location.start, finding.location.end);
    let file = property(&from_here(audit, &finding.location.path)).into_owned();
    let title = property(&format!("{}: {}", finding.severity.name(), finding.rule_id)).into_owned();
    let _ = write!(lines, "::{kind} file={file},line={},endLine={}", start.line, end.line);
    // GitHub takes columns only where both are on one line.
    if start.line == end.line && end.column > start.column {
        let _ = write!(lines, ",col={},endColumn={}", start.column, end.column - 1);
    }
    let _ = writeln!(lines, ",title={title}::{}", data(&text(finding)));
}

fn text(finding: &Finding) -> String {
    let message = on_one_line(&finding.message);
    match on_one_line(&finding.remediation).as_str() {
        "" => message,
        remediation => format!("{message}\n{remediation}"),
    }
}

/// What stands for itself in the text of a workflow command.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25").replace('\n', "%0A")
}

/// In a property, its separators as well.
fn property(text: &str) -> std::borrow::Cow<'_, str> {
    data(text).replace(':', "%3A").replace(',', "%2C").into()
}
