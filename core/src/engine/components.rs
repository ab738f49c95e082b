//! Components: the nearest folder with a manifest is what a file belongs to.

use std::collections::{BTreeMap, HashSet};

use crate::facts::schema::tree::Component;
use crate::facts::{Certainty, FactSet};
use crate::source::{FileId, Span, Text};

/// File names that make their folder a component, most telling first.
const MANIFESTS: &[&str] = &[
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "requirements.txt",
    "Pipfile",
    "package.json",
    "Dockerfile",
    "Containerfile",
    "go.mod",
    "Cargo.toml",
    "pom.xml",
];

/// The components of a tree.
pub(super) struct Components {
    by_folder: BTreeMap<String, i64>,
}

impl Components {
    /// Finds the components, and states a row for each.
    pub(super) fn find(files: &[Text], facts: &mut FactSet) -> Self {
        let packages: HashSet<&str> = files
            .iter()
            .map(|file| folder_and_name(&file.path))
            .filter(|(_, name)| *name == "__init__.py")
            .map(|(folder, _)| folder)
            .collect();
        let mut found: BTreeMap<&str, (usize, u32)> = BTreeMap::new();
        for (at, file) in files.iter().enumerate() {
            let (folder, name) = folder_and_name(&file.path);
            // Inside of a package, `setup` is a module like any other.
            if name == "setup.py" && packages.contains(folder) {
                continue;
            }
            let Some(rank) = MANIFESTS.iter().position(|manifest| *manifest == name) else { continue };
            let entry = found.entry(folder).or_insert((rank, at as u32));
            *entry = (*entry).min((rank, at as u32));
        }
        let by_folder = found.into_iter().map(|(folder, (rank, file))| {
            let row = Component {
                span: Span::file_start(FileId(file)),
                certainty: Certainty::Certain,
                folder: folder.to_owned(),
                manifest: MANIFESTS[rank].to_owned(),
            };
            (folder.to_owned(), facts.push(row).0)
        });
        Self { by_folder: by_folder.collect() }
    }

    /// The component that a file belongs to.
    pub(super) fn of(&self, path: &str) -> Option<i64> {
        let mut folder = path;
        loop {
            folder = folder.rsplit_once('/').map_or("", |(parent, _)| parent);
            if let Some(id) = self.by_folder.get(folder) {
                return Some(*id);
            }
            if folder.is_empty() {
                return None;
            }
        }
    }
}

fn folder_and_name(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}
