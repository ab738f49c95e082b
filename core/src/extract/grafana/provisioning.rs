//! Data sources, dashboard providers, alerts and contact points as files.

use crate::extract::address::host_port;
use crate::extract::values::class;
use crate::extract::yaml::Node;
use crate::facts::known::Known;
use crate::facts::schema::grafana::{GrafanaAlert, GrafanaContactPoint, GrafanaDatasource, GrafanaProvider};
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
    let models = node.items_at("data").into_iter().filter_map(|data| data.at(&["model", "expr"]));
    facts.push(GrafanaAlert {
        span: title.span(),
        certainty: Certainty::Certain,
        title: title.text().unwrap_or_default().to_owned(),
        expr: models.filter_map(Node::text).next().map(str::to_owned),
    });
}

fn state_contact_point(node: Node<'_>, facts: &mut FactSet) {
    for receiver in node.items_at("receivers") {
        facts.push(GrafanaContactPoint {
            span: receiver.span(),
            certainty: Certainty::Certain,
            name: node.text_at("name").unwrap_or_default().to_owned(),
            kind: receiver.text_at("type").unwrap_or_default().to_owned(),
        });
    }
}
