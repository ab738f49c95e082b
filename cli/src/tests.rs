//! The command from outside: arguments in, text and exit code out.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use super::*;

/// A stream that can be read back.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Captured {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

struct Ran {
    code: u8,
    out: String,
    err: String,
}

fn treeward(arguments: &[&str]) -> Ran {
    let (out, err) = (Captured::default(), Captured::default());
    let all = ["treeward"].into_iter().chain(arguments.iter().copied());
    let code = run_on(all, &mut Console::of(out.clone(), err.clone()));
    Ran { code, out: out.text(), err: err.text() }
}

/// A tree with one environment file that holds a password, and a rule that finds it.
struct Tree(tempfile::TempDir);

const RULE: &str = "rules:
  - id: test/password
    severity: HIGH
    message: '`{name}` is set in plain text'
    metadata: {area: security, confidence: high, remediation: Use a secret store}
    query: |
      SELECT span, name, name AS subject, CASE WHEN name LIKE '%PASSWORD%' THEN 'fail' ELSE 'pass' END AS verdict
      FROM env_entry
";

impl Tree {
    fn new() -> Self {
        let tree = tempfile::tempdir().unwrap();
        std::fs::write(tree.path().join(".env"), "DB_PASSWORD=hunter22\nHOST=db\n").unwrap();
        std::fs::write(tree.path().join("rule.yaml"), RULE).unwrap();
        Self(tree)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).display().to_string()
    }

    fn write(&self, name: &str, text: &str) -> &Self {
        std::fs::write(self.0.path().join(name), text).unwrap();
        self
    }

    /// Audits with the test's rule alone.
    fn audit(&self, arguments: &[&str]) -> Ran {
        let (root, rule) = (self.path(""), self.path("rule.yaml"));
        let fixed = ["audit", &root, "--rules", &rule];
        let all: Vec<&str> = fixed.into_iter().chain(arguments.iter().copied()).collect();
        let selected = arguments.contains(&"--select") || self.0.path().join("treeward.toml").exists();
        treeward(&if selected { all } else { [&all[..], &["--select", "test"]].concat() })
    }
}

#[test]
fn help_of_every_command() {
    for command in ["", "audit", "scan", "test", "query", "facts", "rules", "explain", "compare", "fix", "completions"]
    {
        let arguments: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let ran = treeward(&arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        insta::assert_snapshot!(format!("help_{command}"), ran.out);
    }
}

#[test]
fn findings_at_the_threshold_give_one() {
    let tree = Tree::new();
    let ran = tree.audit(&[]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert_eq!(tree.audit(&["--fail-on", "critical"]).code, 0);
    assert_eq!(tree.audit(&["--fail-on", "never"]).code, 0);
    assert_eq!(tree.audit(&["--fail-on", "low", "--min-severity", "critical"]).code, 0);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn a_wrong_data_table_is_one_error_with_its_line() {
    let tree = Tree::new();
    std::fs::create_dir(tree.path("data")).unwrap();
    tree.write("data/ports.yaml", "date: 2030-01-02\nports:\n  - {port: many}\n");
    let data = tree.path("data");
    let ran = tree.audit(&["--data", &data]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("ports.yaml:3: `port` is to be a number"), "{}", ran.err);
    tree.write("data/ports.yaml", "date: 2030-01-02\nports: []\n");
    assert_eq!(tree.audit(&["--data", &data]).code, 1);
    assert_eq!(tree.audit(&["--data", &tree.path("nowhere")]).code, 2);
}

#[test]
fn an_audit_tells_the_dates_of_the_tables_that_it_used() {
    let tree = Tree::new();
    std::fs::create_dir_all(tree.path("shop")).unwrap();
    tree.write("shop/Dockerfile", "FROM python:3.8\n");
    let shop = tree.path("shop");
    let ran = treeward(&["audit", &shop, "--select", "deps/runtime-support-status", "--fail-on", "never"]);
    assert!(ran.out.contains("support of 20") && !ran.out.contains("ports"), "{}", ran.out);
}

#[test]
fn evidence_that_cannot_be_used_is_told_and_the_rest_counts() {
    let tree = Tree::new();
    std::fs::create_dir(tree.path("saved")).unwrap();
    tree.write("saved/ps.json", "{\"Name\": \"db-1\", \"Service\": \"db\", \"State\": \"restarting\"}\n");
    tree.write("saved/notes.txt", "hello");
    std::fs::create_dir(tree.path("saved/folder")).unwrap();
    let (root, saved) = (tree.path(""), tree.path("saved"));
    let ran = treeward(&["audit", &root, "--select", "evidence", "--evidence", &saved, "--format", "json"]);
    let audit: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, audit["findings"][0]["path"].as_str()), (1, Some("saved/ps.json")));
    let told: Vec<_> = audit["errors"].as_array().unwrap().iter().map(|at| at["path"].as_str().unwrap()).collect();
    assert_eq!(told, ["saved/folder", "saved/notes.txt"]);
    assert_eq!(treeward(&["audit", &root, "--evidence", &tree.path("nowhere")]).code, 2);
}

#[test]
fn a_suppressed_finding_does_not_fail() {
    let tree = Tree::new();
    tree.write(".env", "# treeward: ignore[test/password] a test\nDB_PASSWORD=hunter22\n");
    let ran = tree.audit(&[]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("1 suppressed in the source"), "{}", ran.out);
    assert_eq!(tree.audit(&["--no-suppressions"]).code, 1);
}

#[test]
fn a_baseline_leaves_out_what_it_holds() {
    let tree = Tree::new();
    let baseline = tree.path("baseline.json");
    assert_eq!(tree.audit(&["--output", &baseline, "--fail-on", "never"]).code, 0);
    assert_eq!(tree.audit(&["--baseline", &baseline]).code, 0);
    tree.write(".env", "\n\nDB_PASSWORD=hunter22\nADMIN_PASSWORD=hunter23\n");
    let ran = tree.audit(&["--baseline", &baseline]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("ADMIN_PASSWORD") && !ran.out.contains("`DB_PASSWORD`"), "{}", ran.out);
    let later = tree.path("later.json");
    tree.audit(&["--output", &later]);
    let compared = treeward(&["compare", &baseline, &later]);
    assert_eq!(compared.code, 1);
    insta::assert_snapshot!(compared.out);
    assert_eq!(treeward(&["compare", &later, &baseline]).code, 0);
}

#[test]
fn a_project_has_settings() {
    let tree = Tree::new();
    tree.write("treeward.toml", "select = ['test']\nfail-on = 'medium'\n[severity]\n'test/password' = 'medium'\n");
    let ran = tree.audit(&[]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("medium[test/password]"), "{}", ran.out);
    assert_eq!(tree.audit(&["--fail-on", "high"]).code, 0, "an option wins");
    tree.write("treeward.toml", "select = ['test']\n[path-ignores]\n'.env*' = ['security']\n");
    assert_eq!(tree.audit(&[]).code, 0);
    assert_eq!(tree.audit(&["--no-config", "--select", "test"]).code, 1);
}

#[test]
fn several_formats_go_to_several_places() {
    let tree = Tree::new();
    let (sarif, html) = (tree.path("a.sarif"), tree.path("b.html"));
    let ran = tree.audit(&["--format", "github", "--format", "sarif", "--output", &sarif, "--output", &html]);
    assert!(ran.out.starts_with("::error file="), "{}", ran.out);
    assert!(std::fs::read_to_string(&sarif).unwrap().contains("\"2.1.0\""));
    assert!(std::fs::read_to_string(&html).unwrap().starts_with("<!doctype html>"));
}

#[test]
fn secrets_are_masked_in_every_command() {
    let tree = Tree::new();
    let (root, file) = (tree.path(""), tree.path("facts.sqlite"));
    for format in ["text", "json", "jsonl", "sarif", "markdown", "html", "github", "gitlab", "junit"] {
        let ran = tree.audit(&["--format", format]);
        assert!(!ran.out.contains("hunter22") && ran.out.contains("DB_PASSWORD"), "{}", ran.out);
    }
    let ran = treeward(&["query", "SELECT name, value, span FROM env_entry", &root, "--format", "csv"]);
    assert_eq!(ran.out, "name,value,span\r\nDB_PASSWORD,hu******,.env:1:1\r\nHOST,db,.env:2:1\r\n");
    assert_eq!(treeward(&["facts", &root, "--output", &file]).code, 0);
    let saved = std::fs::read(&file).unwrap();
    assert!(!saved.windows(8).any(|bytes| bytes == b"hunter22"));
    assert!(saved.windows(8).any(|bytes| bytes == b"hu******"));
}

#[test]
fn wrong_input_is_told_in_one_line() {
    let tree = Tree::new();
    let (root, missing) = (tree.path(""), tree.path("missing"));
    tree.write("bad.yaml", "rules:\n  - id: x\n    severty: HIGH\n    message: m\n");
    tree.write("sql.yaml", &RULE.replace("FROM env_entry", "FROM env_entri"));
    tree.write("other.toml", "fail_on = 'high'\n");
    tree.write("not.json", "{}");
    let (bad, sql, toml, json) =
        (tree.path("bad.yaml"), tree.path("sql.yaml"), tree.path("other.toml"), tree.path("not.json"));
    let cases: &[&[&str]] = &[
        &["audit", &missing],
        &["audit", &root, "--rules", &missing],
        &["audit", &root, "--rules", &bad],
        &["audit", &root, "--rules", &sql],
        &["audit", &root, "--select", "secrt/committed-env-file"],
        &["audit", &root, "--config", &toml],
        &["audit", &root, "--baseline", &json],
        &["audit", &root, "--baseline", &missing],
        &["audit", &root, "--diff-base=--output=x"],
        &["audit", &root, "--diff-base", "main"],
        &["audit", &root, "--format", "json", "--format", "text"],
        &["audit", &root, "--output", "/nonexistent/x.json"],
        &["query", "SELECT nothing FROM file", &root],
        &["query", "DELETE FROM file", &root],
        &["explain", "secret/comitted-env-file"],
        &["rules", "check", &bad],
        &["test", &missing],
        &["compare", &missing, &json],
        &["audit", "--fail-on", "hi"],
        &["audit", "--fomat", "json"],
        &["adit"],
        &["scan", &root],
    ];
    let mut told = String::new();
    for case in cases {
        let ran = treeward(case);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{case:?}: {}", ran.err);
        told.push_str(&ran.err.replace(&tree.path(""), "TREE/"));
        told.push('\n');
    }
    insta::assert_snapshot!(told);
}

#[test]
fn only_changed_lines_are_told() {
    let tree = Tree::new();
    let git = |arguments: &[&str]| {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
        let output =
            std::process::Command::new("git").arg("-C").arg(tree.0.path()).args(identity).args(arguments).output();
        assert!(output.unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "one"]);
    assert_eq!(tree.audit(&["--diff-base", "HEAD"]).code, 0);
    let ran = tree.audit(&["--diff-base", "mian"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("no revision `mian`"), "{}", ran.err);
    tree.write(".env", "DB_PASSWORD=hunter22\nHOST=db\nNEW_PASSWORD=hunter23\n");
    tree.write("b.env", "");
    let ran = tree.audit(&["--diff-base", "HEAD"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("NEW_PASSWORD") && !ran.out.contains("`DB_PASSWORD`"), "{}", ran.out);
}

#[test]
fn several_trees_make_one_report() {
    let (a, b) = (Tree::new(), Tree::new());
    let (first, second, rule) = (a.path(""), b.path(""), a.path("rule.yaml"));
    let ran = treeward(&["audit", &first, &second, "--rules", &rule, "--select", "test", "--format", "json"]);
    let audit: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(audit["findings"].as_array().unwrap().len(), 2);
    assert_eq!(audit["checks"][0]["subjects"], 4);
}

#[test]
fn rules_are_listed_explained_and_checked() {
    let tree = Tree::new();
    let rule = tree.path("rule.yaml");
    let ran = treeward(&["rules", "--rules", &rule, "--select", "test", "--format", "csv"]);
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!("rules_csv", ran.out);
    let ran = treeward(&["explain", "password", "--rules", &rule]);
    insta::assert_snapshot!("explain", ran.out.replace(&tree.path(""), "TREE/"));
    assert_eq!(treeward(&["rules", "check", &rule]).out, "1 rule is sound\n");
}

#[test]
fn annotated_tests_are_run() {
    let tree = Tree::new();
    let rule = tree.path("rule.yaml");
    tree.write("rule.env", "# ruleid: password\nDB_PASSWORD=hunter22\n# pass: password\nHOST=db\n");
    let ran = treeward(&["test", &rule]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "1 passed, 0 failed, 0 untested; 2 lines expected\n"));
    tree.write("rule.env", "# ruleid: password\nHOST=db\nDB_PASSWORD=hunter22\n");
    let ran = treeward(&["test", &rule]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!("failing_test", ran.out.replace(&tree.path(""), "TREE/"));
}

#[test]
fn completions_name_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(treeward(&["completions", shell]).out.contains("audit"), "{shell}");
    }
}

/// A stream whose reader has gone.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let err = Captured::default();
    let code = run_on(["treeward", "--help"], &mut Console::of(Gone, err.clone()));
    assert_eq!((code, err.text().as_str()), (2, ""));
    let code = run_on(["treeward", "completions", "bash"], &mut Console::of(Gone, err.clone()));
    assert_eq!((code, err.text().as_str()), (0, ""));
}
