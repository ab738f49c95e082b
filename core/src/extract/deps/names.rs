//! The data table `import_names`: which distribution brings which import name, and what distributions bring along.

use crate::facts::schema::deps::{KnownImport, KnownRequirement};
use crate::facts::{Certainty, FactSet};
use crate::source::{FileId, Span};
use crate::syntax::yaml::{Document, NodeId};

/// States the `known_import` and `known_requirement` tables.
pub(super) fn state(facts: &mut FactSet) {
    if !facts.wants::<KnownImport>() && !facts.wants::<KnownRequirement>() {
        return;
    }
    let Some(file) = treeward_rules::data_files().iter().find(|file| file.path.ends_with("import_names.yaml")) else {
        return;
    };
    let document = Document::parse(file.text);
    let Some(root) = document.root() else { return };
    let dated = document.get(root, "date").and_then(|date| document.text(date)).unwrap_or_default();
    let table = Table { document: &document, root, dated, span: Span::file_start(FileId(0)) };
    table.imports(facts);
    table.requirements(facts);
}

struct Table<'d> {
    document: &'d Document,
    root: NodeId,
    dated: &'d str,
    span: Span,
}

impl Table<'_> {
    fn imports(&self, facts: &mut FactSet) {
        let exact = self.lists("imports").into_iter().map(|pair| (pair, false));
        let prefixes = self.texts("namespaces").into_iter().map(|pair| (pair, true));
        for ((import_name, distribution), is_prefix) in exact.chain(prefixes) {
            let dated = self.dated.to_owned();
            facts.push(KnownImport {
                span: self.span,
                certainty: Certainty::Likely,
                import_name,
                distribution,
                is_prefix,
                dated,
            });
        }
    }

    fn requirements(&self, facts: &mut FactSet) {
        for (asked, brings) in self.lists("brings").into_iter().chain(self.lists("extras")) {
            let (distribution, extra) = match asked.strip_suffix(']').and_then(|asked| asked.split_once('[')) {
                Some((distribution, extra)) => (distribution.to_owned(), extra.to_owned()),
                None => (asked, String::new()),
            };
            facts.push(KnownRequirement { span: self.span, certainty: Certainty::Likely, distribution, extra, brings });
        }
    }

    /// `key: [value, …]` as pairs.
    fn lists(&self, section: &str) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for (key, value) in self.section(section) {
            for item in self.document.items(value) {
                pairs.extend(self.document.text(*item).map(|text| (key.clone(), text.to_owned())));
            }
        }
        pairs
    }

    /// `key: value` as pairs.
    fn texts(&self, section: &str) -> Vec<(String, String)> {
        let pairs = self.section(section).into_iter();
        pairs.filter_map(|(key, value)| Some((key, self.document.text(value)?.to_owned()))).collect()
    }

    fn section(&self, name: &str) -> Vec<(String, NodeId)> {
        let Some(section) = self.document.get(self.root, name) else { return Vec::new() };
        let entries = self.document.entries(section).into_iter();
        entries.filter_map(|entry| Some((self.document.text(entry.key)?.to_owned(), entry.value))).collect()
    }
}
