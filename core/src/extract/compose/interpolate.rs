//! `$NAME` and `${NAME…}` in Compose files: what each place uses, and what it becomes.

use std::collections::HashMap;
use std::ops::Range;

use super::value::{Binding, Kind, Scalar, Value};

/// Deepest fallback inside a fallback.
const MAX_DEPTH: usize = 8;
/// Longest text that interpolation may make.
const MAX_TEXT: usize = 64 * 1024;

/// One use of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use<'t> {
    pub name: &'t str,
    pub operator: Operator,
    /// What follows the operator.
    pub argument: &'t str,
    /// Bytes of the whole `${…}`.
    pub range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    None,
    /// `-` and `:-`.
    Default,
    /// `?` and `:?`.
    Required,
    /// `+` and `:+`.
    Alternative,
}

impl Operator {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Default => "default",
            Self::Required => "required",
            Self::Alternative => "alternative",
        }
    }
}

/// The variables of a text, outermost first; those inside a fallback are not listed.
pub(super) fn uses(text: &str) -> Vec<Use<'_>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = text[at..].find('$').map(|offset| at + offset) {
        at = match bytes.get(next + 1) {
            Some(b'$') => next + 2,
            Some(b'{') => match braced(text, next) {
                Some(used) => {
                    let end = used.range.end;
                    found.push(used);
                    end
                }
                None => next + 2,
            },
            Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' => {
                let end = name_end(bytes, next + 1);
                let name = &text[next + 1..end];
                found.push(Use { name, operator: Operator::None, argument: "", range: next..end });
                end
            }
            _ => next + 1,
        };
    }
    found
}

fn name_end(bytes: &[u8], start: usize) -> usize {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    start + bytes[start..].iter().take_while(|byte| is_name(byte)).count()
}

/// `${…}` that starts at `start`.
fn braced(text: &str, start: usize) -> Option<Use<'_>> {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    let mut end = None;
    for (at, byte) in bytes.iter().enumerate().skip(start + 1) {
        match byte {
            b'{' if bytes[at - 1] == b'$' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    end = Some(at);
                    break;
                }
            }
            b'\n' => break,
            _ => {}
        }
    }
    let end = end?;
    let name_start = start + 2;
    let name_end = name_end(bytes, name_start);
    let rest = &text[name_end..end];
    let (operator, argument) = operator(rest)?;
    (name_end > name_start).then(|| Use {
        name: &text[name_start..name_end],
        operator,
        argument,
        range: start..end + 1,
    })
}

fn operator(rest: &str) -> Option<(Operator, &str)> {
    let stripped = rest.strip_prefix(':').unwrap_or(rest);
    let operator = match stripped.as_bytes().first() {
        None if rest.is_empty() => return Some((Operator::None, "")),
        Some(b'-') => Operator::Default,
        Some(b'?') => Operator::Required,
        Some(b'+') => Operator::Alternative,
        _ => return None,
    };
    Some((operator, &stripped[1..]))
}

/// Fills the variables of every scalar of `value` from `environment`.
pub(super) fn interpolate(value: &mut Value, environment: &HashMap<String, String>) {
    match &mut value.kind {
        Kind::Scalar(scalar) => {
            if scalar.text.contains('$') && scalar.binding == Binding::Literal {
                expand_scalar(scalar, environment);
            }
        }
        Kind::Sequence(items) => items.iter_mut().for_each(|item| interpolate(item, environment)),
        Kind::Mapping(entries) => entries.iter_mut().for_each(|entry| interpolate(&mut entry.value, environment)),
        Kind::Null => {}
    }
}

fn expand_scalar(scalar: &mut Scalar, environment: &HashMap<String, String>) {
    let mut expansion = Expansion { environment, binding: Binding::Literal, variable: None };
    let text = expansion.expand(&scalar.text, 0);
    scalar.text = text;
    scalar.binding = expansion.binding;
    scalar.variable = expansion.variable;
}

struct Expansion<'e> {
    environment: &'e HashMap<String, String>,
    binding: Binding,
    variable: Option<String>,
}

impl Expansion<'_> {
    fn expand(&mut self, text: &str, depth: usize) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for used in uses(text) {
            out.push_str(&text[at..used.range.start].replace("$$", "$"));
            at = used.range.end;
            if self.variable.is_none() {
                self.variable = Some(used.name.to_owned());
            }
            if out.len() < MAX_TEXT {
                let value = self.value(&used, &text[used.range.clone()], depth);
                out.push_str(&value);
            }
        }
        out.push_str(&text[at..].replace("$$", "$"));
        out
    }

    fn value(&mut self, used: &Use<'_>, written: &str, depth: usize) -> String {
        let known = self.environment.get(used.name).filter(|value| !value.is_empty());
        match (used.operator, known) {
            (Operator::Alternative, None) => {
                self.raise(Binding::Default);
                String::new()
            }
            (Operator::Alternative, Some(_)) | (Operator::Default, None) if depth < MAX_DEPTH => {
                self.raise(Binding::Default);
                self.expand(used.argument, depth + 1)
            }
            (_, Some(value)) => {
                self.raise(Binding::DotEnv);
                value.clone()
            }
            _ => {
                self.raise(Binding::Unset);
                written.to_owned()
            }
        }
    }

    /// The least certain source wins.
    fn raise(&mut self, binding: Binding) {
        let rank = |binding| match binding {
            Binding::Literal => 0,
            Binding::DotEnv => 1,
            Binding::Default => 2,
            Binding::Unset => 3,
        };
        if rank(binding) > rank(self.binding) {
            self.binding = binding;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn expand(text: &str) -> (String, Binding) {
        let environment = HashMap::from([("A".to_owned(), "1".to_owned()), ("E".to_owned(), String::new())]);
        let mut value = Value::scalar(Span::file_start(FileId(0)), text);
        interpolate(&mut value, &environment);
        let scalar = value.as_scalar().unwrap().clone();
        (scalar.text, scalar.binding)
    }

    #[test]
    fn every_form_is_filled() {
        assert_eq!(expand("x${A}y$A"), ("x1y1".into(), Binding::DotEnv));
        assert_eq!(expand("${B:-d}"), ("d".into(), Binding::Default));
        assert_eq!(expand("${B-d}"), ("d".into(), Binding::Default));
        assert_eq!(expand("${E:-d}"), ("d".into(), Binding::Default));
        assert_eq!(expand("${B:-${C:-deep}}"), ("deep".into(), Binding::Default));
        assert_eq!(expand("${A:+set}"), ("set".into(), Binding::Default));
        assert_eq!(expand("${B:?must be set}"), ("${B:?must be set}".into(), Binding::Unset));
        assert_eq!(expand("$$HOME ${A}"), ("$HOME 1".into(), Binding::DotEnv));
        assert_eq!(expand("cost $5 ${"), ("cost $5 ${".into(), Binding::Literal));
    }

    #[test]
    fn fallbacks_that_nest_without_end_are_cut() {
        let text = format!("{}x{}", "${A0:-".repeat(2000), "}".repeat(2000));
        assert_eq!(expand(&text).1, Binding::Unset);
    }

    #[test]
    fn uses_are_placed() {
        let text = "image: ${REG:-x}/app:$TAG";
        let places: Vec<_> = uses(text).into_iter().map(|used| &text[used.range]).collect();
        assert_eq!(places, ["${REG:-x}", "$TAG"]);
    }
}
