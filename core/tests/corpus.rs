//! The audits of the systems in `corpus/`: what a faulty one shows, and that its clean twin shows nothing that matters.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fmt::Write as _;
use std::path::Path;

use treeward::{Audit, Auditor, Severity, Verdict};

fn audit(system: &str) -> Audit {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus").join(system);
    Auditor::builder().audit_date("2026-01-01").build().unwrap().audit(root).unwrap()
}

/// One line a finding, and the checks by verdict.
fn summary(audit: &Audit) -> String {
    let mut text = String::new();
    for finding in &audit.findings {
        let place = &finding.location;
        let severity = format!("{:?}", finding.severity).to_lowercase();
        let _ =
            writeln!(text, "{}:{} {severity} {}: {}", place.path, place.start.line, finding.rule_id, finding.message);
    }
    for verdict in [Verdict::Pass, Verdict::Unknown] {
        let checks = audit.checks.iter().filter(|check| check.verdict == verdict);
        let ids: Vec<_> = checks.map(|check| check.rule_id.as_str()).collect();
        let _ = writeln!(text, "{verdict:?}: {}", ids.join(" "));
    }
    text
}

#[test]
fn the_faulty_service_shows_its_faults() {
    insta::assert_snapshot!(summary(&audit("fastapi-service/faulty")));
}

#[test]
fn the_faulty_gateway_shows_its_faults() {
    insta::assert_snapshot!(summary(&audit("nginx-gateway/faulty")));
}

#[test]
fn the_clean_twins_show_nothing_of_medium_severity_or_over() {
    for system in ["fastapi-service/clean", "nginx-gateway/clean"] {
        let audit = audit(system);
        let bad: Vec<_> = audit.findings.iter().filter(|finding| finding.severity >= Severity::Medium).collect();
        let told: Vec<_> = bad.iter().map(|finding| format!("{} {}", finding.rule_id, finding.message)).collect();
        assert!(told.is_empty(), "{system}: {told:#?}");
    }
}
