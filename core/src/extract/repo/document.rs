//! Documents for people: what they are about, and which variables they name.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use regex::Regex;

use crate::facts::schema::repo::{Document, DocumentedProfile, DocumentedTopic, DocumentedVariable};
use crate::facts::{Certainty, FactSet};
use crate::source::{SourceFile, Span};

/// Most variables that one document is said to name.
const MAX_VARIABLES: usize = 500;

const RUN: &str = r"(?im)^#{1,6} .*\b(run|usage|quick ?start|getting started|installation|install|setup|set up|development|start)\b|docker[ -]compose .*up|uvicorn |npm (start|run)|python -m |make (run|up|start|dev)|cargo run";
const TOPICS: &[(&str, &str)] = &[
    ("objectives", r"(?im)^#{1,6} .*(\bSLOs?\b|service[- ]level (objective|indicator|agreement)s?)"),
    (
        "hosted_alerts",
        r"(?i)(alert|monitor|on-?call|page)\w*\b[^.\n]{0,60}\b(pagerduty|opsgenie|better ?(stack|uptime)|uptime ?robot|pingdom|datadog|new ?relic|grafana cloud|healthchecks\.io|cronitor|incident\.io|cloudwatch alarms?)\b",
    ),
    (
        "hosted_dashboards",
        r"(?i)\w+\.grafana\.net|dashboards?\b[^.\n]{0,60}\b(datadog|new ?relic|grafana cloud|cloudwatch|honeycomb|splunk)\b|app\.datadoghq\.(com|eu)",
    ),
    (
        "key_rotation",
        r"(?im)^#{1,6} .*(rotat\w+.*\b(keys?|secrets?|tokens?|credentials?|passwords?)|\b(keys?|secrets?|tokens?|credentials?|passwords?) rotation)",
    ),
];
const PROFILE: &str = r#"(?i)--profile[= ]"?([\w.-]+)|COMPOSE_PROFILES=["']?([\w.,-]+)|profiles? [`"']([\w.-]+)[`"']|[`"']([\w.-]+)[`"'] (?:compose )?profile"#;
const DEPLOY: &str = r"(?im)^#{1,6} .*\b(deploy(ment|ing)?|production|release|operations|runbook)\b|kubectl apply|helm (install|upgrade)|docker stack deploy|fly deploy";

/// Whether a path without an extension that tells is a document.
pub(super) fn is_document(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    name.ends_with(".rst") || name.ends_with(".adoc") || name == "readme" || name == "readme.txt"
}

pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    facts.push(Document {
        span: Span::file_start(file.id),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        kind: kind(file.path),
        words: file.text.split_whitespace().count() as i64,
        tells_how_to_run: is_match(RUN, file.text),
        tells_how_to_deploy: is_match(DEPLOY, file.text),
    });
    let mut seen = BTreeSet::new();
    for (start, name) in variables(file.text) {
        if seen.len() < MAX_VARIABLES && seen.insert(name) {
            facts.push(DocumentedVariable {
                span: file.span(start..start + name.len()),
                certainty: Certainty::Likely,
                path: file.path.to_owned(),
                name: name.to_owned(),
            });
        }
    }
}

/// States the profiles of Compose that a document names: as an option, in `COMPOSE_PROFILES`, or as "the `x` profile".
pub(super) fn state_profiles(file: &SourceFile<'_>, facts: &mut FactSet) {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| Regex::new(PROFILE).ok());
    let Some(pattern) = pattern.as_ref().filter(|_| file.text.contains("rofile") || file.text.contains("ROFILES"))
    else {
        return;
    };
    for found in pattern.captures_iter(file.text).take(MAX_VARIABLES) {
        let Some(names) = found.iter().skip(1).flatten().next() else { continue };
        for name in names.as_str().split(',').filter(|name| !name.is_empty()) {
            facts.push(DocumentedProfile {
                span: file.span(names.range()),
                certainty: Certainty::Likely,
                path: file.path.to_owned(),
                name: name.to_owned(),
            });
        }
    }
}

/// States what a document says of how the system is run, each topic once.
pub(super) fn state_topics(file: &SourceFile<'_>, facts: &mut FactSet) {
    static COMPILED: OnceLock<Vec<(&'static str, Regex)>> = OnceLock::new();
    let compiled = COMPILED.get_or_init(|| {
        TOPICS.iter().filter_map(|(topic, pattern)| Some((*topic, Regex::new(pattern).ok()?))).collect()
    });
    for (topic, pattern) in compiled {
        let Some(found) = pattern.find(file.text) else { continue };
        facts.push(DocumentedTopic {
            span: file.span(found.range()),
            certainty: Certainty::Likely,
            path: file.path.to_owned(),
            topic,
        });
    }
}

/// Patterns are compiled once a process; a text that does not compile matches nothing, which a test rules out.
fn is_match(pattern: &'static str, text: &str) -> bool {
    static COMPILED: OnceLock<Vec<(&'static str, Regex)>> = OnceLock::new();
    let compiled = COMPILED.get_or_init(|| {
        [RUN, DEPLOY].into_iter().filter_map(|pattern| Some((pattern, Regex::new(pattern).ok()?))).collect()
    });
    compiled.iter().any(|(known, regex)| *known == pattern && regex.is_match(text))
}

fn kind(path: &str) -> &'static str {
    let lower = path.to_ascii_lowercase();
    let name = lower.rsplit('/').next().unwrap_or(&lower);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if name.starts_with("readme") {
        "readme"
    } else if has(&["architecture", "design", "adr-"]) {
        "architecture"
    } else if has(&["api", "endpoints"]) {
        "api"
    } else if has(&["runbook", "deploy", "operation", "playbook", "monitoring", "backup", "disaster"]) {
        "operations"
    } else if has(&["contributing", "development"]) {
        "contributing"
    } else if name.starts_with("security") {
        "security"
    } else if has(&["changelog", "history", "changes"]) {
        "changelog"
    } else {
        "other"
    }
}

/// Words that are written as variables are: capitals with an underscore.
fn variables(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(is_part)?;
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |len| start + len);
        at = end;
        Some((start, &text[start..end]))
    })
    .filter(|(_, word)| {
        let is_name = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        is_name && word.contains('_') && word.len() > 3 && word.starts_with(|c: char| c.is_ascii_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_patterns_compile_and_match() {
        assert!(is_match(RUN, "# Getting started\n") && is_match(RUN, "docker compose -f x up -d"));
        assert!(is_match(DEPLOY, "## Deployment\n") && !is_match(DEPLOY, "nothing"));
    }

    #[test]
    fn all_patterns_of_topics_compile() {
        assert!(TOPICS.iter().all(|(_, pattern)| Regex::new(pattern).is_ok()) && Regex::new(PROFILE).is_ok());
    }

    #[test]
    fn variables_are_capitals_with_an_underscore() {
        let found: Vec<&str> =
            variables("Set `DATABASE_URL=x`, not README or A_ or Foo_BAR").map(|(_, name)| name).collect();
        assert_eq!(found, ["DATABASE_URL"]);
    }
}
