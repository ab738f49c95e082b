//! Which paths a rule looks at.

use std::sync::{Arc, OnceLock};

use globset::{Glob, GlobSet, GlobSetBuilder};

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
        let filter = Self::tested(include, exclude);
        for globs in filter.include.iter().chain([&filter.exclude]) {
            let set = glob_set(&globs.signed)?;
            globs.set.get_or_init(|| set);
        }
        Ok(filter)
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
    signed: Vec<String>,
    /// These, compiled when they are first asked.
    set: Arc<OnceLock<GlobSet>>,
}

impl Globs {
    fn new(texts: Vec<String>) -> Self {
        let has_signs = |text: &String| text.contains(['*', '?', '[', ']', '{', '}', '\\']);
        let (signed, plain) = texts.into_iter().partition(has_signs);
        Self { plain, signed, set: Arc::default() }
    }

    fn matches(&self, path: &str) -> bool {
        let set = || self.set.get_or_init(|| glob_set(&self.signed).unwrap_or_default());
        self.plain.iter().any(|name| has_part(path, name)) || !self.signed.is_empty() && set().is_match(path)
    }
}

/// Whether a path is, or lies below, what a name without signs stands for.
fn has_part(path: &str, name: &str) -> bool {
    let bare = name.trim_end_matches('/');
    let ends = |at: usize| matches!(path.as_bytes().get(at), None | Some(b'/'));
    if let Some(anchored) = bare.strip_prefix('/') {
        return path.starts_with(anchored) && ends(anchored.len());
    }
    let mut parts = std::iter::once(0).chain(path.match_indices('/').map(|(slash, _)| slash + 1));
    parts.any(|at| path[at..].starts_with(bare) && ends(at + bare.len()))
}

/// A glob without a slash matches any part of the path, one with a slash is anchored at the root or, without a leading
/// slash, at any folder.
fn glob_set(globs: &[String]) -> Result<GlobSet, String> {
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        let bare = glob.trim_end_matches('/');
        let anchored = bare.strip_prefix('/').map(str::to_owned);
        let base =
            anchored.unwrap_or_else(|| if bare.starts_with("**/") { bare.to_owned() } else { format!("**/{bare}") });
        for pattern in [base.clone(), format!("{base}/**")] {
            set.add(Glob::new(&pattern).map_err(|error| format!("`{glob}` is no glob: {error}"))?);
        }
    }
    set.build().map_err(|error| error.to_string())
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
            let set = glob_set(&[name.to_owned()]).unwrap();
            for path in paths {
                assert_eq!(has_part(path, name), set.is_match(path), "{name} {path}");
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
