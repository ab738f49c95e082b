//! SARIF 2.1.0, for code-scanning services and editors.

mod log;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::visible::visible;
use super::{from_here, summary};
use crate::report::{Audit, Check, Confidence, Finding, Fix, Location as Place, Related, Role, Severity};
use log::*;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn render(audit: &Audit) -> String {
    let mut json = serde_json::to_string_pretty(&Writer::of(audit).log()).unwrap_or_default();
    json.push('\n');
    json
}

struct Writer<'a> {
    audit: &'a Audit,
    rules: BTreeMap<&'a str, About<'a>>,
    columns: Columns,
}

/// What is known of a rule: its check, and its first finding.
#[derive(Default)]
struct About<'a> {
    check: Option<&'a Check>,
    finding: Option<&'a Finding>,
}

/// How columns are counted. An audit read back from JSON does not know UTF-16 columns.
#[derive(Clone, Copy, PartialEq)]
enum Columns {
    Utf16,
    Characters,
}

impl<'a> Writer<'a> {
    fn of(audit: &'a Audit) -> Self {
        let mut rules: BTreeMap<&str, About<'_>> = BTreeMap::new();
        for check in &audit.checks {
            rules.entry(&check.rule_id).or_default().check = Some(check);
        }
        for finding in &audit.findings {
            rules.entry(&finding.rule_id).or_default().finding.get_or_insert(finding);
        }
        let known = audit.findings.iter().all(|finding| finding.location.start.utf16 > 0);
        Self { audit, rules, columns: if known { Columns::Utf16 } else { Columns::Characters } }
    }

    fn log(&self) -> Log<'a> {
        let driver = Driver {
            name: "treeward",
            semantic_version: &self.audit.treeward,
            rules: self.rules.iter().map(|(id, about)| rule(id, about)).collect(),
        };
        let run = Run {
            tool: Tool { driver },
            column_kind: match self.columns {
                Columns::Utf16 => "utf16CodeUnits",
                Columns::Characters => "unicodeCodePoints",
            },
            invocations: [self.invocation()],
            results: self.audit.findings.iter().map(|finding| self.result(finding)).collect(),
        };
        Log { schema: SCHEMA, version: "2.1.0", runs: [run] }
    }

    /// What was not read, and what went wrong, so that an empty list of results is not taken for a clean tree.
    fn invocation(&self) -> Invocation {
        let skipped = summary::skipped(self.audit);
        let skipped = skipped.iter().map(|(reason, count)| {
            let text = format!("{} not read: {reason}", summary::counted(*count, "path"));
            Notification { level: "note", message: message(&text), locations: Vec::new() }
        });
        let errors = self.audit.errors.iter().map(|problem| Notification {
            level: "warning",
            message: message(&problem.message),
            locations: problem.path.iter().map(|path| self.whole_file(path)).collect(),
        });
        Invocation { execution_successful: true, tool_execution_notifications: errors.chain(skipped).collect() }
    }

    fn result(&self, finding: &'a Finding) -> ResultObject<'a> {
        let index = self.rules.keys().position(|id| *id == finding.rule_id).unwrap_or_default();
        let related = finding.related.iter().filter(|related| related.role == Role::Related);
        let fingerprints = [
            ("treeward/v1", finding.fingerprint.as_str()),
            ("treewardPathless/v1", finding.fingerprint_pathless.as_str()),
        ];
        ResultObject {
            rule_id: &finding.rule_id,
            rule_index: index,
            level: level(finding.severity),
            message: message(&finding.message),
            locations: [self.location(&finding.location, None, Some(&finding.snippet))],
            related_locations: related.map(|related| self.related(related)).collect(),
            code_flows: self.flow(finding).into_iter().collect(),
            fixes: finding.fix.iter().map(|fix| self.fix(finding, fix)).collect(),
            partial_fingerprints: fingerprints.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
            properties: json!({
                "area": finding.area, "severity": finding.severity, "confidence": finding.confidence,
                "subject": visible(&finding.subject), "remediation": visible(&finding.remediation),
            }),
        }
    }

    fn related(&self, related: &Related) -> Location {
        self.location(&related.location, Some(&related.message), None)
    }

    fn flow(&self, finding: &Finding) -> Option<CodeFlow> {
        let steps = finding.related.iter().filter(|related| related.role != Role::Related);
        let locations: Vec<_> = steps.map(|step| ThreadFlowLocation { location: self.related(step) }).collect();
        (!locations.is_empty()).then_some(CodeFlow { thread_flows: [ThreadFlow { locations }] })
    }

    fn fix(&self, finding: &Finding, fix: &Fix) -> FixObject {
        let mut files: BTreeMap<&str, Vec<Replacement>> = BTreeMap::new();
        for edit in &fix.edits {
            files.entry(&edit.location.path).or_default().push(Replacement {
                deleted_region: self.region(&edit.location),
                inserted_content: Content { text: edit.text.clone() },
            });
        }
        let changes = files
            .into_iter()
            .map(|(path, replacements)| ArtifactChange { artifact_location: self.artifact(path), replacements });
        FixObject { description: message(&finding.remediation), artifact_changes: changes.collect() }
    }

    fn location(&self, place: &Place, text: Option<&str>, snippet: Option<&str>) -> Location {
        let physical_location = PhysicalLocation {
            artifact_location: self.artifact(&place.path),
            region: Some(self.region(place)),
            context_region: snippet.and_then(|snippet| context(place, snippet)),
        };
        Location { physical_location, message: text.map(message) }
    }

    fn whole_file(&self, path: &str) -> Location {
        let artifact_location = self.artifact(path);
        let physical_location = PhysicalLocation { artifact_location, region: None, context_region: None };
        Location { physical_location, message: None }
    }

    fn region(&self, place: &Place) -> Region {
        let column = |position: crate::source::Position| match self.columns {
            Columns::Utf16 => position.utf16.max(1),
            Columns::Characters => position.column,
        };
        Region {
            start_line: place.start.line,
            start_column: Some(column(place.start)),
            end_line: place.end.line,
            end_column: Some(column(place.end)),
            snippet: None,
        }
    }

    fn artifact(&self, path: &str) -> ArtifactLocation {
        ArtifactLocation { uri: percent_encoded(&from_here(self.audit, path)) }
    }
}

/// The whole lines around a place; none where the snippet was cut short of its end.
fn context(place: &Place, snippet: &str) -> Option<Region> {
    let end_line = (place.start.line + snippet.lines().count() as u32).checked_sub(1)?;
    let snippet = Some(Content { text: visible(snippet).into_owned() });
    let region = Region { start_line: place.start.line, start_column: None, end_line, end_column: None, snippet };
    (end_line >= place.end.line).then_some(region)
}

fn rule<'a>(id: &'a str, about: &About<'a>) -> Rule<'a> {
    let title = about.check.map_or(id, |check| &check.title);
    let help = about.finding.map_or(title, |finding| match finding.remediation.as_str() {
        "" => title,
        remediation => remediation,
    });
    Rule {
        id,
        short_description: message(title),
        help: message(help),
        default_configuration: about.finding.map(|finding| Configuration { level: level(finding.severity) }),
        properties: properties(about),
    }
}

/// `tags`, `precision` and `security-severity` are what code-scanning services sort and filter by.
fn properties(about: &About<'_>) -> Value {
    let area = about.check.map(|check| check.area).or(about.finding.map(|finding| finding.area));
    let mut tags: Vec<Value> = area.iter().map(|area| json!(area)).collect();
    let Some(finding) = about.finding else { return json!({ "tags": tags }) };
    for key in ["cwe", "owasp"] {
        match finding.metadata.get(key) {
            Some(Value::Array(values)) => tags.extend(values.iter().filter(|value| value.is_string()).cloned()),
            Some(value @ Value::String(_)) => tags.push(value.clone()),
            _ => {}
        }
    }
    tags.dedup();
    let precision = match finding.confidence {
        Confidence::High => "very-high",
        Confidence::Medium => "high",
        Confidence::Low => "medium",
    };
    let mut properties = json!({ "tags": tags, "precision": precision });
    if area == Some(crate::report::Area::Security) {
        properties["security-severity"] = json!(security_severity(finding.severity));
    }
    properties
}

/// Inside the bands of CVSS, as code-scanning services read it.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "3.0",
        Severity::Info => "0.0",
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

fn message(text: &str) -> Message {
    Message { text: visible(text).into_owned() }
}

/// A relative URI reference: everything but what may stand in a path is encoded. A colon in the first segment would
/// read as a scheme, so it is encoded as well.
fn percent_encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' | b'@' | b'+' | b'=' | b',' => {
                uri.push(byte as char);
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
