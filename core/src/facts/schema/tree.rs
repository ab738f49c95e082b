//! Facts about the tree itself.

use crate::facts::row::tables;

tables! {
    /// A file that was read. `span` is its first byte.
    pub struct File in "file" {
        /// Path from the root, with forward slashes.
        #[indexed] path: String,
        /// The folder's path; empty for the root.
        #[indexed] folder: String,
        /// Last part of the path.
        #[indexed] name: String,
        /// What the file is, as in the classification table, for example `compose` or `python`.
        #[indexed] artifact: &'static str,
        /// Size in bytes.
        size: i64,
        /// Lines.
        lines: i64,
        /// Whether the whole file was read without a syntax error.
        parsed: bool,
        /// Whether the path marks it as a test, an example, documentation or put aside.
        is_test: bool,
        /// Unix permission bits, for example 420 for 0644; NULL where the platform has none.
        mode: Option<i64>,
        /// Whether `.gitignore` names it; only environment files are read all the same, and configuration in a tree without `.git`.
        is_ignored: bool,
    }

    /// A component: the nearest folder with a manifest (Dockerfile, requirements, pyproject, package.json).
    pub struct Component in "component" {
        /// Its folder; empty for the root.
        #[indexed] folder: String,
        /// The manifest's file name.
        manifest: String,
    }

    /// A file or folder that was not read, so that nothing may be called absent because of it.
    pub struct SkippedPath in "skipped_path" {
        /// Path from the root.
        #[indexed] path: String,
        /// Why.
        reason: String,
        /// Unix permission bits of a store of keys (`.jks`, `.p12`, `.pfx`, `.keystore`); NULL for the rest.
        mode: Option<i64>,
    }

    /// The day that the audit counts from: exactly one row, so that a rule can join it without a condition.
    pub struct AuditDate in "audit_date" {
        /// `YYYY-MM-DD`, for SQL's date functions; NULL where no date was given, and then nothing is known of time.
        date: Option<String>,
    }

    /// A word that looks like the path or name of a file. Judged by its letters alone, whether or not the file exists.
    pub struct PathMention in "path_mention" {
        /// The word.
        written: String,
        /// Its last part.
        #[indexed] name: String,
        /// Where it stands: `documentation`, `code` (in a string), `script`, `pipeline` or `configuration`.
        medium: &'static str,
    }

    /// A credential in the middle of a text: a token of a provider's format, or a URL with a password.
    pub struct EmbeddedSecret in "embedded_secret" {
        /// `token` or `url`.
        #[indexed] kind: &'static str,
        /// Who issues tokens of this format; for a URL its scheme.
        provider: String,
        /// What the token or password is, as in `env_entry`.
        value_class: &'static str,
        /// The host of a URL.
        host: Option<String>,
    }

    /// A word in capitals with an underscore in code or a template, which may be the name of an environment variable; each once a file.
    pub struct VariableMention in "variable_mention" {
        /// The word.
        #[indexed] name: String,
    }

    /// A file that, by its place and name, holds one secret. `span` is its first line.
    pub struct SecretFile in "secret_file" {
        /// Path from the root.
        #[indexed] path: String,
        /// Last part of the path.
        #[indexed] name: String,
        /// What its content is, as in `env_entry`; `encrypted`, or `several_lines` where it is no single value.
        value_class: &'static str,
    }

    /// A setting of a configuration file of no special kind (INI, properties, TOML, YAML, JSON) that is a secret by its name.
    pub struct ConfigSecret in "config_secret" {
        /// Path from the root.
        #[indexed] path: String,
        /// The keys on the way to it, joined by dots.
        key: String,
        /// What the value is, as in `env_entry`.
        value_class: &'static str,
        /// Whether the value is one word that mixes letters and digits.
        is_mixed: bool,
    }

    /// A setting of an exported Keycloak realm, or of one of its clients, that decides who may log in, and from where.
    pub struct RealmSetting in "realm_setting" {
        /// The realm.
        realm: String,
        /// The client; NULL for a setting of the realm itself.
        client: Option<String>,
        /// The setting as Keycloak calls it, for example `sslRequired`.
        #[indexed] key: String,
        /// Its value; a list states one row an item.
        value: String,
    }

    /// A whole number in such a file that bounds how much is done at a time: pool sizes, overflow, workers, concurrency.
    pub struct ConfigLimit in "config_limit" {
        /// Path from the root.
        #[indexed] path: String,
        /// The keys on the way to it, joined by dots, in lower case.
        key: String,
        /// The number.
        value: i64,
    }
}
