//! What the beginning of a text says where its name leaves the kind open.

use super::super::Artifact;
use super::name::Name;

/// A YAML text's keys, found by looking at lines: cheaper than parsing, and right for what stands in block style.
struct Keys<'t> {
    top: Vec<&'t str>,
    inner: Vec<&'t str>,
}

impl<'t> Keys<'t> {
    fn new(head: &'t str) -> Self {
        let (mut top, mut inner) = (Vec::new(), Vec::new());
        for line in head.lines() {
            let content = line.trim_start_matches([' ', '-']);
            let Some((key, rest)) = content.split_once(':') else { continue };
            let key = key.trim_end().trim_matches(['"', '\'']);
            if key.is_empty()
                || key.contains([' ', '#', '{', '$'])
                || !(rest.is_empty() || rest.starts_with([' ', '\r']))
            {
                continue;
            }
            if content.len() == line.len() { top.push(key) } else { inner.push(key) }
        }
        Self { top, inner }
    }

    fn top(&self, key: &str) -> bool {
        self.top.contains(&key)
    }

    fn any_top(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.top(key))
    }

    fn inner(&self, key: &str) -> bool {
        self.inner.contains(&key)
    }

    fn any_inner(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.inner(key))
    }
}

/// The kind of a YAML file.
pub(super) fn yaml(name: &Name<'_>, head: &str) -> Artifact {
    let keys = Keys::new(head);
    if name.is_under("templates") && head.contains("{{") && !name.is_under("roles") {
        return Artifact::HelmTemplate;
    }
    // In sorted keys `kind` comes after the items of a list and the data of a ConfigMap, which can be longer than the head.
    let is_cut = keys.top("items") && keys.inner("apiVersion") || keys.any_top(&["data", "binaryData"]);
    if keys.top("apiVersion") && (keys.top("kind") || is_cut) {
        let is_kustomize = head.contains("kustomize.config.k8s.io");
        return if is_kustomize { Artifact::Kustomize } else { Artifact::Kubernetes };
    }
    monitoring(name, &keys, head)
        .or_else(|| gateway(name, &keys))
        .or_else(|| compose(name, &keys, head))
        .or_else(|| remaining(name, &keys))
        .unwrap_or(Artifact::Yaml)
}

fn compose(name: &Name<'_>, keys: &Keys<'_>, head: &str) -> Option<Artifact> {
    const PARTS: &[&str] = &["services", "include", "volumes", "networks", "secrets", "configs", "name", "version"];
    let stem = name.base.rsplit_once('.').map_or("", |(stem, _)| stem);
    let is_main = stem == "compose" || stem.starts_with("compose.");
    let is_shaped = stem.split(['-', '_', '.']).any(|part| part == "compose") || stem.contains("podman-compose");
    let is_named = is_main && (head.is_empty() || keys.any_top(PARTS)) || is_shaped && keys.top("services");
    const WRITTEN: &[&str] = &["image", "build", "extends", "depends_on", "env_file", "network_mode", "container_name"];
    let in_flow = || ["{image:", "{ image:", "{build:", "{ build:"].iter().any(|start| head.contains(start));
    let is_written = keys.top("services") && (keys.any_inner(WRITTEN) || in_flow()) && !services_are_a_list(head);
    (is_named || is_written).then_some(Artifact::Compose)
}

/// GitLab CI and Kong have `services:` too, as a list.
fn services_are_a_list(head: &str) -> bool {
    let after = head.lines().skip_while(|line| !line.starts_with("services:")).skip(1);
    let mut content = after.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    content.next().is_some_and(|line| line.starts_with('-'))
}

fn monitoring(name: &Name<'_>, keys: &Keys<'_>, head: &str) -> Option<Artifact> {
    // Grafana's alerts have groups of rules, too.
    if keys.top("apiVersion") && !keys.top("kind") {
        const PROVISIONED: &[&str] = &[
            "datasources",
            "deleteDatasources",
            "providers",
            "contactPoints",
            "policies",
            "muteTimes",
            "groups",
            "notifiers",
            "apps",
            "templates",
        ];
        if keys.any_top(PROVISIONED) {
            return Some(Artifact::GrafanaProvisioning);
        }
    }
    let is_rule = || {
        let in_flow = ["{alert:", "{ alert:", "{record:", "{ record:"].iter().any(|start| head.contains(start));
        keys.any_inner(&["expr", "alert", "record"]) || in_flow
    };
    if keys.top("groups") && keys.inner("rules") && is_rule() {
        let is_logs = name.mentions("loki");
        return Some(if is_logs { Artifact::LokiRules } else { Artifact::PrometheusRules });
    }
    if keys.top("groups") && name.mentions("prometheus") && (name.mentions("rule") || name.mentions("alert")) {
        return Some(Artifact::PrometheusRules);
    }
    if keys.top("scrape_configs") && keys.any_top(&["clients", "client", "positions"])
        || name.base.starts_with("promtail")
    {
        return Some(Artifact::Promtail);
    }
    if keys.any_top(&["scrape_configs", "scrape_config_files", "rule_files"]) {
        return Some(Artifact::PrometheusConfig);
    }
    if keys.top("receivers") && keys.top("route") {
        return Some(Artifact::Alertmanager);
    }
    if keys.any_top(&["schema_config", "storage_config"])
        && keys.any_top(&["auth_enabled", "server", "ingester", "common"])
    {
        return Some(Artifact::Loki);
    }
    let is_prometheus = matches!(name.base, "prometheus.yml" | "prometheus.yaml");
    is_prometheus.then_some(Artifact::PrometheusConfig)
}

fn gateway(name: &Name<'_>, keys: &Keys<'_>) -> Option<Artifact> {
    if keys.top("_format_version") || name.base.starts_with("kong.") && keys.any_top(&["services", "routes"]) {
        return Some(Artifact::Kong);
    }
    let is_static = keys.any_top(&["entryPoints", "certificatesResolvers"]);
    let is_dynamic =
        keys.any_top(&["http", "tcp", "tls", "udp"]) && keys.any_inner(&["routers", "middlewares", "certificates"]);
    let is_named = name.base.starts_with("traefik") && !keys.top("services");
    (is_static || is_dynamic || is_named).then_some(Artifact::Traefik)
}

fn remaining(name: &Name<'_>, keys: &Keys<'_>) -> Option<Artifact> {
    if keys.any_top(&["openapi", "swagger"]) {
        return Some(Artifact::OpenApi);
    }
    if matches!(name.base, "action.yml" | "action.yaml") && keys.top("runs") {
        return Some(Artifact::GithubAction);
    }
    let is_qdrant = keys.any_top(&["storage", "service", "cluster"])
        && keys.any_inner(&["storage_path", "snapshots_path", "grpc_port", "on_disk_payload", "enable_cors"]);
    if is_qdrant || name.mentions("qdrant") && keys.any_top(&["storage", "service", "telemetry_disabled"]) {
        return Some(Artifact::QdrantConfig);
    }
    let is_gitlab = keys.top("stages") && keys.inner("script") && keys.inner("stage");
    is_gitlab.then_some(Artifact::GitlabCi)
}

/// The kind of a JSON file.
pub(super) fn json(name: &Name<'_>, head: &str) -> Artifact {
    let has = |key: &str| head.contains(key);
    let has_panels = has("\"panels\"") && (has("\"gridPos\"") || has("\"datasource\"") || has("\"targets\""));
    let is_dashboard = has_panels || name.is_under("dashboards") && has("\"schemaVersion\"");
    if is_dashboard { Artifact::GrafanaDashboard } else { Artifact::Json }
}

/// The kind of a `.conf` file.
pub(super) fn conf(name: &Name<'_>, head: &str) -> Artifact {
    if is_ini(head) {
        return if is_systemd(head) { Artifact::SystemdUnit } else { Artifact::Ini };
    }
    if name.base.starts_with("redis") || name.base.starts_with("valkey") || name.is_under("redis") {
        return Artifact::RedisConf;
    }
    if name.base.starts_with("postgres") || name.is_under("postgres") || name.is_under("postgresql") {
        return Artifact::PostgresConf;
    }
    if is_logstash(head) {
        return Artifact::Other;
    }
    let is_placed =
        name.mentions("nginx") || is_site_folder(name) || name.folders.ends_with("/conf.d/") && head.is_empty();
    if is_placed || is_nginx(head) { Artifact::Nginx } else { Artifact::Other }
}

/// The kind of a file that neither its name nor its extension tells.
pub(super) fn without_extension(name: &Name<'_>, head: &str) -> Artifact {
    if let Some(interpreter) = head.strip_prefix("#!").and_then(|rest| rest.lines().next()) {
        return interpreted(interpreter);
    }
    if head.starts_with("-----BEGIN ") && !head.starts_with("-----BEGIN PGP") {
        return Artifact::Certificate;
    }
    if is_site_folder(name) && !head.trim_start().starts_with('<') {
        return Artifact::Nginx;
    }
    if name.extension.is_empty() && is_dockerfile(head) {
        return Artifact::Dockerfile;
    }
    let is_placed = name.is_under("cron") || name.is_under("crontab") || name.base.contains("cron");
    if (is_placed || name.extension.is_empty()) && is_crontab(head) {
        return Artifact::Cron;
    }
    Artifact::Other
}

/// The kind of a script, from its first line after `#!`.
fn interpreted(line: &str) -> Artifact {
    let mut words = line.split_whitespace().flat_map(|word| word.rsplit('/').next());
    let program = words.find(|word| *word != "env" && !word.starts_with('-') && !word.contains('=')).unwrap_or("");
    match program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.') {
        "python" | "pypy" => Artifact::Python,
        "sh" | "bash" | "dash" | "ash" | "zsh" | "ksh" => Artifact::Shell,
        "node" | "nodejs" | "bun" => Artifact::JavaScript,
        _ => Artifact::Other,
    }
}

fn is_site_folder(name: &Name<'_>) -> bool {
    name.folders.ends_with("/sites-available/") || name.folders.ends_with("/sites-enabled/")
}

/// The lines that say something, trimmed.
fn content_lines(head: &str) -> impl Iterator<Item = &str> {
    head.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', ';']))
}

fn is_ini(head: &str) -> bool {
    content_lines(head).next().is_some_and(|line| line.starts_with('[') && line.ends_with(']'))
}

/// Whether a text has the sections of a systemd unit.
pub(super) fn is_systemd(head: &str) -> bool {
    content_lines(head)
        .any(|line| matches!(line, "[Unit]" | "[Service]" | "[Timer]" | "[Socket]" | "[Install]" | "[Mount]"))
}

/// Whether a text is a pipeline of Logstash, whose plugins stand in braces too (`http { port => 8080 }`).
fn is_logstash(head: &str) -> bool {
    content_lines(head)
        .next()
        .and_then(|line| line.strip_suffix('{'))
        .is_some_and(|word| matches!(word.trim(), "input" | "filter" | "output"))
}

/// Whether a text opens one of nginx's blocks.
fn is_nginx(head: &str) -> bool {
    content_lines(head).any(|line| {
        let mut words = line.split_whitespace();
        match words.next().unwrap_or("") {
            "server" | "http" | "events" | "stream" => words.next() == Some("{"),
            "server{" | "http{" | "events{" => true,
            "upstream" | "location" => line.contains('{'),
            first => line.ends_with(';') && is_nginx_directive(first),
        }
    })
}

/// Whether a word is a directive that stands in snippets and in no other format.
fn is_nginx_directive(word: &str) -> bool {
    const DIRECTIVES: &[&str] = &[
        "add_header",
        "client_max_body_size",
        "gzip",
        "gzip_types",
        "gzip_vary",
        "limit_req",
        "limit_req_zone",
        "set_real_ip_from",
        "real_ip_header",
        "server_tokens",
        "log_format",
    ];
    DIRECTIVES.contains(&word) || word.starts_with("proxy_") || word.starts_with("ssl_")
}

/// Whether a text is lines of five fields of a schedule, or a nickname, and a command, perhaps after settings.
fn is_crontab(head: &str) -> bool {
    let is_field = |word: &str| {
        word.starts_with(|c: char| c == '*' || c.is_ascii_digit())
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"*/,-".contains(&b))
    };
    let is_entry = |line: &str| match line.strip_prefix('@') {
        Some(rest) => ["reboot ", "daily ", "hourly ", "weekly ", "monthly "].iter().any(|word| rest.starts_with(word)),
        None => line.split_whitespace().count() > 5 && line.split_whitespace().take(3).all(is_field),
    };
    let is_setting = |line: &str| {
        line.split_once('=').is_some_and(|(name, _)| name.trim().bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
    };
    let mut entries = 0_u32;
    for line in content_lines(head).take(50) {
        if is_entry(line) {
            entries += 1;
        } else if !is_setting(line) {
            return false;
        }
    }
    entries > 0
}

/// Whether a text begins as a Dockerfile must: `FROM`, perhaps after `ARG`s.
fn is_dockerfile(head: &str) -> bool {
    if head.starts_with("# syntax=docker/") {
        return true;
    }
    let mut lines = content_lines(head).skip_while(|line| line.starts_with("ARG "));
    let from = lines.next().and_then(|line| line.strip_prefix("FROM "));
    from.is_some_and(|image| image.split_whitespace().count() <= 4)
        && lines.any(|line| ["RUN ", "CMD ", "COPY ", "ENTRYPOINT ", "ENV "].iter().any(|word| line.starts_with(word)))
}
