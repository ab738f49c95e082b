//! KrakenD's configuration: endpoints with their backends, and what is switched on by `extra_config`.

use super::purpose;
use crate::extract::address::host_port;
use crate::extract::yaml::Node;
use crate::facts::schema::gateway::{GatewayPlugin, GatewayRoute, GatewayService, GatewaySetting};
use crate::facts::{Certainty, FactSet, RowId};

/// Whether a JSON text is KrakenD's configuration.
pub(super) fn is_krakend(path: &str, text: &str) -> bool {
    path.ends_with(".json")
        && text.contains("\"endpoints\"")
        && text.contains("\"backend\"")
        && text.contains("krakend")
}

/// States what stands below `root`.
pub(super) fn state(root: Node<'_>, config: RowId, facts: &mut FactSet) {
    extra(root, "global", "", (config, facts));
    if let Some(timeout) = root.get("timeout").filter(|timeout| timeout.text().is_some()) {
        setting(timeout, "timeout", timeout.text().unwrap_or_default().to_owned(), (config, facts));
    }
    for endpoint in root.items_at("endpoints") {
        let name = endpoint.text_at("endpoint").unwrap_or_default();
        extra(endpoint, "route", name, (config, facts));
        for backend in endpoint.items_at("backend") {
            state_backend(backend, (endpoint, name), (config, facts));
            extra(backend, "service", name, (config, facts));
        }
    }
}

fn state_backend(node: Node<'_>, (endpoint, name): (Node<'_>, &str), (config, facts): (RowId, &mut FactSet)) {
    let method = endpoint.text_at("method").unwrap_or("GET");
    let hosts: Vec<Node<'_>> = node.items_at("host");
    for host in hosts {
        let address = host_port(host.text().unwrap_or_default());
        let certainty = if address.host.is_some() { Certainty::Certain } else { Certainty::Unresolved };
        let service = address.host.clone().unwrap_or_default();
        facts.push(GatewayService {
            span: host.span(),
            certainty,
            config,
            name: service.clone(),
            host: address.host,
            port: address.port,
            is_upstream: false,
            has_health_check: false,
            health_path: None,
        });
        // Backends of one endpoint are asked together, and none takes the place of another.
        let matches = format!("{method}|{name}|{}", node.text_at("url_pattern").unwrap_or_default());
        let span = endpoint.get("endpoint").unwrap_or(endpoint).span();
        facts.push(GatewayRoute { span, certainty, config, name: name.to_owned(), service, matches });
    }
}

/// Components: the keys of `extra_config`.
fn extra(node: Node<'_>, scope: &'static str, target: &str, (config, facts): (RowId, &mut FactSet)) {
    for (key, value) in node.get("extra_config").map(Node::entries).unwrap_or_default() {
        let name = key.text().unwrap_or_default();
        facts.push(GatewayPlugin {
            span: key.span(),
            certainty: Certainty::Certain,
            config,
            name: name.to_owned(),
            kind: purpose(name),
            scope,
            target: target.to_owned(),
            is_active: true,
        });
        if name == "security/cors" {
            let origins: Vec<&str> = value.items_at("allow_origins").into_iter().filter_map(Node::text).collect();
            let with = value.get("allow_credentials").and_then(Node::boolean).unwrap_or(false);
            let key = if with { "cors.origins.credentials" } else { "cors.origins" };
            let value_node = value.get("allow_origins").unwrap_or(value);
            let text = if origins.is_empty() { "*".to_owned() } else { origins.join(" ") };
            setting(value_node, key, text, (config, facts));
        }
    }
}

fn setting(node: Node<'_>, key: &str, value: String, (config, facts): (RowId, &mut FactSet)) {
    facts.push(GatewaySetting { span: node.span(), certainty: Certainty::Certain, config, key: key.to_owned(), value });
}
