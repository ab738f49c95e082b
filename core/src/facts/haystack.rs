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

    /// The rows whose text holds one of `needles`, sorted.
    pub(super) fn holding<N: AsRef<[u8]>>(&self, needles: &[N]) -> Vec<u32> {
        if needles.len() == 1 || self.bytes.len() * needles.len() <= FEW_BYTES {
            let mut texts: Vec<usize> =
                needles.iter().map(Finder::new).flat_map(|finder| self.found(move |text| finder.find(text))).collect();
            texts.sort_unstable();
            texts.dedup();
            return texts.into_iter().map(|text| self.rows[text]).collect();
        }
        match Search::new(needles) {
            Some(search) => self.found(|text| search.find(text)).map(|text| self.rows[text]).collect(),
            None => Vec::new(),
        }
    }

    /// The texts in which a search finds something, in turn.
    fn found(&self, search: impl Fn(&[u8]) -> Option<usize>) -> impl Iterator<Item = usize> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = search(self.bytes.get(from..)?)?;
            let next = self.starts.partition_point(|start| *start as usize <= from + found);
            from = self.starts.get(next).map_or(self.bytes.len(), |start| *start as usize);
            next.checked_sub(1)
        })
    }
}

/// Most bytes that are gone over once for each needle: to search for all in one go pays on more.
const FEW_BYTES: usize = 16 << 10;

/// A search for one of several texts.
enum Search {
    /// For a few.
    Few(Searcher),
    /// For any number.
    Many(AhoCorasick),
}

impl Search {
    /// `None` where there is nothing to search for.
    fn new<N: AsRef<[u8]>>(needles: &[N]) -> Option<Self> {
        if let Some(few) = Searcher::new(needles) {
            return Some(Self::Few(few));
        }
        AhoCorasick::new(needles).ok().map(Self::Many)
    }

    fn find(&self, text: &[u8]) -> Option<usize> {
        match self {
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
        let holding = |needles: &[&str]| haystack.holding(needles);
        assert_eq!(holding(&["abc"]), [0, 2]);
        assert_eq!(holding(&["abc", "zz", "c"]), [0, 2, 5]);
        assert_eq!(holding(&["b"]), [0, 2, 3, 4]);
        assert_eq!(holding(&["nowhere"]), [0; 0]);
        let many: Vec<String> = (0..200).map(|at| format!("word{at}x")).collect();
        assert_eq!(holding(&many.iter().map(String::as_str).chain(["bc"]).collect::<Vec<_>>()), [0, 2]);
    }
}
