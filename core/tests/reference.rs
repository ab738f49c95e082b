//! The generated parts of the book. `UPDATE_DOCS=1 cargo test --test reference` writes them; without it, a difference
//! fails the test.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use treeward::engine::{Auditor, Facts};
use treeward::facts::{Column, Table, schema};
use treeward::rules::{Rule, RuleBody, RuleSet};

fn check(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/{name} is not what the code says; run `make docs`");
}

#[test]
fn the_facts_reference_is_up_to_date() {
    let mut text = String::from(
        "# Facts reference\n\nGenerated from `core/src/facts/schema`. Every table has the columns `id` (unique over all tables), `span` \
         (where the fact stands; see `path_of`, `line_of`, `text_of`), `file` (number of the file), `component` (the nearest \
         folder with a manifest) and `certainty` (`certain`, `likely` or `unresolved`) before its own.\n",
    );
    let folder = tempfile::tempdir().unwrap();
    let facts = Auditor::builder().build().unwrap().facts(folder.path()).unwrap();
    for (artifact, tables) in schema::ARTIFACTS {
        let _ = write!(text, "\n## {artifact}\n");
        for table in *tables {
            describe_table(table, &mut text);
        }
        describe_views(&facts, artifact, &mut text);
    }
    for (topic, _) in schema::VIEWS {
        if schema::ARTIFACTS.iter().all(|(artifact, _)| artifact != topic) {
            let _ = write!(text, "\n## {topic}\n");
            describe_views(&facts, topic, &mut text);
        }
    }
    check("facts.md", &text);
}

fn describe_views(facts: &Facts, topic: &str, text: &mut String) {
    for (view, kind, comment) in views(topic) {
        let columns = facts.query(&format!("SELECT * FROM {view} LIMIT 0")).unwrap().columns.join("`, `");
        let _ = write!(text, "\n### `{view}` ({kind})\n\n{comment}\n\nColumns: `{columns}`.\n");
    }
}

fn describe_table(table: &Table, text: &mut String) {
    let _ = write!(
        text,
        "\n### `{}`\n\n{}\n\n| column | type | meaning |\n| --- | --- | --- |\n",
        table.name,
        prose(table.doc)
    );
    for column in table.columns {
        let _ = writeln!(text, "| `{}` | {} | {} |", column.name, kind(column), prose(column.doc).replace('|', "\\|"));
    }
}

fn kind(column: &Column) -> String {
    let kind = match column.role {
        "" => column.sql.to_lowercase(),
        role => role.to_owned(),
    };
    if column.optional { format!("{kind}, or NULL") } else { kind }
}

fn prose(doc: &str) -> String {
    doc.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Names, kinds and comments of the views and derived tables of an artifact.
fn views(artifact: &str) -> Vec<(String, &'static str, String)> {
    let Some((_, sql)) = schema::VIEWS.iter().find(|(name, _)| *name == artifact) else { return Vec::new() };
    let mut found = Vec::new();
    let mut comment = Vec::new();
    for line in sql.lines() {
        if let Some(text) = line.strip_prefix("--") {
            comment.push(text.trim().to_owned());
        } else if let Some(rest) = line.strip_prefix("CREATE ") {
            let kind = if rest.starts_with("TABLE ") { "derived table" } else { "view" };
            let mut words =
                rest.split(|sign: char| sign.is_whitespace() || sign == '(').filter(|word| !word.is_empty());
            let name = words.nth(1).unwrap_or_default().to_owned();
            found.push((name, kind, std::mem::take(&mut comment).join(" ")));
        } else if line.trim().is_empty() {
            comment.clear();
        }
    }
    found
}

#[test]
fn the_rules_reference_is_up_to_date() {
    let rules = RuleSet::builtin().unwrap();
    let mut folders: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in rules.iter() {
        folders.entry(rule.id.split('/').next().unwrap_or_default()).or_default().push(rule);
    }
    let mut text = format!("# Rules reference\n\nGenerated from `rules/`: {} rules.\n", rules.len());
    for (folder, rules) in folders {
        let _ = write!(text, "\n## {folder}\n");
        for rule in rules {
            describe_rule(rule, &mut text);
        }
    }
    check("rules.md", &text);
}

fn describe_rule(rule: &Rule, text: &mut String) {
    let kind = match rule.body {
        RuleBody::Pattern(_) => "pattern",
        RuleBody::Query(_) => "query",
    };
    let word = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
    let _ = write!(
        text,
        "\n### `{}`\n\n{} ({}, {}, confidence {}, {kind} rule, profile {})\n\n{}\n",
        rule.id,
        rule.title,
        word(&rule.area),
        word(&rule.severity),
        word(&rule.confidence),
        word(&rule.profile),
        prose(&rule.message),
    );
    if !rule.remediation.is_empty() {
        let _ = write!(text, "\nMend: {}\n", prose(&rule.remediation));
    }
}
