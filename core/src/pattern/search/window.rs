//! Bytes that a match must touch to count.

use std::ops::Range;

use super::ranges::Found;

/// Ranges of bytes, sorted and apart; a match that touches none of them cannot count.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Window<'w>(Option<&'w [Range<u32>]>);

impl<'w> Window<'w> {
    /// The whole text.
    pub(in super::super) const ALL: Self = Self(None);

    /// The ranges of [`union`].
    pub(super) fn of(ranges: &'w [Range<u32>]) -> Self {
        Self(Some(ranges))
    }

    /// Whether the bytes from `start` to `end` touch the window.
    pub(in super::super) fn touches(self, start: u32, end: u32) -> bool {
        let Some(ranges) = self.0 else { return true };
        let first = ranges.partition_point(|range| range.end < start);
        ranges.get(first).is_some_and(|range| range.start <= end)
    }

    /// Whether it is the whole text.
    pub(in super::super) fn is_all(self) -> bool {
        self.0.is_none()
    }

    /// How many bytes it holds.
    pub(super) fn bytes(self) -> u64 {
        let Some(ranges) = self.0 else { return u64::MAX };
        ranges.iter().map(|range| u64::from(range.end - range.start)).sum()
    }
}

/// The ranges of what was found, sorted and joined where they touch.
pub(super) fn union(found: &[Found]) -> Vec<Range<u32>> {
    let mut ranges: Vec<Range<u32>> = found.iter().map(|each| each.range.clone()).collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<u32>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}
