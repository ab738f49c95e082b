//! What the link steps may ask about the whole tree: which paths exist, and what they are.

use hashbrown::{HashMap, HashSet};

use crate::source::{Artifact, FileId};

/// The tree's files by path.
pub struct TreeIndex<'a> {
    files: &'a [(String, Artifact)],
    by_path: HashMap<&'a str, FileId>,
    skipped: HashSet<&'a str>,
}

impl<'a> TreeIndex<'a> {
    /// An index over files in the order of their ids, and the paths that were skipped.
    pub fn new(files: &'a [(String, Artifact)], skipped: impl IntoIterator<Item = &'a str>) -> Self {
        let by_path = files.iter().enumerate().map(|(at, (path, _))| (path.as_str(), FileId(at as u32))).collect();
        Self { files, by_path, skipped: skipped.into_iter().collect() }
    }

    /// The file at `path` (from the root, forward slashes).
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// The path of a file.
    pub fn path(&self, file: FileId) -> &'a str {
        self.files.get(file.0 as usize).map_or("", |(path, _)| path.as_str())
    }

    /// What a file is.
    pub fn artifact(&self, file: FileId) -> Artifact {
        self.files.get(file.0 as usize).map_or(Artifact::Other, |(_, artifact)| *artifact)
    }

    /// All files, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &'a str, Artifact)> + '_ {
        self.files.iter().enumerate().map(|(at, (path, artifact))| (FileId(at as u32), path.as_str(), *artifact))
    }

    /// The files in `folder` and below it, sorted by path; the empty path is the root.
    pub fn files_under(&self, folder: &str) -> impl Iterator<Item = (FileId, &'a str, Artifact)> + '_ {
        let prefix = if folder.is_empty() { String::new() } else { format!("{}/", folder.trim_end_matches('/')) };
        let start = self.files.partition_point(|(path, _)| path.as_str() < prefix.as_str());
        let below = self.files[start..].iter().take_while(move |(path, _)| path.starts_with(&prefix)).enumerate();
        below.map(move |(at, (path, artifact))| (FileId((start + at) as u32), path.as_str(), *artifact))
    }

    /// Whether any file stands in `folder` or below it; the empty path is the root.
    pub fn has_folder(&self, folder: &str) -> bool {
        if folder.is_empty() {
            return true;
        }
        let prefix = format!("{}/", folder.trim_end_matches('/'));
        let at = self.files.partition_point(|(path, _)| path.as_str() < prefix.as_str());
        self.files.get(at).is_some_and(|(path, _)| path.starts_with(&prefix))
    }

    /// Whether `path`, or a folder that holds it, was skipped: then its absence is unknown.
    pub fn is_skipped(&self, path: &str) -> bool {
        let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        self.skipped.contains(path) || folders.any(|folder| self.skipped.contains(folder))
    }
}
