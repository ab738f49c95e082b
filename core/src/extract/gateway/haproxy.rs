//! HAProxy's configuration: sections, each with lines of a keyword and its arguments.

use crate::facts::schema::gateway::HaproxyDirective;
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::SourceFile;

/// Words that begin a section.
const SECTIONS: &[&str] = &[
    "global",
    "defaults",
    "frontend",
    "backend",
    "listen",
    "userlist",
    "peers",
    "resolvers",
    "mailers",
    "cache",
    "program",
    "http-errors",
    "ring",
    "log-forward",
    "fcgi-app",
    "crt-store",
    "traces",
];

/// Whether a file is one of HAProxy's, by its path.
pub(super) fn is_haproxy(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let is_named = name.contains("haproxy") || path.to_ascii_lowercase().contains("haproxy/");
    is_named && (name.ends_with(".cfg") || name.ends_with(".conf"))
}

/// States every line of the file.
pub(super) fn state(file: &SourceFile<'_>, config: RowId, facts: &mut FactSet) {
    let (mut section, mut name) = ("", "");
    let mut at = 0;
    for raw in file.text.split_inclusive('\n') {
        let start = at + raw.len() - raw.trim_start().len();
        at += raw.len();
        let line = uncommented(raw).trim();
        let mut words = line.split_whitespace();
        let Some(keyword) = words.next() else { continue };
        if let Some(found) = SECTIONS.iter().find(|section| **section == keyword) {
            (section, name) = (found, words.next().unwrap_or_default());
            if words.next().is_none() && !matches!(section, "frontend" | "backend" | "listen") {
                continue;
            }
        }
        facts.push(HaproxyDirective {
            span: file.span(start..start + line.len()),
            certainty: Certainty::Certain,
            config,
            section,
            name: name.to_owned(),
            keyword: keyword.to_owned(),
            arguments: line.get(keyword.len()..).unwrap_or_default().trim().to_owned(),
        });
    }
}

/// A comment begins at `#` outside of quotes and not after a backslash.
fn uncommented(line: &str) -> &str {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some(c),
            '#' if quote.is_none() => return &line[..at],
            _ => {}
        }
    }
    line
}
