//! From byte offsets to lines and columns.

use serde::{Deserialize, Serialize};

/// A place in a text. Lines and columns count from 1; a column counts characters; the offset counts bytes from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Byte offset, from 0.
    pub offset: u32,
    /// Column in UTF-16 code units, from 1, for callers that count so (editors, JavaScript). No part of the published formats.
    #[serde(skip)]
    pub utf16: u32,
}

/// The starts of a text's lines.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the lines of `text`: `\n`, with or without `\r` before it, ends one.
    pub fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 32 + 1);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { starts }
    }

    /// How many lines there are; a text that ends in a newline has an empty last one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line, from 1, that holds the byte at `offset`; offsets past the end are on the last line.
    pub fn line(&self, offset: usize) -> u32 {
        self.starts.partition_point(|&start| start as usize <= offset) as u32
    }

    /// Byte range of `line` (from 1) in `text`, without its line end; `None` where there is no such line.
    pub fn range(&self, text: &str, line: u32) -> Option<std::ops::Range<usize>> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.starts.get(index)? as usize;
        let end = self.starts.get(index + 1).map_or(text.len(), |&next| next as usize - 1);
        let end = if text.as_bytes().get(end.wrapping_sub(1)) == Some(&b'\r') && end > start { end - 1 } else { end };
        Some(start..end)
    }

    /// The position of the byte at `offset` in `text`; an offset inside a character counts as its start.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(offset);
        let start = self.starts.get(line as usize - 1).map_or(0, |&start| start as usize);
        let (column, utf16) = columns(text.get(start..offset).unwrap_or_default());
        Position { line, column, offset: offset as u32, utf16 }
    }
}

/// The column after `before`, in characters and in UTF-16 code units.
fn columns(before: &str) -> (u32, u32) {
    before.chars().fold((1, 1), |(column, utf16), char| (column + 1, utf16 + char.len_utf16() as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "ab\r\nñü x\n";
        let lines = LineIndex::new(text);
        let at = text.find('x').unwrap();
        assert_eq!(lines.position(text, at), Position { line: 2, column: 4, offset: at as u32, utf16: 4 });
        assert_eq!(lines.range(text, 1), Some(0..2));
        assert_eq!(lines.count(), 3);
    }

    #[test]
    fn utf16_columns_count_surrogate_pairs() {
        let text = "😀 y";
        let position = LineIndex::new(text).position(text, text.len() - 1);
        assert_eq!((position.column, position.utf16), (3, 4));
    }
}
