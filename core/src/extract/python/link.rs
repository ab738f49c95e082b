//! Joins the modules of the tree: which file an import means, and what a dotted name stands for.

use std::borrow::Cow;

use hashbrown::HashMap;

use super::model::{Defined, DefinedKind, ModuleModel};
use super::packages::{first_part, is_known_package};
use super::scope::join;
use crate::facts::{Certainty, RowId};
use crate::source::FileId;

/// How many names and imports are followed from a mention to its definition.
const MAX_STEPS: usize = 12;
/// How many star imports are followed one after the other, and all together, to what one name means.
const MAX_STARS: usize = 4;
const MAX_STAR_IMPORTS: usize = 12;
/// Most parts of a name that a module defines: `Outer.Inner.attribute`.
const MAX_NAME: usize = 3;

/// Every module of the tree, by its canonical name.
pub(super) struct Program<'m> {
    pub(super) modules: Vec<(FileId, &'m ModuleModel)>,
    by_name: HashMap<&'m str, usize>,
    /// Names that have modules below them: packages and plain folders.
    folders: HashMap<&'m str, ()>,
    /// Modules and folders by the last part of their name: where only the end of a path agrees.
    by_last_part: HashMap<&'m str, Vec<&'m str>>,
    /// By folder, where absolute imports of its modules are looked for, the nearest first.
    roots: HashMap<&'m str, Vec<String>>,
    /// By module, what its star imports bring, sorted.
    stars: HashMap<usize, Vec<&'m str>>,
}

/// What a dotted name was found to be.
#[derive(Debug, Clone)]
pub(super) enum Found<'m> {
    /// A definition of the tree, and the attributes that follow it, with dots between them.
    Defined { module: usize, name: &'m str, defined: &'m Defined, rest: String },
    /// A module of the tree.
    Module(usize),
    /// A name of a package outside of the tree.
    Foreign(String),
}

impl<'m> Program<'m> {
    /// A program over the models of all modules.
    pub(super) fn new(modules: Vec<(FileId, &'m ModuleModel)>) -> Self {
        let mut by_name = HashMap::with_capacity(modules.len());
        let mut folders = HashMap::new();
        for (at, (_, model)) in modules.iter().enumerate() {
            by_name.insert(model.name.as_str(), at);
            let mut folder = model.name.as_str();
            while let Some((up, _)) = folder.rsplit_once('.')
                && !up.is_empty()
            {
                folders.insert(up, ());
                folder = up;
            }
        }
        let mut by_last_part: HashMap<&str, Vec<&str>> = HashMap::new();
        for name in by_name.keys().chain(folders.keys().filter(|folder| !by_name.contains_key(*folder))) {
            if let Some((_, last)) = name.rsplit_once('.') {
                by_last_part.entry(last).or_default().push(name);
            }
        }
        by_last_part.values_mut().for_each(|names| names.sort_unstable());
        let stars = modules.iter().enumerate().filter_map(|(at, (_, model))| Some((at, star_imports(model)?)));
        let stars = stars.collect();
        let mut program = Self { modules, by_name, folders, by_last_part, roots: HashMap::new(), stars };
        for (_, model) in &program.modules {
            let folder = folder_of(&model.name);
            if !program.roots.contains_key(folder) {
                let roots = program.roots_of(folder);
                program.roots.insert(folder, roots);
            }
        }
        program
    }

    /// Every folder above a module that is no package is a search root, with its `src` and `lib`.
    fn roots_of(&self, folder: &str) -> Vec<String> {
        let mut roots = Vec::new();
        let mut root = Some(folder);
        while let Some(own) = root {
            if own.is_empty() || !self.is_package(own) {
                roots.extend([own.to_owned(), format!("{own}.src"), format!("{own}.lib")]);
            }
            root = own.rsplit_once('.').map(|(up, _)| up);
        }
        roots
    }

    /// The model of a module.
    pub(super) fn model(&self, module: usize) -> &'m ModuleModel {
        self.modules[module].1
    }

    /// The module with exactly this canonical name.
    pub(super) fn module(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The canonical name of what an absolute import of `dotted` in `from` means, where its first part is in the tree: in
    /// one of the search roots or, failing that, in any folder.
    pub(super) fn canonical<'n>(&self, from: &str, dotted: &'n str) -> Option<(Cow<'n, str>, Certainty)> {
        if dotted.starts_with('.') {
            return Some((Cow::Borrowed(dotted), Certainty::Certain));
        }
        let top = first_part(dotted);
        // Most imports are of packages outside of the tree.
        let named = self.by_last_part.get(top)?;
        let Some(found) = self.by_root(from, dotted, (top, named)) else {
            return self.by_end(from, dotted, top);
        };
        if self.longest_module(&found).is_some() {
            return Some((found.into(), Certainty::Certain));
        }
        // Only a folder has the name: another root may have the module.
        let elsewhere = self.by_end(from, dotted, top).filter(|(name, _)| self.longest_module(name).is_some());
        Some(elsewhere.unwrap_or((found.into(), Certainty::Likely)))
    }

    /// Whether `dotted` may mean something of the tree.
    pub(super) fn may_have(&self, dotted: &str) -> bool {
        dotted.starts_with('.') || self.by_last_part.contains_key(first_part(dotted))
    }

    /// `named` are the modules and folders whose last part is `top`.
    fn by_root(&self, from: &str, dotted: &str, (top, named): (&str, &[&str])) -> Option<String> {
        let is_child = |name: &str, root: &str| name.len() == root.len() + 1 + top.len() && name.starts_with(root);
        let has = |root: &String| {
            let mut candidates = named.iter().filter(|name| is_child(name, root));
            // `redis.py` that imports `redis` does not mean itself; a package may.
            candidates.any(|name| *name != from || self.is_package(from))
        };
        let root = self.roots.get(folder_of(from))?.iter().find(|root| has(root))?;
        Some(join_dotted(root, dotted))
    }

    /// A module elsewhere in the tree whose path ends as the import says: where a start script sets the search path. A
    /// module inside of a package is found so only where no known package has the name.
    fn by_end<'n>(&self, from: &str, dotted: &str, top: &str) -> Option<(Cow<'n, str>, Certainty)> {
        let known = is_known_package(top) || super::standard::is_standard(top);
        let candidates: Vec<String> = self
            .by_last_part
            .get(top)?
            .iter()
            .filter(|name| **name != from && (!known || self.is_root_of(name)))
            .map(|name| format!("{}.{dotted}", name.rsplit_once('.').map_or("", |(up, _)| up)))
            .collect();
        let parts = dotted.matches('.').count();
        let missing = |candidate: &str| (candidate.matches('.').count() - self.depth_of(candidate)).min(parts + 1);
        let best = candidates
            .iter()
            .min_by_key(|candidate| (missing(candidate), std::cmp::Reverse(shared_start(candidate, from))))?;
        Some((Cow::Owned(best.clone()), Certainty::Likely))
    }

    /// A module inside a package cannot be imported by its own name.
    fn is_root_of(&self, name: &str) -> bool {
        let folder = name.rsplit_once('.').map_or("", |(up, _)| up);
        folder.is_empty() || !self.is_package(folder)
    }

    fn is_package(&self, name: &str) -> bool {
        self.module(name).is_some_and(|module| self.model(module).is_package)
    }

    fn exists(&self, name: &str) -> bool {
        self.by_name.contains_key(name) || self.folders.contains_key(name)
    }

    /// How many parts of a canonical name are modules or folders.
    fn depth_of(&self, name: &str) -> usize {
        let mut prefix = name;
        loop {
            if self.exists(prefix) {
                return prefix.matches('.').count();
            }
            match prefix.rsplit_once('.') {
                Some((up, _)) => prefix = up,
                None => return 0,
            }
        }
    }

    /// The longest module that a canonical name begins with, and the parts that follow.
    fn split<'n>(&self, name: &'n str) -> Option<(usize, &'n str)> {
        let mut prefix = name;
        loop {
            if let Some(module) = self.module(prefix) {
                return Some((module, name.get(prefix.len() + 1..).unwrap_or_default()));
            }
            prefix = &prefix[..prefix.bytes().rposition(|byte| byte == b'.')?];
        }
    }

    /// The longest module that a canonical name begins with.
    pub(super) fn longest_module(&self, name: &str) -> Option<usize> {
        self.split(name).map(|(module, _)| module)
    }

    /// What `dotted`, as resolved in module `from`, stands for.
    pub(super) fn find(&self, from: &str, dotted: &str) -> Option<Found<'m>> {
        self.find_within(from, dotted, MAX_STEPS)
    }

    fn find_within(&self, from: &str, dotted: &str, steps: usize) -> Option<Found<'m>> {
        let steps = steps.checked_sub(1)?;
        let Some((canonical, _)) = self.canonical(from, dotted) else {
            return Some(Found::Foreign(dotted.to_owned()));
        };
        let (module, rest) = self.split(&canonical)?;
        if canonical.len() == self.model(module).name.len() {
            return Some(Found::Module(module));
        }
        self.find_in_module(module, rest, steps)
    }

    /// `rest` as names of a module: a definition, what an import brings, what a star import may bring.
    fn find_in_module(&self, module: usize, rest: &str, steps: usize) -> Option<Found<'m>> {
        let model = self.model(module);
        let mut ends = [rest.len(); MAX_NAME];
        let mut dots = rest.bytes().enumerate().filter(|(_, byte)| *byte == b'.').map(|(at, _)| at);
        ends.fill_with(|| dots.next().unwrap_or(rest.len()));
        let is_new = |at: &usize| *at == 0 || ends[*at] != ends[*at - 1];
        for end in (0..MAX_NAME).rev().filter(is_new).map(|at| ends[at]) {
            if let Some((name, defined)) = model.names.get_key_value(&rest[..end]) {
                let rest = rest.get(end + 1..).unwrap_or_default();
                return self.follow((module, name), defined, rest, steps);
            }
        }
        let target = self.star_source(module, &rest[..ends[0]], MAX_STARS, &mut { MAX_STAR_IMPORTS })?;
        self.find_in_module(target, rest, steps.checked_sub(1)?)
    }

    /// The module that defines what star imports of `module` bring under a name. A star import that imports by a star
    /// itself is followed a few times, and all of them together a bounded number of times, so that they cannot multiply.
    fn star_source(&self, module: usize, name: &str, depth: usize, left: &mut usize) -> Option<usize> {
        let depth = depth.checked_sub(1)?;
        self.stars.get(&module)?.iter().take(4).find_map(|base| {
            *left = left.checked_sub(1)?;
            let (canonical, _) = self.canonical(&self.model(module).name, base)?;
            let target = self.module(&canonical).filter(|target| *target != module)?;
            match self.model(target).names.contains_key(name) {
                true => Some(target),
                false => self.star_source(target, name, depth, left),
            }
        })
    }

    /// A definition with attributes after it: imports are followed always, the rest where attributes remain.
    fn follow(
        &self,
        (module, name): (usize, &'m str),
        defined: &'m Defined,
        rest: &str,
        steps: usize,
    ) -> Option<Found<'m>> {
        let from = self.model(module).name.as_str();
        let here = || Found::Defined { module, name, defined, rest: rest.to_owned() };
        match defined.kind {
            DefinedKind::Import => self.find_within(from, &extend(defined.stands_for.as_deref()?, rest), steps),
            DefinedKind::Class if !rest.is_empty() => {
                let inherited = defined.bases.iter().take(4).find_map(|base| {
                    match self.find_within(from, &extend(base, rest), steps.checked_sub(3)?)? {
                        found @ Found::Defined { .. } => Some(found),
                        _ => None,
                    }
                });
                Some(inherited.unwrap_or_else(here))
            }
            DefinedKind::Variable | DefinedKind::Function if !rest.is_empty() => {
                let followed =
                    defined.stands_for.as_deref().and_then(|of| self.find_within(from, &extend(of, rest), steps));
                Some(followed.unwrap_or_else(here))
            }
            _ => Some(here()),
        }
    }

    /// The row that a dotted name means.
    pub(super) fn row(&self, from: &str, dotted: &str) -> Option<RowId> {
        match self.find(from, dotted)? {
            Found::Defined { defined, .. } => defined.row,
            _ => None,
        }
    }

    /// Canonical name of what made the variable that `dotted` means.
    pub(super) fn stands_for(&self, from: &str, dotted: &str) -> Option<String> {
        match self.find(from, dotted)? {
            Found::Defined { module, defined, rest, .. }
                if rest.is_empty() && defined.kind == DefinedKind::Variable =>
            {
                self.identity(&self.model(module).name, defined.stands_for.as_deref()?)
            }
            _ => None,
        }
    }

    /// What a name of the tree stands for outside of it: `sqlalchemy.create_engine.connect` for `app.db.engine.connect`.
    pub(super) fn foreign(&self, from: &str, dotted: &str) -> Option<String> {
        match self.find(from, dotted)? {
            Found::Foreign(name) if name != dotted => Some(name),
            _ => None,
        }
    }

    /// Canonical name of the definition that `dotted` means: what one object has in every module.
    pub(super) fn identity(&self, from: &str, dotted: &str) -> Option<String> {
        match self.find(from, dotted)? {
            Found::Defined { module, name, rest, .. } => {
                Some(extend(&join(&self.model(module).name, name), &rest).into_owned())
            }
            Found::Module(module) => Some(self.model(module).name.clone()),
            Found::Foreign(name) => Some(name),
        }
    }

    /// Canonical name of the variable or attribute that `dotted` means, not what it stands for.
    pub(super) fn holder(&self, from: &str, dotted: &str) -> Option<String> {
        let (base, last) = dotted.rsplit_once('.')?;
        match self.find(from, dotted)? {
            Found::Defined { module, name, rest, .. } if rest.is_empty() => Some(join(&self.model(module).name, name)),
            // What holds it stands for something outside: name it by its own holder.
            _ => self.identity(from, base).map(|base| join(&base, last)),
        }
    }

    /// The literal that `dotted` means.
    pub(super) fn literal(&self, from: &str, dotted: &str) -> Option<&'m str> {
        match self.find(from, dotted)? {
            Found::Defined { defined, rest, .. } if rest.is_empty() => defined.literal.as_deref(),
            _ => None,
        }
    }
}

fn extend<'b>(base: &'b str, rest: &str) -> Cow<'b, str> {
    if rest.is_empty() { Cow::Borrowed(base) } else { Cow::Owned(join(base, rest)) }
}

/// `dotted` under a root, which may be the nameless one of the tree.
fn join_dotted(root: &str, dotted: &str) -> String {
    [root, ".", dotted].concat()
}

/// The canonical name of the folder of a module.
fn folder_of(module: &str) -> &str {
    module.rsplit_once('.').map_or("", |(up, _)| up)
}

fn star_imports(model: &ModuleModel) -> Option<Vec<&str>> {
    let stars = model.names.values().filter(|defined| defined.kind == DefinedKind::StarImport);
    let mut bases: Vec<&str> = stars.filter_map(|defined| defined.stands_for.as_deref()).collect();
    bases.sort_unstable();
    (!bases.is_empty()).then_some(bases)
}

/// How many parts two canonical names begin with together.
fn shared_start(left: &str, right: &str) -> usize {
    left.split('.').zip(right.split('.')).take_while(|(left, right)| left == right).count()
}
