//! Scripts that are copies of each other, found by the sequences of three lines that they share.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::extract::TreeIndex;
use crate::facts::schema::repo::ScriptCopy;
use crate::facts::{Certainty, FactSet};
use crate::source::{FileId, SourceFile, Span};

/// Shorter scripts are alike by chance.
const MIN_LINES: usize = 50;
/// Least similarity that is told.
const MIN_SIMILARITY: f64 = 0.9;
/// Lines in a sequence.
const LENGTH: usize = 3;
/// Most sequences kept of a script, and most scripts compared.
const MAX_SEQUENCES: usize = 4_000;
const MAX_SCRIPTS: usize = 2_000;

/// The sequences of a script, sorted.
pub(super) struct Outline {
    sequences: Vec<u64>,
    code_lines: i64,
}

/// The outline of a script that is long enough.
pub(super) fn outline(file: &SourceFile<'_>) -> Option<Outline> {
    let lines: Vec<&str> =
        file.text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    if lines.len() <= MIN_LINES {
        return None;
    }
    let hash = |window: &[&str]| {
        let mut hasher = DefaultHasher::new();
        window.hash(&mut hasher);
        hasher.finish()
    };
    let mut sequences: Vec<u64> = lines.windows(LENGTH).map(hash).collect();
    sequences.sort_unstable();
    sequences.dedup();
    sequences.truncate(MAX_SEQUENCES);
    Some(Outline { sequences, code_lines: lines.len() as i64 })
}

/// States each pair of scripts that are alike. Only scripts that share a sequence are compared.
pub(super) fn link(mut outlines: Vec<(FileId, &Outline)>, tree: &TreeIndex<'_>, facts: &mut FactSet) {
    outlines.sort_by_key(|(file, _)| *file);
    outlines.truncate(MAX_SCRIPTS);
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (at, (_, outline)) in outlines.iter().enumerate() {
        outline.sequences.iter().for_each(|sequence| holders.entry(*sequence).or_default().push(at));
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for at in holders.values().filter(|at| at.len() > 1 && at.len() <= 50) {
        for (index, first) in at.iter().enumerate() {
            at[index + 1..].iter().for_each(|second| *shared.entry((*first, *second)).or_default() += 1);
        }
    }
    for ((first, second), common) in shared {
        let ((file, one), (other, two)) = (outlines[first], outlines[second]);
        let all = one.sequences.len() + two.sequences.len() - common;
        let similarity = common as f64 / all.max(1) as f64;
        if similarity >= MIN_SIMILARITY {
            facts.push(ScriptCopy {
                span: Span::file_start(file),
                certainty: Certainty::Certain,
                path: tree.path(file).to_owned(),
                other: tree.path(other).to_owned(),
                other_span: Span::file_start(other),
                similarity: (similarity * 100.0).round() / 100.0,
                code_lines: one.code_lines,
            });
        }
    }
}
