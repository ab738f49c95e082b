//! Image references: `registry/namespace/name:tag@digest`.

/// The parts of an image reference.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Image {
    /// Name as the data tables have it: without the default registry and `library/`.
    pub name: String,
    /// The tag; `None` where there is none.
    pub tag: Option<String>,
    /// The digest, `sha256:…`.
    pub digest: Option<String>,
}

impl Image {
    /// Reads a reference. Parts that hold an unresolved variable stay as they are written.
    pub(crate) fn parse(reference: &str) -> Self {
        let (rest, digest) = match reference.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest.to_owned())),
            None => (reference, None),
        };
        let (name, tag) = split_tag(rest);
        Self { name: canonical(name).to_owned(), tag: tag.map(str::to_owned), digest }
    }

    /// Whether a part is only known at run time.
    pub(crate) fn is_unresolved(&self) -> bool {
        let unresolved = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains('$'));
        self.name.contains('$') || unresolved(&self.tag) || unresolved(&self.digest)
    }
}

/// Splits at the last colon that is neither a registry's port nor inside `${…}`.
fn split_tag(reference: &str) -> (&str, Option<&str>) {
    let mut depth = 0_u32;
    let mut colon = None;
    for (at, byte) in reference.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b':' if depth == 0 => colon = Some(at),
            b'/' if depth == 0 => colon = None,
            _ => {}
        }
    }
    match colon {
        Some(at) => (&reference[..at], Some(&reference[at + 1..])),
        None => (reference, None),
    }
}

fn canonical(name: &str) -> &str {
    let name = name.strip_prefix("docker.io/").or_else(|| name.strip_prefix("index.docker.io/")).unwrap_or(name);
    name.strip_prefix("library/").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(reference: &str) -> (String, Option<String>, bool) {
        let image = Image::parse(reference);
        (image.name, image.tag, image.digest.is_some())
    }

    #[test]
    fn registries_tags_and_digests_are_told_apart() {
        assert_eq!(parts("postgres:16"), ("postgres".into(), Some("16".into()), false));
        assert_eq!(parts("docker.io/library/redis"), ("redis".into(), None, false));
        assert_eq!(parts("reg.example:5000/team/api"), ("reg.example:5000/team/api".into(), None, false));
        assert_eq!(parts("nginx@sha256:00"), ("nginx".into(), None, true));
        assert_eq!(parts("app:${TAG:-latest}"), ("app".into(), Some("${TAG:-latest}".into()), false));
        assert!(Image::parse("app:${TAG}").is_unresolved());
    }
}
