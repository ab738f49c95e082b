//! The lines of one ignore file, as git reads them.

use crate::source::glob::PathGlob;

/// The lines of an ignore file, in order.
#[derive(Default)]
pub(super) struct Patterns(Vec<Pattern>);

/// What the last line that matches a path says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// Leave it out.
    Ignore,
    /// Take it back.
    Keep,
}

struct Pattern {
    /// Matched with the path from the ignore file's folder, or with a name alone.
    glob: PathGlob,
    of_path: bool,
    of_folders: bool,
    word: Word,
}

impl Patterns {
    /// Reads the text of an ignore file. A wrong line matches nothing.
    pub(super) fn read(text: &str) -> Self {
        Self(text.trim_start_matches('\u{feff}').lines().filter_map(Pattern::read).collect())
    }

    /// Lines that somebody configured, and what is wrong with the first that is wrong.
    pub(super) fn checked(lines: &[String]) -> Result<Self, (&str, globset::Error)> {
        let patterns = lines.iter().filter_map(|line| Some((line.as_str(), Pattern::read(line)?)));
        let check = |(line, pattern): (_, Pattern)| match pattern.glob.read() {
            Ok(_) => Ok(pattern),
            Err(error) => Err((line, error)),
        };
        patterns.map(check).collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the lines say of `path`, counted from their folder.
    pub(super) fn matched(&self, path: &str, is_folder: bool) -> Option<Word> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let matches = |pattern: &&Pattern| {
            (is_folder || !pattern.of_folders) && pattern.glob.is_match(if pattern.of_path { path } else { name })
        };
        self.0.iter().rev().find(matches).map(|pattern| pattern.word)
    }
}

impl Pattern {
    /// One line that is no comment: `!` takes back, a slash before or in it makes it a path, one behind it means folders.
    fn read(line: &str) -> Option<Self> {
        let line = if line.ends_with("\\ ") { line } else { line.trim_end() };
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        let unescaped = line.strip_prefix('\\').filter(|rest| rest.starts_with(['!', '#']));
        let kept = line.strip_prefix('!');
        let line = unescaped.or(kept).unwrap_or(line);
        let rooted = line.strip_prefix('/');
        let line = rooted.unwrap_or(line);
        let folder = line.strip_suffix('/');
        let line = folder.map_or(line, |folder| folder.strip_suffix('\\').unwrap_or(folder));
        let of_path = rooted.is_some() || line.contains('/');
        // `a/**` is what stands in `a`, and not `a`.
        let inside = if line.ends_with("/**") { "/*" } else { "" };
        let glob = PathGlob::new(&[line, inside].concat());
        let word = if kept.is_some() { Word::Keep } else { Word::Ignore };
        Some(Self { glob, of_path, of_folders: folder.is_some(), word })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What one line says of a file and of a folder.
    fn says(line: &str, path: &str) -> (bool, bool) {
        let patterns = Patterns::read(line);
        let ignores = |is_folder| patterns.matched(path, is_folder) == Some(Word::Ignore);
        (ignores(false), ignores(true))
    }

    #[test]
    fn names_match_at_any_depth_and_paths_from_the_top() {
        for (line, path) in [
            ("a.log", "x/a.log"),
            ("*.log", "x/a.log"),
            ("*.py[cod]", "x/a.pyc"),
            (".env.*", ".env.local"),
            ("npm-debug.log*", "npm-debug.log.1"),
            ("/a.log", "a.log"),
            ("x/a.log", "x/a.log"),
            ("**/y/a", "y/a"),
            ("**/y/a", "x/y/a"),
            ("x/**/a", "x/a"),
            ("x/**/a", "x/y/z/a"),
            ("x/**", "x/y/z"),
            ("**", "x/y"),
            ("/*", "x"),
            ("*", "x/y"),
            ("*.{js,ts}", "x/a.ts"),
            ("\\#a", "#a"),
            ("\\!a", "!a"),
            ("a\\*b", "x/a*b"),
            ("a[b", "a[b"),
            ("a  ", "a"),
        ] {
            assert_eq!(says(line, path), (true, true), "{line} {path}");
        }
        for (line, path) in [
            ("a.log", "a.log/x"),
            ("/a.log", "x/a.log"),
            ("x/a.log", "y/x/a.log"),
            ("x/*", "x/y/z"),
            ("x/**", "x"),
            ("/*", "x/y"),
            ("*.py[cod]", "a.py"),
            ("# a", "# a"),
            ("!a", "a"),
            ("", ""),
            ("a{b", "a{b"),
        ] {
            assert_eq!(says(line, path), (false, false), "{line} {path}");
        }
        assert_eq!(says("build/", "x/build"), (false, true));
        assert_eq!(says("x/build/", "x/build"), (false, true));
    }

    #[test]
    fn the_last_line_that_matches_decides() {
        let patterns = Patterns::read("*.txt\n!keep.*\nkeep.txt/\n");
        let words = ["lose.txt", "keep.txt", "a.py"].map(|path| patterns.matched(path, false));
        assert_eq!(words, [Some(Word::Ignore), Some(Word::Keep), None]);
        assert_eq!(patterns.matched("keep.txt", true), Some(Word::Ignore));
    }

    #[test]
    fn lines_that_somebody_typed_are_checked() {
        assert!(Patterns::checked(&["docs/".to_owned(), "*.{js,ts}".to_owned()]).is_ok());
        assert!(Patterns::checked(&["a{b".to_owned()]).is_err());
    }
}
