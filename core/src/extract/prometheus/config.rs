//! `prometheus.yml`: intervals, jobs with their targets, alertmanagers.

use std::collections::HashSet;

use super::{Config, credentials, is_template, relabel};
use crate::extract::address::{has_placeholder, host_port, kind};
use crate::extract::yaml::Node;
use crate::facts::schema::prometheus::{
    PrometheusAlertmanager, PrometheusConfig, PrometheusJob, PrometheusProblem, PrometheusTarget, PrometheusTargetLabel,
};
use crate::facts::{Certainty, FactSet, RowId, duration_seconds};
use crate::source::{SourceFile, Span};

/// Keys that stand at the top of the file.
pub(super) const TOP_KEYS: &[&str] = &[
    "global",
    "runtime",
    "rule_files",
    "scrape_config_files",
    "scrape_configs",
    "alerting",
    "remote_write",
    "remote_read",
    "storage",
    "tracing",
    "otlp",
];
/// Keys of a job, but for those of service discovery.
const JOB_KEYS: &[&str] = &[
    "job_name",
    "scrape_interval",
    "scrape_timeout",
    "scrape_protocols",
    "fallback_scrape_protocol",
    "metrics_path",
    "honor_labels",
    "honor_timestamps",
    "track_timestamps_staleness",
    "scheme",
    "params",
    "enable_compression",
    "follow_redirects",
    "enable_http2",
    "basic_auth",
    "authorization",
    "oauth2",
    "tls_config",
    "bearer_token",
    "bearer_token_file",
    "proxy_url",
    "no_proxy",
    "proxy_from_environment",
    "proxy_connect_header",
    "http_headers",
    "static_configs",
    "relabel_configs",
    "metric_relabel_configs",
    "body_size_limit",
    "sample_limit",
    "label_limit",
    "label_name_length_limit",
    "label_value_length_limit",
    "target_limit",
    "keep_dropped_targets",
    "native_histogram_bucket_limit",
    "native_histogram_min_bucket_factor",
    "scrape_classic_histograms",
    "always_scrape_classic_histograms",
    "convert_classic_histograms_to_nhcb",
    "scrape_native_histograms",
    "scrape_failure_log_file",
    "metric_name_validation_scheme",
    "metric_name_escaping_scheme",
    "extra_scrape_metrics",
];

/// Values of `global` that jobs inherit.
struct Global {
    interval: f64,
    timeout: f64,
}

/// States the configuration in `file`.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) -> Config {
    let root = Node::roots(file).into_iter().next();
    let template = is_template(file);
    let get = |path: &[&str]| root.and_then(|root| root.at(path));
    let seconds = |path: &[&str]| get(path).and_then(Node::text).and_then(duration_seconds);
    let alertmanagers = get(&["alerting", "alertmanagers"]).map(Node::items).unwrap_or_default();
    let evaluation = seconds(&["global", "evaluation_interval"]);
    let global = Global {
        interval: seconds(&["global", "scrape_interval"]).unwrap_or(60.0),
        timeout: seconds(&["global", "scrape_timeout"]).unwrap_or(10.0),
    };
    let is_empty = |node: Option<Node<'_>>| node.is_none_or(|node| node.items().is_empty());
    let row = facts.push(PrometheusConfig {
        span: file.start(),
        certainty: Certainty::Certain,
        scrape_interval: global.interval,
        evaluation_interval: evaluation.unwrap_or(60.0),
        sets_evaluation_interval: evaluation.is_some(),
        has_remote_write: !is_empty(get(&["remote_write"])),
        has_remote_read: !is_empty(get(&["remote_read"])),
        has_alertmanagers: !alertmanagers.is_empty(),
        is_template: template,
        parsed: file.yaml().problems.is_empty(),
    });
    state_syntax(file, template, facts);
    let Some(root) = root else { return Config { path: file.path.to_owned(), row, globs: Vec::new() } };
    unknown_keys(root, TOP_KEYS, facts);
    state_storage(root, facts);
    repeated_keys(root, facts);
    for alertmanager in alertmanagers {
        state_alertmanager(alertmanager, row, facts);
    }
    let mut names = HashSet::new();
    for job in root.items_at("scrape_configs") {
        state_job(job, row, &global, facts);
        state_job_problems(job, &mut names, facts);
    }
    credentials::state(root, row, facts);
    let globs = root.items_at("rule_files").into_iter().filter_map(|glob| Some((glob.text()?.to_owned(), glob.span())));
    Config { row, path: file.path.to_owned(), globs: globs.collect() }
}

/// What may stand under `storage`: where data lies and how long it stays is told by options of the command line, up to
/// the releases that read `retention` here.
fn state_storage(root: Node<'_>, facts: &mut FactSet) {
    let Some(storage) = root.get("storage") else { return };
    unknown_keys(storage, &["tsdb", "exemplars"], facts);
    if let Some(tsdb) = storage.get("tsdb") {
        unknown_keys(tsdb, &["out_of_order_time_window", "retention", "stale_series_compaction_threshold"], facts);
    }
}

/// States what YAML itself refuses.
pub(super) fn state_syntax(file: &SourceFile<'_>, template: bool, facts: &mut FactSet) {
    for problem in &file.yaml().problems {
        facts.push(PrometheusProblem {
            span: file.span(problem.offset..problem.offset),
            certainty: if template { Certainty::Unresolved } else { Certainty::Certain },
            kind: "yaml",
            message: problem.message.clone(),
        });
    }
}

/// States keys that Prometheus does not know, and therefore refuses.
pub(super) fn unknown_keys(node: Node<'_>, known: &[&str], facts: &mut FactSet) {
    for (key, _) in node.entries() {
        let name = key.text().unwrap_or_default();
        if !known.contains(&name) && !name.ends_with("_sd_configs") && !has_placeholder(name) {
            problem("unknown_key", format!("unknown key `{name}`"), key.span(), facts);
        }
    }
}

/// States keys that a mapping writes twice.
pub(super) fn repeated_keys(root: Node<'_>, facts: &mut FactSet) {
    for key in root.repeated_keys() {
        let name = key.text().unwrap_or_default();
        problem("repeated_key", format!("key `{name}` stands twice in one mapping"), key.span(), facts);
    }
}

/// States a problem at `span`.
pub(super) fn problem(kind: &'static str, message: String, span: Span, facts: &mut FactSet) {
    facts.push(PrometheusProblem { span, certainty: Certainty::Certain, kind, message });
}

/// States a duration that cannot be read.
pub(super) fn check_duration(node: Option<Node<'_>>, facts: &mut FactSet) {
    let Some((node, text)) = node.and_then(|node| Some((node, node.text()?))) else { return };
    let is_bare = text.bytes().all(|byte| byte.is_ascii_digit()) && text != "0";
    if !has_placeholder(text) && (is_bare || duration_seconds(text).is_none()) {
        problem("bad_duration", format!("`{text}` is no duration; it needs a unit, as in `30s`"), node.span(), facts);
    }
}

fn state_job_problems<'a>(job: Node<'a>, names: &mut HashSet<&'a str>, facts: &mut FactSet) {
    unknown_keys(job, JOB_KEYS, facts);
    check_duration(job.get("scrape_interval"), facts);
    check_duration(job.get("scrape_timeout"), facts);
    relabel::state_problems(job, facts);
    match job.get("job_name").and_then(|name| Some((name, name.text()?))) {
        Some((node, name)) => {
            if !names.insert(name) {
                problem("duplicate_job", format!("the job name `{name}` is used twice"), node.span(), facts);
            }
        }
        None => problem("missing_name", "a scrape job has no `job_name`".into(), job.span(), facts),
    }
}

fn state_alertmanager(node: Node<'_>, config: RowId, facts: &mut FactSet) {
    for (key, _) in node.entries() {
        let Some(discovery) = key.text().and_then(|key| key.strip_suffix("_sd_configs")) else { continue };
        let (discovery, certainty) = (discovery.to_owned(), Certainty::Unresolved);
        facts.push(PrometheusAlertmanager { span: key.span(), certainty, config, host: None, port: None, discovery });
    }
    for target in static_targets(node) {
        let address = host_port(target.text().unwrap_or_default());
        facts.push(PrometheusAlertmanager {
            span: target.span(),
            certainty: if address.host.is_some() { Certainty::Certain } else { Certainty::Unresolved },
            config,
            host: address.host,
            port: address.port,
            discovery: String::new(),
        });
    }
}

fn static_targets(node: Node<'_>) -> Vec<Node<'_>> {
    let groups = node.items_at("static_configs");
    groups.into_iter().flat_map(|group| group.items_at("targets")).filter(|target| target.text().is_some()).collect()
}

fn state_job(node: Node<'_>, config: RowId, global: &Global, facts: &mut FactSet) {
    let seconds = |key: &str| node.text_at(key).and_then(duration_seconds);
    let targets = static_targets(node);
    let entries = node.entries();
    let discovery = entries.iter().filter_map(|(key, _)| key.text()?.strip_suffix("_sd_configs"));
    let discovery: Vec<&str> = discovery.filter(|kind| *kind != "static").collect();
    let scheme = node.text_at("scheme").unwrap_or("http");
    let interval = seconds("scrape_interval").unwrap_or(global.interval);
    let name = node.get("job_name");
    let job = facts.push(PrometheusJob {
        span: name.unwrap_or(node).span(),
        certainty: Certainty::Certain,
        config,
        name: name.and_then(Node::text).unwrap_or_default().to_owned(),
        metrics_path: node.text_at("metrics_path").unwrap_or("/metrics").to_owned(),
        scheme: scheme.to_owned(),
        interval,
        timeout: seconds("scrape_timeout").unwrap_or(global.timeout.min(interval)),
        targets: targets.len() as i64,
        discovery: discovery.join(" "),
        relabels: relabel::steps(node).into_iter().any(relabel::renames),
        honors_labels: node.get("honor_labels").and_then(Node::boolean).unwrap_or(false),
    });
    let is_probed = is_probed(node);
    for target in targets {
        state_target(target, (config, job), (scheme, is_probed), facts);
    }
    for group in node.items_at("static_configs") {
        state_labels(group, job, facts);
    }
    relabel::state_labels(node, job, facts);
}

/// Whether relabelling puts the target into a parameter and scrapes an exporter instead.
fn is_probed(job: Node<'_>) -> bool {
    let relabelings = job.items_at("relabel_configs");
    relabelings.iter().any(|relabeling| relabeling.text_at("target_label").is_some_and(|l| l.starts_with("__param_")))
}

fn state_target(node: Node<'_>, (config, job): (RowId, RowId), (scheme, is_probed): (&str, bool), facts: &mut FactSet) {
    let text = node.text().unwrap_or_default();
    let address = host_port(text);
    let default_port = if scheme == "https" { 443 } else { 80 };
    facts.push(PrometheusTarget {
        span: node.span(),
        certainty: if address.host.is_some() { Certainty::Certain } else { Certainty::Unresolved },
        job,
        config,
        address: text.to_owned(),
        port: address.port.or((!has_placeholder(text)).then_some(default_port)),
        host: address.host,
        kind: kind(text),
        is_probed,
    });
}

fn state_labels(group: Node<'_>, job: RowId, facts: &mut FactSet) {
    for (label, value) in group.get("labels").map(Node::entries).unwrap_or_default() {
        facts.push(PrometheusTargetLabel {
            span: label.span(),
            certainty: Certainty::Certain,
            job,
            label: label.text().unwrap_or_default().to_owned(),
            value: value.text().unwrap_or_default().to_owned(),
        });
    }
}
