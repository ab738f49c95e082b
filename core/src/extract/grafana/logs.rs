//! Loki and Promtail.

use crate::extract::address::host_port;
use crate::extract::yaml::Node;
use crate::facts::schema::grafana::{
    LogShipper, LogShipperSource, LokiConfig, LokiRefusal, TelemetryPath, TempoConfig,
};
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
    state_refusals(root, facts);
}

/// Keys that Loki 3.0 took away: it stops at a key that it does not know.
const REMOVED: &[&[&str]] = &[
    &["limits_config", "enforce_metric_name"],
    &["chunk_store_config", "max_look_back_period"],
    &["ingester", "max_transfer_retries"],
    &["storage_config", "boltdb_shipper", "shared_store"],
    &["storage_config", "tsdb_shipper", "shared_store"],
    &["compactor", "shared_store"],
];

/// States why Loki from 3.0 on does not start with this configuration.
fn state_refusals(root: Node<'_>, facts: &mut FactSet) {
    let mut state = |node: Node<'_>, key: String, reason| {
        facts.push(LokiRefusal { span: node.span(), certainty: Certainty::Certain, key, reason });
    };
    for path in REMOVED {
        if let Some(node) = root.at(path) {
            state(node, path.join("."), "unknown_key");
        }
    }
    let newest = root.at(&["schema_config", "configs"]).map(Node::items).and_then(|schemas| schemas.last().copied());
    let is_off = root.at(&["limits_config", "allow_structured_metadata"]).and_then(Node::boolean) == Some(false);
    if let Some(schema) = newest.filter(|_| !is_off) {
        let version = schema.get("schema").filter(|node| node.text().is_some_and(is_before_13));
        let store = schema.get("store").filter(|node| node.text().is_some_and(|name| name.starts_with("boltdb")));
        if let Some(node) = version.or(store) {
            state(node, "schema_config".to_owned(), "schema");
        }
    }
    let deletes = root.at(&["compactor", "retention_enabled"]).filter(|node| node.boolean() == Some(true));
    if let Some(node) = deletes.filter(|_| root.at(&["compactor", "delete_request_store"]).is_none()) {
        state(node, "compactor.delete_request_store".to_owned(), "missing_key");
    }
}

fn is_before_13(version: &str) -> bool {
    version.strip_prefix('v').and_then(|number| number.parse::<u8>().ok()).is_some_and(|number| number < 13)
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
/// Where Promtail keeps how far it has read.
const PROMTAIL_PATHS: &[&[&str]] = &[&["positions", "filename"]];
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
    state_paths(file, root, ("promtail", PROMTAIL_PATHS), facts);
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
