//! Parts of an instruction's line, each with its place.

use std::ops::Range;

/// What is left of an instruction, with its place in the source.
#[derive(Clone, Copy)]
pub(super) struct Rest<'l> {
    pub(super) text: &'l str,
    pub(super) at: usize,
}

impl<'l> Rest<'l> {
    pub(super) fn new(text: &'l str, at: usize) -> Self {
        let trimmed = text.trim_start();
        Self { text: trimmed.trim_end(), at: at + text.len() - trimmed.len() }
    }

    pub(super) fn end(self) -> usize {
        self.at + self.text.len()
    }

    /// The next word, as far as a blank outside of quotes; the rest after it.
    pub(super) fn word(self) -> Option<(Self, Self)> {
        let mut quote = None;
        let mut escaped = false;
        let end = self.text.char_indices().find(|(_, c)| {
            let ends = quote.is_none() && !escaped && c.is_whitespace();
            match (*c, quote) {
                _ if escaped => {}
                ('"' | '\'', None) => quote = Some(*c),
                (c, Some(open)) if c == open => quote = None,
                _ => {}
            }
            escaped = *c == '\\' && !escaped;
            ends
        });
        let end = end.map_or(self.text.len(), |(at, _)| at);
        (end > 0).then(|| (self.cut(0..end), Self::new(&self.text[end..], self.at + end)))
    }

    /// The next word, whatever quotes stand in it.
    pub(super) fn bare(self) -> Option<(Self, Self)> {
        let end = self.text.find(char::is_whitespace).unwrap_or(self.text.len());
        (end > 0).then(|| (self.cut(0..end), Self::new(&self.text[end..], self.at + end)))
    }

    pub(super) fn cut(self, range: Range<usize>) -> Self {
        Self { text: &self.text[range.clone()], at: self.at + range.start }
    }

    pub(super) fn split(self, separator: char) -> Option<(Self, Self)> {
        let at = self.text.find(separator)?;
        Some((self.cut(0..at), self.cut(at + separator.len_utf8()..self.text.len())))
    }

    pub(super) fn range(self) -> Range<usize> {
        self.at..self.end()
    }
}

/// Splits at the first colon that stands in no `${…}`.
pub(super) fn split_tag(word: Rest<'_>) -> Option<(Rest<'_>, Rest<'_>)> {
    let mut depth = 0usize;
    let at = word.text.char_indices().find(|(_, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *c == ':' && depth == 0
    })?;
    Some((word.cut(0..at.0), word.cut(at.0 + 1..word.text.len())))
}

/// The items between commas outside of quotes, trimmed; `None` where one is empty.
pub(super) fn array_items(inner: &str, at: usize) -> Option<Vec<Rest<'_>>> {
    if inner.trim().is_empty() {
        return Some(Vec::new());
    }
    let (mut items, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (index, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                items.push(Rest::new(&inner[start..index], at + start));
                start = index + 1;
            }
            _ => {}
        }
    }
    items.push(Rest::new(&inner[start..], at + start));
    let is_whole = |item: &Rest<'_>| {
        !item.text.is_empty() && (!item.text.starts_with('"') || item.text.len() > 1 && item.text.ends_with('"'))
    };
    (!quoted && items.iter().all(is_whole)).then_some(items)
}
