//! Which of many words a text has, told in one pass over it.

use aho_corasick::packed::Searcher;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind, Span};

use super::linked::{is_letter, is_word};

/// What is known of a word in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Unknown,
    Absent,
    Present,
}

/// One pass over a text for many words.
#[derive(Debug, Default)]
pub(super) enum Scanner {
    #[default]
    None,
    /// Some words: many bytes at a time. With the number of each pattern's word, the longest first.
    Packed(Searcher, Vec<u32>),
    /// Any number of words: byte by byte.
    Automaton(Box<AhoCorasick>),
}

/// Shortest word that a packed search tells quickly from others.
const MIN_PACKED: usize = 3;

impl Scanner {
    /// Looks for `words`, which are identifiers.
    pub(super) fn new(words: &[Box<str>]) -> Self {
        if words.is_empty() {
            return Self::None;
        }
        let mut order: Vec<u32> = (0..words.len() as u32).collect();
        order.sort_by_key(|&word| std::cmp::Reverse(words[word as usize].len()));
        let longest_first = order.iter().map(|&word| words[word as usize].as_bytes());
        if words.iter().all(|word| word.len() >= MIN_PACKED)
            && let Some(searcher) = Searcher::new(longest_first)
        {
            return Self::Packed(searcher, order);
        }
        let automaton = AhoCorasickBuilder::new()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::Standard)
            .build(words.iter().map(|word| word.as_bytes()));
        automaton.map_or(Self::None, |automaton| Self::Automaton(Box::new(automaton)))
    }

    /// Tells of the words that it looks for whether the text has them.
    pub(super) fn scan(&self, bytes: &[u8], known: &mut [Known]) {
        let scanned = match self {
            Self::None => return,
            Self::Packed(searcher, order) => {
                let mut at = 0;
                while let Some(found) = searcher.find_in(bytes, Span::from(at..bytes.len())) {
                    // Of the words that start here, only the longest can be whole.
                    if is_word(bytes, found.start(), found.end()) {
                        known[order[found.pattern().as_usize()] as usize] = Known::Present;
                    }
                    let rest = bytes[found.end()..].iter();
                    at = found.end() + rest.take_while(|byte| is_letter(**byte)).count();
                }
                order.len()
            }
            Self::Automaton(automaton) => {
                for found in automaton.find_overlapping_iter(bytes) {
                    let word = &mut known[found.pattern().as_usize()];
                    if *word == Known::Unknown && is_word(bytes, found.start(), found.end()) {
                        *word = Known::Present;
                    }
                }
                automaton.patterns_len()
            }
        };
        known[..scanned].iter_mut().filter(|word| **word == Known::Unknown).for_each(|word| *word = Known::Absent);
    }
}
