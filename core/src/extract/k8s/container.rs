//! Containers with the settings in force: those of the pod where the container has none of its own.

use super::{Pen, certainty};
use crate::extract::image::Image;
use crate::extract::values;
use crate::facts::schema::k8s::{K8sContainer, K8sContainerPort, K8sEnv, K8sMount, K8sProbe};
use crate::facts::{Certainty, RowId};
use crate::syntax::yaml::Value;

/// States the containers of a pod.
pub(super) fn state(pod: Value<'_>, (object, workload): (RowId, RowId), pen: &mut Pen<'_, '_>) {
    for (field, role) in [("initContainers", "init"), ("containers", "container")] {
        for container in pod.get(field).into_iter().flat_map(Value::items) {
            let is_sidecar = role == "init" && container.text_at("restartPolicy") == Some("Always");
            let role = if is_sidecar { "sidecar" } else { role };
            let row = row(container, pod, (workload, role), pen);
            let id = pen.facts.push(row);
            ports(container, id, pen);
            probes(container, id, pen);
            environment(container, (object, id), pen);
            mounts(container, (workload, id), pen);
        }
    }
}

fn row(
    container: Value<'_>,
    pod: Value<'_>,
    (workload, role): (RowId, &'static str),
    pen: &Pen<'_, '_>,
) -> K8sContainer {
    let own = container.get("securityContext");
    let shared = pod.get("securityContext");
    let in_force = |key: &str| own.and_then(|own| own.get(key)).or_else(|| shared.and_then(|shared| shared.get(key)));
    let own_flag = |key: &str| own.and_then(|own| own.flag_at(key));
    let image = container.text_at("image");
    let parsed = image.map(Image::parse).unwrap_or_default();
    let resource =
        |kind: &str, name: &str| container.at(&["resources", kind, name]).and_then(Value::text).map(str::to_owned);
    let list = |key: &str| own.and_then(|own| own.at(&["capabilities", key])).map(Value::texts).unwrap_or_default();
    let added = list("add");
    K8sContainer {
        span: pen.span(container.get("name").unwrap_or(container)),
        certainty: image.map_or(Certainty::Certain, certainty),
        workload,
        name: container.string_at("name").unwrap_or_default(),
        role,
        image: image.map(str::to_owned),
        image_name: image.map(|_| parsed.name),
        image_tag: parsed.tag,
        has_digest: parsed.digest.is_some(),
        pull_policy: container.string_at("imagePullPolicy"),
        is_privileged: own_flag("privileged") == Some(true),
        allows_escalation: own_flag("allowPrivilegeEscalation"),
        runs_as_non_root: in_force("runAsNonRoot").and_then(Value::text).map(|text| text == "true"),
        run_as_user: in_force("runAsUser").and_then(Value::text).and_then(|text| text.parse().ok()),
        has_read_only_root: own_flag("readOnlyRootFilesystem") == Some(true),
        seccomp: in_force("seccompProfile").and_then(|profile| profile.string_at("type")),
        drops_all: list("drop").iter().any(|name| name.eq_ignore_ascii_case("all")),
        added_capabilities: (!added.is_empty()).then(|| added.join(" ")),
        has_unmasked_proc: own.and_then(|own| own.text_at("procMount")) == Some("Unmasked"),
        cpu_request: resource("requests", "cpu"),
        cpu_limit: resource("limits", "cpu"),
        memory_request: resource("requests", "memory"),
        memory_limit: resource("limits", "memory"),
        has_pre_stop: container.at(&["lifecycle", "preStop"]).is_some(),
        command: command(container),
    }
}

fn command(container: Value<'_>) -> Option<String> {
    let words = ["command", "args"].iter().filter_map(|key| container.get(key)).flat_map(Value::texts);
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn ports(container: Value<'_>, id: RowId, pen: &mut Pen<'_, '_>) {
    for port in container.get("ports").into_iter().flat_map(Value::items) {
        let span = pen.span(port);
        pen.facts.push(K8sContainerPort {
            span,
            certainty: Certainty::Certain,
            container: id,
            name: port.string_at("name"),
            port: port.int_at("containerPort"),
            host_port: port.int_at("hostPort"),
        });
    }
}

fn probes(container: Value<'_>, id: RowId, pen: &mut Pen<'_, '_>) {
    for (field, kind) in [("livenessProbe", "liveness"), ("readinessProbe", "readiness"), ("startupProbe", "startup")] {
        let Some(probe) = container.get(field).filter(|probe| probe.is_mapping()) else { continue };
        let handlers = [("httpGet", "http"), ("tcpSocket", "tcp"), ("grpc", "grpc"), ("exec", "exec")];
        let Some((handler, target)) =
            handlers.into_iter().find_map(|(field, handler)| Some((handler, probe.get(field)?)))
        else {
            continue;
        };
        let timing = ["initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold"];
        let timing = timing.map(|key| probe.text_at(key).unwrap_or("-")).join(" ");
        let span = pen.span(target);
        pen.facts.push(K8sProbe {
            span,
            certainty: Certainty::Certain,
            container: id,
            kind,
            handler,
            path: target.string_at("path"),
            port: target.string_at("port"),
            command: target.get("command").map(|command| command.texts().join(" ")),
            timing,
        });
    }
}

fn environment(container: Value<'_>, (object, id): (RowId, RowId), pen: &mut Pen<'_, '_>) {
    for variable in container.get("env").into_iter().flat_map(Value::items) {
        let Some(name) = variable.get("name") else { continue };
        variable_row(name, variable, (object, id), pen);
    }
    for source in container.get("envFrom").into_iter().flat_map(Value::items) {
        for (field, kind, word) in [("secretRef", "Secret", "secret"), ("configMapRef", "ConfigMap", "config_map")] {
            let Some(referred) = source.get(field) else { continue };
            let is_optional = referred.flag_at("optional") == Some(true);
            let span = pen.span(source);
            pen.facts.push(K8sEnv {
                span,
                certainty: Certainty::Certain,
                container: id,
                name: None,
                value: None,
                source: word,
                ref_name: referred.string_at("name"),
                ref_key: None,
                is_optional,
                is_secret_name: false,
                value_class: "empty",
            });
            referred.get("name").into_iter().for_each(|name| pen.reference(object, kind, name, (None, is_optional)));
        }
    }
}

fn variable_row(name: Value<'_>, variable: Value<'_>, (object, id): (RowId, RowId), pen: &mut Pen<'_, '_>) {
    let text = name.text().unwrap_or_default();
    let value = variable.text_at("value");
    let from = variable.get("valueFrom");
    let sources = [
        ("secretKeyRef", "secret", Some("Secret")),
        ("configMapKeyRef", "config_map", Some("ConfigMap")),
        ("fieldRef", "field", None),
        ("resourceFieldRef", "resource", None),
    ];
    let found = sources.into_iter().find_map(|(field, word, kind)| Some((from?.get(field)?, word, kind)));
    let referred = found.map(|(referred, _, _)| referred);
    let is_optional = referred.is_some_and(|referred| referred.flag_at("optional") == Some(true));
    let key = referred.and_then(|referred| referred.text_at("key"));
    let class = values::classify(pen.facts.known(), text, value.unwrap_or_default());
    let span = pen.file.span(name.range());
    pen.facts.push(K8sEnv {
        span,
        certainty: value.map_or(Certainty::Certain, certainty),
        container: id,
        name: Some(text.to_owned()),
        value: value.map(str::to_owned),
        source: found.map_or("literal", |(_, word, _)| word),
        ref_name: referred.and_then(|referred| referred.string_at("name")),
        ref_key: key.map(str::to_owned),
        is_optional,
        is_secret_name: class.is_secret_name,
        value_class: class.class,
    });
    if let Some((referred, _, Some(kind))) = found {
        referred.get("name").into_iter().for_each(|name| pen.reference(object, kind, name, (key, is_optional)));
    }
}

fn mounts(container: Value<'_>, (workload, id): (RowId, RowId), pen: &mut Pen<'_, '_>) {
    for mount in container.get("volumeMounts").into_iter().flat_map(Value::items) {
        let Some(volume) = mount.text_at("name") else { continue };
        let span = pen.span(mount);
        pen.facts.push(K8sMount {
            span,
            certainty: Certainty::Certain,
            container: id,
            workload,
            volume: volume.to_owned(),
            path: mount.string_at("mountPath").unwrap_or_default(),
            is_read_only: mount.flag_at("readOnly") == Some(true),
        });
    }
}
