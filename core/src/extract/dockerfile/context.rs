//! What a Dockerfile takes from its build contexts, looked up in the tree.

use std::collections::{BTreeMap, BTreeSet};

use super::ignore::Ignore;
use crate::extract::{TreeIndex, dotenv};
use crate::facts::schema::dockerfile::{
    DockerfileContext, DockerfileCopiedPath, DockerfileInstall, DockerfileSensitiveCopy,
};
use crate::facts::{Certainty, FactSet, RowId, path_join};
use crate::source::Span;

/// Most sensitive files that are told of one copy.
const MAX_SENSITIVE: usize = 20;
/// Most contexts of one Dockerfile.
const MAX_CONTEXTS: usize = 16;

/// What the link step needs of one Dockerfile.
#[derive(Debug)]
pub(super) struct FileModel {
    pub dockerfile: RowId,
    pub span: Span,
    pub path: String,
    /// For each stage the stage that it builds on.
    pub stages: Vec<Option<usize>>,
    pub copies: Vec<CopyModel>,
    pub installs: Vec<InstallModel>,
}

/// A source of a copy, or a file that a mount shows to one step.
#[derive(Debug)]
pub(super) struct CopyModel {
    /// The row, for a copy from the build context.
    pub id: Option<RowId>,
    pub span: Span,
    pub stage: usize,
    pub position: usize,
    /// `None` where it is only known at build time.
    pub source: Option<String>,
    /// The path in the image.
    pub target: Option<String>,
    pub from_stage: Option<usize>,
}

/// A file that lists packages, as a step names it.
#[derive(Debug)]
pub(super) struct InstallModel {
    pub span: Span,
    pub stage: RowId,
    pub stage_index: usize,
    pub instruction: RowId,
    pub position: usize,
    pub manager: &'static str,
    pub kind: &'static str,
    pub written: String,
    /// The path in the image.
    pub target: Option<String>,
}

impl FileModel {
    pub(super) fn new(dockerfile: RowId, span: Span, path: &str) -> Self {
        let (stages, copies, installs) = (Vec::new(), Vec::new(), Vec::new());
        Self { dockerfile, span, path: path.to_owned(), stages, copies, installs }
    }

    /// Whether stage `stage` is `of` or built on it.
    fn builds_on(&self, stage: usize, of: usize) -> bool {
        let mut at = Some(stage);
        for _ in 0..=self.stages.len() {
            match at {
                Some(here) if here == of => return true,
                Some(here) => at = self.stages.get(here).copied().flatten(),
                None => return false,
            }
        }
        false
    }
}

/// Looks up what Dockerfiles take from the tree.
pub(super) struct Linker<'a> {
    tree: &'a TreeIndex<'a>,
    ignores: BTreeMap<&'a str, &'a Ignore>,
    /// Contexts by Dockerfile.
    builds: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Linker<'a> {
    pub(super) fn new(tree: &'a TreeIndex<'a>) -> Self {
        Self { tree, ignores: BTreeMap::new(), builds: BTreeMap::new() }
    }

    pub(super) fn add_ignore(&mut self, path: &'a str, ignore: &'a Ignore) {
        self.ignores.insert(path, ignore);
    }

    pub(super) fn add_builds(&mut self, builds: &'a [(String, String)]) {
        for (context, dockerfile) in builds {
            self.builds.entry(dockerfile).or_default().insert(context);
        }
    }

    pub(super) fn link(&self, model: &FileModel, facts: &mut FactSet) {
        let named = self.builds.get(model.path.as_str());
        let (contexts, origin): (Vec<String>, _) = match named {
            Some(contexts) => (contexts.iter().take(MAX_CONTEXTS).map(|path| (*path).to_owned()).collect(), "compose"),
            None => (vec![self.likely_context(model)], "folder"),
        };
        for context in &contexts {
            let ignore = self.ignore_of(&model.path, context);
            facts.push(DockerfileContext {
                span: model.span,
                certainty: if origin == "compose" { Certainty::Certain } else { Certainty::Likely },
                dockerfile: model.dockerfile,
                context: context.clone(),
                origin,
                dockerignore: ignore.map(|(path, _)| path.to_owned()),
                ignored: ignore.map(|(_, ignore)| ignore.written.clone()).unwrap_or_default(),
            });
            for copy in &model.copies {
                self.state_copied(copy, (context, origin), ignore.map(|(_, ignore)| ignore), facts);
            }
        }
        for install in &model.installs {
            self.state_install(model, install, &contexts, facts);
        }
    }

    /// The folder on the way up in which most of what is copied exists.
    fn likely_context(&self, model: &FileModel) -> String {
        let folder = dotenv::folder(&model.path);
        let sources = || model.copies.iter().filter(|copy| copy.id.is_some()).filter_map(|copy| copy.source.as_deref());
        let found = |base: &str| sources().filter(|source| self.place(base, source).1 != "missing").count();
        let mut best = (folder.to_owned(), found(folder));
        let mut at = folder;
        while !at.is_empty() {
            at = dotenv::folder(at);
            let count = found(at);
            if count > best.1 {
                best = (at.to_owned(), count);
            }
        }
        best.0
    }

    fn ignore_of(&self, dockerfile: &str, context: &str) -> Option<(&'a str, &'a Ignore)> {
        let own = format!("{dockerfile}.dockerignore");
        let shared = join(context, ".dockerignore");
        let find = |path: &str| self.ignores.get_key_value(path).map(|(path, ignore)| (*path, *ignore));
        find(&own).or_else(|| find(&shared))
    }

    /// The source's path from the root, and what stands there.
    fn place(&self, context: &str, source: &str) -> (Option<String>, &'static str) {
        let source = source.trim_start_matches('/');
        let Some(path) = path_join(context, source) else { return (None, "outside") };
        let is_inside = context.is_empty() || path == context || path.starts_with(&format!("{context}/"));
        let state = match path.as_str() {
            _ if !is_inside => "outside",
            path if self.tree.file(path).is_some() => "file",
            path if self.tree.has_folder(path) => "folder",
            path if path.contains(['*', '?', '[']) => self.glob_state(path),
            path if self.tree.is_skipped(path) => "unknown",
            _ => "missing",
        };
        (Some(path), state)
    }

    fn glob_state(&self, pattern: &str) -> &'static str {
        let Ok(glob) = globset::GlobBuilder::new(pattern).literal_separator(true).build() else { return "unknown" };
        let matcher = glob.compile_matcher();
        let fixed = &pattern[..pattern.find(['*', '?', '[']).unwrap_or(0)];
        let matches =
            |path: &str| matcher.is_match(path) || path.match_indices('/').any(|(at, _)| matcher.is_match(&path[..at]));
        if self.tree.files_under(dotenv::folder(fixed)).any(|(_, path, _)| matches(path)) { "glob" } else { "missing" }
    }

    fn state_copied(
        &self,
        copy: &CopyModel,
        (context, origin): (&str, &str),
        ignore: Option<&Ignore>,
        facts: &mut FactSet,
    ) {
        let Some(id) = copy.id else { return };
        let (path, mut state) = match &copy.source {
            Some(source) => self.place(context, source),
            None => (None, "unknown"),
        };
        let relative = path.as_deref().map(|path| below(context, path));
        if matches!(state, "file" | "folder")
            && relative.is_some_and(|path| {
                let keeps_some = state == "folder" && ignore.is_some_and(|ignore| ignore.keeps_below(path));
                !path.is_empty() && is_left_out(ignore, path) && !keeps_some
            })
        {
            state = "ignored";
        }
        if let (Some(path), "folder") = (&path, state) {
            self.state_sensitive((id, copy.span), (context, path), ignore, facts);
        }
        facts.push(DockerfileCopiedPath {
            span: copy.span,
            certainty: if origin == "compose" { Certainty::Certain } else { Certainty::Likely },
            copy: id,
            context: context.to_owned(),
            path,
            state,
        });
    }

    fn state_sensitive(
        &self,
        (copy, span): (RowId, Span),
        (context, folder): (&str, &str),
        ignore: Option<&Ignore>,
        facts: &mut FactSet,
    ) {
        let files = self.tree.files_under(folder).filter_map(|(_, path, _)| Some((path, sensitive_kind(path)?)));
        let taken = files.filter(|(path, _)| !is_left_out(ignore, below(context, path)));
        for (path, kind) in taken.take(MAX_SENSITIVE) {
            let certainty = Certainty::Likely;
            facts.push(DockerfileSensitiveCopy { span, certainty, copy, path: path.to_owned(), kind });
        }
    }

    fn state_install(&self, model: &FileModel, install: &InstallModel, contexts: &[String], facts: &mut FactSet) {
        let path = contexts.iter().find_map(|context| self.listed_path(model, install, context));
        facts.push(DockerfileInstall {
            span: install.span,
            certainty: if path.is_some() { Certainty::Certain } else { Certainty::Unresolved },
            stage: install.stage,
            instruction: install.instruction,
            manager: install.manager,
            kind: install.kind,
            written: install.written.clone(),
            path,
        });
    }

    /// The file of the tree that an installation reads; for a project that `pip` builds, the folder of its metadata.
    fn listed_path(&self, model: &FileModel, install: &InstallModel, context: &str) -> Option<String> {
        let target = install.target.as_deref()?;
        if install.kind == "project" && install.manager == "pip" {
            let metadata = |name: &&str| {
                let target = join(target, name);
                let path = self.behind((model, install), &target, context);
                path.or_else(|| self.tree_path(&path_join(context, &join(&install.written, name))?))
            };
            let found = ["pyproject.toml", "setup.py", "setup.cfg"].iter().find_map(metadata)?;
            return Some(dotenv::folder(&found).to_owned());
        }
        let path = self.behind((model, install), target, context);
        path.or_else(|| self.tree_path(&join(context, &install.written)))
    }

    /// The file of the tree behind a path of the image, through the copies that came before.
    fn behind(&self, (model, install): (&FileModel, &InstallModel), target: &str, context: &str) -> Option<String> {
        let is_before = |copy: &&CopyModel| {
            copy.from_stage.is_none()
                && model.builds_on(install.stage_index, copy.stage)
                && (copy.stage != install.stage_index || copy.position <= install.position)
        };
        let mut copies = model.copies.iter().rev().filter(is_before);
        copies.find_map(|copy| self.through(copy, target, context))
    }

    fn through(&self, copy: &CopyModel, target: &str, context: &str) -> Option<String> {
        let (source, copied_to) = (copy.source.as_deref()?, copy.target.as_deref()?);
        let (path, state) = self.place(context, source);
        let path = path?;
        let name = target.rsplit('/').next().unwrap_or(target);
        match state {
            "file" => {
                let own_name = path.rsplit('/').next().unwrap_or(&path);
                let is_it = copied_to == target || join(copied_to, own_name) == target;
                is_it.then_some(path)
            }
            "folder" => self.tree_path(&join(&path, target.strip_prefix(copied_to)?.trim_start_matches('/'))),
            "glob" if join(copied_to, name) == target => self.tree_path(&join(dotenv::folder(&path), name)),
            _ => None,
        }
    }

    fn tree_path(&self, path: &str) -> Option<String> {
        (self.tree.file(path).is_some() || self.tree.has_folder(path)).then(|| path.to_owned())
    }
}

fn is_left_out(ignore: Option<&Ignore>, path: &str) -> bool {
    ignore.is_some_and(|ignore| ignore.leaves_out(path))
}

fn join(folder: &str, path: &str) -> String {
    let folder = folder.trim_end_matches('/');
    if folder.is_empty() && !path.is_empty() {
        path.to_owned()
    } else {
        format!("{folder}/{path}").trim_end_matches('/').to_owned()
    }
}

/// `path` counted from `folder`.
fn below<'p>(folder: &str, path: &'p str) -> &'p str {
    path.strip_prefix(folder).unwrap_or(path).trim_start_matches('/')
}

/// What a file's name says that should not stand in an image.
fn sensitive_kind(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    if name == ".env" || name.starts_with(".env.") {
        return (dotenv::kind(path, "") != "template").then_some("env");
    }
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    if matches!(name.as_str(), "id_rsa" | "id_ed25519" | "id_ecdsa") || ends(&[".key", ".p12", ".pfx", ".jks"]) {
        return Some("key");
    }
    if matches!(
        name.as_str(),
        "credentials.json" | ".pypirc" | ".netrc" | "service-account.json" | ".htpasswd" | "kubeconfig"
    ) {
        return Some("credentials");
    }
    ends(&[".dump", ".sql.gz", ".bak", ".sqlite3", ".pgdump"]).then_some("dump")
}
