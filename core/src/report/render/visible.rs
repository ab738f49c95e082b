//! Text from the tree is not trusted: no character of it may steer a terminal or turn the reading direction.

use std::borrow::Cow;

/// The text with control characters and marks of direction replaced, one for one; newlines and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(shown).collect())
}

/// The same on one line: white space becomes spaces.
pub(super) fn on_one_line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\u{7f}' => '\u{2421}',
        // Pictures of the control characters stand in the same order.
        c if c < ' ' => char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{80}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(visible("a\x1b[31mb\r\u{202e}c\u{9b}1m"), "a␛[31mb␍�c�1m");
        assert_eq!(visible("ä\t日\n"), "ä\t日\n");
        assert_eq!(on_one_line(" a\n\n  b\tc "), "a b c");
    }
}
