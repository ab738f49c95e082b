//! At which nodes a pattern can match: by kind of node, for calls, attributes and names by their last word, and by the
//! other words that it needs there.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::code_pattern::CodePattern;
use super::rule::Options;
use super::search::is_candidate;
use super::words::{LocalWords, Vocabulary, Word};
use crate::syntax::tree::{Kind, NodeId, Role, Shape, Sym, Tree};

/// Symbols are hashes already.
#[derive(Debug, Default, Clone)]
pub(super) struct SymHasher(u64);

impl Hasher for SymHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// A map by symbol.
pub(super) type SymMap<V> = HashMap<Sym, V, BuildHasherDefault<SymHasher>>;

/// Where a pattern can match.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The last word of the call, attribute or name, where it must be one.
    pub(super) word: Option<Word>,
    /// The words that it may be, where conditions allow few.
    pub(super) few: Option<Vec<Word>>,
    /// The kinds of nodes.
    pub(super) kinds: Vec<Kind>,
    /// The words that it needs.
    pub(super) words: LocalWords,
}

impl Place {
    /// Where `pattern` can match under `options`, given what conditions allow its metavariables to be.
    pub(super) fn of(
        pattern: &CodePattern,
        options: &Options,
        allowed: &[Allowed<'_>],
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let kinds = Kind::ALL.iter().copied().filter(|&kind| can_match(pattern, kind)).collect();
        let mut words = vocabulary.local_words(pattern, options);
        let mut numbers =
            |allowed: &Allowed<'_>| allowed.words.iter().map(|word| vocabulary.add(Sym::new(word))).collect::<Vec<_>>();
        words.any = allowed.iter().map(&mut numbers).collect();
        let (word, few) = match last_name(pattern, options) {
            Some(Last::Word(word)) => (Some(vocabulary.add(word)), None),
            Some(Last::Metavariable(name)) => {
                // The fewest words say the most.
                let sets = allowed.iter().filter(|allowed| allowed.metavariable == name);
                (None, sets.min_by_key(|allowed| allowed.words.len()).map(numbers))
            }
            None => (None, None),
        };
        Self { word, few, kinds, words }
    }
}

impl Place {
    /// The words that the last one of the call, attribute or name may be.
    pub(super) fn last(&self) -> Option<&[Word]> {
        self.word.as_slice().first().map(std::slice::from_ref).or(self.few.as_deref())
    }
}

/// The words that conditions allow a metavariable to be, in code.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowed<'p> {
    pub(super) metavariable: Sym,
    pub(super) words: &'p [String],
}

fn can_match(pattern: &CodePattern, kind: Kind) -> bool {
    if !is_candidate(pattern, kind, Role::Item) {
        return false;
    }
    let tree = pattern.tree();
    match pattern.pattern.shape {
        Shape::Statement => same_statement(tree, pattern.pattern.root, kind),
        Shape::Statements => {
            let first = tree.children(pattern.pattern.root).next();
            first.is_none_or(|first| same_statement(tree, first, kind))
        }
        _ => true,
    }
}

/// Whether a statement of the pattern can match a statement of a kind.
fn same_statement(tree: &Tree, statement: NodeId, kind: Kind) -> bool {
    let import = |kind: Kind| matches!(kind, Kind::Import | Kind::ImportFrom | Kind::ImportAll);
    match tree.node(statement).kind {
        Kind::ExprStmt => match tree.node(NodeId(statement.0 + 1)).kind {
            Kind::Ellipsis | Kind::Metavar | Kind::MetavarRest | Kind::Deep => true,
            _ => matches!(kind, Kind::ExprStmt | Kind::VarDef | Kind::Return),
        },
        Kind::Return => matches!(kind, Kind::Return | Kind::Lambda),
        own if import(own) => import(kind),
        own => own == kind,
    }
}

/// What a name ends in.
enum Last {
    Word(Sym),
    /// The name of an attribute, where a metavariable stands for it.
    Metavariable(Sym),
}

fn last_name(pattern: &CodePattern, options: &Options) -> Option<Last> {
    if pattern.pattern.shape != Shape::Expression {
        return None;
    }
    let tree = pattern.tree();
    let root = pattern.pattern.root;
    match tree.node(root).kind {
        // A name may stand for the callee.
        Kind::Call if options.symbolic_propagation => None,
        Kind::Call => last_of(pattern, NodeId(root.0 + 1)),
        Kind::Attribute | Kind::Name => last_of(pattern, root),
        _ => None,
    }
}

fn last_of(pattern: &CodePattern, id: NodeId) -> Option<Last> {
    let tree = pattern.tree();
    let name = match tree.node(id).kind {
        Kind::Name => id,
        Kind::Attribute => tree.child(id, Role::Name)?,
        _ => return None,
    };
    let node = tree.node(name);
    match node.kind {
        Kind::Name | Kind::Ident if pattern.string(name).is_none() => Some(Last::Word(node.sym)),
        Kind::Metavar => Some(Last::Metavariable(node.sym)),
        _ => None,
    }
}

/// The last word of a call, attribute or name of a file.
pub(super) fn word_of(tree: &Tree, id: NodeId) -> Option<Sym> {
    let node = tree.node(id);
    match node.kind {
        Kind::Name => Some(node.sym),
        Kind::Attribute => attribute(tree, id),
        Kind::Call => {
            let callee = NodeId(id.0 + 1);
            match tree.node(callee).kind {
                Kind::Name => Some(tree.node(callee).sym),
                Kind::Attribute => attribute(tree, callee),
                _ => None,
            }
        }
        _ => None,
    }
}

fn attribute(tree: &Tree, id: NodeId) -> Option<Sym> {
    let object = NodeId(id.0 + 1);
    let name = NodeId(object.0 + tree.node(object).size);
    Some(tree.node(name).sym)
}
