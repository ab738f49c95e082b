//! `package-lock.json`: large, and little of it is stated. What stands around the versions is skipped, not read.

use std::borrow::Cow;
use std::fmt;

use serde::de::{MapAccess, Visitor};
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

#[derive(Deserialize)]
struct Package<'t> {
    #[serde(borrow)]
    version: Option<Cow<'t, str>>,
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
        let package: Option<Package<'_>> = serde_json::from_str(value.get()).ok();
        if let Some(version) = package.and_then(|package| package.version) {
            let offset = |part: &RawValue| part.get().as_ptr() as usize - file.text.as_ptr() as usize;
            let span = file.span(offset(name)..offset(value) + value.get().len());
            push_npm(span, row, (plain, "lock"), &version, facts);
        }
    }
    Some(Manifest { row, includes: Vec::new() })
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
