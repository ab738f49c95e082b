//! Joins the modules of the tree: which file an import means, and what a dotted name stands for.

use hashbrown::HashMap;

use super::model::{Defined, DefinedKind, ModuleModel};
use super::scope::join;
use crate::facts::{Certainty, RowId};
use crate::source::FileId;

/// How many names and imports are followed from a mention to its definition.
const MAX_STEPS: usize = 12;

/// Every module of the tree, by its canonical name.
pub(super) struct Program<'m> {
    pub(super) modules: Vec<(FileId, &'m ModuleModel)>,
    by_name: HashMap<&'m str, usize>,
    /// Names that have modules below them: packages and plain folders.
    folders: HashMap<&'m str, ()>,
    /// Modules and folders by the last part of their name: where only the end of a path agrees.
    by_last_part: HashMap<&'m str, Vec<&'m str>>,
}

/// What a dotted name was found to be.
#[derive(Debug, Clone)]
pub(super) enum Found<'m> {
    /// A definition of the tree, and the attributes that follow it.
    Defined { module: usize, name: String, defined: &'m Defined, rest: Vec<String> },
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
        Self { modules, by_name, folders, by_last_part }
    }

    /// The model of a module.
    pub(super) fn model(&self, module: usize) -> &'m ModuleModel {
        self.modules[module].1
    }

    /// The module with exactly this canonical name.
    pub(super) fn module(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The canonical name of what an absolute import of `dotted` in `from` means, where its first part is in the tree.
    /// Every folder above that is no package is a search root, with its `src`; failing that, any folder may be.
    pub(super) fn canonical(&self, from: &str, dotted: &str) -> Option<(String, Certainty)> {
        if dotted.starts_with('.') {
            return Some((dotted.to_owned(), Certainty::Certain));
        }
        let top = dotted.split('.').next()?;
        // Most imports are of packages outside of the tree.
        if !self.by_last_part.contains_key(top) {
            return None;
        }
        let Some(found) = self.by_root(from, dotted, top) else {
            return self.by_end(from, dotted, top);
        };
        if self.split(&found).is_some() {
            return Some((found, Certainty::Certain));
        }
        // Only a folder has the name: another root may have the module.
        let elsewhere = self.by_end(from, dotted, top).filter(|(name, _)| self.split(name).is_some());
        Some(elsewhere.unwrap_or((found, Certainty::Likely)))
    }

    fn by_root(&self, from: &str, dotted: &str, top: &str) -> Option<String> {
        let mut root = from.rsplit_once('.').map_or("", |(up, _)| up);
        loop {
            if root.is_empty() || !self.is_package(root) {
                for root in [root.to_owned(), format!("{root}.src"), format!("{root}.lib")] {
                    let candidate = format!("{root}.{top}");
                    // `redis.py` that imports `redis` does not mean itself; a package may.
                    if (candidate != from || self.is_package(from)) && self.exists(&candidate) {
                        return Some(format!("{root}.{dotted}"));
                    }
                }
            }
            root = root.rsplit_once('.').map(|(up, _)| up)?;
        }
    }

    /// A module elsewhere in the tree whose path ends as the import says: where a start script sets the search path. A
    /// module inside of a package is found so only where no known package has the name.
    fn by_end(&self, from: &str, dotted: &str, top: &str) -> Option<(String, Certainty)> {
        let known = super::packages::is_known_package(top) || super::standard::is_standard(top);
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
        Some((best.clone(), Certainty::Likely))
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
    fn split<'n>(&self, name: &'n str) -> Option<(usize, Vec<&'n str>)> {
        let mut prefix = name;
        let mut rest = Vec::new();
        loop {
            if let Some(module) = self.module(prefix) {
                rest.reverse();
                return Some((module, rest));
            }
            let (up, last) = prefix.rsplit_once('.')?;
            rest.push(last);
            prefix = up;
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
        if rest.is_empty() {
            return Some(Found::Module(module));
        }
        self.find_in_module(module, &rest, steps)
    }

    /// `rest` as names of a module: a definition, what an import brings, what a star import may bring.
    fn find_in_module(&self, module: usize, rest: &[&str], steps: usize) -> Option<Found<'m>> {
        let model = self.model(module);
        for length in (1..=rest.len().min(3)).rev() {
            let name = rest[..length].join(".");
            if let Some(defined) = model.names.get(name.as_str()) {
                let rest: Vec<&str> = rest[length..].to_vec();
                return self.follow((module, &name), defined, &rest, steps);
            }
        }
        let stars = model.names.values().filter(|defined| defined.kind == DefinedKind::StarImport);
        let mut bases: Vec<&str> = stars.filter_map(|defined| defined.stands_for.as_deref()).collect();
        bases.sort_unstable();
        // One step for all: a star import that imports by a star itself must not multiply.
        bases.iter().take(4).find_map(|base| {
            let (canonical, _) = self.canonical(&model.name, base)?;
            let target = self.module(&canonical).filter(|target| *target != module)?;
            self.model(target).names.get(*rest.first()?)?;
            self.find_in_module(target, rest, steps.checked_sub(1)?)
        })
    }

    /// A definition with attributes after it: imports are followed always, the rest where attributes remain.
    fn follow(
        &self,
        (module, name): (usize, &str),
        defined: &'m Defined,
        rest: &[&str],
        steps: usize,
    ) -> Option<Found<'m>> {
        let from = self.model(module).name.as_str();
        let here = || Found::Defined {
            module,
            name: name.to_owned(),
            defined,
            rest: rest.iter().map(|part| (*part).to_owned()).collect(),
        };
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
                let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
                Some(extend(&join(&self.model(module).name, &name), &rest))
            }
            Found::Module(module) => Some(self.model(module).name.clone()),
            Found::Foreign(name) => Some(name),
        }
    }

    /// Canonical name of the variable or attribute that `dotted` means, not what it stands for.
    pub(super) fn holder(&self, from: &str, dotted: &str) -> Option<String> {
        let (base, last) = dotted.rsplit_once('.')?;
        match self.find(from, dotted)? {
            Found::Defined { module, name, rest, .. } if rest.is_empty() => Some(join(&self.model(module).name, &name)),
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

fn extend(base: &str, rest: &[&str]) -> String {
    rest.iter().fold(base.to_owned(), |name, part| join(&name, part))
}

/// How many parts two canonical names begin with together.
fn shared_start(left: &str, right: &str) -> usize {
    left.split('.').zip(right.split('.')).take_while(|(left, right)| left == right).count()
}
