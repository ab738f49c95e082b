//! What an extractor states of a few small files, as text, for tests.

use super::{Extractor, Model, TreeIndex};
use crate::facts::{FactSet, Wanted};
use crate::source::{Artifact, FileId, SourceFile, Text, Texts};

/// The rows that `extractor` states of `files` (path, kind, text), those of single files first.
pub(crate) fn rows(extractor: &dyn Extractor, files: &[(&str, Artifact, &str)]) -> String {
    let index: Vec<(String, Artifact)> = files.iter().map(|(path, kind, _)| ((*path).to_owned(), *kind)).collect();
    let known = std::sync::Arc::new(super::known::builtin());
    let tree = TreeIndex::new(&index, []);
    let texts = Texts::new(
        files.iter().map(|(path, kind, text)| Text::new((*path).to_owned(), *kind, Some((*text).into()))).collect(),
    );
    let mut models: Vec<(FileId, Model)> = Vec::new();
    let mut parts = Vec::new();
    for (at, (path, kind, text)) in files.iter().enumerate().filter(|(_, (_, kind, _))| extractor.reads(*kind)) {
        let id = FileId(at as u32);
        let mut facts = FactSet::for_file(id, Wanted::all(), known.clone());
        let model = extractor.extract(&SourceFile::new(id, path, *kind, text), &mut facts);
        models.extend(model.map(|model| (id, model)));
        parts.push(facts.dump(&texts));
    }
    let mut facts = FactSet::for_link(0, Wanted::all(), known.clone());
    extractor.link(&models, &tree, &mut facts);
    parts.push(facts.dump(&texts));
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}
