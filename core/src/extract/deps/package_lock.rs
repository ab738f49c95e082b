//! `package-lock.json`: large, and little of it is stated. What stands around the versions is stepped over, not read.

use super::npm::push_npm;
use super::{Head, Manifest, push_manifest};
use crate::facts::FactSet;
use crate::source::SourceFile;

/// States what stands directly under `node_modules`.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let root = members(file.text.trim())?;
    let section = |name: &str| {
        let section = root.iter().rev().find(|(key, value)| *key == name && *value != "null");
        section.map(|(_, value)| members(value)).ok_or(())
    };
    let (found, prefix) = match section("packages") {
        Ok(packages) => (packages?, "node_modules/"),
        Err(()) => (section("dependencies").unwrap_or_else(|()| Some(Vec::new()))?, ""),
    };
    let row = push_manifest(file, Head { kind: "package_lock", is_lock: true, ..Head::default() }, facts);
    for (name, value) in found {
        let Some(plain) = name.strip_prefix(prefix) else { continue };
        if plain.is_empty() || plain.contains("/node_modules/") {
            continue;
        }
        if let Some(version) = version(value) {
            let offset = |part: &str| part.as_ptr() as usize - file.text.as_ptr() as usize;
            let span = file.span(offset(name) - 1..offset(value) + value.len());
            push_npm(span, row, (plain, "lock"), &version, facts);
        }
    }
    Some(Manifest { row, includes: Vec::new() })
}

/// The version of a package. It stands first, and nothing behind it is read.
fn version(package: &str) -> Option<String> {
    let mut members = Members::of(package)?;
    while let Some((name, value)) = members.step()? {
        if name == "version" {
            return serde_json::from_str(value).ok();
        }
    }
    None
}

/// The members of an object, which is all of a text, as they are written; `None` where it is none.
fn members(object: &str) -> Option<Vec<(&str, &str)>> {
    let mut members = Members::of(object)?;
    let mut all = Vec::new();
    while let Some(member) = members.step()? {
        all.push(member);
    }
    (members.at == object.len()).then_some(all)
}

/// Steps from member to member of an object. Values are not looked into, but for where they end.
struct Members<'t> {
    text: &'t str,
    at: usize,
    is_first: bool,
}

impl<'t> Members<'t> {
    /// The members of the object at the start of a text.
    fn of(text: &'t str) -> Option<Self> {
        text.starts_with('{').then_some(Self { text, at: 1, is_first: true })
    }

    /// The next name, as it stands in its quotes, and its value; the inner `None` at the end, the outer one where the text
    /// is no such object.
    fn step(&mut self) -> Option<Option<(&'t str, &'t str)>> {
        if self.takes(b'}') {
            return Some(None);
        }
        if !std::mem::take(&mut self.is_first) && !self.takes(b',') {
            return None;
        }
        self.skip_blank();
        let name = self.string()?;
        if !self.takes(b':') {
            return None;
        }
        Some(Some((name, self.value()?)))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn takes(&mut self, byte: u8) -> bool {
        self.skip_blank();
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn string(&mut self) -> Option<&'t str> {
        if self.peek() != Some(b'"') {
            return None;
        }
        self.at += 1;
        let start = self.at;
        loop {
            self.at += memchr::memchr2(b'"', b'\\', self.text.as_bytes().get(self.at..)?)?;
            if self.peek() == Some(b'"') {
                self.at += 1;
                return self.text.get(start..self.at - 1);
            }
            self.at += 2;
        }
    }

    fn value(&mut self) -> Option<&'t str> {
        self.skip_blank();
        let start = self.at;
        let mut depth = 0;
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b'}' | b' ' | b'\n' | b'\r' | b'\t' if depth == 0 => break,
                _ => self.at += 1,
            }
        }
        (start < self.at).then(|| &self.text[start..self.at])
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::deps::Deps;
    use crate::extract::sample::rows;
    use crate::source::Artifact;

    fn told(lock: &str) -> String {
        rows(&Deps, &[("package-lock.json", Artifact::PackageLock, lock)])
    }

    #[test]
    fn the_version_counts_wherever_it_stands() {
        let told = told(
            r#"{"dependencies": {"a": {"dev": true, "requires": {"version": "9"}, "version": "1.0.0", "x": [1]}, "b": {"version": 2}, "c": {}, "d": "3"}}"#,
        );
        assert!(told.contains("name=\"a\"") && told.contains("version=\"1.0.0\""), "{told}");
        assert!(!["name=\"b\"", "name=\"c\"", "name=\"d\"", "\"9\""].iter().any(|part| told.contains(part)), "{told}");
    }

    #[test]
    fn what_is_no_lock_file_states_nothing() {
        for lock in [
            "",
            "[]",
            "{",
            r#"{"packages": []}"#,
            r#"{"packages": {"node_modules/a": {"version": "1"}}"#,
            r#"{"packages": {"node_modules/a": {"version": "1}}}"#,
            r#"{"packages": {"node_modules/a" {"version": "1"}}}"#,
            r#"{"packages": {} "dependencies": {}}"#,
            r#"{"packages": {}} {}"#,
            "{\"a\\",
        ] {
            assert_eq!(told(lock), "", "{lock}");
        }
    }

    #[test]
    fn values_are_stepped_over_whatever_they_hold() {
        let told = told(
            "{\"x\": [\"}\", {\"y\": \"\\\"{\"}], \"n\": -1.5 ,\"packages\":{ \"\": {}, \"node_modules/a\": {\"os\": [\"]\"],\n\"version\" : \"1\\u002e0\" } } }\n",
        );
        assert!(told.contains("name=\"a\"") && told.contains("version=\"1.0\""), "{told}");
    }
}
