//! Services, ingresses, and the policies that select pods.

use super::{Pen, certainty};
use crate::facts::schema::k8s::{K8sAutoscaler, K8sDisruptionBudget, K8sIngressPath, K8sNetworkPolicy, K8sServicePort};
use crate::facts::{Certainty, RowId};
use crate::syntax::yaml::Value;

pub(super) fn service(root: Value<'_>, object: RowId, pen: &mut Pen<'_, '_>) {
    pen.labels(object, "selector", root.at(&["spec", "selector"]));
    let service_type = root.at(&["spec", "type"]).and_then(Value::text).unwrap_or("ClusterIP");
    for port in root.at(&["spec", "ports"]).into_iter().flat_map(Value::items) {
        let span = pen.span(port);
        pen.facts.push(K8sServicePort {
            span,
            certainty: certainty(service_type),
            service: object,
            name: port.string_at("name"),
            port: port.int_at("port"),
            target_port: port.string_at("targetPort").or_else(|| port.string_at("port")),
            service_type: service_type.to_owned(),
        });
    }
}

pub(super) fn ingress(root: Value<'_>, object: RowId, pen: &mut Pen<'_, '_>) {
    let tls: Vec<Value<'_>> = root.at(&["spec", "tls"]).into_iter().flat_map(Value::items).collect();
    let hosts: Vec<&str> = tls.iter().filter_map(|entry| entry.get("hosts")).flat_map(Value::texts).collect();
    let covers = |host: Option<&str>| {
        let wildcard =
            |name: &&str| name.strip_prefix('*').is_some_and(|rest| host.is_some_and(|host| host.ends_with(rest)));
        host.is_some_and(|host| hosts.contains(&host) || hosts.iter().any(wildcard))
            || !tls.is_empty() && (hosts.is_empty() || host.is_none())
    };
    for rule in root.at(&["spec", "rules"]).into_iter().flat_map(Value::items) {
        let host = rule.text_at("host");
        for path in rule.at(&["http", "paths"]).into_iter().flat_map(Value::items) {
            let backend = path.get("backend");
            ingress_path(path, backend, (object, host, covers(host)), pen);
        }
    }
    for backend in ["defaultBackend", "backend"].iter().filter_map(|key| root.at(&["spec", key])) {
        ingress_path(backend, Some(backend), (object, None, !tls.is_empty()), pen);
    }
    for secret in tls.iter().filter_map(|entry| entry.get("secretName")) {
        pen.reference(object, "Secret", secret, (None, true));
    }
}

fn ingress_path(
    path: Value<'_>,
    backend: Option<Value<'_>>,
    (ingress, host, has_tls): (RowId, Option<&str>, bool),
    pen: &mut Pen<'_, '_>,
) {
    let service = backend.and_then(|backend| backend.at(&["service", "name"]).or_else(|| backend.get("serviceName")));
    let port = backend.and_then(|backend| {
        let port = backend.at(&["service", "port"]);
        port.and_then(|port| port.get("number").or_else(|| port.get("name"))).or_else(|| backend.get("servicePort"))
    });
    let span = pen.span(service.unwrap_or(path));
    pen.facts.push(K8sIngressPath {
        span,
        certainty: host.map_or(Certainty::Certain, certainty),
        ingress,
        host: host.map(str::to_owned),
        path: path.string_at("path"),
        service: service.and_then(Value::text).map(str::to_owned),
        port: port.and_then(Value::text).map(str::to_owned),
        has_tls,
    });
}

pub(super) fn policy(root: Value<'_>, object: RowId, pen: &mut Pen<'_, '_>) {
    let spec = root.get("spec");
    let selector = spec.and_then(|spec| spec.get("podSelector"));
    pen.selector(object, selector);
    let types = spec.and_then(|spec| spec.get("policyTypes")).map(Value::texts);
    let has = |field: &str| spec.and_then(|spec| spec.get(field)).is_some();
    let span = pen.span(root.at(&["metadata", "name"]).unwrap_or(root));
    pen.facts.push(K8sNetworkPolicy {
        span,
        certainty: Certainty::Certain,
        object,
        rules_ingress: types.as_ref().is_none_or(|types| types.contains(&"Ingress")),
        rules_egress: types.as_ref().map_or_else(|| has("egress"), |types| types.contains(&"Egress")),
        selects_all: selector.is_none_or(|selector| selector.entries().next().is_none()),
    });
}

pub(super) fn budget(root: Value<'_>, object: RowId, pen: &mut Pen<'_, '_>) {
    pen.selector(object, root.at(&["spec", "selector"]));
    let text = |key: &str| root.at(&["spec", key]).and_then(Value::text).map(str::to_owned);
    let span = pen.span(root.at(&["metadata", "name"]).unwrap_or(root));
    pen.facts.push(K8sDisruptionBudget {
        span,
        certainty: Certainty::Certain,
        object,
        min_available: text("minAvailable"),
        max_unavailable: text("maxUnavailable"),
    });
}

pub(super) fn autoscaler(root: Value<'_>, object: RowId, pen: &mut Pen<'_, '_>) {
    let Some(spec) = root.get("spec") else { return };
    let target = spec.get("scaleTargetRef");
    let metrics: Vec<&str> = spec
        .get("metrics")
        .into_iter()
        .flat_map(Value::items)
        .filter_map(|metric| metric.at(&["resource", "name"]).and_then(Value::text))
        .collect();
    let span = pen.span(target.unwrap_or(root));
    let target_text = |key: &str| target.and_then(|target| target.string_at(key)).unwrap_or_default();
    pen.facts.push(K8sAutoscaler {
        span,
        certainty: Certainty::Certain,
        object,
        target_kind: target_text("kind"),
        target_name: target_text("name"),
        min_replicas: spec.int_at("minReplicas"),
        max_replicas: spec.int_at("maxReplicas"),
        uses_cpu: metrics.contains(&"cpu") || spec.get("targetCPUUtilizationPercentage").is_some(),
        uses_memory: metrics.contains(&"memory"),
    });
}
