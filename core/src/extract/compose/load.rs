//! From a plan to one merged model: `extends`, `include`, then the files one over another.

use std::collections::{BTreeMap, HashMap};

use super::merge::merge;
use super::model::FileModel;
use super::value::{Entry, Kind, Tag, Value};
use crate::extract::TreeIndex;
use crate::facts::path_join;
use crate::source::{FileId, Span};

/// Longest chain of `extends` or `include`.
const MAX_CHAIN: usize = 32;
/// Most files that one project may bring together.
const MAX_FILES: usize = 256;

/// A name that a file gives to something outside of it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub kind: &'static str,
    pub name: String,
    pub state: &'static str,
    pub span: Span,
}

/// Why a part could not be followed.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    pub kind: &'static str,
    pub message: String,
    pub span: Span,
}

/// The merged model of a project.
pub(super) struct Loaded {
    pub root: Value,
    /// From which folder the relative paths of a file count.
    pub bases: HashMap<FileId, String>,
    /// Every file that took part, with how it came in.
    pub files: Vec<(String, &'static str)>,
    pub references: Vec<Named>,
    pub troubles: Vec<Trouble>,
    /// Services that extend something which could not be read.
    pub unresolved: Vec<String>,
    /// Whether every file was read whole.
    pub is_whole: bool,
}

/// Loads `files` as a project in `folder`.
pub(super) fn load(
    models: &BTreeMap<&str, &FileModel>,
    tree: &TreeIndex<'_>,
    folder: &str,
    files: &[String],
) -> Loaded {
    let mut loader = Loader {
        models,
        tree,
        loaded: Loaded {
            root: Value::mapping(Span::file_start(FileId(0)), Vec::new()),
            bases: HashMap::new(),
            files: Vec::new(),
            references: Vec::new(),
            troubles: Vec::new(),
            unresolved: Vec::new(),
            is_whole: true,
        },
    };
    let root = loader.files(files, folder, &mut Vec::new(), "base");
    loader.loaded.root = root;
    loader.loaded
}

struct Loader<'a> {
    models: &'a BTreeMap<&'a str, &'a FileModel>,
    tree: &'a TreeIndex<'a>,
    loaded: Loaded,
}

impl Loader<'_> {
    fn files(&mut self, files: &[String], folder: &str, stack: &mut Vec<String>, how: &'static str) -> Value {
        let start = files.first().and_then(|path| self.models.get(path.as_str())).map(|model| model.id);
        let mut root = Value::mapping(Span::file_start(start.unwrap_or_default()), Vec::new());
        for (at, path) in files.iter().enumerate() {
            let how = if at > 0 && how == "base" { "override" } else { how };
            if let Some(part) = self.file(path, folder, stack, how) {
                merge(&mut root, part, "");
            }
        }
        root
    }

    fn file(&mut self, path: &str, folder: &str, stack: &mut Vec<String>, how: &'static str) -> Option<Value> {
        let model = *self.models.get(path)?;
        if stack.iter().any(|open| open == path) || stack.len() >= MAX_CHAIN || self.loaded.files.len() >= MAX_FILES {
            let message = format!("`{path}` includes itself, by way of {} files", stack.len());
            self.trouble("cycle", message, Span::file_start(model.id));
            self.loaded.is_whole = false;
            return None;
        }
        self.took_part(model, folder, how);
        stack.push(path.to_owned());
        let mut root = model.root.clone();
        self.extend_services(&mut root, model);
        let included = root.take("include");
        if let Some(included) = included {
            self.include(&mut root, &included, model, stack);
        }
        stack.pop();
        Some(root)
    }

    fn took_part(&mut self, model: &FileModel, folder: &str, how: &'static str) {
        self.loaded.is_whole &= model.is_whole;
        self.loaded.bases.entry(model.id).or_insert_with(|| folder.to_owned());
        if self.loaded.files.iter().all(|(path, _)| *path != model.path) {
            self.loaded.files.push((model.path.clone(), how));
        }
    }

    /// Lays a file over all that it includes.
    fn include(&mut self, root: &mut Value, included: &Value, model: &FileModel, stack: &mut Vec<String>) {
        let own = std::mem::replace(root, Value::mapping(root.span, Vec::new()));
        for item in included.one_or_many() {
            let paths = item.get("path").unwrap_or(item);
            let mut files = Vec::new();
            for path in paths.one_or_many() {
                let Some(written) = path.text() else { continue };
                match self.reference("include", written, model, path.span) {
                    Some(found) => files.push(found),
                    None => self.loaded.is_whole = false,
                }
            }
            let Some(first) = files.first() else { continue };
            let folder = match item.get("project_directory").and_then(Value::text) {
                Some(folder) => path_join(model.folder(), folder).unwrap_or_default(),
                None => crate::extract::dotenv::folder(first).to_owned(),
            };
            let part = self.files(&files, &folder, stack, "include");
            merge(root, part, "");
        }
        merge(root, own, "");
    }

    /// The path of a named file that was read; states the reference.
    fn reference(&mut self, kind: &'static str, written: &str, model: &FileModel, span: Span) -> Option<String> {
        let path = path_join(model.folder(), written).filter(|path| !path.starts_with('/'));
        let (state, found) = match path {
            _ if written.contains('$') || written.contains("://") => ("unknown", None),
            None => {
                self.trouble("outside", format!("`{written}` lies outside of the tree"), span);
                ("unknown", None)
            }
            Some(path) if self.models.contains_key(path.as_str()) => ("defined", Some(path)),
            Some(path) if self.tree.file(&path).is_some() || self.tree.is_skipped(&path) => ("unknown", None),
            Some(_) => ("missing", None),
        };
        self.loaded.references.push(Named { kind, name: written.to_owned(), state, span });
        found
    }

    fn extend_services(&mut self, root: &mut Value, model: &FileModel) {
        let Some(Kind::Mapping(services)) = root.get_mut("services").map(|services| &mut services.kind) else { return };
        for entry in services.iter_mut().filter(|entry| entry.value.get("extends").is_some()) {
            let mut chain = vec![(model.path.clone(), entry.key.clone())];
            if let Some(whole) = self.extended(&entry.value, model, &mut chain) {
                entry.value = whole;
            } else {
                entry.value.take("extends");
                self.loaded.unresolved.push(entry.key.clone());
            }
        }
    }

    /// The service with everything that it extends, or `None` where a part cannot be read.
    fn extended(&mut self, service: &Value, model: &FileModel, chain: &mut Vec<(String, String)>) -> Option<Value> {
        let mut own = service.clone();
        let Some(extends) = own.take("extends") else { return Some(own) };
        let name = extends.get("service").and_then(Value::text)?.to_owned();
        let target = match extends.get("file") {
            Some(file) => self.reference("extends", file.text()?, model, file.span)?,
            None => model.path.clone(),
        };
        let link = (target, name);
        if chain.contains(&link) || chain.len() >= MAX_CHAIN {
            self.trouble("cycle", format!("service `{}` extends itself", link.1), extends.span);
            return None;
        }
        let base_model = *self.models.get(link.0.as_str())?;
        let Some(base) = base_model.services().iter().find(|entry| entry.key == link.1) else {
            let named = Named { kind: "service", name: link.1, state: missing(base_model), span: extends.span };
            self.loaded.references.push(named);
            return None;
        };
        self.took_part(base_model, base_model.folder(), "extends");
        chain.push(link);
        let mut whole = self.extended(&base.value, base_model, chain)?;
        let span = own.span;
        merge(&mut whole, own, "");
        Some(Value { span, ..whole })
    }

    fn trouble(&mut self, kind: &'static str, message: String, span: Span) {
        self.loaded.troubles.push(Trouble { kind, message, span });
    }
}

fn missing(model: &FileModel) -> &'static str {
    if model.is_whole { "missing" } else { "unknown" }
}

/// A mapping's entries under a top-level key of the merged model, `!reset` ones left out.
pub(super) fn section<'v>(root: &'v Value, key: &str) -> impl Iterator<Item = &'v Entry> {
    root.get(key).map(Value::entries).unwrap_or_default().iter().filter(|entry| entry.value.tag != Tag::Reset)
}
