//! The words, texts and signs of an SQL text.

/// The words of SQL that are looked for, a bit each.
pub(super) mod word {
    pub(in super::super) const WITH: u32 = 1;
    pub(in super::super) const RECURSIVE: u32 = 1 << 1;
    pub(in super::super) const AS: u32 = 1 << 2;
    pub(in super::super) const NOT: u32 = 1 << 3;
    pub(in super::super) const MATERIALIZED: u32 = 1 << 4;
    pub(in super::super) const SELECT: u32 = 1 << 5;
    pub(in super::super) const FROM: u32 = 1 << 6;
    pub(in super::super) const JOIN: u32 = 1 << 7;
    pub(in super::super) const LEFT: u32 = 1 << 8;
    /// What else may stand before JOIN.
    pub(in super::super) const KIND_OF_JOIN: u32 = 1 << 9;
    /// Joins that give rows of the right side alone.
    pub(in super::super) const RIGHT: u32 = 1 << 10;
    pub(in super::super) const GROUP: u32 = 1 << 11;
    pub(in super::super) const HAVING: u32 = 1 << 12;
    /// What else ends the list of sources.
    pub(in super::super) const CLAUSE: u32 = 1 << 13;
    /// What joins queries.
    pub(in super::super) const COMPOUND: u32 = 1 << 14;
    /// Functions that give a row for no rows.
    pub(in super::super) const AGGREGATE: u32 = 1 << 15;
    pub(in super::super) const WHERE: u32 = 1 << 16;
    pub(in super::super) const ON: u32 = 1 << 17;
    pub(in super::super) const AND: u32 = 1 << 18;
    /// What makes of conditions something else than all of them together, or one of them.
    pub(in super::super) const CHOICE: u32 = 1 << 19;
    pub(in super::super) const EXISTS: u32 = 1 << 20;
    pub(in super::super) const IN: u32 = 1 << 21;
    pub(in super::super) const OR: u32 = 1 << 22;

    /// Every word, by length.
    const WORDS: [&[(&str, u32)]; 18] = [
        &[],
        &[],
        &[("AS", AS), ("ON", ON), ("OR", OR), ("IN", IN)],
        &[("AND", AND), ("NOT", NOT), ("sum", AGGREGATE), ("avg", AGGREGATE), ("min", AGGREGATE), ("max", AGGREGATE)],
        &[("FROM", FROM), ("JOIN", JOIN), ("LEFT", LEFT), ("WITH", WITH), ("FULL", RIGHT), ("CASE", CHOICE)],
        &[
            ("WHERE", WHERE),
            ("GROUP", GROUP),
            ("ORDER", CLAUSE),
            ("LIMIT", CLAUSE),
            ("UNION", COMPOUND),
            ("OUTER", KIND_OF_JOIN),
            ("INNER", KIND_OF_JOIN),
            ("CROSS", KIND_OF_JOIN),
            ("RIGHT", RIGHT),
            ("count", AGGREGATE),
            ("total", AGGREGATE),
        ],
        &[
            ("SELECT", SELECT),
            ("EXISTS", EXISTS),
            ("HAVING", HAVING),
            ("WINDOW", CLAUSE),
            ("EXCEPT", COMPOUND),
            ("listed", AGGREGATE),
        ],
        &[("BETWEEN", CHOICE), ("NATURAL", KIND_OF_JOIN)],
        &[],
        &[("INTERSECT", COMPOUND), ("RECURSIVE", RECURSIVE)],
        &[("string_agg", AGGREGATE)],
        &[],
        &[("group_concat", AGGREGATE), ("MATERIALIZED", MATERIALIZED)],
        &[],
        &[],
        &[],
        &[("json_group_array", AGGREGATE)],
        &[("json_group_object", AGGREGATE)],
    ];

    /// The word's bit; none for other words.
    pub(super) fn of(text: &str) -> u32 {
        // Most others have another first letter.
        if FIRSTS.get(text.len()).copied().unwrap_or_default() & letter(text) == 0 {
            return 0;
        }
        let found = WORDS[text.len()].iter().find(|(word, _)| text.eq_ignore_ascii_case(word));
        found.map_or(0, |(_, bit)| *bit)
    }

    /// By length, a bit for the first letter of each word.
    const FIRSTS: [u32; WORDS.len()] = {
        let mut firsts = [0; WORDS.len()];
        let mut length = 0;
        while length < WORDS.len() {
            let mut at = 0;
            while at < WORDS[length].len() {
                firsts[length] |= letter(WORDS[length][at].0);
                at += 1;
            }
            length += 1;
        }
        firsts
    };

    /// A bit for the first letter of a word, whatever its case.
    const fn letter(word: &str) -> u32 {
        1 << (word.as_bytes()[0] & 0x1f)
    }
}

/// A word, bracket or other sign; texts in quotes are one sign.
#[derive(Clone, Copy)]
pub(super) struct Sign<'s> {
    pub(super) text: &'s str,
    /// Its bit, where it is one of the words that are looked for.
    word: u32,
    /// Of a bracket that opens, how many signs stand between it and its counterpart.
    inner: u32,
}

impl<'s> Sign<'s> {
    /// Whether it is one of the words, by their bits.
    pub(super) fn is(&self, words: u32) -> bool {
        self.word & words != 0
    }

    /// The bit of its word.
    pub(super) fn word(&self) -> u32 {
        self.word
    }

    /// What the quotes of a text hold; `None` for other signs.
    pub(super) fn literal(&self) -> Option<&'s str> {
        self.text.strip_prefix('\'')?.strip_suffix('\'')
    }

    /// What may be the name of a table or column.
    pub(super) fn name(&self) -> Option<&'s str> {
        match self.text.as_bytes() {
            [first, ..] if is_word(*first) && self.word & !word::AGGREGATE == 0 => Some(self.text),
            [b'"', _, .., b'"'] => Some(&self.text[1..self.text.len() - 1]),
            _ => None,
        }
    }
}

/// The signs of an SQL text, comments left out.
pub(super) fn signs(sql: &str) -> Vec<Sign<'_>> {
    let mut found: Vec<Sign<'_>> = Vec::with_capacity(sql.len() / 4);
    let mut open: Vec<usize> = Vec::new();
    let close = |found: &mut [Sign<'_>], open: usize| found[open].inner = (found.len() - open - 1) as u32;
    let bytes = sql.as_bytes();
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        let start = at;
        at += 1;
        let mut word = 0;
        match first {
            _ if is_word(first) => {
                while bytes.get(at).is_some_and(|byte| is_word(*byte)) {
                    at += 1;
                }
                word = word::of(&sql[start..at]);
            }
            b' ' | b'\n' | b'\t' | b'\r' => continue,
            b'\'' | b'"' => at = behind(bytes, at, &[first]),
            b'-' if bytes.get(at) == Some(&b'-') => {
                at = behind(bytes, at, b"\n");
                continue;
            }
            b'/' if bytes.get(at) == Some(&b'*') => {
                at = behind(bytes, at + 1, b"*/");
                continue;
            }
            b'(' => open.push(found.len()),
            b')' => open.pop().into_iter().for_each(|open| close(&mut found, open)),
            _ => {}
        }
        found.push(Sign { text: &sql[start..at], word, inner: 0 });
    }
    open.into_iter().for_each(|open| close(&mut found, open));
    found
}

/// The place behind the next `end` from `at` on; the end of the text where there is none.
fn behind(bytes: &[u8], at: usize, end: &[u8]) -> usize {
    memchr::memmem::find(&bytes[at..], end).map_or(bytes.len(), |found| at + found + end.len())
}

/// What stands between the bracket that opens the signs and its counterpart.
pub(super) fn between_brackets<'q, 's>(signs: &'q [Sign<'s>]) -> &'q [Sign<'s>] {
    signs.first().map_or(&[], |first| &signs[1..=first.inner as usize])
}

/// The places of the signs that stand in no brackets, with those of the brackets.
pub(super) fn outside(signs: &[Sign<'_>]) -> impl Iterator<Item = usize> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let here = at;
        at += 1 + signs.get(here)?.inner as usize;
        Some(here)
    })
}

/// Bytes of other alphabets count as letters, so that no character is cut.
fn is_word(byte: u8) -> bool {
    const WORD: [bool; 256] = {
        let mut word = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            let code = byte as u8;
            word[byte] = code.is_ascii_alphanumeric() || code == b'_' || !code.is_ascii();
            byte += 1;
        }
        word
    };
    WORD[byte as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_comments_are_no_words() {
        let texts = |sql| signs(sql).iter().map(|sign| sign.text).collect::<Vec<_>>();
        assert_eq!(
            texts("SELECT a.b, 'FROM ('' -- x' -- b\n/* c * / */FROM \"t 1\""),
            ["SELECT", "a", ".", "b", ",", "'FROM ('", "' -- x'", "FROM", "\"t 1\""]
        );
        assert_eq!(texts("'open"), ["'open"]);
        assert_eq!(texts("/* open"), [""; 0]);
        assert_eq!(texts("é<=ü-1"), ["é", "<", "=", "ü", "-", "1"]);
    }

    #[test]
    fn brackets_are_passed_over() {
        let signs = signs("a (b (c)) ) d (e");
        fn texts<'s>(signs: &[Sign<'s>]) -> Vec<&'s str> {
            outside(signs).map(|at| signs[at].text).collect()
        }
        assert_eq!(texts(&signs), ["a", "(", ")", ")", "d", "("]);
        assert_eq!(texts(between_brackets(&signs[1..])), ["b", "(", ")"]);
        assert_eq!(texts(between_brackets(&signs[9..])), ["e"]);
        assert_eq!(texts(between_brackets(&signs[..1])), [""; 0]);
    }
}
