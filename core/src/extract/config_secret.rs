//! Settings of configuration files of no special kind (INI, properties, TOML, YAML, JSON) whose names say that their
//! values are secrets, or bounds of how much is done at a time. The values of secrets are never stated.

use std::ops::Range;

use super::{Extractor, Model, values};
use crate::facts::schema::tree::{ConfigLimit, ConfigSecret};
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};
use crate::syntax::yaml::Value;

/// Largest file that is read as a configuration, in bytes: larger ones are data.
const MAX_BYTES: usize = 128 << 10;
/// Deepest nesting that is followed.
const MAX_DEPTH: usize = 8;
/// Most settings that one file may state.
const MAX_FOUND: usize = 200;
/// Longest value that a person types or pastes into a setting, in bytes.
const MAX_VALUE: usize = 512;
/// Words in the keys of numbers that bound how much is done at a time.
const LIMITS: &[&str] = &["pool", "overflow", "connections", "concurren", "workers", "threads"];

/// States secrets and limits of configuration files.
pub(super) struct ConfigSecrets;

impl Extractor for ConfigSecrets {
    fn name(&self) -> &'static str {
        "config-secret"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(artifact, Artifact::Ini | Artifact::Toml | Artifact::Yaml | Artifact::Json | Artifact::Other)
    }

    fn fills(&self) -> &'static [&'static str] {
        &["config_secret", "config_limit"]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        if file.text.len() > MAX_BYTES {
            return None;
        }
        for setting in settings(file).into_iter().take(MAX_FOUND) {
            let lower = setting.key.to_ascii_lowercase();
            if let Ok(value) = setting.value.parse::<i64>()
                && LIMITS.iter().any(|word| lower.contains(word))
            {
                let (span, certainty, path) = (file.span(setting.range), Certainty::Certain, file.path.to_owned());
                facts.push(ConfigLimit { span, certainty, path, key: lower, value });
                continue;
            }
            let classified = values::classify(facts.known(), &setting.name, &setting.value);
            if !classified.is_secret_name || setting.value.len() > MAX_VALUE {
                continue;
            }
            facts.push(ConfigSecret {
                span: file.span(setting.range),
                certainty: Certainty::Certain,
                path: file.path.to_owned(),
                key: setting.key,
                value_class: classified.class,
                is_mixed: is_mixed(&setting.value),
            });
        }
        None
    }
}

struct Setting {
    range: Range<usize>,
    /// All keys on the way, joined by dots.
    key: String,
    /// The last two of them, which say what the value is.
    name: String,
    value: String,
}

fn settings(file: &SourceFile<'_>) -> Vec<Setting> {
    let mut found = Vec::new();
    match file.artifact {
        Artifact::Json if file.holds("\"realm\"") && file.holds("\"clients\"") => {
            for root in file.yaml().values() {
                realm(root, &mut found);
            }
        }
        Artifact::Yaml | Artifact::Json if is_configuration(file.path) && names_one(file.text) => {
            for root in file.yaml().values() {
                flatten(root, &mut Vec::new(), &mut found);
            }
        }
        Artifact::Ini | Artifact::Toml => lines(file.text, &mut found),
        Artifact::Other if file.path.ends_with(".properties") => lines(file.text, &mut found),
        _ => {}
    }
    found
}

/// Whether the path is that of a configuration: other YAML and JSON is data, a translation or a schema.
fn is_configuration(path: &str) -> bool {
    const NAMES: &[&str] = &[
        "config",
        "conf",
        "setting",
        "application",
        "credential",
        "secret",
        "database",
        "vars",
        "environment",
        "values",
    ];
    const FOLDERS: &[&str] = &[
        "config",
        "configs",
        "conf",
        "conf.d",
        "settings",
        "etc",
        "group_vars",
        "host_vars",
        "deploy",
        "environments",
    ];
    let lower = path.to_ascii_lowercase();
    let mut parts = lower.rsplit('/');
    let name = parts.next().unwrap_or_default();
    NAMES.iter().any(|word| name.contains(word)) || parts.any(|folder| FOLDERS.contains(&folder))
}

/// A cheap look before the text is parsed.
fn names_one(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let secrets = ["passw", "secret", "token", "key", "pwd", "credential"];
    secrets.iter().chain(LIMITS).any(|word| lower.contains(word))
}

fn flatten<'d>(value: Value<'d>, path: &mut Vec<&'d str>, found: &mut Vec<Setting>) {
    for (key, inner) in value.entries() {
        let Some(name) = key.text().filter(|_| path.len() < MAX_DEPTH && found.len() < 10_000) else { continue };
        path.push(name);
        if inner.is_mapping() {
            flatten(inner, path, found);
        } else if let Some(text) = inner.text() {
            let range = key.range().start..inner.range().end.max(key.range().end);
            found.push(Setting { range, key: path.join("."), name: last_two(path), value: text.to_owned() });
        }
        path.pop();
    }
}

/// What an export of a Keycloak realm holds: secrets of clients, passwords of users.
fn realm(root: Value<'_>, found: &mut Vec<Setting>) {
    let mut state = |value: Option<Value<'_>>, key: String, name: &str| {
        // An export can leave stars in the place of secrets.
        let stated = value.and_then(|value| Some((value, value.text()?)));
        if let Some((value, text)) = stated.filter(|(_, text)| text.bytes().any(|byte| byte != b'*')) {
            found.push(Setting { range: value.range(), key, name: name.to_owned(), value: text.to_owned() });
        }
    };
    for client in root.get("clients").into_iter().flat_map(Value::items) {
        let id = client.text_at("clientId").unwrap_or("?");
        state(client.get("secret"), format!("clients.{id}.secret"), "client.secret");
    }
    for user in root.get("users").into_iter().flat_map(Value::items) {
        let name = user.text_at("username").unwrap_or("?");
        for credential in user.get("credentials").into_iter().flat_map(Value::items) {
            state(credential.get("value"), format!("users.{name}.password"), "user.password");
        }
    }
}

fn last_two(path: &[&str]) -> String {
    path[path.len().saturating_sub(2)..].join(".")
}

/// `[section]` and `key = value` or `key: value`, as INI, properties and the plain part of TOML write them.
fn lines(text: &str, found: &mut Vec<Setting>) {
    let (mut section, mut start) = ("", 0);
    for line in text.split_inclusive('\n') {
        let at = start + (line.len() - line.trim_start().len());
        start += line.len();
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';', '!']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim_matches(['[', ']', ' ']);
            continue;
        }
        let Some((name, value)) = line.split_once('=').or_else(|| line.split_once(':')) else { continue };
        let (name, value) = (name.trim().trim_matches('"'), bare(value.trim()));
        let key = if section.is_empty() { name.to_owned() } else { format!("{section}.{name}") };
        found.push(Setting { range: at..at + line.len(), key, name: name.to_owned(), value: value.to_owned() });
    }
}

/// A value without its quotes, or without the comment behind it.
fn bare(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or_default();
        }
    }
    value.split(" #").next().unwrap_or_default().split(" ;").next().unwrap_or_default().trim_end()
}

fn is_mixed(value: &str) -> bool {
    value.len() >= 6
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !value.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Wanted;
    use crate::source::{FileId, classify};

    fn stated(path: &str, text: &str) -> Vec<String> {
        let file = SourceFile::new(FileId(0), path, classify(path, text), text);
        let known = std::sync::Arc::new(crate::extract::known::builtin());
        let mut facts = FactSet::for_file(FileId(0), Wanted::all(), known);
        if ConfigSecrets.reads(file.artifact) {
            ConfigSecrets.extract(&file, &mut facts);
        }
        let dump = facts.dump(&crate::source::Texts::default());
        let part = |line: &str, name: &str| {
            let rest = line.split(&format!("{name}=\"")).nth(1)?;
            Some(rest.split('"').next()?.to_owned())
        };
        let told = |line: &str| Some(format!("{} {}", part(line, "key")?, part(line, "value_class")?));
        dump.lines().filter_map(told).collect()
    }

    #[test]
    fn sections_and_nested_keys_are_paths() {
        let ini = "[database]\nhost = db\npassword = Zk39dkwQ03ls ; ours\n[auth]\ntoken = ${TOKEN}\nttl = 30\n";
        assert_eq!(stated("etc/app.ini", ini), ["database.password opaque", "auth.token variable"]);
        let realm = "{\"realm\": \"shop\", \"clients\": [{\"clientId\": \"api\", \"secret\": \"changeme\"}, {\"clientId\": \"web\"}], \"users\": [{\"username\": \"admin\", \"credentials\": [{\"type\": \"password\", \"value\": \"admin123\"}]}]}";
        assert_eq!(stated("keycloak/shop-realm.json", realm), ["clients.api.secret weak", "users.admin.password weak"]);
        let yaml = "redis:\n  password: \"changeme\"\nllm: {api_key: 8f3a9c1e7b5d2046fe18c7a3, max_tokens: 100}\n";
        assert_eq!(stated("config/app.yaml", yaml), ["redis.password weak", "llm.api_key opaque"]);
        let toml = "[server]\r\nsecret_key = \"Kdk39xW29pQ84hB2\"\r\n";
        assert_eq!(stated("app.toml", toml), ["server.secret_key opaque"]);
        assert_eq!(stated("application.properties", "db.password=Zk39dkwQ03ls\n"), ["db.password opaque"]);
        assert_eq!(
            stated("appsettings.json", "{\"Smtp\": {\"Password\": \"Zk39dkwQ03ls\"}}"),
            ["Smtp.Password opaque"]
        );
    }

    #[test]
    fn numbers_of_pools_and_workers_are_limits() {
        let yaml =
            "database:\n  pool: {size: 5, max_overflow: 10, pre_ping: true}\nserver:\n  workers: 4\n  port: 80\n";
        let file = SourceFile::new(FileId(0), "app/config.yaml", Artifact::Yaml, yaml);
        let known = std::sync::Arc::new(crate::extract::known::builtin());
        let mut facts = FactSet::for_file(FileId(0), Wanted::all(), known);
        ConfigSecrets.extract(&file, &mut facts);
        insta::assert_snapshot!(facts.dump(&crate::source::Texts::default()), @r#"
        config_limit @ ?:0 "" path="app/config.yaml" key="database.pool.size" value=5
        config_limit @ ?:0 "" path="app/config.yaml" key="database.pool.max_overflow" value=10
        config_limit @ ?:0 "" path="app/config.yaml" key="server.workers" value=4
        "#);
    }

    #[test]
    fn translations_data_and_broken_files_state_nothing() {
        assert_eq!(stated("locales/de.json", "{\"password\": \"Passwort1\"}"), [""; 0]);
        assert_eq!(stated("config/app.json", "{\"password\": "), [""; 0]);
        assert_eq!(stated("config/app.yaml", "password: [a, b]\nsecrets: {}\n"), [""; 0]);
        assert_eq!(stated("a.ini", "[\npassword\n= x\n"), [""; 0]);
    }
}
