//! JSON as the published schema has it (`docs/audit.schema.json`), and the same as lines.

use serde::Serialize;

use crate::report::{Audit, Check, DataTable, Finding, Problem, Suppressed};
use crate::source::Skipped;

pub(super) fn render(audit: &Audit) -> String {
    let mut json = serde_json::to_string_pretty(audit)
        .unwrap_or_else(|_| unreachable!("internal: the model has string keys only"));
    json.push('\n');
    json
}

/// One object a line. The first is the audit's head, the last its end; in between findings, checks, skipped paths and
/// errors, told apart by `type`.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    Audit { schema_version: u32, treeward: &'a str, root: &'a str, data: &'a [DataTable] },
    Finding(&'a Finding),
    Check(&'a Check),
    Skipped(&'a Skipped),
    Error(&'a Problem),
    End { findings: usize, checks: usize, suppressed: Suppressed },
}

pub(super) fn render_lines(audit: &Audit) -> String {
    let head = Line::Audit {
        schema_version: audit.schema_version,
        treeward: &audit.treeward,
        root: &audit.root,
        data: &audit.data,
    };
    let end = Line::End { findings: audit.findings.len(), checks: audit.checks.len(), suppressed: audit.suppressed };
    let body = audit.findings.iter().map(Line::Finding).chain(audit.checks.iter().map(Line::Check));
    let body = body.chain(audit.skipped.iter().map(Line::Skipped)).chain(audit.errors.iter().map(Line::Error));
    let mut lines = String::new();
    for line in [head].into_iter().chain(body).chain([end]) {
        lines.push_str(&serde_json::to_string(&line).unwrap_or_default());
        lines.push('\n');
    }
    lines
}
