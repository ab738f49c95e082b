//! The lines of source that a finding shows.

use std::ops::Range;

use crate::source::LineIndex;

const MAX_LINES: u32 = 8;
const MAX_LINE_BYTES: usize = 400;

/// The whole lines that `range` of `text` touches: at most the first eight, long ones cut. The first line of the
/// snippet is the line on which the range starts. Not yet masked: settling does that.
pub fn snippet(text: &str, lines: &LineIndex, range: Range<usize>) -> String {
    let first = lines.line(range.start);
    let last = lines.line(range.end.saturating_sub(1).max(range.start)).min(first + MAX_LINES - 1);
    let shown: Vec<&str> = (first..=last).filter_map(|line| text.get(lines.range(text, line)?)).map(cut).collect();
    shown.join("\n")
}

fn cut(line: &str) -> &str {
    &line[..line.floor_char_boundary(MAX_LINE_BYTES)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, range: Range<usize>) -> String {
        snippet(text, &LineIndex::new(text), range)
    }

    #[test]
    fn whole_lines_are_shown() {
        assert_eq!(of("a: 1\r\n  b: 2\r\nc: 3\r\n", 8..9), "  b: 2");
        assert_eq!(of("a: 1\n  b: 2\nc: 3\n", 0..9), "a: 1\n  b: 2");
        assert_eq!(of("one\ntwo\n", 0..4), "one");
    }

    #[test]
    fn bounds_hold_on_any_text() {
        assert_eq!(of("", 0..0), "");
        assert_eq!(of("a", 7..9), "a");
        assert_eq!(of(&"x\n".repeat(100), 0..200).lines().count(), 8);
        assert_eq!(of(&"é".repeat(1000), 0..5).len(), 400);
    }
}
