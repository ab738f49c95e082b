//! JSON as the published schema has it (`docs/audit.schema.json`), and the same as lines.

mod indented;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::ser::Serializer;

use self::indented::Indented;
use crate::report::{Audit, Check, DataTable, Finding, Problem, Suppressed};
use crate::source::Skipped;

/// Findings or checks that one thread renders at a time.
const PIECE: usize = 16;
/// Pieces that are rendered before they are put together: they take memory a second time.
const PIECES: usize = 64;

/// The audit with two spaces a level.
pub(super) fn render(audit: &Audit) -> String {
    let mut json = b"{".to_vec();
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
    json.extend(b"\n}\n");
    String::from_utf8(json).unwrap_or_else(|_| unreachable!("internal: JSON is UTF-8"))
}

fn push_field<T: Serialize>(json: &mut Vec<u8>, name: &str, value: &T) {
    push_name(json, name);
    push_value(json, value, 1);
}

fn push_name(json: &mut Vec<u8>, name: &str) {
    json.extend(if json.ends_with(b"{") { &b"\n  \""[..] } else { b",\n  \"" });
    json.extend(name.as_bytes());
    json.extend(b"\": ");
}

/// A list of many, rendered by all threads where the caller has any.
fn push_list<T: Serialize + Sync>(json: &mut Vec<u8>, name: &str, list: &[T]) {
    push_name(json, name);
    json.push(b'[');
    let render = |piece: &[T]| {
        let mut rendered = Vec::new();
        for item in piece {
            rendered.extend(b",\n    ");
            push_value(&mut rendered, item, 2);
        }
        rendered
    };
    for (at, pieces) in list.chunks(PIECE * PIECES).enumerate() {
        let rendered: Vec<Vec<u8>> = match rayon::current_thread_index() {
            Some(_) => pieces.par_chunks(PIECE).map(render).collect(),
            None => pieces.chunks(PIECE).map(render).collect(),
        };
        for (within, piece) in rendered.into_iter().enumerate() {
            // Nothing stands before the first.
            json.extend(&piece[usize::from(at + within == 0)..]);
        }
    }
    json.extend(if list.is_empty() { &b"]"[..] } else { b"\n  ]" });
}

/// A value within so many others.
fn push_value<T: Serialize>(json: &mut Vec<u8>, value: &T, level: usize) {
    let written = value.serialize(&mut Serializer::with_formatter(json, Indented::at(level)));
    debug_assert!(written.is_ok(), "internal: the model has string keys only");
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
