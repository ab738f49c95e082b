//! The rows of a service.

use std::collections::BTreeSet;

use super::arguments::{Argument, arguments, shell_words};
use super::load::section;
use super::rows::{Place, Project};
use super::value::{Entry, Kind, Value};
use super::{environment, health, names, resources};
use crate::extract::image::Image;
use crate::facts::schema::compose::{
    ComposeArgument, ComposeBuild, ComposeLabel, ComposeReference, ComposeService, ComposeSetting,
};
use crate::facts::{Certainty, FactSet, RowId, byte_size, duration_seconds};
use crate::source::Span;

/// Keys that have tables of their own.
const STATED_APART: &[&str] = &[
    "environment",
    "labels",
    "annotations",
    "ports",
    "volumes",
    "secrets",
    "configs",
    "networks",
    "depends_on",
    "env_file",
];
/// Most settings of one service.
const MAX_SETTINGS: usize = 2000;

/// A service while its rows are stated.
pub(super) struct Service<'a> {
    pub project: &'a Project<'a>,
    pub id: RowId,
    pub value: &'a Value,
}

/// States every service: first the services, so that they can refer to each other, then what each has.
pub(super) fn state_services(project: &mut Project<'_>, seen: &mut BTreeSet<Span>, facts: &mut FactSet) {
    let root = &project.loaded.root;
    let services: Vec<&Entry> =
        section(root, "services").filter(|entry| matches!(entry.value.kind, Kind::Mapping(_))).collect();
    for entry in &services {
        let is_shadowed = !seen.insert(entry.key_span);
        let id = state_service(project, entry, is_shadowed, facts);
        project.services.insert(entry.key.clone(), id);
    }
    for entry in services {
        let Some(&id) = project.services.get(&entry.key) else { continue };
        let service = Service { project, id, value: &entry.value };
        service.state_settings(facts);
        service.state_build(facts);
        service.state_labels(facts);
        service.state_command_lines(facts);
        service.state_references(facts);
        resources::state(&service, facts);
        names::state(&service, &entry.key, entry.key_span, facts);
        environment::state(&service, facts);
        health::state(&service, facts);
    }
}

fn state_service(project: &Project<'_>, entry: &Entry, is_shadowed: bool, facts: &mut FactSet) -> RowId {
    let value = &entry.value;
    let text = |path: &[&str]| value.at(path).and_then(Value::text).map(str::to_owned);
    let known_text = |path: &[&str]| value.at(path).and_then(Value::known_text).map(str::to_owned);
    let number = |path: &[&str]| known_text(path).and_then(|text| text.parse::<f64>().ok());
    let bytes = |path: &[&str]| known_text(path).and_then(|text| byte_size(&text));
    let image = value.get("image").and_then(Value::text).map(Image::parse);
    let is_unresolved = project.loaded.unresolved.contains(&entry.key);
    let profiles: Vec<&str> =
        value.get("profiles").map(Value::items).unwrap_or_default().iter().filter_map(Value::text).collect();
    facts.push(ComposeService {
        span: entry.key_span,
        certainty: if is_unresolved { Certainty::Unresolved } else { Certainty::Certain },
        project: project.id,
        name: entry.key.clone(),
        role: project.role_of_service(entry.key_span),
        is_shadowed,
        image: text(&["image"]),
        known_image: image.as_ref().and_then(|image| facts.known().image(&image.name)).map(|row| row.image.clone()),
        image_name: image.as_ref().map(|image| image.name.clone()),
        image_tag: image.as_ref().and_then(|image| image.tag.clone()),
        image_digest: image.and_then(|image| image.digest),
        is_built: value.get("build").is_some(),
        container_name: text(&["container_name"]),
        user: text(&["user"]),
        restart: text(&["restart"]).or_else(|| text(&["deploy", "restart_policy", "condition"])),
        memory_limit: bytes(&["deploy", "resources", "limits", "memory"]).or_else(|| bytes(&["mem_limit"])),
        memory_reservation: bytes(&["deploy", "resources", "reservations", "memory"])
            .or_else(|| bytes(&["mem_reservation"])),
        cpu_limit: number(&["deploy", "resources", "limits", "cpus"]).or_else(|| number(&["cpus"])),
        cpu_reservation: number(&["deploy", "resources", "reservations", "cpus"]),
        replicas: number(&["deploy", "replicas"]).or_else(|| number(&["scale"])).map(|count| count as i64),
        profiles: profiles.join(" "),
        network_mode: text(&["network_mode"]),
        entrypoint: value.get("entrypoint").and_then(argv).map(|words| words.join(" ")),
        command: value.get("command").and_then(argv).map(|words| words.join(" ")),
        log_driver: text(&["logging", "driver"]),
        stop_grace_period: known_text(&["stop_grace_period"]).and_then(|text| duration_seconds(&text)),
    })
}

/// The words of a command line, in either form.
pub(super) fn argv(value: &Value) -> Option<Vec<String>> {
    match &value.kind {
        Kind::Sequence(items) => Some(items.iter().filter_map(Value::text).map(str::to_owned).collect()),
        Kind::Scalar(scalar) => Some(shell_words(&scalar.text)),
        _ => None,
    }
}

impl Service<'_> {
    fn state_settings(&self, facts: &mut FactSet) {
        let mut settings = Settings { service: self, key: Vec::new(), left: MAX_SETTINGS, facts };
        for entry in self.value.entries().iter().filter(|entry| !STATED_APART.contains(&entry.key.as_str())) {
            settings.entry(entry);
        }
    }

    fn state_labels(&self, facts: &mut FactSet) {
        let of = |path: &[&str]| self.value.at(path).map(Value::entries).unwrap_or_default();
        for entry in of(&["labels"]).iter().chain(of(&["deploy", "labels"])) {
            facts.push(ComposeLabel {
                span: entry.value.span,
                certainty: entry.value.as_scalar().map_or(Certainty::Certain, super::value::Scalar::certainty),
                service: self.id,
                name: entry.key.clone(),
                value: entry.value.text().map(str::to_owned),
            });
        }
    }

    fn state_command_lines(&self, facts: &mut FactSet) {
        for (part, path) in [
            ("command", ["command"].as_slice()),
            ("entrypoint", &["entrypoint"]),
            ("healthcheck", &["healthcheck", "test"]),
        ] {
            let Some(value) = self.value.at(path) else { continue };
            let mut words = argv(value).unwrap_or_default();
            if part == "healthcheck" {
                words = health::command_words(value);
            }
            for (position, argument) in arguments(&words).into_iter().enumerate() {
                self.state_argument((part, position), argument, value, facts);
            }
        }
    }

    fn state_argument(
        &self,
        (part, position): (&'static str, usize),
        argument: Argument,
        value: &Value,
        facts: &mut FactSet,
    ) {
        let item = value.items().get(position).filter(|_| part != "healthcheck").map_or(value.span, |item| item.span);
        facts.push(ComposeArgument {
            span: item,
            certainty: if argument.word.contains("${") { Certainty::Unresolved } else { Certainty::Certain },
            service: self.id,
            part,
            position: position as i64,
            word: argument.word,
            option: argument.option,
            value: argument.value,
        });
    }

    fn state_build(&self, facts: &mut FactSet) {
        let Some(build) = self.value.get("build") else { return };
        let context = build.get("context");
        let written = context.and_then(Value::text).unwrap_or(".");
        let place = self.context_place(context, build.span);
        let base = place.path.clone().unwrap_or_default();
        let dockerfile = build.get("dockerfile");
        let found = match (build.get("dockerfile_inline"), dockerfile.and_then(Value::as_scalar), place.state) {
            (Some(_), ..) => Place { path: None, state: "inline" },
            (_, _, "missing" | "remote" | "outside" | "unknown") => Place { path: None, state: "unknown" },
            (_, Some(scalar), _) => self.project.place_in(&base, scalar),
            (_, None, _) => self.project.place_in(&base, &super::value::Scalar::literal("Dockerfile".into())),
        };
        facts.push(ComposeBuild {
            span: context.or(dockerfile).map_or(build.span, |value| value.span),
            certainty: context.and_then(Value::as_scalar).map_or(Certainty::Certain, super::value::Scalar::certainty),
            service: self.id,
            written_context: written.to_owned(),
            context: place.path,
            context_state: place.state,
            dockerfile: found.path,
            dockerfile_state: found.state,
            target: build.get("target").and_then(Value::text).map(str::to_owned),
            role: self.project.role(build.span),
        });
    }

    fn context_place(&self, context: Option<&Value>, span: Span) -> Place {
        let Some((scalar, span)) = context.and_then(|context| Some((context.as_scalar()?, context.span))) else {
            return self.project.place(&super::value::Scalar::literal(".".into()), span);
        };
        let starts = ["git@", "github.com/"].iter().any(|start| scalar.text.starts_with(start));
        let is_remote = starts || scalar.text.contains("://") || scalar.text.ends_with(".git");
        if is_remote { Place { path: None, state: "remote" } } else { self.project.place(scalar, span) }
    }

    /// Other services that the definition names outside of `depends_on`.
    fn state_references(&self, facts: &mut FactSet) {
        let links = self.value.get("links").map(Value::items).unwrap_or_default().iter();
        let links = links.filter_map(|item| Some((item.text()?.split(':').next()?, item.span)));
        let shared = ["network_mode", "pid", "ipc"].into_iter().filter_map(|key| {
            let value = self.value.get(key)?;
            Some((value.text()?.strip_prefix("service:")?, value.span))
        });
        let from = self.value.get("volumes_from").map(Value::items).unwrap_or_default().iter();
        let from = from
            .filter_map(|item| Some((item.text()?.split(':').next()?, item.span)))
            .filter(|(name, _)| *name != "container");
        for (name, span) in links.chain(shared).chain(from) {
            let state = self.project.state_of(self.project.services.contains_key(name) || name.contains('$'));
            self.refer(("service", name, state), span, true, facts);
        }
    }

    /// States that the definition names something: its kind, its name, whether it is there.
    pub(super) fn refer(
        &self,
        (kind, name, state): (&'static str, &str, &'static str),
        span: Span,
        is_required: bool,
        facts: &mut FactSet,
    ) {
        facts.push(ComposeReference {
            span,
            certainty: Certainty::Certain,
            project: self.project.id,
            service: Some(self.id),
            kind,
            name: name.to_owned(),
            state: if name.contains('$') { "unknown" } else { state },
            is_required,
            role: self.project.role(span),
        });
    }
}

struct Settings<'a, 's> {
    service: &'s Service<'a>,
    key: Vec<String>,
    left: usize,
    facts: &'s mut FactSet,
}

impl Settings<'_, '_> {
    fn entry(&mut self, entry: &Entry) {
        let is_apart = matches!(self.key.last().map(String::as_str), Some("build")) && entry.key == "args";
        if is_apart || self.left == 0 {
            return;
        }
        self.key.push(entry.key.clone());
        self.value(&entry.value);
        self.key.pop();
    }

    fn value(&mut self, value: &Value) {
        match &value.kind {
            Kind::Mapping(entries) => entries.iter().for_each(|entry| self.entry(entry)),
            Kind::Sequence(items) => items.iter().for_each(|item| self.value(item)),
            Kind::Scalar(_) | Kind::Null => self.leaf(value),
        }
    }

    fn leaf(&mut self, value: &Value) {
        self.left = self.left.saturating_sub(1);
        self.facts.push(ComposeSetting {
            span: value.span,
            certainty: value.as_scalar().map_or(Certainty::Certain, super::value::Scalar::certainty),
            service: self.service.id,
            key: self.key.join("."),
            value: value.text().map(str::to_owned),
            role: self.service.project.role(value.span),
        });
    }
}
