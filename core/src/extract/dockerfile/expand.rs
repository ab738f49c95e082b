//! `$NAME` and `${NAME…}` in Dockerfile arguments.

use super::reading::Variables;

/// Longest text that expansion may make.
const MAX_TEXT: usize = 16 * 1024;
/// Deepest fallback inside a fallback.
const MAX_DEPTH: usize = 4;

/// The text with its variables filled, and whether all of them have a value in the file.
pub(super) fn expand(text: &str, variables: &Variables) -> (String, bool) {
    expand_at(text, variables, 0)
}

fn expand_at(text: &str, variables: &Variables, depth: usize) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut is_known = true;
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let (written, length) = reference(&rest[at..]);
        let value = (depth < MAX_DEPTH && length > 1).then(|| value(written, variables, depth)).flatten();
        match value {
            Some((value, known)) if out.len() < MAX_TEXT => {
                out.push_str(&value);
                is_known &= known;
            }
            _ => {
                out.push_str(&rest[at..at + length]);
                is_known &= length == 1;
            }
        }
        rest = &rest[at + length..];
    }
    out.push_str(rest);
    (out, is_known)
}

/// The inside of the reference at the start of `text`, and the bytes that the whole takes.
fn reference(text: &str) -> (&str, usize) {
    if text.starts_with("${") {
        let mut depth = 0_usize;
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' => {
                    depth -= 1;
                    if depth == 0 {
                        return (&text[2..at], at + 1);
                    }
                }
                _ => {}
            }
        }
        return ("", 1);
    }
    let length = text[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    (&text[1..1 + length], 1 + length)
}

fn value(written: &str, variables: &Variables, depth: usize) -> Option<(String, bool)> {
    let end = written.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(written.len());
    let known = variables.get(&written[..end]).cloned().flatten();
    let operator = written[end..].trim_start_matches(':');
    match (operator.as_bytes().first(), known) {
        (None | Some(b'-' | b'?'), Some(value)) if !value.is_empty() || operator.is_empty() => Some((value, true)),
        (Some(b'-'), _) => Some(expand_at(&operator[1..], variables, depth + 1)),
        (Some(b'+'), Some(_)) => Some(expand_at(&operator[1..], variables, depth + 1)),
        (Some(b'+'), None) => Some((String::new(), true)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn values_defaults_and_gaps() {
        let variables: Variables = Arc::new([("A".to_owned(), Some("1".to_owned())), ("B".to_owned(), None)].into());
        let expand = |text| expand(text, &variables);
        assert_eq!(expand("x$A/${A}y"), ("x1/1y".into(), true));
        assert_eq!(expand("${C:-d${A}}"), ("d1".into(), true));
        assert_eq!(expand("${B}"), ("${B}".into(), false));
        assert_eq!(expand("${A:+set}${C:+set}"), ("set".into(), true));
        assert_eq!(expand("5$ ${"), ("5$ ${".into(), true));
    }
}
