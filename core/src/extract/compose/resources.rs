//! What a service shares with others: ports, mounts, networks, secrets, start order.

use super::mount;
use super::port;
use super::rows::Place;
use super::service::Service;
use super::value::{Scalar, Value};
use crate::facts::schema::compose::{
    ComposeDependsOn, ComposeMount, ComposePort, ComposeSecretGrant, ComposeServiceNetwork,
};
use crate::facts::{Certainty, FactSet};

pub(super) fn state(service: &Service<'_>, facts: &mut FactSet) {
    let items = |key: &str| service.value.get(key).map(Value::items).unwrap_or_default();
    for item in items("ports") {
        state_port(service, item, facts);
    }
    for item in items("volumes") {
        state_mount(service, item, facts);
    }
    for item in service.value.get("tmpfs").map(Value::one_or_many).unwrap_or_default() {
        state_tmpfs(service, item, facts);
    }
    for (kind, key) in [("secret", "secrets"), ("config", "configs")] {
        for item in items(key) {
            state_grant(service, kind, item, facts);
        }
    }
    state_networks(service, facts);
    state_dependencies(service, facts);
}

fn certainty(value: &Value) -> Certainty {
    value.as_scalar().map_or(Certainty::Certain, Scalar::certainty)
}

fn state_port(service: &Service<'_>, item: &Value, facts: &mut FactSet) {
    let Some(port) = port::read(item) else { return };
    facts.push(ComposePort {
        span: item.span,
        certainty: if port.is_unresolved { Certainty::Unresolved } else { certainty(item) },
        service: service.id,
        is_public: port.is_public(),
        host_ip: port.host_ip,
        host_port: port.host.map(|range| range.0),
        host_port_end: port.host.map(|range| range.1),
        container_port: port.container.map(|range| range.0),
        container_port_end: port.container.map(|range| range.1),
        protocol: port.protocol,
        written: port.written,
        is_quoted: item.as_scalar().is_none_or(|scalar| !scalar.is_plain),
        role: service.project.role(item.span),
    });
}

fn state_mount(service: &Service<'_>, item: &Value, facts: &mut FactSet) {
    let Some(read) = mount::read(item) else { return };
    let source = item.get("source").and_then(Value::as_scalar).or_else(|| item.as_scalar());
    let is_unset =
        source.is_some_and(Scalar::is_unset) && read.source.as_ref().is_some_and(|source| source.contains('$'));
    let place = match (read.kind, &read.source) {
        ("bind", Some(path)) if !is_unset => service.project.place(&Scalar::literal(path.clone()), item.span),
        ("bind", Some(_)) => Place { path: None, state: "unknown" },
        ("volume", Some(_)) => Place { path: None, state: "volume" },
        _ => Place { path: None, state: "none" },
    };
    if let ("volume", Some(name)) = (read.kind, &read.source) {
        let state = service.project.state_of(service.project.volumes.contains_key(name));
        service.refer(("volume", name, state), item.span, true, facts);
    }
    facts.push(ComposeMount {
        span: item.span,
        certainty: if is_unset { Certainty::Unresolved } else { certainty(item) },
        service: service.id,
        kind: read.kind,
        source: read.source,
        source_path: place.path,
        source_state: place.state,
        target: read.target,
        is_read_only: read.is_read_only,
        options: read.options,
        creates_host_path: read.creates_host_path,
        role: service.project.role(item.span),
    });
}

fn state_tmpfs(service: &Service<'_>, item: &Value, facts: &mut FactSet) {
    let Some(text) = item.text() else { return };
    let (target, options) = text.split_once(':').unwrap_or((text, ""));
    facts.push(ComposeMount {
        span: item.span,
        certainty: certainty(item),
        service: service.id,
        kind: "tmpfs",
        source: None,
        source_path: None,
        source_state: "none",
        target: target.to_owned(),
        is_read_only: false,
        options: options.to_owned(),
        creates_host_path: false,
        role: service.project.role(item.span),
    });
}

fn state_grant(service: &Service<'_>, kind: &'static str, item: &Value, facts: &mut FactSet) {
    let text = |key: &str| item.get(key).and_then(Value::text).map(str::to_owned);
    let Some(name) = item.text().map(str::to_owned).or_else(|| text("source")) else { return };
    let secret = service.project.secrets.get(&(kind, name.clone())).copied();
    service.refer((kind, &name, service.project.state_of(secret.is_some())), item.span, true, facts);
    let mode = item.get("mode");
    facts.push(ComposeSecretGrant {
        span: mode.map_or(item.span, |mode| mode.span),
        certainty: certainty(item),
        service: service.id,
        secret,
        kind,
        name,
        target: text("target"),
        mode: mode.and_then(Value::text).and_then(octal),
        uid: text("uid"),
        gid: text("gid"),
        role: service.project.role(item.span),
    });
}

/// `0444`, `0o444` and `"444"` are octal; YAML 1.1 readers see a plain `444` as decimal, Compose as octal. What cannot be
/// octal (`292`) is decimal.
fn octal(text: &str) -> Option<i64> {
    i64::from_str_radix(text.trim_start_matches("0o"), 8).ok().or_else(|| text.parse().ok())
}

fn state_networks(service: &Service<'_>, facts: &mut FactSet) {
    if service.value.get("network_mode").is_some() {
        return;
    }
    let default = [("default".to_owned(), service.value.span)];
    let named: Vec<_> = match service.value.get("networks").map(Value::entries) {
        Some(entries) if !entries.is_empty() => {
            entries.iter().map(|entry| (entry.key.clone(), entry.key_span)).collect()
        }
        _ => default.to_vec(),
    };
    for (name, span) in named {
        let network = service.project.networks.get(&name).copied();
        if name != "default" {
            service.refer(("network", &name, service.project.state_of(network.is_some())), span, true, facts);
        }
        facts.push(ComposeServiceNetwork { span, certainty: Certainty::Certain, service: service.id, network, name });
    }
}

fn state_dependencies(service: &Service<'_>, facts: &mut FactSet) {
    for entry in service.value.get("depends_on").map(Value::entries).unwrap_or_default() {
        let target = service.project.services.get(&entry.key).copied();
        let is_required = entry.value.get("required").and_then(Value::boolean).unwrap_or(true);
        let condition = entry.value.get("condition").and_then(Value::text).unwrap_or("service_started");
        let state = service.project.state_of(target.is_some());
        service.refer(("service", &entry.key, state), entry.key_span, is_required, facts);
        facts.push(ComposeDependsOn {
            span: entry.key_span,
            certainty: Certainty::Certain,
            service: service.id,
            target,
            name: entry.key.clone(),
            condition: condition.to_owned(),
            is_required,
            role: service.project.role(entry.key_span),
        });
    }
}
