//! From bytes to text.

use std::borrow::Cow;

/// Why bytes are not a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes hold NUL or other signs of a binary format.
    #[error("binary")]
    Binary,
    /// The bytes are not valid in the encoding that the file states.
    #[error("not valid {0}")]
    Invalid(String),
}

/// Formats that are Unicode by their definition: bytes that are not are an error, not another encoding.
const UNICODE_ONLY: &[&str] = &["py", "pyi", "yml", "yaml", "json", "toml", "ts", "tsx"];

/// Decodes a file's bytes: UTF-8, with or without a byte order mark, UTF-16 with one, Python's coding cookies (PEP 263).
/// Formats that state no encoding fall back to Windows-1252, as long as no control character speaks against a text.
///
/// # Errors
/// The bytes are no text, or not in the encoding that the file states.
pub fn decode<'b>(path: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, DecodeError> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    if memchr::memchr(0, bytes).is_some() {
        return Err(DecodeError::Binary);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => match cookie(path, bytes) {
            Some(name) if !text.is_ascii() => single_byte(&name, bytes),
            _ => Ok(Cow::Borrowed(text)),
        },
        Err(_) => match cookie(path, bytes) {
            Some(name) => single_byte(&name, bytes),
            None => fallback(path, bytes),
        },
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, DecodeError> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) if bytes.len().is_multiple_of(2) && !text.contains('\0') => Ok(Cow::Owned(text)),
        _ => Err(DecodeError::Invalid("UTF-16".into())),
    }
}

fn fallback<'b>(path: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, DecodeError> {
    let extension =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension);
    if UNICODE_ONLY.iter().any(|known| extension.eq_ignore_ascii_case(known)) {
        return Err(DecodeError::Invalid("UTF-8".into()));
    }
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    if bytes.iter().any(is_control) {
        return Err(DecodeError::Binary);
    }
    Ok(Cow::Owned(bytes.iter().map(|&byte| windows_1252(byte)).collect()))
}

/// The encoding that a Python text states in its first two lines, normalised; none where it is UTF-8.
fn cookie(path: &str, bytes: &[u8]) -> Option<String> {
    let is_python = path.ends_with(".py") || path.ends_with(".pyi") || path.ends_with(".pyw");
    if !is_python && !bytes.starts_with(b"#!") {
        return None;
    }
    let mut lines = bytes.splitn(3, |byte| *byte == b'\n');
    let first = lines.next()?;
    let name = stated(first).or_else(|| if is_blank(first) { stated(lines.next()?) } else { None })?;
    let name = name.to_ascii_lowercase().replace('_', "-");
    (!matches!(name.as_str(), "utf-8" | "utf8" | "u8" | "utf-8-sig") && !name.starts_with("utf-8-")).then_some(name)
}

/// Whether a first line leaves the cookie to the second: it holds nothing but a comment.
fn is_blank(line: &[u8]) -> bool {
    line.trim_ascii().first().is_none_or(|byte| *byte == b'#')
}

/// The name after `coding:` or `coding=` in a comment.
fn stated(line: &[u8]) -> Option<&str> {
    let line = line.trim_ascii();
    if line.first() != Some(&b'#') {
        return None;
    }
    memchr::memmem::find_iter(line, b"coding").find_map(|at| {
        let rest = line.get(at + 6..)?;
        let rest = rest.strip_prefix(b":").or_else(|| rest.strip_prefix(b"="))?.trim_ascii_start();
        let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_.".contains(byte)));
        std::str::from_utf8(&rest[..end.unwrap_or(rest.len())]).ok().filter(|name| !name.is_empty())
    })
}

fn single_byte<'b>(name: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, DecodeError> {
    let decode: fn(u8) -> char = match name {
        "latin-1" | "latin1" | "l1" | "iso-8859-1" | "iso8859-1" | "8859" | "cp819" | "iso-latin-1" => char::from,
        "iso-8859-15" | "iso8859-15" | "latin-9" | "latin9" => latin_9,
        "cp1252" | "windows-1252" | "1252" => windows_1252,
        "ascii" | "us-ascii" | "646" => return Err(DecodeError::Invalid("ASCII".into())),
        other => return Err(DecodeError::Invalid(format!("text that can be read (encoding `{other}`)"))),
    };
    Ok(Cow::Owned(bytes.iter().map(|&byte| decode(byte)).collect()))
}

fn latin_9(byte: u8) -> char {
    match byte {
        0xa4 => '€',
        0xa6 => 'Š',
        0xa8 => 'š',
        0xb4 => 'Ž',
        0xb8 => 'ž',
        0xbc => 'Œ',
        0xbd => 'œ',
        0xbe => 'Ÿ',
        other => char::from(other),
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invalid(name: &str) -> DecodeError {
        DecodeError::Invalid(name.into())
    }

    #[test]
    fn byte_order_marks_are_taken_off() {
        assert_eq!(decode("a.py", b"\xef\xbb\xbfx = 1").unwrap(), "x = 1");
        assert_eq!(decode("a.yml", b"\xff\xfea\0:\0").unwrap(), "a:");
        assert_eq!(decode("a.yml", b"\xfe\xff\0a\0:").unwrap(), "a:");
        assert_eq!(decode("a.yml", b"\xff\xfea\0:"), Err(invalid("UTF-16")));
    }

    #[test]
    fn coding_cookies_are_followed() {
        let text = b"#!/usr/bin/python\n# -*- coding: iso-8859-1 -*-\nx = '\xe9\xa4'\n";
        assert!(decode("a.py", text).unwrap().contains("é¤"));
        assert!(decode("bin/a", text).unwrap().contains("é¤"));
        assert!(decode("a.py", b"# coding=cp1252\nx = '\x80'").unwrap().contains('€'));
        assert!(decode("a.py", b"# vim: set fileencoding=latin_1 :\n'\xc3\xa9'").unwrap().contains("Ã©"));
        assert!(decode("a.py", "# coding: utf8\n'é'".as_bytes()).unwrap().contains('é'));
        assert_eq!(decode("a.py", b"# coding: ascii\n'\xe9'"), Err(invalid("ASCII")));
        assert!(
            matches!(decode("a.py", b"# coding: klingon\n'\xe9'"), Err(DecodeError::Invalid(name)) if name.contains("klingon"))
        );
    }

    #[test]
    fn a_cookie_after_code_or_on_the_third_line_is_none() {
        assert_eq!(decode("a.py", b"x = 1\n# coding: latin-1\n'\xe9'"), Err(invalid("UTF-8")));
        assert_eq!(decode("a.py", b"#\n#\n# coding: latin-1\n'\xe9'"), Err(invalid("UTF-8")));
    }

    #[test]
    fn formats_without_an_encoding_fall_back() {
        assert_eq!(decode("nginx.conf", b"# caf\xe9").unwrap(), "# café");
        assert_eq!(decode("a.yml", b"# caf\xe9"), Err(invalid("UTF-8")));
    }

    #[test]
    fn binary_is_told() {
        assert_eq!(decode("a", b"\x7fELF\x02\x01\0"), Err(DecodeError::Binary));
        assert_eq!(decode("a.bin", b"\x01\x02\xff"), Err(DecodeError::Binary));
        assert_eq!(decode("a.py", b"").unwrap(), "");
    }
}
