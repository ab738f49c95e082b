//! A node together with its document, read in the effective view: for extractors that walk by key.

use std::ops::Range;

use super::{Document, NodeId};

/// A node of a document; an alias stands for its target, a mapping for its merged entries.
#[derive(Debug, Clone, Copy)]
pub struct Value<'d> {
    document: &'d Document,
    /// The node as written.
    pub id: NodeId,
}

impl Document {
    /// The roots of the stream's documents.
    pub fn values(&self) -> impl Iterator<Item = Value<'_>> {
        self.roots.iter().map(|id| Value { document: self, id: *id })
    }

    /// The node with this id, to be read by key.
    pub fn value(&self, id: NodeId) -> Value<'_> {
        Value { document: self, id }
    }
}

impl<'d> Value<'d> {
    /// The value under a key of a mapping.
    pub fn get(self, key: &str) -> Option<Self> {
        self.document.get(self.id, key).map(|id| Self { id, ..self })
    }

    /// The value at a path of keys.
    pub fn at(self, path: &[&str]) -> Option<Self> {
        self.document.at(self.id, path).map(|id| Self { id, ..self })
    }

    /// The entries of a mapping.
    pub fn entries(self) -> impl Iterator<Item = (Self, Self)> {
        let both = move |entry: super::Entry| (Self { id: entry.key, ..self }, Self { id: entry.value, ..self });
        self.document.entries(self.id).into_iter().map(both)
    }

    /// The items of a sequence.
    pub fn items(self) -> impl Iterator<Item = Self> {
        self.document.items(self.id).iter().map(move |id| Self { id: *id, ..self })
    }

    /// A scalar's value.
    pub fn text(self) -> Option<&'d str> {
        self.document.text(self.id)
    }

    /// The scalar under a key.
    pub fn text_at(self, key: &str) -> Option<&'d str> {
        self.get(key)?.text()
    }

    /// The scalar under a key, owned.
    pub fn string_at(self, key: &str) -> Option<String> {
        self.text_at(key).map(str::to_owned)
    }

    /// The boolean under a key.
    pub fn flag_at(self, key: &str) -> Option<bool> {
        self.document.boolean(self.get(key)?.id)
    }

    /// The whole number under a key.
    pub fn int_at(self, key: &str) -> Option<i64> {
        self.text_at(key)?.trim().parse().ok()
    }

    /// One scalar, or the scalars of a sequence: many formats take either.
    pub fn one_or_many(self) -> Vec<Self> {
        if self.is_sequence() { self.items().collect() } else { vec![self] }
    }

    /// The texts of [`Self::one_or_many`].
    pub fn texts(self) -> Vec<&'d str> {
        self.one_or_many().into_iter().filter_map(Self::text).collect()
    }

    /// Whether it is a mapping.
    pub fn is_mapping(self) -> bool {
        self.document.is_mapping(self.id)
    }

    /// Whether it is a sequence.
    pub fn is_sequence(self) -> bool {
        self.document.is_sequence(self.id)
    }

    /// Whether it is null or empty.
    pub fn is_null(self) -> bool {
        self.document.is_null(self.id)
    }

    /// The node with aliases resolved; itself where there is nothing to resolve.
    pub fn resolved(self) -> Self {
        Self { id: self.document.resolve(self.id).unwrap_or(self.id), ..self }
    }

    /// Its tag, where it is written with one.
    pub fn tag(self) -> Option<&'d str> {
        self.document.node(self.id).tag.as_deref()
    }

    /// The bytes of the node as written.
    pub fn range(self) -> Range<usize> {
        self.document.range(self.id)
    }
}
