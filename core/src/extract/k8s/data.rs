//! Keys of ConfigMaps and Secrets. Values are classified; short ones of ConfigMaps that are no secrets are kept.

use super::Pen;
use crate::extract::values;
use crate::facts::schema::k8s::K8sDataKey;
use crate::facts::{Certainty, RowId};
use crate::syntax::yaml::Value;

/// Longest value that is decoded.
const MAX_ENCODED: usize = 16 << 10;
/// Longest value that is kept, in bytes.
const MAX_PLAIN: usize = 200;

pub(super) fn state(root: Value<'_>, object: RowId, pen: &mut Pen<'_, '_>) {
    let is_secret = root.text_at("kind") == Some("Secret");
    for field in ["data", "stringData", "binaryData"] {
        for (key, value) in root.get(field).into_iter().flat_map(Value::entries) {
            let Some(name) = key.text() else { continue };
            let written = value.text().unwrap_or_default();
            let decoded = (is_secret && field == "data").then(|| decode(written)).flatten();
            let class = values::classify(pen.facts.known(), name, decoded.as_deref().unwrap_or(written));
            let span = pen.file.span(key.range());
            pen.facts.push(K8sDataKey {
                span,
                certainty: Certainty::Certain,
                object,
                key: name.to_owned(),
                field,
                value_class: class.class,
                is_secret_name: class.is_secret_name,
                value: (!is_secret && is_plain(class.class, class.is_secret_name, written)).then(|| written.to_owned()),
            });
        }
    }
}

/// Whether a value is one line that may be shown.
fn is_plain(class: &str, is_secret_name: bool, value: &str) -> bool {
    let shows_secret = is_secret_name || matches!(class, "opaque" | "token" | "url_credential" | "weak");
    !shows_secret && (1..=MAX_PLAIN).contains(&value.len()) && !value.contains('\n')
}

/// Base64 as text; `None` where it is neither.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().take(MAX_ENCODED).filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded_or_refused() {
        assert_eq!(decode("aHVudGVyMg==").as_deref(), Some("hunter2"));
        assert_eq!(decode("not base64!"), None);
        assert_eq!(decode(""), Some(String::new()));
    }
}
