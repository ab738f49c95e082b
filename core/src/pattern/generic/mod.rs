//! The `generic` language: any text, matched word by word.
//!
//! A text is a tree of words and signs whose branches are made by indentation and, within a line, by brackets. A flat
//! pattern matches across branches; an indented pattern asks for an indented text. `...` skips words, up to ten lines;
//! `$X` is one word, the same one everywhere; `$...X` is what it skips.

mod document;
mod search;

use std::ops::Range;

pub(crate) use document::Document;
use document::{Node, Token};

use crate::syntax::tree::PatternError;

/// Lines that `...` reaches over unless the rule says otherwise.
pub(crate) const MAX_SPAN: u32 = 10;

/// A pattern of the language.
#[derive(Debug, Clone)]
pub(crate) struct GenericPattern {
    text: Box<str>,
    nodes: Vec<Node>,
}

/// How a rule's options change the search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Lines that one `...` may reach over.
    pub(crate) max_span: u32,
    /// Whether `Word` equals `word`.
    pub(crate) is_caseless: bool,
}

/// One match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// From the first word to the last.
    pub(crate) range: Range<usize>,
    /// Metavariables with the place of their text, in the order of the pattern.
    pub(crate) captures: Vec<(Box<str>, Range<usize>)>,
}

impl GenericPattern {
    /// Parses a pattern, comments taken out as in the texts.
    ///
    /// # Errors
    /// The pattern is empty, or has two ellipses in a row of which the second is named.
    pub(crate) fn parse(text: &str, comments: Option<&str>) -> Result<Self, PatternError> {
        let text = document::without_comments(text, comments);
        let nodes = document::pattern(&text);
        if nodes.is_empty() {
            return Err(PatternError { offset: 0, message: "the pattern is empty".to_owned() });
        }
        let doubled = nodes.windows(2).find(|pair| {
            matches!((pair[0].token, pair[1].token), (Token::Dots { .. }, Token::Dots { is_named: true }))
        });
        match doubled {
            Some(pair) => Err(PatternError {
                offset: pair[1].range().start,
                message: "an ellipsis with a name cannot follow another ellipsis".to_owned(),
            }),
            None => Ok(Self { text: text.into(), nodes }),
        }
    }

    /// The metavariables of the pattern, as written.
    pub(crate) fn metavariables(&self) -> impl Iterator<Item = String> {
        let named =
            self.nodes.iter().filter(|node| matches!(node.token, Token::Metavariable | Token::Dots { is_named: true }));
        named.map(|node| self.text[node.range()].to_owned())
    }

    /// Finds every match; `None` where the search passed its bound.
    pub(crate) fn search(&self, document: &Document, settings: Settings) -> Option<Vec<Found>> {
        search::all(self, document, settings)
    }
}

#[cfg(test)]
mod tests;
