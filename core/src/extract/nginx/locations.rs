//! Locations and `if` blocks: what they serve, where they pass requests on to, what is in force in them.

use std::collections::HashMap;

use super::link::{At, Block, Link, Tree};
use super::scope::Scope;
use super::servers::{Surroundings, in_force};
use super::targets::{Target, target};
use super::written::is_rendered;
use crate::facts::schema::nginx::{NginxIf, NginxLocation, NginxProxy};
use crate::facts::{Certainty, RowId};

/// Directives that pass a request on to another server.
const PASSES: &[&str] = &["proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass"];
/// Deepest nesting of locations that is followed.
const MAX_DEPTH: usize = 16;

/// States the locations, `if` blocks and targets of `block`, which stands in a server or a location.
pub(super) fn state<'m>(link: &mut Link<'m, '_>, block: &Block, around: &Surroundings<'m>) {
    for &at in &block.directives {
        let directive = link.tree.directive(at);
        match &*directive.name {
            name if PASSES.contains(&name) => proxy(link, at, around),
            _ if around.depth >= MAX_DEPTH || directive.children.is_none() => {}
            "location" => location(link, at, around),
            "if" => condition(link, at, around),
            "limit_except" => {
                let block = link.block(at);
                state(link, &block, &Surroundings { depth: around.depth + 1, ..around.clone() });
            }
            _ => {}
        }
    }
}

fn location<'m>(link: &mut Link<'m, '_>, at: At, around: &Surroundings<'m>) {
    let block = link.block(at);
    let scope = around.scope.inner(&block, &link.tree);
    let (modifier, path) = matched(&link.tree, at);
    let returned = find(&link.tree, &block, "return");
    let (code, value) = returned.map_or((None, None), |at| returned_value(&link.tree, at));
    let location = link.facts.push(NginxLocation {
        span: link.tree.span(at),
        certainty: if scope.is_incomplete { Certainty::Unresolved } else { Certainty::Certain },
        server: around.server,
        parent: around.location,
        modifier,
        path,
        serves: serves(&link.tree, &block, &scope),
        return_code: code,
        return_value: value,
        is_internal: find(&link.tree, &block, "internal").is_some(),
        is_incomplete: scope.is_incomplete,
    });
    in_force(link, at, location, around.server, &scope);
    let variables = variables(&link.tree, &block, &around.variables);
    let inner = Surroundings { location: Some(location), scope, variables, depth: around.depth + 1, ..around.clone() };
    state(link, &block, &inner);
}

fn condition<'m>(link: &mut Link<'m, '_>, at: At, around: &Surroundings<'m>) {
    let block = link.block(at);
    let scope = around.scope.inner(&block, &link.tree);
    let row = link.facts.push(NginxIf {
        span: link.tree.span(at),
        certainty: Certainty::Certain,
        server: around.server,
        location: around.location,
        condition: link.tree.directive(at).joined(),
    });
    in_force(link, at, row, around.server, &scope);
    let variables = variables(&link.tree, &block, &around.variables);
    let inner = Surroundings { scope, variables, depth: around.depth + 1, ..around.clone() };
    state(link, &block, &inner);
}

/// Modifier and path of a location: `= /x`, `~* \.php$`, `@name`, `/x`.
fn matched(tree: &Tree<'_>, at: At) -> (String, String) {
    let directive = tree.directive(at);
    let first = directive.arg(0).unwrap_or_default();
    if let Some(second) = directive.arg(1) {
        return (first.to_owned(), second.to_owned());
    }
    // nginx also takes the modifier without a blank after it.
    for modifier in ["^~", "~*", "=", "~", "@"] {
        if let Some(path) = first.strip_prefix(modifier) {
            return (modifier.to_owned(), path.to_owned());
        }
    }
    (String::new(), first.to_owned())
}

fn find(tree: &Tree<'_>, block: &Block, name: &str) -> Option<At> {
    block.directives.iter().copied().find(|&at| &*tree.directive(at).name == name)
}

/// Code and text or URL of a `return`; a lone URL means 302.
fn returned_value(tree: &Tree<'_>, at: At) -> (Option<i64>, Option<String>) {
    let directive = tree.directive(at);
    let first = directive.arg(0).unwrap_or_default();
    match first.parse() {
        Ok(code) => (Some(code), directive.arg(1).map(str::to_owned)),
        Err(_) => (Some(302), Some(first.to_owned())),
    }
}

/// What a block serves by itself.
pub(super) fn serves(tree: &Tree<'_>, block: &Block, scope: &Scope<'_>) -> &'static str {
    let has = |name: &str| find(tree, block, name).is_some();
    if let Some(at) = find(tree, block, "return") {
        let redirects = matches!(returned_value(tree, at).0, Some(301 | 302 | 303 | 307 | 308));
        return if redirects { "redirect" } else { "return" };
    }
    let denies_all = || scope.in_force("deny").any(|at| tree.directive(at).arg(0) == Some("all"));
    let allows_none = || scope.in_force("allow").next().is_none();
    match () {
        () if denies_all() && allows_none() => "denied",
        () if PASSES.iter().any(|name| has(name)) => "proxy",
        () if has("stub_status") => "status",
        () if block.directives.iter().any(|&at| is_lua_content(&tree.directive(at).name)) => "lua",
        () if has("alias") || has("try_files") || scope.last("root").is_some() => "static",
        () => "default",
    }
}

fn is_lua_content(name: &str) -> bool {
    name.starts_with("content_by_lua") || name == "js_content"
}

/// Whether a server answers everything but ACME challenges and health checks with a redirect to HTTPS.
pub(super) fn redirects_to_https(link: &mut Link<'_, '_>, block: &Block) -> bool {
    if block.directives.iter().any(|&at| redirects(&link.tree, at)) {
        return true;
    }
    let mut redirected = false;
    for &at in &block.directives {
        match &*link.tree.directive(at).name {
            "if" => redirected |= redirects_block(link, at),
            "location" if redirects_block(link, at) => redirected = true,
            "location" if !is_harmless_in_clear(&matched(&link.tree, at).1) && passes_on(link, at) => return false,
            _ => {}
        }
    }
    redirected
}

fn redirects_block(link: &mut Link<'_, '_>, at: At) -> bool {
    let block = link.block(at);
    block.directives.iter().any(|&at| redirects(&link.tree, at))
}

fn passes_on(link: &mut Link<'_, '_>, at: At) -> bool {
    let block = link.block(at);
    block.directives.iter().any(|&at| PASSES.contains(&&*link.tree.directive(at).name))
}

fn redirects(tree: &Tree<'_>, at: At) -> bool {
    let directive = tree.directive(at);
    match &*directive.name {
        "return" => {
            let (code, value) = returned_value(tree, at);
            matches!(code, Some(301 | 302 | 303 | 307 | 308))
                && value.is_some_and(|value| value.starts_with("https://"))
        }
        "rewrite" => directive.arg(1).is_some_and(|value| value.starts_with("https://")),
        _ => false,
    }
}

fn is_harmless_in_clear(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ["acme", "well-known", "health", "ping", "status", "nginx"].iter().any(|word| path.contains(word))
}

/// Fixed values of `set` in `block`, over those of the blocks around it.
pub(super) fn variables<'m>(
    tree: &Tree<'m>,
    block: &Block,
    outer: &HashMap<&'m str, &'m str>,
) -> HashMap<&'m str, &'m str> {
    let mut variables = outer.clone();
    for directive in block.directives.iter().map(|&at| tree.directive(at)) {
        if let ("set", Some(name), Some(value)) = (&*directive.name, directive.arg(0), directive.arg(1)) {
            if value.contains('$') {
                variables.remove(name);
            } else {
                variables.insert(name, value);
            }
        }
    }
    variables
}

fn proxy(link: &mut Link<'_, '_>, at: At, around: &Surroundings<'_>) {
    let directive = link.tree.directive(at);
    let written = directive.arg(0).unwrap_or_default();
    let known = substitute(written, &around.variables);
    let Target { scheme, address, uri, has_port } = target(&directive.name, &known);
    let upstream = address.host.as_deref().filter(|_| !has_port).and_then(|host| link.upstreams.get(host).copied());
    let is_known = address.host.is_some() && !is_rendered(&known);
    let block: RowId = around.location.unwrap_or(around.server);
    let row = NginxProxy {
        span: link.tree.span(at),
        certainty: if is_known { Certainty::Certain } else { Certainty::Unresolved },
        block,
        server: around.server,
        directive: directive.name.to_string(),
        target: written.to_owned(),
        scheme,
        host: address.host,
        port: if upstream.is_some() { None } else { address.port },
        uri,
        has_variable: written.contains('$'),
        upstream,
    };
    link.facts.push(row);
}

/// `text` with variables replaced whose value is fixed.
fn substitute(text: &str, variables: &HashMap<&str, &str>) -> String {
    let mut known = text.to_owned();
    let mut names: Vec<&&str> = variables.keys().collect();
    names.sort_unstable_by_key(|name| std::cmp::Reverse(name.len()));
    for name in names {
        known = known.replace(*name, variables[*name]);
    }
    known
}
