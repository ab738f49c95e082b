//! Workloads: the pod template of every kind that runs pods.

use super::{Pen, certainty, container};
use crate::facts::schema::k8s::{K8sClaim, K8sJobSettings, K8sVolume, K8sWorkload};
use crate::facts::{Certainty, RowId};
use crate::source::Span;
use crate::syntax::yaml::Value;

/// States the workload that `root` is; `false` where it is none.
pub(super) fn state(kind: &str, root: Value<'_>, (object, span): (RowId, Span), pen: &mut Pen<'_, '_>) -> bool {
    let template = match kind {
        "Pod" => Some(root),
        "CronJob" => root.at(&["spec", "jobTemplate", "spec", "template"]),
        "Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "ReplicaSet" | "ReplicationController" | "Rollout" => {
            root.at(&["spec", "template"])
        }
        _ => return false,
    };
    let Some(template) = template else { return true };
    let Some(pod) = template.get("spec") else { return true };
    let spec = root.get("spec").unwrap_or(root);
    let workload = pen.facts.push(row(kind, (spec, pod), (object, span), root));
    pen.labels(object, "pod_label", template.at(&["metadata", "labels"]));
    pen.labels(object, "pod_annotation", template.at(&["metadata", "annotations"]));
    pen.selector(object, spec.get("selector"));
    for (field, kind) in [("serviceAccountName", "ServiceAccount"), ("serviceName", "Service")] {
        for holder in [pod, spec] {
            holder.get(field).into_iter().for_each(|name| pen.reference(object, kind, name, (None, false)));
        }
    }
    for secret in pod.get("imagePullSecrets").into_iter().flat_map(Value::items) {
        secret.get("name").into_iter().for_each(|name| pen.reference(object, "Secret", name, (None, false)));
    }
    volumes(pod, (object, workload), pen);
    for claim in spec.get("volumeClaimTemplates").into_iter().flat_map(Value::items) {
        claim_template(claim, (object, workload), pen);
    }
    container::state(pod, (object, workload), pen);
    job_settings(kind, root, workload, pen);
    true
}

fn row(kind: &str, (spec, pod): (Value<'_>, Value<'_>), (object, span): (RowId, Span), root: Value<'_>) -> K8sWorkload {
    let flag = |key: &str| pod.flag_at(key).unwrap_or(false);
    let spreads = pod.get("topologySpreadConstraints").is_some_and(|list| list.items().next().is_some());
    K8sWorkload {
        span,
        certainty: spec.get("replicas").and_then(Value::text).map_or(Certainty::Certain, certainty),
        object,
        kind: kind.to_owned(),
        name: root.at(&["metadata", "name"]).and_then(Value::text).unwrap_or_default().to_owned(),
        replicas: spec.int_at("replicas"),
        strategy: [&["strategy", "type"], &["updateStrategy", "type"]]
            .into_iter()
            .find_map(|path| spec.at(path).and_then(Value::text))
            .map(str::to_owned),
        service_account: pod.string_at("serviceAccountName"),
        automounts_token: pod.flag_at("automountServiceAccountToken"),
        host_network: flag("hostNetwork"),
        host_pid: flag("hostPID"),
        host_ipc: flag("hostIPC"),
        grace_seconds: pod.int_at("terminationGracePeriodSeconds"),
        restart_policy: pod.string_at("restartPolicy"),
        is_spread: spreads || pod.at(&["affinity", "podAntiAffinity"]).is_some(),
        service_name: spec.string_at("serviceName"),
    }
}

fn volumes(pod: Value<'_>, (object, workload): (RowId, RowId), pen: &mut Pen<'_, '_>) {
    for volume in pod.get("volumes").into_iter().flat_map(Value::items) {
        let Some(name) = volume.text_at("name") else { continue };
        let (kind, source, referred) = volume_source(volume);
        let is_optional = ["secret", "configMap"]
            .iter()
            .any(|key| volume.get(key).is_some_and(|source| source.flag_at("optional") == Some(true)));
        let span = pen.span(source.unwrap_or(volume));
        pen.facts.push(K8sVolume {
            span,
            certainty: Certainty::Certain,
            workload,
            name: name.to_owned(),
            kind,
            source: source.and_then(Value::text).map(str::to_owned),
            is_optional,
        });
        if let (Some(kind), Some(source)) = (referred, source) {
            pen.reference(object, kind, source, (None, is_optional));
        }
        for part in volume.at(&["projected", "sources"]).into_iter().flat_map(Value::items) {
            for (field, kind) in [("secret", "Secret"), ("configMap", "ConfigMap")] {
                let Some(source) = part.get(field) else { continue };
                let is_optional = source.flag_at("optional") == Some(true);
                source.get("name").into_iter().for_each(|name| pen.reference(object, kind, name, (None, is_optional)));
            }
        }
    }
}

type Source<'d> = (&'static str, Option<Value<'d>>, Option<&'static str>);

/// The kind of a volume, the value that names its source, and the kind of object that this is.
fn volume_source(volume: Value<'_>) -> Source<'_> {
    let kinds: [(&str, &str, &'static str, Option<&'static str>); 4] = [
        ("hostPath", "path", "host_path", None),
        ("persistentVolumeClaim", "claimName", "claim", Some("PersistentVolumeClaim")),
        ("secret", "secretName", "secret", Some("Secret")),
        ("configMap", "name", "config_map", Some("ConfigMap")),
    ];
    let found = kinds
        .into_iter()
        .find_map(|(field, key, kind, referred)| volume.get(field).map(|source| (kind, source.get(key), referred)));
    found.unwrap_or_else(|| {
        let has = |field: &str| volume.get(field).is_some();
        (
            if has("emptyDir") {
                "empty_dir"
            } else if has("projected") {
                "projected"
            } else {
                "other"
            },
            None,
            None,
        )
    })
}

/// States a PersistentVolumeClaim.
pub(super) fn claim(root: Value<'_>, object: RowId, pen: &mut Pen<'_, '_>) {
    let name = root.at(&["metadata", "name"]);
    let span = pen.span(name.unwrap_or(root));
    let access_modes = root.at(&["spec", "accessModes"]).map(Value::texts).unwrap_or_default().join(" ");
    let text = name.and_then(Value::text).unwrap_or_default();
    pen.facts.push(K8sClaim { span, certainty: certainty(text), object, name: text.to_owned(), access_modes });
}

fn claim_template(template: Value<'_>, (object, workload): (RowId, RowId), pen: &mut Pen<'_, '_>) {
    claim(template, object, pen);
    let Some(name) = template.at(&["metadata", "name"]) else { return };
    let span = pen.span(name);
    pen.facts.push(K8sVolume {
        span,
        certainty: Certainty::Certain,
        workload,
        name: name.text().unwrap_or_default().to_owned(),
        kind: "claim_template",
        source: None,
        is_optional: false,
    });
}

fn job_settings(kind: &str, root: Value<'_>, workload: RowId, pen: &mut Pen<'_, '_>) {
    let (cron, job) = match kind {
        "CronJob" => (root.get("spec"), root.at(&["spec", "jobTemplate", "spec"])),
        "Job" => (None, root.get("spec")),
        _ => return,
    };
    let span = pen.span(root.at(&["metadata", "name"]).unwrap_or(root));
    let of_job = |key: &str| job.and_then(|job| job.int_at(key));
    pen.facts.push(K8sJobSettings {
        span,
        certainty: Certainty::Certain,
        workload,
        schedule: cron.and_then(|cron| cron.string_at("schedule")),
        concurrency: cron.and_then(|cron| cron.string_at("concurrencyPolicy")),
        starting_deadline: cron.and_then(|cron| cron.int_at("startingDeadlineSeconds")),
        active_deadline: of_job("activeDeadlineSeconds"),
        backoff_limit: of_job("backoffLimit"),
        ttl: of_job("ttlSecondsAfterFinished"),
    });
}
