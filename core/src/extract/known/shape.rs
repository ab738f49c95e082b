//! What a data table may hold. A file that somebody puts in place of a built-in one is held to it, with its line.

use regex::Regex;

use crate::facts::version_order;
use crate::source::LineIndex;
use crate::syntax::yaml::{Document, NodeId};

/// What stands under a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Text,
    /// `YYYY-MM-DD`.
    Day,
    Number,
    Flag,
    /// A regular expression.
    Pattern,
    Texts,
    Numbers,
    /// From the first affected version to the first mended one: `1.2.0-1.2.9`.
    Ranges,
    Range,
    /// Any keys, each with a text.
    TextByName,
    /// Any keys, each with a list of texts.
    TextsByName,
    /// Rows with these keys; the first must be there.
    Rows(&'static [(&'static str, Shape)]),
}

/// What is wrong in a data table, and where.
#[derive(Debug)]
pub(super) struct Fault {
    pub line: u32,
    pub message: String,
}

/// Holds a table to its shape.
pub(super) fn check(text: &str, document: &Document, keys: &[(&str, Shape)]) -> Result<(), Fault> {
    let lines = LineIndex::new(text);
    if let Some(problem) = document.problems.first() {
        return Err(Fault { line: lines.line(problem.offset), message: problem.message.clone() });
    }
    let checker = Checker { document, lines };
    let Some(root) = document.root().filter(|root| document.is_mapping(*root)) else {
        return Err(Fault { line: 1, message: "a data table is a mapping with `date` and its rows".to_owned() });
    };
    let common = [("date", Shape::Day), ("sources", Shape::Texts)];
    let all: Vec<(&str, Shape)> = common.into_iter().chain(keys.iter().copied()).collect();
    for required in ["date", keys.first().map_or("date", |(key, _)| key)] {
        if document.get(root, required).is_none() {
            return Err(checker.fault(root, format!("the key `{required}` is missing")));
        }
    }
    checker.mapping(root, &all)
}

struct Checker<'d> {
    document: &'d Document,
    lines: LineIndex,
}

impl Checker<'_> {
    fn fault(&self, node: NodeId, message: String) -> Fault {
        Fault { line: self.lines.line(self.document.range(node).start), message }
    }

    fn mapping(&self, node: NodeId, keys: &[(&str, Shape)]) -> Result<(), Fault> {
        if !self.document.is_mapping(node) {
            return Err(self.fault(node, "a mapping is expected".to_owned()));
        }
        for entry in self.document.entries(node) {
            let key = self.document.text(entry.key).unwrap_or_default();
            let Some((_, shape)) = keys.iter().find(|(known, _)| *known == key) else {
                let known: Vec<String> = keys.iter().map(|(known, _)| format!("`{known}`")).collect();
                return Err(self.fault(entry.key, format!("unknown key `{key}`; known are {}", known.join(", "))));
            };
            self.value(entry.value, key, *shape)?;
        }
        Ok(())
    }

    fn value(&self, node: NodeId, key: &str, shape: Shape) -> Result<(), Fault> {
        let text = self.document.text(node);
        let expects = |fits: bool, what: &str| match fits {
            true => Ok(()),
            false => Err(self.fault(node, format!("`{key}` is to be {what}"))),
        };
        match shape {
            Shape::Text => expects(text.is_some(), "a text"),
            Shape::Day => expects(text.is_some_and(is_day), "a day such as 2026-11-01"),
            Shape::Number => expects(text.is_some_and(|text| text.parse::<i64>().is_ok()), "a number"),
            Shape::Flag => expects(self.document.boolean(node).is_some(), "`true` or `false`"),
            Shape::Pattern => expects(text.is_some_and(|text| Regex::new(text).is_ok()), "a regular expression"),
            Shape::Texts => self.items(node, key, Shape::Text),
            Shape::Numbers => self.items(node, key, Shape::Number),
            Shape::Ranges => self.items(node, key, Shape::Range),
            Shape::Range => expects(text.is_some_and(is_range), "a range of versions such as 1.2.0-1.2.9"),
            Shape::TextByName => self.named(node, key, Shape::Text),
            Shape::TextsByName => self.named(node, key, Shape::Texts),
            Shape::Rows(keys) => self.rows(node, key, keys),
        }
    }

    fn items(&self, node: NodeId, key: &str, shape: Shape) -> Result<(), Fault> {
        if !self.document.is_sequence(node) {
            return Err(self.fault(node, format!("`{key}` is to be a list")));
        }
        self.document.items(node).iter().try_for_each(|item| self.value(*item, key, shape))
    }

    fn named(&self, node: NodeId, key: &str, shape: Shape) -> Result<(), Fault> {
        if !self.document.is_mapping(node) {
            return Err(self.fault(node, format!("`{key}` is to be a mapping")));
        }
        let mut entries = self.document.entries(node).into_iter();
        entries.try_for_each(|entry| self.value(entry.value, self.document.text(entry.key).unwrap_or(key), shape))
    }

    fn rows(&self, node: NodeId, key: &str, keys: &[(&str, Shape)]) -> Result<(), Fault> {
        if !self.document.is_sequence(node) {
            return Err(self.fault(node, format!("`{key}` is to be a list of rows")));
        }
        for row in self.document.items(node) {
            self.mapping(*row, keys)?;
            let first = keys.first().map_or("", |(first, _)| first);
            if self.document.get(*row, first).is_none() {
                return Err(self.fault(*row, format!("a row of `{key}` needs `{first}`")));
            }
        }
        Ok(())
    }
}

fn is_range(text: &str) -> bool {
    let order = |version| version_order(version);
    text.split_once('-').is_some_and(|(first, mended)| order(first).is_some() && order(first) < order(mended))
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize| parts.get(at).and_then(|part: &&str| part.parse::<u32>().ok());
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2]
        && number(0).is_some()
        && number(1).is_some_and(|month| (1..=12).contains(&month))
        && number(2).is_some_and(|day| (1..=31).contains(&day))
}
