//! The effective view: aliases resolved, merge keys applied.

use super::{Document, NodeId, NodeKind, ScalarStyle};

/// Most entries that merge keys may bring into one mapping.
const MAX_MERGED: usize = 10_000;
/// Deepest chain of merge keys.
const MAX_MERGE_DEPTH: usize = 32;

/// One entry of a mapping in the effective view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The key's node.
    pub key: NodeId,
    /// The value's node as written: an alias where the value is one.
    pub value: NodeId,
    /// The alias (or the inline mapping) under `<<` that brought the entry in.
    pub via: Option<NodeId>,
}

impl Document {
    /// The node itself, or the target of an alias; `None` for an alias that resolves to nothing.
    pub fn resolve(&self, id: NodeId) -> Option<NodeId> {
        match self.node(id).kind {
            NodeKind::Alias(target) => target.and_then(|target| self.resolve_once(target)),
            _ => Some(id),
        }
    }

    fn resolve_once(&self, id: NodeId) -> Option<NodeId> {
        if matches!(self.node(id).kind, NodeKind::Alias(_)) { None } else { Some(id) }
    }

    /// The entries in force of a mapping, own keys first and in the order written; empty for anything else.
    pub fn entries(&self, id: NodeId) -> Vec<Entry> {
        let mut entries = Vec::new();
        self.collect(id, None, 0, &mut entries);
        entries
    }

    fn collect(&self, id: NodeId, via: Option<NodeId>, depth: usize, into: &mut Vec<Entry>) {
        let Some(NodeKind::Mapping(written)) = self.resolve(id).map(|id| &self.node(id).kind) else { return };
        if depth > MAX_MERGE_DEPTH || into.len() > MAX_MERGED {
            return;
        }
        for &(key, value) in written.iter().filter(|(key, _)| !self.is_merge_key(*key)) {
            let seen = via.is_some() && into.iter().any(|entry| self.same_key(entry.key, key));
            if !seen {
                into.push(Entry { key, value, via });
            }
        }
        for &(_, sources) in written.iter().filter(|(key, _)| self.is_merge_key(*key)) {
            for source in self.merge_sources(sources) {
                self.collect(source, via.or(Some(source)), depth + 1, into);
            }
        }
    }

    fn merge_sources(&self, value: NodeId) -> Vec<NodeId> {
        match self.resolve(value).map(|id| &self.node(id).kind) {
            Some(NodeKind::Sequence(items)) => items.clone(),
            _ => vec![value],
        }
    }

    fn is_merge_key(&self, key: NodeId) -> bool {
        matches!(&self.node(key).kind, NodeKind::Scalar { value, style: ScalarStyle::Plain } if &**value == "<<")
    }

    fn same_key(&self, a: NodeId, b: NodeId) -> bool {
        self.text(a).is_some_and(|a| Some(a) == self.text(b))
    }

    /// The effective entry of a mapping under `key`; the last one written wins.
    pub fn entry(&self, id: NodeId, key: &str) -> Option<Entry> {
        let NodeKind::Mapping(written) = &self.node(self.resolve(id)?).kind else { return None };
        let is_it = |pair: &&(NodeId, NodeId)| self.text(pair.0) == Some(key) && !self.is_merge_key(pair.0);
        if let Some(&(key, value)) = written.iter().rev().find(is_it) {
            return Some(Entry { key, value, via: None });
        }
        // Most mappings have no merge keys, so that there is nothing else to look through.
        let has_merges = written.iter().any(|(key, _)| self.is_merge_key(*key));
        let entries = if has_merges { self.entries(id) } else { Vec::new() };
        entries.into_iter().find(|entry| self.text(entry.key) == Some(key))
    }

    /// The effective value of a mapping under `key`.
    pub fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        self.entry(id, key).map(|entry| entry.value)
    }

    /// The value at a path of keys.
    pub fn at(&self, id: NodeId, path: &[&str]) -> Option<NodeId> {
        path.iter().try_fold(id, |id, key| self.get(id, key))
    }

    /// A scalar's value, aliases resolved; `None` for a collection.
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(self.resolve(id)?).kind {
            NodeKind::Scalar { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The items of a sequence as written, aliases of the sequence itself resolved; empty for anything else.
    pub fn items(&self, id: NodeId) -> &[NodeId] {
        match self.resolve(id).map(|id| &self.node(id).kind) {
            Some(NodeKind::Sequence(items)) => items,
            _ => &[],
        }
    }

    /// Whether the value is a mapping, aliases resolved.
    pub fn is_mapping(&self, id: NodeId) -> bool {
        matches!(self.resolve(id).map(|id| &self.node(id).kind), Some(NodeKind::Mapping(_)))
    }

    /// Whether the value is a sequence, aliases resolved.
    pub fn is_sequence(&self, id: NodeId) -> bool {
        matches!(self.resolve(id).map(|id| &self.node(id).kind), Some(NodeKind::Sequence(_)))
    }

    /// Whether the value is null: absent, `~` or `null` without quotes.
    pub fn is_null(&self, id: NodeId) -> bool {
        match self.resolve(id).map(|id| &self.node(id).kind) {
            Some(NodeKind::Scalar { value, style: ScalarStyle::Plain }) => {
                matches!(&**value, "" | "~" | "null" | "Null" | "NULL")
            }
            _ => false,
        }
    }

    /// A boolean of the YAML 1.1 core, as the tools that read these files take it.
    pub fn boolean(&self, id: NodeId) -> Option<bool> {
        match &self.node(self.resolve(id)?).kind {
            NodeKind::Scalar { value, style: ScalarStyle::Plain } => match value.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" => Some(true),
                "false" | "no" | "off" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, path: &[&str]) -> Vec<(String, String, bool)> {
        let document = Document::parse(text);
        let id = document.at(document.root().unwrap(), path).unwrap();
        let read = |id| document.text(id).unwrap_or("-").to_owned();
        document.entries(id).iter().map(|entry| (read(entry.key), read(entry.value), entry.via.is_some())).collect()
    }

    #[test]
    fn own_keys_win_over_merged_ones() {
        let text = "base: &base {a: 1, b: 2}\nuse:\n  <<: *base\n  b: 3\n";
        let expected = [("b".into(), "3".into(), false), ("a".into(), "1".into(), true)];
        assert_eq!(keys(text, &["use"]), expected);
    }

    #[test]
    fn an_alias_of_its_own_collection_is_a_problem_not_a_loop() {
        let document = Document::parse("a: &a [*a]\n");
        assert_eq!(document.problems.len(), 1);
    }

    #[test]
    fn a_bad_document_leaves_its_neighbours() {
        let document = Document::parse("a: 1\n---\nb: [\n---\nc: 3\n");
        assert!(!document.problems.is_empty());
        let last = document.roots.last().copied().unwrap();
        assert_eq!(document.get(last, "c").and_then(|id| document.text(id)), Some("3"));
    }

    #[test]
    fn nesting_bombs_end_in_a_problem() {
        let document = Document::parse(&"[".repeat(100_000));
        assert!(!document.problems.is_empty());
    }

    #[test]
    fn ranges_cover_the_content_only() {
        let text = "services:\n  web:\n    image: nginx # front\n    # trailing\n\nvolumes: {}\n";
        let document = Document::parse(text);
        let web = document.at(document.root().unwrap(), &["services", "web"]).unwrap();
        assert_eq!(&text[document.range(web)], "image: nginx");
    }
}
