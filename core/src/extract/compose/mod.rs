//! Compose: from files to the merged model that the engine would start, and from that to rows.
//!
//! [`Extractor::extract`] keeps each file by itself ([`model`]); the link step plans which files make a project
//! ([`project`]), merges them ([`load`]), fills variables ([`interpolate`]) and states the rows of every service.
//! Each row points at the line that sets the value, be it in a base, an override, an anchor or an extended service.

mod arguments;
mod canonical;
mod command_line;
mod environment;
mod health;
mod interpolate;
mod load;
mod merge;
mod model;
mod mount;
mod names;
mod port;
mod project;
mod resources;
mod rows;
mod service;
mod value;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::dotenv::{self, lexer};
use super::{Extractor, Model, TreeIndex};
use crate::facts::schema::compose::{ComposeFile, ComposeVariableUse};
use crate::facts::{Certainty, FactSet, path_join};
use crate::source::{Artifact, FileId, SourceFile, Span};

pub(crate) use arguments::arguments;
pub(crate) use health::{local_port, program};
use model::FileModel;

/// States Compose projects.
pub(super) struct Compose;

/// What is kept of a file.
enum Kept {
    Compose(FileModel),
    Environment(EnvironmentFile),
    CommandLines(Vec<Vec<String>>),
}

/// An environment file's settings, with their places.
#[derive(Debug)]
struct EnvironmentFile {
    path: String,
    is_real: bool,
    entries: Vec<(String, Option<String>, Span)>,
}

/// What the link step knows of the tree.
struct Sources<'a> {
    models: BTreeMap<&'a str, &'a FileModel>,
    environments: BTreeMap<&'a str, &'a EnvironmentFile>,
    tree: &'a TreeIndex<'a>,
}

impl Extractor for Compose {
    fn name(&self) -> &'static str {
        "compose"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(
            artifact,
            Artifact::Compose
                | Artifact::DotEnv
                | Artifact::Shell
                | Artifact::Makefile
                | Artifact::Markdown
                | Artifact::GithubWorkflow
                | Artifact::GitlabCi
        )
    }

    fn fills(&self) -> &'static [&'static str] {
        rows::TABLES
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let kept = match file.artifact {
            Artifact::Compose => {
                let model = FileModel::read(file);
                state_file(file, &model, facts);
                Kept::Compose(model)
            }
            Artifact::DotEnv => Kept::Environment(read_environment(file)),
            _ => Kept::CommandLines(command_line::compose_files(file.text, dotenv::folder(file.path))?),
        };
        Some(Box::new(kept))
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let kept: Vec<&Kept> = models.iter().filter_map(|(_, model)| model.downcast_ref()).collect();
        let mut sources = Sources { models: BTreeMap::new(), environments: BTreeMap::new(), tree };
        let mut command_lines = BTreeSet::new();
        for kept in kept {
            match kept {
                Kept::Compose(model) => {
                    command_lines.extend(model.command_lines.iter().cloned());
                    sources.models.insert(&model.path, model);
                }
                Kept::Environment(file) => drop(sources.environments.insert(&file.path, file)),
                Kept::CommandLines(lines) => command_lines.extend(lines.iter().cloned()),
            }
        }
        let command_lines: Vec<Vec<String>> = command_lines.into_iter().collect();
        let plans = project::plan(&sources.models, &command_lines);
        rows::state_projects(&sources, &plans, facts);
        state_variables(&sources, facts);
    }
}

/// The build contexts and Dockerfiles that a Compose file names by itself, as paths from the root.
pub(super) fn builds(file: &SourceFile<'_>) -> Vec<(String, String)> {
    let mut model = FileModel::read(file);
    interpolate::interpolate(&mut model.root, &std::collections::HashMap::new());
    let builds = model.services().iter().filter_map(|entry| entry.value.get("build"));
    let paths = builds.filter_map(|build| {
        let text = |key: &str, default: &'static str| match build.get(key) {
            Some(value) => value.known_text(),
            None => Some(default),
        };
        let context = path_join(model.folder(), text("context", ".")?)?;
        let dockerfile = path_join(&context, text("dockerfile", "Dockerfile")?)?;
        (!context.contains(':')).then_some((context, dockerfile))
    });
    paths.collect()
}

fn read_environment(file: &SourceFile<'_>) -> EnvironmentFile {
    let entries = lexer::lex(file.text).0.into_iter();
    EnvironmentFile {
        path: file.path.to_owned(),
        is_real: dotenv::kind(file.path, file.text) == "real",
        entries: entries.map(|entry| (entry.name, entry.value, file.span(entry.range))).collect(),
    }
}

fn state_file(file: &SourceFile<'_>, model: &FileModel, facts: &mut FactSet) {
    let version = model.root.get("version");
    facts.push(ComposeFile {
        span: Span::file_start(file.id),
        certainty: if model.is_whole { Certainty::Certain } else { Certainty::Unresolved },
        path: file.path.to_owned(),
        folder: model.folder().to_owned(),
        role: model.role,
        services: model.services().len() as i64,
        version: version.and_then(value::Value::text).map(str::to_owned),
        version_span: version.map(|version| version.span),
    });
}

/// States every `${…}` once, with the files beside its own that give or document it a value.
fn state_variables(sources: &Sources<'_>, facts: &mut FactSet) {
    for model in sources.models.values() {
        for used in &model.variables {
            let mut keys = used.key.split('.');
            let service_name = (keys.next() == Some("services")).then(|| keys.next()).flatten();
            let defined_in = sources.setting_file(model.folder(), &used.name, true);
            facts.push(ComposeVariableUse {
                span: used.span,
                certainty: Certainty::Certain,
                name: used.name.clone(),
                operator: used.operator,
                argument: used.argument.clone(),
                service_name: service_name.map(str::to_owned),
                key: used.key.clone(),
                documented_in: sources.setting_file(model.folder(), &used.name, false),
                defined_in,
                role: model.role,
            });
        }
    }
}

impl Sources<'_> {
    /// The environment file that names a variable: the real one beside the project, else any template on the way up.
    fn setting_file(&self, folder: &str, name: &str, is_real: bool) -> Option<String> {
        let names_it = |file: &&EnvironmentFile| file.entries.iter().any(|(entry, ..)| entry == name);
        if is_real {
            let path = if folder.is_empty() { ".env".to_owned() } else { format!("{folder}/.env") };
            return self.environments.get(path.as_str()).copied().filter(names_it).map(|file| file.path.clone());
        }
        let covers = |file: &&EnvironmentFile| {
            let at = dotenv::folder(&file.path);
            at.is_empty() || at == folder || folder.starts_with(&format!("{at}/"))
        };
        let mut files = self.environments.values().copied().filter(|file| !file.is_real).filter(covers);
        files.find(names_it).map(|file| file.path.clone())
    }
}
