//! Facts about systemd units and cron.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// A systemd unit, or a drop-in for one. `span` is its first byte.
    pub struct SystemdUnit in "systemd_unit" {
        /// Path from the root.
        #[indexed] path: String,
        /// The unit's name without its extension: `api` for `api.service`, for drop-ins that of their unit.
        #[indexed] name: String,
        /// `service`, `timer`, `socket`, `mount`, `target`, `slice`, `path` …
        #[indexed] kind: String,
        /// Whether it only adds to a unit (`api.service.d/limits.conf`).
        is_drop_in: bool,
        /// Whether it is a template (`worker@.service`).
        is_template: bool,
    }

    /// A setting of a unit. `span` covers key and value.
    pub struct SystemdSetting in "systemd_setting" {
        /// The unit.
        unit: RowId,
        /// `Unit`, `Service`, `Install` …
        section: String,
        /// The key.
        #[indexed] key: String,
        /// The value, continued lines joined; empty where the setting is reset.
        value: String,
    }

    /// An assignment of `Environment=`.
    pub struct SystemdVariable in "systemd_variable" {
        /// The unit.
        unit: RowId,
        /// The variable.
        #[indexed] name: String,
        /// Its value.
        value: String,
        /// Whether name and value together say that it is a secret.
        is_secret_name: bool,
        /// What the value is, as in `env_entry`.
        value_class: &'static str,
    }

    /// A line of a crontab that starts something.
    pub struct CronEntry in "cron_entry" {
        /// Path of the crontab from the root.
        #[indexed] path: String,
        /// The five fields, or `@daily` and the like.
        schedule: String,
        /// The user that it runs as, where the format has one.
        user: Option<String>,
        /// The command.
        command: String,
        /// Whether the schedule can be read.
        is_valid: bool,
    }
}
