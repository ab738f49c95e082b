//! A Compose file as values of our own: aliases and merge keys resolved, every value with its place.
//!
//! The YAML arena ends with the analysis of its file, and an alias can stand for a million nodes; so the copy is
//! bounded, and what does not fit is told.

use crate::facts::Certainty;
use crate::source::{FileId, Span};
use crate::syntax::yaml::{Document, NodeId, NodeKind, ScalarStyle};

/// Most values of one file.
const MAX_VALUES: usize = 100_000;
/// Deepest nesting; the specification needs eight levels.
const MAX_DEPTH: usize = 48;

/// A value and the place that sets it.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub span: Span,
    pub kind: Kind,
    pub tag: Tag,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Null,
    Scalar(Scalar),
    Sequence(Vec<Value>),
    Mapping(Vec<Entry>),
}

/// A text, and where it comes from.
#[derive(Debug, Clone)]
pub(super) struct Scalar {
    pub text: String,
    pub is_plain: bool,
    pub binding: Binding,
    /// The first variable that the text is made from.
    pub variable: Option<String>,
}

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binding {
    Literal,
    /// A fallback in `${X:-…}`.
    Default,
    /// An environment file beside the project.
    DotEnv,
    /// A variable that the tree gives no value; it stays in the text.
    Unset,
}

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub key: String,
    pub key_span: Span,
    pub value: Value,
}

/// What a tag asks of merging.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tag {
    #[default]
    None,
    /// `!reset`: the key goes away.
    Reset,
    /// `!override`: the value replaces, whatever it is.
    Override,
}

impl Scalar {
    pub(super) fn literal(text: String) -> Self {
        Self { text, is_plain: true, binding: Binding::Literal, variable: None }
    }

    pub(super) fn certainty(&self) -> Certainty {
        match self.binding {
            Binding::Literal => Certainty::Certain,
            Binding::Default | Binding::DotEnv => Certainty::Likely,
            Binding::Unset => Certainty::Unresolved,
        }
    }

    pub(super) fn is_unset(&self) -> bool {
        self.binding == Binding::Unset
    }
}

impl Value {
    pub(super) fn scalar(span: Span, text: impl Into<String>) -> Self {
        Self { span, kind: Kind::Scalar(Scalar::literal(text.into())), tag: Tag::None }
    }

    pub(super) fn mapping(span: Span, entries: Vec<Entry>) -> Self {
        Self { span, kind: Kind::Mapping(entries), tag: Tag::None }
    }

    pub(super) fn null(span: Span) -> Self {
        Self { span, kind: Kind::Null, tag: Tag::None }
    }

    /// The entries of a mapping; none for anything else.
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; none for anything else.
    pub(super) fn items(&self) -> &[Value] {
        match &self.kind {
            Kind::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The items of a sequence, or the scalar itself.
    pub(super) fn one_or_many(&self) -> &[Value] {
        match &self.kind {
            Kind::Sequence(items) => items,
            Kind::Scalar(_) => std::slice::from_ref(self),
            _ => &[],
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        match &mut self.kind {
            Kind::Mapping(entries) => entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.value),
            _ => None,
        }
    }

    pub(super) fn at(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(self, |value, key| value.get(key))
    }

    /// Takes an entry out of a mapping.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        let Kind::Mapping(entries) = &mut self.kind else { return None };
        let at = entries.iter().position(|entry| entry.key == key)?;
        Some(entries.remove(at).value)
    }

    pub(super) fn as_scalar(&self) -> Option<&Scalar> {
        match &self.kind {
            Kind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        self.as_scalar().map(|scalar| scalar.text.as_str())
    }

    /// The text, where it does not depend on a variable without a value.
    pub(super) fn known_text(&self) -> Option<&str> {
        self.as_scalar().filter(|scalar| !scalar.is_unset()).map(|scalar| scalar.text.as_str())
    }

    pub(super) fn boolean(&self) -> Option<bool> {
        match self.text()?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        }
    }
}

/// Copies the effective view of a document's node. `None` where it does not fit the bounds.
pub(super) fn read(document: &Document, root: NodeId, file: FileId) -> Option<Value> {
    let mut reader = Reader { document, file, left: MAX_VALUES };
    reader.value(root, 0)
}

struct Reader<'d> {
    document: &'d Document,
    file: FileId,
    left: usize,
}

impl Reader<'_> {
    fn value(&mut self, id: NodeId, depth: usize) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        if depth > MAX_DEPTH {
            return None;
        }
        let tag = match self.document.node(id).tag.as_deref() {
            Some("!reset") => Tag::Reset,
            Some("!override") => Tag::Override,
            _ => Tag::None,
        };
        let Some(target) = self.document.resolve(id) else {
            return Some(Value::null(self.span(id)));
        };
        let kind = match &self.document.node(target).kind {
            NodeKind::Scalar { .. } if self.document.is_null(target) => Kind::Null,
            NodeKind::Scalar { value, style } => {
                let is_plain = *style == ScalarStyle::Plain;
                Kind::Scalar(Scalar { is_plain, ..Scalar::literal(value.to_string()) })
            }
            NodeKind::Sequence(items) => {
                Kind::Sequence(items.iter().map(|item| self.value(*item, depth + 1)).collect::<Option<_>>()?)
            }
            NodeKind::Mapping(_) => Kind::Mapping(self.entries(target, depth)?),
            NodeKind::Alias(_) => Kind::Null,
        };
        Some(Value { span: self.span(target), kind, tag })
    }

    fn entries(&mut self, id: NodeId, depth: usize) -> Option<Vec<Entry>> {
        let mut read: Vec<Entry> = Vec::new();
        for entry in self.document.entries(id) {
            let Some(key) = self.document.text(entry.key) else { continue };
            let value = self.value(entry.value, depth + 1)?;
            let entry = Entry { key: key.to_owned(), key_span: self.span(entry.key), value };
            match read.iter_mut().find(|earlier| earlier.key == entry.key) {
                Some(earlier) => *earlier = entry,
                None => read.push(entry),
            }
        }
        Some(read)
    }

    fn span(&self, id: NodeId) -> Span {
        Span::new(self.file, self.document.range(id))
    }
}
