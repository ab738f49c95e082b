//! Addresses: of upstream servers, listeners and the targets of `proxy_pass` and its kin.

use super::written::is_rendered;

/// A host and a port as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Address {
    /// The host, or the path of a Unix socket; `None` where it holds a variable.
    pub(super) host: Option<String>,
    /// The port; `None` for a Unix socket, or where it holds a variable.
    pub(super) port: Option<i64>,
}

/// A target of `proxy_pass` or its kin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) scheme: String,
    pub(super) address: Address,
    pub(super) uri: Option<String>,
    /// Whether the port is written.
    pub(super) has_port: bool,
}

/// Reads `host`, `host:port`, `[v6]:port` or `unix:/path`.
pub(super) fn address(text: &str, default_port: Option<i64>) -> Address {
    if text.starts_with("unix:") {
        return Address { host: Some(text.to_owned()), port: None };
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (text, None),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let is_fixed = !host.is_empty() && !host.contains('$') && !is_rendered(host);
    let port = match port {
        Some(port) => port.parse().ok(),
        None => default_port,
    };
    Address { host: is_fixed.then(|| host.to_owned()), port }
}

/// Reads the argument of `directive`, for example `http://api:8000/v1/`.
pub(super) fn target(directive: &str, text: &str) -> Target {
    let own_scheme = directive.trim_end_matches("_pass");
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme, rest),
        None => (if own_scheme == "proxy" { "http" } else { own_scheme }, text),
    };
    let (authority, uri) = split_authority(rest);
    let default_port = match scheme {
        "https" | "grpcs" => Some(443),
        "http" | "grpc" => Some(80),
        _ => None,
    };
    Target {
        scheme: scheme.to_owned(),
        address: address(authority, default_port),
        uri: uri.map(str::to_owned),
        has_port: address(authority, None).port.is_some(),
    }
}

fn split_authority(rest: &str) -> (&str, Option<&str>) {
    if let Some(socket) = rest.strip_prefix("unix:") {
        return match socket.split_once(':') {
            Some((path, uri)) => (&rest[.."unix:".len() + path.len()], Some(uri)),
            None => (rest, None),
        };
    }
    let end = rest.find(['/', '?']).or_else(|| variable_after_port(rest)).unwrap_or(rest.len());
    (&rest[..end], (end < rest.len()).then(|| &rest[end..]))
}

/// Where `$uri` or the like begins in `host:8000$uri`.
fn variable_after_port(rest: &str) -> Option<usize> {
    let dollar = rest.find('$').filter(|&at| at > 0)?;
    let before = &rest[..dollar];
    let port = before.rsplit_once(':').map(|(_, port)| port)?;
    (!port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(dollar)
}

/// Whether only this machine or a private network reaches an address: loopback, a Unix socket, a private range.
pub(super) fn is_internal(host: &str) -> bool {
    let is_private = host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_private());
    is_private || host.starts_with("unix:") || host.starts_with("127.") || matches!(host, "localhost" | "::1")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Option<String>, Option<i64>, Option<String>) {
        let target = target("proxy_pass", text);
        (target.scheme, target.address.host, target.address.port, target.uri)
    }

    #[test]
    fn targets_are_split_into_host_port_and_path() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(read("http://api:8000/v1/"), ("http".into(), some("api"), Some(8000), some("/v1/")));
        assert_eq!(read("https://api"), ("https".into(), some("api"), Some(443), None));
        assert_eq!(read("http://[::1]:81"), ("http".into(), some("::1"), Some(81), None));
        assert_eq!(read("http://api:80$uri"), ("http".into(), some("api"), Some(80), some("$uri")));
        assert_eq!(read("http://unix:/run/a.sock:/x"), ("http".into(), some("unix:/run/a.sock"), None, some("/x")));
        assert_eq!(read("http://$backend:8000"), ("http".into(), None, Some(8000), None));
        assert_eq!(read("http://${HOST}:${PORT}/x"), ("http".into(), None, None, some("/x")));
        assert_eq!(read("$target"), ("http".into(), None, Some(80), None));
    }
}
