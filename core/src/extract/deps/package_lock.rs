//! `package-lock.json`: large, and little of it is stated. What stands around the versions is stepped over, not read.

use super::npm::push_npm;
use super::{Head, Manifest, push_manifest};
use crate::facts::FactSet;
use crate::source::SourceFile;

/// States what stands directly under `node_modules`.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let Lock { packages, dependencies } = Lock::of(file.text)?;
    let row = push_manifest(file, Head { kind: "package_lock", is_lock: true, ..Head::default() }, facts);
    let (members, prefix) = match packages {
        Some(packages) => (packages, "node_modules/"),
        None => (dependencies?, ""),
    };
    for (name, value) in members {
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

/// The members of an object in their order: names as they stand in their quotes, and values as they are written.
type Members<'t> = Vec<(&'t str, &'t str)>;

#[derive(Default)]
struct Lock<'t> {
    packages: Option<Members<'t>>,
    dependencies: Option<Members<'t>>,
}

impl<'t> Lock<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let mut lock = Self::default();
        let mut json = Steps { text, at: 0 };
        json.takes(b'{').then_some(())?;
        while let Some(name) = json.name()? {
            match name {
                "packages" => lock.packages = Some(json.members()?),
                "dependencies" => lock.dependencies = Some(json.members()?),
                _ => {
                    json.value()?;
                }
            }
        }
        json.skip_blank();
        (json.at == text.len()).then_some(lock)
    }
}

/// The version of a package. It stands first, and nothing behind it is read.
fn version(package: &str) -> Option<String> {
    let mut json = Steps { text: package, at: 0 };
    json.takes(b'{').then_some(())?;
    while let Some(name) = json.name()? {
        let value = json.value()?;
        if name == "version" {
            return serde_json::from_str(value).ok();
        }
    }
    None
}

/// What ends or begins something within an object or list.
const IS_MARK: [bool; 256] = {
    let mut is_mark = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        is_mark[byte] = matches!(byte as u8, b'"' | b'{' | b'}' | b'[' | b']');
        byte += 1;
    }
    is_mark
};

/// Steps through JSON from value to value. They are not looked into, but for where they end; `None` is said of what does
/// not look like JSON.
struct Steps<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Steps<'t> {
    /// The members of the object that stands here.
    fn members(&mut self) -> Option<Members<'t>> {
        self.takes(b'{').then_some(())?;
        let mut members = Vec::new();
        while let Some(name) = self.name()? {
            members.push((name, self.value()?));
        }
        Some(members)
    }

    /// The name of the next member of an object, up to where its value stands; nothing at the end of the object.
    fn name(&mut self) -> Option<Option<&'t str>> {
        self.takes(b',');
        if self.takes(b'}') {
            return Some(None);
        }
        let name = self.string()?;
        self.takes(b':').then_some(Some(name))
    }

    fn value(&mut self) -> Option<&'t str> {
        self.skip_blank();
        let start = self.at;
        match self.peek()? {
            b'"' => {
                self.string()?;
            }
            b'{' | b'[' => self.skip_nested()?,
            _ => self.skip_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')),
        }
        (start < self.at).then(|| &self.text[start..self.at])
    }

    fn string(&mut self) -> Option<&'t str> {
        self.takes(b'"').then_some(())?;
        let start = self.at;
        loop {
            self.at += memchr::memchr2(b'"', b'\\', self.rest())?;
            if self.peek() == Some(b'"') {
                self.at += 1;
                return self.text.get(start..self.at - 1);
            }
            self.at += 2;
        }
    }

    fn skip_nested(&mut self) -> Option<()> {
        let mut depth = 0;
        loop {
            self.skip_while(|byte| !IS_MARK[usize::from(byte)]);
            match self.peek()? {
                b'"' => {
                    self.string()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                _ => depth -= 1,
            }
            self.at += 1;
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn takes(&mut self, byte: u8) -> bool {
        self.skip_blank();
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn skip_blank(&mut self) {
        self.skip_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    }

    fn skip_while(&mut self, is_skipped: impl Fn(u8) -> bool) {
        self.at += self.rest().iter().take_while(|byte| is_skipped(**byte)).count();
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
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
            r#"{"packages": {"node_modules/a": é}}"#,
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
