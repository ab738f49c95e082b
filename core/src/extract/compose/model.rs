//! What is kept of one file for the link step.

use std::collections::HashSet;

use super::canonical::canonicalize;
use super::command_line::compose_files;
use super::interpolate::uses;
use super::merge::merge;
use super::value::{self, Kind, Value};
use crate::extract::dotenv::folder;
use crate::extract::role;
use crate::source::{FileId, SourceFile, Span};

/// Most documents of one file that are merged.
const MAX_DOCUMENTS: usize = 64;
/// Most uses of variables that are stated of one file.
const MAX_USES: usize = 10_000;

/// A Compose file by itself, in the long form, not interpolated.
#[derive(Debug)]
pub(super) struct FileModel {
    pub id: FileId,
    pub path: String,
    pub role: &'static str,
    pub root: Value,
    /// Whether all of it was read.
    pub is_whole: bool,
    pub variables: Vec<VariableUse>,
    /// Lists of files that its own comments tell to start together.
    pub command_lines: Vec<Vec<String>>,
}

/// A variable that stands in the file.
#[derive(Debug, Clone)]
pub(super) struct VariableUse {
    pub name: String,
    pub operator: &'static str,
    pub argument: Option<String>,
    pub key: String,
    pub span: Span,
}

impl FileModel {
    pub(super) fn read(file: &SourceFile<'_>) -> Self {
        let document = file.yaml();
        let mut root = Value::mapping(Span::file_start(file.id), Vec::new());
        let mut is_whole = document.problems.is_empty() && document.roots.len() <= MAX_DOCUMENTS;
        for &id in document.roots.iter().take(MAX_DOCUMENTS) {
            match value::read(document, id, file.id) {
                Some(mut part) if matches!(part.kind, Kind::Mapping(_)) => {
                    canonicalize(&mut part);
                    merge(&mut root, part, "");
                }
                _ => is_whole = false,
            }
        }
        let mut finder = Finder { text: file.text, seen: HashSet::new(), found: Vec::new(), key: Vec::new() };
        finder.value(&root);
        Self {
            id: file.id,
            path: file.path.to_owned(),
            role: role::role(file.path),
            variables: finder.found,
            command_lines: comments(file).and_then(|text| compose_files(&text, folder(file.path))).unwrap_or_default(),
            root,
            is_whole,
        }
    }

    pub(super) fn folder(&self) -> &str {
        crate::extract::dotenv::folder(&self.path)
    }

    pub(super) fn services(&self) -> &[value::Entry] {
        self.root.get("services").map(Value::entries).unwrap_or_default()
    }

    /// Whether the file says something only on top of another: a service without an image, a build or a base.
    pub(super) fn is_overlay(&self) -> bool {
        let is_whole =
            |service: &Value| ["image", "build", "extends", "provider"].iter().any(|key| service.get(key).is_some());
        self.services().iter().any(|entry| !is_whole(&entry.value))
    }

    /// Files that `extends` and `include` of this file name, as written, with whether they are included.
    pub(super) fn named_files(&self) -> Vec<(&str, bool)> {
        let extended = self.services().iter().filter_map(|entry| entry.value.at(&["extends", "file"])?.text());
        let mut named: Vec<(&str, bool)> = extended.map(|path| (path, false)).collect();
        for item in self.root.get("include").map(Value::one_or_many).unwrap_or_default() {
            let paths = item.get("path").unwrap_or(item);
            named.extend(paths.one_or_many().iter().filter_map(Value::text).map(|path| (path, true)));
        }
        named
    }
}

/// The comments that stand on lines of their own, where they speak of files.
fn comments(file: &SourceFile<'_>) -> Option<String> {
    file.holds("-f").then(|| {
        let lines = file.text.lines().filter_map(|line| line.trim_start().strip_prefix('#'));
        lines.collect::<Vec<_>>().join("\n")
    })
}

struct Finder<'t> {
    text: &'t str,
    /// Places already looked at: an anchor's value is read once for each alias.
    seen: HashSet<Span>,
    found: Vec<VariableUse>,
    key: Vec<String>,
}

impl Finder<'_> {
    fn value(&mut self, value: &Value) {
        match &value.kind {
            Kind::Scalar(scalar) if scalar.text.contains('$') && self.seen.insert(value.span) => {
                self.scalar(value.span);
            }
            Kind::Sequence(items) => items.iter().for_each(|item| self.value(item)),
            Kind::Mapping(entries) => {
                for entry in entries {
                    self.key.push(entry.key.clone());
                    self.value(&entry.value);
                    self.key.pop();
                }
            }
            _ => {}
        }
    }

    /// Reads the text as written, so that every use has its own place.
    fn scalar(&mut self, span: Span) {
        let Some(written) = self.text.get(span.range()) else { return };
        for used in uses(written) {
            if self.found.len() >= MAX_USES {
                return;
            }
            let range = span.start() + used.range.start..span.start() + used.range.end;
            self.found.push(VariableUse {
                name: used.name.to_owned(),
                operator: used.operator.as_str(),
                argument: (!used.argument.is_empty()).then(|| used.argument.to_owned()),
                key: self.key.join("."),
                span: Span::new(span.file(), range),
            });
        }
    }
}
