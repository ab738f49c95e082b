//! Facts about the configuration files of datastores.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// A configuration file of a datastore. `span` is its first byte.
    pub struct DatastoreConfig in "datastore_config" {
        /// Path from the root.
        #[indexed] path: String,
        /// `redis`, `postgres` or `qdrant`.
        #[indexed] program: &'static str,
    }

    /// A setting of such a file.
    pub struct DatastoreSetting in "datastore_setting" {
        /// The file.
        config: RowId,
        /// The program, as in `datastore_config`.
        #[indexed] program: &'static str,
        /// The key in lower case; nested keys joined by dots.
        #[indexed] key: String,
        /// The value without quotes.
        value: String,
        /// What the value is, as in `env_entry`.
        value_class: &'static str,
    }

    /// A line of `pg_hba.conf`.
    pub struct PostgresAccess in "postgres_access" {
        /// Path from the root.
        #[indexed] path: String,
        /// `local`, `host`, `hostssl`, `hostnossl` …
        kind: String,
        /// Databases.
        database: String,
        /// Users.
        user: String,
        /// Address, with its mask where that stands apart; NULL for `local`.
        address: Option<String>,
        /// For example `scram-sha-256`, `md5`, `trust`.
        #[indexed] method: String,
    }
}
