//! JSON as the published schema has it (`docs/audit.schema.json`), and the same as lines.

use rayon::prelude::*;
use serde::Serialize;

use crate::report::{Audit, Check, DataTable, Finding, Problem, Suppressed};
use crate::source::Skipped;

/// Findings or checks that one thread renders at a time.
const PIECE: usize = 16;
/// Pieces that are rendered before they are put together: they take memory a second time.
const PIECES: usize = 64;

/// The audit with two spaces a level.
pub(super) fn render(audit: &Audit) -> String {
    let mut json = "{".to_owned();
    push_field(&mut json, "schema_version", &audit.schema_version);
    push_field(&mut json, "treeward", &audit.treeward);
    push_field(&mut json, "root", &audit.root);
    push_list(&mut json, "findings", &audit.findings);
    push_list(&mut json, "checks", &audit.checks);
    push_field(&mut json, "suppressed", &audit.suppressed);
    push_list(&mut json, "skipped", &audit.skipped);
    push_list(&mut json, "errors", &audit.errors);
    push_field(&mut json, "data", &audit.data);
    if let Some(timings) = &audit.timings {
        push_field(&mut json, "timings", timings);
    }
    json.push_str("\n}\n");
    json
}

fn push_field<T: Serialize>(json: &mut String, name: &str, value: &T) {
    push_name(json, name);
    push_indented(json, value, "\n  ");
}

fn push_name(json: &mut String, name: &str) {
    let before = if json.ends_with('{') { "\n  \"" } else { ",\n  \"" };
    json.extend([before, name, "\": "]);
}

/// A list of many, rendered by all threads where the caller has any.
fn push_list<T: Serialize + Sync>(json: &mut String, name: &str, list: &[T]) {
    push_name(json, name);
    json.push('[');
    let render = |piece: &[T]| {
        let mut rendered = String::new();
        for item in piece {
            rendered.push_str(",\n    ");
            push_indented(&mut rendered, item, "\n    ");
        }
        rendered
    };
    for (at, pieces) in list.chunks(PIECE * PIECES).enumerate() {
        let rendered: Vec<String> = match rayon::current_thread_index() {
            Some(_) => pieces.par_chunks(PIECE).map(render).collect(),
            None => pieces.chunks(PIECE).map(render).collect(),
        };
        for (within, piece) in rendered.into_iter().enumerate() {
            // Nothing stands before the first.
            json.push_str(&piece[usize::from(at + within == 0)..]);
        }
    }
    json.push_str(if list.is_empty() { "]" } else { "\n  ]" });
}

/// A value whose lines begin with `line`; texts within it hold no line ends, for JSON escapes them.
fn push_indented<T: Serialize>(json: &mut String, value: &T, line: &str) {
    let pretty = serde_json::to_string_pretty(value);
    let pretty = pretty.unwrap_or_else(|_| unreachable!("internal: the model has string keys only"));
    for (at, part) in pretty.split('\n').enumerate() {
        json.extend([if at == 0 { "" } else { line }, part]);
    }
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
