//! The schema of rule files: every rule of ours and of the conformance suite is valid in it, and mistakes are not.

#![allow(clippy::unwrap_used, missing_docs)]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use treeward::rules::SCHEMA;
use treeward::syntax::yaml::{Document, NodeId, NodeKind, ScalarStyle};

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap()
}

/// The data of a YAML node.
fn data(document: &Document, node: NodeId) -> Value {
    match &document.node(document.resolve(node).unwrap()).kind {
        NodeKind::Scalar { value, style } if *style == ScalarStyle::Plain => match value.as_ref() {
            "true" => json!(true),
            "false" => json!(false),
            text => text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number)),
        },
        NodeKind::Scalar { value, .. } => json!(value),
        NodeKind::Sequence(items) => items.iter().map(|&item| data(document, item)).collect(),
        _ => {
            let key = |id| document.text(id).unwrap().to_owned();
            let entries = document.entries(node);
            Value::Object(entries.iter().map(|entry| (key(entry.key), data(document, entry.value))).collect())
        }
    }
}

fn rule_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in folder.read_dir().unwrap().map(Result::unwrap) {
        let path = entry.path();
        let beside = path.with_extension("yaml").is_file();
        if path.is_dir() && !beside {
            rule_files(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            into.push(path);
        }
    }
}

#[test]
fn sound_rules_are_valid() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rule_files(&root.join("../rules"), &mut files);
    rule_files(&root.join("tests/semantics"), &mut files);
    let (validator, mut seen) = (validator(), 0);
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let document = Document::parse(&text);
        let Some(root) = document.root().filter(|&root| document.get(root, "rules").is_some()) else { continue };
        let told: Vec<String> = validator.iter_errors(&data(&document, root)).map(|error| error.to_string()).collect();
        assert!(told.is_empty(), "{}: {told:?}", path.display());
        seen += 1;
    }
    assert!(seen > 300, "only {seen} rule files were found");
}

#[test]
fn mistakes_are_not() {
    let validator = validator();
    let rule = |more: Value| {
        let mut rule = json!({"id": "a", "message": "m", "severity": "LOW", "languages": ["python"]});
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"rules": [rule]})
    };
    assert!(validator.is_valid(&rule(json!({"pattern": "f($X)"}))));
    for wrong in [
        json!({}),
        json!({"patern": "f($X)"}),
        json!({"pattern": ["f($X)"]}),
        json!({"pattern": "f($X)", "severity": "BAD"}),
        json!({"pattern": "f($X)", "query": "SELECT 1"}),
        json!({"patterns": [{"pattern": "f($X)", "pattern-not": "f(1)"}]}),
        json!({"patterns": [{"metavariable-regex": {"metavariable": "$X"}}]}),
        json!({"patterns": [{"metavariable-regex": {"metavariable": "X", "regex": "a"}}]}),
        json!({"mode": "taint", "pattern-sources": [{"pattern": "f()"}]}),
    ] {
        assert!(!validator.is_valid(&rule(wrong.clone())), "{wrong} should not be valid");
    }
}
