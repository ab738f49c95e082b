//! Facts about API gateways that are configured by files: Kong, Traefik, APISIX, HAProxy, Caddy, KrakenD and Consul.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// A gateway's configuration file. `span` is its first byte.
    pub struct GatewayConfig in "gateway_config" {
        /// `kong`, `traefik`, `apisix`, `haproxy`, `caddy`, `krakend` or `consul`.
        #[indexed] kind: &'static str,
        /// Whether the whole file was read.
        parsed: bool,
    }

    /// A service that a gateway passes requests on to.
    pub struct GatewayService in "gateway_service" {
        /// The configuration.
        config: RowId,
        /// Its name.
        #[indexed] name: String,
        /// The host, or the name of an upstream; NULL where it only exists at run time.
        #[indexed] host: Option<String>,
        /// The port.
        port: Option<i64>,
        /// Whether the host is an upstream of the same file.
        is_upstream: bool,
        /// Whether the gateway checks its health.
        has_health_check: bool,
        /// The path that it asks for that; NULL where none is written.
        health_path: Option<String>,
    }

    /// A target of an upstream.
    pub struct GatewayTarget in "gateway_target" {
        /// The configuration.
        config: RowId,
        /// The upstream.
        #[indexed] upstream: String,
        /// The host.
        #[indexed] host: Option<String>,
        /// The port.
        port: Option<i64>,
    }

    /// A route of a gateway.
    pub struct GatewayRoute in "gateway_route" {
        /// The configuration.
        config: RowId,
        /// Its name.
        name: String,
        /// The service that it leads to.
        #[indexed] service: String,
        /// What it matches: paths, hosts and methods, or a rule.
        #[indexed] matches: String,
    }

    /// A plugin or middleware.
    pub struct GatewayPlugin in "gateway_plugin" {
        /// The configuration.
        config: RowId,
        /// Its type, for example `rate-limiting` or `basicAuth`.
        #[indexed] name: String,
        /// What it is for: `auth`, `rate_limit`, `other`.
        #[indexed] kind: &'static str,
        /// `global`, `service`, `route` or `middleware`.
        scope: &'static str,
        /// The service, route or middleware.
        target: String,
        /// Whether it is on, and for a middleware whether a route or entry point uses it.
        is_active: bool,
    }

    /// A line of HAProxy's configuration; the line that begins a `frontend`, `backend` or `listen` is one, too.
    pub struct HaproxyDirective in "haproxy_directive" {
        /// The configuration.
        config: RowId,
        /// The section that it stands in, for example `backend`.
        section: &'static str,
        /// The section's name; empty for one without.
        #[indexed] name: String,
        /// The first word.
        #[indexed] keyword: String,
        /// What follows.
        arguments: String,
    }

    /// A setting of a gateway that checks ask about, for example `api.insecure`; of Caddy `site.http` or `site.https`, `header`
    /// for each header that it sets, and `tls`.
    pub struct GatewaySetting in "gateway_setting" {
        /// The configuration.
        config: RowId,
        /// The key path.
        #[indexed] key: String,
        /// The value.
        value: String,
    }
}
