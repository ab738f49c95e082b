//! Servers: where they listen, what they are called, what is in force in them.

use std::collections::HashMap;

use super::directives::{DEFAULTS, number};
use super::link::{At, Block, Link, Tree};
use super::locations;
use super::scope::Scope;
use super::targets::{Address, address, is_internal};
use super::written::is_rendered;
use crate::facts::schema::nginx::{
    NginxCertificate, NginxEffective, NginxHeader, NginxListen, NginxServer, NginxServerName,
};
use crate::facts::{Certainty, RowId};
use crate::source::Span;

/// Most rows of directives in force that one link step states.
const MAX_EFFECTIVE: usize = 150_000;

/// What a block within a server needs to know of its surroundings.
#[derive(Clone)]
pub(super) struct Surroundings<'m> {
    pub(super) server: RowId,
    pub(super) location: Option<RowId>,
    pub(super) scope: Scope<'m>,
    /// Values of `set` in the block and those around it, by variable.
    pub(super) variables: HashMap<&'m str, &'m str>,
    /// How many locations hold the block.
    pub(super) depth: usize,
}

struct Listener {
    at: Option<At>,
    row: NginxListen,
}

/// States the server at `at`, whose outer scope is `outer`.
pub(super) fn state<'m>(link: &mut Link<'m, '_>, at: At, outer: &Scope<'m>, protocol: &'static str) {
    let block = link.block(at);
    let scope = outer.inner(&block, &link.tree);
    let mut listeners = listeners(link, at, &block, &scope);
    let file = link.tree.file(at.file);
    let names = names(&link.tree, &block);
    let certainty = certainty(&scope);
    let redirects_to_https = locations::redirects_to_https(link, &block);
    let server = link.facts.push(NginxServer {
        span: link.tree.span(at),
        certainty,
        config: link.config,
        nginx_file: file.row,
        protocol,
        names: names.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" "),
        listen: written_listen(&link.tree, &listeners),
        has_tls: listeners.iter().any(|listener| listener.row.ssl || listener.row.quic),
        has_plain: listeners.iter().any(|listener| !listener.row.ssl && !listener.row.quic),
        is_internal: listeners.iter().all(|listener| listener.row.is_internal),
        redirects_to_https,
        serves: locations::serves(&link.tree, &block, &scope),
        is_incomplete: scope.is_incomplete,
        is_template: file.is_template,
    });
    for listener in &mut listeners {
        listener.row.server = server;
        link.facts.push(listener.row.clone());
    }
    for (name, at) in names {
        link.facts.push(NginxServerName {
            span: link.tree.span(at),
            certainty: if is_rendered(name) { Certainty::Unresolved } else { Certainty::Certain },
            server,
            name: name.to_owned(),
            kind: name_kind(name),
        });
    }
    certificates(link, &scope, server);
    in_force(link, at, server, server, &scope);
    let variables = locations::variables(&link.tree, &block, &HashMap::new());
    let surroundings = Surroundings { server, location: None, scope, variables, depth: 0 };
    locations::state(link, &block, &surroundings);
}

fn certainty(scope: &Scope<'_>) -> Certainty {
    if scope.is_incomplete { Certainty::Unresolved } else { Certainty::Certain }
}

fn listeners(link: &Link<'_, '_>, server: At, block: &Block, scope: &Scope<'_>) -> Vec<Listener> {
    let tree = &link.tree;
    let is_on = |name: &str| scope.last(name).is_some_and(|at| tree.directive(at).arg(0) == Some("on"));
    let (http2, ssl) = (is_on("http2"), is_on("ssl"));
    let written = block.directives.iter().filter(|&&at| &*tree.directive(at).name == "listen");
    let mut listeners: Vec<Listener> = written.map(|&at| listener(tree, at, http2, ssl)).collect();
    if listeners.is_empty() {
        let row = NginxListen { certainty: Certainty::Likely, span: tree.span(server), ..empty_listen(http2, ssl) };
        listeners.push(Listener { at: None, row: NginxListen { port: Some(80), ..row } });
    }
    listeners
}

fn empty_listen(http2: bool, ssl: bool) -> NginxListen {
    NginxListen {
        span: Span::file_start(crate::source::FileId(0)),
        certainty: Certainty::Certain,
        server: RowId(0),
        address: None,
        port: None,
        ssl,
        http2,
        quic: false,
        proxy_protocol: false,
        default_server: false,
        is_internal: false,
    }
}

fn listener(tree: &Tree<'_>, at: At, http2: bool, ssl: bool) -> Listener {
    let directive = tree.directive(at);
    let written = directive.arg(0).unwrap_or_default();
    let flag = |name: &str| directive.args.iter().skip(1).any(|argument| &*argument.value == name);
    let only_port = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
    let Address { host, port } =
        if only_port { Address { host: None, port: written.parse().ok() } } else { address(written, Some(80)) };
    let host = host.filter(|host| !matches!(host.as_str(), "*" | "::" | "0.0.0.0"));
    let row = NginxListen {
        span: tree.span(at),
        certainty: if is_rendered(written) { Certainty::Unresolved } else { Certainty::Certain },
        is_internal: host.as_deref().is_some_and(is_internal),
        address: host,
        port,
        ssl: ssl || flag("ssl"),
        http2: http2 || flag("http2"),
        quic: flag("quic"),
        proxy_protocol: flag("proxy_protocol"),
        default_server: flag("default_server") || flag("default"),
        ..empty_listen(http2, ssl)
    };
    Listener { at: Some(at), row }
}

fn written_listen(tree: &Tree<'_>, listeners: &[Listener]) -> String {
    let first = listeners.first().and_then(|listener| listener.at);
    first.and_then(|at| tree.directive(at).arg(0)).unwrap_or("80").to_owned()
}

fn names<'m>(tree: &Tree<'m>, block: &Block) -> Vec<(&'m str, At)> {
    let directives = block.directives.iter().filter(|&&at| &*tree.directive(at).name == "server_name");
    directives.flat_map(|&at| tree.directive(at).args.iter().map(move |argument| (&*argument.value, at))).collect()
}

fn name_kind(name: &str) -> &'static str {
    match name {
        "_" | "" | "*" => "catch_all",
        name if name.starts_with('~') => "regex",
        name if name.contains('$') || name.contains("{{") => "variable",
        name if name.contains('*') || name.starts_with('.') => "wildcard",
        _ => "exact",
    }
}

fn certificates(link: &mut Link<'_, '_>, scope: &Scope<'_>, server: RowId) {
    let keys: Vec<At> = scope.in_force("ssl_certificate_key").collect();
    for (index, at) in scope.in_force("ssl_certificate").enumerate() {
        let path = |at: At| link.tree.directive(at).arg(0).unwrap_or_default().to_owned();
        let (certificate, key) = (path(at), keys.get(index).copied().map(path));
        let certainty = if certificate.contains('$') { Certainty::Unresolved } else { Certainty::Certain };
        link.facts.push(NginxCertificate { span: link.tree.span(at), certainty, server, certificate, key });
    }
}

/// States the directives in force in `block`, which `at` opens, and nginx's defaults where nothing is set.
pub(super) fn in_force(link: &mut Link<'_, '_>, at: At, block: RowId, server: RowId, scope: &Scope<'_>) {
    if link.facts.count::<NginxEffective>() > MAX_EFFECTIVE {
        return;
    }
    for (name, settings) in scope.settings() {
        for setting in settings {
            let directive = link.tree.directive(setting.at);
            let span = link.tree.span(setting.at);
            let args = directive.joined();
            let rendered = is_rendered(&args);
            link.facts.push(NginxEffective {
                span,
                certainty: if rendered { Certainty::Unresolved } else { Certainty::Certain },
                block,
                server,
                name: name.to_owned(),
                arg1: directive.arg(0).map(str::to_owned),
                arg2: directive.arg(1).map(str::to_owned),
                number: directive.arg(0).and_then(|text| number(name, text)),
                args,
                directive: Some(link.tree.row(setting.at)),
                is_inherited: setting.is_inherited,
                is_dropped: setting.is_dropped,
                is_default: false,
            });
            if name == "add_header" || name == "more_set_headers" {
                let row = NginxHeader {
                    span,
                    certainty: Certainty::Certain,
                    block,
                    server,
                    header: String::new(),
                    value: String::new(),
                    always: name == "more_set_headers",
                    is_inherited: setting.is_inherited,
                    is_dropped: setting.is_dropped,
                };
                headers(link, setting.at, &row);
            }
        }
    }
    defaults(link, at, block, server, scope);
}

fn headers(link: &mut Link<'_, '_>, at: At, like: &NginxHeader) {
    let directive = link.tree.directive(at);
    if &*directive.name == "add_header" {
        link.facts.push(NginxHeader {
            header: directive.arg(0).unwrap_or_default().to_ascii_lowercase(),
            value: directive.arg(1).unwrap_or_default().to_owned(),
            always: directive.arg(2) == Some("always"),
            ..like.clone()
        });
        return;
    }
    for argument in directive.args.iter().filter(|argument| !argument.value.starts_with('-')) {
        let Some((header, value)) = argument.value.split_once(':') else { continue };
        let (header, value) = (header.trim().to_ascii_lowercase(), value.trim().to_owned());
        link.facts.push(NginxHeader { header, value, ..like.clone() });
    }
}

fn defaults(link: &mut Link<'_, '_>, at: At, block: RowId, server: RowId, scope: &Scope<'_>) {
    let certainty = if scope.is_incomplete { Certainty::Unresolved } else { Certainty::Likely };
    for &(name, args) in DEFAULTS.iter().filter(|(name, _)| scope.last(name).is_none()) {
        let mut words = args.split(' ').map(str::to_owned);
        let first = words.next();
        link.facts.push(NginxEffective {
            span: link.tree.span(at),
            certainty,
            block,
            server,
            name: name.to_owned(),
            args: args.to_owned(),
            number: first.as_deref().and_then(|text| number(name, text)),
            arg1: first,
            arg2: words.next(),
            directive: None,
            is_inherited: false,
            is_dropped: false,
            is_default: true,
        });
    }
}
