//! Kong's declarative format: services with routes and plugins, upstreams with targets.

use super::purpose;
use crate::extract::address::host_port;
use crate::extract::yaml::Node;
use crate::facts::schema::gateway::{GatewayPlugin, GatewayRoute, GatewayService, GatewaySetting, GatewayTarget};
use crate::facts::{Certainty, FactSet, RowId};

/// States the entities below `root`.
pub(super) fn state(root: Node<'_>, config: RowId, facts: &mut FactSet) {
    let upstreams = root.items_at("upstreams");
    for service in root.items_at("services") {
        state_service(service, &upstreams, config, facts);
        let name = service.text_at("name").unwrap_or_default();
        for route in service.items_at("routes") {
            state_route(route, name, config, facts);
        }
        state_plugins(service, "service", name, config, facts);
    }
    for route in root.items_at("routes") {
        let service = route.at(&["service", "name"]).or_else(|| route.get("service")).and_then(Node::text);
        state_route(route, service.unwrap_or_default(), config, facts);
    }
    state_plugins(root, "global", "", config, facts);
    for upstream in upstreams {
        let name = upstream.text_at("name").unwrap_or_default();
        for target in upstream.items_at("targets") {
            let node = target.get("target").unwrap_or(target);
            let address = host_port(node.text().unwrap_or_default());
            facts.push(GatewayTarget {
                span: node.span(),
                certainty: certainty(address.host.as_deref()),
                config,
                upstream: name.to_owned(),
                // Kong listens on 8000 behind an upstream whose target names no port.
                port: address.port.or(Some(8000)),
                host: address.host,
            });
        }
    }
}

fn certainty(host: Option<&str>) -> Certainty {
    if host.is_some() { Certainty::Certain } else { Certainty::Unresolved }
}

fn state_service(node: Node<'_>, upstreams: &[Node<'_>], config: RowId, facts: &mut FactSet) {
    let url = node.get("url");
    let host = node.get("host");
    let address = host_port(url.or(host).and_then(Node::text).unwrap_or_default());
    let upstream = upstreams.iter().find(|upstream| upstream.text_at("name") == address.host.as_deref());
    let default_port = if node.text_at("protocol") == Some("https") { 443 } else { 80 };
    let written = node.text_at("port").and_then(|port| port.parse().ok());
    facts.push(GatewayService {
        span: url.or(host).unwrap_or(node).span(),
        certainty: certainty(address.host.as_deref()),
        config,
        name: node.text_at("name").unwrap_or_default().to_owned(),
        port: address.port.or(written).or(Some(default_port)),
        host: address.host,
        is_upstream: upstream.is_some(),
        has_health_check: upstream.is_some_and(|upstream| upstream.at(&["healthchecks", "active"]).is_some()),
        health_path: upstream
            .and_then(|upstream| upstream.at(&["healthchecks", "active", "http_path"])?.text())
            .map(str::to_owned),
    });
}

fn state_route(node: Node<'_>, service: &str, config: RowId, facts: &mut FactSet) {
    let texts = |key: &str| {
        let mut texts: Vec<&str> = node.items_at(key).into_iter().filter_map(Node::text).collect();
        texts.sort_unstable();
        texts.join(" ")
    };
    let matches = ["hosts", "paths", "methods"].map(texts).join("|");
    let name = node.text_at("name").unwrap_or_default();
    facts.push(GatewayRoute {
        span: node.get("name").unwrap_or(node).span(),
        certainty: Certainty::Certain,
        config,
        name: name.to_owned(),
        service: service.to_owned(),
        matches,
    });
    state_plugins(node, "route", name, config, facts);
}

fn state_plugins(node: Node<'_>, scope: &'static str, target: &str, config: RowId, facts: &mut FactSet) {
    for plugin in node.items_at("plugins") {
        let name = plugin.text_at("name").unwrap_or_default();
        let (scope, target) = placed(plugin, scope, target);
        facts.push(GatewayPlugin {
            span: plugin.get("name").unwrap_or(plugin).span(),
            certainty: Certainty::Certain,
            config,
            name: name.to_owned(),
            kind: purpose(name),
            scope,
            target: target.to_owned(),
            is_active: plugin.get("enabled").and_then(Node::boolean).unwrap_or(true),
        });
        state_origins(plugin, name, config, facts);
    }
}

/// Where a plugin is in force: one of the whole file can name a route or a service.
fn placed<'t>(plugin: Node<'t>, scope: &'static str, target: &'t str) -> (&'static str, &'t str) {
    let named = |key| plugin.at(&[key, "name"]).or_else(|| plugin.get(key)).and_then(Node::text);
    match (scope, named("route"), named("service")) {
        ("global", Some(route), _) => ("route", route),
        ("global", None, Some(service)) => ("service", service),
        _ => (scope, target),
    }
}

/// The origins that `cors` allows, which is all of them where it names none.
fn state_origins(plugin: Node<'_>, name: &str, config: RowId, facts: &mut FactSet) {
    if name != "cors" {
        return;
    }
    let origins = plugin.at(&["config", "origins"]);
    let named: Vec<&str> = origins.map(Node::items).unwrap_or_default().into_iter().filter_map(Node::text).collect();
    let with = plugin.at(&["config", "credentials"]).and_then(Node::boolean).unwrap_or(false);
    facts.push(GatewaySetting {
        span: origins.or_else(|| plugin.get("name")).unwrap_or(plugin).span(),
        certainty: Certainty::Certain,
        config,
        key: if with { "cors.origins.credentials" } else { "cors.origins" }.to_owned(),
        value: if named.is_empty() { "*".to_owned() } else { named.join(" ") },
    });
}
