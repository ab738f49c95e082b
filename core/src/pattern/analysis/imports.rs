//! The names that the imports of a file bring: a quick table, before anything is known of scopes.

use crate::pattern::dispatch::SymMap;
use crate::syntax::tree::{Kind, NodeId, Role, Sym, Tree};

/// Local names of imports, with the last word of what each stands for.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    /// More than one where several imports bring the same name.
    locals: SymMap<Vec<Sym>>,
    has_alias: bool,
    has_wildcard: bool,
}

impl Imports {
    /// Reads every import of a tree.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut imports = Self::default();
        for (at, node) in tree.nodes.iter().enumerate() {
            let id = NodeId(at as u32);
            match node.kind {
                Kind::Import => imports.module(tree, id),
                Kind::ImportName => imports.name(tree, id),
                Kind::ImportAll => imports.has_wildcard = true,
                _ => {}
            }
        }
        imports
    }

    fn module(&mut self, tree: &Tree, id: NodeId) {
        let Some(alias) = tree.child(id, Role::Alias) else { return };
        let last = tree.children(NodeId(id.0 + 1)).last();
        let last = last.map_or(Sym::NONE, |last| tree.node(last).sym);
        self.add(tree.node(alias).sym, last);
    }

    fn name(&mut self, tree: &Tree, id: NodeId) {
        let name = tree.node(NodeId(id.0 + 1)).sym;
        let local = tree.child(id, Role::Alias).map_or(name, |alias| tree.node(alias).sym);
        self.add(local, name);
    }

    fn add(&mut self, local: Sym, last: Sym) {
        self.has_alias |= local != last;
        self.locals.entry(local).or_default().push(last);
    }

    /// Whether some import brings this name.
    pub(crate) fn is_local(&self, name: Sym) -> bool {
        self.locals.contains_key(&name)
    }

    /// Whether some import brings this name for what ends in `last`.
    pub(crate) fn may_stand_for(&self, name: Sym, last: Sym) -> bool {
        self.locals.get(&name).is_some_and(|words| words.contains(&last))
    }

    /// The last words of what a name may stand for, where they are other words.
    pub(crate) fn other_words(&self, name: Sym) -> impl Iterator<Item = Sym> {
        let words = if self.has_alias { self.locals.get(&name) } else { None };
        words.into_iter().flatten().copied().filter(move |word| *word != name)
    }

    /// Whether there is a `from m import *`.
    pub(crate) fn has_wildcard(&self) -> bool {
        self.has_wildcard
    }
}
