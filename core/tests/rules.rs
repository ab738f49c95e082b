//! Every built-in rule: it loads, its query stands up to the checks that foreign rules must pass, and it does what its
//! annotated tests say. `RULES=compose/docker-socket-mount.yaml cargo test --test rules` runs one file or folder.

use std::fmt::Write as _;
use std::path::PathBuf;

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
    let rules = RuleSet::builtin().unwrap_or_else(|error| panic!("{error}"));
    if let Err(error) = Auditor::builder().rules(rules).build() {
        panic!("{error}");
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
