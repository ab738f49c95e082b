//! `package.json`, and `Pipfile.lock`, which is JSON too.

use jsonc_parser::ast::{Object, ObjectProp, Value};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::requirement::{Requirement, normalised};
use super::{Head, Manifest, Place, push_manifest, push_requirement};
use crate::facts::schema::deps::{Dependency, NpmScript};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{SourceFile, Span};

/// Sections of a `package.json`, and what they are for.
const SECTIONS: &[(&str, &str)] = &[
    ("dependencies", "main"),
    ("devDependencies", "dev"),
    ("peerDependencies", "optional"),
    ("optionalDependencies", "optional"),
];

/// States a `package.json`.
pub(super) fn state_package(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let root = parse(file.text)?;
    let runtime = object(&root, "engines").and_then(|engines| text(engines.get("node")?));
    let head = Head { kind: "package_json", project: root.get("name").and_then(text), runtime, ..Head::default() };
    let row = push_manifest(file, head, facts);
    for (section, scope) in SECTIONS {
        for entry in object(&root, section).into_iter().flat_map(|section| &section.properties) {
            let Some(specifier) = text(entry) else { continue };
            push_npm(span(file, entry), row, (entry.name.as_str(), scope), &specifier, facts);
        }
    }
    for entry in object(&root, "scripts").into_iter().flat_map(|section| &section.properties) {
        let Some(command) = text(entry) else { continue };
        let (span, name) = (span(file, entry), entry.name.as_str().to_owned());
        facts.push(NpmScript { span, certainty: Certainty::Certain, manifest: row, name, command });
    }
    Some(Manifest { row, includes: Vec::new() })
}

/// States a `Pipfile.lock`.
pub(super) fn state_pipfile_lock(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let root = parse(file.text)?;
    let row = push_manifest(file, Head { kind: "pipfile_lock", is_lock: true, ..Head::default() }, facts);
    for section in ["default", "develop"] {
        let scope = if section == "default" { "lock" } else { "dev" };
        for entry in object(&root, section).into_iter().flat_map(|section| &section.properties) {
            let Value::Object(body) = &entry.value else { continue };
            let requirement = Requirement {
                name: normalised(entry.name.as_str()),
                specifier: body.get("version").and_then(text),
                marker: body.get("markers").and_then(text),
                source: "registry",
                has_hash: body.get("hashes").is_some(),
                ..Requirement::default()
            };
            push_requirement(span(file, entry), Place { manifest: row, scope, group: None }, requirement, facts);
        }
    }
    Some(Manifest { row, includes: Vec::new() })
}

pub(super) fn push_npm(
    span: Span,
    manifest: RowId,
    (name, scope): (&str, &'static str),
    specifier: &str,
    facts: &mut FactSet,
) {
    let exact = specifier.starts_with(|c: char| c.is_ascii_digit()) && !specifier.contains([' ', 'x', '*', '|']);
    let source = match specifier {
        _ if specifier.starts_with("git") || specifier.starts_with("github:") => "git",
        _ if specifier.starts_with("file:")
            || specifier.starts_with("link:")
            || specifier.starts_with("workspace:") =>
        {
            "path"
        }
        _ if specifier.contains("://") => "url",
        _ => "registry",
    };
    facts.push(Dependency {
        span,
        certainty: Certainty::Certain,
        manifest,
        ecosystem: "npm",
        name: name.to_owned(),
        specifier: Some(specifier.to_owned()),
        version: exact.then(|| specifier.to_owned()),
        scope,
        group_name: None,
        extras: None,
        marker: None,
        source,
        has_hash: scope == "lock",
    });
}

/// The object that a JSON text holds; its nesting is bounded by the parser.
pub(crate) fn parse(text: &str) -> Option<Object<'_>> {
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()).ok()?;
    match parsed.value? {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

fn object<'o, 't>(object: &'o Object<'t>, name: &str) -> Option<&'o Object<'t>> {
    match &object.get(name)?.value {
        Value::Object(inner) => Some(inner),
        _ => None,
    }
}

fn text(property: &ObjectProp<'_>) -> Option<String> {
    match &property.value {
        Value::StringLit(text) => Some(text.value.to_string()),
        _ => None,
    }
}

fn span(file: &SourceFile<'_>, property: &ObjectProp<'_>) -> Span {
    file.span(property.range.start..property.range.end)
}
