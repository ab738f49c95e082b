//! What is known of a file before its patterns are matched, each made once and only when it is asked for: what names
//! mean ([`Names`]), and what values they hold where they are used ([`Values`]).

mod assigned;
mod evaluate;
mod imports;
mod names;
mod values;

use std::cell::OnceCell;
use std::ops::Range;

pub(super) use evaluate::Value;
pub(super) use imports::Imports;
pub(super) use names::{Declared, EntityId, Names};
pub(super) use values::Values;

use super::generic;
use super::language::Language;
use crate::syntax::tree::{Kind, NodeId, Role, Sym, Tree};

/// One text under the matcher: its tree and what is known of it.
pub(super) struct Code<'t> {
    pub(super) language: Language,
    pub(super) text: &'t str,
    pub(super) tree: &'t Tree,
    names: OnceCell<Names>,
    values: OnceCell<Values>,
    /// For each statement of a list, where the list ends; 0 for every other node.
    sequences: OnceCell<Vec<u32>>,
    imports: OnceCell<Imports>,
    /// The names that loops, comprehensions and `with` declare, and tuples of them, in order.
    declared: OnceCell<Vec<NodeId>>,
    /// The text as words, by the style of its comments.
    words: OnceCell<(Option<Box<str>>, generic::Document)>,
}

impl<'t> Code<'t> {
    pub(super) fn new(language: Language, text: &'t str, tree: &'t Tree) -> Self {
        Self {
            language,
            text,
            tree,
            names: OnceCell::new(),
            values: OnceCell::new(),
            sequences: OnceCell::new(),
            imports: OnceCell::new(),
            declared: OnceCell::new(),
            words: OnceCell::new(),
        }
    }

    /// What the names mean.
    pub(super) fn names(&self) -> &Names {
        self.names.get_or_init(|| match self.language {
            Language::Python => Names::resolve(self.tree),
            _ => Names::default(),
        })
    }

    /// What values the names hold.
    pub(super) fn values(&self) -> &Values {
        self.values.get_or_init(|| match self.language {
            Language::Python => Values::propagate(self),
            Language::Dockerfile => Values::of_environment(self),
            _ => Values::default(),
        })
    }

    /// The dotted path that a name was imported from; empty where it was not imported.
    pub(super) fn path(&self, name: NodeId) -> &[Sym] {
        if !self.imports().is_local(self.tree.node(name).sym) {
            return &[];
        }
        let names = self.names();
        names.of(name).map_or(&[], |entity| names.path(entity))
    }

    /// The names that imports bring, whatever hides them.
    pub(super) fn imports(&self) -> &Imports {
        self.imports.get_or_init(|| match self.language {
            Language::Python => Imports::of(self.tree),
            _ => Imports::default(),
        })
    }

    /// Whether a name or tuple is the target of a loop, a comprehension or a `with`, or one of several: that is no
    /// expression.
    pub(super) fn is_declared(&self, name: NodeId) -> bool {
        self.language == Language::Python
            && matches!(self.tree.node(name).kind, Kind::Name | Kind::Tuple | Kind::List)
            && self.declared.get_or_init(|| declared(self.tree)).binary_search(&name).is_ok()
    }

    /// The index at which the list of statements ends that `node` stands in; a class body counts from its first only.
    pub(super) fn sequence_end(&self, node: NodeId) -> Option<u32> {
        let ends = self.sequences.get_or_init(|| sequences(self.tree));
        ends.get(node.index()).copied().filter(|&end| end > 0)
    }

    /// The names of the definitions around some bytes, or in data the keys, joined by dots.
    pub(super) fn route(&self, bytes: &Range<u32>) -> String {
        if self.tree.nodes.is_empty() {
            return String::new();
        }
        let mut names: Vec<&str> = Vec::new();
        let mut at = NodeId::ROOT;
        loop {
            let name = match self.tree.node(at).kind {
                Kind::FuncDef | Kind::ClassDef => self.tree.child(at, Role::Name),
                Kind::Pair => self.tree.children(at).next(),
                _ => None,
            };
            names.extend(name.map(|name| self.tree.content(self.text, name)));
            let holds = |&child: &NodeId| {
                let node = self.tree.node(child);
                node.start <= bytes.start && bytes.end <= node.end
            };
            match self.tree.children(at).find(holds) {
                Some(child) => at = child,
                None => return names.join("."),
            }
        }
    }

    /// Searches the text word by word.
    pub(super) fn search_words(
        &self,
        pattern: &generic::GenericPattern,
        comments: Option<&str>,
        settings: generic::Settings,
    ) -> Option<Vec<generic::Found>> {
        let make = || (comments.map(Box::from), generic::Document::new(self.text, comments));
        let (style, document) = self.words.get_or_init(make);
        if style.as_deref() == comments {
            return pattern.search(document, settings);
        }
        pattern.search(&make().1, settings)
    }

    /// The value that an expression is known to have.
    pub(super) fn value(&self, node: NodeId) -> Option<Value> {
        evaluate::expression(self, node)
    }
}

fn declared(tree: &Tree) -> Vec<NodeId> {
    let mut names = Vec::new();
    let binds = |at: &usize| matches!(tree.nodes[*at].kind, Kind::For | Kind::CompFor | Kind::WithItem);
    let targets = (0..tree.nodes.len()).filter(binds).filter_map(|at| tree.child(NodeId(at as u32), Role::Target));
    for target in targets {
        let mut left = vec![target];
        while let Some(id) = left.pop() {
            match tree.node(id).kind {
                Kind::Name => names.push(id),
                Kind::Tuple | Kind::List => {
                    names.push(id);
                    left.extend(tree.children(id));
                }
                _ => {}
            }
        }
    }
    names.sort_unstable();
    names
}

fn sequences(tree: &Tree) -> Vec<u32> {
    let mut ends = vec![0; tree.nodes.len()];
    let mut class_bodies = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        let id = NodeId(at as u32);
        match node.kind {
            Kind::ClassDef => class_bodies.extend(tree.child(id, Role::Body)),
            Kind::Block | Kind::Module => {
                let end = id.0 + node.size;
                let is_class = class_bodies.last() == Some(&id);
                let most = if is_class { 1 } else { usize::MAX };
                tree.children(id).take(most).for_each(|child| ends[child.index()] = end);
                if is_class {
                    class_bodies.pop();
                }
            }
            _ => {}
        }
    }
    ends
}
