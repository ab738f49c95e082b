//! Credentials and disabled checks anywhere in a Prometheus configuration.

use crate::extract::values::class;
use crate::extract::yaml::Node;
use crate::facts::known::Known;
use crate::facts::schema::prometheus::PrometheusCredential;
use crate::facts::{Certainty, FactSet, RowId};

/// Keys whose value is a secret.
const SECRET_KEYS: &[&str] = &["password", "bearer_token", "credentials", "client_secret", "secret_key", "secret"];
/// Deepest nesting that is looked into.
const MAX_DEPTH: usize = 12;

/// States the credentials below `root`.
pub(super) fn state(root: Node<'_>, config: RowId, facts: &mut FactSet) {
    for section in ["scrape_configs", "remote_write", "remote_read", "alerting"] {
        if let Some(node) = root.get(section) {
            walk(node, &[section], config, facts);
        }
    }
}

fn walk(node: Node<'_>, path: &[&str], config: RowId, facts: &mut FactSet) {
    if path.len() > MAX_DEPTH {
        return;
    }
    for item in node.items() {
        walk(item, path, config, facts);
    }
    for (key, value) in node.entries() {
        let name = key.text().unwrap_or_default();
        let path = [path, &[name]].concat();
        if let Some(kind) = credential_kind(facts.known(), name, value) {
            let key = path.join(".");
            facts.push(PrometheusCredential { span: value.span(), certainty: Certainty::Certain, config, key, kind });
        }
        walk(value, &path, config, facts);
    }
}

fn credential_kind(known: &Known, name: &str, value: Node<'_>) -> Option<&'static str> {
    if name == "insecure_skip_verify" {
        return (value.boolean() == Some(true)).then_some("insecure_tls");
    }
    let is_header = name.eq_ignore_ascii_case("authorization") || name.eq_ignore_ascii_case("x-api-key");
    if !SECRET_KEYS.contains(&name) && !is_header {
        return None;
    }
    match class(known, value.text()?).0 {
        "empty" => None,
        "variable" | "reference" | "placeholder" => Some("placeholder"),
        _ => Some("literal"),
    }
}
