//! Configuration that stands whole within another file: the block texts of a ConfigMap, or of a Secret as written.
//!
//! Such a text is read as the file that it becomes in a container. Its path is the manifest's path with the key behind it,
//! as if the manifest were a folder, so that what one key includes is looked up among its neighbours; its spans are those
//! of the manifest.

use crate::source::{Artifact, SourceFile, classify};
use crate::syntax::yaml::{Document, NodeId, NodeKind, ScalarStyle, Value};

/// Most texts that are taken from one file.
const MAX_PARTS: usize = 500;

/// A text within a file.
pub(crate) struct Part<'t> {
    path: String,
    artifact: Artifact,
    /// Where it begins in the file.
    start: usize,
    text: &'t str,
}

impl<'t> Part<'t> {
    /// The text as a file of its own, at its place in `file`.
    pub(crate) fn source<'p>(&'p self, file: &SourceFile<'_>) -> SourceFile<'p> {
        SourceFile::within(file, &self.path, self.artifact, self.text, self.start)
    }
}

/// The texts within `file` that are configuration by themselves.
pub(crate) fn parts<'t>(file: &SourceFile<'t>) -> Vec<Part<'t>> {
    let is_holder = || file.holds("ConfigMap") || file.holds("Secret");
    if file.artifact != Artifact::Kubernetes || !is_holder() || !file.holds(": |") {
        return Vec::new();
    }
    let document = file.yaml();
    let mut found = Vec::new();
    for root in document.values() {
        if root.text_at("kind").is_some_and(|kind| kind.ends_with("List")) {
            root.get("items").into_iter().flat_map(Value::items).for_each(|item| object(item, file, &mut found));
        } else {
            object(root, file, &mut found);
        }
    }
    found
}

fn object<'t>(root: Value<'_>, file: &SourceFile<'t>, found: &mut Vec<Part<'t>>) {
    let field = match root.text_at("kind") {
        Some("ConfigMap") => "data",
        Some("Secret") => "stringData",
        _ => return,
    };
    for (key, value) in root.get(field).into_iter().flat_map(Value::entries) {
        let (Some(name), true) = (key.text(), found.len() < MAX_PARTS) else { continue };
        let Some((start, text)) = block(file, value.id) else { continue };
        let path = format!("{}/{name}", file.path);
        let artifact = classify(&path, value.text().unwrap_or_default());
        found.push(Part { path, artifact, start, text });
    }
}

/// The lines of a block scalar as written; its indentation does no harm to any format that is read here.
fn block<'t>(file: &SourceFile<'t>, id: NodeId) -> Option<(usize, &'t str)> {
    let document: &Document = file.yaml();
    let node = document.node(id);
    let NodeKind::Scalar { style: ScalarStyle::Literal, .. } = node.kind else { return None };
    let before = file.text.get(..node.range.start)?;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    // What stands before the content on its line is indentation; anything else is not a block.
    let text = file.text.get(start..node.range.end)?;
    text.get(..node.range.start - start)?.trim().is_empty().then_some((start, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    const MANIFEST: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  nginx.conf: |\n    events {}\n    http {\n      server { listen 80; }\n    }\n  LEVEL: info\n  prometheus.yml: |-\n\n    scrape_configs:\n      - job_name: é\n---\nkind: Secret\napiVersion: v1\nstringData:\n  alertmanager.yml: |\n    route: {receiver: a}\n    receivers: [{name: a}]\n";

    fn told(text: &str) -> Vec<String> {
        let file = SourceFile::new(FileId(3), "k8s/web.yaml", Artifact::Kubernetes, text);
        let parts = parts(&file);
        let line = |part: &Part<'_>| text[..part.start].matches('\n').count() + 1;
        parts.iter().map(|part| format!("{} {} line {}", part.path, part.artifact.name(), line(part))).collect()
    }

    #[test]
    fn block_texts_are_files_at_their_place() {
        let expected = [
            "k8s/web.yaml/nginx.conf nginx line 7",
            "k8s/web.yaml/prometheus.yml prometheus_config line 14",
            "k8s/web.yaml/alertmanager.yml alertmanager line 21",
        ];
        assert_eq!(told(MANIFEST), expected);
    }

    #[test]
    fn spans_are_those_of_the_manifest() {
        let file = SourceFile::new(FileId(3), "k8s/web.yaml", Artifact::Kubernetes, MANIFEST);
        let parts = parts(&file);
        let inner = parts[1].source(&file);
        let root = inner.yaml().values().next().unwrap();
        let job = root.get("scrape_configs").unwrap().items().next().unwrap().get("job_name").unwrap();
        assert_eq!(&MANIFEST[inner.span(job.range()).range()], "é");
    }

    #[test]
    fn what_is_no_block_text_is_left_alone() {
        assert!(told("kind: ConfigMap\ndata:\n  a: |\n  nginx.conf: \"events {}\\n\"\n  b: [a: |]\n").len() < 2);
        assert!(told("kind: Pod\ndata:\n  nginx.conf: |\n    events {}\n").is_empty());
        assert!(told(&format!("kind: ConfigMap\ndata:\n{}", "  a: |\n    b\n".repeat(2000))).len() <= MAX_PARTS);
    }
}
