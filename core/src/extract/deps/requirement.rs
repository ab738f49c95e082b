//! One requirement, as PEP 508 and pip write it.

/// A requirement.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Requirement {
    /// Normalised name.
    pub(super) name: String,
    pub(super) extras: Option<String>,
    pub(super) specifier: Option<String>,
    pub(super) marker: Option<String>,
    pub(super) source: &'static str,
    pub(super) has_hash: bool,
}

impl Requirement {
    /// Reads `name[extra] >= 1; marker`, `name @ url`, or a URL with `#egg=name`. `None` where there is no name.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (body, marker) = split_marker(text);
        let marker = marker.map(|marker| marker.trim().to_owned());
        if let Some((_, egg)) = body.split_once("#egg=") {
            let name = egg.split(['&', '[', ' ']).next().unwrap_or(egg);
            let source = source_of(body);
            return Some(Self { name: normalised(name), marker, source, ..Self::default() });
        }
        let end =
            body.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.')).unwrap_or(body.len());
        let (name, rest) = body.split_at(end);
        let starts_well = name.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !starts_well || rest.starts_with([':', '/', '\\']) {
            return None;
        }
        let mut rest = rest.trim();
        let mut extras = None;
        if let Some(inner) = rest.strip_prefix('[') {
            let (list, after) = inner.split_once(']')?;
            extras = Some(list.split_whitespace().collect::<String>());
            rest = after.trim();
        }
        let mut requirement = Self { name: normalised(name), extras, marker, source: "registry", ..Self::default() };
        match rest.strip_prefix('@') {
            Some(url) => requirement.source = source_of(url.trim()),
            None if rest.is_empty() => {}
            None if rest.starts_with(['=', '<', '>', '!', '~', '^', '*', '(']) => {
                requirement.specifier = Some(rest.trim_matches(['(', ')']).split_whitespace().collect());
            }
            None => return None,
        }
        Some(requirement)
    }

    /// The version, where exactly one is allowed.
    pub(super) fn exact_version(&self) -> Option<&str> {
        let specifier = self.specifier.as_deref()?;
        let version = specifier.strip_prefix("===").or_else(|| specifier.strip_prefix("=="))?;
        (!version.contains([',', '*'])).then_some(version)
    }
}

/// A marker begins at `;`, in a URL only after white space.
fn split_marker(text: &str) -> (&str, Option<&str>) {
    let at = if text.contains("://") { text.find(" ;") } else { text.find(';') };
    match at {
        Some(at) => (text[..at].trim(), text[at..].split_once(';').map(|(_, marker)| marker)),
        None => (text, None),
    }
}

/// What kind of place a URL or path is.
pub(super) fn source_of(url: &str) -> &'static str {
    if url.starts_with("git+") || url.ends_with(".git") || url.starts_with("git@") {
        "git"
    } else if url.contains("://") && !url.starts_with("file:") {
        "url"
    } else {
        "path"
    }
}

/// A distribution's name as registries compare it.
pub(super) fn normalised(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '-' | '_' | '.' if normal.ends_with('-') => {}
            '-' | '_' | '.' => normal.push('-'),
            c => normal.push(c.to_ascii_lowercase()),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_extras_specifiers_and_markers() {
        let found = Requirement::parse("Foo.Bar[a, b] >= 1.0 , <2 ; python_version < '3.9'").unwrap();
        assert_eq!(found.name, "foo-bar");
        assert_eq!(found.extras.as_deref(), Some("a,b"));
        assert_eq!(found.specifier.as_deref(), Some(">=1.0,<2"));
        assert_eq!(found.marker.as_deref(), Some("python_version < '3.9'"));
        assert_eq!(found.exact_version(), None);
    }

    #[test]
    fn exact_versions_and_urls() {
        assert_eq!(Requirement::parse("a==1.2.3").unwrap().exact_version(), Some("1.2.3"));
        assert_eq!(Requirement::parse("a==1.*").unwrap().exact_version(), None);
        assert_eq!(Requirement::parse("a @ git+https://h/x.git").unwrap().source, "git");
        assert_eq!(Requirement::parse("git+https://h/x.git#egg=My_Pkg").unwrap().name, "my-pkg");
        assert_eq!(Requirement::parse("./local/pkg"), None);
        assert_eq!(Requirement::parse("https://h/x.whl"), None);
        assert_eq!(Requirement::parse("<<<<<<< HEAD"), None);
        assert_eq!(Requirement::parse("some prose here"), None);
    }
}
