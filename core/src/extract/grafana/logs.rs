//! Loki and Promtail.

use crate::extract::address::host_port;
use crate::extract::yaml::Node;
use crate::facts::schema::grafana::{LogShipper, LogShipperSource, LokiConfig, TelemetryPath, TempoConfig};
use crate::facts::{Certainty, FactSet, duration_seconds};
use crate::source::SourceFile;

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
        span: file.start(),
        certainty: if file.holds("${") { Certainty::Likely } else { Certainty::Certain },
        auth_enabled: is_on(&["auth_enabled"]).unwrap_or(true),
        retention_enabled: deletes.unwrap_or(false),
        retention_period: period,
        storage: storage(root),
    });
    state_paths(file, root, ("loki", LOKI_PATHS), facts);
}

/// Keys under which Loki names folders for chunks and indexes. A cache or a log of what comes in is no loss.
const LOKI_PATHS: &[&[&str]] = &[
    &["common", "path_prefix"],
    &["common", "storage", "filesystem", "chunks_directory"],
    &["storage_config", "filesystem", "directory"],
    &["storage_config", "boltdb", "directory"],
    &["storage_config", "boltdb_shipper", "active_index_directory"],
    &["storage_config", "tsdb_shipper", "active_index_directory"],
];
const TEMPO_PATHS: &[&[&str]] = &[&["storage", "trace", "local", "path"]];

fn state_paths(
    file: &SourceFile<'_>,
    root: Node<'_>,
    (program, keys): (&'static str, &[&[&str]]),
    facts: &mut FactSet,
) {
    for key in keys {
        let Some((node, path)) = root.at(key).and_then(|node| Some((node, node.text()?))) else { continue };
        facts.push(TelemetryPath {
            span: node.span(),
            certainty: if path.contains("${") { Certainty::Unresolved } else { Certainty::Certain },
            program,
            config_path: file.path.to_owned(),
            key: key.join("."),
            path: path.to_owned(),
        });
    }
}

/// Whether a file is a configuration of Tempo: by keys that no other program has together.
pub(super) fn is_tempo(text: &str) -> bool {
    text.contains("distributor:") && text.contains("trace:") && text.contains("storage:")
}

/// States the configuration of Tempo in `file`.
pub(super) fn state_tempo(file: &SourceFile<'_>, facts: &mut FactSet) {
    let Some(root) = Node::roots(file).into_iter().next() else { return };
    let Some(trace) = root.at(&["storage", "trace"]) else { return };
    let retention = root.at(&["compactor", "compaction", "block_retention"]);
    facts.push(TempoConfig {
        span: retention.map_or(file.start(), Node::span),
        certainty: Certainty::Certain,
        backend: trace.text_at("backend").unwrap_or_default().to_owned(),
        block_retention: retention.and_then(Node::text).and_then(duration_seconds),
    });
    state_paths(file, root, ("tempo", TEMPO_PATHS), facts);
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
