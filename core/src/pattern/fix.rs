//! The edit that a rule proposes for a match.

use super::rule::Fix;

/// Most replacements within one match.
const MAX_REPLACED: usize = 1_000;

/// The text that takes the place of the match `matched`.
pub(super) fn text(fix: &Fix, matched: &str, bindings: &[(String, String)]) -> Option<String> {
    match fix {
        Fix::Text(template) => Some(filled(template, bindings)),
        Fix::Regex { regex, replacement, count } => {
            let most = if *count == 0 { MAX_REPLACED } else { *count };
            let template = dollars(replacement);
            let replaced = regex.try_replacen(matched, most, template.as_str()).ok()?;
            (replaced != matched).then(|| replaced.into_owned())
        }
    }
}

/// The template with each metavariable's text in its place; longer names first.
fn filled(template: &str, bindings: &[(String, String)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let best =
            bindings.iter().filter(|(name, _)| rest.starts_with(name.as_str())).max_by_key(|(name, _)| name.len());
        match best {
            Some((name, text)) => {
                out.push_str(text);
                rest = &rest[name.len()..];
            }
            None => {
                out.push('$');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// `\1` → `${1}`, and `$` as itself.
fn dollars(replacement: &str) -> String {
    let mut out = String::with_capacity(replacement.len() + 8);
    let mut chars = replacement.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '$' => out.push_str("$$"),
            '\\' => match chars.peek() {
                Some(digit) if digit.is_ascii_digit() => {
                    out.push_str("${");
                    out.push(*digit);
                    out.push('}');
                    chars.next();
                }
                Some('n') => {
                    out.push('\n');
                    chars.next();
                }
                _ => out.push('\\'),
            },
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metavariables_and_groups_are_filled_in() {
        let bindings = [("$X".to_owned(), "a".to_owned()), ("$XY".to_owned(), "b".to_owned())];
        assert_eq!(filled("f($XY, $X, $Z)", &bindings), "f(b, a, $Z)");
        let regex = fancy_regex::Regex::new(r"(\w+)\(").unwrap();
        let fix = Fix::Regex { regex, replacement: r"safe_\1(".into(), count: 1 };
        assert_eq!(text(&fix, "load(load(x))", &[]).as_deref(), Some("safe_load(load(x))"));
    }
}
