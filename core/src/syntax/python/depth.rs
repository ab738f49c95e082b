//! Bounds nesting before a text is parsed: the parser, its drop and every walk of the typed tree recurse.
//!
//! One pass over the bytes that knows strings, f-strings, comments, brackets and indentation, and counts what makes
//! trees deep: brackets, and chains of operators, calls and attributes that no comma or line end interrupts.

/// The text nests deeper than can be parsed safely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooDeep {
    /// Byte offset at which the bound was passed.
    pub offset: usize,
}

/// Deepest nesting of brackets; Python's own tokenizer stops at 200.
const MAX_BRACKETS: usize = 200;
/// Deepest nesting of blocks; Python's own tokenizer stops at 100.
const MAX_BLOCKS: usize = 100;
/// Longest chain of operators, calls and attributes, summed over the open brackets.
const MAX_CHAIN: u32 = 5_000;

/// What is open.
struct Level {
    closer: Closer,
    /// Links of the chain since the last comma.
    links: u32,
    /// Links that no comma ends: lambdas.
    lasting: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Closer {
    Bracket,
    /// A hole of an f-string with this quote.
    Hole(Quote),
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Quote {
    byte: u8,
    triple: bool,
    raw: bool,
}

/// Bytes that words are made of.
const IN_WORD: u8 = 1;
/// Bytes that mean nothing in strings.
const IN_TEXT: u8 = 2;
/// Bytes that mean nothing between words.
const IN_BETWEEN: u8 = 4;
/// First letters of words that make trees deep.
const BEGINS_LINK: u8 = 8;
/// Length of the longest such word.
const LONGEST_LINK: usize = 6;

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        if matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'0'..=b'9' | 0x80..) {
            classes[at] |= IN_WORD;
        }
        if !matches!(byte, b'"' | b'\'' | b'\n' | b'\\' | b'{') {
            classes[at] |= IN_TEXT;
        }
        if matches!(byte, b' ' | b'\t' | b'\r' | b':' | b'=' | b'0'..=b'9') {
            classes[at] |= IN_BETWEEN;
        }
        if matches!(byte, b'a' | b'e' | b'f' | b'i' | b'l' | b'n' | b'o' | b'y') {
            classes[at] |= BEGINS_LINK;
        }
        at += 1;
    }
    classes
};

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    levels: Vec<Level>,
    chain: u32,
    indents: Vec<u32>,
}

/// Refuses a text that nests too deep.
pub(super) fn check(text: &str) -> Result<(), TooDeep> {
    let base = Level { closer: Closer::Bracket, links: 0, lasting: 0 };
    let mut scan = Scan { bytes: text.as_bytes(), at: 0, levels: vec![base], chain: 0, indents: Vec::new() };
    scan.indentation();
    while scan.at < scan.bytes.len() {
        scan.step();
        if scan.levels.len() > MAX_BRACKETS || scan.indents.len() > MAX_BLOCKS || scan.chain > MAX_CHAIN {
            return Err(TooDeep { offset: scan.at });
        }
    }
    Ok(())
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn step(&mut self) {
        match self.peek(0) {
            b'"' | b'\'' => self.string(false, false),
            b'#' => self.skip_line(),
            b'(' | b'[' | b'{' => {
                self.link();
                self.levels.push(Level { closer: Closer::Bracket, links: 0, lasting: 0 });
                self.at += 1;
            }
            b')' | b']' | b'}' => self.close(),
            b',' | b';' => {
                self.cut(false);
                self.at += 1;
            }
            b'\n' => {
                self.at += 1;
                if self.levels.len() == 1 {
                    self.cut(true);
                    self.indentation();
                }
            }
            b'\\' => self.at += 2,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^' | b'~' | b'<' | b'>' | b'!' | b'.' => {
                self.link();
                self.at += 1;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word(),
            _ => {
                self.at += 1;
                self.skip(IN_BETWEEN);
            }
        }
    }

    fn top(&mut self) -> Option<&mut Level> {
        self.levels.last_mut()
    }

    fn link(&mut self) {
        self.chain += 1;
        if let Some(top) = self.top() {
            top.links += 1;
        }
    }

    /// Ends the chain of the innermost bracket; at the end of a statement, all of it.
    fn cut(&mut self, statement: bool) {
        let mut dropped = 0;
        if let Some(top) = self.top() {
            dropped = std::mem::take(&mut top.links);
            if statement {
                dropped += std::mem::take(&mut top.lasting);
            }
        }
        self.chain -= dropped;
    }

    fn close(&mut self) {
        self.at += 1;
        if self.levels.len() == 1 {
            return;
        }
        self.cut(true);
        if let Some(Level { closer: Closer::Hole(quote), .. }) = self.levels.pop() {
            self.string_body(quote, true);
        }
    }

    fn word(&mut self) {
        let start = self.at;
        self.skip(IN_WORD);
        let word = &self.bytes[start..self.at];
        if word.len() <= 2 && matches!(self.peek(0), b'"' | b'\'') {
            let has = |letter: u8| word.iter().any(|byte| byte.eq_ignore_ascii_case(&letter));
            return self.string(has(b'f') || has(b't'), has(b'r'));
        }
        if word.len() > LONGEST_LINK || CLASSES[usize::from(word[0])] & BEGINS_LINK == 0 {
            return;
        }
        match word {
            b"not" | b"await" | b"and" | b"or" | b"in" | b"is" | b"if" | b"else" | b"yield" | b"for" => self.link(),
            b"lambda" => {
                self.chain += 1;
                if let Some(top) = self.top() {
                    top.lasting += 1;
                }
            }
            _ => {}
        }
    }

    fn string(&mut self, format: bool, raw: bool) {
        let byte = self.peek(0);
        let triple = self.peek(1) == byte && self.peek(2) == byte;
        if !triple && self.peek(1) == byte {
            self.at += 2;
            return;
        }
        self.at += if triple { 3 } else { 1 };
        self.string_body(Quote { byte, triple, raw }, format);
    }

    /// Goes to the end of a string, or to the first hole of an f-string.
    fn string_body(&mut self, quote: Quote, format: bool) {
        loop {
            self.skip(IN_TEXT);
            if self.at >= self.bytes.len() {
                return;
            }
            let byte = self.peek(0);
            if byte == quote.byte {
                if !quote.triple {
                    self.at += 1;
                    return;
                }
                if self.peek(1) == byte && self.peek(2) == byte {
                    self.at += 3;
                    return;
                }
            } else if byte == b'\n' && !quote.triple {
                return;
            } else if byte == b'\\' && !(quote.raw && format && self.peek(1) == b'{') {
                self.at += 1;
            } else if format && byte == b'{' {
                if self.peek(1) == b'{' {
                    self.at += 1;
                } else {
                    self.link();
                    self.levels.push(Level { closer: Closer::Hole(quote), links: 0, lasting: 0 });
                    self.at += 1;
                    return;
                }
            }
            self.at += 1;
        }
    }

    fn skip(&mut self, class: u8) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_other = |byte: &u8| CLASSES[usize::from(*byte)] & class == 0;
        self.at += rest.iter().position(is_other).unwrap_or(rest.len());
    }

    fn skip_line(&mut self) {
        self.at = memchr::memchr(b'\n', &self.bytes[self.at..]).map_or(self.bytes.len(), |next| self.at + next);
    }

    /// Follows the blocks at the start of a line.
    fn indentation(&mut self) {
        let mut column = 0;
        while let Some(step) = match self.peek(0) {
            b' ' => Some(1),
            b'\t' => Some(8 - column % 8),
            _ => None,
        } {
            column += step;
            self.at += 1;
        }
        if matches!(self.peek(0), b'\n' | b'\r' | b'#' | 0) {
            return;
        }
        while self.indents.last().is_some_and(|&indent| indent > column) {
            self.indents.pop();
        }
        if column > self.indents.last().copied().unwrap_or(0) {
            self.indents.push(column);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_nesting_passes() {
        let text = "def f(a):\n    return {'k': [g(x)(y) for x in f'{a!r:>{w}}{{']}\n# (((\n'((('\n";
        assert_eq!(check(text), Ok(()));
        let wide = format!("x = [{}]\n", "f(a.b + 1), ".repeat(100_000));
        assert_eq!(check(&wide), Ok(()));
    }

    #[test]
    fn every_way_of_nesting_is_bounded() {
        let n = 100_000;
        let texts = [
            "(".repeat(n),
            format!("x = {}1", "a + ".repeat(n)),
            format!("x = a{}", ".b".repeat(n)),
            format!("x = a{}", "()".repeat(n)),
            format!("x = {}a", "not ".repeat(n)),
            format!("x = {}a", "-".repeat(n)),
            format!("x = {}a", "lambda a, b: ".repeat(n)),
            format!("x = {}a", "a if b else ".repeat(n)),
            format!("x = {}", "f'{".repeat(n)),
            (0..n / 100).map(|depth| format!("{}if a:\n", " ".repeat(depth))).collect(),
        ];
        for text in texts {
            assert!(check(&text).is_err(), "{}", &text[..20]);
        }
    }

    #[test]
    fn bytes_of_any_kind_end() {
        for text in ["'", "\"\"\"", "f'{", "\\", "f'\\", "}", "rb'''\\", "x = f'{a:{b}}' + '"] {
            assert_eq!(check(text), Ok(()));
        }
    }
}
