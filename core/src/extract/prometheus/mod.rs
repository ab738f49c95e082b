//! Prometheus: its configuration, its rules, and which configuration loads which rules.

mod config;
mod credentials;
pub(super) mod expressions;
mod loads;
mod relabel;
mod rules;
#[cfg(test)]
mod tests;
mod texts;

use crate::extract::{Extractor, Model, TreeIndex};
use crate::facts::{FactSet, RowId};
use crate::source::{Artifact, FileId, SourceFile, Span};

/// The Prometheus extractor.
pub(super) struct Prometheus;

/// What the link step keeps of a configuration.
struct Config {
    row: RowId,
    /// Path from the root.
    path: String,
    /// Entries of `rule_files`.
    globs: Vec<(String, Span)>,
}

/// What the link step keeps of a rule file.
struct RuleFile {
    /// Path from the root.
    path: String,
}

impl Extractor for Prometheus {
    fn name(&self) -> &'static str {
        "prometheus"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        use Artifact as A;
        matches!(artifact, A::PrometheusConfig | A::PrometheusRules | A::LokiRules | A::Kubernetes)
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "prometheus_config",
            "prometheus_problem",
            "prometheus_rule_glob",
            "prometheus_rule_load",
            "prometheus_job",
            "prometheus_target",
            "prometheus_target_label",
            "prometheus_alertmanager",
            "prometheus_credential",
            "prometheus_rule_file",
            "prometheus_group",
            "prometheus_rule",
            "promql_selector",
            "promql_matcher",
            "promql_comparison",
            "promql_division",
            "promql_quantile",
            "prometheus_template_label",
            "prometheus_stated_number",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        match file.artifact {
            Artifact::PrometheusConfig => Some(Box::new(config::state(file, facts))),
            Artifact::Kubernetes if !file.holds("PrometheusRule") => None,
            _ => {
                let path = file.path.to_owned();
                rules::state(file, facts).then(|| Box::new(RuleFile { path }) as Model)
            }
        }
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        loads::state(models, tree, facts);
    }
}

/// Whether a file is filled by a template engine before it is read: by its name, or by marks that YAML does not survive.
fn is_template(file: &SourceFile<'_>) -> bool {
    let ends = [".tmpl", ".tpl", ".template", ".j2", ".jinja2", ".erb"];
    ends.iter().any(|end| file.path.ends_with(end))
        || file.path.contains(".j2.")
        || file.path.contains(".tmpl.")
        || file.path.contains(".template.")
        || ["{%", "<%", "{{ .Values", "{{- "].iter().any(|mark| file.holds(mark))
}
