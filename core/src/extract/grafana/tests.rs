use super::Grafana;
use crate::extract::sample::rows;
use crate::source::Artifact;

const PROVISIONING: &str = "apiVersion: 1
datasources:
  - name: Prometheus
    type: prometheus
    uid: prom
    url: http://prometheus:9090
    isDefault: true
  - name: PG
    type: postgres
    url: ${PG_URL}
    secureJsonData: {password: s3cr3t-Value-91}
providers:
  - name: default
    options: {path: /var/lib/grafana/dashboards}
contactPoints:
  - name: ops
    receivers: [{type: slack, uid: a}]
  - name: mail
    receivers: [{type: email, settings: {addresses: 'you@example.com'}}]
policies:
  - receiver: ops
    routes: [{receiver: mail}]
groups:
  - name: g
    rules:
      - title: Down
        condition: B
        data: [{refId: A, model: {expr: up == 0}}]
        notification_settings: {receiver: pager}
";

const DASHBOARD: &str = "{\n\t\"title\": \"Api\", \"uid\": \"api\",\n\t\"panels\": [\n\t\t{\"type\": \"row\", \"panels\": [{\"title\": \"Rate\", \"type\": \"timeseries\", \"datasource\": {\"type\": \"prometheus\", \"uid\": \"prom\"},\n\t\t\t\"targets\": [{\"expr\": \"sum(rate(http_requests_total{job=\\\"$job\\\"}[$__rate_interval]))\"}]}]},\n\t\t{\"title\": \"Logs\", \"type\": \"logs\", \"datasource\": {\"type\": \"loki\", \"uid\": \"${loki}\"}, \"targets\": [{\"expr\": \"{app=\\\"x\\\"} |= \\\"e\\\"\"}]}\n\t]\n}\n";

#[test]
fn provisioning_dashboards_and_logs() {
    insta::assert_snapshot!(rows(
        &Grafana,
        &[
            ("grafana/provisioning/all.yml", Artifact::GrafanaProvisioning, PROVISIONING),
            ("grafana/dashboards/api.json", Artifact::GrafanaDashboard, DASHBOARD),
            (
                "loki.yml",
                Artifact::Loki,
                "auth_enabled: false\nlimits_config: {retention_period: 744h}\ncommon: {path_prefix: /loki}\nschema_config: {configs: [{object_store: filesystem}]}\n"
            ),
            (
                "tempo.yaml",
                Artifact::Yaml,
                "distributor: {receivers: {otlp: {}}}\ncompactor: {compaction: {block_retention: 48h}}\nstorage: {trace: {backend: local, local: {path: /var/tempo}}}\n"
            ),
            (
                "promtail.yml",
                Artifact::Promtail,
                "clients: [{url: http://loki:3100/loki/api/v1/push}]\nscrape_configs:\n- static_configs: [{labels: {__path__: /var/log/*.log}}]\n- docker_sd_configs: [{host: x}]\n"
            ),
        ],
    ));
}

#[test]
fn bad_input_costs_only_itself() {
    let nested = format!("{{\"panels\": [{}{}]}}", "{\"panels\": [".repeat(200), "]}".repeat(200));
    for text in [
        "",
        "[]",
        "{",
        "null",
        "datasources: x\nproviders: [1]\n",
        "{\"panels\": [1, {\"targets\": [{\"expr\": {}}]}]}",
        &nested,
    ] {
        for kind in [Artifact::GrafanaProvisioning, Artifact::GrafanaDashboard, Artifact::Loki, Artifact::Promtail] {
            rows(&Grafana, &[("x", kind, text)]);
        }
    }
}
