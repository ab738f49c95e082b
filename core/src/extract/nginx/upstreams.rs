//! Upstreams, limit zones and maps of an `http` block.

use super::directives::seconds;
use super::link::{At, Block, Link};
use super::targets::{Address, address};
use super::written::is_rendered;
use crate::facts::schema::nginx::{NginxLimitZone, NginxMap, NginxUpstream, NginxUpstreamServer};
use crate::facts::{Certainty, RowId};
use crate::syntax::nginx::Directive;

/// Balancing methods that stand as a directive of their own.
const METHODS: &[&str] = &["least_conn", "ip_hash", "hash", "random", "least_time"];

/// States what the block defines for its servers.
pub(super) fn state(link: &mut Link<'_, '_>, block: &Block) {
    for &at in &block.directives {
        match &*link.tree.directive(at).name {
            "upstream" => upstream(link, at),
            "limit_req_zone" => zone(link, at, "req"),
            "limit_conn_zone" => zone(link, at, "conn"),
            "map" => map(link, at, "map"),
            "geo" => map(link, at, "geo"),
            _ => {}
        }
    }
}

fn upstream(link: &mut Link<'_, '_>, at: At) {
    let block = link.block(at);
    let directives: Vec<&Directive> = block.directives.iter().map(|&at| link.tree.directive(at)).collect();
    let servers = || directives.iter().filter(|directive| &*directive.name == "server");
    let has = |directive: &Directive, flag| directive.args.iter().any(|argument| &*argument.value == flag);
    let keepalive = directives.iter().rev().find(|directive| &*directive.name == "keepalive");
    let method = directives.iter().find(|directive| METHODS.contains(&&*directive.name));
    let name = link.tree.directive(at).arg(0).unwrap_or_default().to_owned();
    let row = link.facts.push(NginxUpstream {
        span: link.tree.span(at),
        certainty: if block.is_incomplete { Certainty::Unresolved } else { Certainty::Certain },
        config: link.config,
        name: name.clone(),
        keepalive: keepalive.and_then(|directive| directive.arg(0)?.parse().ok()),
        method: method.map_or("round_robin".to_owned(), |directive| directive.name.to_string()),
        servers: servers().filter(|server| !has(server, "backup") && !has(server, "down")).count() as i64,
        backups: servers().filter(|server| has(server, "backup")).count() as i64,
    });
    for &server in &block.directives {
        if &*link.tree.directive(server).name == "server" {
            upstream_server(link, server, row);
        }
    }
    link.upstreams.insert(name, row);
}

fn upstream_server(link: &mut Link<'_, '_>, at: At, upstream: RowId) {
    let directive = link.tree.directive(at);
    let written = directive.arg(0).unwrap_or_default();
    let flag = |name: &str| directive.args.iter().any(|argument| &*argument.value == name);
    let option = |name: &str| directive.args.iter().find_map(|argument| argument.value.strip_prefix(name));
    let Address { host, port } = address(written, Some(80));
    link.facts.push(NginxUpstreamServer {
        span: link.tree.span(at),
        certainty: if is_rendered(written) { Certainty::Unresolved } else { Certainty::Certain },
        upstream,
        host,
        port,
        max_fails: option("max_fails=").and_then(|value| value.parse().ok()).unwrap_or(1),
        fail_timeout: option("fail_timeout=").and_then(seconds).unwrap_or(10.0),
        is_backup: flag("backup"),
        is_down: flag("down"),
        resolves: flag("resolve"),
    });
}

fn zone(link: &mut Link<'_, '_>, at: At, kind: &'static str) {
    let directive = link.tree.directive(at);
    let option = |name: &str| directive.args.iter().find_map(|argument| argument.value.strip_prefix(name));
    let zone = option("zone=").unwrap_or_default().split(':').next().unwrap_or_default().to_owned();
    link.facts.push(NginxLimitZone {
        span: link.tree.span(at),
        certainty: Certainty::Certain,
        config: link.config,
        kind,
        zone,
        key: directive.arg(0).unwrap_or_default().to_owned(),
        rate: option("rate=").map(str::to_owned),
    });
}

fn map(link: &mut Link<'_, '_>, at: At, kind: &'static str) {
    let block = link.block(at);
    let directive = link.tree.directive(at);
    let (source, target) = match (directive.arg(0), directive.arg(1)) {
        (Some(source), Some(target)) => (source, target),
        (Some(target), None) => ("$remote_addr", target),
        _ => return,
    };
    let entries = || block.directives.iter().map(|&at| link.tree.directive(at));
    let row = NginxMap {
        span: link.tree.span(at),
        certainty: if block.is_incomplete { Certainty::Unresolved } else { Certainty::Certain },
        config: link.config,
        kind,
        source: source.to_owned(),
        target: target.to_owned(),
        has_default: entries().any(|entry| &*entry.name == "default"),
        is_fixed: entries().all(|entry| entry.arg(0).is_none_or(|value| !value.contains('$'))),
    };
    link.facts.push(row);
}
