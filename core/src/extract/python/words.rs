//! Sorted lists of words that are asked for often.

/// A sorted list, with the place at which the words of each first letter begin.
pub(super) struct Words {
    sorted: &'static [&'static str],
    starts: [u16; ASCII + 1],
}

const ASCII: usize = 128;

impl Words {
    /// The words of a sorted list; none may be empty or begin beyond ASCII.
    pub(super) const fn new(sorted: &'static [&'static str]) -> Self {
        let mut starts = [0; ASCII + 1];
        let (mut letter, mut at) = (0, 0);
        while letter <= ASCII {
            while at < sorted.len() && (sorted[at].as_bytes()[0] as usize) < letter {
                at += 1;
            }
            starts[letter] = at as u16;
            letter += 1;
        }
        Self { sorted, starts }
    }

    /// Whether `word` is one of them.
    pub(super) fn contains(&self, word: &str) -> bool {
        let Some(first) = word.bytes().next().map(usize::from).filter(|first| *first < ASCII) else { return false };
        let (start, end) = (usize::from(self.starts[first]), usize::from(self.starts[first + 1]));
        self.sorted[start..end].contains(&word)
    }

    #[cfg(test)]
    pub(super) fn all(&self) -> &'static [&'static str] {
        self.sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_its_first_letter() {
        static SOME: Words = Words::new(&["Zeta", "_own", "alpha", "az", "b", "zz"]);
        assert!(SOME.all().iter().all(|word| SOME.contains(word)));
        assert!(["", "a", "y", "zzz", "é", "\u{7f}", "\0"].iter().all(|word| !SOME.contains(word)));
    }
}
