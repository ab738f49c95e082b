//! The texts of an audit's files once their analysis is over: enough to turn a span into a place and a snippet.

use std::sync::OnceLock;

use super::{Artifact, FileId, LineIndex, Position, Span};

/// One file of an audit.
#[derive(Debug)]
pub struct Text {
    /// Path from the root, with forward slashes.
    pub path: String,
    /// What the file is.
    pub artifact: Artifact,
    /// The text, where it was read and may be pointed at.
    pub text: Option<Box<str>>,
    lines: OnceLock<LineIndex>,
}

impl Text {
    /// A file, with its text where it was read.
    pub fn new(path: String, artifact: Artifact, text: Option<Box<str>>) -> Self {
        Self { path, artifact, text, lines: OnceLock::new() }
    }

    /// The text, or nothing where it was not read.
    pub fn as_str(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// The text's lines, found at most once.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.as_str()))
    }
}

/// All files of an audit, in the order of their ids.
#[derive(Debug, Default)]
pub struct Texts {
    files: Vec<Text>,
}

impl Texts {
    /// Files in the order of their ids.
    pub fn new(files: Vec<Text>) -> Self {
        Self { files }
    }

    /// The files.
    pub fn files(&self) -> &[Text] {
        &self.files
    }

    /// Puts another text in the place of a file's.
    pub(crate) fn replace(&mut self, file: FileId, text: Text) {
        if let Some(place) = self.files.get_mut(file.0 as usize) {
            *place = text;
        }
    }

    /// The file that a span is in; `None` for a span that no file of this audit has.
    pub fn file(&self, span: Span) -> Option<&Text> {
        self.files.get(span.file().0 as usize)
    }

    /// Path, first and last position of a span.
    pub fn place(&self, span: Span) -> Option<(&str, Position, Position)> {
        let file = self.file(span)?;
        let lines = file.lines();
        let text = file.as_str();
        Some((&file.path, lines.position(text, span.start()), lines.position(text, span.end())))
    }

    /// Line, from 1, on which a span starts.
    pub fn line(&self, span: Span) -> Option<u32> {
        self.file(span).map(|file| file.lines().line(span.start()))
    }

    /// The text that a span covers.
    pub fn slice(&self, span: Span) -> Option<&str> {
        self.file(span)?.as_str().get(span.range())
    }
}
