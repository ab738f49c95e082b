//! Files that hold one secret each, by their place and name: `secrets/db_password.txt`, `vault-token`, a service account.
//!
//! Keys in PEM are stated with certificates, environment files with theirs.

use super::{Extractor, Model, values};
use crate::facts::schema::tree::SecretFile;
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};

/// Largest file that counts as one secret, in bytes.
const MAX_BYTES: usize = 16 << 10;
/// Endings of the names of documents and code about secrets.
const NOT_SECRET: &[&str] =
    &[".md", ".sh", ".py", ".js", ".ts", ".html", ".gitkeep", ".gitignore", ".example", ".sample", ".template"];
/// Signs of encrypted content: it may stand in a tree.
const ENCRYPTED: &[&str] = &[
    "$ANSIBLE_VAULT",
    "sops:",
    "\"sops\"",
    "age-encryption.org",
    "ENC[",
    "-----BEGIN PGP MESSAGE",
    "kind: SealedSecret",
];

/// States files that hold a secret.
pub(super) struct SecretFiles;

impl Extractor for SecretFiles {
    fn name(&self) -> &'static str {
        "secret-file"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(artifact, Artifact::Other | Artifact::Json | Artifact::Yaml)
    }

    fn fills(&self) -> &'static [&'static str] {
        &["secret_file"]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let name = file.path.rsplit('/').next()?;
        if file.text.len() > MAX_BYTES || !is_secret_path(file.path, name) {
            return None;
        }
        let content = file.text.trim();
        let value_class = if ENCRYPTED.iter().any(|sign| content.contains(sign)) {
            "encrypted"
        } else if content.contains("\"private_key\"") || is_kubeconfig_with_credentials(content) {
            "token"
        } else if content.lines().count() > 1 {
            "several_lines"
        } else {
            values::classify(facts.known(), "SECRET", content).class
        };
        facts.push(SecretFile {
            span: file.span(0..content.find('\n').unwrap_or(content.len())),
            certainty: Certainty::Likely,
            path: file.path.to_owned(),
            name: name.to_owned(),
            value_class,
        });
        None
    }
}

/// A cluster's configuration that holds what a user proves himself with, not only the addresses.
fn is_kubeconfig_with_credentials(content: &str) -> bool {
    content.contains("kind: Config")
        && ["client-key-data:", "token:", "password:"].iter().any(|key| content.contains(key))
}

fn is_secret_path(path: &str, name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    if NOT_SECRET.iter().any(|ending| lower.ends_with(ending)) {
        return false;
    }
    let in_folder =
        path.split('/').rev().skip(1).any(|part| {
            matches!(part, "secrets" | ".secrets" | "secret" | "credentials") || part.starts_with("secrets_")
        });
    let stem = lower.trim_end_matches(".txt").trim_end_matches(".json");
    let is_plain = !stem.contains('.');
    let named = [
        "_password",
        "-password",
        "_secret",
        "-secret",
        "_token",
        "-token",
        "_api_key",
        "-api-key",
        "role-id",
        "role_id",
        "secret-id",
        "secret_id",
        "encryption_key",
        "encryption-key",
        "master_key",
        "service-account",
        "service_account",
        "serviceaccount",
        "kubeconfig",
        ".vault_pass",
        "vault_pass",
        "vault-pass",
    ]
    .iter()
    .any(|word| stem.ends_with(word));
    (in_folder && (is_plain || lower.ends_with(".key"))) || (named && is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Wanted;
    use crate::source::{FileId, classify};

    fn class(path: &str, text: &str) -> Option<String> {
        let file = SourceFile::new(FileId(0), path, classify(path, text), text);
        let mut facts =
            FactSet::for_file(FileId(0), Wanted::all(), std::sync::Arc::new(crate::extract::known::builtin()));
        if SecretFiles.reads(file.artifact) {
            SecretFiles.extract(&file, &mut facts);
        }
        let texts = crate::source::Texts::default();
        facts.dump(&texts).split("value_class=\"").nth(1).map(|rest| rest.trim_end_matches('"').to_owned())
    }

    #[test]
    fn one_value_in_a_folder_of_secrets_is_a_secret() {
        assert_eq!(class("deploy/secrets/db_password.txt", "k2J9x0vLqP4mZt71\n").as_deref(), Some("opaque"));
        assert_eq!(class("deploy/secrets/db_password.txt", "changeme\n").as_deref(), Some("weak"));
        let cluster = "kind: Config\nusers:\n- name: admin\n  user: {token: k2J9x0vLqP4mZt71}\n";
        assert_eq!(class("deploy/kubeconfig", cluster).as_deref(), Some("token"));
        assert_eq!(class("deploy/kubeconfig", "kind: Config\nusers: []\n").as_deref(), Some("several_lines"));
        assert_eq!(class("secrets/api", "$ANSIBLE_VAULT;1.1;AES256\n62313\n").as_deref(), Some("encrypted"));
    }

    #[test]
    fn documents_about_secrets_are_none() {
        assert_eq!(class("secrets/README.md", "how to rotate"), None);
        assert_eq!(class("docs/password", "text about it"), None);
        assert_eq!(class("secrets/rotate.sh", "#!/bin/sh\n"), None);
    }
}
