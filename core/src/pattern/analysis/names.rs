//! What each name of a Python file means: a variable of a scope, a parameter, or something imported.
//!
//! One scan in preorder. As in Semgrep: imports are seen from everywhere after them and never shadowed by an assignment
//! to the same name, parameters and loop targets shadow, names in the body of a class stay unresolved, and the name of
//! a function or class is no variable.

use crate::pattern::dispatch::SymMap;
use crate::syntax::tree::{Kind, NodeId, Role, Sym, Tree};

/// Index of an entity of a file; 0 is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct EntityId(pub(super) u32);

impl EntityId {
    /// The index.
    pub(crate) fn number(self) -> u32 {
        self.0
    }
}

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entity {
    /// What it was declared as.
    pub(crate) declared: Declared,
    /// The type that it was declared with, or the literal that it was first assigned.
    pub(crate) kind: Option<NodeId>,
    /// The dotted path of an import, as a range of [`Names::paths`].
    path: (u32, u32),
}

/// How an entity came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Declared {
    /// A variable of the module.
    Global,
    /// A variable of a function.
    Local,
    /// A parameter.
    Parameter,
    /// By an import.
    Imported,
}

/// The names of a file.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// For each node, its entity or 0.
    of: Vec<u32>,
    entities: Vec<Entity>,
    paths: Vec<Sym>,
    /// Modules whose every name is imported (`from m import *`), as ranges of `paths`.
    wildcards: Vec<(u32, u32)>,
}

impl Names {
    /// Resolves every name of a tree.
    pub(super) fn resolve(tree: &Tree) -> Self {
        let mut resolver = Resolver {
            tree,
            names: Self { of: vec![0; tree.nodes.len()], ..Self::default() },
            innermost: SymMap::default(),
            declarations: Vec::new(),
            imported: SymMap::default(),
            scopes: Vec::new(),
            assigned: Vec::new(),
            targets: Vec::new(),
            level: 0,
        };
        resolver.run();
        resolver.names
    }

    /// What the name at `node` stands for.
    pub(crate) fn of(&self, node: NodeId) -> Option<EntityId> {
        self.of.get(node.index()).filter(|&&id| id > 0).map(|&id| EntityId(id))
    }

    /// The entity.
    pub(crate) fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize - 1]
    }

    /// The path of an import; empty for anything else.
    pub(super) fn path(&self, id: EntityId) -> &[Sym] {
        self.slice(self.entity(id).path)
    }

    /// The modules that `from m import *` names.
    pub(crate) fn wildcards(&self) -> impl Iterator<Item = &[Sym]> {
        self.wildcards.iter().map(|&range| self.slice(range))
    }

    fn slice(&self, range: (u32, u32)) -> &[Sym] {
        &self.paths[range.0 as usize..range.1 as usize]
    }
}

/// A declaration of a name in a scope, and the one that it hides.
struct Declaration {
    sym: Sym,
    entity: u32,
    level: u32,
    hidden: Option<u32>,
}

struct Scope {
    /// Node at which it ends.
    end: u32,
    /// Length of `declarations` before it.
    before: usize,
    is_class: bool,
}

struct Resolver<'t> {
    tree: &'t Tree,
    names: Names,
    /// The innermost declaration of each name.
    innermost: SymMap<u32>,
    declarations: Vec<Declaration>,
    imported: SymMap<u32>,
    scopes: Vec<Scope>,
    /// Targets that are declared once their value is passed: (end of the value, target, value).
    assigned: Vec<(u32, NodeId, NodeId)>,
    /// Ends of the subtrees that are assigned to.
    targets: Vec<u32>,
    level: u32,
}

impl Resolver<'_> {
    fn run(&mut self) {
        let nodes = self.tree.nodes.len() as u32;
        for at in 0..nodes {
            self.leave(at);
            self.enter(NodeId(at));
        }
        self.leave(nodes);
    }

    /// Ends whatever ends before the node at `at`.
    fn leave(&mut self, at: u32) {
        while let Some(&(end, target, value)) = self.assigned.last() {
            if end > at {
                break;
            }
            self.assigned.pop();
            self.declare_target(target, value);
        }
        while self.targets.last().is_some_and(|&end| end <= at) {
            self.targets.pop();
        }
        while self.scopes.last().is_some_and(|scope| scope.end <= at) {
            self.pop_scope();
        }
    }

    fn pop_scope(&mut self) {
        let Some(scope) = self.scopes.pop() else { return };
        for declaration in self.declarations.drain(scope.before..).rev() {
            match declaration.hidden {
                Some(hidden) => _ = self.innermost.insert(declaration.sym, hidden),
                None => _ = self.innermost.remove(&declaration.sym),
            }
        }
        self.level -= 1;
    }

    fn push_scope(&mut self, end: u32, is_class: bool) {
        self.scopes.push(Scope { end, before: self.declarations.len(), is_class });
        self.level += 1;
    }

    fn enter(&mut self, id: NodeId) {
        let node = self.tree.node(id);
        let end = id.0 + node.size;
        match node.kind {
            Kind::Name => self.use_name(id),
            Kind::ClassDef => self.push_scope(end, true),
            Kind::FuncDef | Kind::Lambda => self.function(id, end),
            Kind::Comprehension => {
                let is_class = self.in_class();
                self.push_scope(end, is_class);
                let loops = self.tree.children(id).filter(|&child| self.tree.node(child).kind == Kind::CompFor);
                for each in loops.collect::<Vec<_>>() {
                    self.pattern_target(each);
                }
            }
            Kind::For | Kind::WithItem => self.pattern_target(id),
            Kind::Handler => {
                if let Some(name) = self.tree.child(id, Role::Name) {
                    self.declare(name, None);
                }
            }
            Kind::Assign | Kind::AugAssign | Kind::VarDef => self.assignment(id, end),
            Kind::OuterName => self.outer_name(id),
            Kind::Import | Kind::ImportFrom | Kind::ImportAll => self.import(id),
            _ => {}
        }
    }

    fn in_class(&self) -> bool {
        self.scopes.last().is_some_and(|scope| scope.is_class)
    }

    fn function(&mut self, id: NodeId, end: u32) {
        let params = self.tree.children(id).find(|&child| self.tree.node(child).kind == Kind::Params);
        // Decorators stand before the parameters and belong to the scope outside; nothing is declared by them, so it
        // does no harm that the scope begins with them.
        self.push_scope(end, false);
        let Some(params) = params else { return };
        for param in self.tree.children(params) {
            if self.tree.node(param).kind != Kind::Param {
                continue;
            }
            if let Some(name) = self.tree.child(param, Role::Name) {
                let kind = self.tree.child(param, Role::Type);
                let entity = self.entity(Declared::Parameter, kind, (0, 0));
                self.names.of[name.index()] = entity;
                self.bind(self.tree.node(name).sym, entity);
            }
        }
    }

    fn entity(&mut self, declared: Declared, kind: Option<NodeId>, path: (u32, u32)) -> u32 {
        self.names.entities.push(Entity { declared, kind, path });
        self.names.entities.len() as u32
    }

    fn bind(&mut self, sym: Sym, entity: u32) {
        let at = self.declarations.len() as u32;
        let hidden = self.innermost.insert(sym, at);
        self.declarations.push(Declaration { sym, entity, level: self.level, hidden });
    }

    /// The entity of a name as it is used here.
    fn lookup(&self, sym: Sym) -> Option<u32> {
        let found = self.innermost.get(&sym).map(|&at| &self.declarations[at as usize]);
        let in_target = !self.targets.is_empty() && self.level > 0;
        let found = found.filter(|declaration| !in_target || declaration.level == self.level);
        found.map(|declaration| declaration.entity).or_else(|| self.imported.get(&sym).copied())
    }

    fn use_name(&mut self, id: NodeId) {
        if self.names.of[id.index()] != 0 || self.tree.node(id).sym == Sym::new("self") {
            return;
        }
        match self.lookup(self.tree.node(id).sym) {
            Some(entity) => self.names.of[id.index()] = entity,
            None if !self.targets.is_empty() => self.declare(id, None),
            None => {}
        }
    }

    fn declare(&mut self, name: NodeId, kind: Option<NodeId>) {
        if self.in_class() {
            return;
        }
        let declared = if self.level == 0 { Declared::Global } else { Declared::Local };
        let entity = self.entity(declared, kind, (0, 0));
        self.names.of[name.index()] = entity;
        self.bind(self.tree.node(name).sym, entity);
    }

    /// The target of a loop, a comprehension or a `with`: its names are declared anew.
    fn pattern_target(&mut self, id: NodeId) {
        let Some(target) = self.tree.child(id, Role::Target) else { return };
        if self.in_class() {
            return;
        }
        let mut at = target.0;
        let end = at + self.tree.node(target).size;
        while at < end {
            let node = self.tree.node(NodeId(at));
            match node.kind {
                Kind::Name => self.declare(NodeId(at), None),
                Kind::Tuple | Kind::List | Kind::Starred => {}
                _ => {
                    self.targets.push(at + node.size);
                    at += node.size;
                    continue;
                }
            }
            at += 1;
        }
    }

    fn assignment(&mut self, id: NodeId, end: u32) {
        let Some(target) = self.tree.child(id, Role::Target) else { return };
        let node = self.tree.node(target);
        let value = self.tree.child(id, Role::Value);
        let kind = self.tree.node(id).kind;
        if kind == Kind::VarDef {
            let declared = self.tree.child(id, Role::Type).or(value);
            self.assigned.push((end, target, declared.unwrap_or(target)));
        } else if kind == Kind::Assign && node.kind == Kind::Name && self.lookup(node.sym).is_none() {
            self.assigned.push((end, target, value.unwrap_or(target)));
        } else {
            self.targets.push(target.0 + node.size);
        }
    }

    fn declare_target(&mut self, target: NodeId, kind: NodeId) {
        if self.names.of[target.index()] == 0 || self.tree.node(kind).role == Role::Type {
            self.declare(target, Some(kind));
        }
    }

    fn outer_name(&mut self, id: NodeId) {
        let Some(name) = self.tree.child(id, Role::Name) else { return };
        let sym = self.tree.node(name).sym;
        let is_global = self.tree.node(id).sym == Sym::new("global");
        let found = self.declarations.iter().rev().find(|declaration| {
            declaration.sym == sym && if is_global { declaration.level == 0 } else { declaration.level < self.level }
        });
        if let Some(entity) = found.map(|declaration| declaration.entity) {
            self.names.of[name.index()] = entity;
            self.bind(sym, entity);
        }
    }

    fn import(&mut self, id: NodeId) {
        let tree = self.tree;
        let Some(path) = tree.child(id, Role::Module) else { return };
        let module: Vec<Sym> = tree.children(path).map(|part| tree.node(part).sym).collect();
        match tree.node(id).kind {
            Kind::Import => {
                if let Some(alias) = tree.child(id, Role::Alias) {
                    self.imported_as(alias, &module, None);
                }
            }
            Kind::ImportFrom => {
                for each in tree.children(id).skip(1) {
                    let Some(name) = tree.child(each, Role::Name) else { continue };
                    let local = tree.child(each, Role::Alias).unwrap_or(name);
                    self.imported_as(local, &module, Some(tree.node(name).sym));
                }
            }
            // Those within functions and blocks are not looked at.
            _ if tree.children(NodeId::ROOT).any(|outermost| outermost == id) => {
                let range = self.path(&module, None);
                self.names.wildcards.push(range);
            }
            _ => {}
        }
    }

    fn path(&mut self, module: &[Sym], name: Option<Sym>) -> (u32, u32) {
        let start = self.names.paths.len() as u32;
        self.names.paths.extend_from_slice(module);
        self.names.paths.extend(name);
        (start, self.names.paths.len() as u32)
    }

    fn imported_as(&mut self, local: NodeId, module: &[Sym], name: Option<Sym>) {
        let path = self.path(module, name);
        let entity = self.entity(Declared::Imported, None, path);
        if self.tree.node(local).role == Role::Alias {
            self.names.of[local.index()] = entity;
        }
        self.imported.insert(self.tree.node(local).sym, entity);
    }
}
