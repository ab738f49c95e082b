//! What steps of every system have in common: scripts, expressions, variables, images.

use std::ops::Range;

use super::{action, expression};
use crate::extract::image::Image;
use crate::extract::shell::{self, FileUse, Holder, Options};
use crate::extract::values;
use crate::facts::schema::ci::{CiContextUse, CiImage, CiImageBuild, CiStep, CiUse, CiVariable};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{SourceFile, Span};
use crate::syntax::shell::{Command, Places, Script, parse_placed};
use crate::syntax::yaml::Value;

/// A file of which rows are being stated.
pub(super) struct Pen<'p, 't> {
    pub file: &'p SourceFile<'t>,
    pub facts: &'p mut FactSet,
    /// The workflow's row.
    pub workflow: RowId,
    /// Files that the scripts name, for the link step.
    pub uses: Vec<FileUse>,
}

/// Where in a workflow a value stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub job: Option<RowId>,
    pub step: Option<RowId>,
}

/// How a step's script is run.
pub(super) struct Run<'r> {
    pub options: Options,
    pub folder: &'r str,
}

impl Pen<'_, '_> {
    /// The span of a value.
    pub(super) fn span(&self, value: Value<'_>) -> Span {
        self.file.span(value.range())
    }

    /// The script in a scalar, with the places of its bytes in the file.
    pub(super) fn script(&self, value: Value<'_>) -> Script {
        value.text().map_or_else(Script::default, |text| parse_placed(text, &self.places(value)))
    }

    fn places(&self, value: Value<'_>) -> Places {
        let value = value.resolved();
        let range = value.range();
        let written = self.file.text.get(range.clone()).unwrap_or_default();
        Places::of_scalar(value.text().unwrap_or_default(), written, range.start)
    }

    /// States a step, and gives its row.
    pub(super) fn step(&mut self, span: Span, step: CiStep) -> RowId {
        self.facts.push(CiStep { span, ..step })
    }

    /// States the commands of a step's script.
    pub(super) fn commands(&mut self, script: &Script, step: RowId, run: Run<'_>) {
        let holder = Holder {
            file: self.file.id,
            owner: step,
            kind: "ci_step",
            options: run.options,
            folder: run.folder,
            bases: vec![run.folder.to_owned()],
        };
        self.uses.extend(shell::state(script, &holder, self.facts));
    }

    /// States the images that the commands of a step build.
    pub(super) fn builds(&mut self, script: &Script, place: Place) {
        let Some(step) = place.step else { return };
        for command in &script.commands {
            let Some(build) = docker_build(command) else { continue };
            let images = if build.tags.is_empty() { vec![None] } else { build.tags.into_iter().map(Some).collect() };
            for image in images {
                let span = self.file.span(command.range.clone());
                self.build(span, (place, step), image, (&build.context, &build.dockerfile, build.is_pushed));
            }
        }
    }

    pub(super) fn build(
        &mut self,
        span: Span,
        (place, step): (Place, RowId),
        image: Option<String>,
        (context, dockerfile, is_pushed): (&Option<String>, &Option<String>, bool),
    ) {
        let certainty = if image.as_ref().is_some_and(|image| image.contains('$')) {
            Certainty::Unresolved
        } else {
            Certainty::Certain
        };
        self.facts.push(CiImageBuild {
            span,
            certainty,
            workflow: self.workflow,
            job: place.job,
            step,
            image,
            context: context.clone(),
            dockerfile: dockerfile.clone(),
            is_pushed,
        });
    }

    /// States the variables of an `env` or `variables` mapping.
    pub(super) fn variables(&mut self, env: Option<Value<'_>>, place: Place) {
        for (key, value) in env.into_iter().flat_map(Value::entries) {
            let text = value.text().or_else(|| value.text_at("value"));
            let (Some(name), Some(text)) = (key.text(), text) else { continue };
            let class = values::classify(self.facts.known(), name, text);
            self.facts.push(CiVariable {
                span: self.span(value),
                certainty: if text.contains("${{") { Certainty::Unresolved } else { Certainty::Certain },
                workflow: self.workflow,
                job: place.job,
                step: place.step,
                name: name.to_owned(),
                value: text.to_owned(),
                is_secret_name: class.is_secret_name,
                value_class: class.class,
            });
            self.contexts(value, (place, "env", name));
        }
    }

    /// States the contexts that the expressions of a scalar read.
    pub(super) fn contexts(&mut self, value: Value<'_>, (place, kind, key): (Place, &'static str, &str)) {
        let Some(text) = value.text() else { return };
        if kind == "if" && !text.contains("${{") {
            self.context_rows(self.file.span(value.resolved().range()), text, (place, kind, key));
            return;
        }
        if !text.contains("${{") {
            return;
        }
        let places = self.places(value);
        for (range, expression) in expression::expressions(text) {
            let placed: Range<usize> = places.in_file(range.start)..places.in_file(range.end.saturating_sub(1)) + 1;
            self.context_rows(self.file.span(placed), expression, (place, kind, key));
        }
    }

    fn context_rows(&mut self, span: Span, text: &str, (place, kind, key): (Place, &'static str, &str)) {
        for context in expression::contexts(text) {
            self.facts.push(CiContextUse {
                span,
                certainty: Certainty::Certain,
                workflow: self.workflow,
                job: place.job,
                step: place.step,
                place: kind,
                key: key.to_owned(),
                context,
                expression: text.to_owned(),
            });
        }
    }

    /// States what a `uses` refers to, and gives what it is for.
    pub(super) fn action(&mut self, uses: Value<'_>, place: Place) -> Option<&'static str> {
        let reference = action::reference(uses.text()?.trim());
        let purpose = action::purpose(&reference.action);
        self.facts.push(CiUse {
            span: self.span(uses),
            certainty: if reference.pin == "expression" { Certainty::Unresolved } else { Certainty::Certain },
            workflow: self.workflow,
            job: place.job,
            step: place.step,
            kind: reference.kind,
            action: reference.action,
            owner: reference.owner,
            reference: reference.reference.map(str::to_owned),
            pin: reference.pin,
        });
        purpose
    }

    /// States an image, written as a scalar or as a mapping with `image` or `name`; `variables` are the mappings whose
    /// values its reference may name, nearest first.
    pub(super) fn image(
        &mut self,
        value: Value<'_>,
        job: Option<RowId>,
        (role, name): (&'static str, Option<&str>),
        variables: &[Value<'_>],
    ) {
        let inner = value.get("image").or_else(|| value.get("name")).unwrap_or(value);
        let Some(written) = inner.text().map(str::trim).filter(|text| !text.is_empty()) else { return };
        let text = filled(written, variables);
        let image = Image::parse(&text);
        self.facts.push(CiImage {
            span: self.span(inner),
            certainty: match () {
                () if image.is_unresolved() || text.contains("${{") => Certainty::Unresolved,
                () if text != written => Certainty::Likely,
                () => Certainty::Certain,
            },
            workflow: self.workflow,
            job,
            role,
            name: name.map(str::to_owned),
            image: text,
            tag: image.tag,
            has_digest: image.digest.is_some(),
            password_span: value.at(&["credentials", "password"]).filter(is_written_out).map(|word| self.span(word)),
        });
    }
}

/// Deepest chain of variables that name one another.
const MAX_FILLS: usize = 5;
/// Longest text that filling may make.
const MAX_FILLED: usize = 1_000;

/// A text with the variables `$NAME` and `${NAME}` filled in that the mappings set.
fn filled(text: &str, variables: &[Value<'_>]) -> String {
    let mut text = text.to_owned();
    for _ in 0..MAX_FILLS {
        let next = filled_once(&text, variables);
        if next == text || next.len() > MAX_FILLED {
            break;
        }
        text = next;
    }
    text
}

fn filled_once(text: &str, variables: &[Value<'_>]) -> String {
    let mut into = String::new();
    let mut parts = text.split('$');
    into.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = match part.strip_prefix('{') {
            Some(inner) => inner.split_once('}').unwrap_or_default(),
            None => part.split_at(part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(part.len())),
        };
        let value = variables.iter().filter(|_| !name.is_empty()).find_map(|holder| holder.get(name));
        match value.and_then(|value| value.text().or_else(|| value.text_at("value"))) {
            Some(value) => into.extend([value, rest]),
            None => into.extend(["$", part]),
        }
    }
    into
}

fn is_written_out(password: &Value<'_>) -> bool {
    password.text().is_some_and(|text| !text.trim().is_empty() && !text.contains("${{"))
}

/// The first purpose that is more than printing; printing where there is nothing else.
pub(super) fn purpose_of(script: &Script) -> Option<&'static str> {
    let purposes = || script.commands.iter().filter(|command| !command.words.is_empty()).map(shell::purpose);
    let is_incidental = |purpose: &&str| matches!(*purpose, "print" | "install" | "notify");
    purposes().flatten().find(|purpose| !is_incidental(purpose)).or_else(|| {
        let all: Vec<_> = purposes().collect();
        let only_prints = !all.is_empty() && all.iter().all(|purpose| *purpose == Some("print"));
        let other = || all.iter().flatten().find(|purpose| **purpose != "print").copied();
        if only_prints { Some("print") } else { other() }
    })
}

struct DockerBuild {
    tags: Vec<String>,
    context: Option<String>,
    dockerfile: Option<String>,
    is_pushed: bool,
}

/// `docker build`, `docker buildx build`, `podman build`, `buildah bud`.
fn docker_build(command: &Command) -> Option<DockerBuild> {
    let name = command.name()?;
    if !matches!(name, "docker" | "podman" | "buildah") {
        return None;
    }
    let words: Vec<&str> = command.arguments().iter().map(|word| &*word.text).collect();
    let at = words.iter().position(|word| matches!(*word, "build" | "bud"))?;
    if words[..at].iter().any(|word| !matches!(*word, "buildx" | "image") && !word.starts_with('-')) {
        return None;
    }
    let mut build = DockerBuild { tags: Vec::new(), context: None, dockerfile: None, is_pushed: false };
    let mut rest = words[at + 1..].iter();
    while let Some(word) = rest.next() {
        let (option, joined) = word.split_once('=').map_or((*word, None), |(option, value)| (option, Some(value)));
        let mut value = || joined.map(str::to_owned).or_else(|| rest.next().map(|next| (*next).to_owned()));
        match option {
            "-t" | "--tag" => build.tags.extend(value()),
            "-f" | "--file" => build.dockerfile = value(),
            "--push" => build.is_pushed = true,
            "--build-arg" | "--target" | "--platform" | "--cache-from" | "--cache-to" | "--secret" | "--label"
            | "--network" | "--builder" | "-o" | "--output" | "--progress" | "--ssh" | "--build-context"
            | "--iidfile" => {
                value();
            }
            option if option.starts_with('-') => {}
            context => build.context = Some(context.to_owned()),
        }
    }
    Some(build)
}
