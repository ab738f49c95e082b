//! Where something stands: a file and a byte range, packed into one integer so that it fits a database cell.

use std::ops::Range;

/// Index of a file in the sorted list of an audit's files. At most 2^20 - 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct FileId(pub u32);

/// A byte range of one file.
///
/// Packed as 20 bits of file, 24 bits of start and 19 bits of length, so that order by the packed
/// value is order by file and position. Longer ranges saturate at 512 KiB; starts reach 16 MiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

const START_BITS: u32 = 24;
const LEN_BITS: u32 = 19;
const MAX_START: u32 = (1 << START_BITS) - 1;
const MAX_LEN: u32 = (1 << LEN_BITS) - 1;

impl Span {
    /// Largest number of files that an audit can hold.
    pub const MAX_FILES: usize = (1 << 20) - 1;
    /// Largest text, in bytes, whose positions can be told.
    pub const MAX_TEXT: usize = MAX_START as usize;

    /// A span of `file` over the bytes of `range`; an end before the start counts as empty.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        let start = u32::try_from(range.start).unwrap_or(MAX_START).min(MAX_START);
        let len = range.end.saturating_sub(range.start);
        let len = u32::try_from(len).unwrap_or(MAX_LEN).min(MAX_LEN);
        Self(i64::from(file.0) << (START_BITS + LEN_BITS) | i64::from(start) << LEN_BITS | i64::from(len))
    }

    /// The whole-file subject: an empty span at the start of `file`.
    pub fn file_start(file: FileId) -> Self {
        Self::new(file, 0..0)
    }

    /// The span's value in a database cell.
    pub fn to_cell(self) -> i64 {
        self.0
    }

    /// The span of a database cell; `None` for a negative value, which no span has.
    pub fn from_cell(cell: i64) -> Option<Self> {
        (cell >= 0).then_some(Self(cell))
    }

    /// The file.
    pub fn file(self) -> FileId {
        FileId((self.0 >> (START_BITS + LEN_BITS)) as u32)
    }

    /// First byte.
    pub fn start(self) -> usize {
        (self.0 >> LEN_BITS) as usize & MAX_START as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.start() + (self.0 as usize & MAX_LEN as usize)
    }

    /// The byte range.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_keeps_file_start_and_end() {
        let span = Span::new(FileId(77), 12_345..12_400);
        assert_eq!((span.file(), span.start(), span.end()), (FileId(77), 12_345, 12_400));
        assert_eq!(Span::from_cell(span.to_cell()), Some(span));
    }

    #[test]
    fn order_is_by_file_then_start() {
        let early = Span::new(FileId(1), 900_000..900_001);
        let late = Span::new(FileId(2), 0..1);
        assert!(early < late);
        assert!(Span::new(FileId(2), 5..6) > late);
    }

    #[test]
    fn the_largest_file_and_offset_fit() {
        let span = Span::new(FileId(Span::MAX_FILES as u32), Span::MAX_TEXT..Span::MAX_TEXT + 10);
        assert!(span.to_cell() > 0);
        assert_eq!((span.file().0 as usize, span.start()), (Span::MAX_FILES, Span::MAX_TEXT));
    }
}
