//! Whether one name may stand for a part of another in a text of Python, told without parsing: `module.name` is written
//! so, or an import names `module`.
//!
//! May say yes of too much, never no of what matches.

use std::cell::OnceCell;
use std::ops::Range;

use memchr::memmem::{self, Finder};

/// A text, with the places of its imports once somebody asks for them.
pub(super) struct Linked<'t> {
    bytes: &'t [u8],
    imports: OnceCell<Vec<Range<usize>>>,
}

impl<'t> Linked<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, imports: OnceCell::new() }
    }

    /// Whether `module.name` may stand for something in the text.
    pub(super) fn holds(&self, module: &Finder<'_>, name: &[u8]) -> bool {
        let length = module.needle().len();
        module.find_iter(self.bytes).any(|at| {
            is_word(self.bytes, at, at + length) && (self.is_followed(at + length, name) || self.is_imported(at))
        })
    }

    /// Whether a dot and the name follow, layout and closing parentheses aside.
    fn is_followed(&self, at: usize, name: &[u8]) -> bool {
        let dot = past_layout(self.bytes, at);
        if self.bytes.get(dot) != Some(&b'.') {
            return false;
        }
        let start = past_layout(self.bytes, dot + 1);
        self.bytes[start..].starts_with(name) && is_word(self.bytes, start, start + name.len())
    }

    /// Whether an import statement holds the byte.
    fn is_imported(&self, at: usize) -> bool {
        let imports = self.imports.get_or_init(|| imports(self.bytes));
        let next = imports.partition_point(|import| import.end <= at);
        imports.get(next).is_some_and(|import| import.start <= at)
    }
}

/// Whether the bytes are a whole word; bytes outside of ASCII count as no letters, which can only let more through.
pub(super) fn is_word(bytes: &[u8], start: usize, end: usize) -> bool {
    let letter = |byte: Option<&u8>| byte.is_some_and(|byte| is_letter(*byte));
    !letter(start.checked_sub(1).and_then(|at| bytes.get(at))) && !letter(bytes.get(end))
}

/// Whether the byte may be part of a word.
#[inline]
pub(super) fn is_letter(byte: u8) -> bool {
    LETTERS[byte as usize]
}

/// Asked of every byte of a text.
const LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        letters[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    letters
};

/// The first byte from `at` on that is neither white space, a continued line, a closing parenthesis nor a comment.
fn past_layout(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'\x0c' | b'\r' | b'\n' | b'\\' | b')') => at += 1,
            Some(b'#') => at = line_end(bytes, at),
            _ => return at.min(bytes.len()),
        }
    }
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |length| at + length)
}

/// The lines of import statements, in order and apart; other lines with the word `import` may be among them.
fn imports(bytes: &[u8]) -> Vec<Range<usize>> {
    const IMPORT: &[u8] = b"import";
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in memmem::find_iter(bytes, IMPORT) {
        let before = found.last().map_or(0, |last| last.end);
        if at >= before && is_word(bytes, at, at + IMPORT.len()) {
            found.push(statement_start(bytes, before, at)..names_end(bytes, at + IMPORT.len()));
        }
    }
    found
}

/// Where the line begins that holds `at`, continued lines joined, but not before `first`.
fn statement_start(bytes: &[u8], first: usize, at: usize) -> usize {
    let mut start = at;
    loop {
        start = memchr::memrchr2(b'\n', b'\r', &bytes[first..start]).map_or(first, |before| first + before + 1);
        let line = bytes[first..start].trim_ascii_end();
        if start == first || line.last() != Some(&b'\\') {
            return start;
        }
        start = first + line.len() - 1;
    }
}

/// Where the names end that an import brings: at the closing parenthesis where there is one, else with the line.
fn names_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at;
    let mut depth = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'#' => {
                at = line_end(bytes, at);
                continue;
            }
            b'(' => depth = 1,
            b')' if depth == 1 => return at,
            b'\\' => {
                at = past_line_break(bytes, at + 1);
                continue;
            }
            b'\n' | b'\r' if depth == 0 => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn past_line_break(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n") || rest.starts_with(b"\r")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str) -> bool {
        Linked::new(text.as_bytes()).holds(&Finder::new("os"), b"system")
    }

    #[test]
    fn what_is_written_or_imported_is_held() {
        for text in [
            "os.system(x)",
            "os . system",
            "(os  # here\n .\\\n system)",
            "(os).system",
            "import os",
            "import a, os as b",
            "from os import system",
            "from .os import x",
            "from a import (  # (\n  b,\n  os,\n)",
            "from a import b, \\\n  os",
            "from os \\\r\n import system",
            "if x: import os",
            "import a; import b; import os\n",
        ] {
            assert!(holds(text), "{text}");
        }
    }

    #[test]
    fn what_only_speaks_of_the_words_is_not() {
        for text in [
            "os(1); system(2)",
            "x = os, system",
            "os.systems",
            "os.path.system",
            "import a\nos = system",
            "from a import (b)\nos, system",
            "important = os",
            "",
            "os",
            "os.",
        ] {
            assert!(!holds(text), "{text}");
        }
    }

    #[test]
    fn unfinished_statements_end_with_the_text() {
        for text in ["import", "import (", "import \\", "\\\nimport", "os #", "import (\n#", "\\"] {
            assert!(!holds(text), "{text}");
        }
    }

    #[test]
    fn many_open_imports_are_read_once() {
        let text = "import (\n".repeat(100_000);
        assert_eq!(imports(text.as_bytes()).len(), 1);
        let text = "import \\\n".repeat(100_000);
        assert_eq!(imports(text.as_bytes()).len(), 1);
    }
}
