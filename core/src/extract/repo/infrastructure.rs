//! What Terraform or Ansible makes: networks, volumes, secrets and configs of the container engine, alerts, dashboards, stores
//! of secrets.

use crate::facts::schema::repo::InfrastructureResource;
use crate::facts::{Certainty, FactSet};
use crate::source::SourceFile;

/// Types of Terraform and modules of Ansible, with the kind that they make.
const MAKERS: &[(&str, &str)] = &[
    ("docker_network", "network"),
    ("podman_network", "network"),
    ("docker_volume", "volume"),
    ("podman_volume", "volume"),
    ("docker_secret", "secret"),
    ("podman_secret", "secret"),
    ("docker_config", "config"),
];
/// Types of Terraform that are alerts, dashboards or stores of secrets.
const TYPES: &[(&str, &str)] = &[
    ("aws_cloudwatch_metric_alarm", "alert"),
    ("aws_cloudwatch_composite_alarm", "alert"),
    ("google_monitoring_alert_policy", "alert"),
    ("azurerm_monitor_metric_alert", "alert"),
    ("azurerm_monitor_scheduled_query_rules_alert", "alert"),
    ("datadog_monitor", "alert"),
    ("newrelic_nrql_alert_condition", "alert"),
    ("grafana_rule_group", "alert"),
    ("pagerduty_service", "alert"),
    ("betteruptime_monitor", "alert"),
    ("sentry_issue_alert", "alert"),
    ("aws_cloudwatch_dashboard", "dashboard"),
    ("google_monitoring_dashboard", "dashboard"),
    ("datadog_dashboard", "dashboard"),
    ("grafana_dashboard", "dashboard"),
    ("newrelic_one_dashboard", "dashboard"),
    ("aws_secretsmanager_secret", "secret_store"),
    ("aws_ssm_parameter", "secret_store"),
    ("google_secret_manager_secret", "secret_store"),
    ("azurerm_key_vault_secret", "secret_store"),
    ("vault_kv_secret_v2", "secret_store"),
];
/// Lines below a maker that are looked at for its name.
const MAX_LINES: usize = 12;

/// States what a file makes, by the `name` below each maker.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    for (maker, kind) in MAKERS {
        for (at, _) in file.text.match_indices(maker) {
            let below = file.text[at..].lines().skip(1).take(MAX_LINES);
            let Some(name) = below.map(str::trim).find_map(name_of) else { continue };
            facts.push(InfrastructureResource {
                span: file.span(at..at + maker.len()),
                certainty: Certainty::Likely,
                kind,
                name: name.to_owned(),
            });
        }
    }
}

/// States the resources of a Terraform file whose type alone says what they are.
pub(super) fn state_types(file: &SourceFile<'_>, facts: &mut FactSet) {
    for (at, _) in file.text.match_indices("resource \"") {
        let mut quoted = file.text[at..].lines().next().unwrap_or_default().split('"').skip(1).step_by(2);
        let (Some(made), Some(name)) = (quoted.next(), quoted.next()) else { continue };
        let Some((_, kind)) = TYPES.iter().find(|(known, _)| *known == made) else { continue };
        facts.push(InfrastructureResource {
            span: file.span(at..at + "resource".len()),
            certainty: Certainty::Certain,
            kind,
            name: name.to_owned(),
        });
    }
}

/// The value of `name = "x"` or `name: x`.
fn name_of(line: &str) -> Option<&str> {
    let value = line.strip_prefix("name")?.trim_start().strip_prefix(['=', ':'])?;
    let value = value.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then_some(value)
}
