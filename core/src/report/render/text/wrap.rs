//! Words on lines of a given width.

/// Breaks `text` at spaces so that lines have at most `width` characters where words allow; keeps its own line breaks.
pub(super) fn wrap(text: &str, width: usize) -> String {
    let width = width.max(20);
    let mut wrapped = String::with_capacity(text.len() + text.len() / width);
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            wrapped.push('\n');
        }
        let mut used = 0;
        for word in line.split_whitespace() {
            let len = word.chars().count();
            if used > 0 && used + 1 + len > width {
                wrapped.push('\n');
                used = 0;
            } else if used > 0 {
                wrapped.push(' ');
                used += 1;
            }
            wrapped.push_str(word);
            used += len;
        }
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn breaks_at_spaces_only() {
        assert_eq!(wrap("aaaa bbbb cccc dddd eeee ffff", 20), "aaaa bbbb cccc dddd\neeee ffff");
        assert_eq!(wrap(&"x".repeat(50), 20), "x".repeat(50));
        assert_eq!(wrap("a\n\nb", 20), "a\n\nb");
    }
}
