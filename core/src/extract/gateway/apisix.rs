//! Apache APISIX: its declarative file (`apisix.yaml`) with routes, services, upstreams and plugins, and what of its
//! `config.yaml` decides who may command it.

use super::purpose;
use crate::extract::address::host_port;
use crate::extract::values::class;
use crate::extract::yaml::Node;
use crate::facts::schema::gateway::{GatewayPlugin, GatewayRoute, GatewayService, GatewaySetting, GatewayTarget};
use crate::facts::{Certainty, FactSet, RowId};

/// The key of the admin API that APISIX shipped with for years.
const SHIPPED_KEYS: &[&str] = &["edd1c9f034335f136f87ad84b625c8f1", "4054f7cf07e344346cd3f287985e76a2"];

/// Whether a file is one of APISIX: by what it says, where its name alone would not do.
pub(super) fn is_apisix(path: &str, text: &str) -> bool {
    let at_top = |key: &str| text.starts_with(key) || text.contains(&format!("\n{key}"));
    let is_declarative = text.contains("#END") && at_top("routes:");
    let is_named = path.to_ascii_lowercase().contains("apisix") && !path.ends_with(".json");
    is_declarative
        || is_named && (at_top("apisix:") || at_top("deployment:") || at_top("routes:") && text.contains("upstream"))
}

/// States what stands below `root`.
pub(super) fn state(root: Node<'_>, config: RowId, facts: &mut FactSet) {
    for upstream in root.items_at("upstreams") {
        state_upstream(upstream, (&name(upstream), None), config, facts);
    }
    for service in root.items_at("services") {
        state_upstream(service, (&name(service), Some(service)), config, facts);
        state_plugins(service, "service", &name(service), config, facts);
    }
    for route in root.items_at("routes") {
        state_route(route, config, facts);
    }
    for rule in root.items_at("global_rules") {
        state_plugins(rule, "global", "", config, facts);
    }
    state_admin(root, config, facts);
}

/// What others refer to it by: its id, else its name.
fn name(node: Node<'_>) -> String {
    let own = node.text_at("id").or_else(|| node.text_at("name")).or_else(|| node.text_at("uri"));
    own.unwrap_or_default().to_owned()
}

fn state_route(node: Node<'_>, config: RowId, facts: &mut FactSet) {
    let own = name(node);
    let service = node.text_at("service_id").or_else(|| node.text_at("upstream_id")).unwrap_or(&own).to_owned();
    if node.get("upstream").is_some() {
        state_upstream(node, (&own, Some(node)), config, facts);
    }
    let texts = |one: &str, many: &str| {
        let listed = node.items_at(many);
        let mut texts: Vec<&str> =
            node.text_at(one).into_iter().chain(listed.into_iter().filter_map(Node::text)).collect();
        texts.sort_unstable();
        texts.join(" ")
    };
    let matches = [texts("host", "hosts"), texts("uri", "uris"), texts("method", "methods")].join("|");
    facts.push(GatewayRoute {
        span: node.get("uri").or_else(|| node.get("uris")).unwrap_or(node).span(),
        certainty: Certainty::Certain,
        config,
        name: own.clone(),
        service,
        matches,
    });
    state_plugins(node, "route", &own, config, facts);
}

/// An upstream of its own, or that of a route or service, with its nodes: one is the service, several are its targets.
fn state_upstream(node: Node<'_>, (name, holder): (&str, Option<Node<'_>>), config: RowId, facts: &mut FactSet) {
    let upstream = holder.and_then(|holder| holder.get("upstream")).unwrap_or(node);
    if holder.is_some() && node.get("upstream").is_none() {
        return;
    }
    let Some(nodes) = upstream.get("nodes") else { return };
    let keyed = nodes.entries().into_iter().map(|(key, _)| {
        let address = host_port(key.text().unwrap_or_default());
        (key, address.host, address.port)
    });
    let listed = nodes.items().into_iter().map(|item| {
        let host = host_port(item.text_at("host").unwrap_or_default()).host;
        (item.get("host").unwrap_or(item), host, item.text_at("port").and_then(|port| port.parse().ok()))
    });
    let targets: Vec<(Node<'_>, Option<String>, Option<i64>)> = keyed.chain(listed).collect();
    let Some((first, host, port)) = targets.first() else { return };
    let is_one = targets.len() == 1;
    facts.push(GatewayService {
        span: first.span(),
        certainty: if host.is_some() { Certainty::Certain } else { Certainty::Unresolved },
        config,
        name: name.to_owned(),
        host: if is_one { host.clone() } else { Some(name.to_owned()) },
        port: port.filter(|_| is_one),
        is_upstream: !is_one,
        has_health_check: upstream.at(&["checks", "active"]).is_some(),
        health_path: upstream.at(&["checks", "active", "http_path"]).and_then(Node::text).map(str::to_owned),
    });
    for (place, host, port) in targets.iter().filter(|_| !is_one) {
        facts.push(GatewayTarget {
            span: place.span(),
            certainty: if host.is_some() { Certainty::Certain } else { Certainty::Unresolved },
            config,
            upstream: name.to_owned(),
            host: host.clone(),
            port: *port,
        });
    }
}

fn state_plugins(node: Node<'_>, scope: &'static str, target: &str, config: RowId, facts: &mut FactSet) {
    let plugins = node.get("plugins").map(Node::entries).unwrap_or_default();
    for (key, plugin) in plugins {
        let name = key.text().unwrap_or_default();
        let is_limit = matches!(name, "limit-req" | "limit-count" | "limit-conn");
        facts.push(GatewayPlugin {
            span: key.span(),
            certainty: Certainty::Certain,
            config,
            name: name.to_owned(),
            kind: if is_limit { "rate_limit" } else { purpose(name) },
            scope,
            target: target.to_owned(),
            is_active: !plugin.at(&["_meta", "disable"]).and_then(Node::boolean).unwrap_or(false),
        });
        if name == "cors" {
            state_origins((key, plugin), config, facts);
        }
    }
}

/// The origins that `cors` allows, which is all of them where it names none.
fn state_origins((key, plugin): (Node<'_>, Node<'_>), config: RowId, facts: &mut FactSet) {
    let origins = plugin.get("allow_origins");
    let with = plugin.get("allow_credential").and_then(Node::boolean).unwrap_or(false);
    facts.push(GatewaySetting {
        span: origins.unwrap_or(key).span(),
        certainty: Certainty::Certain,
        config,
        key: if with { "cors.origins.credentials" } else { "cors.origins" }.to_owned(),
        value: origins.and_then(Node::text).unwrap_or("*").replace(',', " "),
    });
}

/// Who may use the admin API, and with which key; a key is classed and not kept.
fn state_admin(root: Node<'_>, config: RowId, facts: &mut FactSet) {
    let admin = root.at(&["deployment", "admin"]).unwrap_or(root);
    let legacy = root.get("apisix");
    let find = |key: &str| admin.get(key).or_else(|| legacy.and_then(|legacy| legacy.get(key)));
    for address in find("allow_admin").map(Node::items).unwrap_or_default() {
        let value = address.text().unwrap_or_default().to_owned();
        let key = "allow_admin".to_owned();
        facts.push(GatewaySetting { span: address.span(), certainty: Certainty::Certain, config, key, value });
    }
    for key in find("admin_key").map(Node::items).unwrap_or_default().into_iter().filter_map(|entry| entry.get("key")) {
        let text = key.text().unwrap_or_default();
        let value = if SHIPPED_KEYS.contains(&text) { "shipped" } else { class(facts.known(), text).0 };
        facts.push(GatewaySetting {
            span: key.span(),
            certainty: Certainty::Certain,
            config,
            key: "admin_key".to_owned(),
            value: value.to_owned(),
        });
    }
}
