//! Data sources, dashboard providers, alerts and contact points as files.

use crate::extract::address::host_port;
use crate::extract::values::class;
use crate::extract::yaml::Node;
use crate::facts::known::Known;
use crate::facts::schema::grafana::{
    GrafanaAlert, GrafanaContactPoint, GrafanaDatasource, GrafanaPolicy, GrafanaProvider,
};
use crate::facts::{Certainty, FactSet};
use crate::source::SourceFile;

/// States what `file` provisions.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    for root in Node::roots(file) {
        for datasource in root.items_at("datasources") {
            state_datasource(datasource, facts);
        }
        for provider in root.items_at("providers") {
            state_provider(provider, facts);
        }
        for rule in root.items_at("groups").into_iter().flat_map(|group| group.items_at("rules")) {
            state_alert(rule, facts);
        }
        for point in root.items_at("contactPoints") {
            state_contact_point(point, facts);
        }
        for policy in root.items_at("policies") {
            state_policy(policy, true, 0, facts);
        }
    }
}

fn state_datasource(node: Node<'_>, facts: &mut FactSet) {
    let url = node.text_at("url").unwrap_or_default();
    let address = host_port(url);
    let unresolved = address.host.is_none() && !url.is_empty();
    facts.push(GrafanaDatasource {
        span: node.get("url").or_else(|| node.get("name")).unwrap_or(node).span(),
        certainty: if unresolved { Certainty::Unresolved } else { Certainty::Certain },
        name: node.text_at("name").unwrap_or_default().to_owned(),
        uid: node.text_at("uid").map(str::to_owned),
        kind: node.text_at("type").unwrap_or_default().to_owned(),
        url: without_user(url),
        host: address.host,
        port: address.port,
        secret: secret(facts.known(), node),
        is_default: node.text_at("isDefault") == Some("true"),
        organisation: node.text_at("orgId").map(str::to_owned),
    });
}

fn without_user(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://{rest}"),
        _ => url.to_owned(),
    }
}

/// How the passwords of a data source are given; a literal one counts before others.
fn secret(known: &Known, node: Node<'_>) -> Option<&'static str> {
    let named = ["password", "basicAuthPassword"].iter().filter_map(|key| node.get(key));
    let secure = node.get("secureJsonData").map(Node::entries).unwrap_or_default().into_iter().map(|(_, value)| value);
    let kinds: Vec<&'static str> = named
        .chain(secure)
        .filter_map(|value| match class(known, value.text()?).0 {
            "empty" => None,
            "variable" | "reference" => Some("variable"),
            "placeholder" => Some("placeholder"),
            _ => Some("literal"),
        })
        .collect();
    ["literal", "placeholder", "variable"].into_iter().find(|kind| kinds.contains(kind))
}

fn state_provider(node: Node<'_>, facts: &mut FactSet) {
    let path = node.at(&["options", "path"]).or_else(|| node.at(&["options", "folder"]));
    facts.push(GrafanaProvider {
        span: path.unwrap_or(node).span(),
        certainty: Certainty::Certain,
        name: node.text_at("name").unwrap_or_default().to_owned(),
        path: path.and_then(Node::text).map(str::to_owned),
    });
}

fn state_alert(node: Node<'_>, facts: &mut FactSet) {
    let Some(title) = node.get("title") else { return };
    let queries = node.items_at("data");
    let models = queries.iter().filter_map(|data| data.at(&["model", "expr"]));
    let condition = node.text_at("condition");
    facts.push(GrafanaAlert {
        span: title.span(),
        certainty: Certainty::Certain,
        title: title.text().unwrap_or_default().to_owned(),
        expr: models.filter_map(Node::text).next().map(str::to_owned),
        condition: condition.map(str::to_owned),
        has_condition: condition
            .is_some_and(|condition| queries.iter().any(|query| query.text_at("refId") == Some(condition))),
        receiver: node.at(&["notification_settings", "receiver"]).and_then(Node::text).map(str::to_owned),
        is_paused: node.get("isPaused").and_then(Node::boolean).unwrap_or(false),
    });
}

fn state_contact_point(node: Node<'_>, facts: &mut FactSet) {
    for receiver in node.items_at("receivers") {
        let settings = receiver.get("settings").map(Node::entries).unwrap_or_default();
        let target = settings.into_iter().find(|(key, _)| key.text().is_some_and(|key| TARGETS.contains(&key)));
        let target_class = target.and_then(|(_, value)| value.text()).map(|text| target_class(facts.known(), text));
        facts.push(GrafanaContactPoint {
            span: receiver.span(),
            certainty: Certainty::Certain,
            name: node.text_at("name").unwrap_or_default().to_owned(),
            kind: receiver.text_at("type").unwrap_or_default().to_owned(),
            target_class,
        });
    }
}

/// Settings of contact points that say where a message goes.
const TARGETS: &[&str] =
    &["addresses", "url", "recipient", "chatid", "integrationKey", "apiKey", "bottoken", "webhook_url", "token"];

/// What the address of a contact point is; one of an example domain reaches nobody.
fn target_class(known: &Known, text: &str) -> &'static str {
    let lower = text.to_ascii_lowercase();
    let is_example = ["example.", "@email.com", "your-", "your_", "changeme", "/xxx", "placeholder", ".invalid"]
        .iter()
        .any(|mark| lower.contains(mark));
    match class(known, text).0 {
        class @ ("variable" | "reference" | "empty") => class,
        _ if is_example => "placeholder",
        class => class,
    }
}

/// A notification policy and those below it.
fn state_policy(node: Node<'_>, is_root: bool, depth: usize, facts: &mut FactSet) {
    if depth > MAX_POLICIES {
        return;
    }
    if let Some(receiver) = node.get("receiver") {
        facts.push(GrafanaPolicy {
            span: receiver.span(),
            certainty: Certainty::Certain,
            receiver: receiver.text().unwrap_or_default().to_owned(),
            is_root,
        });
    }
    node.items_at("routes").into_iter().for_each(|route| state_policy(route, false, depth + 1, facts));
}

/// Deepest nesting of policies.
const MAX_POLICIES: usize = 16;
