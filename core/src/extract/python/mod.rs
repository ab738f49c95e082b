//! Facts of Python code, from the typed tree of each module and from what modules mean to each other.
//!
//! [`walk`] goes over a module once: `definitions`, `calls`, `settings`, `metrics`, `listeners`, `orm` and `routes`
//! state what they see there. `names` and `values` say what an expression stands for. When every module is known,
//! `link` joins them: mentions become uses, routes get their whole paths.

use std::rc::Rc;

use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;

use super::{Extractor, Model, TreeIndex};
use crate::facts::schema::python::{PythonImportEdge, PythonUse};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{Artifact, FileId, SourceFile};

mod calls;
mod chain;
mod definitions;
mod includes;
mod link;
mod listeners;
mod metrics;
mod model;
mod names;
mod orm;
mod packages;
mod requests;
mod routes;
mod routing;
mod scope;
mod settings;
mod shape;
mod standard;
mod statuses;
mod tokens;
mod values;
mod walk;
mod words;

use link::{Found, Program};
use model::{DefinedKind, ModuleModel};

/// States the facts of Python files.
pub(crate) struct Python;

impl Extractor for Python {
    fn name(&self) -> &'static str {
        "python"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        artifact == Artifact::Python
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "python_module",
            "python_import",
            "python_import_edge",
            "python_function",
            "python_class",
            "python_base",
            "python_decorator",
            "python_field",
            "python_call",
            "python_argument",
            "python_assignment",
            "python_raise",
            "python_parameter",
            "python_use",
            "python_route",
            "python_mount",
            "python_route_guard",
            "python_setting",
            "python_metric",
            "python_listener",
            "python_model",
            "python_column",
            "python_index",
            "python_relationship",
            "python_test_request",
            "python_expected_status",
            "python_token_count",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        // A stub declares what stands elsewhere.
        if file.path.ends_with(".pyi") {
            return None;
        }
        let module = file.python().ok()?;
        let parsed = &module.parsed;
        let body = parsed.suite();
        let walker = walk::Walker::new(file, body, !parsed.errors().is_empty(), facts);
        Some(Box::new(walker.walk(body)))
    }

    fn link(&self, models: &[(FileId, Model)], _tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let modules = models.iter().filter_map(|(file, model)| Some((*file, model.downcast_ref::<ModuleModel>()?)));
        let program = Program::new(modules.collect());
        let resolve = |(_, model): &(FileId, &ModuleModel)| (import_edges(&program, model), uses(&program, model));
        let resolved: Vec<_> = program.modules.par_iter().map(resolve).collect();
        for ((_, model), (edges, uses)) in program.modules.iter().zip(resolved) {
            for edge in edges {
                facts.push(edge);
            }
            for used in uses {
                facts.push(used);
            }
            state_pending(&program, model, facts);
        }
        state_metrics(&program, facts);
        routing::state_routes(&program, facts);
    }
}

/// Which modules of the tree each import means: the longest module that its name begins with.
fn import_edges(program: &Program<'_>, model: &ModuleModel) -> Vec<PythonImportEdge> {
    let mut edges = Vec::new();
    for import in &model.imports {
        let Some((name, certainty)) = program.canonical(&model.name, &import.name) else { continue };
        let base = program.canonical(&model.name, &import.base).map(|(base, _)| base);
        let exact = [Some(&name), base.as_ref()].into_iter().flatten().filter_map(|name| program.module(name));
        let mut targets: Vec<Option<usize>> = exact.map(Some).collect();
        if targets.is_empty() {
            targets.push(program.longest_module(&name));
        }
        targets.sort_unstable();
        targets.dedup();
        for target in targets {
            edges.push(PythonImportEdge {
                span: import.span,
                certainty,
                import: import.row,
                source: model.row,
                target: target.map(|target| program.model(target).row),
            });
        }
    }
    edges
}

/// Mentions that mean a definition of the tree; one row for each function, target and attribute.
fn uses(program: &Program<'_>, model: &ModuleModel) -> Vec<PythonUse> {
    let mut uses = Vec::new();
    let mut targets: HashMap<&str, Vec<Target>> = HashMap::new();
    let mut seen = HashSet::with_capacity(model.mentions.len() / 2);
    for mention in model.mentions.iter().filter(|mention| program.may_have(&mention.name)) {
        let found = targets.entry(&mention.name).or_insert_with(|| targets_of(program, &model.name, &mention.name));
        for (target, attribute) in found {
            if seen.insert((mention.function, *target, mention.is_call, attribute.clone())) {
                uses.push(PythonUse {
                    span: mention.span,
                    certainty: Certainty::Certain,
                    target: *target,
                    module: model.row,
                    function: mention.function,
                    is_call: mention.is_call,
                    attribute: attribute.as_deref().map(str::to_owned),
                });
            }
        }
    }
    uses
}
/// What a mention uses: a definition, and the attribute of it that is meant.
type Target = (RowId, Option<Rc<str>>);

/// What a mention uses: the definition it ends at, and the variable that it went through.
fn targets_of(program: &Program<'_>, from: &str, name: &str) -> Vec<Target> {
    let mut targets = Vec::new();
    if let Some(Found::Defined { defined, rest, .. }) = program.find(from, name) {
        let attribute = Some(packages::first_part(&rest)).filter(|attribute| !attribute.is_empty());
        targets.extend(defined.row.map(|row| (row, attribute.map(Rc::from))));
    }
    // `pool.acquire` uses the variable `pool`, whatever `acquire` is.
    if let Some((holder, attribute)) = name.rsplit_once('.')
        && let Some(Found::Defined { defined, rest, .. }) = program.find(from, holder)
        && rest.is_empty()
        && matches!(defined.kind, DefinedKind::Variable | DefinedKind::Class)
        && let Some(row) = defined.row
        && targets.iter().all(|(target, _)| *target != row)
    {
        targets.push((row, Some(attribute.into())));
    }
    targets
}

/// Calls whose receiver another module made, and decorators: named by what they stand for.
fn state_pending(program: &Program<'_>, model: &ModuleModel, facts: &mut FactSet) {
    for pending in &model.pending {
        let Some(callee) = program.foreign(&model.name, &pending.call.callee) else { continue };
        if packages::interest(&callee) != packages::Interest::Known {
            continue;
        }
        let package = packages::first_part(&callee).to_owned();
        let row = facts.push(crate::facts::schema::python::PythonCall { callee, package, ..pending.call.clone() });
        for argument in &pending.arguments {
            let argument = argument.clone();
            facts.push(crate::facts::schema::python::PythonArgument { call: row, ..argument });
        }
    }
    for decorator in &model.decorators {
        let name = program.identity(&model.name, &decorator.name).unwrap_or_else(|| decorator.name.clone());
        facts.push(crate::facts::schema::python::PythonDecorator { name, ..decorator.clone() });
    }
}

/// Metrics, with whether any module updates the variable that holds them.
fn state_metrics(program: &Program<'_>, facts: &mut FactSet) {
    let mut updated: HashSet<String> = HashSet::new();
    let mut mentioned: HashSet<String> = HashSet::new();
    let metrics: Vec<_> = program.modules.iter().flat_map(|(_, model)| &model.metrics).collect();
    if metrics.is_empty() {
        return;
    }
    for (_, model) in &program.modules {
        for mention in &model.mentions {
            let Some((holder, attribute)) = mention.name.rsplit_once('.') else { continue };
            match attribute {
                "inc"
                | "dec"
                | "set"
                | "observe"
                | "time"
                | "labels"
                | "info"
                | "state"
                | "set_function"
                | "set_to_current_time"
                | "count_exceptions"
                | "track_inprogress" => {
                    updated.extend(program.holder(&model.name, holder));
                }
                _ => {}
            }
            if !mention.is_call {
                mentioned.extend(program.holder(&model.name, &mention.name));
            }
        }
    }
    for metric in metrics {
        let known = metric.variable.as_deref().map(|variable| match updated.contains(variable) {
            true => Some(true),
            // Passed on as a value: whoever takes it may update it.
            false if mentioned.contains(variable) => None,
            false => Some(false),
        });
        let fact = metric.fact.clone();
        facts.push(crate::facts::schema::python::PythonMetric { updated: known.flatten(), ..fact });
    }
}

#[cfg(test)]
mod tests;
