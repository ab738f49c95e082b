//! The rows of a project: its files, its top-level entries, its services.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Sources;
use super::interpolate::interpolate;
use super::load::{self, Loaded, section};
use super::project::Plan;
use super::value::{Entry, Scalar, Value};
use crate::extract::role;
use crate::facts::schema::compose::{
    ComposeNetwork, ComposeProblem, ComposeProject, ComposeProjectFile, ComposeReference, ComposeSecret, ComposeVolume,
};
use crate::facts::{Certainty, FactSet, RowId, path_join};
use crate::source::{FileId, Span};

/// Most projects of one tree.
const MAX_PROJECTS: usize = 4000;

/// The tables that this extractor fills.
pub(super) const TABLES: &[&str] = &[
    "compose_file",
    "compose_project",
    "compose_project_file",
    "compose_problem",
    "compose_service",
    "compose_setting",
    "compose_build",
    "compose_port",
    "compose_mount",
    "compose_environment",
    "compose_env_file",
    "compose_variable_use",
    "compose_secret",
    "compose_secret_grant",
    "compose_network",
    "compose_service_network",
    "compose_depends_on",
    "compose_volume",
    "compose_healthcheck",
    "compose_label",
    "compose_argument",
    "compose_reference",
    "compose_host_name",
];

/// A project while its rows are stated.
pub(super) struct Project<'a> {
    pub sources: &'a Sources<'a>,
    pub plan: &'a Plan,
    pub loaded: &'a Loaded,
    pub id: RowId,
    roles: HashMap<FileId, &'static str>,
    pub networks: BTreeMap<String, RowId>,
    pub volumes: BTreeMap<String, RowId>,
    pub secrets: BTreeMap<(&'static str, String), RowId>,
    pub services: BTreeMap<String, RowId>,
}

/// States every project. `plans` come in the order in which a definition that several share is judged.
pub(super) fn state_projects(sources: &Sources<'_>, plans: &[Plan], facts: &mut FactSet) {
    let mut seen = BTreeSet::new();
    let mut problems = BTreeSet::new();
    for plan in plans.iter().take(MAX_PROJECTS) {
        let mut loaded = load::load(&sources.models, sources.tree, &plan.folder, &plan.files);
        interpolate(&mut loaded.root, &environment_of(sources, &plan.folder));
        for trouble in &loaded.troubles {
            if problems.insert((trouble.span, trouble.message.clone())) {
                state_problem(trouble, facts);
            }
        }
        state_project(sources, plan, &loaded, &mut seen, facts);
    }
}

/// What the `.env` beside a project sets.
fn environment_of(sources: &Sources<'_>, folder: &str) -> HashMap<String, String> {
    let path = if folder.is_empty() { ".env".to_owned() } else { format!("{folder}/.env") };
    let file = sources.environments.get(path.as_str()).filter(|file| file.is_real);
    let entries = file.map(|file| file.entries.as_slice()).unwrap_or_default();
    entries.iter().filter_map(|(name, value, _)| Some((name.clone(), value.clone()?))).collect()
}

fn state_problem(trouble: &load::Trouble, facts: &mut FactSet) {
    let certainty = Certainty::Unresolved;
    facts.push(ComposeProblem { span: trouble.span, certainty, kind: trouble.kind, message: trouble.message.clone() });
}

fn state_project(sources: &Sources<'_>, plan: &Plan, loaded: &Loaded, seen: &mut BTreeSet<Span>, facts: &mut FactSet) {
    let first = plan.files.first().and_then(|path| sources.models.get(path.as_str()));
    let certainty = if loaded.is_whole { Certainty::Certain } else { Certainty::Unresolved };
    let folder_name = plan.folder.rsplit('/').next().unwrap_or_default();
    let id = facts.push(ComposeProject {
        span: Span::file_start(first.map(|model| model.id).unwrap_or_default()),
        certainty,
        folder: plan.folder.clone(),
        name: loaded.root.get("name").and_then(Value::text).unwrap_or(folder_name).to_owned(),
        role: plan.role,
        files: plan.files.join(", "),
        is_default: plan.is_default,
    });
    let mut project = Project {
        sources,
        plan,
        loaded,
        id,
        roles: sources.models.values().map(|model| (model.id, model.role)).collect(),
        networks: BTreeMap::new(),
        volumes: BTreeMap::new(),
        secrets: BTreeMap::new(),
        services: BTreeMap::new(),
    };
    project.state_files(facts);
    project.state_networks(facts);
    project.state_volumes(facts);
    project.state_secrets("secret", facts);
    project.state_secrets("config", facts);
    project.state_references(facts);
    super::service::state_services(&mut project, seen, facts);
}

/// What is known of a path that a file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The path from the root.
    pub path: Option<String>,
    /// `file`, `folder`, `missing`, `absolute`, `outside` or `unknown`.
    pub state: &'static str,
}

impl Project<'_> {
    /// What the file that holds `span` is for.
    pub(super) fn role(&self, span: Span) -> &'static str {
        self.roles.get(&span.file()).copied().unwrap_or(self.plan.role)
    }

    /// What a service defined at `span` is for: the less serious of its project and its file.
    pub(super) fn role_of_service(&self, span: Span) -> &'static str {
        let own = self.role(span);
        if role::rank(own) > role::rank(self.plan.role) { own } else { self.plan.role }
    }

    /// The place of a path that stands at `span`.
    pub(super) fn place(&self, scalar: &Scalar, span: Span) -> Place {
        self.place_in(self.base(span), scalar)
    }

    /// The folder from which relative paths at `span` count.
    pub(super) fn base(&self, span: Span) -> &str {
        self.loaded.bases.get(&span.file()).map_or(self.plan.folder.as_str(), String::as_str)
    }

    /// The place of a path that counts from `base`.
    pub(super) fn place_in(&self, base: &str, scalar: &Scalar) -> Place {
        let tree = self.sources.tree;
        let text = scalar.text.as_str();
        if scalar.is_unset() {
            return Place { path: None, state: "unknown" };
        }
        if text.starts_with(['/', '~', '\\']) || text.get(1..2) == Some(":") {
            return Place { path: None, state: "absolute" };
        }
        let Some(path) = path_join(base, text) else { return Place { path: None, state: "outside" } };
        let state = match path.as_str() {
            path if tree.file(path).is_some() => "file",
            path if tree.has_folder(path) => "folder",
            path if tree.is_skipped(path) => "unknown",
            _ => "missing",
        };
        Place { path: Some(path), state }
    }

    /// `defined` where something is there; `missing` only where every file that could define it was read.
    pub(super) fn state_of(&self, is_defined: bool) -> &'static str {
        match (is_defined, self.loaded.is_whole) {
            (true, _) => "defined",
            (false, true) => "missing",
            (false, false) => "unknown",
        }
    }

    fn state_files(&self, facts: &mut FactSet) {
        for (path, how) in &self.loaded.files {
            let file = self.sources.models.get(path.as_str()).map(|model| model.id).unwrap_or_default();
            facts.push(ComposeProjectFile {
                span: Span::file_start(file),
                certainty: Certainty::Certain,
                project: self.id,
                path: path.clone(),
                how,
            });
        }
    }

    fn state_networks(&mut self, facts: &mut FactSet) {
        let root = &self.loaded.root;
        let mut declared: Vec<Entry> = section(root, "networks").cloned().collect();
        let names_default = declared.iter().any(|entry| entry.key == "default");
        if !names_default {
            let span = root.get("services").map_or(root.span, |services| services.span);
            declared.push(Entry { key: "default".into(), key_span: span, value: Value::null(span) });
        }
        for entry in declared {
            let external = external(&entry.value);
            let id = facts.push(ComposeNetwork {
                span: entry.key_span,
                certainty: Certainty::Certain,
                project: self.id,
                name: entry.key.clone(),
                is_declared: names_default || entry.key != "default",
                is_external: external.0,
                external_name: external.1,
                is_internal: entry.value.get("internal").and_then(Value::boolean).unwrap_or(false),
                driver: entry.value.get("driver").and_then(Value::text).map(str::to_owned),
                role: self.role(entry.key_span),
            });
            self.networks.insert(entry.key, id);
        }
    }

    fn state_volumes(&mut self, facts: &mut FactSet) {
        for entry in section(&self.loaded.root, "volumes") {
            let external = external(&entry.value);
            let id = facts.push(ComposeVolume {
                span: entry.key_span,
                certainty: Certainty::Certain,
                project: self.id,
                name: entry.key.clone(),
                is_external: external.0,
                external_name: external.1,
                driver: entry.value.get("driver").and_then(Value::text).map(str::to_owned),
                role: self.role(entry.key_span),
            });
            self.volumes.insert(entry.key.clone(), id);
        }
    }

    fn state_secrets(&mut self, kind: &'static str, facts: &mut FactSet) {
        let key = if kind == "secret" { "secrets" } else { "configs" };
        for entry in section(&self.loaded.root, key) {
            let value = &entry.value;
            let has = |key: &str| value.get(key).is_some();
            let source = ["file", "environment", "content", "external"].into_iter().find(|key| has(key));
            let place = value.get("file").and_then(|file| Some(self.place(file.as_scalar()?, file.span)));
            let id = facts.push(ComposeSecret {
                span: value.get("file").map_or(entry.key_span, |file| file.span),
                certainty: Certainty::Certain,
                project: self.id,
                kind,
                name: entry.key.clone(),
                source: source.unwrap_or("unknown"),
                path_state: place.as_ref().map_or("none", |place| place.state),
                path: place.and_then(|place| place.path),
                variable: value.get("environment").and_then(Value::text).map(str::to_owned),
                role: self.role(entry.key_span),
            });
            self.secrets.insert((kind, entry.key.clone()), id);
        }
    }

    fn state_references(&self, facts: &mut FactSet) {
        for named in &self.loaded.references {
            facts.push(ComposeReference {
                span: named.span,
                certainty: Certainty::Certain,
                project: self.id,
                service: None,
                kind: named.kind,
                name: named.name.clone(),
                state: named.state,
                is_required: true,
                role: self.role(named.span),
            });
        }
    }
}

/// Whether somebody else creates the entry, and the name that it has outside.
fn external(value: &Value) -> (bool, Option<String>) {
    let external = value.get("external");
    let is_external = match external {
        Some(external) if !external.entries().is_empty() => true,
        Some(external) => external.boolean().unwrap_or(false),
        None => false,
    };
    let name = external.and_then(|external| external.get("name")).or_else(|| value.get("name"));
    (is_external, name.and_then(Value::text).map(str::to_owned))
}
