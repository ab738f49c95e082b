//! What a file is, from its path and the beginning of its text. A name that its tool demands decides alone; a name
//! that many tools share (`config.yml`, `default.conf`) is decided by what stands in the file.

mod content;
mod name;

use super::Artifact;
use name::Name;

/// Most bytes of a text that are looked at.
const HEAD: usize = 64 << 10;

/// Classifies a file from its path (forward slashes, from the root) and its text, of which the first 64 KiB count.
/// With an empty text the path alone decides.
pub fn classify(path: &str, text: &str) -> Artifact {
    let head = text.get(..floor_boundary(text, HEAD)).unwrap_or(text);
    let mut lower = String::with_capacity(path.len() + 1);
    lower.push('/');
    lower.push_str(path);
    lower.make_ascii_lowercase();
    let name = Name::new(&lower);
    let kind = name::decided(&name).or_else(|| by_extension(&name, head));
    kind.unwrap_or_else(|| content::without_extension(&name, head))
}

/// Kinds whose extension says the format, and whose text says the rest.
fn by_extension(name: &Name<'_>, head: &str) -> Option<Artifact> {
    Some(match name.extension {
        "yml" | "yaml" => content::yaml(name, head),
        // Prometheus' own examples call their rule files `alert.rules`.
        "rules" if content::yaml(name, head) == Artifact::PrometheusRules => Artifact::PrometheusRules,
        "json" => content::json(name, head),
        "conf" => content::conf(name, head),
        "service" | "timer" | "socket" | "path" | "mount" | "target" | "slice" | "automount" | "swap" => {
            if head.is_empty() || content::is_systemd(head) { Artifact::SystemdUnit } else { Artifact::Other }
        }
        extension => return name::EXTENSIONS.iter().find(|(known, _)| *known == extension).map(|(_, kind)| *kind),
    })
}

/// The largest character boundary of `text` at or below `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests;
