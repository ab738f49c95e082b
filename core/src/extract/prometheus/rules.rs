//! Rule files: groups, alerting and recording rules, what their expressions and texts say.

use std::collections::HashSet;

use super::config::{TOP_KEYS, check_duration, problem, repeated_keys, state_syntax, unknown_keys};
use super::expressions::{Owner, state_operations, state_selectors};
use super::{is_template, texts};
use crate::extract::yaml::Node;
use crate::facts::schema::prometheus::{
    PrometheusGroup, PrometheusRule, PrometheusRuleFile, PrometheusStatedNumber, PrometheusTemplateLabel,
};
use crate::facts::{Certainty, FactSet, RowId, duration_seconds};
use crate::source::{Artifact, SourceFile};
use crate::syntax::promql::{self, Reading};

/// Keys of a group; the last ones are those of Thanos and Mimir.
const GROUP_KEYS: &[&str] = &[
    "name",
    "interval",
    "limit",
    "query_offset",
    "labels",
    "rules",
    "partial_response_strategy",
    "evaluation_delay",
    "source_tenants",
    "align_evaluation_time_on_interval",
];
const RULE_KEYS: &[&str] = &["alert", "record", "expr", "for", "keep_firing_for", "labels", "annotations"];

/// States the rules in `file`; whether there is a rule file in it.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) -> bool {
    let roots = Node::roots(file);
    let kind = kind(file, &roots);
    let groups: Vec<Node<'_>> = match kind {
        "resource" => roots.iter().filter(|root| is_resource(**root)).flat_map(|root| spec_groups(*root)).collect(),
        _ => roots.iter().flat_map(|root| root.items_at("groups")).collect(),
    };
    if kind == "resource" && groups.is_empty() {
        return false;
    }
    let template = is_template(file);
    let count = |key: &str| {
        let rules = groups.iter().flat_map(|group| group.items_at("rules"));
        rules.filter(|rule| rule.get(key).is_some()).count() as i64
    };
    let row = facts.push(PrometheusRuleFile {
        span: file.start(),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        kind,
        groups: groups.len() as i64,
        alerts: count("alert"),
        records: count("record"),
        is_template: template,
        parsed: file.yaml().problems.is_empty(),
    });
    if kind == "prometheus" {
        state_syntax(file, template, facts);
        for root in roots.iter().filter(|_| !template) {
            repeated_keys(*root, facts);
            state_foreign_keys(*root, facts);
        }
    }
    let mut names = HashSet::new();
    for group in groups {
        state_group(group, row, kind, &mut names, facts);
    }
    true
}

fn kind(file: &SourceFile<'_>, roots: &[Node<'_>]) -> &'static str {
    let has = |key| roots.iter().any(|root| root.get(key).is_some());
    match file.artifact {
        Artifact::Kubernetes => "resource",
        Artifact::LokiRules => "loki",
        _ if has("tests") && has("rule_files") => "test",
        _ => "prometheus",
    }
}

/// States keys of `prometheus.yml` in a rule file: neither of the two readers takes both.
fn state_foreign_keys(root: Node<'_>, facts: &mut FactSet) {
    for (key, _) in root.entries() {
        let name = key.text().unwrap_or_default();
        if TOP_KEYS.contains(&name) {
            let message = format!("`{name}` belongs into `prometheus.yml`, and `groups` into a file of its own");
            problem("unknown_key", message, key.span(), facts);
        }
    }
}

fn is_resource(root: Node<'_>) -> bool {
    root.text_at("kind") == Some("PrometheusRule")
}

fn spec_groups(root: Node<'_>) -> Vec<Node<'_>> {
    root.at(&["spec", "groups"]).map(Node::items).unwrap_or_default()
}

fn state_group<'a>(node: Node<'a>, rule_file: RowId, kind: &str, names: &mut HashSet<&'a str>, facts: &mut FactSet) {
    let name = node.get("name");
    let row = facts.push(PrometheusGroup {
        span: name.unwrap_or(node).span(),
        certainty: Certainty::Certain,
        rule_file,
        name: name.and_then(Node::text).unwrap_or_default().to_owned(),
        interval: node.text_at("interval").and_then(duration_seconds),
    });
    if kind == "prometheus" {
        unknown_keys(node, GROUP_KEYS, facts);
        match name.and_then(Node::text) {
            None => problem("missing_name", "a rule group has no `name`".into(), node.span(), facts),
            Some(text) if !names.insert(text) => {
                let span = name.unwrap_or(node).span();
                problem("duplicate_group", format!("the group name `{text}` is used twice in this file"), span, facts);
            }
            Some(_) => {}
        }
    }
    let group = Group { rule_file, row, kind, severity: severity(node) };
    for rule in node.items_at("rules") {
        if kind == "prometheus" {
            state_rule_problems(rule, facts);
        }
        state_rule(rule, &group, facts);
    }
}

/// What the rules of a group share.
struct Group<'k> {
    rule_file: RowId,
    row: RowId,
    kind: &'k str,
    severity: Option<String>,
}

fn severity(node: Node<'_>) -> Option<String> {
    node.at(&["labels", "severity"]).and_then(Node::text).map(str::to_ascii_lowercase)
}

fn state_rule_problems(node: Node<'_>, facts: &mut FactSet) {
    unknown_keys(node, RULE_KEYS, facts);
    check_duration(node.get("for"), facts);
    let message = match (node.get("alert").is_some(), node.get("record").is_some()) {
        (true, true) => "a rule has both `alert` and `record`",
        (false, false) => "a rule has neither `alert` nor `record`",
        _ if node.get("expr").is_none() => "a rule has no `expr`",
        _ => return,
    };
    problem("bad_rule", message.into(), node.span(), facts);
}

fn state_rule(node: Node<'_>, group: &Group<'_>, facts: &mut FactSet) {
    let (kind, name) = match (node.get("alert"), node.get("record")) {
        (Some(name), _) => ("alert", name),
        (None, Some(name)) => ("record", name),
        _ => return,
    };
    let Some(expr) = node.get("expr") else { return };
    let text = expr.text().unwrap_or_default().trim();
    // Rules of Loki are LogQL, which nobody reads here.
    let is_logs = group.kind == "loki";
    let read = if is_logs { Ok(Reading::default()) } else { promql::read(text) };
    let (reading, error) = match read {
        Ok(reading) => (reading, None),
        Err(error) => (Reading::default(), Some(error)),
    };
    let annotation = |key: &str| node.at(&["annotations", key]).and_then(Node::text).map(str::to_owned);
    let row = facts.push(PrometheusRule {
        span: name.span(),
        certainty: if is_logs { Certainty::Unresolved } else { Certainty::Certain },
        rule_file: group.rule_file,
        rule_group: group.row,
        kind,
        name: name.text().unwrap_or_default().to_owned(),
        expr: text.to_owned(),
        expr_span: expr.span(),
        hold: node.text_at("for").and_then(duration_seconds).unwrap_or(0.0),
        severity: severity(node).or_else(|| group.severity.clone()),
        labels: joined_labels(node),
        summary: annotation("summary"),
        description: annotation("description").or_else(|| annotation("message")),
        runbook: annotation("runbook_url").or_else(|| annotation("runbook")),
        error,
        has_condition: reading.has_condition,
        functions: format!(" {} ", reading.functions.join(" ")),
    });
    let owner = Owner { row, kind: "rule", span: expr.span() };
    state_selectors(&reading, owner, facts);
    state_operations(&reading, owner, facts);
    if kind == "alert" {
        state_texts(node, row, &reading, facts);
    }
}

fn joined_labels(node: Node<'_>) -> String {
    let entries = node.get("labels").map(Node::entries).unwrap_or_default();
    let pair = |(key, value): &(Node<'_>, Node<'_>)| {
        format!("{}={}", key.text().unwrap_or_default(), value.text().unwrap_or_default())
    };
    let mut pairs: Vec<String> = entries.iter().map(pair).collect();
    pairs.sort_unstable();
    pairs.join(",")
}

fn state_texts(node: Node<'_>, rule: RowId, reading: &Reading, facts: &mut FactSet) {
    let statics = node.get("labels").map(Node::entries).unwrap_or_default();
    let is_static = |label: &str| statics.iter().any(|(key, _)| key.text() == Some(label));
    for section in ["annotations", "labels"] {
        for (key, value) in node.get(section).map(Node::entries).unwrap_or_default() {
            let (name, text) = (key.text().unwrap_or_default(), value.text().unwrap_or_default());
            for label in texts::labels(text) {
                let is_kept = if is_static(&label) { Some(true) } else { is_kept(&label, reading) };
                let (span, certainty, used_in) = (value.span(), Certainty::Certain, name.to_owned());
                facts.push(PrometheusTemplateLabel { span, certainty, rule, label, used_in, is_kept });
            }
            if section == "annotations" && matches!(name, "summary" | "description" | "message") {
                state_numbers(value, name, rule, facts);
            }
        }
    }
}

fn is_kept(label: &str, reading: &Reading) -> Option<bool> {
    if label == "alertname" {
        return None;
    }
    if reading.dropped_labels.iter().any(|dropped| dropped == label) {
        return Some(false);
    }
    reading.kept_labels.as_ref().map(|kept| kept.iter().any(|kept| kept == label))
}

fn state_numbers(value: Node<'_>, name: &str, rule: RowId, facts: &mut FactSet) {
    for stated in texts::numbers(value.text().unwrap_or_default()) {
        facts.push(PrometheusStatedNumber {
            span: value.span(),
            certainty: Certainty::Likely,
            rule,
            stated_in: name.to_owned(),
            unit: stated.unit,
            value: stated.value,
            words: stated.words,
        });
    }
}
