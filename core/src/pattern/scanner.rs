//! Which of many words a text has, told in one pass over it.

use aho_corasick::Span;
use aho_corasick::packed::Searcher;

use super::dispatch::SymMap;
use super::linked::{is_letter, is_word};
use crate::syntax::tree::Sym;

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
    /// Any number of words: each word of the text is looked up.
    Lexicon(Box<Lexicon>),
}

/// Words by symbol.
#[derive(Debug)]
pub(super) struct Lexicon {
    numbers: SymMap<u32>,
    /// A bit for the signs of each word: most words of a text are told apart by theirs.
    signs: [u64; SIGNS / 64],
}

/// How many signs there are; a power of two.
const SIGNS: usize = 1 << 12;

/// A sign of a word that is cheap to tell; words have at least one letter.
fn sign(word: &[u8]) -> usize {
    let (first, last, middle) = (word[0], word[word.len() - 1], word[word.len() / 2]);
    (usize::from(first) ^ usize::from(middle) << 3 ^ usize::from(last) << 6 ^ word.len() << 1) % SIGNS
}

impl Lexicon {
    fn new(words: &[Box<str>]) -> Self {
        let mut lexicon = Self { numbers: SymMap::default(), signs: [0; SIGNS / 64] };
        for (number, word) in words.iter().enumerate() {
            let sign = sign(word.as_bytes());
            lexicon.signs[sign / 64] |= 1 << (sign % 64);
            lexicon.numbers.insert(Sym::new(word), number as u32);
        }
        lexicon
    }

    fn number(&self, word: &[u8]) -> Option<u32> {
        let sign = sign(word);
        let is_known = self.signs[sign / 64] & 1 << (sign % 64) != 0;
        if is_known { self.numbers.get(&Sym::of(word)).copied() } else { None }
    }

    fn scan(&self, bytes: &[u8], known: &mut [Known]) {
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            while at < bytes.len() && is_letter(bytes[at]) {
                at += 1;
            }
            if at > start
                && let Some(number) = self.number(&bytes[start..at])
            {
                known[number as usize] = Known::Present;
            }
            at += 1;
        }
    }
}

/// Shortest word that a packed search tells quickly from others.
const MIN_PACKED: usize = 3;

impl Scanner {
    /// Looks for `words`, which are identifiers; for the `first` of them, and where it costs nothing for all.
    pub(super) fn new(words: &[Box<str>], first: usize) -> Self {
        if first == 0 {
            return Self::None;
        }
        let scanned = &words[..first];
        let mut order: Vec<u32> = (0..first as u32).collect();
        order.sort_by_key(|&word| std::cmp::Reverse(words[word as usize].len()));
        let longest_first = order.iter().map(|&word| words[word as usize].as_bytes());
        if scanned.iter().all(|word| word.len() >= MIN_PACKED)
            && let Some(searcher) = Searcher::new(longest_first)
        {
            return Self::Packed(searcher, order);
        }
        Self::Lexicon(Box::new(Lexicon::new(words)))
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
            Self::Lexicon(lexicon) => {
                lexicon.scan(bytes, known);
                known.len()
            }
        };
        known[..scanned].iter_mut().filter(|word| **word == Known::Unknown).for_each(|word| *word = Known::Absent);
    }
}
