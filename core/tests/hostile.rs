//! Trees that nobody meant well: the audit with every built-in rule ends, stays bounded, and says `unknown` with the reason
//! where it could not look.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fmt::Write as _;
use std::fs;

use treeward::{Audit, Auditor, Verdict};

/// Most findings that ten thousand objects with one fault each may bring.
const BOUND: usize = 60_000;

fn audit(files: &[(&str, &str)]) -> Audit {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let audit = Auditor::builder().audit_date("2026-01-01").build().unwrap().audit(folder.path()).unwrap();
    for check in &audit.checks {
        let silent = check.evidence.iter().find(|row| row.verdict == Verdict::Unknown && row.note.is_empty());
        assert!(silent.is_none(), "{}: unknown without a reason: {silent:?}", check.rule_id);
    }
    assert!(audit.errors.iter().all(|problem| problem.rule_id.is_none()), "{:?}", audit.errors);
    assert!(audit.findings.len() < BOUND);
    audit
}

/// Why the check could not tell; empty where it could.
fn reasons(audit: &Audit, rule: &str) -> String {
    let check = audit.checks.iter().find(|check| check.rule_id == rule);
    let rows = check.iter().flat_map(|check| &check.evidence).filter(|row| row.verdict == Verdict::Unknown);
    rows.map(|row| row.note.as_str()).collect::<Vec<_>>().join("; ")
}

#[test]
fn services_that_extend_each_other_and_files_that_include_each_other_are_unknown() {
    let audit = audit(&[
        (
            "docker-compose.yml",
            "include: [other.yml]\nservices:\n  a:\n    extends: {service: b}\n    image: acme/a:1\n    volumes: ['rows:/rows']\n  b:\n    extends: {service: a}\n",
        ),
        (
            "other.yml",
            "include: [docker-compose.yml]\nservices:\n  c: {image: 'acme/c:1', logging: {driver: journald}}\n",
        ),
    ]);
    assert!(reasons(&audit, "compose/no-memory-limit").contains("what it extends could not be read"));
    assert!(reasons(&audit, "compose/no-log-rotation").contains("could not be read"));
    assert!(!reasons(&audit, "compose/undefined-reference").is_empty());
}

#[test]
fn paths_out_of_the_tree_are_not_followed() {
    let audit = audit(&[(
        "stack/docker-compose.yml",
        "include: [../../elsewhere/compose.yml]\nservices:\n  a:\n    extends: {file: ../../../base.yml, service: a}\n    build: ../../../src\n    \
         env_file: ../../../../etc/secrets.env\n    volumes: ['../../../:/host']\n",
    )]);
    assert!(reasons(&audit, "compose/no-memory-limit").contains("what it extends could not be read"));
    assert!(reasons(&audit, "compose/bind-mount-source-missing").contains("only known at run time"));
    assert!(audit.findings.iter().all(|finding| finding.location.path == "stack/docker-compose.yml"));
}

#[test]
fn alias_bombs_end() {
    let mut bomb = "  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        let _ = writeln!(bomb, "  a{level}: &a{level} [{aliases}]");
    }
    let compose = format!(
        "x-bomb:\n{bomb}services:\n  a:\n    image: acme/a:1\n    command: *a11\n    environment: *a11\n    ports: *a11\n"
    );
    let pod = format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nx:\n{bomb}spec:\n  containers: *a11\n  volumes: *a11\n"
    );
    let workflow = format!("on: push\nx:\n{bomb}jobs:\n  a: {{runs-on: ubuntu-24.04, steps: *a11}}\n");
    let bombs = [("docker-compose.yml", &*compose), ("k8s/pod.yaml", &*pod), (".github/workflows/ci.yml", &*workflow)];
    assert!(audit(&bombs).findings.len() < 2_000);
}

#[test]
fn operands_that_match_in_every_order_meet_a_bound() {
    let rule =
        "rules: [{id: any, languages: [python], severity: LOW, message: m, pattern: $A | $B | $C | $D | $E | $F | $G}]";
    let rules = treeward::RuleSet::parse("any.yaml", rule).unwrap();
    let auditor = Auditor::builder().rules(rules).build().unwrap();
    let names: Vec<String> = (0..24).map(|at| format!("flag_{at}")).collect();
    let audit = auditor.scan_text("flags.py", &format!("all = {}\n", names.join(" | "))).unwrap();
    assert!(reasons(&audit, "any").contains("bound"), "{:?}", audit.checks);
    assert_eq!(audit.findings.len(), 18);
}

#[test]
fn ten_thousand_documents_in_one_file_are_read_or_told() {
    let mut objects = String::new();
    for number in 0..10_000 {
        let _ = writeln!(
            objects,
            "---\napiVersion: v1\nkind: Service\nmetadata: {{name: s{number}}}\nspec: {{selector: {{app: s{}}}, ports: [{{port: 80}}]}}",
            number % 7
        );
    }
    let stacks = "services: {a: {image: 'acme/a:1'}}\n---\n".repeat(10_000);
    let audit = audit(&[("k8s/many.yaml", &objects), ("docker-compose.yml", &stacks)]);
    let check = audit.checks.iter().find(|check| check.rule_id == "k8s/dangling-reference").unwrap();
    assert_eq!((check.subjects, check.failed), (10_000, 10_000));
}

#[test]
fn charts_make_references_unknown() {
    let audit = audit(&[
        ("chart/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n"),
        (
            "chart/templates/app.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ include \"shop.name\" . }}\nspec:\n  {{- if .Values.on }}\n  \
             replicas: {{ .Values.replicas }}\n  {{- end }}\n",
        ),
        (
            "k8s/service.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n",
        ),
    ]);
    assert!(reasons(&audit, "k8s/dangling-reference").contains("charts or remote bases, which are not read"));
    assert!(audit.findings.iter().all(|finding| !finding.location.path.contains("templates")));
}

#[test]
fn kustomizations_that_name_each_other_or_leave_the_tree_end() {
    let audit = audit(&[
        ("a/kustomization.yaml", "resources: [../b, ../../../outside, app.yaml]\n"),
        ("b/kustomization.yaml", "resources: [../c]\n"),
        ("c/kustomization.yaml", "resources: [../a, https://example.org/base.yaml]\n"),
        (
            "a/app.yaml",
            "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n",
        ),
    ]);
    assert!(reasons(&audit, "k8s/dangling-reference").contains("remote bases"));
}

#[test]
fn variables_without_a_value_are_unknown() {
    let audit = audit(&[
        (
            "docker-compose.yml",
            "services:\n  a:\n    image: ${REGISTRY}/shop:${TAG}\n    ports: ['${HOST_IP}:${PORT}:80']\n    user: ${RUN_AS}\n    env_file: ${ENV_FILE}\n    \
             volumes: ['${DATA}:/data']\n    deploy: {resources: {limits: {memory: '${MEM}'}}}\n",
        ),
        (
            "k8s/app.yaml",
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec:\n  replicas: ${REPLICAS}\n  selector: {matchLabels: {app: app}}\n  \
             template:\n    metadata: {labels: {app: app}}\n    spec: {containers: [{name: app, image: '${IMAGE}'}]}\n---\n\
             apiVersion: v1\nkind: Service\nmetadata: {name: app}\nspec: {selector: {app: app}, ports: [{port: 80}]}\n",
        ),
    ]);
    for (rule, reason) in [
        ("compose/image-not-pinned", "run time"),
        ("compose/no-memory-limit", "${MEM}"),
        ("compose/service-runs-as-root", "run time"),
        ("k8s/image-not-pinned", "filled in before use"),
        ("k8s/single-replica", "filled in later"),
    ] {
        assert!(reasons(&audit, rule).contains(reason), "{rule}: {}", reasons(&audit, rule));
    }
}
