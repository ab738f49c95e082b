//! Every built-in rule: it loads, its query stands up to the checks that foreign rules must pass, and it does what its
//! annotated tests say. `RULES=compose/docker-socket-mount.yaml cargo test --test rules` runs one file or folder.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use treeward::engine::{Mark, RuleTest, test_rules};
use treeward::{Auditor, RuleSet};

fn folder() -> PathBuf {
    let rules = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../rules");
    match std::env::var("RULES") {
        Ok(part) => rules.join(part),
        Err(_) => rules,
    }
}

#[test]
fn built_in_rules_pass_the_checks_of_foreign_ones() {
    let entries = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_rule = |path: &PathBuf| path.is_file() && path.extension().is_some_and(|ending| ending == "yaml");
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../rules");
    // Ids are unique in a folder only, since built-in ones carry its name.
    for folder in entries(&root).filter(|path| path.is_dir() && !path.ends_with("data")) {
        let rules = RuleSet::load(entries(&folder).filter(is_rule)).unwrap_or_else(|error| panic!("{error}"));
        if let Err(error) = Auditor::builder().rules(rules).build() {
            panic!("{error}");
        }
    }
}

#[test]
fn a_covered_rule_exists_and_covers_nothing_that_covers_it() {
    let rules = RuleSet::builtin().unwrap_or_else(|error| panic!("{error}"));
    for rule in rules.iter() {
        for covered in &rule.covers {
            let other = rules.iter().find(|other| other.id == *covered);
            let other = other.unwrap_or_else(|| panic!("{} covers `{covered}`, which is no rule", rule.id));
            assert!(!other.covers.contains(&rule.id), "{} and {covered} cover each other", rule.id);
        }
    }
}

#[test]
fn every_rule_does_what_its_annotations_say() {
    let report = test_rules([folder()]).unwrap_or_else(|error| panic!("{error}"));
    let mut told = String::new();
    for test in report.tests.iter().filter(|test| !test.is_passed()) {
        tell(test, &mut told);
    }
    for rule in &report.untested {
        let _ = writeln!(told, "{rule}: no annotated test beside it");
    }
    assert!(told.is_empty(), "\n{told}");
}

fn tell(test: &RuleTest, into: &mut String) {
    let _ = writeln!(into, "{} on {}", test.rule, test.target.display());
    let mut lines = |what: &str, marks: &[Mark]| {
        for mark in marks {
            let _ = writeln!(into, "    {what} {:?}: {}:{}", mark.verdict, mark.path, mark.line);
        }
    };
    lines("missing", &test.missing);
    lines("unexpected", &test.unexpected);
    for problem in &test.problems {
        let _ = writeln!(into, "    problem: {problem}");
    }
}
