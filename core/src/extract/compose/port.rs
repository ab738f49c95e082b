//! Published ports, in both forms.

use super::mount::split;
use super::value::Value;

/// A published port. A range keeps its two ends.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Port {
    pub host_ip: Option<String>,
    pub host: Option<(i64, i64)>,
    pub container: Option<(i64, i64)>,
    pub protocol: String,
    /// Whether a part is only known at run time.
    pub is_unresolved: bool,
    pub written: String,
}

impl Port {
    /// Whether every host that reaches this one reaches the port; `None` where the address is not known.
    pub(super) fn is_public(&self) -> Option<bool> {
        match self.host_ip.as_deref() {
            None | Some("" | "0.0.0.0" | "::" | "[::]" | "*") => Some(true),
            Some(ip) if ip.contains('$') => None,
            Some(ip) => Some(!is_private(ip)),
        }
    }
}

fn is_private(ip: &str) -> bool {
    match ip.trim_matches(['[', ']']).parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local() || is_shared(ip),
        Ok(std::net::IpAddr::V6(ip)) => ip.is_loopback() || (ip.segments()[0] & 0xfe00) == 0xfc00,
        Err(_) => ip == "localhost",
    }
}

/// 100.64.0.0/10, which overlay networks use.
fn is_shared(ip: std::net::Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    a == 100 && (64..128).contains(&b)
}

/// Reads an item of `ports`.
pub(super) fn read(item: &Value) -> Option<Port> {
    match item.text() {
        Some(text) => Some(short(text)),
        None => long(item),
    }
}

fn short(text: &str) -> Port {
    let (mapping, protocol) = match text.rsplit_once('/') {
        Some((mapping, protocol)) if !protocol.contains('}') => (mapping, protocol),
        _ => (text, "tcp"),
    };
    let parts = split(mapping);
    let (ip, host, container) = match parts.as_slice() {
        [container] => (None, None, *container),
        [host, container] => (None, Some(*host), *container),
        [ip @ .., host, container] => (Some(ip.join(":")), Some(*host), *container),
        [] => (None, None, ""),
    };
    Port {
        host_ip: ip,
        host: host.and_then(range),
        container: range(container),
        protocol: protocol.to_ascii_lowercase(),
        is_unresolved: text.contains('$'),
        written: text.to_owned(),
    }
}

fn long(item: &Value) -> Option<Port> {
    let text = |key: &str| item.get(key).and_then(Value::text);
    let target = text("target")?;
    let published = text("published");
    Some(Port {
        host_ip: text("host_ip").map(str::to_owned),
        host: published.and_then(range),
        container: range(target),
        protocol: text("protocol").unwrap_or("tcp").to_ascii_lowercase(),
        is_unresolved: target.contains('$') || published.is_some_and(|published| published.contains('$')),
        written: published.map_or_else(|| target.to_owned(), |published| format!("{published}:{target}")),
    })
}

fn range(text: &str) -> Option<(i64, i64)> {
    match text.split_once('-') {
        Some((first, last)) => Some((first.trim().parse().ok()?, last.trim().parse().ok()?)),
        None => text.trim().parse().ok().map(|port| (port, port)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms() {
        let port = short("127.0.0.1:8000-8002:80-82/udp");
        assert_eq!((port.host, port.container), (Some((8000, 8002)), Some((80, 82))));
        assert_eq!((port.protocol.as_str(), port.is_public()), ("udp", Some(false)));
        assert_eq!(short("8080:80").is_public(), Some(true));
        assert_eq!(short("3000").host, None);
        assert_eq!(short("[::1]:53:53").is_public(), Some(false));
        assert_eq!(short("0.0.0.0:5432:5432").is_public(), Some(true));
        let open = short("${BIND}:5432:5432");
        assert_eq!((open.is_public(), open.host, open.is_unresolved), (None, Some((5432, 5432)), true));
        assert_eq!(short("${PORT}:80").host, None);
        assert_eq!(short("${PORT:?x:y}:80").container, Some((80, 80)));
    }
}
