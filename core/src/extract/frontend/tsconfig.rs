//! `tsconfig.json`, which is JSON with comments, and the names of packages that others extend.

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::source::{SourceFile, Span};

/// What a configuration states itself.
pub(super) struct Options {
    pub(super) strict: Option<(bool, Span)>,
    pub(super) extends: Option<String>,
    /// Configurations that it only points to, where it compiles nothing itself.
    pub(super) parts: Vec<String>,
}

/// The name that a `package.json` gives its package.
pub(super) fn package_name(file: &SourceFile<'_>) -> Option<String> {
    let root = parse(file.text)?;
    root.get("name").and_then(|property| Some(property.value.as_string_lit()?.value.to_string()))
}

fn parse(text: &str) -> Option<Object<'_>> {
    match parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()).ok()?.value? {
        Value::Object(root) => Some(root),
        _ => None,
    }
}

/// Reads a configuration; its nesting is bounded by the parser.
pub(super) fn read(file: &SourceFile<'_>) -> Option<Options> {
    let root = parse(file.text)?;
    let extends = root.get("extends").and_then(|property| match &property.value {
        Value::StringLit(text) => Some(text.value.to_string()),
        // The last of several wins.
        Value::Array(list) => list.elements.last().and_then(|last| Some(last.as_string_lit()?.value.to_string())),
        _ => None,
    });
    let strict = compiler_options(&root).and_then(|options| {
        let property = options.get("strict")?;
        let Value::BooleanLit(literal) = &property.value else { return None };
        Some((literal.value, file.span(property.range.start..property.range.end)))
    });
    Some(Options { strict, extends, parts: parts(&root) })
}

/// What a configuration with an empty list of `files` refers to.
fn parts(root: &Object<'_>) -> Vec<String> {
    let list = |key| match &root.get(key)?.value {
        Value::Array(list) => Some(&list.elements),
        _ => None,
    };
    let compiles = list("files").is_none_or(|files| !files.is_empty()) || root.get("include").is_some();
    let references = list("references").filter(|_| !compiles).into_iter().flatten();
    let path = |reference: &Value<'_>| match reference {
        Value::Object(reference) => Some(reference.get("path")?.value.as_string_lit()?.value.to_string()),
        _ => None,
    };
    references.filter_map(path).collect()
}

fn compiler_options<'o, 't>(root: &'o Object<'t>) -> Option<&'o Object<'t>> {
    match &root.get("compilerOptions")?.value {
        Value::Object(options) => Some(options),
        _ => None,
    }
}
