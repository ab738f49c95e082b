//! Facts about front ends. JavaScript is read by a scanner of its own that knows comments and texts, not by a parser: it
//! looks for the few forms that checks ask about.

use std::collections::HashMap;

use super::{Extractor, Model, TreeIndex};
use crate::facts::schema::frontend::{
    FrontendClient, FrontendEnvironmentRead, FrontendHtmlWrite, FrontendImport, FrontendModule, FrontendRequest,
    FrontendSetting, FrontendStorageRead, FrontendStorageWrite, Tsconfig,
};
use crate::facts::{Certainty, FactSet, RowId, path_join};
use crate::source::{Artifact, FileId, SourceFile, Span};

mod request;
mod script;
mod sink;
mod tsconfig;

use script::Script;
use tsconfig::Options;

/// How many configurations are followed through `extends`.
const MAX_EXTENDS: usize = 8;

/// States the facts of front ends.
pub(crate) struct Frontend;

impl Extractor for Frontend {
    fn name(&self) -> &'static str {
        "frontend"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(
            artifact,
            Artifact::NextConfig | Artifact::JavaScript | Artifact::TypeScript | Artifact::Json | Artifact::PackageJson
        )
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "frontend_setting",
            "tsconfig",
            "frontend_module",
            "frontend_import",
            "frontend_storage_write",
            "frontend_storage_read",
            "frontend_environment_read",
            "frontend_request",
            "frontend_html_write",
            "frontend_client",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        match file.artifact {
            Artifact::NextConfig => state_settings(file, "next", facts),
            Artifact::JavaScript | Artifact::TypeScript if is_vite(file.path) => state_settings(file, "vite", facts),
            Artifact::PackageJson => return tsconfig::package_name(file).map(|name| Box::new(Package(name)) as Model),
            Artifact::Json => {
                let name = file.path.rsplit('/').next().unwrap_or_default();
                // Packages of configurations name them freely.
                let named = name.starts_with("tsconfig") || file.holds("\"compilerOptions\"");
                return named.then(|| tsconfig::read(file)).flatten().map(|options| Box::new(options) as Model);
            }
            _ => state_module(file, facts),
        }
        None
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let configurations = Configurations::new(models, tree);
        for (file, _) in models {
            let Some(own) = configurations.options.get(file) else { continue };
            let path = tree.path(*file).to_owned();
            let (strict, unresolved_base) = configurations.strict(own, &path);
            facts.push(Tsconfig {
                span: Span::file_start(*file),
                certainty: Certainty::Certain,
                folder: folder_of(&path).to_owned(),
                path,
                strict: strict.map(|(strict, _)| strict),
                strict_span: strict.map(|(_, span)| span),
                unresolved_base,
            });
        }
    }
}

/// The name of a package of the tree.
struct Package(String);

/// Every configuration of the TypeScript compiler, and where packages of the tree stand.
struct Configurations<'m> {
    options: HashMap<FileId, &'m Options>,
    packages: HashMap<&'m str, &'m str>,
    tree: &'m TreeIndex<'m>,
}

/// `strict` with its place, and what is extended and not in the tree.
type Strict = (Option<(bool, Span)>, Option<String>);

impl<'m> Configurations<'m> {
    fn new(models: &'m [(FileId, Model)], tree: &'m TreeIndex<'m>) -> Self {
        let options = models.iter().filter_map(|(file, model)| Some((*file, model.downcast_ref::<Options>()?)));
        let packages = models.iter().filter_map(|(file, model)| {
            Some((model.downcast_ref::<Package>()?.0.as_str(), folder_of(tree.path(*file))))
        });
        Self { options: options.collect(), packages: packages.collect(), tree }
    }

    /// `strict` in force; for a configuration that only points to others, the first of these that is not strict.
    fn strict(&self, own: &Options, path: &str) -> Strict {
        let parts = own.parts.iter().take(MAX_EXTENDS).map(|part| match self.find(path, part) {
            Some((part, path)) => self.inherited(part, &path),
            None => (None, Some(part.clone())),
        });
        let mut all: Vec<Strict> = parts.collect();
        all.sort_by_key(|(strict, missing)| (strict.map(|(strict, _)| strict), missing.clone()));
        all.into_iter().next().unwrap_or_else(|| self.inherited(own, path))
    }

    /// `strict` of the configuration itself, else of what it extends.
    fn inherited(&self, own: &Options, path: &str) -> Strict {
        let mut current = own;
        let mut path = path.to_owned();
        for _ in 0..MAX_EXTENDS {
            if current.strict.is_some() {
                return (current.strict, None);
            }
            let Some(base) = &current.extends else { return (None, None) };
            let Some((next, next_path)) = self.find(&path, base) else { return (None, Some(base.clone())) };
            current = next;
            path = next_path;
        }
        (None, current.extends.clone())
    }

    /// The configuration that `named` means in the file at `path`: a path, or a file of a package of the tree.
    fn find(&self, path: &str, named: &str) -> Option<(&'m Options, String)> {
        let joined = match package_of(named) {
            None => path_join(folder_of(path), named)?,
            Some(package) => {
                path_join(self.packages.get(package)?, named.get(package.len()..)?.trim_start_matches('/'))?
            }
        };
        let candidates = [joined.clone(), format!("{joined}.json"), format!("{joined}/tsconfig.json")];
        let mut found =
            candidates.into_iter().filter_map(|path| Some((*self.options.get(&self.tree.file(&path)?)?, path)));
        found.next()
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_vite(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.starts_with("vite.config."))
}

fn state_settings(file: &SourceFile<'_>, tool: &'static str, facts: &mut FactSet) {
    for setting in Script::new(file.text).settings() {
        facts.push(FrontendSetting {
            tool,
            span: file.span(setting.range),
            certainty: Certainty::Certain,
            path: file.path.to_owned(),
            folder: folder_of(file.path).to_owned(),
            key: setting.key,
            value: setting.value,
        });
    }
}

fn state_module(file: &SourceFile<'_>, facts: &mut FactSet) {
    if file.path.ends_with(".d.ts") || file.path.contains(".min.") {
        return;
    }
    let script = Script::new(file.text);
    let certainty = Certainty::Certain;
    let module = facts.push(FrontendModule {
        span: Span::file_start(file.id),
        certainty,
        path: file.path.to_owned(),
        is_client: script.begins_with_directive("use client"),
        role: role_of(file.path),
    });
    for import in script.imports() {
        let Some(package) = package_of(&import.specifier) else { continue };
        facts.push(FrontendImport {
            span: file.span(import.range),
            certainty,
            module,
            package: package.to_owned(),
            specifier: import.specifier.clone(),
            is_dynamic: import.is_dynamic,
            is_type: import.is_type,
        });
    }
    for used in script.storage_uses() {
        let (span, store, key, is_literal) = (file.span(used.range), used.store, used.key, used.is_literal);
        if used.is_write {
            facts.push(FrontendStorageWrite { span, certainty, module, store, key, is_literal });
        } else {
            facts.push(FrontendStorageRead { span, certainty, module, store, key, is_literal });
        }
    }
    for request in script.requests() {
        let span = file.span(request.range);
        let (method, host, path) = (request.method, request.host, request.path);
        facts.push(FrontendRequest { span, certainty: Certainty::Likely, module, method, host, path });
    }
    for (variable, range) in script.environment_reads() {
        facts.push(FrontendEnvironmentRead { span: file.span(range), certainty, module, variable });
    }
    state_sinks(file, &script, module, facts);
}

fn state_sinks(file: &SourceFile<'_>, script: &Script<'_>, module: RowId, facts: &mut FactSet) {
    for write in script.html_writes(file.text) {
        let (span, certainty, sink) = (file.span(write.range), Certainty::Certain, write.sink);
        let (value, origin, is_constant) = (write.value, write.origin, write.is_constant);
        facts.push(FrontendHtmlWrite { span, certainty, module, sink, value, origin, is_constant });
    }
    for client in script.clients() {
        let (span, kind, has_timeout) = (file.span(client.range), client.kind, client.has_timeout);
        facts.push(FrontendClient { span, certainty: Certainty::Certain, module, kind, has_timeout });
    }
}

/// The package of a specifier: its first part, two for a scope. Paths and aliases of the project are none.
fn package_of(specifier: &str) -> Option<&str> {
    if specifier.starts_with(['.', '/', '~', '#']) || specifier.starts_with("@/") || specifier.contains(':') {
        return None;
    }
    let slashes = usize::from(specifier.starts_with('@')) + 1;
    let end = specifier.match_indices('/').nth(slashes - 1).map_or(specifier.len(), |(at, _)| at);
    specifier.get(..end).filter(|package| !package.is_empty())
}

/// What a module is for, by the conventions of Next.js and React.
fn role_of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    match stem.as_str() {
        "page" | "_app" | "_document" => "page",
        "layout" | "template" => "layout",
        _ if stem.ends_with("provider") || stem.ends_with("providers") => "provider",
        "app" | "main" | "index" if folder_of(path).ends_with("src") => "page",
        _ if path.contains("pages/") && !path.contains("/api/") => "page",
        _ if path.contains("components/") => "component",
        _ => "other",
    }
}

#[cfg(test)]
mod tests;
