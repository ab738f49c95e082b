//! Traefik's files: routers, services and middlewares, and the settings that open its own API.

use super::purpose;
use crate::extract::address::host_port;
use crate::extract::yaml::Node;
use crate::facts::schema::gateway::{GatewayPlugin, GatewayRoute, GatewayService, GatewaySetting};
use crate::facts::{Certainty, FactSet, RowId};

/// Settings that checks ask about.
const SETTINGS: &[&[&str]] = &[
    &["api", "insecure"],
    &["api", "dashboard"],
    &["providers", "docker", "exposedByDefault"],
    &["serversTransport", "insecureSkipVerify"],
    &["accessLog"],
    &["metrics", "prometheus"],
    &["log", "level"],
];

/// States what stands below `root`.
pub(super) fn state(root: Node<'_>, config: RowId, facts: &mut FactSet) {
    for path in SETTINGS {
        if let Some(node) = root.at(path) {
            let value = node.text().unwrap_or("set").to_ascii_lowercase();
            setting(node, path.join("."), value, config, facts);
        }
    }
    for (name, resolver) in root.get("certificatesResolvers").map(Node::entries).unwrap_or_default() {
        if resolver.get("acme").is_some() {
            setting(resolver, "acme".into(), name.text().unwrap_or_default().to_owned(), config, facts);
        }
    }
    let Some(http) = root.get("http") else { return };
    for (name, service) in http.get("services").map(Node::entries).unwrap_or_default() {
        state_service(name, service, config, facts);
    }
    let mut used = entry_point_middlewares(root);
    for (name, router) in http.get("routers").map(Node::entries).unwrap_or_default() {
        used.extend(router.items_at("middlewares").into_iter().filter_map(Node::text));
        state_router(name, router, config, facts);
    }
    for (name, middleware) in http.get("middlewares").map(Node::entries).unwrap_or_default() {
        state_middleware(name, middleware, &used, config, facts);
    }
}

fn setting(node: Node<'_>, key: String, value: String, config: RowId, facts: &mut FactSet) {
    facts.push(GatewaySetting { span: node.span(), certainty: Certainty::Certain, config, key, value });
}

fn entry_point_middlewares(root: Node<'_>) -> Vec<&str> {
    let entries = root.get("entryPoints").map(Node::entries).unwrap_or_default();
    let lists = entries.iter().filter_map(|(_, entry)| entry.at(&["http", "middlewares"]));
    lists.flat_map(Node::items).filter_map(Node::text).collect()
}

fn state_service(name: Node<'_>, node: Node<'_>, config: RowId, facts: &mut FactSet) {
    let balancer = node.get("loadBalancer");
    let health_check = balancer.and_then(|balancer| balancer.get("healthCheck"));
    let health_path = health_check.and_then(|check| check.text_at("path"));
    for server in balancer.map(|balancer| balancer.items_at("servers")).unwrap_or_default() {
        let url = server.get("url").unwrap_or(server);
        let address = host_port(url.text().unwrap_or_default());
        facts.push(GatewayService {
            span: url.span(),
            certainty: if address.host.is_some() { Certainty::Certain } else { Certainty::Unresolved },
            config,
            name: name.text().unwrap_or_default().to_owned(),
            host: address.host,
            port: address.port,
            is_upstream: false,
            has_health_check: health_check.is_some(),
            health_path: health_path.map(str::to_owned),
        });
    }
}

fn state_router(name: Node<'_>, node: Node<'_>, config: RowId, facts: &mut FactSet) {
    facts.push(GatewayRoute {
        span: name.span(),
        certainty: Certainty::Certain,
        config,
        name: name.text().unwrap_or_default().to_owned(),
        service: node.text_at("service").unwrap_or_default().to_owned(),
        matches: node.text_at("rule").unwrap_or_default().to_owned(),
    });
}

fn state_middleware(name: Node<'_>, node: Node<'_>, used: &[&str], config: RowId, facts: &mut FactSet) {
    let target = name.text().unwrap_or_default();
    let is_active = used.iter().any(|used| used.split('@').next() == Some(target));
    for (kind, _) in node.entries() {
        let name = kind.text().unwrap_or_default();
        facts.push(GatewayPlugin {
            span: kind.span(),
            certainty: Certainty::Certain,
            config,
            name: name.to_owned(),
            kind: purpose(name),
            scope: "middleware",
            target: target.to_owned(),
            is_active,
        });
    }
}
