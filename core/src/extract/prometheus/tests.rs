use super::Prometheus;
use crate::extract::sample::rows;
use crate::source::Artifact;

const CONFIG: &str = r#"global:
  scrape_interval: 15s
  evaluation_interval: 30s
rule_files:
  - alerts/*.yml
  - /etc/prometheus/rules/*.yml
  - ../../outside.yml
alerting:
  alertmanagers:
    - static_configs:
        - targets: ['alertmanager:9093']
scrape_configs:
  - job_name: api
    metrics_path: /internal/metrics
    scrape_interval: 5s
    basic_auth: {username: prom, password: Tr0ub4dor-and-3}
    static_configs:
      - targets: ['api:8000', '10.0.0.7:9100', '${HOST}:1']
        labels: {tier: web}
  - job_name: probe
    scheme: https
    static_configs: [{targets: ['https://shop.test/']}]
    relabel_configs: [{source_labels: [__address__], target_label: __param_target}]
  - job_name: api
    scrape_timeout: 30
    kubernetes_sd_configs: [{role: pod}]
    scrape_intervall: 5s
"#;

const RULES: &str = r#"groups:
  - name: api
    interval: 1m
    rules:
      - record: job:errors:rate5m
        expr: sum by (job) (rate(http_errors_total{status=~"5.."}[5m]))
      - alert: HighErrorRate
        expr: job:errors:rate5m / sum by (job) (rate(http_requests_total[5m])) > 0.05
        for: 10m
        labels: {severity: Critical}
        annotations:
          summary: "{{ $labels.job }} on {{ $labels.pod }}"
          description: more than 5% for 5 minutes
      - alert: Broken
        expr: sum(
      - alert: Slow
        expr: histogram_quantile(0.95, sum by (job) (rate(latency_seconds_bucket[5m]))) > 2
"#;

#[test]
fn a_configuration_and_its_rules() {
    let rows = rows(
        &Prometheus,
        &[
            ("monitoring/alerts/api.yml", Artifact::PrometheusRules, RULES),
            ("monitoring/prometheus.yml", Artifact::PrometheusConfig, CONFIG),
            ("other/rules/x.yml", Artifact::PrometheusRules, "groups: [{name: x, rules: []}]\n"),
        ],
    );
    insta::assert_snapshot!(rows);
}

#[test]
fn rules_of_an_operator_are_read_from_their_resource() {
    let text = "kind: ConfigMap\n---\nkind: PrometheusRule\nspec:\n  groups:\n  - name: a\n    rules:\n    - {alert: X, expr: up == 0}\n";
    let rows = rows(&Prometheus, &[("k8s/rules.yaml", Artifact::Kubernetes, text)]);
    assert!(rows.contains("kind=\"resource\"") && rows.contains("name=\"X\""), "{rows}");
}

#[test]
fn bad_input_costs_only_itself() {
    let texts =
        ["", "null", "[]", "groups: 1", "groups:\n- 1\n- rules: [1, {alert: [x], expr: {}}]\n", "groups: [", "\u{0}"];
    for text in texts {
        for kind in [Artifact::PrometheusConfig, Artifact::PrometheusRules, Artifact::LokiRules, Artifact::Kubernetes] {
            rows(&Prometheus, &[("x.yml", kind, text)]);
        }
    }
    rows(
        &Prometheus,
        &[("x.yml", Artifact::PrometheusConfig, "scrape_configs: [1, {static_configs: [2]}]\nrule_files: ['[']")],
    );
}
