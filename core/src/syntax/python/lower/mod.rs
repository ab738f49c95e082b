//! From the typed tree to the tree that patterns match, in one walk.
//!
//! The shapes are those of Semgrep's generic syntax tree where a rule can tell the difference: chained targets are a
//! tuple, `with` items nest, an elif is an `if` in an else, a decorator is a call, and an expression's range takes its
//! parentheses along.

mod definitions;
mod expressions;
mod literals;
mod statements;

use std::ops::Range;

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_ast::{Expr, Identifier, ModModule, Stmt};
use ruff_python_parser::Parsed;
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::pattern::{Mark, Marks};
use crate::syntax::tree::{Builder, Kind, NodeId, Role, Sym, Tree};

/// The tree of a module; `marks` tells what stands for pattern syntax where the text is a pattern.
pub(super) fn module(parsed: &Parsed<ModModule>, text: &str, marks: Option<&Marks>) -> Tree {
    let mut lower =
        Lower { text, tokens: parsed.tokens(), builder: Builder::for_text(text.len()), marks, in_class: false };
    let root = lower.builder.open(Kind::Module, Role::Item, 0..text.len());
    lower.statements(&parsed.syntax().body);
    lower.builder.close(root);
    lower.builder.finish()
}

struct Lower<'t> {
    text: &'t str,
    tokens: &'t Tokens,
    builder: Builder,
    marks: Option<&'t Marks>,
    /// Whether statements stand directly in the body of a class, where `x = 1` defines a field.
    in_class: bool,
}

fn bytes(range: TextRange) -> Range<usize> {
    range.start().to_usize()..range.end().to_usize()
}

impl<'t> Lower<'t> {
    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    fn mark(&self, at: TextSize) -> Option<&'t Mark> {
        self.marks?.get(at.to_usize())
    }

    fn open(&mut self, kind: Kind, role: Role, range: Range<usize>) -> NodeId {
        self.builder.open(kind, role, range)
    }

    /// A leaf for a name; a metavariable where the pattern has one there.
    fn ident(&mut self, kind: Kind, role: Role, range: TextRange) -> NodeId {
        let place = bytes(range);
        match self.mark(range.start()) {
            Some(Mark::Metavar(name)) => self.builder.pattern_leaf(Kind::Metavar, role, place, name),
            Some(Mark::Rest(name)) => self.builder.pattern_leaf(Kind::MetavarRest, role, place, name),
            Some(Mark::Ellipsis) => self.open(Kind::Ellipsis, role, place),
            _ => {
                let sym = Sym::new(self.slice(place.clone()));
                self.builder.leaf(kind, role, place, sym)
            }
        }
    }

    fn identifier(&mut self, role: Role, name: &Identifier) {
        self.ident(Kind::Ident, role, name.range());
    }

    fn statements(&mut self, body: &[Stmt]) {
        for statement in body {
            self.statement(statement, Role::Item);
        }
    }

    /// A body as a block; a metavariable alone stands for the block itself.
    fn block(&mut self, body: &[Stmt], role: Role) {
        if let [Stmt::Expr(only)] = body
            && matches!(self.mark(only.range().start()), Some(Mark::Metavar(_)))
            && matches!(*only.value, Expr::Name(_))
        {
            return self.statement(&body[0], role);
        }
        let range = match (body.first(), body.last()) {
            (Some(first), Some(last)) => first.range().start().to_usize()..last.range().end().to_usize(),
            _ => 0..0,
        };
        let block = self.open(Kind::Block, role, range);
        self.statements(body);
        self.builder.close(block);
    }

    /// The range of an expression with its parentheses; `enclosed` where a closing bracket of its parent follows.
    fn widened(&self, expr: &Expr, enclosed: bool) -> Range<usize> {
        let range = expr.range();
        let place = bytes(range);
        let after = self.text.as_bytes().get(place.end..).unwrap_or_default();
        match after.iter().find(|byte| !matches!(byte, b' ' | b'\t')) {
            Some(b')' | b'#' | b'\n' | b'\r' | b'\\') => self.parenthesised(range, enclosed),
            _ => place,
        }
    }

    fn parenthesised(&self, range: TextRange, enclosed: bool) -> Range<usize> {
        let trivia = |kind: TokenKind| matches!(kind, TokenKind::NonLogicalNewline | TokenKind::Comment);
        let after = self.tokens.after(range.end()).iter().filter(|token| !trivia(token.kind()));
        let before = self.tokens.before(range.start()).iter().rev().filter(|token| !trivia(token.kind()));
        let pairs = after
            .take_while(|token| token.kind() == TokenKind::Rpar)
            .zip(before.take_while(|token| token.kind() == TokenKind::Lpar));
        let mut pairs: Vec<_> = pairs.map(|(close, open)| open.start().to_usize()..close.end().to_usize()).collect();
        if enclosed {
            pairs.pop();
        }
        pairs.pop().unwrap_or_else(|| bytes(range))
    }
}
