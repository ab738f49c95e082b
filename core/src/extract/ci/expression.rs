//! `${{ … }}`: which contexts an expression reads.

use std::ops::Range;

/// Longest expression that is looked at.
const MAX_EXPRESSION: usize = 4096;

/// The expressions of a text, without their braces, with their place in it.
pub(super) fn expressions(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("${{").map(|found| at + found + 3) {
        let Some(len) = text[start..].find("}}") else { break };
        if len <= MAX_EXPRESSION {
            found.push((start - 3..start + len + 2, text[start..start + len].trim()));
        }
        at = start + len + 2;
    }
    found
}

/// The contexts that an expression reads, in lower case, indices as dots: `github.event.commits.*.message`.
pub(super) fn contexts(expression: &str) -> Vec<String> {
    let bytes = expression.as_bytes();
    let mut contexts = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\'' => at = end_of_string(expression, at),
            byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                let (context, end) = context(expression, at);
                let is_call = expression[end..].trim_start().starts_with('(');
                if !is_call && !matches!(context.as_str(), "true" | "false" | "null") {
                    contexts.push(context);
                }
                at = end;
            }
            byte if byte.is_ascii_digit() => {
                at += expression[at..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'.').count();
            }
            _ => at += 1,
        }
    }
    contexts
}

fn end_of_string(expression: &str, start: usize) -> usize {
    expression[start + 1..].find('\'').map_or(expression.len(), |len| start + len + 2)
}

/// One context from `start` on: names, `.name`, `.*`, `['name']`, `[0]`, `[expression]`.
fn context(expression: &str, start: usize) -> (String, usize) {
    let bytes = expression.as_bytes();
    let mut text = String::new();
    let mut at = start;
    while at < bytes.len() {
        match bytes[at] {
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'*') => {
                text.push(byte.to_ascii_lowercase() as char);
                at += 1;
            }
            b'[' => {
                let Some(len) = expression[at..].find(']') else { break };
                let index = expression[at + 1..at + len].trim();
                text.push('.');
                match index.strip_prefix('\'').and_then(|index| index.strip_suffix('\'')) {
                    Some(name) => text.push_str(&name.to_ascii_lowercase()),
                    None => text.push('*'),
                }
                at += len + 1;
            }
            _ => break,
        }
    }
    (text, at.max(start + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_are_told_from_functions_and_strings() {
        let text =
            "contains(github.event.pull_request.labels.*.name, 'a.b') && secrets['API_KEY'] != '' && env.X == 1.5";
        assert_eq!(contexts(text), ["github.event.pull_request.labels.*.name", "secrets.api_key", "env.x"]);
        assert_eq!(contexts("format('{0}', github.event.commits[0].message)"), ["github.event.commits.*.message"]);
    }

    #[test]
    fn unfinished_expressions_end() {
        assert!(expressions("${{ a").is_empty());
        assert_eq!(contexts("a['"), ["a"]);
        assert_eq!(contexts("é['x' ü"), Vec::<String>::new());
        assert_eq!(expressions("x ${{ a }} ${{b}}").len(), 2);
    }
}
