//! Documents for people: what they are about, and which variables they name.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Regex;

use crate::facts::schema::repo::{Document, DocumentedProfile, DocumentedTopic, DocumentedVariable};
use crate::facts::{Certainty, FactSet};
use crate::source::{SourceFile, Span};

/// Most variables that one document is said to name.
const MAX_VARIABLES: usize = 500;

/// A word ends where an ASCII letter does: a search for that costs a tenth of one that knows all letters.
const RUN: &str = r"(?im)^#{1,6} .*(?-u:\b)(run|usage|quick ?start|getting started|installation|install|setup|set up|development|start)(?-u:\b)|docker[ -]compose .*up|uvicorn |npm (start|run)|python -m |make (run|up|start|dev)|cargo run";
/// Topics, with words of which a document that tells of one holds at least one, and what it then says.
const TOPICS: &[(&str, &[&str], &str)] = &[
    (
        "objectives",
        &["slo", "service level", "service-level"],
        r"(?im)^#{1,6} .*(\bSLOs?\b|service[- ]level (objective|indicator|agreement)s?)",
    ),
    (
        "hosted_alerts",
        &[
            "pagerduty",
            "opsgenie",
            "better stack",
            "betterstack",
            "better uptime",
            "betteruptime",
            "uptime robot",
            "uptimerobot",
            "pingdom",
            "datadog",
            "new relic",
            "newrelic",
            "grafana cloud",
            "healthchecks.io",
            "cronitor",
            "incident.io",
            "cloudwatch alarm",
        ],
        r"(?i)(alert|monitor|on-?call|page)\w*\b[^.\n]{0,60}\b(pagerduty|opsgenie|better ?(stack|uptime)|uptime ?robot|pingdom|datadog|new ?relic|grafana cloud|healthchecks\.io|cronitor|incident\.io|cloudwatch alarms?)\b",
    ),
    (
        "hosted_dashboards",
        &["grafana.net", "datadog", "new relic", "newrelic", "grafana cloud", "cloudwatch", "honeycomb", "splunk"],
        r"(?i)\w+\.grafana\.net|dashboards?\b[^.\n]{0,60}\b(datadog|new ?relic|grafana cloud|cloudwatch|honeycomb|splunk)\b|app\.datadoghq\.(com|eu)",
    ),
    (
        "key_rotation",
        &["rotat"],
        r"(?im)^#{1,6} .*(rotat\w+.*\b(keys?|secrets?|tokens?|credentials?|passwords?)|\b(keys?|secrets?|tokens?|credentials?|passwords?) rotation)",
    ),
];
const PROFILE: &str = r#"(?i)--profile[= ]"?([a-z0-9_.-]+)|COMPOSE_PROFILES=["']?([a-z0-9_.,-]+)|profiles? [`"']([a-z0-9_.-]+)[`"']|[`"']([a-z0-9_.-]+)[`"'] (?:compose )?profile"#;
const DEPLOY: &str = r"(?im)^#{1,6} .*(?-u:\b)(deploy(ment|ing)?|production|release|operations|runbook)(?-u:\b)|kubectl apply|helm (install|upgrade)|docker stack deploy|fly deploy";

/// Whether a path without an extension that tells is a document.
pub(super) fn is_document(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    name.ends_with(".rst") || name.ends_with(".adoc") || name == "readme" || name == "readme.txt"
}

pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    if facts.wants::<Document>() {
        facts.push(Document {
            span: Span::file_start(file.id),
            certainty: Certainty::Certain,
            path: file.path.to_owned(),
            kind: kind(file.path),
            words: file.text.split_whitespace().count() as i64,
            tells_how_to_run: is_match(RUN, file.text),
            tells_how_to_deploy: is_match(DEPLOY, file.text),
        });
    }
    if !facts.wants::<DocumentedVariable>() {
        return;
    }
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
    let speaks = file.text.contains("rofile") || file.text.contains("ROFILES");
    let Some(pattern) = speaks.then(|| PATTERN.get_or_init(|| Regex::new(PROFILE).ok()).as_ref()).flatten() else {
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
    static COMPILED: OnceLock<Vec<OnceLock<Option<Regex>>>> = OnceLock::new();
    if !facts.wants::<DocumentedTopic>() {
        return;
    }
    let compiled = COMPILED.get_or_init(|| TOPICS.iter().map(|_| OnceLock::new()).collect());
    let named = topics_named(file.text);
    for (((topic, _, pattern), compiled), _) in TOPICS.iter().zip(compiled).zip(named).filter(|(_, named)| *named) {
        let pattern = compiled.get_or_init(|| Regex::new(pattern).ok());
        let Some(found) = pattern.as_ref().and_then(|pattern| pattern.find(file.text)) else { continue };
        facts.push(DocumentedTopic {
            span: file.span(found.range()),
            certainty: Certainty::Likely,
            path: file.path.to_owned(),
            topic,
        });
    }
}

/// Which topics a text holds a word of.
fn topics_named(text: &str) -> [bool; TOPICS.len()] {
    static WORDS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let mut named = [false; TOPICS.len()];
    let words = || TOPICS.iter().enumerate().flat_map(|(at, (_, words, _))| words.iter().map(move |word| (at, word)));
    let build = || {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words().map(|(_, word)| word))
            .ok()
    };
    let Some(automaton) = WORDS.get_or_init(build) else { return [true; TOPICS.len()] };
    let topics: Vec<usize> = words().map(|(at, _)| at).collect();
    for found in automaton.find_overlapping_iter(text) {
        named[topics[found.pattern().as_usize()]] = true;
    }
    named
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
        assert!(TOPICS.iter().all(|(_, _, pattern)| Regex::new(pattern).is_ok()) && Regex::new(PROFILE).is_ok());
    }

    #[test]
    fn variables_are_capitals_with_an_underscore() {
        let found: Vec<&str> =
            variables("Set `DATABASE_URL=x`, not README or A_ or Foo_BAR").map(|(_, name)| name).collect();
        assert_eq!(found, ["DATABASE_URL"]);
    }

    #[test]
    fn what_tells_of_a_topic_holds_a_word_of_it() {
        for (topic, text) in [
            ("objectives", "## Our SLOs\n"),
            ("objectives", "# Service-level objectives\n"),
            ("hosted_alerts", "Alerts go to Better Uptime and PagerDuty."),
            ("hosted_alerts", "monitoring with NewRelic"),
            ("hosted_dashboards", "See https://shop.grafana.net/d/1 for graphs"),
            ("hosted_dashboards", "Open app.datadoghq.eu"),
            ("key_rotation", "## Rotating the API keys\n"),
        ] {
            let (at, (.., pattern)) = TOPICS.iter().enumerate().find(|(_, (name, ..))| *name == topic).unwrap();
            assert!(Regex::new(pattern).unwrap().is_match(text) && topics_named(text)[at], "{topic}: {text}");
        }
        assert_eq!(topics_named("# Shop\n\nStart it with `make up`.\n"), [false; TOPICS.len()]);
    }
}
