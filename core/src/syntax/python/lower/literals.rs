//! String and number literals.

use std::ops::Range;

use ruff_python_ast::{
    ExprBytesLiteral, ExprFString, ExprNumberLiteral, ExprStringLiteral, FString, FStringPart, InterpolatedElement,
    InterpolatedStringElement, InterpolatedStringElements, Number,
};
use ruff_text_size::Ranged;

use super::{Lower, bytes};
use crate::syntax::tree::{Kind, Role, Sym};

/// Sizes of the prefix and the quotes of a string literal.
fn quotes(literal: &str) -> (usize, usize) {
    let prefix = literal.bytes().take_while(u8::is_ascii_alphabetic).count();
    let rest = &literal.as_bytes()[prefix..];
    let quote = rest.first().copied().unwrap_or(b'"');
    let triple = rest.len() >= 6 && rest[1] == quote && rest[2] == quote;
    (prefix, if triple { 3 } else { 1 })
}

/// What a literal says: as in Semgrep, only the escapes of one letter are read, in raw literals too.
fn unescaped(content: &str) -> String {
    let mut value = String::with_capacity(content.len());
    let mut chars = content.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            value.push(char);
            continue;
        }
        match chars.next() {
            Some('\n') => {}
            Some(quoted @ ('\\' | '\'' | '"')) => value.push(quoted),
            Some('a') => value.push('\u{7}'),
            Some('b') => value.push('\u{8}'),
            Some('f') => value.push('\u{c}'),
            Some('n') => value.push('\n'),
            Some('r') => value.push('\r'),
            Some('t') => value.push('\t'),
            Some('v') => value.push('\u{b}'),
            Some(other) => value.extend(['\\', other]),
            None => value.push('\\'),
        }
    }
    value
}

impl Lower<'_> {
    pub(super) fn number(&mut self, number: &ExprNumberLiteral, role: Role, range: Range<usize>) {
        let written = self.slice(bytes(number.range()));
        match &number.value {
            Number::Int(value) => match value.as_u64() {
                Some(value) => _ = self.builder.integer(role, range, value),
                None => _ = self.builder.leaf(Kind::Int, role, range, Sym::new(written)),
            },
            Number::Float(value) => {
                _ = self.builder.leaf(Kind::Float, role, range, Sym::of(&value.to_bits().to_le_bytes()));
            }
            Number::Complex { .. } => _ = self.builder.leaf(Kind::Float, role, range, Sym::new(written)),
        }
    }

    pub(super) fn string(&mut self, string: &ExprStringLiteral, role: Role, range: Range<usize>) {
        let parts: Vec<_> = string.value.iter().map(|part| bytes(part.range())).collect();
        self.joined(&parts, role, range);
    }

    pub(super) fn byte_string(&mut self, string: &ExprBytesLiteral, role: Role, range: Range<usize>) {
        let parts: Vec<_> = string.value.iter().map(|part| bytes(part.range())).collect();
        self.joined(&parts, role, range);
    }

    fn joined(&mut self, parts: &[Range<usize>], role: Role, range: Range<usize>) {
        if let [only] = parts {
            return self.literal(only.clone(), role, range);
        }
        let concat = self.open(Kind::Concat, role, range);
        for part in parts {
            self.literal(part.clone(), Role::Arg, part.clone());
        }
        self.builder.close(concat);
    }

    /// One literal at `place`; `range` is it with its parentheses.
    fn literal(&mut self, place: Range<usize>, role: Role, range: Range<usize>) {
        let text = self.slice(place.clone());
        let (prefix, quote) = quotes(text);
        let content = text.get(prefix + quote..text.len().saturating_sub(quote)).unwrap_or_default();
        let open = place.start - range.start + prefix + quote;
        let close = range.end - place.end + quote;
        let id = self.builder.string(role, range, (open, close), content);
        let node = self.builder.node_mut(id);
        if prefix > 0 && !matches!(&text[..prefix], "u" | "U") {
            node.kind = Kind::PrefixedStr;
        }
        if content.contains('\\') {
            self.builder.value(id, &unescaped(content));
        }
    }

    pub(super) fn format_string(&mut self, string: &ExprFString, role: Role, range: Range<usize>) {
        match string.value.as_slice() {
            [FStringPart::FString(only)] => self.interpolated(only, role, range),
            parts => {
                let concat = self.open(Kind::Concat, role, range);
                for part in parts {
                    let place = bytes(part.range());
                    match part {
                        FStringPart::Literal(_) => self.literal(place.clone(), Role::Arg, place),
                        FStringPart::FString(part) => self.interpolated(part, Role::Arg, place),
                    }
                }
                self.builder.close(concat);
            }
        }
    }

    fn interpolated(&mut self, string: &FString, role: Role, range: Range<usize>) {
        let node = self.open(Kind::Interpolated, role, range);
        self.pieces(&string.elements);
        self.builder.close(node);
    }

    fn pieces(&mut self, elements: &InterpolatedStringElements) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => self.piece(bytes(literal.range())),
                InterpolatedStringElement::Interpolation(hole) => self.hole(hole),
            }
        }
    }

    /// A literal piece of an f-string: a string without delimiters.
    fn piece(&mut self, place: Range<usize>) {
        let content = self.slice(place.clone());
        self.builder.string(Role::Arg, place, (0, 0), content);
    }

    fn hole(&mut self, hole: &InterpolatedElement) {
        let place = bytes(hole.range());
        let after = hole.expression.range().end().to_usize();
        let format = self.slice(after..place.end.saturating_sub(1));
        if hole.format_spec.is_none() && !format.contains(['!', '=']) {
            return self.expression(&hole.expression, Role::Arg);
        }
        let node = self.open(Kind::Interpolated, Role::Arg, place);
        self.expression(&hole.expression, Role::Arg);
        let until = hole.format_spec.as_ref().map_or(after + format.len(), |spec| spec.range().start().to_usize());
        self.conversion(after..until);
        if let Some(spec) = &hole.format_spec {
            self.pieces(&spec.elements);
        }
        self.builder.close(node);
    }

    /// What stands between the expression of a hole and its format: `!r` is two words.
    fn conversion(&mut self, place: Range<usize>) {
        let text = self.slice(place.clone());
        let start = place.start + text.len() - text.trim_start().len();
        match text.find('!') {
            Some(at) => {
                let mark = place.start + at;
                self.piece(mark..mark + 1);
                self.piece(mark + 1..place.end);
            }
            None => self.piece(start..place.end),
        }
    }
}
