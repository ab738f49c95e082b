//! Exports of Keycloak realms: the settings that decide who may log in, from where and over what.

use super::{Extractor, Model};
use crate::facts::schema::tree::RealmSetting;
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};
use crate::syntax::yaml::Value;

/// Largest export that is read, in bytes.
const MAX_BYTES: usize = 1 << 20;
/// Settings of the realm itself.
const OF_REALM: &[&str] = &["sslRequired", "registrationAllowed", "bruteForceProtected", "verifyEmail"];
/// Settings of a client; lists state one row an item.
const OF_CLIENT: &[&str] = &["webOrigins", "redirectUris", "publicClient", "implicitFlowEnabled"];

/// States settings of realms.
pub(super) struct Realms;

impl Extractor for Realms {
    fn name(&self) -> &'static str {
        "realm"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        artifact == Artifact::Json
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn fills(&self) -> &'static [&'static str] {
        &["realm_setting"]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        if file.text.len() > MAX_BYTES || !file.holds("\"realm\"") || !file.holds("\"clients\"") {
            return None;
        }
        for root in file.yaml().values() {
            let realm = root.text_at("realm").unwrap_or("?");
            let mut state = |client: Option<&str>, key: &'static str, value: Value<'_>| {
                let Some(text) = value.text() else { return };
                facts.push(RealmSetting {
                    span: file.span(value.range()),
                    certainty: Certainty::Certain,
                    realm: realm.to_owned(),
                    client: client.map(str::to_owned),
                    key: key.to_owned(),
                    value: text.to_owned(),
                });
            };
            for key in OF_REALM {
                root.get(key).into_iter().for_each(|value| state(None, key, value));
            }
            for client in root.get("clients").into_iter().flat_map(Value::items) {
                let id = client.text_at("clientId").unwrap_or("?");
                for key in OF_CLIENT {
                    let Some(value) = client.get(key) else { continue };
                    match value.text() {
                        Some(_) => state(Some(id), key, value),
                        None => value.items().for_each(|item| state(Some(id), key, item)),
                    }
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Wanted;
    use crate::source::{FileId, classify};

    fn stated(text: &str) -> String {
        let file = SourceFile::new(FileId(0), "realm.json", classify("realm.json", text), text);
        let known = std::sync::Arc::new(crate::extract::known::builtin());
        let mut facts = FactSet::for_file(FileId(0), Wanted::all(), known);
        Realms.extract(&file, &mut facts);
        facts.dump(&crate::source::Texts::default())
    }

    #[test]
    fn a_realm_and_its_clients_state_their_settings() {
        let text = r#"{"realm": "shop", "sslRequired": "none", "clients": [
            {"clientId": "web", "publicClient": true, "webOrigins": ["*", "https://shop.test"]}, {"clientId": "api"}, 7]}"#;
        let rows = stated(text);
        assert_eq!(rows.lines().filter(|line| line.contains("key=")).count(), 4, "{rows}");
        assert!(rows.contains(r#"key="sslRequired" value="none""#), "{rows}");
        assert!(rows.contains(r#"client="web" key="webOrigins" value="*""#), "{rows}");
    }

    #[test]
    fn other_json_and_broken_exports_state_nothing() {
        for text in ["{}", "[1, 2]", "{\"realm\": \"shop\", \"clients\": 7}", "{\"realm\": [], \"clients\": {\"a\": ["]
        {
            assert!(!stated(text).contains("key="), "{text}");
        }
    }
}
