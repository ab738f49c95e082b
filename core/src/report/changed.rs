//! Which lines changed, read from a unified diff.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::Location;

/// The lines of a tree that a change added or touched. Paths are from the audited root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangedLines {
    files: BTreeMap<String, Vec<RangeInclusive<u32>>>,
}

impl ChangedLines {
    /// Reads a diff as `git diff --unified=0 --no-prefix --relative` writes it, without colours.
    pub fn of_diff(diff: &str) -> Self {
        let mut changed = Self::default();
        let mut path = None;
        let mut left = 0;
        for line in diff.lines() {
            // Lines of a hunk's body, counted by its head: they may look like heads themselves.
            if left > 0 && (line.starts_with('+') || line.starts_with('-') || line.starts_with('\\')) {
                left -= usize::from(!line.starts_with('\\'));
            } else if let Some(name) = line.strip_prefix("+++ ") {
                path = (name != "/dev/null").then(|| unquoted(name.trim_end_matches('\t')));
            } else if let Some((old, new)) = hunk(line) {
                left = old.1 as usize + new.1 as usize;
                if let (Some(path), 1..) = (&path, new.1) {
                    changed.files.entry(path.clone()).or_default().push(new.0..=new.0.saturating_add(new.1 - 1));
                }
            }
        }
        changed
    }

    /// Adds a file all of which is new.
    pub fn add_file(&mut self, path: &str) {
        self.files.insert(path.to_owned(), vec![0..=u32::MAX]);
    }

    /// Whether a change touches the place.
    pub fn touches(&self, place: &Location) -> bool {
        let (first, last) = (place.start.line, place.end.line);
        let ranges = self.files.get(&place.path).map_or(&[][..], Vec::as_slice);
        ranges.iter().any(|range| *range.start() <= last && first <= *range.end())
    }
}

/// A path with quotes, backslashes or control characters is written as a C string.
fn unquoted(name: &str) -> String {
    let Some(inner) = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) else { return name.to_owned() };
    let mut bytes = inner.bytes();
    let mut path = Vec::with_capacity(inner.len());
    while let Some(byte) = bytes.next() {
        path.push(if byte == b'\\' { escaped(&mut bytes) } else { byte });
    }
    String::from_utf8_lossy(&path).into_owned()
}

fn escaped(bytes: &mut std::str::Bytes<'_>) -> u8 {
    let octal = |byte: Option<u8>| byte.map_or(0, |byte| byte.wrapping_sub(b'0') & 7);
    match bytes.next() {
        Some(b'a') => 7,
        Some(b'b') => 8,
        Some(b't') => b'\t',
        Some(b'n') => b'\n',
        Some(b'v') => 11,
        Some(b'f') => 12,
        Some(b'r') => b'\r',
        Some(first @ b'0'..=b'7') => octal(Some(first)) << 6 | octal(bytes.next()) << 3 | octal(bytes.next()),
        other => other.unwrap_or(b'\\'),
    }
}

/// Start and count of both sides of `@@ -1,2 +3,4 @@`.
fn hunk(line: &str) -> Option<((u32, u32), (u32, u32))> {
    let mut words = line.strip_prefix("@@ ")?.split(' ');
    let side = |word: Option<&str>, sign| {
        let (start, count) = word?.strip_prefix(sign).map(|word| word.split_once(',').unwrap_or((word, "1")))?;
        Some((start.parse().ok()?, count.parse().ok()?))
    };
    Some((side(words.next(), '-')?, side(words.next(), '+')?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Position;

    fn on(path: &str, first: u32, last: u32) -> Location {
        let position = |line| Position { line, column: 1, offset: 0, utf16: 1 };
        Location { path: path.into(), start: position(first), end: position(last) }
    }

    #[test]
    fn added_and_changed_lines_count() {
        let diff = "diff --git a.py a.py\n--- a.py\n+++ a.py\n@@ -1,2 +1,3 @@ def f():\n-x\n-y\n+++ b.py\n+x\n+y\n\
                    @@ -9 +10,0 @@\n-gone\n--- gone.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n";
        let mut changed = ChangedLines::of_diff(diff);
        assert!(changed.touches(&on("a.py", 3, 3)) && changed.touches(&on("a.py", 1, 9)));
        assert!(!changed.touches(&on("a.py", 4, 4)) && !changed.touches(&on("a.py", 10, 10)));
        assert!(!changed.touches(&on("b.py", 1, 1)), "a line that looks like a head is none");
        changed.add_file("new.py");
        assert!(changed.touches(&on("new.py", 7, 7)));
    }

    #[test]
    fn quoted_paths_are_read() {
        let changed = ChangedLines::of_diff("+++ \"a\\\"\\303\\274\\t.py\"\n@@ -0,0 +1 @@\n+x\n");
        assert!(changed.touches(&on("a\"ü\t.py", 1, 1)));
    }

    #[test]
    fn any_text_is_survived() {
        for text in [
            "",
            "@@",
            "@@ -1 +1",
            "@@ -9999999999 +1 @@",
            "+++ ",
            "@@ -1,0 +4294967295,2 @@",
            "+++ \"\\",
            "+++ \"\\7\"",
        ] {
            let _ = ChangedLines::of_diff(&format!("+++ a\n{text}"));
        }
    }
}
