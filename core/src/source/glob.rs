//! Globs over paths, each compiled when a path first has the plain text that it asks for: most globs of a tree's ignore
//! files are about files that are not there.

use std::sync::OnceLock;

use globset::{Glob, GlobBuilder};
use regex_automata::meta::{Config, Regex};
use regex_automata::util::syntax;

/// A glob of paths.
#[derive(Debug)]
pub(crate) struct PathGlob {
    text: Box<str>,
    /// Whether `*` and `?` go over slashes.
    goes_across: bool,
    plain: Plain,
    compiled: OnceLock<Option<Regex>>,
}

/// The plain text that a path must have.
#[derive(Debug)]
enum Plain {
    /// The glob has no signs, and matches itself.
    Whole,
    /// What stands before the first sign, and behind the last.
    Ends(Box<str>, Box<str>),
    /// A sign stands first: what follows it, anywhere, and what stands behind the last.
    Within(Box<str>, Box<str>),
}

/// What globs hold that is no plain text.
const SIGNS: &[char] = &['*', '?', '[', ']', '{', '}', '\\'];

impl PathGlob {
    /// A glob as ignore files have them: `*` and `?` stop at slashes, `**` does not. It has not been looked at: one that is
    /// wrong matches nothing.
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.into(), goes_across: false, plain: Plain::of(text), compiled: OnceLock::new() }
    }

    /// The same with signs that go over slashes.
    pub(crate) fn across(text: &str) -> Self {
        Self { goes_across: true, ..Self::new(text) }
    }

    /// Whether the whole of `path` matches.
    pub(crate) fn is_match(&self, path: &str) -> bool {
        let may_match = match &self.plain {
            Plain::Whole => return *self.text == *path,
            Plain::Ends(first, last) => path.ends_with(&**last) && path.starts_with(&**first),
            Plain::Within(first, last) => path.ends_with(&**last) && path.contains(&**first),
        };
        let glob = || self.compiled.get_or_init(|| self.compile()).as_ref();
        may_match && glob().is_some_and(|glob| glob.is_match(path))
    }

    /// Reads the glob.
    ///
    /// # Errors
    /// It is wrong.
    pub(crate) fn read(&self) -> Result<Glob, globset::Error> {
        let mut builder = GlobBuilder::new(&self.text);
        let is_lenient = !self.goes_across;
        builder.literal_separator(!self.goes_across).backslash_escape(true).allow_unclosed_class(is_lenient).build()
    }

    /// Without an automaton: it would take longer to make than all the short paths that are asked for.
    fn compile(&self) -> Option<Regex> {
        let syntax = syntax::Config::new().utf8(false).dot_matches_new_line(true);
        let config = Config::new().dfa(false).utf8_empty(false);
        Regex::builder().syntax(syntax).configure(config).build(self.read().ok()?.regex()).ok()
    }
}

impl Plain {
    fn of(glob: &str) -> Self {
        let Some(at) = glob.rfind(SIGNS) else { return Self::Whole };
        // `**/a` matches `a`, too.
        let last = glob[at + 1..].trim_start_matches('/').into();
        let after_stars = glob.trim_start_matches(['*', '/']);
        let first = after_stars.split(SIGNS).next().unwrap_or_default().into();
        if after_stars.len() == glob.len() { Self::Ends(first, last) } else { Self::Within(first, last) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_decides_only_what_the_glob_would() {
        let paths = ["a", "a.py", "x/a.py", "x/y/a.py", "x", "a*b", "a.pyc", "x/y", ".env.local", "a[b", "[", "b/x/a"];
        for text in [
            "a",
            "*.py",
            "*.py[co]",
            "**/a.py",
            "x/**/a.py",
            "x/**",
            "**",
            "*",
            "?",
            "a\\*b",
            ".env.*",
            "a[b",
            "[[]",
            "*.{py,pyc}",
            "{a,x}*",
            "a{",
            "**/x/**",
            "*/a*",
            "/a",
        ] {
            for glob in [PathGlob::new(text), PathGlob::across(text)] {
                let compiled = glob.read().ok().map(|glob| glob.compile_matcher());
                for path in paths {
                    let expected = compiled.as_ref().is_some_and(|compiled| compiled.is_match(path));
                    assert_eq!(glob.is_match(path), expected, "{text} {path}");
                }
            }
        }
    }
}
