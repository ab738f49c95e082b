//! `package-lock.json`: large, and little of it is stated. What stands around the versions is skipped, not read.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::npm::push_npm;
use super::{Head, Manifest, push_manifest};
use crate::facts::FactSet;
use crate::source::SourceFile;

#[derive(Deserialize)]
struct Lock<'t> {
    #[serde(borrow)]
    packages: Option<Members<'t>>,
    #[serde(borrow)]
    dependencies: Option<Members<'t>>,
}

/// The members of an object in their order, names and values as they are written.
struct Members<'t>(Vec<(&'t RawValue, &'t RawValue)>);

/// States what stands directly under `node_modules`.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let lock: Lock<'_> = serde_json::from_str(file.text).ok()?;
    let row = push_manifest(file, Head { kind: "package_lock", is_lock: true, ..Head::default() }, facts);
    let (Members(members), prefix) = match lock.packages {
        Some(packages) => (packages, "node_modules/"),
        None => (lock.dependencies?, ""),
    };
    for (name, value) in members {
        let Some(plain) = name.get().trim_matches('"').strip_prefix(prefix) else { continue };
        if plain.is_empty() || plain.contains("/node_modules/") {
            continue;
        }
        if let Some(version) = version(value) {
            let offset = |part: &RawValue| part.get().as_ptr() as usize - file.text.as_ptr() as usize;
            let span = file.span(offset(name)..offset(value) + value.get().len());
            push_npm(span, row, (plain, "lock"), &version, facts);
        }
    }
    Some(Manifest { row, includes: Vec::new() })
}

/// The version of a package. It stands first, and nothing behind it is read.
fn version(package: &RawValue) -> Option<String> {
    struct Find<'o>(&'o mut Option<String>);
    impl<'de> Visitor<'de> for Find<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(key) = map.next_key::<String>()? {
                if key == "version" {
                    *self.0 = map.next_value()?;
                    return Ok(());
                }
                map.next_value::<IgnoredAny>()?;
            }
            Ok(())
        }
    }
    let mut found = None;
    // To the parser it is a mistake not to read on.
    let _ = serde_json::Deserializer::from_str(package.get()).deserialize_map(Find(&mut found));
    found
}

impl<'de: 't, 't> Deserialize<'de> for Members<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
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
        for lock in ["[]", r#"{"packages": []}"#, r#"{"packages": {"node_modules/a": {"version": "1"}}"#] {
            assert_eq!(told(lock), "", "{lock}");
        }
    }
}
