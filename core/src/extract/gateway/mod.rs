//! Gateways that are configured by files: Kong's declarative format, Traefik's static and dynamic configuration.

mod kong;
#[cfg(test)]
mod tests;
mod traefik;

use crate::extract::yaml::Node;
use crate::extract::{Extractor, Model};
use crate::facts::schema::gateway::GatewayConfig;
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile, Span};

/// The extractor of gateways.
pub(super) struct Gateway;

impl Extractor for Gateway {
    fn name(&self) -> &'static str {
        "gateway"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(artifact, Artifact::Kong | Artifact::Traefik)
    }

    fn fills(&self) -> &'static [&'static str] {
        &["gateway_config", "gateway_service", "gateway_target", "gateway_route", "gateway_plugin", "gateway_setting"]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let is_kong = file.artifact == Artifact::Kong;
        let config = facts.push(GatewayConfig {
            span: Span::file_start(file.id),
            certainty: Certainty::Certain,
            kind: if is_kong { "kong" } else { "traefik" },
            parsed: file.yaml().problems.is_empty(),
        });
        let root = Node::roots(file).into_iter().next()?;
        if is_kong {
            kong::state(root, config, facts);
        } else {
            traefik::state(root, config, facts);
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
