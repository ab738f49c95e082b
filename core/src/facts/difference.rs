//! How the facts of an edited file differ from what they were: other rows, other values in some columns, or only other
//! places because the text before them grew or shrank.

use std::collections::BTreeSet;

use super::row::{Cell, Table};
use crate::source::{FileId, Span};

/// Where an edit moved the places of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shift {
    file: FileId,
    /// The bytes that were replaced, and where the new ones end.
    start: usize,
    old_end: usize,
    new_end: usize,
}

impl Shift {
    /// The shift between two texts of a file.
    pub(crate) fn between(file: FileId, old: &str, new: &str) -> Self {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
        let end = rest.take_while(|(a, b)| a == b).count();
        Self { file, start, old_end: old.len() - end, new_end: new.len() - end }
    }

    /// The span of what stood at `span`; nothing where that is not the same any more.
    pub(crate) fn apply(self, span: Span) -> Option<Span> {
        let (start, end) = (span.start(), span.end());
        if span.file() != self.file || start == 0 && end == 0 {
            return Some(span);
        }
        // The greatest lengths that a span holds stand for any.
        if Span::new(self.file, start..usize::MAX).end() == end {
            return None;
        }
        let behind = |at: usize| at - self.old_end + self.new_end;
        let new_start = match start {
            _ if start >= self.old_end => behind(start),
            _ if start <= self.start => start,
            _ => return None,
        };
        let new_end = match end {
            _ if start == end => new_start,
            _ if end <= self.start => end,
            _ if end >= self.old_end => behind(end),
            _ => return None,
        };
        Some(Span::new(self.file, new_start..new_end))
    }
}

/// How the rows of one table differ.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// There are more or fewer, or other ones.
    pub(crate) rows: bool,
    /// They stand elsewhere.
    pub(crate) moved: bool,
    /// Columns with other values.
    pub(crate) columns: BTreeSet<&'static str>,
}

impl Difference {
    /// Whether there is one.
    pub(crate) fn is_any(&self) -> bool {
        self.rows || self.moved || !self.columns.is_empty()
    }

    /// Adds what another replacement in the same table changed.
    pub(crate) fn join(&mut self, other: Self) {
        self.rows |= other.rows;
        self.moved |= other.moved;
        self.columns.extend(other.columns);
    }
}

/// The spans of a file before and after an edit, in pairs.
pub(crate) type Moves = Vec<(i64, i64)>;

/// Compares rows of one table; every span goes into `moves`.
pub(super) fn compare(table: &Table, (old, new): (&[Cell], &[Cell]), shift: Shift, moves: &mut Moves) -> Difference {
    let mut found = Difference::default();
    let other = || Difference { rows: true, ..Difference::default() };
    if old.len() != new.len() {
        return other();
    }
    let width = table.columns.len() + 3;
    for (at, (old, new)) in old.iter().zip(new).enumerate() {
        let column = (at % width).checked_sub(3).map(|own| &table.columns[own]);
        match (column.map_or("", |column| column.role), at % width, old, new) {
            ("span", ..) | (_, 1, ..) => match (old, new) {
                (Cell::Int(old), Cell::Int(new)) => {
                    let moved = Span::from_cell(*old).and_then(|span| shift.apply(span)).map(Span::to_cell);
                    if moved != Some(*new) {
                        return other();
                    }
                    moves.push((*old, *new));
                    found.moved |= old != new;
                }
                (Cell::Null, Cell::Null) => {}
                _ => return other(),
            },
            (_, _, old, new) if old == new => {}
            ("row", ..) | (_, 0, ..) => return other(),
            _ => drop(found.columns.insert(column.map_or("certainty", |column| column.name))),
        }
    }
    found
}

/// Whether the spans keep their order, and no two become one.
pub(crate) fn keeps_order(moves: &mut Moves) -> bool {
    moves.sort_unstable();
    moves.dedup();
    moves.windows(2).all(|pair| pair[0].1 < pair[1].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: FileId = FileId(3);

    fn moved(old: &str, new: &str, range: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
        Shift::between(FILE, old, new).apply(Span::new(FILE, range)).map(Span::range)
    }

    #[test]
    fn what_stands_before_an_edit_stays_and_what_stands_behind_moves() {
        let (old, new) = ("ab cd", "ab xyz cd");
        assert_eq!(moved(old, new, 0..2), Some(0..2));
        assert_eq!(moved(old, new, 3..5), Some(7..9));
        assert_eq!(moved(old, new, 0..5), Some(0..9));
        assert_eq!(moved(new, old, 7..9), Some(3..5));
        assert_eq!(moved(new, old, 4..6), None);
    }

    #[test]
    fn other_files_and_the_file_as_a_whole_stay() {
        let shift = Shift::between(FILE, "a", "xa");
        let elsewhere = Span::new(FileId(4), 0..1);
        assert_eq!(shift.apply(elsewhere), Some(elsewhere));
        assert_eq!(shift.apply(Span::file_start(FILE)), Some(Span::file_start(FILE)));
        assert_eq!(shift.apply(Span::new(FILE, 0..1)), Some(Span::new(FILE, 1..2)));
    }

    #[test]
    fn spans_that_become_one_keep_no_order() {
        assert!(keeps_order(&mut vec![(5, 6), (1, 1), (1, 1)]));
        assert!(!keeps_order(&mut vec![(5, 6), (4, 6)]));
    }
}
