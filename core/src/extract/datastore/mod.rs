//! Configuration files of Redis, PostgreSQL and Qdrant as settings with their places.

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::extract::{Extractor, Model, values};
use crate::facts::schema::datastore_conf::{DatastoreConfig, DatastoreSetting, PostgresAccess};
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};
use crate::syntax::yaml::Value;

/// Deepest nesting of a YAML configuration that is followed.
const MAX_DEPTH: usize = 12;

/// States configuration files of datastores.
pub(super) struct Datastore;

impl Extractor for Datastore {
    fn name(&self) -> &'static str {
        "datastore"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        program(artifact).is_some() || artifact == Artifact::PostgresHba
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn fills(&self) -> &'static [&'static str] {
        &["datastore_config", "datastore_setting", "postgres_access"]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let Some(program) = program(file.artifact) else {
            access(file, facts);
            return None;
        };
        let config = facts.push(DatastoreConfig {
            span: file.start(),
            certainty: Certainty::Certain,
            path: file.path.to_owned(),
            program,
        });
        for (range, key, value) in settings(file) {
            facts.push(DatastoreSetting {
                span: file.span(range),
                certainty: if value.contains("${") { Certainty::Unresolved } else { Certainty::Certain },
                config,
                program,
                value_class: values::classify(facts.known(), &key, &value).class,
                key,
                value,
            });
        }
        None
    }
}

fn program(artifact: Artifact) -> Option<&'static str> {
    match artifact {
        Artifact::RedisConf => Some("redis"),
        Artifact::PostgresConf => Some("postgres"),
        Artifact::QdrantConfig => Some("qdrant"),
        _ => None,
    }
}

type Setting = (Range<usize>, String, String);

fn settings(file: &SourceFile<'_>) -> Vec<Setting> {
    match file.artifact {
        Artifact::QdrantConfig => {
            let mut settings = Vec::new();
            if let Some(root) = file.yaml().values().next() {
                flatten(root, "", 0, &mut settings);
            }
            settings
        }
        Artifact::PostgresConf => lines(file.text).filter_map(|(at, line)| postgres(at, line)).collect(),
        _ => lines(file.text).filter_map(|(at, line)| redis(at, line)).collect(),
    }
}

/// The lines that say something, with the byte that each begins at.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let at = start + (line.len() - line.trim_start().len());
        start += line.len();
        let line = line.trim();
        (!line.is_empty() && !line.starts_with('#')).then_some((at, line))
    })
}

/// `key value value`; a `#` begins a comment only at the start of a line.
fn redis(at: usize, line: &str) -> Option<Setting> {
    let (key, value) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let value = value.trim();
    let bare = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
    Some((at..at + line.len(), key.to_ascii_lowercase(), bare.to_owned()))
}

/// `key = value # comment`; the equals sign may be left out, quotes hold a value together.
fn postgres(at: usize, line: &str) -> Option<Setting> {
    let end = line.find(|c: char| c == '=' || c.is_whitespace())?;
    let (key, rest) = line.split_at(end);
    let rest = rest.trim_start().trim_start_matches('=').trim_start();
    let value = match rest.strip_prefix('\'') {
        Some(quoted) => quoted.split('\'').next().unwrap_or_default(),
        None => rest.split('#').next().unwrap_or_default().trim(),
    };
    Some((at..at + line.len(), key.to_ascii_lowercase(), value.to_owned()))
}

fn flatten(value: Value<'_>, prefix: &str, depth: usize, into: &mut Vec<Setting>) {
    for (key, inner) in value.entries() {
        let Some(name) = key.text().filter(|_| depth < MAX_DEPTH && into.len() < 10_000) else { continue };
        let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
        if inner.is_mapping() {
            flatten(inner, &path, depth + 1, into);
        } else {
            let range = key.range().start..inner.range().end.max(key.range().end);
            into.push((range, path.to_ascii_lowercase(), inner.texts().join(" ")));
        }
    }
}

/// `type database user [address [mask]] method [options]`
fn access(file: &SourceFile<'_>, facts: &mut FactSet) {
    for (at, line) in lines(file.text) {
        let fields: Vec<&str> = line.split('#').next().unwrap_or_default().split_whitespace().collect();
        let (Some(kind), Some(database), Some(user)) = (fields.first(), fields.get(1), fields.get(2)) else { continue };
        let has_mask =
            fields.get(4).is_some_and(|field| field.contains('.') && field.parse::<std::net::Ipv4Addr>().is_ok());
        let method_at = if *kind == "local" { 3 } else { 4 + usize::from(has_mask) };
        let Some(method) = fields.get(method_at) else { continue };
        facts.push(PostgresAccess {
            span: file.span(at..at + line.len()),
            certainty: Certainty::Certain,
            path: file.path.to_owned(),
            kind: (*kind).to_owned(),
            database: (*database).to_owned(),
            user: (*user).to_owned(),
            address: (method_at > 3).then(|| fields[3..method_at].join(" ")),
            method: (*method).to_owned(),
        });
    }
}
