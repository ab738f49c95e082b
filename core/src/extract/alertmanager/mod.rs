//! Alertmanager: routes, receivers and where their notifications go.

mod receivers;
mod routes;
#[cfg(test)]
mod tests;

use crate::extract::yaml::Node;
use crate::extract::{Extractor, Model};
use crate::facts::schema::prometheus::{AlertmanagerConfig, AlertmanagerProblem};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{Artifact, SourceFile, Span};

/// Keys that stand at the top of the file.
const TOP_KEYS: &[&str] =
    &["global", "templates", "route", "receivers", "inhibit_rules", "mute_time_intervals", "time_intervals", "tracing"];

/// The Alertmanager extractor.
pub(super) struct Alertmanager;

impl Extractor for Alertmanager {
    fn name(&self) -> &'static str {
        "alertmanager"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        artifact == Artifact::Alertmanager
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "alertmanager_config",
            "alertmanager_route",
            "alertmanager_matcher",
            "alertmanager_receiver",
            "alertmanager_integration",
            "alertmanager_secret",
            "alertmanager_problem",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let root = Node::roots(file).into_iter().next();
        let receivers = root.map(|root| root.items_at("receivers")).unwrap_or_default();
        let integrations = receivers.iter().map(|receiver| receivers::integrations(*receiver).len() as i64).sum();
        let config = facts.push(AlertmanagerConfig {
            span: file.start(),
            certainty: Certainty::Certain,
            receivers: receivers.len() as i64,
            integrations,
            is_template: is_template(file),
            parsed: file.yaml().problems.is_empty(),
        });
        for found in &file.yaml().problems {
            problem(config, "yaml", found.message.clone(), file.span(found.offset..found.offset), facts);
        }
        let root = root?;
        for (key, _) in root.entries() {
            let name = key.text().unwrap_or_default();
            if !TOP_KEYS.contains(&name) {
                problem(config, "unknown_key", format!("unknown key `{name}`"), key.span(), facts);
            }
        }
        for key in root.repeated_keys() {
            let name = key.text().unwrap_or_default();
            problem(config, "repeated_key", format!("key `{name}` stands twice in one mapping"), key.span(), facts);
        }
        match root.get("route") {
            Some(route) => routes::state(route, config, facts),
            None => problem(config, "no_route", "there is no `route`".into(), root.span(), facts),
        }
        for inhibition in root.items_at("inhibit_rules") {
            routes::state_inhibition(inhibition, config, facts);
        }
        receivers::state(root, config, facts);
        None
    }
}

fn problem(config: RowId, kind: &'static str, message: String, span: Span, facts: &mut FactSet) {
    facts.push(AlertmanagerProblem { span, certainty: Certainty::Certain, config, kind, message });
}

fn is_template(file: &SourceFile<'_>) -> bool {
    let ends = [".tmpl", ".tpl", ".template", ".j2", ".erb"];
    ends.iter().any(|end| file.path.ends_with(end))
        || [".template.", ".tmpl.", ".j2."].iter().any(|mark| file.path.contains(mark))
        || ["{%", "<%"].iter().any(|mark| file.holds(mark))
        // A variable in a value leaves the rest of the file what it is; one in a name does not.
        || file.text.lines().any(|line| line.contains("${") && (line.contains("receiver:") || line.contains("name:")))
}
