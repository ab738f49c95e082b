//! Facts about Prometheus, its rules, and Alertmanager.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// A Prometheus server's configuration file. `span` is its first byte.
    pub struct PrometheusConfig in "prometheus_config" {
        /// `global.scrape_interval` in seconds; 60 where not set.
        scrape_interval: f64,
        /// `global.evaluation_interval` in seconds; 60 where not set.
        evaluation_interval: f64,
        /// Whether the file sets `global.evaluation_interval`.
        sets_evaluation_interval: bool,
        /// Whether metrics are sent on to another server.
        has_remote_write: bool,
        /// Whether metrics are read from another server.
        has_remote_read: bool,
        /// Whether the file names alertmanagers.
        has_alertmanagers: bool,
        /// Whether the file holds placeholders that are filled before Prometheus reads it.
        is_template: bool,
        /// Whether the whole file was read.
        parsed: bool,
    }

    /// Something in a configuration or rule file that Prometheus refuses.
    pub struct PrometheusProblem in "prometheus_problem" {
        /// `yaml`, `unknown_key`, `duplicate_job`, `bad_duration`, `missing_name`, `bad_rule` or `duplicate_group`.
        kind: &'static str,
        /// What is wrong.
        message: String,
    }

    /// An entry of `rule_files`.
    pub struct PrometheusRuleGlob in "prometheus_rule_glob" {
        /// The configuration.
        config: RowId,
        /// The pattern as written.
        pattern: String,
        /// The pattern from the root of the tree; NULL where it is absolute or leaves the tree.
        path: Option<String>,
        /// The absolute folder that an absolute pattern names.
        absolute_folder: Option<String>,
        /// Rule files of the tree that it matches: at its own path, or for an absolute path by its last parts.
        matches: i64,
    }

    /// A rule file that an entry of `rule_files` matches.
    pub struct PrometheusRuleLoad in "prometheus_rule_load" {
        /// The entry.
        glob: RowId,
        /// The configuration.
        config: RowId,
        /// Path of the rule file from the root.
        #[indexed] path: String,
    }

    /// A scrape job.
    pub struct PrometheusJob in "prometheus_job" {
        /// The configuration.
        config: RowId,
        /// Its name.
        #[indexed] name: String,
        /// The path that is scraped; `/metrics` where not set.
        metrics_path: String,
        /// `http` or `https`.
        scheme: String,
        /// Seconds between scrapes, with the global value where the job sets none.
        interval: f64,
        /// Seconds before a scrape fails, with the global value or 10 where the job sets none.
        timeout: f64,
        /// Static targets.
        targets: i64,
        /// Kinds of service discovery, joined by blanks; empty where all targets are static.
        discovery: String,
        /// Whether relabelling can change job names or metric names, or writes labels whose names only exist at run time.
        relabels: bool,
        /// Whether labels of the scraped series win over those of the server.
        honors_labels: bool,
    }

    /// A static target of a job.
    pub struct PrometheusTarget in "prometheus_target" {
        /// The job.
        job: RowId,
        /// The configuration.
        config: RowId,
        /// The target as written.
        address: String,
        /// The host; NULL where it only exists at run time.
        #[indexed] host: Option<String>,
        /// The port; 80 or 443 by scheme where none is written.
        port: Option<i64>,
        /// `name`, `private_ip`, `public_ip`, `loopback` or `url`.
        kind: &'static str,
        /// Whether the job probes it through an exporter, so that the address is not the one scraped.
        is_probed: bool,
    }

    /// A label that a job adds to its series, by `static_configs`.
    pub struct PrometheusTargetLabel in "prometheus_target_label" {
        /// The job.
        job: RowId,
        /// The label.
        #[indexed] label: String,
        /// Its value.
        value: String,
    }

    /// An Alertmanager that Prometheus sends alerts to.
    pub struct PrometheusAlertmanager in "prometheus_alertmanager" {
        /// The configuration.
        config: RowId,
        /// The host; NULL where it is discovered or only exists at run time.
        #[indexed] host: Option<String>,
        /// The port.
        port: Option<i64>,
        /// Kind of service discovery; empty for a static target.
        discovery: String,
    }

    /// A credential or a disabled check in a Prometheus configuration.
    pub struct PrometheusCredential in "prometheus_credential" {
        /// The configuration.
        config: RowId,
        /// Key path within the file, for example `scrape_configs.basic_auth.password`.
        key: String,
        /// `literal`, `placeholder` or `insecure_tls`.
        #[indexed] kind: &'static str,
    }

    /// A file of rules, from a plain file or a PrometheusRule resource. `span` is its first byte.
    pub struct PrometheusRuleFile in "prometheus_rule_file" {
        /// Path from the root.
        #[indexed] path: String,
        /// `prometheus`, `resource`, `loki`, `grafana` or `test`.
        kind: &'static str,
        /// Groups in it.
        groups: i64,
        /// Alerting rules in it.
        alerts: i64,
        /// Recording rules in it.
        records: i64,
        /// Whether the file holds placeholders that are filled before it is read.
        is_template: bool,
        /// Whether the whole file was read.
        parsed: bool,
    }

    /// A group of rules.
    pub struct PrometheusGroup in "prometheus_group" {
        /// The file.
        rule_file: RowId,
        /// Its name.
        #[indexed] name: String,
        /// Seconds between evaluations; NULL where the global value is in force.
        interval: Option<f64>,
    }

    /// An alerting or recording rule. `span` is its name.
    pub struct PrometheusRule in "prometheus_rule" {
        /// The file.
        rule_file: RowId,
        /// The group.
        rule_group: RowId,
        /// `alert` or `record`.
        #[indexed] kind: &'static str,
        /// Its name.
        #[indexed] name: String,
        /// The expression.
        expr: String,
        /// Where the expression stands.
        expr_span: crate::source::Span,
        /// Seconds for which the condition must hold; 0 where not set.
        hold: f64,
        /// The `severity` label.
        #[indexed] severity: Option<String>,
        /// Names of its labels and their values, joined, for comparison.
        labels: String,
        /// The `summary` annotation.
        summary: Option<String>,
        /// The `description` (or `message`) annotation.
        description: Option<String>,
        /// The `runbook_url` annotation.
        runbook: Option<String>,
        /// Why the expression does not parse; NULL where it does.
        error: Option<String>,
        /// Whether the expression gives series only where a condition holds.
        has_condition: bool,
        /// Functions and aggregations used, between blanks, for example ` rate sum `.
        functions: String,
    }

    /// A selector in the expression of a rule or of a dashboard panel.
    pub struct PromqlSelector in "promql_selector" {
        /// The rule or panel query.
        owner: RowId,
        /// `rule` or `panel`.
        #[indexed] owner_kind: &'static str,
        /// The metric; NULL where only matchers choose.
        #[indexed] metric: Option<String>,
        /// The metric as clients register it, without `_total`, `_bucket`, `_count`, `_sum`, `_created` or `_info`.
        #[indexed] family: Option<String>,
        /// The innermost function around it.
        function: Option<String>,
        /// Range in seconds.
        range: Option<f64>,
        /// Offset in seconds.
        offset: f64,
        /// Whether `absent` asks for it.
        in_absent: bool,
        /// Whether it stands in a subquery.
        in_subquery: bool,
        /// Whether it is the right side of `and` or `unless`.
        is_guard: bool,
    }

    /// A matcher of a selector.
    pub struct PromqlMatcher in "promql_matcher" {
        /// The selector.
        selector: RowId,
        /// The rule or panel query.
        owner: RowId,
        /// The label.
        #[indexed] label: String,
        /// `=`, `!=`, `=~` or `!~`.
        operator: String,
        /// The value or regular expression.
        value: String,
    }

    /// A comparison with a number, or with a share of another metric, in the expression of a rule.
    pub struct PromqlComparison in "promql_comparison" {
        /// The rule.
        owner: RowId,
        /// `>`, `>=`, `<`, `<=`, `==` or `!=`, with the vector on the left.
        operator: String,
        /// The number.
        threshold: f64,
        /// Whether the left side is a quotient.
        is_ratio: bool,
        /// What the quotient is multiplied by.
        scale: f64,
        /// The first metric on the left.
        #[indexed] metric: Option<String>,
        /// The metric of which the left side is a share: below its quotient, or times the number on the right.
        limit_metric: Option<String>,
    }

    /// A division of two vectors in the expression of a rule.
    pub struct PromqlDivision in "promql_division" {
        /// The rule.
        owner: RowId,
        /// Metric above.
        left: Option<String>,
        /// Metric below.
        right: Option<String>,
        /// Whether both sides are aggregated.
        is_aggregated: bool,
        /// Whether `on` or `ignoring` says how they meet.
        has_matching: bool,
        /// Whether the matchers of the two sides differ.
        differs: bool,
    }

    /// A `histogram_quantile` in the expression of a rule.
    pub struct PromqlQuantile in "promql_quantile" {
        /// The rule.
        owner: RowId,
        /// The metric.
        metric: Option<String>,
        /// Whether an aggregation within it takes the label `le` away.
        drops_le: bool,
    }

    /// A label that an annotation or label template of a rule uses (`{{ $labels.x }}`).
    pub struct PrometheusTemplateLabel in "prometheus_template_label" {
        /// The rule.
        rule: RowId,
        /// The label.
        #[indexed] label: String,
        /// Name of the annotation or label that uses it.
        used_in: String,
        /// Whether the result of the expression can have it; NULL where that cannot be told.
        is_kept: Option<bool>,
    }

    /// A number with a unit in the text of an alert, for example `5 minutes` or `90%`.
    pub struct PrometheusStatedNumber in "prometheus_stated_number" {
        /// The rule.
        rule: RowId,
        /// The annotation that states it.
        stated_in: String,
        /// `seconds`, `percent`, `per_hour`, `per_minute` or `per_second`.
        unit: &'static str,
        /// The number, durations in seconds.
        value: f64,
        /// The words as written.
        words: String,
    }

    /// An Alertmanager configuration file. `span` is its first byte.
    pub struct AlertmanagerConfig in "alertmanager_config" {
        /// Receivers defined.
        receivers: i64,
        /// Integrations of all receivers.
        integrations: i64,
        /// Whether the file holds placeholders that are filled before it is read.
        is_template: bool,
        /// Whether the whole file was read.
        parsed: bool,
    }

    /// A route of Alertmanager.
    pub struct AlertmanagerRoute in "alertmanager_route" {
        /// The configuration.
        config: RowId,
        /// The route that holds it; NULL for the root.
        parent: Option<RowId>,
        /// The receiver in force, inherited where not set.
        #[indexed] receiver: String,
        /// Where the receiver is named; the route where it is inherited.
        receiver_span: crate::source::Span,
        /// Matchers, joined; empty for all alerts.
        matchers: String,
        /// Labels of `group_by` in force, joined by blanks; empty where none is set.
        group_by: String,
        /// Seconds of `group_wait` in force.
        group_wait: f64,
        /// Seconds of `repeat_interval` in force.
        repeat_interval: f64,
    }

    /// A matcher of a route or an inhibition.
    pub struct AlertmanagerMatcher in "alertmanager_matcher" {
        /// The configuration.
        config: RowId,
        /// The route; NULL for an inhibition.
        route: Option<RowId>,
        /// The label.
        #[indexed] label: String,
        /// `=`, `!=`, `=~` or `!~`; empty where the text does not parse.
        operator: String,
        /// The value.
        value: String,
        /// The text as written.
        text: String,
        /// Whether it is written in the form that Alertmanager has deprecated (`match`, `match_re`).
        is_deprecated: bool,
    }

    /// A receiver.
    pub struct AlertmanagerReceiver in "alertmanager_receiver" {
        /// The configuration.
        config: RowId,
        /// Its name.
        #[indexed] name: String,
        /// Integrations, for example `slack email`; empty for one that discards.
        kinds: String,
        /// How many.
        integrations: i64,
    }

    /// An integration of a receiver: where notifications go.
    pub struct AlertmanagerIntegration in "alertmanager_integration" {
        /// The receiver.
        receiver: RowId,
        /// The configuration.
        config: RowId,
        /// `slack`, `email`, `webhook`, `pagerduty` …
        #[indexed] kind: String,
        /// The URL or address, masked where it holds a secret; NULL where a file or a variable holds it.
        target: Option<String>,
        /// Host of a URL.
        #[indexed] host: Option<String>,
        /// Port of a URL.
        port: Option<i64>,
        /// Whether the target is a placeholder (an example domain, `YOUR_…`, `changeme`).
        is_placeholder: bool,
    }

    /// A secret value in Alertmanager's configuration.
    pub struct AlertmanagerSecret in "alertmanager_secret" {
        /// The configuration.
        config: RowId,
        /// The key.
        key: String,
        /// `literal`, `placeholder` or `variable`.
        #[indexed] kind: &'static str,
    }

    /// Something in the configuration that Alertmanager refuses.
    pub struct AlertmanagerProblem in "alertmanager_problem" {
        /// The configuration.
        config: RowId,
        /// `yaml`, `unknown_key`, `missing_key`, `repeated_key`, `no_route` or `bad_matcher`.
        kind: &'static str,
        /// What is wrong.
        message: String,
    }
}
