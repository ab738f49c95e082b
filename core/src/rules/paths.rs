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
            let set = glob_set(&globs.texts)?;
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

/// Globs, compiled when they are first asked.
#[derive(Debug, Clone)]
struct Globs {
    texts: Vec<String>,
    set: Arc<OnceLock<GlobSet>>,
}

impl Globs {
    fn new(texts: Vec<String>) -> Self {
        Self { texts, set: Arc::default() }
    }

    fn matches(&self, path: &str) -> bool {
        self.set.get_or_init(|| glob_set(&self.texts).unwrap_or_default()).is_match(path)
    }
}

/// A pattern without a slash matches any part of the path, one with a slash is anchored at the root or, without a leading
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
