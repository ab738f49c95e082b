//! The variables that a service gets: `environment`, `env_file`, build arguments.

use super::EnvironmentFile;
use super::service::Service;
use super::value::{Binding, Scalar, Value};
use crate::extract::values;
use crate::facts::schema::compose::{ComposeEnvFile, ComposeEnvironment};
use crate::facts::{Certainty, FactSet};
use crate::source::Span;

pub(super) fn state(service: &Service<'_>, facts: &mut FactSet) {
    let own = service.value.get("environment").map(Value::entries).unwrap_or_default();
    for entry in own {
        state_entry(service, ("environment", &entry.key), &entry.value, facts);
    }
    for entry in service.value.at(&["build", "args"]).map(Value::entries).unwrap_or_default() {
        state_entry(service, ("build_arg", &entry.key), &entry.value, facts);
    }
    for item in service.value.get("env_file").map(Value::items).unwrap_or_default() {
        let Some(file) = state_file(service, item, facts) else { continue };
        for (name, value, span) in &file.entries {
            if own.iter().all(|entry| entry.key != *name) {
                let scalar = value.clone().map(Scalar::literal);
                push(service, ("env_file", name), scalar.as_ref(), *span, facts);
            }
        }
    }
}

fn state_entry(service: &Service<'_>, key: (&'static str, &str), value: &Value, facts: &mut FactSet) {
    push(service, key, value.as_scalar(), value.span, facts);
}

fn push(
    service: &Service<'_>,
    (origin, name): (&'static str, &str),
    scalar: Option<&Scalar>,
    span: Span,
    facts: &mut FactSet,
) {
    let text = scalar.map(|scalar| scalar.text.as_str());
    let classified = values::classify(facts.known(), name, text.unwrap_or_default());
    let binding = match scalar.map(|scalar| scalar.binding) {
        None => "shell",
        Some(Binding::Literal) => "literal",
        Some(Binding::Default) => "default",
        Some(Binding::DotEnv) => "dotenv",
        Some(Binding::Unset) => "unset",
    };
    facts.push(ComposeEnvironment {
        span,
        certainty: scalar.map_or(Certainty::Unresolved, Scalar::certainty),
        service: service.id,
        name: name.to_owned(),
        value: scalar.filter(|scalar| !scalar.is_unset()).map(|scalar| scalar.text.clone()),
        origin,
        binding,
        variable: scalar.and_then(|scalar| scalar.variable.clone()),
        is_secret_name: classified.is_secret_name,
        value_class: classified.class,
        provider: classified.provider,
        entropy: classified.entropy,
        role: service.project.role(span),
    });
}

/// States that the service names the file, and gives it where it was read.
fn state_file<'p>(service: &Service<'p>, item: &Value, facts: &mut FactSet) -> Option<&'p EnvironmentFile> {
    let path = item.get("path")?;
    let scalar = path.as_scalar()?;
    let is_required = item.get("required").and_then(Value::boolean).unwrap_or(true);
    let place = service.project.place(scalar, path.span);
    let state = match place.state {
        "file" => "defined",
        "missing" | "folder" => "missing",
        _ => "unknown",
    };
    service.refer(("env_file", &scalar.text, state), path.span, is_required, facts);
    let read = place.path.as_deref().and_then(|path| service.project.sources.environments.get(path).copied());
    facts.push(ComposeEnvFile {
        span: path.span,
        certainty: scalar.certainty(),
        service: service.id,
        path: place.path.clone(),
        written: scalar.text.clone(),
        state: if place.state == "file" && read.is_none() { "unread" } else { place.state },
        is_required,
    });
    read
}
