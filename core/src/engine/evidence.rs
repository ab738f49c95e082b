//! Saved output of a running system, read from a folder of its own: further facts, never files of the tree.
//!
//! A file that cannot be used is told in `errors` and costs nothing else. The environment that `docker inspect` shows is
//! masked before anything else sees the text.

use std::path::{Path, PathBuf};

use super::Auditor;
use super::analyze::{Outcome, guarded};
use crate::error::Error;
use crate::extract::evidence;
use crate::facts::{FactSet, Wanted};
use crate::pattern::Scan;
use crate::report::Problem;
use crate::source::{Artifact, FileId, SourceFile, Span, Text, decode};

/// Longest file that is read.
const MAX_BYTES: u64 = 8 << 20;
/// Most files that are read.
const MAX_FILES: usize = 1_000;

/// Files with what they show, and those that could not be used.
type Shown = (Vec<(Text, Outcome)>, Vec<Problem>);

/// What the files of the evidence folder show; their ids follow those of the tree's `first` files.
pub(super) fn read(auditor: &Auditor, root: &Path, first: usize, wanted: &Wanted) -> Result<Shown, Error> {
    let mut read = Vec::new();
    let mut problems = Vec::new();
    let is_wanted = wanted.wants("evidence_container") || wanted.wants("evidence_target");
    let Some(folder) = auditor.options.evidence.as_deref().filter(|_| is_wanted) else { return Ok((read, problems)) };
    for path in files(folder)? {
        auditor.options.cancel.check()?;
        let shown = shown(&path, folder, root);
        let id = first + read.len();
        if read.len() == MAX_FILES || id >= Span::MAX_FILES {
            problems.push(problem(&shown, &format!("only {MAX_FILES} files are read")));
            break;
        }
        match one(auditor, FileId(id as u32), &path, &shown, wanted) {
            Ok(file) => read.push(file),
            Err(why) => problems.push(problem(&shown, &why)),
        }
    }
    Ok((read, problems))
}

fn problem(path: &str, why: &str) -> Problem {
    Problem { path: Some(path.to_owned()), rule_id: None, message: format!("not used as evidence: {why}") }
}

/// The entries of the folder, sorted; names that begin with a dot are left out.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |error: std::io::Error| Error::Unreadable { path: folder.to_owned(), reason: error.to_string() };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The path in the report: from the root where the folder stands in the tree, else from the folder's own name.
fn shown(path: &Path, folder: &Path, root: &Path) -> String {
    let absolute = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (folder, root) = (absolute(folder), absolute(root));
    let place = match folder.strip_prefix(&root) {
        Ok(inner) => inner.to_string_lossy().replace('\\', "/"),
        Err(_) => folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    };
    if place.is_empty() { name.into_owned() } else { format!("{place}/{name}") }
}

fn one(auditor: &Auditor, id: FileId, path: &Path, shown: &str, wanted: &Wanted) -> Result<(Text, Outcome), String> {
    let metadata = std::fs::symlink_metadata(path).map_err(|error| format!("it cannot be read: {error}"))?;
    if !metadata.is_file() {
        return Err("it is no regular file".to_owned());
    }
    if metadata.len() > MAX_BYTES {
        return Err(format!("it is longer than {} MiB", MAX_BYTES >> 20));
    }
    let bytes = std::fs::read(path).map_err(|error| format!("it cannot be read: {error}"))?;
    let text = decode(shown, &bytes).map_err(|error| error.to_string())?;
    let text = evidence::without_secrets(&text);
    let mut facts = FactSet::for_file(id, wanted.clone(), auditor.known().clone());
    let mut problems = Vec::new();
    let file = SourceFile::new(id, shown, Artifact::Json, &text);
    guarded(&file, || "the reader of evidence".to_owned(), &mut problems, || evidence::state(&file, &mut facts))
        .unwrap_or_else(|| Err("it broke the reader".to_owned()))?;
    drop(file);
    let text = Text::new(shown.to_owned(), Artifact::Json, Some(text.into_boxed_str()));
    Ok((text, Outcome { scan: Scan::default(), facts, models: Vec::new(), suppressions: None, problems }))
}
