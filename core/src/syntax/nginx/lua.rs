//! Blanks out blocks of Lua, whose strings and comments are not nginx's.

use std::borrow::Cow;

/// `text` with the inside of every `*_by_lua_block` replaced by blanks; lengths and offsets stay.
pub(super) fn mask(text: &str) -> Cow<'_, str> {
    let mut masked: Option<Vec<u8>> = None;
    let mut from = 0;
    while let Some(found) = memchr::memmem::find(&text.as_bytes()[from..], b"_by_lua_block") {
        let after = from + found + b"_by_lua_block".len();
        from = after;
        let Some(open) = opening_brace(text, after) else { continue };
        let close = closing_brace(text.as_bytes(), open + 1);
        for byte in &mut masked.get_or_insert_with(|| text.as_bytes().to_vec())[open + 1..close] {
            *byte = if *byte == b'\n' { b'\n' } else { b' ' };
        }
        from = close;
    }
    match masked.map(String::from_utf8) {
        Some(Ok(masked)) => Cow::Owned(masked),
        _ => Cow::Borrowed(text),
    }
}

fn opening_brace(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let blanks = rest.len() - rest.trim_start().len();
    rest[blanks..].starts_with('{').then_some(from + blanks)
}

/// Offset of the brace that closes the Lua block that begins at `from`, or the end of the text.
fn closing_brace(bytes: &[u8], from: usize) -> usize {
    let mut depth = 1;
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'"' | b'\'' => at = end_of_string(bytes, at),
            b'-' if bytes[at..].starts_with(b"--") => at = end_of_comment(bytes, at),
            b'[' => at = end_of_long(bytes, at).unwrap_or(at),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// Offset of the closing quote, or of the end of the line: a Lua string does not span lines.
fn end_of_string(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != bytes[open] && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

fn end_of_comment(bytes: &[u8], open: usize) -> usize {
    let line_end = || memchr::memchr(b'\n', &bytes[open..]).map_or(bytes.len(), |end| open + end);
    end_of_long(bytes, open + 2).unwrap_or_else(line_end)
}

/// Offset of the last byte of a long bracket `[[…]]` or `[==[…]==]` that opens at `open`.
fn end_of_long(bytes: &[u8], open: usize) -> Option<usize> {
    let rest = bytes.get(open..)?.strip_prefix(b"[")?;
    let level = rest.iter().take_while(|&&byte| byte == b'=').count();
    if rest.get(level) != Some(&b'[') {
        return None;
    }
    let close = [b"]".as_slice(), &b"=".repeat(level), b"]"].concat();
    let inside = open + level + 2;
    memchr::memmem::find(bytes.get(inside..)?, &close).map(|end| inside + end + close.len() - 1)
}
