//! A unified diff from the edits themselves.

use std::fmt::Write as _;
use std::ops::Range;

use super::replaced;
use crate::report::{Medium, mask, visible};

const CONTEXT: usize = 3;

/// Whole lines of the old text, and what stands in their place.
struct Change {
    lines: Range<usize>,
    new: String,
}

/// A unified diff of one file for a person to read: secrets are masked. The edits are in order and do not overlap.
pub fn unified_diff(path: &str, text: &str, edits: &[(Range<usize>, String)]) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let changes = changes(text, &lines, edits);
    let name = visible(path);
    let mut diff = format!("--- {name}\n+++ {name}\n");
    let mut shift = 0_isize;
    for hunk in changes.chunk_by(|a, b| b.lines.start - a.lines.end <= 2 * CONTEXT) {
        write_hunk(&mut diff, path, &lines, hunk, &mut shift);
    }
    diff
}

fn changes(text: &str, lines: &[&str], edits: &[(Range<usize>, String)]) -> Vec<Change> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend(lines.iter().scan(0, |at, line| {
        *at += line.len();
        Some(*at)
    }));
    let line_of = |offset: usize| starts[..lines.len().max(1)].partition_point(|&start| start <= offset) - 1;
    let of_edit = |range: &Range<usize>| line_of(range.start)..line_of(range.end.max(range.start + 1) - 1) + 1;
    edits
        .chunk_by(|a, b| of_edit(&b.0).start < of_edit(&a.0).end)
        .filter_map(|together| {
            let lines = of_edit(&together.first()?.0).start..of_edit(&together.last()?.0).end;
            let (start, end) = (starts[lines.start], starts.get(lines.end).copied().unwrap_or(text.len()));
            let inside = together.iter().map(|(range, new)| (range.start - start..range.end - start, new.clone()));
            Some(Change { new: replaced(&text[start..end], &inside.collect::<Vec<_>>()), lines })
        })
        .collect()
}

fn write_hunk(diff: &mut String, path: &str, lines: &[&str], hunk: &[Change], shift: &mut isize) {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { return };
    let shown = first.lines.start.saturating_sub(CONTEXT)..(last.lines.end + CONTEXT).min(lines.len());
    let grown: isize =
        hunk.iter().map(|change| change.new.lines().count() as isize - change.lines.len() as isize).sum();
    let old = (shown.start + 1, shown.len());
    let new = (old.0.saturating_add_signed(*shift), old.1.saturating_add_signed(grown));
    *shift += grown;
    let _ = writeln!(diff, "@@ -{},{} +{},{} @@", old.0, old.1, new.0, new.1);
    let mut write = |sign: char, line: &str| {
        let line = line.trim_end_matches(['\n', '\r']);
        let _ = writeln!(diff, "{sign}{}", visible(&mask(line, Medium::of(path))));
    };
    let mut at = shown.start;
    for change in hunk {
        lines[at..change.lines.start].iter().for_each(|line| write(' ', line));
        lines[change.lines.start.min(lines.len())..change.lines.end.min(lines.len())]
            .iter()
            .for_each(|line| write('-', line));
        change.new.lines().for_each(|line| write('+', line));
        at = change.lines.end.min(lines.len());
    }
    lines[at..shown.end.max(at)].iter().for_each(|line| write(' ', line));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn changes_show_with_their_surroundings() {
        let text = "1\n2\n3\n4\nfive and six\n6\n7\n8\n9\n10\n11\n12\n13\n14\nPASSWORD=hunter22\n";
        let at = |word: &str| text.find(word).map(|start| start..start + word.len()).unwrap();
        let edits = [(at("five"), "5".into()), (at("six"), "0\n1".into()), (at("14"), String::new())];
        assert_eq!(
            unified_diff("a.env", text, &edits),
            "--- a.env\n+++ a.env\n@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-five and six\n+5 and 0\n+1\n 6\n 7\n 8\n\
             @@ -11,5 +12,5 @@\n 11\n 12\n 13\n-14\n+\n PASSWORD=hu******\n"
        );
    }

    proptest! {
        #[test]
        fn any_edit_can_be_shown(text in "[ab\n]{0,30}", start in 0..31usize, len in 0..9usize, new in "[x\n]{0,4}") {
            let start = start.min(text.len());
            let end = (start + len).min(text.len());
            let shown = unified_diff("a", &text, &[(start..end, new)]);
            prop_assert!(shown.starts_with("--- a\n+++ a\n@@"));
        }
    }
}
