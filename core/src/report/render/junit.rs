//! JUnit XML: one suite an area, one test case a rule, which fails if it has findings and is skipped where nothing
//! could be decided or nothing was there to decide.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::summary;
use super::visible::{on_one_line, visible};
use crate::report::{Area, Audit, Check, Finding, Verdict};

#[derive(Default)]
struct Case<'a> {
    check: Option<&'a Check>,
    findings: Vec<&'a Finding>,
}

impl Case<'_> {
    fn skip(&self) -> Option<&'static str> {
        match self.check?.verdict {
            Verdict::Unknown if self.findings.is_empty() => Some("unknown"),
            Verdict::NotApplicable => Some("not applicable"),
            _ => None,
        }
    }
}

type Suite<'a> = BTreeMap<&'a str, Case<'a>>;

pub(super) fn render(audit: &Audit) -> String {
    let suites = suites(audit);
    let all = || suites.values().flat_map(BTreeMap::values);
    let failures = all().filter(|case| !case.findings.is_empty()).count();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<testsuites name=\"treeward\" tests=\"{}\" failures=\"{failures}\">", all().count());
    for (area, suite) in &suites {
        write_suite(&mut xml, *area, suite);
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn suites(audit: &Audit) -> BTreeMap<Area, Suite<'_>> {
    let mut suites: BTreeMap<Area, Suite<'_>> = BTreeMap::new();
    for check in &audit.checks {
        suites.entry(check.area).or_default().entry(&check.rule_id).or_default().check = Some(check);
    }
    for finding in &audit.findings {
        suites.entry(finding.area).or_default().entry(&finding.rule_id).or_default().findings.push(finding);
    }
    suites
}

fn write_suite(xml: &mut String, area: Area, suite: &Suite<'_>) {
    let failures = suite.values().filter(|case| !case.findings.is_empty()).count();
    let skipped = suite.values().filter(|case| case.skip().is_some()).count();
    let (name, tests) = (area.name(), suite.len());
    let _ = writeln!(
        xml,
        "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
    );
    for (rule, case) in suite {
        write_case(xml, area, rule, case);
    }
    xml.push_str("  </testsuite>\n");
}

fn write_case(xml: &mut String, area: Area, rule: &str, case: &Case<'_>) {
    let (name, class) = (escape(rule), area.name());
    let _ = write!(xml, "    <testcase classname=\"treeward.{class}\" name=\"{name}\"");
    if !case.findings.is_empty() {
        let message = summary::counted(case.findings.len(), "finding");
        let _ = write!(xml, ">\n      <failure message=\"{message}\">");
        for finding in &case.findings {
            let place = format!("{}:{}", finding.location.path, finding.location.start.line);
            let line = format!("{}: {}: {}", place, finding.severity.name(), on_one_line(&finding.message));
            let _ = writeln!(xml, "{}", escape(&line));
        }
        xml.push_str("</failure>\n    </testcase>\n");
    } else if let Some(reason) = case.skip() {
        let _ = write!(xml, ">\n      <skipped message=\"{reason}\"/>\n    </testcase>\n");
    } else {
        xml.push_str("/>\n");
    }
}

/// What XML cannot hold is made visible first.
fn escape(text: &str) -> String {
    let text = visible(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
