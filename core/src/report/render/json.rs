//! JSON as the published schema has it (`docs/audit.schema.json`), and the same as lines.

use std::io::{self, Write};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::report::{Audit, Check, DataTable, Finding, Problem, Suppressed};
use crate::source::Skipped;

/// Findings or checks that one thread renders at a time.
const PIECE: usize = 16;
/// Pieces that are rendered before they are put together: they take memory a second time.
const PIECES: usize = 64;

/// The audit with two spaces a level.
pub(super) fn render(audit: &Audit) -> String {
    let mut json = b"{".to_vec();
    let head = [("schema_version", pretty(&audit.schema_version, 1)), ("treeward", pretty(&audit.treeward, 1))];
    for (name, value) in head.into_iter().chain([("root", pretty(&audit.root, 1))]) {
        push_field(&mut json, name, &value);
    }
    push_list(&mut json, "findings", &audit.findings);
    push_list(&mut json, "checks", &audit.checks);
    push_field(&mut json, "suppressed", &pretty(&audit.suppressed, 1));
    push_list(&mut json, "skipped", &audit.skipped);
    push_list(&mut json, "errors", &audit.errors);
    push_field(&mut json, "data", &pretty(&audit.data, 1));
    if let Some(timings) = &audit.timings {
        push_field(&mut json, "timings", &pretty(timings, 1));
    }
    json.extend(b"\n}\n");
    String::from_utf8(json).unwrap_or_else(|_| unreachable!("internal: JSON is UTF-8"))
}

fn push_field(json: &mut Vec<u8>, name: &str, value: &[u8]) {
    json.extend(if json.ends_with(b"{") { &b"\n  \""[..] } else { b",\n  \"" });
    json.extend(name.as_bytes());
    json.extend(b"\": ");
    json.extend(value);
}

/// A list of many, rendered by all threads where the caller has any.
fn push_list<T: Serialize + Sync>(json: &mut Vec<u8>, name: &str, list: &[T]) {
    push_field(json, name, b"[");
    let render = |piece: &[T]| {
        let mut rendered = Vec::new();
        for item in piece {
            rendered.extend(b",\n    ");
            write_pretty(&mut rendered, item, 2);
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

fn pretty<T: Serialize>(value: &T, level: usize) -> Vec<u8> {
    let mut json = Vec::new();
    write_pretty(&mut json, value, level);
    json
}

fn write_pretty<T: Serialize>(json: &mut Vec<u8>, value: &T, level: usize) {
    let mut serializer = Serializer::with_formatter(json, Indented { level, has_value: false });
    value.serialize(&mut serializer).unwrap_or_else(|_| unreachable!("internal: the model has string keys only"));
}

/// As `serde_json` indents, from a level on.
struct Indented {
    level: usize,
    has_value: bool,
}

/// A comma, a line end and room for the deepest level that is indented in one go.
const LINE: &[u8; 66] = b",\n                                                                ";

impl Indented {
    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level += 1;
        self.has_value = false;
        writer.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level -= 1;
        if self.has_value {
            self.line(writer, true)?;
        }
        writer.write_all(bracket)
    }

    fn line<W: ?Sized + Write>(&self, writer: &mut W, is_first: bool) -> io::Result<()> {
        let width = 2 * self.level;
        writer.write_all(&LINE[usize::from(is_first)..LINE.len().min(2 + width)])?;
        (LINE.len()..2 + width).try_for_each(|_| writer.write_all(b" "))
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
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
