//! Mounts of a service: `volumes` in both forms, and `tmpfs`.

use super::value::Value;

/// A mount as the file states it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Mount {
    pub kind: &'static str,
    pub source: Option<String>,
    pub target: String,
    pub is_read_only: bool,
    pub options: String,
    pub creates_host_path: bool,
}

/// Reads an item of `volumes`.
pub(super) fn read(item: &Value) -> Option<Mount> {
    match item.text() {
        Some(text) => Some(short(text)),
        None => long(item),
    }
}

fn short(text: &str) -> Mount {
    let parts = split(text);
    let (source, target, options) = match parts.as_slice() {
        [target] => (None, *target, ""),
        [source, target] => (Some(*source), *target, ""),
        [source, target, options, ..] => (Some(*source), *target, *options),
        [] => (None, "", ""),
    };
    let kind = match source {
        None => "anonymous",
        Some(source) if is_host_path(source) => "bind",
        Some(_) => "volume",
    };
    Mount {
        kind,
        source: source.map(str::to_owned),
        target: target.to_owned(),
        is_read_only: options.split(',').any(|option| option == "ro" || option == "readonly"),
        options: options.to_owned(),
        creates_host_path: true,
    }
}

fn long(item: &Value) -> Option<Mount> {
    let text = |key: &str| item.get(key).and_then(Value::text).map(str::to_owned);
    let source = text("source").or_else(|| text("src"));
    let kind = match text("type").as_deref() {
        Some("bind") => "bind",
        Some("tmpfs") => "tmpfs",
        Some("npipe") => "npipe",
        Some("cluster") => "cluster",
        _ if source.is_none() => "anonymous",
        _ => "volume",
    };
    let is_set = |path: &[&str]| item.at(path).and_then(Value::boolean);
    let propagation = item.at(&["bind", "propagation"]).and_then(Value::text).unwrap_or_default();
    Some(Mount {
        kind,
        source,
        target: text("target").or_else(|| text("dst")).or_else(|| text("destination"))?,
        is_read_only: is_set(&["read_only"]).or_else(|| is_set(&["readonly"])).unwrap_or(false),
        options: propagation.to_owned(),
        creates_host_path: is_set(&["bind", "create_host_path"]).unwrap_or(kind != "bind"),
    })
}

/// The container path of a short mount, which tells two of them apart when files merge.
pub(super) fn short_target(text: &str) -> &str {
    match split(text).as_slice() {
        [only] => only,
        [_, target, ..] => target,
        [] => text,
    }
}

/// Whether a short mount's source is a path of the host, not a volume's name.
pub(super) fn is_host_path(source: &str) -> bool {
    source.starts_with(['/', '.', '~', '$', '\\']) || source.get(1..3) == Some(":\\") || source.contains('/')
}

/// Splits at colons that stand neither in `${…}` nor after a drive letter.
pub(super) fn split(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, byte) in bytes.iter().enumerate() {
        let is_drive =
            at == start + 1 && matches!(bytes.get(at + 1), Some(b'\\' | b'/')) && bytes[start].is_ascii_uppercase();
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b':' if depth == 0 && !is_drive => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> (&'static str, Option<String>, String, bool) {
        let mount = short(text);
        (mount.kind, mount.source, mount.target, mount.is_read_only)
    }

    #[test]
    fn short_forms() {
        assert_eq!(kinds("data:/var/lib/x"), ("volume", Some("data".into()), "/var/lib/x".into(), false));
        assert_eq!(kinds("./a:/b:ro"), ("bind", Some("./a".into()), "/b".into(), true));
        assert_eq!(kinds("/x"), ("anonymous", None, "/x".into(), false));
        assert_eq!(kinds("${D:-./data}:/b"), ("bind", Some("${D:-./data}".into()), "/b".into(), false));
        assert_eq!(kinds("C:\\a:/b"), ("bind", Some("C:\\a".into()), "/b".into(), false));
    }
}
