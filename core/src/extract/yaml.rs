//! A cursor over the effective view of a YAML document, for extractors that read configuration by key.

use std::collections::HashSet;

use crate::source::{FileId, SourceFile, Span};
use crate::syntax::yaml::{Document, NodeId, NodeKind};

/// A node of a file's document. Aliases and merge keys are resolved as it moves.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    document: &'a Document,
    file: FileId,
    /// Where the document begins in the file.
    base: usize,
    id: NodeId,
}

impl<'a> Node<'a> {
    /// The roots of all documents of the file.
    pub(crate) fn roots(file: &'a SourceFile<'_>) -> Vec<Self> {
        let document = file.yaml();
        document.roots.iter().map(|&id| Self { document, file: file.id, base: file.base(), id }).collect()
    }

    fn to(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    /// The value under `key`.
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        self.document.get(self.id, key).map(|id| self.to(id))
    }

    /// The value at a path of keys.
    pub(crate) fn at(self, path: &[&str]) -> Option<Self> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The text under `key`.
    pub(crate) fn text_at(self, key: &str) -> Option<&'a str> {
        self.get(key).and_then(Self::text)
    }

    /// Keys and values of a mapping; empty for anything else.
    pub(crate) fn entries(self) -> Vec<(Self, Self)> {
        let entries = self.document.entries(self.id);
        entries.into_iter().map(|entry| (self.to(entry.key), self.to(entry.value))).collect()
    }

    /// Items of a sequence; empty for anything else.
    pub(crate) fn items(self) -> Vec<Self> {
        self.document.items(self.id).iter().map(|&id| self.to(id)).collect()
    }

    /// Items of the sequence under `key`.
    pub(crate) fn items_at(self, key: &str) -> Vec<Self> {
        self.get(key).map(Self::items).unwrap_or_default()
    }

    /// A scalar's value.
    pub(crate) fn text(self) -> Option<&'a str> {
        self.document.text(self.id)
    }

    /// A boolean.
    pub(crate) fn boolean(self) -> Option<bool> {
        self.document.boolean(self.id)
    }

    /// Keys that a mapping here or below writes a second time, which strict readers refuse. What an alias stands for is
    /// looked at where it is written.
    pub(crate) fn repeated_keys(self) -> Vec<Self> {
        let mut found = Vec::new();
        let mut waiting = vec![self.id];
        while let Some(id) = waiting.pop() {
            match &self.document.node(id).kind {
                NodeKind::Mapping(entries) => {
                    let mut seen = HashSet::new();
                    let is_again = |key: &Self| key.text().is_some_and(|text| text != "<<" && !seen.insert(text));
                    found.extend(entries.iter().map(|(key, _)| self.to(*key)).filter(is_again));
                    waiting.extend(entries.iter().map(|(_, value)| *value));
                }
                NodeKind::Sequence(items) => waiting.extend(items),
                NodeKind::Scalar { .. } | NodeKind::Alias(_) => {}
            }
        }
        found.sort_by_key(|key| key.span());
        found
    }

    /// Whether the value is a mapping.
    pub(crate) fn is_mapping(self) -> bool {
        self.document.is_mapping(self.id)
    }

    /// Where it stands, as written.
    pub(crate) fn span(self) -> Span {
        let range = self.document.range(self.id);
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }
}
