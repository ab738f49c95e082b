use super::*;
use Artifact::*;

/// The hard cases: path, beginning of the text, kind.
const CASES: &[(&str, &str, Artifact)] = &[
    ("docker/Dockerfile.dev", "", Dockerfile),
    ("Dockerfile", "", Dockerfile),
    ("svc/api.Dockerfile", "", Dockerfile),
    ("svc/api.dockerfile", "", Dockerfile),
    ("Dockerfile-alpine", "", Dockerfile),
    ("Containerfile", "", Dockerfile),
    ("Dockerfile.md", "# How we build\n", Markdown),
    ("Dockerfile.j2", "FROM {{ base }}\n", Template),
    ("Dockerfile.bak", "FROM x\n", Other),
    ("dockerfile_parser.py", "import re\n", Python),
    ("dockerfiles/base", "FROM debian:12\nRUN true\n", Dockerfile),
    ("notes/mail", "FROM me to you\n", Other),
    ("docker/api.Dockerfile.dockerignore", "", DockerIgnore),
    ("compose/deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\n", Kubernetes),
    ("manifests/dashboards.yaml", "apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n    a.json: x\n", Kubernetes),
    ("manifests/script.yaml", "apiVersion: v1\ndata:\n  run.sh: |\n    true\n", Kubernetes),
    ("compose.yaml", "services:\n  web:\n    image: x\n", Compose),
    ("compose.prod.yml", "", Compose),
    ("docker-compose.override.yml", "", Compose),
    ("stack/podman-compose.yml", "services: {}\n", Compose),
    ("deploy/stack.yml", "x-env: &env\n  A: 1\nservices:\n  web:\n    image: nginx\n", Compose),
    ("config/services.yaml", "services:\n  App\\Mailer:\n    arguments: []\n", Yaml),
    ("ci/base.yml", "image: python\nservices:\n  - docker:dind\nstages: [a]\nb:\n  stage: a\n  script: x\n", GitlabCi),
    (".env", "", DotEnv),
    (".env.example", "", DotEnv),
    ("env.example", "", DotEnv),
    ("config/web.env", "", DotEnv),
    (".env.bak", "A=1\n", DotEnv),
    (".env.enc", "", Other),
    (".env.patch", "--- a/.env\n+++ b/.env\n", Other),
    ("src/env.py", "", Python),
    ("cmd/env.go", "package cmd\n", Other),
    ("src/env.d.ts", "", TypeScript),
    (".envrc", "", Shell),
    (
        "prometheus/alerts/x.yml",
        "groups:\n  - name: a\n    rules:\n      - alert: Down\n        expr: up == 0\n",
        PrometheusRules,
    ),
    (
        "grafana/alerting/rules.yml",
        "apiVersion: 1\ngroups:\n  - name: a\n    rules:\n      - title: Down\n        data:\n          - model:\n              expr: up\n",
        GrafanaProvisioning,
    ),
    ("prometheus/rules/empty.yml", "groups: []\n", PrometheusRules),
    ("prometheus/alert.rules", "groups:\n- name: a\n  rules:\n  - alert: Down\n    expr: up == 0\n", PrometheusRules),
    ("udev/99-usb.rules", "SUBSYSTEM==\"usb\"\n", Other),
    (
        "loki/rules/x.yml",
        "groups:\n  - name: a\n    rules:\n      - alert: E\n        expr: rate({a=\"b\"}[5m]) > 1\n",
        LokiRules,
    ),
    ("monitoring/prom.yml", "global:\n  scrape_interval: 15s\nscrape_configs:\n  - job_name: a\n", PrometheusConfig),
    ("monitoring/agent.yml", "positions:\n  filename: x\nclients:\n  - url: y\nscrape_configs: []\n", Promtail),
    ("monitoring/am.yml", "route:\n  receiver: a\nreceivers:\n  - name: a\n", Alertmanager),
    ("grafana/provisioning/datasources/d.yml", "apiVersion: 1\ndatasources:\n  - name: P\n", GrafanaProvisioning),
    ("grafana/dashboards/main.json", "{\"panels\": [{\"gridPos\": {}}]}", GrafanaDashboard),
    ("loki.yaml", "auth_enabled: false\nschema_config:\n  configs: []\n", Loki),
    ("gateway/kong.yml", "_format_version: \"3.0\"\nservices:\n  - name: a\n", Kong),
    ("proxy/dynamic.yml", "http:\n  routers:\n    a: {}\n", Traefik),
    ("nginx/default.conf.template", "server {\n}\n", Nginx),
    ("nginx/default.conf.j2", "server {\n}\n", Template),
    ("deploy/web.conf", "server {\n  listen 80;\n}\n", Nginx),
    ("sites-enabled/default", "server {\n}\n", Nginx),
    ("logstash/pipeline/main.conf", "# in\ninput {\n  http {\n    port => 8080\n  }\n}\n", Other),
    ("nginx/supervisord.conf", "[supervisord]\nnodaemon=true\n", Ini),
    ("logstash/pipeline.conf", "input {\n  beats {}\n}\n", Other),
    ("redis/redis.conf", "maxmemory 1gb\n", RedisConf),
    ("db/postgresql.conf", "", PostgresConf),
    ("qdrant/config.yaml", "storage:\n  storage_path: ./x\n", QdrantConfig),
    (".github/workflows/ci.yaml", "", GithubWorkflow),
    (".github/dependabot.yml", "", Dependabot),
    (".github/ISSUE_TEMPLATE/config.yml", "blank_issues_enabled: false\n", Yaml),
    ("setup/action.yml", "name: a\nruns:\n  using: composite\n", GithubAction),
    (".gitlab-ci.yml", "", GitlabCi),
    ("chart/templates/web.yaml", "kind: Service\nname: {{ .Values.a }}\n", HelmTemplate),
    ("chart/Chart.yaml", "", HelmChart),
    ("k8s/kustomization.yaml", "", Kustomize),
    ("requirements/dev.txt", "", Requirements),
    ("dev-requirements.txt", "", Requirements),
    ("requirements.in", "", Requirements),
    ("notes.txt", "", Other),
    ("poetry.lock", "", PoetryLock),
    ("web/next.config.mjs", "", NextConfig),
    ("bin/serve", "#!/usr/bin/env -S python3.12 -u\nimport os\n", Python),
    ("bin/start", "#!/bin/bash\nset -e\n", Shell),
    ("bin/tool", "#!/usr/bin/perl\n", Other),
    ("app.service", "[Unit]\nDescription=x\n", SystemdUnit),
    ("avahi/ssh.service", "<?xml version=\"1.0\"?>\n", Other),
    ("etc/systemd/app.service.d/limits.conf", "[Service]\nLimitNOFILE=1\n", SystemdUnit),
    ("deploy/crontab", "* * * * * x\n", Cron),
    ("stack/cron/cert-check", "# every 6 hours\nSHELL=/bin/bash\n0 */6 * * * root ./check.sh\n", Cron),
    ("ops/nightly", "@daily /opt/app/backup.sh\n", Cron),
    ("data/matrix", "1 2 3\n4 5 6\n", Other),
    ("data/numbers", "1 2 3 4 5 6\nand words\n", Other),
    ("hosts/web.nix", "{ pkgs, ... }: {}\n", Infrastructure),
    ("certs/server", "-----BEGIN CERTIFICATE-----\n", Certificate),
    ("certs/server.key", "", Certificate),
    ("api/openapi.yaml", "openapi: 3.1.0\n", OpenApi),
    ("locale/de.yml", "hello: hallo\n", Yaml),
];

#[test]
fn hard_cases() {
    let wrong: Vec<_> = CASES
        .iter()
        .filter(|(path, text, kind)| classify(path, text) != *kind)
        .map(|(path, text, kind)| format!("{path}: {:?}, not {kind:?}", classify(path, text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn utf16_yaml_is_classified_after_decoding() {
    let bytes: Vec<u8> = "\u{feff}services:\n  a:\n    image: x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let text = crate::source::decode("stack.yml", &bytes).unwrap();
    assert_eq!(classify("stack.yml", &text), Compose);
}

#[test]
fn the_head_is_cut_at_a_character() {
    let text = "é".repeat(HEAD);
    assert_eq!(classify(&format!("{}x.yml", "a/".repeat(100)), &text), Yaml);
    assert_eq!(classify("", ""), Other);
    assert_eq!(classify("/", "\u{0}"), Other);
}
