//! An audit that uses everything a renderer must show, hostile text included.

use std::collections::BTreeMap;

use serde_json::json;

use crate::report::*;
use crate::source::{LineIndex, Skipped};

pub(super) const COMPOSE: &str = "services:\n  agent:\n    image: agent:latest\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock\n    environment:\n      POSTGRES_PASSWORD: ${DB_PASSWORD}\n";
const CODE: &str = "def run(name):\n\tcmd = \"é😀 \" + name\n\tsubprocess.run(\n\t\tcmd,\n\t\tshell=True,\n\t)\n";

/// The place of the first occurrence of `needle`.
fn place(path: &str, text: &str, needle: &str) -> Location {
    let lines = LineIndex::new(text);
    let start = text.find(needle).unwrap();
    let (start, end) = (lines.position(text, start), lines.position(text, start + needle.len()));
    Location { path: path.into(), start, end }
}

fn finding(rule: &str, severity: Severity, path: &str, text: &str, needle: &str) -> Finding {
    let location = place(path, text, needle);
    let lines = LineIndex::new(text);
    let snippet = snippet(text, &lines, location.start.offset as usize..location.end.offset as usize);
    Finding {
        rule_id: rule.into(),
        message: "Service `agent` mounts the Docker socket: whoever controls the container controls the host, and read-only does not lower it".into(),
        severity,
        area: Area::Security,
        confidence: Confidence::High,
        location,
        subject: "service agent".into(),
        snippet,
        related: Vec::new(),
        remediation: "Use a socket proxy with a short allow-list, or do without the socket".into(),
        fix: None,
        fingerprint: "tw1:00000000000000000000000000000000".into(),
        fingerprint_pathless: "tw1:11111111111111111111111111111111".into(),
        metadata: BTreeMap::from([("cwe".into(), json!(["CWE-250"]))]),
    }
}

fn trace(mut finding: Finding) -> Finding {
    let related = |needle: &str, message: &str, role| Related {
        location: place("src/a b/ünï.py", CODE, needle),
        message: message.into(),
        role,
    };
    finding.related = vec![
        related("name", "`name` is a parameter", Role::Source),
        related("cmd", "goes through `cmd`", Role::Step),
        related("cmd,", "reaches the shell", Role::Sink),
    ];
    finding.fix = Some(Fix {
        edits: vec![Edit { location: place("src/a b/ünï.py", CODE, "shell=True"), text: "shell=False".into() }],
        safe: false,
    });
    finding.message = "A shell runs text that a caller controls".into();
    finding
}

pub(in crate::report) fn audit() -> Audit {
    let socket = "/var/run/docker.sock:/var/run/docker.sock";
    let call = "subprocess.run(\n\t\tcmd,\n\t\tshell=True,\n\t)";
    let mut hostile = finding(
        "nginx/x",
        Severity::Low,
        "nginx/\u{1b}[2J<b>.conf",
        "server_name \u{1b}[31m<script>|`*;\n",
        "<script>",
    );
    hostile.message = "`server_name` holds \u{1b}]0;owned\u{7} <script>alert(1)</script> | *bold* \u{202e}".into();
    hostile.area = Area::Operations;
    Audit {
        schema_version: 1,
        treeward: "0.0.0".into(),
        root: "./shop".into(),
        findings: vec![
            finding("compose/docker-socket-mount", Severity::Critical, "docker-compose.yml", COMPOSE, socket),
            finding("compose/latest-tag", Severity::Medium, "docker-compose.yml", COMPOSE, "agent:latest"),
            hostile,
            trace(finding("python/subprocess-shell", Severity::High, "src/a b/ünï.py", CODE, call)),
        ],
        checks: vec![
            check("compose/docker-socket-mount", "Docker socket mounted", Verdict::Fail),
            check("compose/healthcheck", "Every service has a health check", Verdict::Pass),
            check("nginx/upstream", "Upstreams exist", Verdict::Unknown),
            check("tls/expired", "Certificates are valid", Verdict::NotApplicable),
        ],
        suppressed: Suppressed { in_source: 2, baseline: 1, ..Suppressed::default() },
        skipped: vec![
            Skipped { path: "big.sql".into(), reason: "larger than 2 MB".into(), mode: None },
            Skipped { path: "node_modules".into(), reason: "vendored".into(), mode: None },
            Skipped { path: "ui/node_modules".into(), reason: "vendored".into(), mode: None },
        ],
        data: vec![
            DataTable { name: "images".into(), date: "2026-11-01".into() },
            DataTable { name: "ports".into(), date: "2026-11-01".into() },
            DataTable { name: "support".into(), date: "2026-11-21".into() },
        ],
        errors: vec![Problem {
            path: Some("broken.yml".into()),
            rule_id: None,
            message: "line 3: not YAML; nothing is said of it".into(),
        }],
        timings: None,
    }
}

fn check(rule: &str, title: &str, verdict: Verdict) -> Check {
    let note = if verdict == Verdict::Unknown { "`${BACKEND}` has no value in the tree" } else { "" };
    let location = place("docker-compose.yml", COMPOSE, "agent:");
    let evidence = Evidence { location, subject: "service agent".into(), verdict, note: note.into() };
    let applies = usize::from(verdict != Verdict::NotApplicable);
    Check {
        rule_id: rule.into(),
        title: title.into(),
        area: Area::Security,
        verdict,
        subjects: applies,
        failed: usize::from(verdict == Verdict::Fail),
        unknown: usize::from(verdict == Verdict::Unknown),
        evidence: vec![evidence; applies],
    }
}
