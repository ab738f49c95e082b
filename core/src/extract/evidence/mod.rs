//! Evidence from a running system: saved outputs of `docker inspect`, `docker stats --no-stream --format json`,
//! `docker compose ps --format json` and Prometheus' `/api/v1/targets`.
//!
//! Nothing is asked here: the files were saved by somebody else. A file that is none of these is told as a problem.

mod docker;
mod prometheus;

#[cfg(test)]
mod tests;

use crate::facts::FactSet;
use crate::source::SourceFile;
use crate::syntax::yaml::{Document, Value};

/// Most lines of a file with one object a line.
const MAX_LINES: usize = 20_000;

/// States what `file`, one of an evidence folder, shows.
///
/// # Errors
/// The file is none of the known outputs; the message says what was expected.
pub(crate) fn state(file: &SourceFile<'_>, facts: &mut FactSet) -> Result<(), String> {
    let mut objects = 0;
    let mut known = 0;
    for_each_object(file.text, |object, offset| {
        objects += 1;
        let is_known = docker::inspect(object, (file, offset), facts)
            || docker::stats(object, (file, offset), facts)
            || docker::ps(object, (file, offset), facts)
            || prometheus::targets(object, (file, offset), facts);
        known += usize::from(is_known);
    });
    if known > 0 || objects == 0 && matches!(file.text.trim(), "[]" | "") {
        return Ok(());
    }
    Err("neither docker inspect, docker stats, docker compose ps nor Prometheus targets as JSON".into())
}

/// The text with the values of every environment that `docker inspect` shows replaced by as many asterisks.
pub(crate) fn without_secrets(text: &str) -> String {
    let mut masked = text.to_owned();
    for_each_object(text, |object, offset| {
        for entry in object.at(&["Config", "Env"]).into_iter().flat_map(Value::items) {
            let range = entry.range().start + offset..entry.range().end + offset;
            let Some(written) = text.get(range.clone()) else { continue };
            let Some(at) = written.find('=') else { continue };
            let end = written.len() - usize::from(written.ends_with(['"', '\'']));
            if at + 1 < end {
                masked.replace_range(range.start + at + 1..range.start + end, &"*".repeat(end - at - 1));
            }
        }
    });
    masked
}

/// JSON is YAML: one document, a list of objects, or one object a line. The offset is that of the document.
fn for_each_object(text: &str, mut each: impl FnMut(Value<'_>, usize)) {
    let mut of_document = |text: &str, offset: usize| {
        let document = Document::parse(text);
        for root in document.values() {
            if root.is_sequence() {
                root.items().for_each(|item| each(item, offset));
            } else if root.is_mapping() {
                each(root, offset);
            }
        }
    };
    let is_lines = text.lines().filter(|line| line.starts_with('{')).nth(1).is_some();
    if !is_lines {
        of_document(text, 0);
        return;
    }
    let mut offset = 0;
    for line in text.split_inclusive('\n').take(MAX_LINES) {
        of_document(line, offset);
        offset += line.len();
    }
}
