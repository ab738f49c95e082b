//! Hosts and ports as configuration writes them.

/// A host and a port.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct HostPort {
    /// The host; `None` where it holds a variable.
    pub host: Option<String>,
    /// The port; `None` where none is written or it holds a variable.
    pub port: Option<i64>,
}

/// Reads `host`, `host:port`, `[v6]:port`, with or without a scheme, user and path.
pub(crate) fn host_port(text: &str) -> HostPort {
    let (scheme, rest) = text.split_once("://").unwrap_or(("", text));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let is_fixed = !host.is_empty() && !has_placeholder(host);
    let default_port = match scheme {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    };
    HostPort { host: is_fixed.then(|| host.to_owned()), port: port.map_or(default_port, |port| port.parse().ok()) }
}

/// Whether a text holds something that is filled in later: `${X}`, `$X`, `{{ x }}`, `<x>`, `%x%`.
pub(crate) fn has_placeholder(text: &str) -> bool {
    text.contains("{{") || text.contains('$') || text.contains('<') || text.contains("{%") || text.contains('%')
}

/// What an address points to: `name`, `private_ip`, `public_ip`, `loopback` or `url`.
pub(crate) fn kind(text: &str) -> &'static str {
    if text.contains("://") {
        return "url";
    }
    let Some(host) = host_port(text).host else { return "name" };
    if host == "localhost" || host == "::1" || host.starts_with("127.") {
        return "loopback";
    }
    match host.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(address)) if address.is_private() || address.is_link_local() => "private_ip",
        Ok(std::net::IpAddr::V6(address)) if (address.segments()[0] & 0xfe00) == 0xfc00 => "private_ip",
        Ok(_) => "public_ip",
        Err(_) => "name",
    }
}

#[cfg(test)]
mod tests {
    use super::{host_port, kind};

    #[test]
    fn hosts_and_ports_are_told_apart() {
        let read = |text| {
            let found = host_port(text);
            (found.host.unwrap_or_default(), found.port)
        };
        assert_eq!(read("api:8000"), ("api".into(), Some(8000)));
        assert_eq!(read("http://user:pw@api/v1?x=1"), ("api".into(), Some(80)));
        assert_eq!(read("[::1]:9090"), ("::1".into(), Some(9090)));
        assert_eq!(read("${HOST}:80"), (String::new(), Some(80)));
        assert_eq!(read(""), (String::new(), None));
    }

    #[test]
    fn addresses_are_sorted_by_reach() {
        let kinds: Vec<_> = ["api:1", "10.0.0.1:9100", "8.8.8.8", "localhost:1", "https://x.test/a"].map(kind).into();
        assert_eq!(kinds, ["name", "private_ip", "public_ip", "loopback", "url"]);
    }
}
