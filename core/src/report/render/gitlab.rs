//! GitLab's code quality report.

use serde::Serialize;

use super::from_here;
use super::visible::on_one_line;
use crate::report::{Audit, Finding, Severity};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: std::borrow::Cow<'a, str>,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn render(audit: &Audit) -> String {
    let issues: Vec<_> = audit.findings.iter().map(|finding| issue(audit, finding)).collect();
    let mut json = serde_json::to_string_pretty(&issues).unwrap_or_default();
    json.push('\n');
    json
}

fn issue<'a>(audit: &Audit, finding: &'a Finding) -> Issue<'a> {
    let location = &finding.location;
    let severity = match finding.severity {
        Severity::Info => "info",
        Severity::Low => "minor",
        Severity::Medium => "major",
        Severity::High => "critical",
        Severity::Critical => "blocker",
    };
    Issue {
        description: on_one_line(&finding.message),
        check_name: &finding.rule_id,
        fingerprint: &finding.fingerprint,
        severity,
        location: Place {
            path: from_here(audit, &location.path),
            lines: Lines { begin: location.start.line, end: location.end.line },
        },
    }
}
