//! Where the comments of a text are, near enough for suppressions: one lexical pass, no parser.

use std::ops::Range;

use crate::source::LineIndex;

/// A comment on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment {
    pub(super) line: u32,
    /// Bytes of the text, from the comment leader to the end of the line.
    pub(super) range: Range<usize>,
    /// Nothing else stands on the line.
    pub(super) alone: bool,
}

/// The comments of a file, in order. The path's ending tells what begins a comment.
pub(super) fn find(path: &str, text: &str, lines: &LineIndex) -> Vec<Comment> {
    let starts = if is_python(path) { python(text) } else { by_leader(leaders(path), text, lines) };
    let comment = |start: usize| {
        let line = lines.line(start);
        let range = lines.range(text, line)?;
        let alone = text.get(range.start..start)?.trim().is_empty();
        Some(Comment { line, range: start..range.end, alone })
    };
    starts.into_iter().filter_map(comment).collect()
}

fn ending(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

fn is_python(path: &str) -> bool {
    matches!(ending(path), "py" | "pyi")
}

fn leaders(path: &str) -> &'static [&'static str] {
    match ending(path) {
        "sql" => &["--", "/*"],
        "js" | "jsx" | "mjs" | "cjs" | "ts" | "tsx" | "json" | "jsonc" | "json5" | "go" | "rs" | "java" | "css" => {
            &["//", "/*"]
        }
        "html" | "htm" | "xml" | "svg" | "md" => &["<!--"],
        "ini" | "cfg" | "conf" | "service" | "timer" | "socket" => &["#", ";"],
        "lua" => &["--"],
        _ => &["#"],
    }
}

/// A leader counts at the start of a line or after white space, so that `a#b` and `https://` are none.
fn by_leader(leaders: &[&str], text: &str, lines: &LineIndex) -> Vec<usize> {
    let is_free = |at: &usize| text[..*at].chars().next_back().is_none_or(char::is_whitespace);
    let found = |leader: &&str| memchr::memmem::find_iter(text.as_bytes(), leader).filter(is_free).collect::<Vec<_>>();
    let mut starts: Vec<usize> = leaders.iter().flat_map(found).collect();
    starts.sort_unstable();
    // The first of its line.
    starts.dedup_by_key(|at| lines.line(*at));
    starts
}

/// `#` outside of string literals.
fn python(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr3(b'#', b'"', b'\'', &bytes[at..]) {
        at += next;
        if bytes[at] == b'#' {
            starts.push(at);
            at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |len| at + len);
        } else {
            at = past_string(bytes, at);
        }
    }
    starts
}

/// Raw strings need no care: there too, a backslash keeps a quote from ending the literal.
fn past_string(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let triple = bytes[start..].starts_with(&[quote; 3]);
    let mut at = start + if triple { 3 } else { 1 };
    while let Some(next) = memchr::memchr3(b'\\', b'\n', quote, bytes.get(at..).unwrap_or_default()) {
        at += next;
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' if !triple => return at,
            byte if byte == quote && !triple => return at + 1,
            byte if byte == quote && bytes[at..].starts_with(&[quote; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}
