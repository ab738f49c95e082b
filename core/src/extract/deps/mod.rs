//! Facts about dependencies: what manifests declare and lock files hold, for Python and npm.

use super::{Extractor, Model, TreeIndex};
use crate::facts::schema::deps::{Dependency, DependencyInclude, DependencyManifest, PackageIndex, RuntimePin};
use crate::facts::{Certainty, FactSet, RowId, path_join};
use crate::source::{Artifact, FileId, SourceFile, Span};

mod npm;
mod package_lock;
mod requirement;
mod requirements;
mod setup;
mod toml;

use requirement::Requirement;

/// States the dependencies of a tree.
pub(crate) struct Deps;

impl Extractor for Deps {
    fn name(&self) -> &'static str {
        "deps"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        use Artifact::{
            Ini, Other, PackageJson, PackageLock, PdmLock, Pipfile, PipfileLock, PoetryLock, Pyproject, Python,
            Requirements, SetupCfg, UvLock,
        };
        matches!(
            artifact,
            Requirements
                | Pyproject
                | Pipfile
                | SetupCfg
                | PoetryLock
                | UvLock
                | PdmLock
                | PipfileLock
                | PackageJson
                | PackageLock
                | Ini
                | Other
                | Python
        )
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "dependency_manifest",
            "dependency",
            "dependency_include",
            "package_index",
            "runtime_pin",
            "python_entry_point",
            "project_text",
            "npm_script",
            "python_tool_setting",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let includes = match file.artifact {
            Artifact::Requirements => requirements::state(file, facts),
            Artifact::Pyproject => toml::state_pyproject(file, facts),
            Artifact::Pipfile => toml::state_pipfile(file, facts),
            Artifact::PoetryLock | Artifact::UvLock | Artifact::PdmLock => toml::state_lock(file, facts),
            Artifact::PipfileLock => npm::state_pipfile_lock(file, facts),
            Artifact::PackageJson => npm::state_package(file, facts),
            Artifact::PackageLock => package_lock::state(file, facts),
            Artifact::SetupCfg | Artifact::Ini => setup::state_cfg(file, facts),
            Artifact::Python if file.path.rsplit('/').next() == Some("setup.py") => setup::state_py(file, facts),
            Artifact::Other => state_runtime_pin(file, facts),
            _ => return None,
        };
        includes.map(|includes| Box::new(includes) as Model)
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let manifests = models.iter().filter_map(|(file, model)| Some((*file, model.downcast_ref::<Manifest>()?)));
        let manifests: Vec<_> = manifests.collect();
        for (file, manifest) in &manifests {
            for include in &manifest.includes {
                let folder = tree.path(*file).rsplit_once('/').map_or("", |(folder, _)| folder);
                let target = path_join(folder, &include.path).and_then(|path| tree.file(&path));
                let target = target.and_then(|target| manifests.iter().find(|(file, _)| *file == target));
                facts.push(DependencyInclude {
                    span: include.span,
                    certainty: Certainty::Certain,
                    manifest: manifest.row,
                    path: include.path.clone(),
                    kind: include.kind,
                    target: target.map(|(_, manifest)| manifest.row),
                });
            }
        }
    }
}

/// A manifest, as far as linking needs it.
pub(super) struct Manifest {
    row: RowId,
    includes: Vec<Include>,
}

/// A file that a requirements file takes in.
pub(super) struct Include {
    span: Span,
    path: String,
    kind: &'static str,
}

/// What a manifest says of itself.
#[derive(Default)]
struct Head {
    kind: &'static str,
    is_lock: bool,
    is_open: bool,
    project: Option<String>,
    runtime: Option<String>,
}

fn push_manifest(file: &SourceFile<'_>, head: Head, facts: &mut FactSet) -> RowId {
    let npm = matches!(file.artifact, Artifact::PackageJson | Artifact::PackageLock);
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    facts.push(DependencyManifest {
        span: Span::file_start(file.id),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        folder: folder.to_owned(),
        root: root_of(folder).to_owned(),
        kind: head.kind,
        ecosystem: if npm { "npm" } else { "pypi" },
        is_lock: head.is_lock,
        is_open: head.is_open,
        project: head.project,
        runtime: head.runtime,
        is_development: is_development(file.path),
    })
}

/// A folder that only holds requirements is there for the code of the folder above.
fn root_of(folder: &str) -> &str {
    let (up, last) = folder.rsplit_once('/').unwrap_or(("", folder));
    let holds_requirements = matches!(
        last,
        "requirements"
            | "reqs"
            | "requires"
            | "deps"
            | "dependencies"
            | "docker"
            | "build"
            | "config"
            | "configs"
            | "pip"
    );
    if holds_requirements { up } else { folder }
}

/// `.python-version`, `runtime.txt` of Heroku, `.nvmrc`, `.node-version`: the first line with a number.
fn state_runtime_pin(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", file.path));
    let language = match name {
        ".python-version" | "runtime.txt" => "python",
        ".nvmrc" | ".node-version" => "node",
        _ => return None,
    };
    let line = file.text.lines().next()?.trim();
    let version = line.trim_start_matches(|c: char| !c.is_ascii_digit());
    if version.is_empty() || language == "python" && line.contains("pypy") {
        return None;
    }
    facts.push(RuntimePin {
        span: file.span(0..line.len()),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        folder: folder.to_owned(),
        language,
        version: version.to_owned(),
    });
    None
}

/// Where a requirement belongs.
#[derive(Clone, Copy)]
struct Place<'g> {
    manifest: RowId,
    scope: &'static str,
    group: Option<&'g str>,
}

fn push_requirement(span: Span, place: Place<'_>, requirement: Requirement, facts: &mut FactSet) {
    facts.push(Dependency {
        span,
        certainty: Certainty::Certain,
        manifest: place.manifest,
        ecosystem: "pypi",
        version: requirement.exact_version().map(str::to_owned),
        name: requirement.name,
        specifier: requirement.specifier,
        scope: place.scope,
        group_name: place.group.map(str::to_owned),
        extras: requirement.extras,
        marker: requirement.marker,
        source: requirement.source,
        has_hash: requirement.has_hash,
    });
}

fn push_index(span: Span, manifest: RowId, (kind, address): (&'static str, &str), facts: &mut FactSet) {
    let address = address.trim_matches(['"', '\'']).to_owned();
    facts.push(PackageIndex { span, certainty: Certainty::Certain, manifest, kind, address });
}

/// Whether a requirements file is not for production, by a word of its name or a whole folder of its path: a component
/// may well be called `testing-agent`.
fn is_development(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let (folders, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    folders.split('/').chain(name.split(['.', '-', '_'])).any(|word| {
        let words =
            ["dev", "develop", "development", "test", "tests", "testing", "doc", "docs", "lint", "ci", "typing"];
        words.contains(&word)
    })
}

/// Whether a group's name says that production does not install it.
fn scope_of(group: &str) -> &'static str {
    match group {
        "dev" | "development" | "test" | "tests" | "testing" | "doc" | "docs" | "lint" | "typing" | "types" | "ci" => {
            "dev"
        }
        _ => "optional",
    }
}

#[cfg(test)]
mod tests;
