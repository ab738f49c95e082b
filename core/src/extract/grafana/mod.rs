//! Grafana's provisioning and dashboards, Loki, Promtail, and Tempo.

mod dashboards;
mod logs;
mod provisioning;
#[cfg(test)]
mod tests;

use crate::extract::{Extractor, Model};
use crate::facts::FactSet;
use crate::source::{Artifact, SourceFile};

/// The extractor of Grafana and Loki.
pub(super) struct Grafana;

impl Extractor for Grafana {
    fn name(&self) -> &'static str {
        "grafana"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        use Artifact as A;
        matches!(artifact, A::GrafanaProvisioning | A::GrafanaDashboard | A::Loki | A::Promtail | A::Yaml)
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "grafana_datasource",
            "grafana_provider",
            "grafana_dashboard",
            "grafana_query",
            "grafana_alert",
            "grafana_contact_point",
            "grafana_policy",
            "loki_config",
            "loki_refusal",
            "tempo_config",
            "telemetry_path",
            "log_shipper",
            "log_shipper_source",
            "promql_selector",
            "promql_matcher",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        match file.artifact {
            Artifact::GrafanaProvisioning => provisioning::state(file, facts),
            Artifact::GrafanaDashboard => dashboards::state(file, facts),
            Artifact::Loki => logs::state_loki(file, facts),
            Artifact::Yaml if logs::is_tempo(file.text) => logs::state_tempo(file, facts),
            Artifact::Yaml => {}
            _ => logs::state_promtail(file, facts),
        }
        None
    }
}
