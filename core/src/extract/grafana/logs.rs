//! Loki and Promtail.

use crate::extract::address::host_port;
use crate::extract::yaml::Node;
use crate::facts::schema::grafana::{LogShipper, LogShipperSource, LokiConfig};
use crate::facts::{Certainty, FactSet, duration_seconds};
use crate::source::{SourceFile, Span};

/// States the configuration of Loki in `file`.
pub(super) fn state_loki(file: &SourceFile<'_>, facts: &mut FactSet) {
    let Some(root) = Node::roots(file).into_iter().next() else { return };
    let get = |path: &[&str]| root.at(path);
    let is_on = |path: &[&str]| get(path).and_then(Node::boolean);
    let period = get(&["limits_config", "retention_period"])
        .or_else(|| get(&["table_manager", "retention_period"]))
        .and_then(Node::text)
        .and_then(duration_seconds);
    let deletes =
        is_on(&["compactor", "retention_enabled"]).or_else(|| is_on(&["table_manager", "retention_deletes_enabled"]));
    facts.push(LokiConfig {
        span: Span::file_start(file.id),
        certainty: if file.text.contains("${") { Certainty::Likely } else { Certainty::Certain },
        auth_enabled: is_on(&["auth_enabled"]).unwrap_or(true),
        retention_enabled: deletes.unwrap_or(false),
        retention_period: period,
        storage: storage(root),
    });
}

fn storage(root: Node<'_>) -> String {
    let schemas = root.at(&["schema_config", "configs"]).map(Node::items).unwrap_or_default();
    let last = schemas.last().and_then(|schema| schema.text_at("object_store"));
    let common = root.at(&["common", "storage"]).map(Node::entries).unwrap_or_default();
    let named = common.first().and_then(|(key, _)| key.text());
    last.or(named).unwrap_or_default().to_owned()
}

/// States the configuration of Promtail in `file`.
pub(super) fn state_promtail(file: &SourceFile<'_>, facts: &mut FactSet) {
    let Some(root) = Node::roots(file).into_iter().next() else { return };
    let old = root.get("client").into_iter();
    for url in root.items_at("clients").into_iter().chain(old).filter_map(|client| client.get("url")) {
        let address = host_port(url.text().unwrap_or_default());
        facts.push(LogShipper {
            span: url.span(),
            certainty: if address.host.is_some() { Certainty::Certain } else { Certainty::Unresolved },
            kind: "promtail",
            host: address.host,
            port: address.port,
        });
    }
    for job in root.items_at("scrape_configs") {
        state_sources(job, facts);
    }
}

fn state_sources(job: Node<'_>, facts: &mut FactSet) {
    let certainty = Certainty::Certain;
    for path in job.items_at("static_configs").into_iter().filter_map(|group| group.at(&["labels", "__path__"])) {
        let text = path.text().unwrap_or_default().to_owned();
        facts.push(LogShipperSource { span: path.span(), certainty, kind: "path", path: text });
    }
    for (key, kind) in
        [("journal", "journal"), ("docker_sd_configs", "docker"), ("kubernetes_sd_configs", "kubernetes")]
    {
        if let Some(node) = job.get(key) {
            facts.push(LogShipperSource { span: node.span(), certainty, kind, path: String::new() });
        }
    }
}
