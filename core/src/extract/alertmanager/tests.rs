use super::Alertmanager;
use crate::extract::sample::rows;
use crate::source::Artifact;

const CONFIG: &str = r#"global:
  slack_api_url: https://hooks.slack.com/services/YOUR/SLACK/WEBHOOK
  smtp_auth_password: hunter2-but-longer
route:
  receiver: team
  group_by: [alertname, cluster]
  repeat_interval: 12h
  routes:
    - matchers: ['severity="critical"', 'team=~"a|b"']
      receiver: pager
      routes:
        - match: {service: db}
    - matchers: [severity = warning, "=oops"]
      receiver: nobody
receivers:
  - name: team
    slack_configs:
      - channel: '#alerts'
  - name: pager
    pagerduty_configs:
      - routing_key_file: /run/secrets/pd
    webhook_configs:
      - url: http://alert-bridge:5001/hook
  - name: blackhole
inhibit_rules:
  - source_matchers: ['severity="critical"']
    target_match: {severity: warning}
    equal: [alertname]
"#;

#[test]
fn routes_receivers_and_targets() {
    insta::assert_snapshot!(rows(&Alertmanager, &[("alertmanager.yml", Artifact::Alertmanager, CONFIG)]));
}

#[test]
fn what_an_integration_lacks() {
    let config = "route: {receiver: team}\nreceivers:\n- name: team\n  email_configs: [{to: ops@acme.test}]\n  slack_configs: [{channel: '#ops'}]\n  webhook_configs: [{url: 'http://bridge/hook'}]\n";
    let told = rows(&Alertmanager, &[("alertmanager.yml", Artifact::Alertmanager, config)]);
    let missing: Vec<&str> = told.lines().filter(|line| line.contains("missing_key")).collect();
    assert_eq!(missing.len(), 2, "{told}");
    let global = format!("global: {{smtp_smarthost: 'mail:25', smtp_from: a@b, slack_api_url_file: /run/s}}\n{config}");
    let told = rows(&Alertmanager, &[("alertmanager.yml", Artifact::Alertmanager, &global)]);
    assert!(!told.contains("missing_key"), "{told}");
}

#[test]
fn bad_input_costs_only_itself() {
    for text in ["", "[]", "route: [", "route: x\nreceivers: y\n", "receivers:\n- null\n- 1\n", "a: &a [*a]"] {
        rows(&Alertmanager, &[("alertmanager.yml", Artifact::Alertmanager, text)]);
    }
    let nested = format!("route: {}{}", "{routes: [".repeat(100), "]}".repeat(100));
    rows(&Alertmanager, &[("alertmanager.yml", Artifact::Alertmanager, &nested)]);
}
