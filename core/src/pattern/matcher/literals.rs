//! Literals, and what is known to have the value of one.

use super::{Bound, Flow, GO_ON, Matcher, Next, sym_of};
use crate::pattern::analysis::Value;
use crate::pattern::code_pattern::StringPattern;
use crate::syntax::tree::{Kind, NodeId, Sym};

impl<'m> Matcher<'m> {
    /// A literal of the pattern against any expression.
    pub(super) fn literal(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (pattern, node) = (self.pat(p), self.file(n));
        match (pattern.kind, node.kind) {
            (Kind::Str, Kind::Str) => self.string_content(p, n, next),
            (Kind::PrefixedStr, Kind::PrefixedStr) => {
                if self.prefix(p) == self.file_prefix(n) {
                    self.string_content(p, n, next)
                } else {
                    GO_ON
                }
            }
            (Kind::PrefixedStr, _) => GO_ON,
            (Kind::Int | Kind::Float | Kind::Bool | Kind::Null, kind) if kind == pattern.kind => {
                if pattern.sym == node.sym { next(self) } else { GO_ON }
            }
            (_, Kind::Int | Kind::Float | Kind::Bool | Kind::Null | Kind::Str) => GO_ON,
            _ if self.options.constant_propagation => self.constant(p, n, next),
            _ => GO_ON,
        }
    }

    fn prefix(&self, p: NodeId) -> &'m str {
        let range = self.pat(p).range();
        prefix(self.pattern.pattern.text.get(range).unwrap_or_default())
    }

    fn file_prefix(&self, n: NodeId) -> &'m str {
        prefix(self.code.text.get(self.file(n).range()).unwrap_or_default())
    }

    /// A string pattern against the content of a string literal.
    pub(super) fn string_content(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        match self.pattern.string(p) {
            None if self.pat(p).sym == self.file(n).sym => next(self),
            None => GO_ON,
            Some(StringPattern::Any) => next(self),
            Some(StringPattern::Metavar(name)) => self.bind(*name, Bound::Content(n), next),
            Some(StringPattern::Rest(_)) => GO_ON,
            Some(StringPattern::Regex(regex)) => {
                let content = self.tree().content(self.code.text, n);
                match regex.is_found(content) {
                    Ok(true) => next(self),
                    Ok(false) => GO_ON,
                    Err(_) => {
                        self.exhausted = true;
                        GO_ON
                    }
                }
            }
        }
    }

    /// A literal against an expression whose value is known.
    fn constant(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let pattern = self.pat(p);
        let Some(value) = self.code.value(n) else { return GO_ON };
        let same = match (&value, pattern.kind) {
            (Value::Text(text), Kind::Str) => return self.computed_text(p, n, text, next),
            (Value::SomeText, Kind::Str) => matches!(self.pattern.string(p), Some(StringPattern::Any)),
            (Value::Int(int), Kind::Int) => pattern.sym == Sym::of(&(*int as u64).to_le_bytes()) && *int >= 0,
            (Value::Bool(bool), Kind::Bool) => pattern.sym == sym_of(if *bool { "true" } else { "false" }),
            (Value::Literal(literal), kind) => {
                let literal = self.file(*literal);
                literal.kind == kind && literal.sym == pattern.sym
            }
            _ => false,
        };
        if same { next(self) } else { GO_ON }
    }

    fn computed_text(&mut self, p: NodeId, n: NodeId, text: &std::rc::Rc<str>, next: Next<'_, 'm>) -> Flow {
        match self.pattern.string(p) {
            None if self.pat(p).sym == Sym::new(text) => next(self),
            None => GO_ON,
            Some(StringPattern::Any) => next(self),
            Some(StringPattern::Rest(_)) => GO_ON,
            Some(StringPattern::Metavar(name)) => {
                if self.file(n).kind == Kind::PrefixedStr {
                    return self.bind(*name, Bound::Content(n), next);
                }
                let node = self.file(n);
                self.bind(*name, Bound::Computed { text: text.clone(), bytes: node.start..node.end }, next)
            }
            Some(StringPattern::Regex(regex)) => match regex.is_found(text) {
                Ok(true) => next(self),
                Ok(false) => GO_ON,
                Err(_) => {
                    self.exhausted = true;
                    GO_ON
                }
            },
        }
    }
}

fn prefix(literal: &str) -> &str {
    let literal = literal.trim_start_matches(['(', ' ', '\n', '\t']);
    let end = literal.find(['"', '\'']).unwrap_or(0);
    &literal[..end]
}
