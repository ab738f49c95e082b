//! Kubernetes manifests and kustomizations. Helm templates are not read: they are YAML only after rendering.

mod access;
mod container;
mod data;
mod kustomize;
mod network;
mod workload;

#[cfg(test)]
mod tests;

use crate::extract::{Extractor, Model, TreeIndex};
use crate::facts::schema::k8s::{K8sLabel, K8sObject, K8sReference};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{Artifact, FileId, SourceFile, Span};
use crate::syntax::yaml::Value;

/// Most objects of one file.
const MAX_OBJECTS: usize = 10_000;

/// States manifests.
pub(super) struct K8s;

impl Extractor for K8s {
    fn name(&self) -> &'static str {
        "k8s"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(artifact, Artifact::Kubernetes | Artifact::Kustomize)
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "k8s_object",
            "k8s_label",
            "k8s_workload",
            "k8s_container",
            "k8s_container_port",
            "k8s_probe",
            "k8s_env",
            "k8s_volume",
            "k8s_mount",
            "k8s_service_port",
            "k8s_ingress_path",
            "k8s_reference",
            "k8s_data_key",
            "k8s_autoscaler",
            "k8s_disruption_budget",
            "k8s_network_policy",
            "k8s_service_account",
            "k8s_access_rule",
            "k8s_binding",
            "k8s_job_settings",
            "k8s_claim",
            "kustomization",
            "kustomize_entry",
            "kustomize_literal",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let mut pen = Pen { file, facts };
        if file.artifact == Artifact::Kustomize {
            return kustomize::state(&mut pen).map(|model| Box::new(model) as Model);
        }
        for root in file.yaml().values().take(MAX_OBJECTS) {
            match root.text_at("kind") {
                Some(kind) if kind.ends_with("List") && root.get("items").is_some() => {
                    let items = root.get("items").into_iter().flat_map(Value::items);
                    items.take(MAX_OBJECTS).for_each(|item| object(item, &mut pen));
                }
                Some(_) => object(root, &mut pen),
                None => {}
            }
        }
        None
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let kustomizations = models.iter().filter_map(|(_, model)| model.downcast_ref::<kustomize::Entries>());
        kustomizations.for_each(|entries| kustomize::link(entries, tree, facts));
    }
}

/// A file of which rows are being stated.
struct Pen<'p, 't> {
    file: &'p SourceFile<'t>,
    facts: &'p mut FactSet,
}

impl Pen<'_, '_> {
    fn span(&self, value: Value<'_>) -> Span {
        self.file.span(value.range())
    }

    /// States that `object` refers to another.
    fn reference(&mut self, object: RowId, kind: &str, name: Value<'_>, (key, is_optional): (Option<&str>, bool)) {
        let Some(text) = name.text().filter(|text| !text.is_empty()) else { return };
        self.facts.push(K8sReference {
            span: self.file.span(name.range()),
            certainty: certainty(text),
            object,
            kind: kind.to_owned(),
            name: text.to_owned(),
            key: key.map(str::to_owned),
            is_optional,
        });
    }

    fn labels(&mut self, object: RowId, role: &'static str, labels: Option<Value<'_>>) {
        for (key, value) in labels.into_iter().flat_map(Value::entries) {
            let Some(name) = key.text() else { continue };
            self.facts.push(K8sLabel {
                span: self.file.span(key.range().start..value.range().end.max(key.range().end)),
                certainty: Certainty::Certain,
                object,
                role,
                key: name.to_owned(),
                value: value.text().map(str::to_owned),
            });
        }
    }

    /// A selector with `matchLabels` and `matchExpressions`.
    fn selector(&mut self, object: RowId, selector: Option<Value<'_>>) {
        let Some(selector) = selector else { return };
        self.labels(object, "selector", selector.get("matchLabels"));
        for expression in selector.get("matchExpressions").into_iter().flat_map(Value::items) {
            let Some(key) = expression.text_at("key") else { continue };
            let span = self.span(expression);
            let certainty = Certainty::Certain;
            self.facts.push(K8sLabel { span, certainty, object, role: "selector", key: key.to_owned(), value: None });
        }
    }
}

/// A value that a later tool fills in is not known here.
fn certainty(text: &str) -> Certainty {
    if text.contains("${") || text.contains("{{") { Certainty::Unresolved } else { Certainty::Certain }
}

fn object(root: Value<'_>, pen: &mut Pen<'_, '_>) {
    let Some(kind) = root.get("kind").filter(|_| root.get("apiVersion").is_some()) else { return };
    let metadata = root.get("metadata");
    let name = metadata.and_then(|metadata| metadata.get("name"));
    let (path, folder) = (pen.file.path, pen.file.path.rsplit_once('/').map_or("", |(folder, _)| folder));
    let text = name.and_then(Value::text).unwrap_or_default();
    let span = pen.span(name.unwrap_or(kind));
    let row = pen.facts.push(K8sObject {
        span,
        certainty: certainty(text),
        path: path.to_owned(),
        folder: folder.to_owned(),
        kind: kind.text().unwrap_or_default().to_owned(),
        api_version: root.string_at("apiVersion").unwrap_or_default(),
        name: text.to_owned(),
        namespace: metadata.and_then(|metadata| metadata.string_at("namespace")),
    });
    pen.labels(row, "label", metadata.and_then(|metadata| metadata.get("labels")));
    pen.labels(row, "annotation", metadata.and_then(|metadata| metadata.get("annotations")));
    let Some(kind) = kind.text() else { return };
    if workload::state(kind, root, (row, span), pen) {
        return;
    }
    match kind {
        "Service" => network::service(root, row, pen),
        "Ingress" => network::ingress(root, row, pen),
        "NetworkPolicy" => network::policy(root, row, pen),
        "PodDisruptionBudget" => network::budget(root, row, pen),
        "HorizontalPodAutoscaler" => network::autoscaler(root, row, pen),
        "ServiceMonitor" | "PodMonitor" => pen.selector(row, root.at(&["spec", "selector"])),
        "Role" | "ClusterRole" => access::role(root, row, pen),
        "RoleBinding" | "ClusterRoleBinding" => access::binding(root, row, pen),
        "ServiceAccount" => access::account(root, (row, span), pen),
        "ConfigMap" | "Secret" => data::state(root, row, pen),
        "PersistentVolumeClaim" => workload::claim(root, row, pen),
        _ => {}
    }
}
