//! Workflows and composite actions of GitHub Actions.

use std::collections::HashMap;

use super::order::{self, Waiting};
use super::steps::{Pen, Place, Run, purpose_of};
use crate::extract::shell::{FileUse, Options};
use crate::extract::yaml::Node;
use crate::facts::schema::ci::{
    CiInput, CiJob, CiPermission, CiReference, CiRepeatedKey, CiRuntime, CiStep, CiTrigger, CiWorkflow,
};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{SourceFile, Span};
use crate::syntax::yaml::Value;

/// Most jobs of one file.
const MAX_JOBS: usize = 2_000;

/// States a workflow; gives the files that its scripts name.
pub(super) fn workflow(file: &SourceFile<'_>, facts: &mut FactSet) -> Vec<FileUse> {
    let Some(root) = file.yaml().values().next().filter(|root| root.is_mapping()) else { return Vec::new() };
    let triggers = root.get("on");
    let workflow = state_workflow(file, root, "workflow", facts);
    state_repeated_keys(file, workflow, facts);
    let mut pen = Pen { file, facts, workflow, uses: Vec::new() };
    triggers.into_iter().for_each(|on| state_triggers(on, &mut pen));
    state_permissions(root, None, &mut pen);
    pen.variables(root.get("env"), Place::default());
    let jobs: Vec<(Value<'_>, Value<'_>)> =
        root.get("jobs").into_iter().flat_map(Value::entries).take(MAX_JOBS).collect();
    state_jobs(root, &jobs, &mut pen);
    pen.uses
}

/// States a composite action; gives the files that its scripts name.
pub(super) fn action(file: &SourceFile<'_>, facts: &mut FactSet) -> Vec<FileUse> {
    let Some(root) = file.yaml().values().next().filter(|root| root.is_mapping()) else { return Vec::new() };
    let workflow = state_workflow(file, root, "action", facts);
    let mut pen = Pen { file, facts, workflow, uses: Vec::new() };
    let steps = root.at(&["runs", "steps"]);
    let folder = String::new();
    for (ordinal, step) in steps.into_iter().flat_map(Value::items).enumerate() {
        state_step(
            step,
            ordinal,
            &Defaults { job: None, shell: None, folder: &folder, matrix: None, is_windows: false },
            &mut pen,
        );
    }
    pen.uses
}

fn state_workflow(file: &SourceFile<'_>, root: Value<'_>, kind: &'static str, facts: &mut FactSet) -> RowId {
    let name = root.get("name").filter(|name| name.text().is_some());
    let file_name = file.path.rsplit('/').next().unwrap_or(file.path);
    let is_reusable =
        root.get("on").is_some_and(|on| on.get("workflow_call").is_some() || on.texts().contains(&"workflow_call"));
    facts.push(CiWorkflow {
        span: name.map_or(Span::file_start(file.id), |name| file.span(name.range())),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        system: "github",
        kind,
        name: name.and_then(Value::text).unwrap_or(file_name).to_owned(),
        is_reusable,
        permissions: root.get("permissions").map(permission_kind),
        has_concurrency: root.get("concurrency").is_some(),
        is_partial: false,
    })
}

/// States keys that stand twice in one mapping, for which GitHub refuses the whole file.
fn state_repeated_keys(file: &SourceFile<'_>, workflow: RowId, facts: &mut FactSet) {
    for key in Node::roots(file).first().map(|root| root.repeated_keys()).unwrap_or_default() {
        let (span, name) = (key.span(), key.text().unwrap_or_default().to_owned());
        facts.push(CiRepeatedKey { span, certainty: Certainty::Certain, workflow, key: name });
    }
}

fn permission_kind(value: Value<'_>) -> &'static str {
    match value.text() {
        Some("read-all") => "read-all",
        Some("write-all") => "write-all",
        _ if value.is_mapping() && value.entries().next().is_none() => "none",
        _ => "listed",
    }
}

fn state_triggers(on: Value<'_>, pen: &mut Pen<'_, '_>) {
    if !on.is_mapping() {
        for event in on.one_or_many() {
            state_trigger(event, None, pen);
        }
        return;
    }
    for (event, settings) in on.entries() {
        let schedules = settings.is_sequence() && event.text() == Some("schedule");
        if schedules {
            settings.items().for_each(|item| state_trigger(event, Some(item), pen));
        } else {
            state_trigger(event, Some(settings), pen);
        }
    }
}

fn state_trigger(event: Value<'_>, settings: Option<Value<'_>>, pen: &mut Pen<'_, '_>) {
    let Some(name) = event.text() else { return };
    let list = |key: &str| settings.and_then(|settings| settings.get(key)).map(|value| value.texts().join(" "));
    pen.facts.push(CiTrigger {
        span: pen.file.span(event.range()),
        certainty: Certainty::Certain,
        workflow: pen.workflow,
        event: name.to_owned(),
        branches: list("branches"),
        tags: list("tags"),
        types: list("types"),
        cron: list("cron"),
        inputs: settings.and_then(|settings| settings.get("inputs")).map(|inputs| {
            let names = inputs.entries().filter_map(|(name, _)| name.text());
            names.map(str::to_ascii_lowercase).collect::<Vec<_>>().join(" ")
        }),
    });
}

fn state_permissions(holder: Value<'_>, job: Option<RowId>, pen: &mut Pen<'_, '_>) {
    let Some(permissions) = holder.get("permissions") else { return };
    let mut rows: Vec<(Value<'_>, String, String)> = Vec::new();
    if let Some(access) = permissions.text().and_then(|text| text.strip_suffix("-all")) {
        rows.push((permissions, "all".into(), access.into()));
    }
    for (scope, access) in permissions.entries() {
        if let (Some(name), Some(value)) = (scope.text(), access.text()) {
            rows.push((scope, name.into(), value.into()));
        }
    }
    for (value, scope, access) in rows {
        let span = pen.span(value);
        pen.facts.push(CiPermission {
            span,
            certainty: Certainty::Certain,
            workflow: pen.workflow,
            job,
            scope,
            access,
        });
    }
}

/// Jobs get their rows first, so that `needs` can refer to those written later.
fn state_jobs(root: Value<'_>, jobs: &[(Value<'_>, Value<'_>)], pen: &mut Pen<'_, '_>) {
    let rows: Vec<RowId> = jobs.iter().map(|(key, job)| state_job(*key, *job, pen)).collect();
    let by_key: HashMap<&str, RowId> =
        jobs.iter().zip(&rows).filter_map(|((key, _), row)| Some((key.text()?, *row))).collect();
    let mut waiting = Vec::new();
    for ((key, job), row) in jobs.iter().zip(&rows) {
        let needs = job.get("needs").map(Value::one_or_many).unwrap_or_default();
        let mut waits_for = Vec::new();
        for need in needs {
            let Some(target) = need.text() else { continue };
            let target_job = by_key.get(target).copied();
            waits_for.extend(target_job);
            let reference = CiReference {
                span: pen.span(need),
                certainty: Certainty::Certain,
                workflow: pen.workflow,
                job: *row,
                kind: "needs",
                target: target.to_owned(),
                target_job,
                is_defined: target_job.is_some(),
            };
            pen.facts.push(reference);
        }
        waiting.push(Waiting { job: *row, span: pen.span(*key), waits_for });
        state_job_parts(root, *job, *row, pen);
    }
    order::state(&waiting, pen.facts);
}

fn state_job(key: Value<'_>, job: Value<'_>, pen: &mut Pen<'_, '_>) -> RowId {
    let ignores_failure = job.string_at("continue-on-error").filter(|text| text != "false");
    let runs_on = job.get("runs-on");
    let group = runs_on.and_then(|value| value.text_at("group")).map(|group| format!("group:{group}"));
    let runners = runs_on.map(|value| match (value.get("labels"), &group) {
        (Some(labels), _) => labels.texts(),
        (None, Some(group)) => vec![group.as_str()],
        (None, None) => value.texts(),
    });
    // The runners of a matrix stand for the expression that chooses among them.
    let chosen = runners.as_ref().and_then(|texts| match texts[..] {
        [text] if text.contains("${{") => {
            let entries = job.at(&["strategy", "matrix", bare(text).strip_prefix("matrix.")?])?.texts();
            (!entries.is_empty() && entries.iter().all(|entry| !entry.contains("${{"))).then_some(entries)
        }
        _ => None,
    });
    let labels = chosen.or(runners).map(|texts| texts.join(" "));
    let environment = job.get("environment");
    let condition = job.string_at("if");
    pen.facts.push(CiJob {
        span: pen.file.span(key.range()),
        certainty: Certainty::Certain,
        workflow: pen.workflow,
        key: key.text().unwrap_or_default().to_owned(),
        name: job.string_at("name"),
        stage: None,
        runs_on: labels.filter(|labels| !labels.is_empty()),
        is_disabled: condition.as_deref().map(bare).is_some_and(|text| text == "false"),
        condition,
        is_partly_ignored: ignores_failure.as_deref().is_some_and(|text| text.contains("matrix.")),
        ignores_failure,
        is_manual: false,
        environment: environment.and_then(|value| value.text().or_else(|| value.text_at("name"))).map(str::to_owned),
        uses: job.string_at("uses"),
        timeout: job.string_at("timeout-minutes"),
        permissions: job.get("permissions").map(permission_kind),
        has_concurrency: job.get("concurrency").is_some(),
        inherits_secrets: job.text_at("secrets") == Some("inherit"),
        is_template: false,
    })
}

/// A condition without `${{ }}` around it.
fn bare(condition: &str) -> &str {
    let condition = condition.trim();
    condition.strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}")).unwrap_or(condition).trim()
}

/// What the steps of a job take from their surroundings.
struct Defaults<'d> {
    job: Option<RowId>,
    shell: Option<&'d str>,
    folder: &'d str,
    matrix: Option<Value<'d>>,
    is_windows: bool,
}

fn state_job_parts<'d>(root: Value<'d>, job: Value<'d>, row: RowId, pen: &mut Pen<'_, '_>) {
    let place = Place { job: Some(row), step: None };
    state_permissions(job, Some(row), pen);
    pen.variables(job.get("env"), place);
    for (key, kind) in [("if", "if"), ("runs-on", "other"), ("environment", "other"), ("strategy", "other")] {
        job.get(key).into_iter().for_each(|value| pen.contexts(value, (place, kind, key)));
    }
    if let Some(uses) = job.get("uses") {
        pen.action(uses, place);
        state_inputs(job.get("with"), place, pen);
        job.get("secrets").into_iter().flat_map(Value::entries).for_each(|(name, value)| {
            pen.contexts(value, (place, "with", name.text().unwrap_or_default()));
        });
    }
    job.get("container").into_iter().for_each(|image| pen.image(image, Some(row), ("container", None), &[]));
    for (name, service) in job.get("services").into_iter().flat_map(Value::entries) {
        pen.image(service, Some(row), ("service", name.text()), &[]);
    }
    let run = |key: &str| {
        [job, root].into_iter().find_map(|holder| holder.at(&["defaults", "run", key]).and_then(Value::text))
    };
    let defaults = Defaults {
        job: Some(row),
        shell: run("shell"),
        folder: run("working-directory").unwrap_or_default(),
        matrix: job.at(&["strategy", "matrix"]),
        is_windows: job
            .get("runs-on")
            .is_some_and(|value| value.texts().iter().any(|label| label.starts_with("windows"))),
    };
    for (ordinal, step) in job.get("steps").into_iter().flat_map(Value::items).enumerate() {
        state_step(step, ordinal, &defaults, pen);
    }
}

fn state_step(step: Value<'_>, ordinal: usize, defaults: &Defaults<'_>, pen: &mut Pen<'_, '_>) {
    let shell = step.text_at("shell").or(defaults.shell);
    let is_shell = match shell {
        Some(shell) => ["bash", "sh"]
            .iter()
            .any(|known| shell.split_whitespace().next().is_some_and(|first| first.ends_with(known))),
        None => !defaults.is_windows,
    };
    let script = step.get("run").filter(|_| is_shell).map(|run| pen.script(run)).unwrap_or_default();
    let uses = step.get("uses");
    let by_action =
        uses.and_then(Value::text).and_then(|uses| super::action::purpose(&super::action::reference(uses).action));
    let purpose = by_action.or_else(|| purpose_of(&script));
    let folder = step.text_at("working-directory").unwrap_or(defaults.folder).trim_start_matches("./");
    let span = pen.span(step.get("name").or(step.get("run")).or(uses).unwrap_or(step));
    let row = CiStep {
        span,
        certainty: Certainty::Certain,
        workflow: pen.workflow,
        job: defaults.job,
        ordinal: ordinal as i64,
        key: step.string_at("id"),
        name: step.string_at("name"),
        uses: step.string_at("uses"),
        run: step.string_at("run"),
        shell: shell.map(str::to_owned),
        working_directory: (!folder.is_empty()).then(|| folder.to_owned()),
        condition: step.string_at("if"),
        ignores_failure: step.string_at("continue-on-error").filter(|text| text != "false"),
        purpose,
    };
    let id = pen.step(span, row);
    let place = Place { job: defaults.job, step: Some(id) };
    uses.into_iter().for_each(|uses| {
        pen.action(uses, place);
    });
    let options = Options { errexit: true, pipefail: shell == Some("bash"), ..Options::default() };
    pen.commands(&script, id, Run { options, folder });
    pen.builds(&script, place);
    state_step_values(step, (place, id), defaults, pen);
}

fn state_step_values(step: Value<'_>, (place, id): (Place, RowId), defaults: &Defaults<'_>, pen: &mut Pen<'_, '_>) {
    for (key, kind) in [("run", "run"), ("if", "if"), ("name", "other"), ("working-directory", "other")] {
        step.get(key).into_iter().for_each(|value| pen.contexts(value, (place, kind, key)));
    }
    pen.variables(step.get("env"), place);
    let with = step.get("with");
    state_inputs(with, place, pen);
    let Some(with) = with else { return };
    let action = step.text_at("uses").unwrap_or_default();
    if action.starts_with("docker/build-push-action") {
        let is_pushed = with.text_at("push").is_some_and(|push| push != "false");
        let tags = with.get("tags").map(tag_list).unwrap_or_default();
        let images = if tags.is_empty() { vec![None] } else { tags.into_iter().map(Some).collect() };
        let span = pen.span(step.get("uses").unwrap_or(step));
        for image in images {
            pen.build(span, (place, id), image, (&with.string_at("context"), &with.string_at("file"), is_pushed));
        }
    }
    for (input, language) in
        [("python-version", "python"), ("node-version", "node"), ("go-version", "go"), ("java-version", "java")]
    {
        with.get(input).into_iter().for_each(|value| state_runtime(value, language, defaults, pen));
    }
}

fn tag_list(tags: Value<'_>) -> Vec<String> {
    let parts = tags.texts().into_iter().flat_map(|text| text.split([',', '\n']));
    parts.map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}

fn state_inputs(with: Option<Value<'_>>, place: Place, pen: &mut Pen<'_, '_>) {
    for (key, value) in with.into_iter().flat_map(Value::entries) {
        let (Some(name), Some(text)) = (key.text(), value.text()) else { continue };
        let span = pen.span(value);
        pen.facts.push(CiInput {
            span,
            certainty: if text.contains("${{") { Certainty::Unresolved } else { Certainty::Certain },
            step: place.step,
            job: place.job,
            name: name.to_owned(),
            value: text.to_owned(),
        });
        pen.contexts(value, (place, "with", name));
    }
}

/// A version, each line or item of several, or the entries of the matrix that an expression names.
fn state_runtime(value: Value<'_>, language: &'static str, defaults: &Defaults<'_>, pen: &mut Pen<'_, '_>) {
    let span = pen.span(value);
    let mut versions: Vec<String> = Vec::new();
    for text in value.texts() {
        let variable = bare(text).strip_prefix("matrix.").filter(|_| text.contains("${{"));
        let entries = variable.and_then(|name| defaults.matrix?.get(name));
        match entries {
            Some(entries) => versions.extend(entries.texts().into_iter().map(str::to_owned)),
            None => versions.extend(text.lines().map(|line| line.trim().to_owned())),
        }
    }
    for version in versions.into_iter().filter(|version| !version.is_empty()) {
        let certainty = if version.contains('$') { Certainty::Unresolved } else { Certainty::Certain };
        pen.facts.push(CiRuntime { span, certainty, workflow: pen.workflow, job: defaults.job, language, version });
    }
}
