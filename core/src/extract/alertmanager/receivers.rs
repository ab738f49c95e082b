//! Receivers: where notifications go, and the secrets that they need.

use super::problem;
use crate::extract::address::host_port;
use crate::extract::values::class;
use crate::extract::yaml::Node;
use crate::facts::known::Known;
use crate::facts::schema::prometheus::{AlertmanagerIntegration, AlertmanagerReceiver, AlertmanagerSecret};
use crate::facts::{Certainty, FactSet, RowId};

/// The keys that say where an integration sends to, first come first served.
const TARGET_KEYS: &[&str] =
    &["url", "api_url", "webhook_url", "to", "webex_url", "channel", "chat_id", "room_id", "topic_arn"];
/// Keys whose value is a secret, in receivers and in `global`.
const SECRET_KEYS: &[&str] = &[
    "api_url",
    "slack_api_url",
    "webhook_url",
    "auth_password",
    "smtp_auth_password",
    "smtp_auth_secret",
    "routing_key",
    "service_key",
    "api_key",
    "opsgenie_api_key",
    "victorops_api_key",
    "bot_token",
    "token",
    "user_key",
    "password",
    "credentials",
    "bearer_token",
    "secret",
    "client_secret",
];

/// What an integration cannot do without: its kind, the keys of which it needs one, and those of `global` that stand in.
const NEEDED_KEYS: &[(&str, &[&str], &[&str])] = &[
    ("email", &["to"], &[]),
    ("email", &["smarthost"], &["smtp_smarthost"]),
    ("email", &["from"], &["smtp_from"]),
    (
        "slack",
        &["api_url", "api_url_file", "app_token", "app_token_file"],
        &["slack_api_url", "slack_api_url_file", "slack_app_token", "slack_app_token_file"],
    ),
    ("pagerduty", &["routing_key", "routing_key_file", "service_key", "service_key_file"], &[]),
    ("opsgenie", &["api_key", "api_key_file"], &["opsgenie_api_key", "opsgenie_api_key_file"]),
    ("victorops", &["api_key", "api_key_file"], &["victorops_api_key", "victorops_api_key_file"]),
    ("webhook", &["url", "url_file"], &[]),
    ("discord", &["webhook_url", "webhook_url_file"], &[]),
    ("msteams", &["webhook_url", "webhook_url_file"], &[]),
];

/// The integrations of a receiver: kind and configuration.
pub(super) fn integrations(receiver: Node<'_>) -> Vec<(String, Node<'_>)> {
    let kinds = receiver
        .entries()
        .into_iter()
        .filter_map(|(key, value)| Some((key.text()?.strip_suffix("_configs")?.to_owned(), value)));
    kinds.flat_map(|(kind, value)| value.items().into_iter().map(move |item| (kind.clone(), item))).collect()
}

/// States the receivers and secrets of a configuration.
pub(super) fn state(root: Node<'_>, config: RowId, facts: &mut FactSet) {
    if let Some(global) = root.get("global") {
        state_secrets(global, config, 0, facts);
    }
    let fallback = root.at(&["global", "slack_api_url"]).or_else(|| root.at(&["global", "slack_api_url_file"]));
    for receiver in root.items_at("receivers") {
        let integrations = integrations(receiver);
        let name = receiver.get("name");
        let mut kinds: Vec<&str> = integrations.iter().map(|(kind, _)| kind.as_str()).collect();
        kinds.dedup();
        let row = facts.push(AlertmanagerReceiver {
            span: name.unwrap_or(receiver).span(),
            certainty: Certainty::Certain,
            config,
            name: name.and_then(Node::text).unwrap_or_default().to_owned(),
            kinds: kinds.join(" "),
            integrations: integrations.len() as i64,
        });
        for (kind, node) in &integrations {
            state_unknown_keys(*node, kind, config, facts);
            state_missing_keys(root.get("global"), *node, kind, config, facts);
            state_integration(*node, kind, (config, row), fallback, facts);
            state_secrets(*node, config, 0, facts);
        }
    }
}

/// Keys of integrations that are easily taken for others; a key that Alertmanager does not know makes it refuse the file.
const EMAIL_KEYS: &[&str] = &[
    "auth_identity",
    "auth_password",
    "auth_password_file",
    "auth_secret",
    "auth_secret_file",
    "auth_username",
    "force_implicit_tls",
    "from",
    "headers",
    "hello",
    "html",
    "require_tls",
    "send_resolved",
    "smarthost",
    "text",
    "threading",
    "tls_config",
    "to",
];
const WEBHOOK_KEYS: &[&str] = &["http_config", "max_alerts", "payload", "send_resolved", "timeout", "url", "url_file"];

fn state_unknown_keys(node: Node<'_>, kind: &str, config: RowId, facts: &mut FactSet) {
    let known = match kind {
        "email" => EMAIL_KEYS,
        "webhook" => WEBHOOK_KEYS,
        _ => return,
    };
    for (key, _) in node.entries() {
        let name = key.text().unwrap_or_default();
        if !known.contains(&name) && !name.contains("{{") && !name.contains('$') {
            problem(config, "unknown_key", format!("unknown key `{name}` in `{kind}_configs`"), key.span(), facts);
        }
    }
}

/// Alertmanager refuses a file with an integration that lacks what it needs.
fn state_missing_keys(global: Option<Node<'_>>, node: Node<'_>, kind: &str, config: RowId, facts: &mut FactSet) {
    let holds = |node: Node<'_>, keys: &[&str]| keys.iter().any(|key| node.get(key).is_some());
    if node.entries().iter().any(|(key, _)| key.text().is_none_or(|key| key.contains(['{', '$']) || key == "<<")) {
        return;
    }
    let missing: Vec<String> = NEEDED_KEYS
        .iter()
        .filter(|(needing, own, _)| *needing == kind && !holds(node, own))
        .filter(|(_, _, shared)| !global.is_some_and(|global| holds(global, shared)))
        .map(|(_, own, shared)| match shared.first() {
            Some(shared) => format!("`{}` (`{shared}` in `global`)", own[0]),
            None => format!("`{}`", own[0]),
        })
        .collect();
    if !missing.is_empty() {
        let message = format!("`{kind}_configs` lacks {}", missing.join(" and "));
        problem(config, "missing_key", message, node.span(), facts);
    }
}

fn state_integration(
    node: Node<'_>,
    kind: &str,
    (config, receiver): (RowId, RowId),
    fallback: Option<Node<'_>>,
    facts: &mut FactSet,
) {
    let own = TARGET_KEYS.iter().find_map(|key| node.get(key).filter(|value| value.text().is_some()));
    let named = if kind == "slack" { node.get("api_url").or(fallback).or(own) } else { own };
    let text = named.and_then(Node::text);
    let is_url = text.is_some_and(|text| text.contains("://"));
    let address = text.filter(|_| is_url).map(host_port).unwrap_or_default();
    let is_file = entries_end_with_file(node);
    let stand_in = node.entries().into_iter().find_map(|(key, value)| {
        let text = value.text().filter(|text| is_placeholder(facts.known(), text))?;
        SECRET_KEYS.contains(&key.text()?).then(|| (value, text.to_owned()))
    });
    let is_placeholder = stand_in.is_some() || text.is_some_and(|text| is_placeholder(facts.known(), text));
    let has_literal = node.entries().iter().any(|(key, value)| {
        let (name, text) = (key.text().unwrap_or_default(), value.text().unwrap_or_default());
        SECRET_KEYS.contains(&name) && secret_kind(facts.known(), name, text) == Some("literal")
    });
    let unresolved = !is_placeholder
        && (text.is_some() || !has_literal)
        && (text.is_none_or(|text| matches!(class(facts.known(), text).0, "variable" | "reference")) || is_file);
    facts.push(AlertmanagerIntegration {
        span: stand_in.as_ref().map(|(value, _)| *value).or(named).unwrap_or(node).span(),
        certainty: if unresolved { Certainty::Unresolved } else { Certainty::Certain },
        receiver,
        config,
        kind: kind.to_owned(),
        target: stand_in.map(|(_, text)| text).or_else(|| text.map(|text| shown(text, is_url))),
        host: address.host,
        port: address.port,
        is_placeholder,
    });
}

fn entries_end_with_file(node: Node<'_>) -> bool {
    node.entries().iter().any(|(key, _)| key.text().is_some_and(|key| key.ends_with("_file")))
}

/// A target without the path of its URL, which often is the secret.
fn shown(text: &str, is_url: bool) -> String {
    if !is_url {
        return text.to_owned();
    }
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}")
}

/// Whether a target stands in for a real one.
fn is_placeholder(known: &Known, text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let domains = [
        "example.com",
        "example.org",
        "example.net",
        "yourdomain",
        "your-domain",
        "your-company",
        "domain.tld",
        "@company.com",
        "@mycompany",
        ".company.com",
    ];
    let words = [
        "your_",
        "your-",
        "/your",
        "<your",
        "xxx",
        "changeme",
        "change-me",
        "change_me",
        "placeholder",
        "replace",
        "/t00000000/",
        "dummy",
    ];
    domains.iter().chain(&words).any(|mark| lower.contains(mark)) || class(known, text).0 == "placeholder"
}

fn state_secrets(node: Node<'_>, config: RowId, depth: usize, facts: &mut FactSet) {
    if depth > 6 {
        return;
    }
    for (key, value) in node.entries() {
        let name = key.text().unwrap_or_default();
        let text = value.text().filter(|_| SECRET_KEYS.contains(&name));
        if let Some(kind) = text.and_then(|text| secret_kind(facts.known(), name, text)) {
            let key = name.to_owned();
            facts.push(AlertmanagerSecret { span: value.span(), certainty: Certainty::Certain, config, key, kind });
        }
        state_secrets(value, config, depth + 1, facts);
    }
}

fn secret_kind(known: &Known, name: &str, text: &str) -> Option<&'static str> {
    let is_url_key = name.ends_with("url");
    match class(known, text).0 {
        "empty" => None,
        "variable" | "reference" => Some("variable"),
        "placeholder" => Some("placeholder"),
        _ if is_placeholder(known, text) => Some("placeholder"),
        // An address that names no hook holds no secret.
        _ if is_url_key && !is_hook(text) => None,
        _ => Some("literal"),
    }
}

fn is_hook(text: &str) -> bool {
    ["hooks.slack.com/services/", "/api/webhooks/", "/webhook/", "webhook.office.com"]
        .iter()
        .any(|mark| text.contains(mark))
}
