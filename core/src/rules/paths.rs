//! Which paths a rule looks at.

use std::sync::Arc;

use crate::source::glob::PathGlob;

/// Which paths a rule looks at, as in Semgrep's `paths`.
#[derive(Debug, Clone)]
pub struct PathFilter {
    /// None where every path is in.
    include: Option<Globs>,
    exclude: Globs,
}

impl PathFilter {
    /// One that looks at the paths which `include` matches, all of them where it is empty, but for those of `exclude`.
    ///
    /// # Errors
    /// A text that is no glob.
    pub(super) fn new(include: Vec<String>, exclude: Vec<String>) -> Result<Self, String> {
        for glob in include.iter().chain(&exclude) {
            path_globs(glob)[0].read().map_err(|error| format!("`{glob}` is no glob: {error}"))?;
        }
        Ok(Self::tested(include, exclude))
    }

    /// As [`Self::new`] for globs that are known to be sound: what a run does not use costs it nothing.
    pub(super) fn tested(include: Vec<String>, exclude: Vec<String>) -> Self {
        Self { include: (!include.is_empty()).then(|| Globs::new(include)), exclude: Globs::new(exclude) }
    }

    /// Whether the rule looks at the file at `path` (from the root, forward slashes).
    pub fn admits(&self, path: &str) -> bool {
        self.include.as_ref().is_none_or(|globs| globs.matches(path)) && !self.exclude.matches(path)
    }
}

/// Globs of paths.
#[derive(Debug, Clone)]
struct Globs {
    /// Names of files and folders.
    plain: Vec<String>,
    /// Those that hold signs.
    signed: Arc<[PathGlob]>,
}

impl Globs {
    fn new(texts: Vec<String>) -> Self {
        let has_signs = |text: &String| text.contains(['*', '?', '[', ']', '{', '}', '\\']);
        let (signed, plain): (Vec<String>, _) = texts.into_iter().partition(has_signs);
        Self { plain, signed: signed.iter().flat_map(|glob| path_globs(glob)).collect() }
    }

    fn matches(&self, path: &str) -> bool {
        self.plain.iter().any(|name| has_part(path, name)) || self.signed.iter().any(|glob| glob.is_match(path))
    }
}

/// Whether a path is, or lies below, what a name without signs stands for.
fn has_part(path: &str, name: &str) -> bool {
    let bare = name.trim_end_matches('/');
    let ends = |at: usize| matches!(path.as_bytes().get(at), None | Some(b'/'));
    if let Some(anchored) = bare.strip_prefix('/') {
        return path.starts_with(anchored) && ends(anchored.len());
    }
    let stands_at = |at: usize| path.as_bytes()[at..].starts_with(bare.as_bytes()) && ends(at + bare.len());
    stands_at(0) || memchr::memchr_iter(b'/', path.as_bytes()).any(|slash| stands_at(slash + 1))
}

/// A glob without a slash matches any part of the path, one with a slash is anchored at the root or, without a leading
/// slash, at any folder; what lies below a match is matched, too.
fn path_globs(glob: &str) -> [PathGlob; 2] {
    let bare = glob.trim_end_matches('/');
    let base = match bare.strip_prefix('/') {
        Some(anchored) => anchored.to_owned(),
        None if bare.starts_with("**/") => bare.to_owned(),
        None => format!("**/{bare}"),
    };
    [PathGlob::across(&base), PathGlob::across(&format!("{base}/**"))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_signs_matches_what_its_glob_would() {
        let paths = [
            "a",
            "a/b",
            "x/a",
            "x/a/b",
            "xa/b",
            "ax",
            "x/ax/a.py",
            "a/b/c",
            "b/a/b",
            "x/xa/a",
            "a.py",
            "xa/b/a/b/a",
            "",
        ];
        for name in ["a", "a/", "/a", "/a/", "a/b", "/a/b/", "a.py", "x/a", "b/a/b/a", "a/b/a"] {
            let globs = path_globs(name);
            for path in paths {
                let is_match = globs.iter().any(|glob| glob.is_match(path));
                assert_eq!(has_part(path, name), is_match, "{name} {path}");
            }
        }
    }

    #[test]
    fn a_glob_is_asked_beside_the_names() {
        let filter = PathFilter::new(vec!["*.py".to_owned()], vec!["tests/".to_owned(), "conf*".to_owned()]).unwrap();
        assert!(filter.admits("a/b.py"));
        assert!(!filter.admits("a/tests/b.py") && !filter.admits("a/conftest.py") && !filter.admits("a/b.txt"));
        assert!(PathFilter::new(vec!["a[".to_owned()], Vec::new()).is_err());
    }
}
