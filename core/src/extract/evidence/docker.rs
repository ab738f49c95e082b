//! What Docker and Compose say about containers.

use crate::facts::schema::evidence::EvidenceContainer;
use crate::facts::{Certainty, FactSet, byte_size};
use crate::source::{SourceFile, Span};
use crate::syntax::yaml::Value;

type Place<'p, 't> = (&'p SourceFile<'t>, usize);

fn span((file, offset): Place<'_, '_>, value: Value<'_>) -> Span {
    let range = value.range();
    file.span(range.start + offset..range.end + offset)
}

fn container(span: Span, source: &'static str, name: &str) -> EvidenceContainer {
    EvidenceContainer {
        span,
        certainty: Certainty::Certain,
        source,
        name: name.trim_start_matches('/').to_owned(),
        service: None,
        project: None,
        image: None,
        state: None,
        health: None,
        restart_count: None,
        exit_code: None,
        was_oom_killed: false,
        memory_used: None,
        memory_limit: None,
        cpu_percent: None,
        pids: None,
    }
}

fn text(value: Option<Value<'_>>) -> Option<String> {
    value.and_then(Value::text).filter(|text| !text.is_empty() && *text != "null").map(str::to_owned)
}

/// `docker inspect`: an object with `State` and `HostConfig`.
pub(super) fn inspect(object: Value<'_>, place: Place<'_, '_>, facts: &mut FactSet) -> bool {
    let (Some(name), Some(state)) = (object.get("Name"), object.get("State").filter(|state| state.is_mapping())) else {
        return false;
    };
    let label = |key: &str| text(object.at(&["Config", "Labels", key]));
    let limit = object.get("HostConfig").and_then(|host| host.int_at("Memory"));
    facts.push(EvidenceContainer {
        service: label("com.docker.compose.service"),
        project: label("com.docker.compose.project"),
        image: text(object.at(&["Config", "Image"])),
        state: state.string_at("Status"),
        health: text(state.at(&["Health", "Status"])),
        restart_count: object.int_at("RestartCount"),
        exit_code: state.int_at("ExitCode"),
        was_oom_killed: state.flag_at("OOMKilled") == Some(true),
        memory_limit: limit.filter(|limit| *limit > 0),
        ..container(span(place, name), "inspect", name.text().unwrap_or_default())
    });
    true
}

/// `docker stats`: an object with `MemUsage`.
pub(super) fn stats(object: Value<'_>, place: Place<'_, '_>, facts: &mut FactSet) -> bool {
    let (Some(name), Some(usage)) = (object.get("Name"), object.text_at("MemUsage")) else { return false };
    let (used, limit) = usage.split_once('/').unwrap_or((usage, ""));
    let percent = object.text_at("CPUPerc").and_then(|text| text.trim_end_matches('%').parse().ok());
    facts.push(EvidenceContainer {
        memory_used: byte_size(used),
        memory_limit: byte_size(limit),
        cpu_percent: percent,
        pids: object.int_at("PIDs"),
        ..container(span(place, name), "stats", name.text().unwrap_or_default())
    });
    true
}

/// `docker compose ps`: an object with `Service` and `State`.
pub(super) fn ps(object: Value<'_>, place: Place<'_, '_>, facts: &mut FactSet) -> bool {
    let (Some(name), Some(service), Some(state)) = (object.get("Name"), object.get("Service"), object.text_at("State"))
    else {
        return false;
    };
    facts.push(EvidenceContainer {
        service: text(Some(service)),
        project: text(object.get("Project")),
        image: text(object.get("Image")),
        state: Some(state.to_owned()),
        health: text(object.get("Health")),
        exit_code: object.int_at("ExitCode"),
        ..container(span(place, name), "ps", name.text().unwrap_or_default())
    });
    true
}
