//! Manifests and lock files in TOML: `pyproject.toml`, `Pipfile`, and the locks of poetry, uv and pdm.

use toml_edit::{Document, Item, TableLike, Value};

use super::requirement::{Requirement, normalised};
use super::{Head, Manifest, Place, push_index, push_manifest, push_requirement, scope_of};
use crate::facts::schema::deps::{ProjectText, PythonEntryPoint, PythonToolSetting};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{Artifact, SourceFile, Span};

/// Sections of `[tool]` whose settings checks read.
const TOOLS: &[&str] = &["mypy", "pyright", "basedpyright", "pytest", "coverage", "ruff", "ty"];

/// States a `pyproject.toml`.
pub(super) fn state_pyproject(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let document = Document::parse(file.text).ok()?;
    let project = table(document.as_item(), "project");
    let poetry = table(document.as_item(), "tool").and_then(|tool| tool.get("poetry")?.as_table_like());
    let dynamic = project.and_then(|project| project.get("dynamic")?.as_array());
    let is_open = dynamic.is_some_and(|names| names.iter().any(|name| name.as_str() == Some("dependencies")));
    let name = project.or(poetry).and_then(|project| project.get("name")?.as_str());
    let runtime = project
        .and_then(|project| project.get("requires-python")?.as_str())
        .or_else(|| poetry.and_then(|poetry| table_in(poetry, "dependencies")?.get("python")?.as_str()));
    let head = Head {
        kind: "pyproject",
        is_open,
        project: name.map(normalised),
        runtime: runtime.map(str::to_owned),
        ..Head::default()
    };
    let row = push_manifest(file, head, facts);
    let mut reader = Reader { file, facts, manifest: row };
    let uv = table(document.as_item(), "tool").and_then(|tool| table_in(tool, "uv"));
    for sources in [poetry.and_then(|poetry| poetry.get("source")), uv.and_then(|uv| uv.get("index"))] {
        reader.indexes(sources);
    }
    for metadata in [project, poetry].into_iter().flatten() {
        reader.texts(metadata);
    }
    if let Some(project) = project {
        reader.project(project);
    }
    if let Some(poetry) = poetry {
        reader.poetry(poetry);
    }
    if let Some(groups) = table(document.as_item(), "dependency-groups") {
        for (group, list) in groups.iter() {
            reader.list(list, scope_of(group), Some(group));
        }
    }
    let build = table(document.as_item(), "build-system").and_then(|build| build.get("requires"));
    if let Some(build) = build {
        reader.list(build, "build", None);
    }
    reader.tools(document.as_item());
    Some(Manifest { row, includes: Vec::new() })
}

/// States a `Pipfile`.
pub(super) fn state_pipfile(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let document = Document::parse(file.text).ok()?;
    let runtime = table(document.as_item(), "requires").and_then(|requires| requires.get("python_version")?.as_str());
    let head = Head { kind: "pipfile", runtime: runtime.map(str::to_owned), ..Head::default() };
    let row = push_manifest(file, head, facts);
    let mut reader = Reader { file, facts, manifest: row };
    reader.indexes(document.get("source"));
    for (section, scope) in [("packages", "main"), ("dev-packages", "dev")] {
        if let Some(packages) = table(document.as_item(), section) {
            reader.named(packages, scope, None);
        }
    }
    Some(Manifest { row, includes: Vec::new() })
}

/// States a lock file: `[[package]]` with `name` and `version`.
pub(super) fn state_lock(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let document = Document::parse(file.text).ok()?;
    let kind = match file.artifact {
        Artifact::PoetryLock => "poetry_lock",
        Artifact::UvLock => "uv_lock",
        _ => "pdm_lock",
    };
    let row = push_manifest(file, Head { kind, is_lock: true, ..Head::default() }, facts);
    let packages = document.get("package").and_then(Item::as_array_of_tables);
    for package in packages.into_iter().flat_map(toml_edit::ArrayOfTables::iter) {
        let Some(name) = package.get("name").and_then(Item::as_str) else { continue };
        let version = package.get("version").and_then(Item::as_str);
        let place = Place { manifest: row, scope: "lock", group: None };
        let span = package.get("name").and_then(Item::span).map_or(Span::file_start(file.id), |range| file.span(range));
        let requirement = Requirement {
            name: normalised(name),
            specifier: version.map(|version| format!("=={version}")),
            source: "registry",
            has_hash: true,
            ..Requirement::default()
        };
        push_requirement(span, place, requirement, facts);
    }
    Some(Manifest { row, includes: Vec::new() })
}

fn table<'d>(item: &'d Item, name: &str) -> Option<&'d dyn TableLike> {
    item.get(name)?.as_table_like()
}

fn table_in<'d>(table: &'d dyn TableLike, name: &str) -> Option<&'d dyn TableLike> {
    table.get(name)?.as_table_like()
}

struct Reader<'r, 't> {
    file: &'r SourceFile<'t>,
    facts: &'r mut FactSet,
    manifest: RowId,
}

impl Reader<'_, '_> {
    /// `[project]`, PEP 621.
    fn project(&mut self, project: &dyn TableLike) {
        if let Some(list) = project.get("dependencies") {
            self.list(list, "main", None);
        }
        if let Some(extras) = table_in(project, "optional-dependencies") {
            for (extra, list) in extras.iter() {
                self.list(list, scope_of(extra), Some(extra));
            }
        }
        if let Some(scripts) = table_in(project, "scripts") {
            self.scripts(scripts);
        }
    }

    /// `[tool.poetry]`.
    fn poetry(&mut self, poetry: &dyn TableLike) {
        for (section, scope) in [("dependencies", "main"), ("dev-dependencies", "dev")] {
            if let Some(packages) = table_in(poetry, section) {
                self.named(packages, scope, None);
            }
        }
        if let Some(groups) = table_in(poetry, "group") {
            for (group, body) in groups.iter() {
                if let Some(packages) = body.get("dependencies").and_then(Item::as_table_like) {
                    let scope = if group == "main" { "main" } else { scope_of(group) };
                    self.named(packages, scope, Some(group));
                }
            }
        }
        if let Some(scripts) = table_in(poetry, "scripts") {
            self.scripts(scripts);
        }
    }

    /// `[[source]]` with `url` and perhaps `verify_ssl`; all but the first are further ones.
    fn indexes(&mut self, sources: Option<&Item>) {
        let tables = sources.and_then(Item::as_array_of_tables).into_iter().flat_map(toml_edit::ArrayOfTables::iter);
        for (at, source) in tables.enumerate() {
            let Some(item) = source.get("url") else { continue };
            let Some(url) = item.as_str() else { continue };
            let span = self.span(item.span());
            let only_named = source.get("explicit").and_then(Item::as_bool) == Some(true)
                || source.get("priority").and_then(Item::as_str) == Some("explicit");
            let kind = if at == 0 || only_named { "index" } else { "extra_index" };
            push_index(span, self.manifest, (kind, url), self.facts);
            if source.get("verify_ssl").and_then(Item::as_bool) == Some(false) {
                push_index(span, self.manifest, ("trusted_host", url), self.facts);
            }
        }
    }

    /// A list of PEP 508 texts.
    fn list(&mut self, list: &Item, scope: &'static str, group: Option<&str>) {
        for entry in list.as_array().into_iter().flatten() {
            let Some(requirement) = entry.as_str().and_then(Requirement::parse) else { continue };
            let span = self.span(entry.span());
            push_requirement(span, Place { manifest: self.manifest, scope, group }, requirement, self.facts);
        }
    }

    /// `name = "^1.0"` or `name = {version = …, optional = true, git = …}`.
    fn named(&mut self, packages: &dyn TableLike, scope: &'static str, group: Option<&str>) {
        for (name, item) in packages.iter().filter(|(name, _)| *name != "python") {
            let body = item.as_table_like();
            let field = |field: &str| body.and_then(|body| body.get(field)?.as_str());
            let version = item.as_str().or_else(|| field("version")).filter(|version| *version != "*");
            let source = match body {
                Some(body) if body.contains_key("git") => "git",
                Some(body) if body.contains_key("path") => "path",
                Some(body) if body.contains_key("url") => "url",
                _ => "registry",
            };
            let optional = body.and_then(|body| body.get("optional")?.as_bool()).unwrap_or(false);
            let requirement = Requirement {
                name: normalised(name),
                specifier: version.map(specifier),
                marker: field("markers").map(str::to_owned),
                source,
                ..Requirement::default()
            };
            let range = packages.key(name).and_then(toml_edit::Key::span).or_else(|| item.span());
            let span = self.span(range);
            let scope = if optional { "optional" } else { scope };
            push_requirement(span, Place { manifest: self.manifest, scope, group }, requirement, self.facts);
        }
    }

    fn scripts(&mut self, scripts: &dyn TableLike) {
        for (name, target) in scripts.iter() {
            let Some(target) = target.as_str() else { continue };
            let span = self.span(scripts.get(name).and_then(Item::span));
            self.facts.push(PythonEntryPoint {
                span,
                certainty: Certainty::Certain,
                manifest: self.manifest,
                name: name.to_owned(),
                target: target.to_owned(),
            });
        }
    }

    /// `[tool.mypy] strict = true`.
    /// The files whose text a build takes into the package: readme and licence.
    fn texts(&mut self, metadata: &dyn TableLike) {
        for role in ["readme", "license"] {
            let Some(item) = metadata.get(role) else { continue };
            let plain = item.as_str().filter(|_| role == "readme");
            let named = item.as_table_like().and_then(|table| table.get("file")?.as_str());
            let listed = item.as_array().into_iter().flatten().filter_map(Value::as_str);
            let span = self.span(item.span());
            let folder = self.file.path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            for written in plain.into_iter().chain(named).chain(listed).filter(|path| !path.contains("..")) {
                self.facts.push(ProjectText {
                    span,
                    certainty: Certainty::Certain,
                    manifest: self.manifest,
                    role,
                    path: format!("{folder}{}", written.trim_start_matches("./")),
                });
            }
        }
    }

    fn tools(&mut self, document: &Item) {
        let Some(tools) = table(document, "tool") else { return };
        for (tool, body) in tools.iter().filter(|(tool, _)| TOOLS.contains(tool)) {
            let Some(body) = body.as_table_like() else { continue };
            self.settings(&format!("tool.{tool}"), body);
            for (inner, table) in body.iter() {
                if let Some(table) = table.as_table_like() {
                    self.settings(&format!("tool.{tool}.{inner}"), table);
                }
            }
        }
    }

    fn settings(&mut self, section: &str, body: &dyn TableLike) {
        for (key, item) in body.iter() {
            let Some(value) = item.as_value().filter(|value| !value.is_inline_table()) else { continue };
            let span = self.span(body.key(key).and_then(toml_edit::Key::span).or_else(|| item.span()));
            self.facts.push(PythonToolSetting {
                span,
                certainty: Certainty::Certain,
                section: section.to_owned(),
                key: key.to_owned(),
                value: literal(value),
            });
        }
    }

    fn span(&self, range: Option<std::ops::Range<usize>>) -> Span {
        range.map_or(Span::file_start(self.file.id), |range| self.file.span(range))
    }
}

/// Poetry takes a bare version as exact.
fn specifier(version: &str) -> String {
    let bare = version.starts_with(|c: char| c.is_ascii_digit());
    if bare { format!("=={version}") } else { version.split_whitespace().collect() }
}

fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => text.value().clone(),
        other => other.to_string().trim().to_owned(),
    }
}
