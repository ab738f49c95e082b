//! Facts about Grafana, Loki and the agents that ship logs.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// A data source that Grafana is provisioned with.
    pub struct GrafanaDatasource in "grafana_datasource" {
        /// Its name.
        #[indexed] name: String,
        /// Its uid, where one is set.
        #[indexed] uid: Option<String>,
        /// Its type, for example `prometheus`.
        kind: String,
        /// The URL as written, without credentials.
        url: String,
        /// The URL's host; NULL where it only exists at run time.
        #[indexed] host: Option<String>,
        /// The URL's port.
        port: Option<i64>,
        /// How a password of it is given: `literal`, `placeholder`, `variable`; NULL where there is none.
        secret: Option<&'static str>,
        /// Whether panels that name none ask this one.
        is_default: bool,
        /// The organisation that has it, where one is named.
        organisation: Option<String>,
    }

    /// A folder from which Grafana is provisioned with dashboards.
    pub struct GrafanaProvider in "grafana_provider" {
        /// Its name.
        name: String,
        /// The folder in the container; NULL where none is set.
        path: Option<String>,
    }

    /// A dashboard. `span` is its title.
    pub struct GrafanaDashboard in "grafana_dashboard" {
        /// Its uid.
        #[indexed] uid: Option<String>,
        /// Its title.
        title: String,
        /// Panels in it, rows not counted.
        panels: i64,
        /// Whether the file is JSON throughout.
        parsed: bool,
        /// Whether the file is what the API takes, `{"dashboard": …}`, which file provisioning does not load.
        is_wrapped: bool,
    }

    /// A query of a panel.
    pub struct GrafanaQuery in "grafana_query" {
        /// The dashboard.
        dashboard: RowId,
        /// Title of the panel.
        panel: String,
        /// The expression as written.
        expr: String,
        /// Uid or name of its data source; NULL for the default or a variable.
        #[indexed] datasource: Option<String>,
        /// Why the expression does not parse as PromQL; NULL where it does.
        error: Option<String>,
        /// Functions and aggregations used, between blanks.
        functions: String,
    }

    /// An alert rule that Grafana is provisioned with.
    pub struct GrafanaAlert in "grafana_alert" {
        /// Its title.
        title: String,
        /// Its expression, where it has one in PromQL.
        expr: Option<String>,
        /// The query or expression whose value decides; NULL where none is named.
        condition: Option<String>,
        /// Whether the alert has a query or expression of that name.
        has_condition: bool,
        /// The contact point that it names by itself; NULL where policies decide.
        receiver: Option<String>,
        /// Whether it is switched off.
        is_paused: bool,
    }

    /// A contact point that Grafana is provisioned with.
    pub struct GrafanaContactPoint in "grafana_contact_point" {
        /// Its name.
        name: String,
        /// Its type, for example `slack`.
        kind: String,
        /// What its address is, as in `env_entry`; `placeholder` also for one of an example domain; NULL where none is written.
        target_class: Option<&'static str>,
    }

    /// A notification policy that Grafana is provisioned with.
    pub struct GrafanaPolicy in "grafana_policy" {
        /// The contact point.
        #[indexed] receiver: String,
        /// Whether it is the one that everything goes to which no other takes.
        is_root: bool,
    }

    /// A configuration of Loki. `span` is its first byte, or what sets the value.
    pub struct LokiConfig in "loki_config" {
        /// Whether requests need a tenant; true where not set.
        auth_enabled: bool,
        /// Whether the compactor deletes old logs.
        retention_enabled: bool,
        /// How long logs are kept, in seconds; NULL where not set, 0 for ever.
        retention_period: Option<f64>,
        /// Where chunks are kept: `filesystem`, `s3`, `gcs`, `azure` …; empty where not told.
        storage: String,
    }

    /// What keeps Loki from starting with a configuration, from version 3.0 on. `span` is what it stumbles over.
    pub struct LokiRefusal in "loki_refusal" {
        /// The key path.
        key: String,
        /// `unknown_key`, `schema` (its index keeps no structured metadata, which is on by default) or `missing_key`.
        reason: &'static str,
    }

    /// A configuration of Tempo. `span` is its first byte, or what sets the retention.
    pub struct TempoConfig in "tempo_config" {
        /// Where traces are kept: `local`, `s3`, `gcs`, `azure`; empty where not told.
        backend: String,
        /// How long traces are kept, in seconds; NULL where not set.
        block_retention: Option<f64>,
    }

    /// A folder or file in which Loki, Tempo or Promtail keeps what must outlive its container.
    pub struct TelemetryPath in "telemetry_path" {
        /// `loki`, `tempo` or `promtail`.
        #[indexed] program: &'static str,
        /// Path of the configuration from the root.
        #[indexed] config_path: String,
        /// The key path.
        key: String,
        /// The folder in the container.
        path: String,
    }

    /// An agent that reads logs and sends them on.
    pub struct LogShipper in "log_shipper" {
        /// The program, for example `promtail`.
        kind: &'static str,
        /// Host that it sends to; NULL where it only exists at run time.
        #[indexed] host: Option<String>,
        /// Port that it sends to.
        port: Option<i64>,
    }

    /// A path, journal or socket that an agent reads logs from.
    pub struct LogShipperSource in "log_shipper_source" {
        /// `path`, `journal`, `docker` or `kubernetes`.
        kind: &'static str,
        /// The path or glob.
        path: String,
    }
}
