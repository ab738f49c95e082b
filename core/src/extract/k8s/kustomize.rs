//! Kustomizations: what they take in, and which images they replace.

use super::Pen;
use crate::extract::{TreeIndex, values};
use crate::facts::path_join;
use crate::facts::schema::k8s::{Kustomization, KustomizeEntry, KustomizeLiteral};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::Span;
use crate::syntax::yaml::Value;

/// What a kustomization names, resolved once the tree is known.
pub(super) struct Entries {
    kustomization: RowId,
    folder: String,
    paths: Vec<(Span, &'static str, String)>,
}

pub(super) fn state(pen: &mut Pen<'_, '_>) -> Option<Entries> {
    let root = pen.file.yaml().values().next()?;
    let folder = pen.file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let lists = [
        ("resources", "resource"),
        ("bases", "resource"),
        ("components", "component"),
        ("patchesStrategicMerge", "patch"),
    ];
    let mut paths = Vec::new();
    for (field, kind) in lists {
        for item in root.get(field).into_iter().flat_map(Value::items) {
            paths.extend(item.text().map(|text| (pen.span(item), kind, text.to_owned())));
        }
    }
    for patch in root.get("patches").into_iter().flat_map(Value::items).filter_map(|patch| patch.get("path")) {
        paths.extend(patch.text().map(|text| (pen.span(patch), "patch", text.to_owned())));
    }
    let is_remote = |(_, _, text): &(Span, &str, String)| {
        text.contains("://") || text.starts_with("github.com") || text.contains("?ref=")
    };
    let kustomization = pen.facts.push(Kustomization {
        span: Span::file_start(pen.file.id),
        certainty: Certainty::Certain,
        path: pen.file.path.to_owned(),
        folder: folder.to_owned(),
        namespace: root.string_at("namespace"),
        is_partial: paths.iter().any(is_remote) || root.get("helmCharts").is_some() || root.get("generators").is_some(),
    });
    for image in root.get("images").into_iter().flat_map(Value::items) {
        let sets_tag = image.get("newTag").is_some() || image.get("digest").is_some();
        entry(image, image.text_at("name"), (kustomization, "image", sets_tag), pen);
    }
    for (field, kind) in [("configMapGenerator", "generated_config_map"), ("secretGenerator", "generated_secret")] {
        for generator in root.get(field).into_iter().flat_map(Value::items) {
            entry(generator, generator.text_at("name"), (kustomization, kind, false), pen);
            literals(generator, kind, kustomization, pen);
        }
    }
    Some(Entries { kustomization, folder: folder.to_owned(), paths })
}

/// `literals: [KEY=value]` of a generator: the value is classed and not kept.
fn literals(generator: Value<'_>, kind: &'static str, kustomization: RowId, pen: &mut Pen<'_, '_>) {
    for literal in generator.get("literals").into_iter().flat_map(Value::items) {
        let Some((key, value)) = literal.text().and_then(|text| text.split_once('=')) else { continue };
        let class = values::classify(pen.facts.known(), key, value);
        let span = pen.span(literal);
        pen.facts.push(KustomizeLiteral {
            span,
            certainty: Certainty::Certain,
            kustomization,
            generator: generator.string_at("name").unwrap_or_default(),
            is_secret: kind == "generated_secret",
            key: key.to_owned(),
            value_class: class.class,
            is_secret_name: class.is_secret_name,
        });
    }
}

fn entry(
    value: Value<'_>,
    name: Option<&str>,
    (kustomization, kind, sets_tag): (RowId, &'static str, bool),
    pen: &mut Pen<'_, '_>,
) {
    let Some(name) = name else { return };
    let span = pen.span(value);
    let target = name.to_owned();
    pen.facts.push(KustomizeEntry { span, certainty: Certainty::Certain, kustomization, kind, target, sets_tag });
}

/// States the files that a kustomization takes in; a path that the tree lacks is unresolved.
pub(super) fn link(entries: &Entries, tree: &TreeIndex<'_>, facts: &mut FactSet) {
    for (span, kind, written) in &entries.paths {
        let path = path_join(&entries.folder, written).filter(|path| !path.starts_with('/'));
        let found = path.filter(|path| tree.file(path).is_some() || tree.has_folder(path));
        facts.push(KustomizeEntry {
            span: *span,
            certainty: if found.is_some() { Certainty::Certain } else { Certainty::Unresolved },
            kustomization: entries.kustomization,
            kind,
            target: found.unwrap_or_else(|| written.clone()),
            sets_tag: false,
        });
    }
}
