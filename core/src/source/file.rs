//! One text under analysis, with what has been derived from it so far. Derived forms are made at most once.

use std::cell::OnceCell;
use std::ops::Range;

use super::{Artifact, FileId, LineIndex, Span};
use crate::syntax::{python, yaml};

/// A decoded file and its lazily made syntax. Lives only as long as the analysis of its file.
pub struct SourceFile<'t> {
    /// Its place in the audit's list of files.
    pub id: FileId,
    /// Path from the audited root, with forward slashes.
    pub path: &'t str,
    /// What the file is.
    pub artifact: Artifact,
    /// The whole text, without a byte order mark.
    pub text: &'t str,
    /// Where the text begins in the file; above zero only for a text within another.
    base: usize,
    lines: OnceCell<LineIndex>,
    yaml: OnceCell<yaml::Document>,
    python: OnceCell<Result<python::Module, python::TooDeep>>,
}

impl<'t> SourceFile<'t> {
    /// A file with nothing derived yet.
    pub fn new(id: FileId, path: &'t str, artifact: Artifact, text: &'t str) -> Self {
        Self {
            id,
            path,
            artifact,
            text,
            base: 0,
            lines: OnceCell::new(),
            yaml: OnceCell::new(),
            python: OnceCell::new(),
        }
    }

    /// A text that stands within `file` and begins at `base` there, read as a file of its own at `path`.
    pub(crate) fn within(file: &SourceFile<'_>, path: &'t str, artifact: Artifact, text: &'t str, base: usize) -> Self {
        Self { base: file.base + base, ..Self::new(file.id, path, artifact, text) }
    }

    /// The span of a byte range of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.id, self.base + range.start..self.base + range.end)
    }

    /// The span of the whole: empty, where the text begins.
    pub fn start(&self) -> Span {
        self.span(0..0)
    }

    /// Where the text begins in the file.
    pub(crate) fn base(&self) -> usize {
        self.base
    }

    /// The text's lines.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text))
    }

    /// Whether the text holds `part`; for whole files this is several times as fast as `str::contains`.
    pub fn holds(&self, part: &str) -> bool {
        memchr::memmem::find(self.text.as_bytes(), part.as_bytes()).is_some()
    }

    /// How many lines there are, without finding where they start.
    pub fn line_count(&self) -> usize {
        memchr::memchr_iter(b'\n', self.text.as_bytes()).count() + 1
    }

    /// The text as YAML; what could not be read is told in the document's `problems`.
    pub fn yaml(&self) -> &yaml::Document {
        self.yaml.get_or_init(|| yaml::Document::parse(self.text))
    }

    /// The text as Python, errors included; refused only where it is nested too deep to be parsed safely.
    pub fn python(&self) -> Result<&python::Module, &python::TooDeep> {
        self.python.get_or_init(|| python::parse(self.text)).as_ref()
    }

    /// Whether what was parsed of the file had no syntax error; true where nothing needed a parse.
    pub fn is_parsed(&self) -> bool {
        let yaml = self.yaml.get().is_none_or(|document| document.problems.is_empty());
        let python = self.python.get().is_none_or(|module| module.as_ref().is_ok_and(python::Module::is_valid));
        yaml && python
    }
}
