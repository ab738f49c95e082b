//! The tree of routes, with what each inherits.

use super::problem;
use crate::extract::yaml::Node;
use crate::facts::schema::prometheus::{AlertmanagerMatcher, AlertmanagerRoute};
use crate::facts::{Certainty, FactSet, RowId, duration_seconds};

/// Deepest nesting of routes.
const MAX_DEPTH: usize = 32;

/// What a route passes on to those within it.
#[derive(Clone)]
struct Inherited {
    parent: Option<RowId>,
    receiver: String,
    group_by: String,
    group_wait: f64,
    repeat_interval: f64,
}

/// States the tree of routes below the root route.
pub(super) fn state(root: Node<'_>, config: RowId, facts: &mut FactSet) {
    // Alertmanager's defaults.
    let inherited = Inherited {
        parent: None,
        receiver: String::new(),
        group_by: String::new(),
        group_wait: 30.0,
        repeat_interval: 14_400.0,
    };
    state_route(root, config, &inherited, 0, facts);
}

fn state_route(node: Node<'_>, config: RowId, outer: &Inherited, depth: usize, facts: &mut FactSet) {
    if depth > MAX_DEPTH || !node.is_mapping() {
        return;
    }
    let seconds = |key: &str| node.text_at(key).and_then(duration_seconds);
    let receiver = node.get("receiver");
    let group_by: Vec<&str> = node.items_at("group_by").into_iter().filter_map(Node::text).collect();
    let matchers = matchers(node);
    let mut own = Inherited {
        parent: outer.parent,
        receiver: receiver.and_then(Node::text).map_or_else(|| outer.receiver.clone(), str::to_owned),
        group_by: if group_by.is_empty() { outer.group_by.clone() } else { group_by.join(" ") },
        group_wait: seconds("group_wait").unwrap_or(outer.group_wait),
        repeat_interval: seconds("repeat_interval").unwrap_or(outer.repeat_interval),
    };
    let texts: Vec<&str> = matchers.iter().map(|matcher| matcher.text.as_str()).collect();
    let row = facts.push(AlertmanagerRoute {
        span: node.span(),
        certainty: Certainty::Certain,
        config,
        parent: own.parent,
        receiver: own.receiver.clone(),
        receiver_span: receiver.unwrap_or(node).span(),
        matchers: texts.join(", "),
        group_by: own.group_by.clone(),
        group_wait: own.group_wait,
        repeat_interval: own.repeat_interval,
    });
    for matcher in matchers {
        state_matcher(matcher, config, Some(row), facts);
    }
    own.parent = Some(row);
    for route in node.items_at("routes") {
        state_route(route, config, &own, depth + 1, facts);
    }
}

/// States the matchers of an inhibition.
pub(super) fn state_inhibition(node: Node<'_>, config: RowId, facts: &mut FactSet) {
    for side in ["source", "target"] {
        for key in [format!("{side}_matchers"), format!("{side}_match"), format!("{side}_match_re")] {
            let is_deprecated = !key.ends_with("matchers");
            for matcher in
                node.get(&key).map(|node| read(node, is_deprecated, key.ends_with("_re"))).unwrap_or_default()
            {
                state_matcher(matcher, config, None, facts);
            }
        }
    }
}

struct Matcher<'a> {
    node: Node<'a>,
    text: String,
    parts: Option<(String, String, String)>,
    is_deprecated: bool,
}

fn matchers(route: Node<'_>) -> Vec<Matcher<'_>> {
    [("matchers", false, false), ("match", true, false), ("match_re", true, true)]
        .into_iter()
        .flat_map(|(key, old, regex)| route.get(key).map(|node| read(node, old, regex)).unwrap_or_default())
        .collect()
}

fn read(node: Node<'_>, is_deprecated: bool, is_regex: bool) -> Vec<Matcher<'_>> {
    if is_deprecated {
        let operator = if is_regex { "=~" } else { "=" };
        return node
            .entries()
            .into_iter()
            .map(|(key, value)| {
                let (label, value) = (key.text().unwrap_or_default(), value.text().unwrap_or_default());
                let parts = Some((label.to_owned(), operator.to_owned(), value.to_owned()));
                Matcher { node: key, text: format!("{label}{operator}\"{value}\""), parts, is_deprecated }
            })
            .collect();
    }
    let nodes = if node.text().is_some() { vec![node] } else { node.items() };
    nodes
        .into_iter()
        .flat_map(|node| {
            let text = node.text().unwrap_or_default().trim().trim_start_matches('{').trim_end_matches('}');
            split(text).into_iter().map(move |text| Matcher {
                node,
                text: text.to_owned(),
                parts: parse(text),
                is_deprecated: false,
            })
        })
        .collect()
}

/// Splits `a="x", b=~"y,z"` at commas outside of quotes.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted, mut escaped) = (0, false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

fn parse(text: &str) -> Option<(String, String, String)> {
    let at = text.find(['=', '!'])?;
    let operator = ["=~", "!~", "!=", "="].into_iter().find(|operator| text[at..].starts_with(operator))?;
    let label = text[..at].trim().trim_matches('"');
    let value = text[at + operator.len()..].trim();
    let is_closed = value.len() < 2 || value.starts_with('"') == value.ends_with('"');
    let value = value.trim_matches('"').to_owned();
    (!label.is_empty() && is_closed).then(|| (label.to_owned(), operator.to_owned(), value))
}

fn state_matcher(matcher: Matcher<'_>, config: RowId, route: Option<RowId>, facts: &mut FactSet) {
    let span = matcher.node.span();
    if matcher.parts.is_none() {
        problem(config, "bad_matcher", format!("`{}` is no matcher", matcher.text), span, facts);
    }
    let (label, operator, value) = matcher.parts.unwrap_or_default();
    facts.push(AlertmanagerMatcher {
        span,
        certainty: Certainty::Certain,
        config,
        route,
        label,
        operator,
        value,
        text: matcher.text,
        is_deprecated: matcher.is_deprecated,
    });
}
