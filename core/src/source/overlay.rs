//! Texts in memory over a tree on disk: what an editor holds, and what it has deleted.
//!
//! The walk lists them as if they had been written, and whoever reads a file asks here first.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

/// Files by their path from the root, with forward slashes; no path leaves the root.
#[derive(Debug, Clone, Default)]
pub(crate) struct Overlay {
    /// `None` for a file that is gone.
    files: BTreeMap<String, Option<Arc<str>>>,
}

/// What stands at a path, as far as memory knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held<'o> {
    /// Only the disk knows.
    Nothing,
    /// This text.
    Text(&'o str),
    /// No file.
    Gone,
}

/// The names that memory adds to one folder, and those that it takes away.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Names {
    /// Files with their sizes.
    pub(crate) files: BTreeMap<String, u64>,
    /// Folders that hold files, at any depth.
    pub(crate) folders: BTreeSet<String>,
    /// Files that are gone.
    pub(crate) gone: BTreeSet<String>,
}

impl Overlay {
    /// Puts a text in the place of the file at `path`, or takes the file away.
    pub(crate) fn set(&mut self, path: &str, text: Option<Arc<str>>) {
        self.files.insert(path.to_owned(), text);
    }

    /// Forgets what is held at `path`; whether anything was.
    pub(crate) fn forget(&mut self, path: &str) -> bool {
        self.files.remove(path).is_some()
    }

    /// What is held at `path`.
    pub(crate) fn get(&self, path: &str) -> Held<'_> {
        match self.files.get(path) {
            None => Held::Nothing,
            Some(None) => Held::Gone,
            Some(Some(text)) => Held::Text(text),
        }
    }

    /// The texts below a folder, from the root with forward slashes; the empty path is the root.
    pub(crate) fn below<'o>(&'o self, folder: &str) -> impl Iterator<Item = (&'o str, &'o Option<Arc<str>>)> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let from = self.files.range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded));
        from.map_while(move |(path, text)| Some((path.strip_prefix(&prefix)?, text)))
    }

    /// What memory says of the names in one folder.
    pub(crate) fn names(&self, folder: &str) -> Names {
        let mut names = Names::default();
        for (path, text) in self.below(folder) {
            match (path.split_once('/'), text) {
                (Some((inner, _)), Some(_)) => drop(names.folders.insert(inner.to_owned())),
                (Some(_), None) => {}
                (None, Some(text)) => drop(names.files.insert(path.to_owned(), text.len() as u64)),
                (None, None) => drop(names.gone.insert(path.to_owned())),
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_the_names_of_what_is_below_it() {
        let mut overlay = Overlay::default();
        for (path, text) in [("a/b.py", Some("12")), ("a/c/d.py", Some("")), ("a/e.py", None), ("a.py", Some(""))] {
            overlay.set(path, text.map(Arc::from));
        }
        let names = overlay.names("a");
        assert_eq!(names.files, BTreeMap::from([("b.py".to_owned(), 2)]));
        assert_eq!(names.folders, BTreeSet::from(["c".to_owned()]));
        assert_eq!(names.gone, BTreeSet::from(["e.py".to_owned()]));
        assert_eq!(overlay.names("").folders, BTreeSet::from(["a".to_owned()]));
    }

    #[test]
    fn what_is_forgotten_is_on_disk_again() {
        let mut overlay = Overlay::default();
        overlay.set("a", Some("text".into()));
        assert_eq!(overlay.get("a"), Held::Text("text"));
        overlay.set("a", None);
        assert_eq!(overlay.get("a"), Held::Gone);
        assert!(overlay.forget("a") && !overlay.forget("a"));
        assert_eq!(overlay.get("a"), Held::Nothing);
    }
}
