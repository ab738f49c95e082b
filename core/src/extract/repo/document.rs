//! Documents for people: what they are about, and which variables they name.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Regex;

use crate::extract::variables::names;
use crate::facts::schema::repo::{Document, DocumentedProfile, DocumentedTopic, DocumentedVariable};
use crate::facts::{Certainty, FactSet};
use crate::source::{SourceFile, Span};

/// Most variables that one document is said to name.
const MAX_VARIABLES: usize = 500;

/// What a document says.
#[derive(Clone, Copy, PartialEq)]
enum Says {
    HowToRun,
    HowToDeploy,
}

/// Where it says so.
#[derive(Clone, Copy)]
enum Place {
    /// A word of a heading.
    Heading,
    /// A command, anywhere.
    Command,
    /// The same, with `up` behind it on its line.
    ComposeUp,
}

const SIGNS: &[(Says, Place, &[&str])] = &[
    (
        Says::HowToRun,
        Place::Heading,
        &[
            "run",
            "usage",
            "quick start",
            "quickstart",
            "getting started",
            "installation",
            "install",
            "setup",
            "set up",
            "development",
            "start",
        ],
    ),
    (Says::HowToRun, Place::ComposeUp, &["docker compose ", "docker-compose "]),
    (
        Says::HowToRun,
        Place::Command,
        &[
            "uvicorn ",
            "npm start",
            "npm run",
            "python -m ",
            "make run",
            "make up",
            "make start",
            "make dev",
            "cargo run",
        ],
    ),
    (
        Says::HowToDeploy,
        Place::Heading,
        &["deploy", "deployment", "deploying", "production", "release", "operations", "runbook"],
    ),
    (
        Says::HowToDeploy,
        Place::Command,
        &["kubectl apply", "helm install", "helm upgrade", "docker stack deploy", "fly deploy"],
    ),
];

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
const PROFILE: &str = r#"(?i-u)--profile[= ]"?([a-z0-9_.-]+)|COMPOSE_PROFILES=["']?([a-z0-9_.,-]+)|profiles? [`"']([a-z0-9_.-]+)[`"']|[`"']([a-z0-9_.-]+)[`"'] (?:compose )?profile"#;

/// Whether a path without an extension that tells is a document.
pub(super) fn is_document(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    name.ends_with(".rst") || name.ends_with(".adoc") || name == "readme" || name == "readme.txt"
}

pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    if facts.wants::<Document>() {
        let said = says(file.text);
        facts.push(Document {
            span: Span::file_start(file.id),
            certainty: Certainty::Certain,
            path: file.path.to_owned(),
            kind: kind(file.path),
            words: file.text.split_whitespace().count() as i64,
            tells_how_to_run: said.contains(&Says::HowToRun),
            tells_how_to_deploy: said.contains(&Says::HowToDeploy),
        });
    }
    if !facts.wants::<DocumentedVariable>() {
        return;
    }
    let mut seen = BTreeSet::new();
    for (start, name) in names(file.text) {
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
    let speaks = file.holds("rofile") || file.holds("ROFILES");
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
    // Most documents tell of none.
    if !automaton.is_match(text) {
        return named;
    }
    let topics: Vec<usize> = words().map(|(at, _)| at).collect();
    for found in automaton.find_overlapping_iter(text) {
        named[topics[found.pattern().as_usize()]] = true;
    }
    named
}

/// What a document says, by its headings and the commands in it, in small or capital letters.
fn says(text: &str) -> Vec<Says> {
    static AUTOMATON: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let signs = || SIGNS.iter().flat_map(|(says, place, texts)| texts.iter().map(move |text| (*says, *place, *text)));
    let build = || {
        let texts = signs().map(|(_, _, text)| text);
        AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA)).build(texts).ok()
    };
    let Some(automaton) = AUTOMATON.get_or_init(build) else { return Vec::new() };
    let signs: Vec<_> = signs().collect();
    let mut said = Vec::new();
    for found in automaton.find_overlapping_iter(text) {
        let (says, place, _) = signs[found.pattern().as_usize()];
        let is_there = || match place {
            Place::Heading => is_word_of_heading(text, found.range()),
            Place::Command => true,
            Place::ComposeUp => {
                let rest = text[found.end()..].lines().next().unwrap_or_default();
                rest.as_bytes().windows(2).any(|pair| pair.eq_ignore_ascii_case(b"up"))
            }
        };
        if !said.contains(&says) && is_there() {
            said.push(says);
        }
    }
    said
}

/// Whether what stands at `range` is a word, or several, of a heading.
fn is_word_of_heading(text: &str, range: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let is_inner = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    };
    if is_inner(range.start.checked_sub(1)) || is_inner(Some(range.end)) {
        return false;
    }
    let line = memchr::memrchr(b'\n', &bytes[..range.start]).map_or(0, |end| end + 1);
    let marks = bytes[line..range.start].iter().take_while(|byte| **byte == b'#').count();
    (1..=6).contains(&marks) && bytes[line + marks] == b' '
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_commands_say_how_to_run_and_deploy() {
        for text in ["# Getting started\n", "x\n### How to RUN it", "docker compose -f x up -d", "`make up`"] {
            assert!(says(text) == [Says::HowToRun], "{text}");
        }
        assert!(says("## Deployment\n") == [Says::HowToDeploy] && says("kubectl apply -f x") == [Says::HowToDeploy]);
        for text in ["", "run", "#run", "# Prune", "# Rerun_it", "####### Run", "x # Run", "docker compose down\nup"] {
            assert!(says(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn all_patterns_of_topics_compile() {
        assert!(TOPICS.iter().all(|(_, _, pattern)| Regex::new(pattern).is_ok()) && Regex::new(PROFILE).is_ok());
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
