//! The engine as a whole, on small trees.

use std::fs;

use super::*;
use crate::extract::Model;
use crate::facts::FactSet;
use crate::report::Verdict;
use crate::source::Artifact;

const PYTHON_FILES: &str = "
rules:
- id: long-file
  message: '`{path}` has {lines:line}'
  severity: LOW
  query: |
    SELECT span, path, lines, 'file ' || path AS subject,
           CASE WHEN NOT parsed THEN 'unknown' WHEN lines > 2 THEN 'fail' ELSE 'pass' END AS verdict
    FROM file WHERE artifact = 'python'
";

fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn auditor(rules: &str) -> AuditorBuilder {
    Auditor::builder().rules(RuleSet::parse("rules.yaml", rules).unwrap())
}

#[test]
fn every_subject_gets_a_verdict() {
    let tree = tree(&[("a.py", "x = 1\n"), ("b.py", "x = 1\ny = 2\n"), ("c.txt", "c")]);
    let audit = auditor(PYTHON_FILES).build().unwrap().audit(tree.path()).unwrap();
    let check = &audit.checks[0];
    assert_eq!((check.verdict, check.subjects, check.failed), (Verdict::Fail, 2, 1));
    assert_eq!(audit.findings[0].message, "`b.py` has 3 lines");
    assert_eq!(audit.findings[0].subject, "file b.py");
}

#[test]
fn a_note_may_be_of_one_verdict_only() {
    let rule = PYTHON_FILES.replace("AS verdict", "AS verdict, 'short' AS note_pass, 'long' AS note_fail");
    let tree = tree(&[("a.py", "x = 1\n"), ("b.py", "x = 1\ny = 2\n")]);
    let audit = auditor(&rule).build().unwrap().audit(tree.path()).unwrap();
    let notes: Vec<_> = audit.checks[0].evidence.iter().map(|item| (item.verdict, &*item.note)).collect();
    assert!(notes.contains(&(Verdict::Pass, "short")) && notes.contains(&(Verdict::Fail, "long")), "{notes:?}");
}

#[test]
fn a_count_of_one_is_told_in_the_singular() {
    let rule = PYTHON_FILES.replace("lines > 2", "lines < 2");
    let tree = tree(&[("a.py", "x = 1")]);
    let audit = auditor(&rule).build().unwrap().audit(tree.path()).unwrap();
    assert_eq!(audit.findings[0].message, "`a.py` has 1 line");
}

#[test]
fn a_check_without_a_subject_is_not_applicable() {
    let tree = tree(&[("c.txt", "c")]);
    let audit = auditor(PYTHON_FILES).build().unwrap().audit(tree.path()).unwrap();
    assert_eq!(audit.checks[0].verdict, Verdict::NotApplicable);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let files: Vec<(String, String)> =
        (0..40).map(|at| (format!("d{}/f{at}.py", at % 3), "x\n".repeat(at % 5))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let tree = tree(&files);
    let run = |threads| auditor(PYTHON_FILES).threads(threads).build().unwrap().audit(tree.path()).unwrap();
    assert_eq!(serde_json::to_string(&run(1)).unwrap(), serde_json::to_string(&run(2)).unwrap());
}

struct Panics;

impl Extractor for Panics {
    fn name(&self) -> &'static str {
        "panics"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        artifact == Artifact::Python
    }

    fn fills(&self) -> &'static [&'static str] {
        &["file"]
    }

    fn extract(&self, file: &crate::source::SourceFile<'_>, _facts: &mut FactSet) -> Option<Model> {
        assert!(!file.text.contains("boom"), "as the test wants");
        None
    }
}

#[test]
fn a_panic_costs_its_file_only() {
    let tree = tree(&[("a.py", "boom"), ("b.py", "x = 1\ny = 2\n")]);
    let audit = auditor(PYTHON_FILES).extractors(vec![&Panics]).build().unwrap().audit(tree.path()).unwrap();
    assert_eq!(audit.findings.len(), 1);
    assert_eq!(audit.errors[0].path.as_deref(), Some("a.py"));
}

#[test]
fn a_missing_root_is_an_error_with_its_path() {
    let error = auditor(PYTHON_FILES).build().unwrap().audit("no/such/tree").unwrap_err();
    assert!(error.to_string().contains("no/such/tree"), "{error}");
}

#[test]
fn a_cancelled_audit_stops() {
    let tree = tree(&[("a.py", "")]);
    let cancel = Cancel::default();
    cancel.cancel();
    let auditor = auditor(PYTHON_FILES).cancel(cancel).build().unwrap();
    assert!(matches!(auditor.audit(tree.path()), Err(Error::Cancelled)));
}

#[test]
fn a_text_is_audited_as_a_tree_of_its_own() {
    let audit = auditor(PYTHON_FILES).build().unwrap().scan_text("m.py", "a\nb\nc\n").unwrap();
    assert_eq!(audit.findings[0].location.path, "m.py");
}

#[test]
fn built_in_pattern_rules_pass_over_tests() {
    let text = "import yaml\nyaml.load(text)\n";
    let tree = tree(&[("app/read.py", text), ("tests/test_read.py", text), ("app/conftest.py", text)]);
    let selection =
        crate::rules::Selection { select: vec!["python/unsafe-yaml-load".to_owned()], ..Default::default() };
    let audit = Auditor::builder().select(selection).build().unwrap().audit(tree.path()).unwrap();
    let paths: Vec<_> = audit.findings.iter().map(|finding| finding.location.path.as_str()).collect();
    assert_eq!(paths, ["app/read.py"]);
}

#[test]
fn facts_can_be_queried() {
    let tree = tree(&[("a.py", "x = 1\n")]);
    let facts = auditor(PYTHON_FILES).build().unwrap().facts(tree.path()).unwrap();
    assert_eq!(facts.query("SELECT path FROM file").unwrap().rows[0][0].as_str(), Some("a.py"));
    assert!(facts.query("DELETE FROM file").is_err());
}

#[cfg(unix)]
#[test]
fn a_secret_that_others_can_read_is_told_by_its_mode() {
    use std::os::unix::fs::PermissionsExt as _;
    let tree =
        tree(&[(".env", "DB_PASSWORD=Gr4pe-lantern-62-moss\n"), ("prod.env", "API_TOKEN=8c1f7be2a90d4e5fb3c6\n")]);
    let set = |name: &str, mode| fs::set_permissions(tree.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
    set(".env", 0o666);
    set("prod.env", 0o600);
    let selection =
        crate::rules::Selection { select: vec!["secret/file-permissions".to_owned()], ..Default::default() };
    let audit = Auditor::builder().select(selection).build().unwrap().audit(tree.path()).unwrap();
    assert_eq!(audit.findings[0].location.path, ".env");
    assert_eq!((audit.checks[0].subjects, audit.checks[0].failed), (2, 1));
}

const SHELLS: &str = "
rules:
- {id: shell, message: 'a shell runs $C', severity: ERROR, languages: [python], pattern: 'os.system($C)'}
- id: open
  message: never closed
  severity: ERROR
  languages: [python]
  metadata: {subject: 'open(...)'}
  patterns: [{pattern: 'open(...)'}, {pattern-not-inside: 'with ...: ...'}]
";

#[test]
fn a_pattern_rule_passes_where_it_was_looked_for_and_not_found() {
    let tree = tree(&[
        ("a.py", "import os\nos.system(x)\nos.system(y)  # treeward: ignore[shell] y is a constant\n"),
        ("b.py", "import os\nos.path.system\n"),
        ("c.py", "with open(a) as f:\n    f.read()\nopen(b)\n"),
    ]);
    let audit = auditor(SHELLS).build().unwrap().audit(tree.path()).unwrap();
    let told: Vec<String> = audit
        .checks
        .iter()
        .flat_map(|check| &check.evidence)
        .map(|item| {
            format!("{}:{} {:?} {}", item.location.path, item.location.start.line, item.verdict, item.note)
                .trim()
                .into()
        })
        .collect();
    assert_eq!(
        told,
        [
            "c.py:3 Fail",
            "c.py:1 Pass",
            "a.py:2 Fail",
            "a.py:3 NotApplicable suppressed: y is a constant",
            "b.py:1 Pass"
        ]
    );
    let counts: Vec<_> = audit.checks.iter().map(|check| (check.verdict, check.subjects, check.failed)).collect();
    assert_eq!(counts, [(Verdict::Fail, 2, 1), (Verdict::Fail, 2, 1)]);
}

#[test]
fn a_pattern_finding_keeps_its_fingerprint_when_other_code_moves() {
    let print = |text: &str| {
        let tree = tree(&[("a.py", text)]);
        let audit = auditor(SHELLS).build().unwrap().audit(tree.path()).unwrap();
        audit.findings.iter().map(|finding| finding.fingerprint.clone()).collect::<Vec<_>>()
    };
    let (first, second) = ("def f():\n    os.system(x)\n", "def g():\n    os.system(x)\n");
    let (one, two) = (print(&format!("import os\n{first}{second}")), print(&format!("import os\n{second}\n{first}")));
    assert_eq!((&one[0], &one[1]), (&two[1], &two[0]));
    assert_ne!(one[0], one[1]);
}

#[test]
fn rules_of_text_match_text() {
    let rules = "
rules:
- {id: words, message: m, severity: LOW, languages: [generic], pattern: 'key = $X'}
- {id: letters, message: m, severity: LOW, languages: [regex], pattern-regex: 'k(?=ey = \\w+)'}
";
    let tree = tree(&[("a.txt", "key = 1\n"), ("b.py", "key = 1\n")]);
    let audit = auditor(rules).build().unwrap().audit(tree.path()).unwrap();
    assert!(audit.errors.is_empty(), "{:?}", audit.errors);
    assert_eq!(audit.findings.len(), 4);
}

#[test]
fn a_scan_keeps_what_there_is_to_tell_and_no_more() {
    let tree = tree(&[
        ("a.py", "eval(x)\n"),
        ("b.py", "# eval it\n"),
        ("c.py", "eval(x)  # treeward: ignore[evil] it is ours\n"),
        ("d.py", "x  # treeward: ignore[evil]\n"),
        ("e.py", &"x\n".repeat(100)),
        ("f.py", "x\0"),
        ("g.txt", "eval(x)"),
    ]);
    let rules = "
rules:
- {id: evil, message: evil, severity: HIGH, languages: [python], pattern: eval(...)}
";
    let walk = crate::source::WalkOptions { max_file_size: 100, ..crate::source::WalkOptions::default() };
    let audit = auditor(rules).walk(walk).build().unwrap().scan(tree.path()).unwrap();
    let places: Vec<&str> = audit.findings.iter().map(|finding| finding.location.path.as_str()).collect();
    assert_eq!(places, ["a.py"]);
    assert_eq!((audit.suppressed.in_source, audit.checks[0].subjects), (1, 1));
    let skipped: Vec<_> = audit.skipped.iter().map(|skipped| (&*skipped.path, &*skipped.reason)).collect();
    assert_eq!(skipped, [("e.py", "200 bytes, more than the bound of 100"), ("f.py", "binary")]);
    let told: Vec<_> = audit.errors.iter().map(|problem| problem.path.as_deref()).collect();
    assert_eq!(told, [Some("d.py")]);
}

#[test]
fn a_fix_is_safe_only_where_its_rule_says_so() {
    let rule = |metadata: &str| {
        format!(
            "rules:\n- {{id: evil, message: evil, severity: HIGH, languages: [python], pattern: eval($X), \
             fix: safe_eval($X), metadata: {metadata}}}\n"
        )
    };
    let tree = tree(&[("a.py", "eval(x)\n")]);
    let is_safe = |metadata: &str| {
        let audit = auditor(&rule(metadata)).build().unwrap().scan(tree.path()).unwrap();
        assert!(!audit.findings[0].metadata.contains_key("safe-fix"));
        audit.findings[0].fix.as_ref().unwrap().safe
    };
    assert!(is_safe("{safe-fix: true}"));
    assert!(!is_safe("{}") && !is_safe("{safe-fix: false}") && !is_safe("{safe-fix: 'true'}"));
}
