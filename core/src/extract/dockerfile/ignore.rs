//! `.dockerignore`: which files of a build context never reach the builder.

use crate::source::glob::PathGlob;

/// Most patterns of one file.
const MAX_PATTERNS: usize = 2000;

/// The patterns of a `.dockerignore`, in order.
#[derive(Debug, Default)]
pub(super) struct Ignore {
    patterns: Vec<(PathGlob, bool)>,
    /// The folders and files that `!` takes back, as written.
    kept: Vec<String>,
    /// The patterns as written, separated by spaces.
    pub written: String,
}

impl Ignore {
    pub(super) fn parse(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut ignore = Self::default();
        for line in lines.take(MAX_PATTERNS) {
            let (pattern, negates) = line.strip_prefix('!').map_or((line, false), |rest| (rest, true));
            let pattern = pattern.trim_start_matches("./").trim_matches('/');
            if negates {
                ignore.kept.push(pattern.to_owned());
            }
            ignore.patterns.push((PathGlob::new(pattern), negates));
            ignore.written.push_str(line);
            ignore.written.push(' ');
        }
        ignore.written.truncate(ignore.written.trim_end().len());
        ignore
    }

    /// Whether something below the folder `path` may be taken back.
    pub(super) fn keeps_below(&self, path: &str) -> bool {
        self.kept
            .iter()
            .any(|kept| kept.starts_with('*') || kept.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
    }

    /// Whether `path`, counted from the context, is left out. The last pattern that matches it or a folder above wins.
    pub(super) fn leaves_out(&self, path: &str) -> bool {
        let mut is_ignored = false;
        for (pattern, negates) in &self.patterns {
            if is_ignored == *negates && matches_any(pattern, path) {
                is_ignored = !negates;
            }
        }
        is_ignored
    }
}

fn matches_any(pattern: &PathGlob, path: &str) -> bool {
    let ends = path.char_indices().filter(|(_, c)| *c == '/').map(|(at, _)| at).chain([path.len()]);
    ends.into_iter().any(|end| pattern.is_match(&path[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_stands_below_its_folder() {
        let ignore = Ignore::parse("*\n!container/entrypoint.sh\n");
        assert!(ignore.leaves_out("container") && ignore.keeps_below("container"));
        assert!(!ignore.keeps_below("contain") && !ignore.leaves_out("container/entrypoint.sh"));
    }

    #[test]
    fn folders_globs_and_negations() {
        let ignore = Ignore::parse("# x\nnode_modules\n**/*.pyc\n.env*\n!.env.example\n/docs/\n");
        for path in ["node_modules/a/b.js", "a/b.pyc", ".env", ".env.local", "docs/x.md"] {
            assert!(ignore.leaves_out(path), "{path}");
        }
        for path in ["src/a.py", ".env.example", "a/node_modules/b", "a/.env"] {
            assert!(!ignore.leaves_out(path), "{path}");
        }
    }
}
