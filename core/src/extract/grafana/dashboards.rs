//! Dashboards: panels, and what their queries read. A dashboard is JSON, which the YAML reader takes as it is.

use crate::extract::prometheus::expressions::{Owner, state_selectors};
use crate::extract::yaml::Node;
use crate::facts::schema::grafana::{GrafanaDashboard, GrafanaQuery};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::SourceFile;
use crate::syntax::promql::{self, Reading};

/// Deepest nesting of rows of panels.
const MAX_DEPTH: usize = 8;

/// States the dashboard in `file`.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    let Some(root) = Node::roots(file).into_iter().next() else { return };
    // Exports by the API wrap the dashboard.
    let wrapped = root.get("dashboard").filter(|node| node.is_mapping());
    let root = wrapped.unwrap_or(root);
    let mut panels = Vec::new();
    collect(root, 0, &mut panels);
    let title = root.get("title");
    let dashboard = facts.push(GrafanaDashboard {
        span: title.map_or(file.start(), Node::span),
        certainty: Certainty::Certain,
        uid: root.text_at("uid").filter(|uid| !uid.is_empty() && *uid != "null").map(str::to_owned),
        title: title.and_then(Node::text).unwrap_or_default().to_owned(),
        panels: panels.len() as i64,
        parsed: file.yaml().problems.is_empty(),
        is_wrapped: wrapped.is_some(),
    });
    for panel in panels {
        for target in panel.items_at("targets") {
            state_query(target, panel, dashboard, facts);
        }
    }
}

fn collect<'a>(node: Node<'a>, depth: usize, panels: &mut Vec<Node<'a>>) {
    if depth > MAX_DEPTH {
        return;
    }
    for panel in node.items_at("panels") {
        if panel.text_at("type") != Some("row") {
            panels.push(panel);
        }
        collect(panel, depth + 1, panels);
    }
    for row in node.items_at("rows") {
        collect(row, depth + 1, panels);
    }
}

fn state_query(node: Node<'_>, panel: Node<'_>, dashboard: RowId, facts: &mut FactSet) {
    let Some(expr) = node.get("expr") else { return };
    let written = expr.text().unwrap_or_default();
    let (kind, datasource) = datasource(node).or_else(|| datasource(panel)).unwrap_or_default();
    let is_other = !kind.is_empty() && !kind.contains("prometheus");
    let read = if is_other { Ok(Reading::default()) } else { promql::read(&without_variables(written)) };
    let (reading, error) = match read {
        Ok(reading) => (reading, None),
        Err(error) => (Reading::default(), Some(error)),
    };
    let row = facts.push(GrafanaQuery {
        span: expr.span(),
        certainty: if is_other { Certainty::Unresolved } else { Certainty::Certain },
        dashboard,
        panel: panel.text_at("title").unwrap_or_default().to_owned(),
        expr: written.to_owned(),
        datasource: Some(datasource).filter(|name| !name.is_empty() && !name.contains('$')),
        error,
        functions: format!(" {} ", reading.functions.join(" ")),
    });
    state_selectors(&reading, Owner { row, kind: "panel", span: expr.span() }, facts);
}

/// Type, and uid or name, of the data source of a panel or query.
fn datasource(node: Node<'_>) -> Option<(String, String)> {
    let node = node.get("datasource")?;
    if let Some(name) = node.text() {
        let name = if name == "null" { "" } else { name };
        return Some((String::new(), name.to_owned()));
    }
    let text = |key| node.text_at(key).unwrap_or_default().to_owned();
    Some((text("type"), text("uid")))
}

/// An expression with Grafana's variables replaced by something that PromQL reads: durations within brackets, a name
/// or a number elsewhere. Within quotes they may stay.
fn without_variables(expr: &str) -> String {
    let mut plain = String::with_capacity(expr.len());
    let mut rest = expr;
    while let Some(at) = rest.find('$') {
        let (before, after) = rest.split_at(at);
        plain.push_str(before);
        let name_end = variable_end(after);
        if is_quoted(&plain) {
            plain.push('x');
        } else {
            plain.push_str(if is_range(&plain) { "5m" } else { "variable" });
        }
        rest = &after[name_end..];
    }
    plain + rest
}

fn variable_end(text: &str) -> usize {
    if text.starts_with("${") {
        return text.find('}').map_or(text.len(), |end| end + 1);
    }
    let name = text[1..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len() - 1);
    1 + name
}

fn is_quoted(before: &str) -> bool {
    before.matches('"').count() % 2 == 1
}

fn is_range(before: &str) -> bool {
    let trimmed = before.trim_end();
    trimmed.ends_with('[') || trimmed.ends_with(':') || trimmed.ends_with("offset")
}

#[cfg(test)]
mod tests {
    use super::without_variables;

    #[test]
    fn variables_become_something_that_parses() {
        let read = without_variables("rate(a{job=~\"$job\"}[$__rate_interval]) * ${scale:raw} > $b");
        assert_eq!(read, "rate(a{job=~\"x\"}[5m]) * variable > variable");
        assert_eq!(without_variables("a$"), "avariable");
        assert_eq!(without_variables("a${b"), "avariable");
    }
}
