//! Pipelines of GitLab CI.

use std::collections::HashMap;

use super::order::{self, Waiting};
use super::steps::{Pen, Place, Run, purpose_of};
use crate::extract::shell::{FileUse, Options};
use crate::facts::schema::ci::{CiInclude, CiJob, CiReference, CiRule, CiStep, CiWorkflow};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{SourceFile, Span};
use crate::syntax::shell::Script;
use crate::syntax::yaml::Value;

/// Top-level keys that are no jobs.
const RESERVED: &[&str] = &[
    "stages",
    "variables",
    "default",
    "include",
    "image",
    "services",
    "before_script",
    "after_script",
    "cache",
    "workflow",
    "spec",
    "types",
];
const DEFAULT_STAGES: &[&str] = &[".pre", "build", "test", "deploy", ".post"];
/// Longest chain of `extends`; GitLab allows eleven.
const MAX_EXTENDS: usize = 11;
const MAX_JOBS: usize = 2_000;

/// States a pipeline; gives the files that its scripts name.
pub(super) fn pipeline(file: &SourceFile<'_>, facts: &mut FactSet) -> Vec<FileUse> {
    let roots: Vec<Value<'_>> = file.yaml().values().filter(|root| root.is_mapping()).collect();
    let Some(root) = roots.last().copied() else { return Vec::new() };
    let includes = root.get("include");
    let workflow = facts.push(CiWorkflow {
        span: Span::file_start(file.id),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        system: "gitlab",
        kind: "pipeline",
        name: file.path.to_owned(),
        is_reusable: roots.iter().any(|root| root.get("spec").is_some()),
        permissions: None,
        has_concurrency: false,
        is_partial: includes.is_some(),
    });
    let mut pen = Pen { file, facts, workflow, uses: Vec::new() };
    includes.into_iter().for_each(|includes| state_includes(includes, &mut pen));
    pen.variables(root.get("variables"), Place::default());
    for holder in [Some(root), root.get("default")].into_iter().flatten() {
        let variables: Vec<Value<'_>> = root.get("variables").into_iter().collect();
        holder.get("image").into_iter().for_each(|image| pen.image(image, None, ("container", None), &variables));
        holder
            .get("services")
            .into_iter()
            .flat_map(Value::items)
            .for_each(|service| pen.image(service, None, ("service", None), &variables));
    }
    for rule in root.at(&["workflow", "rules"]).into_iter().flat_map(Value::items) {
        state_rule(rule, (None, "rules"), &mut pen);
    }
    state_jobs(root, &mut pen);
    pen.uses
}

fn state_includes(includes: Value<'_>, pen: &mut Pen<'_, '_>) {
    for include in includes.one_or_many() {
        let kinds = ["local", "project", "remote", "template", "component"];
        let named = kinds.iter().find_map(|kind| Some((*kind, include.get(kind)?)));
        let (kind, target) = match (named, include.text()) {
            (Some((kind, target)), _) => (kind, target.text().unwrap_or_default()),
            (None, Some(text)) if text.starts_with("http") => ("remote", text),
            (None, Some(text)) => ("local", text),
            (None, None) => continue,
        };
        let reference = include.string_at("ref").or_else(|| {
            (kind == "component").then(|| target.split_once('@').map(|(_, version)| version.to_owned())).flatten()
        });
        let span = pen.span(include);
        pen.facts.push(CiInclude {
            span,
            certainty: if target.contains('$') { Certainty::Unresolved } else { Certainty::Certain },
            workflow: pen.workflow,
            kind,
            target: target.to_owned(),
            reference,
            has_integrity: include.get("integrity").is_some(),
        });
    }
}

/// A job with the templates that it extends, nearest first.
struct Job<'d> {
    key: Value<'d>,
    chain: Vec<Value<'d>>,
}

impl<'d> Job<'d> {
    /// The value in force: the job's own, else that of the nearest template which has it.
    fn get(&self, key: &str) -> Option<Value<'d>> {
        self.chain.iter().find_map(|holder| holder.get(key))
    }

    fn name(&self) -> &'d str {
        self.key.text().unwrap_or_default()
    }
}

fn state_jobs(root: Value<'_>, pen: &mut Pen<'_, '_>) {
    let written: Vec<(Value<'_>, Value<'_>)> = root
        .entries()
        .filter(|(key, value)| value.is_mapping() && key.text().is_some_and(|key| !RESERVED.contains(&key)))
        .take(MAX_JOBS)
        .collect();
    let by_name: HashMap<&str, Value<'_>> =
        written.iter().filter_map(|(key, value)| Some((key.text()?, *value))).collect();
    let jobs: Vec<Job<'_>> =
        written.iter().map(|(key, value)| Job { key: *key, chain: chain(*value, &by_name) }).collect();
    let stages = root.get("stages");
    let names: Vec<&str> = match stages {
        Some(stages) => [".pre"].into_iter().chain(stages.texts()).chain([".post"]).collect(),
        None => DEFAULT_STAGES.to_vec(),
    };
    let rows: Vec<RowId> = jobs.iter().map(|job| state_job(job, pen)).collect();
    let by_name: HashMap<&str, RowId> = jobs.iter().zip(&rows).map(|(job, row)| (job.name(), *row)).collect();
    for (job, row) in jobs.iter().zip(&rows) {
        state_references(job, *row, (&by_name, &names), pen);
        state_parts(root, job, *row, pen);
    }
    order::state(&waiting(&jobs, &rows, &names, pen), pen.facts);
}

/// The mapping itself and what it extends; of several the last wins, and own values before all.
fn chain<'d>(job: Value<'d>, by_name: &HashMap<&str, Value<'d>>) -> Vec<Value<'d>> {
    let mut chain = vec![job];
    let mut at = 0;
    while let Some(holder) = chain.get(at).copied().filter(|_| chain.len() <= MAX_EXTENDS) {
        let targets = holder.get("extends").map(Value::texts).unwrap_or_default();
        chain.extend(targets.iter().rev().filter_map(|target| by_name.get(target)));
        at += 1;
    }
    chain
}

fn stage<'d>(job: &Job<'d>) -> &'d str {
    job.get("stage").and_then(Value::text).unwrap_or("test")
}

fn state_job(job: &Job<'_>, pen: &mut Pen<'_, '_>) -> RowId {
    let allow = job.get("allow_failure");
    let codes = allow.and_then(|allow| allow.get("exit_codes")).is_some();
    let ignores_failure = match allow.and_then(Value::text) {
        Some("true") => Some("true".to_owned()),
        _ if codes => Some("codes".to_owned()),
        _ => None,
    };
    let rules: Vec<Value<'_>> = job.get("rules").into_iter().flat_map(Value::items).collect();
    let conditions: Vec<&str> = rules.iter().filter_map(|rule| rule.text_at("if")).collect();
    let run_when = job.get("when").and_then(Value::text);
    let rules_say = |what: &str| !rules.is_empty() && rules.iter().all(|rule| rule.text_at("when") == Some(what));
    let environment = job.get("environment");
    pen.facts.push(CiJob {
        span: pen.file.span(job.key.range()),
        certainty: Certainty::Certain,
        workflow: pen.workflow,
        key: job.name().to_owned(),
        name: None,
        stage: Some(stage(job).to_owned()),
        runs_on: job.get("tags").map(|tags| tags.texts().join(" ")),
        condition: (!conditions.is_empty()).then(|| conditions.join(" | ")),
        ignores_failure,
        is_partly_ignored: codes,
        is_manual: run_when == Some("manual") || rules.iter().any(|rule| rule.text_at("when") == Some("manual")),
        environment: environment.and_then(|value| value.text().or_else(|| value.text_at("name"))).map(str::to_owned),
        uses: job.get("trigger").map(|trigger| trigger.text().unwrap_or("pipeline").to_owned()),
        timeout: job.get("timeout").and_then(Value::text).map(str::to_owned),
        permissions: None,
        has_concurrency: job.get("resource_group").is_some(),
        inherits_secrets: false,
        is_template: job.name().starts_with('.'),
        is_disabled: run_when == Some("never") || rules_say("never"),
    })
}

fn state_references(job: &Job<'_>, row: RowId, known: (&HashMap<&str, RowId>, &[&str]), pen: &mut Pen<'_, '_>) {
    let (jobs, stages) = known;
    let own = job.chain.first().copied();
    for kind in ["needs", "dependencies", "extends"] {
        for target in own.and_then(|own| own.get(kind)).map(Value::one_or_many).unwrap_or_default() {
            let is_foreign = target.get("pipeline").is_some() || target.get("project").is_some();
            let Some(name) = target.text().or_else(|| target.text_at("job")).filter(|_| !is_foreign) else { continue };
            let target_job = jobs.get(name).copied();
            push_reference(pen.span(target), (row, kind, name), target_job, target_job.is_some(), pen);
        }
    }
    if let Some(written) = own.and_then(|own| own.get("stage")) {
        let name = written.text().unwrap_or_default();
        push_reference(pen.span(written), (row, "stage", name), None, stages.contains(&name), pen);
    }
}

fn push_reference(
    span: Span,
    (job, kind, target): (RowId, &'static str, &str),
    target_job: Option<RowId>,
    is_defined: bool,
    pen: &mut Pen<'_, '_>,
) {
    let certainty = if target.contains('$') { Certainty::Unresolved } else { Certainty::Certain };
    let target = target.to_owned();
    pen.facts.push(CiReference { span, certainty, workflow: pen.workflow, job, kind, target, target_job, is_defined });
}

fn state_parts(root: Value<'_>, job: &Job<'_>, row: RowId, pen: &mut Pen<'_, '_>) {
    let place = Place { job: Some(row), step: None };
    pen.variables(job.get("variables"), place);
    let variables: Vec<Value<'_>> =
        job.chain.iter().chain([&root]).filter_map(|holder| holder.get("variables")).collect();
    job.get("image").into_iter().for_each(|image| pen.image(image, Some(row), ("container", None), &variables));
    for service in job.get("services").into_iter().flat_map(Value::items) {
        pen.image(service, Some(row), ("service", service.text_at("alias")), &variables);
    }
    job.get("rules").into_iter().flat_map(Value::items).for_each(|rule| state_rule(rule, (Some(row), "rules"), pen));
    for kind in ["only", "except"] {
        let holder = job.get(kind);
        let refs = holder.map(|holder| holder.get("refs").unwrap_or(holder).one_or_many()).unwrap_or_default();
        refs.into_iter().filter(|item| item.text().is_some()).for_each(|item| state_rule(item, (Some(row), kind), pen));
    }
    if job.name().starts_with('.') {
        return;
    }
    for (ordinal, section) in ["before_script", "script", "after_script"].into_iter().enumerate() {
        let inherited = || root.at(&["default", section]).or_else(|| root.get(section)).filter(|_| section != "script");
        if let Some(script) = job.get(section).or_else(inherited) {
            state_script(script, (ordinal, section), place, pen);
        }
    }
}

fn state_rule(rule: Value<'_>, (job, kind): (Option<RowId>, &'static str), pen: &mut Pen<'_, '_>) {
    let condition = rule.text().map(str::to_owned).or_else(|| rule.string_at("if"));
    let span = pen.span(rule);
    pen.facts.push(CiRule {
        span,
        certainty: Certainty::Certain,
        workflow: pen.workflow,
        job,
        kind,
        condition,
        run_when: rule.string_at("when"),
    });
}

/// A section's lines run in one shell, which stops at the first failure.
fn state_script(script: Value<'_>, (ordinal, section): (usize, &str), place: Place, pen: &mut Pen<'_, '_>) {
    let mut lines = Vec::new();
    flatten(script, 0, &mut lines);
    let mut whole = Script::default();
    let mut text = String::new();
    for line in &lines {
        let part = pen.script(*line);
        whole.incomplete |= part.incomplete;
        whole.commands.extend(part.commands);
        text.push_str(line.text().unwrap_or_default());
        text.push('\n');
    }
    let span = pen.span(lines.first().copied().unwrap_or(script));
    let step = CiStep {
        span,
        certainty: Certainty::Certain,
        workflow: pen.workflow,
        job: place.job,
        ordinal: ordinal as i64,
        key: Some(section.to_owned()),
        name: None,
        uses: None,
        run: Some(text),
        shell: None,
        working_directory: None,
        condition: None,
        ignores_failure: (section == "after_script").then(|| "true".to_owned()),
        purpose: purpose_of(&whole),
    };
    let id = pen.step(span, step);
    let options = Options { errexit: true, pipefail: true, ..Options::default() };
    pen.commands(&whole, id, Run { options, folder: "" });
    pen.builds(&whole, Place { step: Some(id), ..place });
}

/// The lines of a script: lists may nest, through anchors.
fn flatten<'d>(value: Value<'d>, depth: usize, into: &mut Vec<Value<'d>>) {
    if value.is_sequence() && depth < 10 && value.tag().is_none() {
        value.items().for_each(|item| flatten(item, depth + 1, into));
    } else if value.text().is_some() && into.len() < 5_000 {
        into.push(value);
    }
}

/// A job waits for those that it needs, or for all of the stages before its own.
fn waiting(jobs: &[Job<'_>], rows: &[RowId], stages: &[&str], pen: &Pen<'_, '_>) -> Vec<Waiting> {
    let by_name: HashMap<&str, RowId> = jobs.iter().zip(rows).map(|(job, row)| (job.name(), *row)).collect();
    let rank = |job: &Job<'_>| stages.iter().position(|name| *name == stage(job));
    let real: Vec<_> = jobs.iter().zip(rows).filter(|(job, _)| !job.name().starts_with('.')).collect();
    let wait = |(job, row): &(&Job<'_>, &RowId)| {
        let waits_for = match job.get("needs") {
            Some(needs) => {
                let names =
                    needs.one_or_many().into_iter().filter_map(|need| need.text().or_else(|| need.text_at("job")));
                names.filter_map(|name| by_name.get(name).copied()).collect()
            }
            None => real.iter().filter(|(other, _)| rank(other) < rank(job)).map(|(_, row)| **row).collect(),
        };
        Waiting { job: **row, span: pen.span(job.key), waits_for }
    };
    real.iter().map(wait).collect()
}
