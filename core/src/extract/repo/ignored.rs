//! What git is told to leave out: files that are made in a working copy.

use crate::facts::schema::repo::IgnoredPattern;
use crate::facts::{Certainty, FactSet};
use crate::source::SourceFile;

/// Most patterns that one file may state.
const MAX_PATTERNS: usize = 2_000;

/// Whether a path is that of a `.gitignore`.
pub(super) fn is_ignore_file(path: &str) -> bool {
    path == ".gitignore" || path.ends_with("/.gitignore")
}

/// States the patterns of a `.gitignore`; those that take something back are left out.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut at = 0;
    for line in file.text.split_inclusive('\n').take(MAX_PATTERNS) {
        let start = at;
        at += line.len();
        let written = line.trim();
        let pattern = written.trim_matches('/');
        if pattern.is_empty() || written.starts_with(['#', '!']) {
            continue;
        }
        facts.push(IgnoredPattern {
            span: file.span(start..start + line.trim_end().len()),
            certainty: Certainty::Certain,
            folder: folder.to_owned(),
            pattern: pattern.to_owned(),
            is_anchored: written.trim_end_matches('/').contains('/'),
        });
    }
}
