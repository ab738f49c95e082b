//! Gateways that are configured by files: Kong's declarative format, Traefik's static and dynamic configuration, APISIX,
//! HAProxy, Caddy, KrakenD, and Consul.

mod apisix;
mod caddy;
mod consul;
mod haproxy;
mod kong;
mod krakend;
#[cfg(test)]
mod tests;
mod traefik;

use crate::extract::yaml::Node;
use crate::extract::{Extractor, Model};
use crate::facts::schema::gateway::GatewayConfig;
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};

/// The extractor of gateways.
pub(super) struct Gateway;

impl Extractor for Gateway {
    fn name(&self) -> &'static str {
        "gateway"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(
            artifact,
            Artifact::Kong
                | Artifact::Traefik
                | Artifact::Ini
                | Artifact::Json
                | Artifact::Yaml
                | Artifact::Infrastructure
                | Artifact::Other
        )
    }

    fn reads_parts(&self) -> bool {
        true
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "gateway_config",
            "gateway_service",
            "gateway_target",
            "gateway_route",
            "gateway_plugin",
            "gateway_setting",
            "haproxy_directive",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let kind = match file.artifact {
            Artifact::Kong => "kong",
            Artifact::Traefik => "traefik",
            Artifact::Yaml if apisix::is_apisix(file.path, file.text) => "apisix",
            Artifact::Yaml => return None,
            Artifact::Json if krakend::is_krakend(file.path, file.text) => "krakend",
            _ if caddy::is_caddy(file.path) => "caddy",
            _ if haproxy::is_haproxy(file.path) => "haproxy",
            _ if consul::is_consul(file.path, file.text) => "consul",
            _ => return None,
        };
        let is_yaml = matches!(kind, "kong" | "traefik" | "apisix" | "krakend");
        let parsed = !is_yaml || file.yaml().problems.is_empty();
        let (span, certainty) = (file.start(), Certainty::Certain);
        let config = facts.push(GatewayConfig { span, certainty, kind, parsed });
        match kind {
            "caddy" => caddy::state(file, config, facts),
            "krakend" => krakend::state(Node::roots(file).into_iter().next()?, config, facts),
            "haproxy" => haproxy::state(file, config, facts),
            "consul" => consul::state(file, config, facts),
            "apisix" => apisix::state(Node::roots(file).into_iter().next()?, config, facts),
            "kong" => kong::state(Node::roots(file).into_iter().next()?, config, facts),
            _ => traefik::state(Node::roots(file).into_iter().next()?, config, facts),
        }
        None
    }
}

/// What a plugin or middleware is for: `auth`, `rate_limit` or `other`.
fn purpose(name: &str) -> &'static str {
    let lower = name.to_ascii_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    match () {
        () if is(&["rate-limit", "ratelimit", "rate_limit", "throttl"]) => "rate_limit",
        () if is(&["auth", "jwt", "oidc", "openid", "acl", "ipallowlist", "ipwhitelist", "ip-restriction", "hmac"]) => {
            "auth"
        }
        () => "other",
    }
}
