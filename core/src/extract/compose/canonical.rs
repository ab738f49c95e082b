//! Short forms into long ones, so that merging and reading see one form of each key.

use super::value::{Entry, Kind, Scalar, Tag, Value};

/// Keys of a service (or of its build) that are a mapping, or a list of `KEY=value`.
const PAIRS: &[&str] = &["environment", "labels", "annotations", "sysctls", "extra_hosts", "args"];

/// Brings every service of a file into the long form.
pub(super) fn canonicalize(root: &mut Value) {
    let Some(Kind::Mapping(services)) = root.get_mut("services").map(|services| &mut services.kind) else { return };
    for service in services {
        canonicalize_service(&mut service.value);
    }
}

fn canonicalize_service(service: &mut Value) {
    let Kind::Mapping(entries) = &mut service.kind else { return };
    for entry in entries {
        match entry.key.as_str() {
            "build" => {
                wrap_scalar(&mut entry.value, "context");
                if let Some(args) = entry.value.get_mut("args") {
                    pairs(args);
                }
            }
            "extends" => wrap_scalar(&mut entry.value, "service"),
            "depends_on" => named(&mut entry.value, Some(("condition", "service_started"))),
            "networks" => named(&mut entry.value, None),
            "env_file" => env_files(&mut entry.value),
            key if PAIRS.contains(&key) => pairs(&mut entry.value),
            _ => {}
        }
    }
}

fn entry(key: impl Into<String>, value: Value) -> Entry {
    Entry { key: key.into(), key_span: value.span, value }
}

/// `build: .` is `build: {context: .}`.
fn wrap_scalar(value: &mut Value, key: &str) {
    if let Kind::Scalar(scalar) = &value.kind {
        let inner = Value { span: value.span, kind: Kind::Scalar(scalar.clone()), tag: Tag::None };
        value.kind = Kind::Mapping(vec![entry(key, inner)]);
    }
}

/// `[a, b]` is `{a: null, b: null}`, or each with one default entry.
fn named(value: &mut Value, default: Option<(&str, &str)>) {
    let Kind::Sequence(items) = &value.kind else { return };
    let entries = items.iter().filter_map(|item| {
        let inner = match default {
            Some((key, text)) => Value::mapping(item.span, vec![entry(key, Value::scalar(item.span, text))]),
            None => Value::null(item.span),
        };
        Some(entry(item.text()?, inner))
    });
    value.kind = Kind::Mapping(entries.collect());
}

/// `[A=1, B]` is `{A: 1, B: null}`; `host:ip` is taken in the same way.
fn pairs(value: &mut Value) {
    let Kind::Sequence(items) = &value.kind else { return };
    let mut entries: Vec<Entry> = Vec::new();
    for item in items {
        let Some(scalar) = item.as_scalar() else { continue };
        let pair = scalar.text.split_once('=');
        let (key, inner) = match pair {
            Some((key, text)) => {
                let scalar = Scalar { is_plain: false, ..Scalar::literal(text.to_owned()) };
                (key.trim(), Value { span: item.span, kind: Kind::Scalar(scalar), tag: Tag::None })
            }
            None => (scalar.text.as_str(), Value::null(item.span)),
        };
        entries.retain(|earlier| earlier.key != key);
        entries.push(entry(key, inner));
    }
    value.kind = Kind::Mapping(entries);
}

/// `.env`, `[.env]` and `[{path: .env}]` are the last of these.
fn env_files(value: &mut Value) {
    let mut files = value.one_or_many().to_vec();
    if files.is_empty() {
        return;
    }
    files.iter_mut().for_each(|file| wrap_scalar(file, "path"));
    value.kind = Kind::Sequence(files);
}
