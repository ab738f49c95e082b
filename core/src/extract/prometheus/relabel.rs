//! Relabelling: what Prometheus refuses in it, and which labels it can write.

use regex::Regex;

use super::config::problem;
use crate::extract::address::has_placeholder;
use crate::extract::yaml::Node;
use crate::facts::schema::prometheus::PrometheusTargetLabel;
use crate::facts::{Certainty, FactSet, RowId};

const ACTIONS: &[&str] = &[
    "replace",
    "lowercase",
    "uppercase",
    "keep",
    "drop",
    "keepequal",
    "dropequal",
    "hashmod",
    "labelmap",
    "labeldrop",
    "labelkeep",
];

/// The steps of `relabel_configs` and `metric_relabel_configs`.
pub(super) fn steps(job: Node<'_>) -> Vec<Node<'_>> {
    let mut steps = job.items_at("relabel_configs");
    steps.extend(job.items_at("metric_relabel_configs"));
    steps
}

/// Whether a step can change job names or metric names, or writes labels whose names only exist at run time.
pub(super) fn renames(step: Node<'_>) -> bool {
    let label = step.text_at("target_label").unwrap_or_default();
    let action = step.text_at("action").unwrap_or("replace").to_ascii_lowercase();
    action == "labelmap" || label == "job" || label == "__name__" || label.contains('$')
}

/// States the labels that steps write by name, with the value where it is literal.
pub(super) fn state_labels(job: Node<'_>, row: RowId, facts: &mut FactSet) {
    for step in steps(job) {
        let Some(label) = step.get("target_label") else { continue };
        let Some(name) = label.text().filter(|name| !name.starts_with("__") && !name.contains('$')) else { continue };
        let value = step.text_at("replacement").filter(|text| !text.contains('$')).unwrap_or_default();
        facts.push(PrometheusTargetLabel {
            span: label.span(),
            certainty: if value.is_empty() { Certainty::Unresolved } else { Certainty::Certain },
            job: row,
            label: name.to_owned(),
            value: value.to_owned(),
        });
    }
}

/// States actions that Prometheus does not know, and patterns that do not compile.
pub(super) fn state_problems(job: Node<'_>, facts: &mut FactSet) {
    for step in steps(job) {
        if let Some((node, action)) = step.get("action").and_then(|node| Some((node, node.text()?)))
            && !has_placeholder(action)
            && !ACTIONS.contains(&action.to_ascii_lowercase().as_str())
        {
            problem("bad_relabeling", format!("`{action}` is no action of relabelling"), node.span(), facts);
        }
        if let Some((node, pattern)) = step.get("regex").and_then(|node| Some((node, node.text()?)))
            && !has_placeholder(pattern)
            && is_broken(pattern)
        {
            let message = format!("the pattern `{pattern}` of a relabelling does not compile");
            problem("bad_relabeling", message, node.span(), facts);
        }
    }
}

/// Whether Go's syntax refuses the pattern too. The two dialects differ in details, so only what both refuse counts.
fn is_broken(pattern: &str) -> bool {
    const REFUSED_BY_BOTH: &[&str] =
        &["unclosed group", "unopened group", "unclosed character class", "look-around", "dangling"];
    let Err(error) = Regex::new(pattern) else { return false };
    let told = error.to_string();
    REFUSED_BY_BOTH.iter().any(|part| told.contains(part))
}

#[cfg(test)]
mod tests {
    use super::is_broken;

    #[test]
    fn only_what_go_refuses_too_is_broken() {
        assert!(is_broken("(("));
        assert!(is_broken("[a-z"));
        assert!(is_broken("(?!test).*"));
        assert!(!is_broken("(.*):(\\d+)"));
        assert!(!is_broken("{foo}"));
        assert!(!is_broken("\\Qa.b\\E"));
    }
}
