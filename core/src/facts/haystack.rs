//! The texts of a column, one behind the other: what few of them hold is found in one go.

use aho_corasick::AhoCorasick;
use aho_corasick::packed::Searcher;
use memchr::memmem::Finder;

/// What stands between two texts, and in no text.
const BETWEEN: u8 = 0xff;
/// Most bytes that are copied.
const MAX_BYTES: usize = 64 << 20;

/// Texts in lower case.
pub(super) struct Haystack {
    bytes: Vec<u8>,
    /// Where each text begins.
    starts: Vec<u32>,
    /// Which row each text stands in first.
    rows: Vec<u32>,
}

impl Haystack {
    /// The texts of some rows; `None` where they are too many.
    pub(super) fn new<'t>(texts: impl Iterator<Item = (u32, &'t [u8])>) -> Option<Self> {
        let mut haystack = Self { bytes: Vec::new(), starts: Vec::new(), rows: Vec::new() };
        for (row, text) in texts {
            haystack.starts.push(haystack.bytes.len() as u32);
            haystack.rows.push(row);
            haystack.bytes.extend(text.iter().map(u8::to_ascii_lowercase));
            haystack.bytes.push(BETWEEN);
            if haystack.bytes.len() > MAX_BYTES {
                return None;
            }
        }
        Some(haystack)
    }

    /// The rows whose text holds one of `needles`.
    pub(super) fn holding(&self, needles: &Search) -> Vec<u32> {
        let mut rows = Vec::new();
        let mut from = 0;
        while let Some(found) = self.bytes.get(from..).and_then(|rest| needles.find(rest)) {
            let at = self.starts.partition_point(|start| *start as usize <= from + found);
            rows.extend(at.checked_sub(1).and_then(|text| self.rows.get(text)));
            match self.starts.get(at) {
                Some(next) => from = *next as usize,
                None => break,
            }
        }
        rows
    }
}

/// A search for one of several texts.
pub(super) enum Search {
    /// For one text.
    One(Finder<'static>),
    /// For a few.
    Few(Searcher),
    /// For any number.
    Many(AhoCorasick),
}

impl Search {
    /// `None` where there is nothing to search for.
    pub(super) fn new(needles: &[Vec<u8>]) -> Option<Self> {
        if let [needle] = needles {
            return Some(Self::One(Finder::new(needle).into_owned()));
        }
        if let Some(few) = Searcher::new(needles) {
            return Some(Self::Few(few));
        }
        AhoCorasick::new(needles).ok().map(Self::Many)
    }

    fn find(&self, text: &[u8]) -> Option<usize> {
        match self {
            Self::One(finder) => finder.find(text),
            Self::Few(searcher) => searcher.find(text).map(|found| found.start()),
            Self::Many(automaton) => automaton.find(text).map(|found| found.start()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_that_hold_a_text_are_told_once() {
        let texts = ["abc", "", "xABCabc", "b", "ab", "c"];
        let haystack = Haystack::new((0u32..).zip(texts.iter().map(|text| text.as_bytes()))).unwrap();
        let holding = |needles: &[&str]| {
            let needles: Vec<Vec<u8>> = needles.iter().map(|needle| needle.as_bytes().to_vec()).collect();
            haystack.holding(&Search::new(&needles).unwrap())
        };
        assert_eq!(holding(&["abc"]), [0, 2]);
        assert_eq!(holding(&["abc", "zz", "c"]), [0, 2, 5]);
        assert_eq!(holding(&["b"]), [0, 2, 3, 4]);
        assert_eq!(holding(&["nowhere"]), [0; 0]);
        let many: Vec<String> = (0..200).map(|at| format!("word{at}x")).collect();
        assert_eq!(holding(&many.iter().map(String::as_str).chain(["bc"]).collect::<Vec<_>>()), [0, 2]);
    }
}
