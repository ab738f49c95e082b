//! The words that must stand where a pattern matches.
//!
//! A name of a pattern is found under its last word, or under the alias of an import that ends in that word; never
//! elsewhere, unless the rule asks for symbolic propagation. So a pattern is tried only where its words are.

use super::code_pattern::CodePattern;
use super::dispatch::SymMap;
use super::language::Language;
use super::rule::Options;
use crate::syntax::tree::{Kind, NodeId, Role, Shape, Sym, Tree};

/// The number of a word that some pattern needs.
pub(super) type Word = u32;

/// The words that a pattern needs where it matches.
#[derive(Debug, Clone, Default)]
pub(super) struct LocalWords {
    /// Within the node that it is tried at: for several statements, the first of them.
    pub(super) node: Vec<Word>,
    /// The keywords of statements within that node.
    pub(super) keywords: Vec<Word>,
    /// From that node to the end of its block, for several statements.
    pub(super) block: Vec<Word>,
    /// Sets of which one each stands there as well: what conditions allow metavariables of the pattern to be.
    pub(super) any: Vec<Vec<Word>>,
    /// Anywhere in the file, be it in an import: what names begin with, and all of it where names may stand for expressions.
    pub(super) file: Vec<Word>,
    /// Whether the pattern is several statements.
    pub(super) spans_block: bool,
}

/// The words of all patterns, numbered.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: SymMap<Word>,
    /// A bit for the lowest bits of each word: most words of a file are told apart without a look at the map.
    bits: Vec<u64>,
}

/// How many bits tell words apart; a power of two.
const BITS: u64 = 1 << 14;

impl Vocabulary {
    /// The words that `pattern` needs, numbered.
    pub(super) fn local_words(&mut self, pattern: &CodePattern, options: &Options) -> LocalWords {
        let mut words = LocalWords { spans_block: pattern.pattern.shape == Shape::Statements, ..LocalWords::default() };
        if pattern.language != Language::Python {
            return words;
        }
        let tree = pattern.tree();
        let root = pattern.pattern.root;
        if options.symbolic_propagation {
            words.file = self.words(pattern, root);
            return words;
        }
        let begins: Vec<Sym> = beginnings(pattern, root);
        words.file = begins.into_iter().map(|word| self.add(word)).collect();
        if !words.spans_block {
            words.node = self.words(pattern, root);
            words.keywords = self.keywords(tree, root);
            return words;
        }
        for (at, statement) in tree.children(root).enumerate() {
            let found = self.words(pattern, statement);
            if at == 0 && !stands_for_many(tree, statement) { words.node = found } else { words.block.extend(found) }
        }
        words.block.sort_unstable();
        words.block.dedup();
        words
    }

    fn words(&mut self, pattern: &CodePattern, root: NodeId) -> Vec<Word> {
        let mut words: Vec<Word> = needed(pattern, root).into_iter().map(|word| self.add(word)).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The keywords of the statements below `root`, whose own kind is asked for anyway.
    fn keywords(&mut self, tree: &Tree, root: NodeId) -> Vec<Word> {
        let below = root.0 + 1..root.0 + tree.node(root).size;
        let mut words: Vec<Word> =
            below.filter_map(|at| keyword(tree.node(NodeId(at)).kind)).map(|word| self.add(word)).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The number of a word that a pattern needs.
    pub(super) fn add(&mut self, word: Sym) -> Word {
        self.bits.resize(BITS as usize / 64, 0);
        self.bits[(word.0 % BITS) as usize / 64] |= 1 << (word.0 % 64);
        let next = self.numbers.len() as Word;
        *self.numbers.entry(word).or_insert(next)
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The number of a word that some pattern needs.
    pub(super) fn number(&self, word: Sym) -> Option<Word> {
        let bits = self.bits.get((word.0 % BITS) as usize / 64)?;
        if bits & 1 << (word.0 % 64) == 0 { None } else { self.numbers.get(&word).copied() }
    }
}

/// Whether a statement of a pattern is an ellipsis or a metavariable for several.
fn stands_for_many(tree: &Tree, statement: NodeId) -> bool {
    let inner = tree.nodes.get(statement.index() + 1).map(|node| node.kind);
    tree.node(statement).kind == Kind::ExprStmt && matches!(inner, Some(Kind::Ellipsis | Kind::MetavarRest))
}

/// What a statement of a kind counts as among words: a pattern that holds one matches only what holds one of the kind.
pub(super) fn keyword(kind: Kind) -> Option<Sym> {
    // No name is spelled so.
    const KEYWORDS: [Sym; 8] = [
        Sym::new("raise ..."),
        Sym::new("return ..."),
        Sym::new("try ..."),
        Sym::new("if ..."),
        Sym::new("for ..."),
        Sym::new("while ..."),
        Sym::new("with ..."),
        Sym::new("assert ..."),
    ];
    let number = match kind {
        Kind::Raise => 0,
        Kind::Return => 1,
        Kind::Try => 2,
        Kind::If => 3,
        Kind::For => 4,
        Kind::While => 5,
        Kind::With => 6,
        Kind::Assert => 7,
        _ => return None,
    };
    Some(KEYWORDS[number])
}

/// The last words of the names below `root`.
fn needed(pattern: &CodePattern, root: NodeId) -> Vec<Sym> {
    let tree = pattern.tree();
    let end = root.0 + tree.node(root).size;
    let is_plain = |id: NodeId| matches!(tree.node(id).kind, Kind::Name | Kind::Ident) && pattern.string(id).is_none();
    let mut words = Vec::new();
    let mut at = root.0;
    while at < end {
        let id = NodeId(at);
        let node = tree.node(id);
        match node.kind {
            // A type also holds for literals, and an import is written in several ways.
            Kind::TypedMetavar | Kind::Import | Kind::ImportFrom | Kind::ImportAll => at += node.size,
            Kind::Attribute => {
                words.extend(tree.child(id, Role::Name).filter(|&name| is_plain(name)).map(|name| tree.node(name).sym));
                // What stands before the last word may stand in an import instead.
                at += if is_dotted(tree, id) { node.size } else { 1 };
            }
            Kind::Name | Kind::Ident if is_plain(id) => {
                words.push(node.sym);
                at += 1;
            }
            _ => at += 1,
        }
    }
    words
}

/// The words of dotted names below `root` before their last ones.
fn beginnings(pattern: &CodePattern, root: NodeId) -> Vec<Sym> {
    let tree = pattern.tree();
    let end = root.0 + tree.node(root).size;
    let mut words = Vec::new();
    let mut at = root.0;
    while at < end {
        let id = NodeId(at);
        let node = tree.node(id);
        match node.kind {
            Kind::TypedMetavar | Kind::Import | Kind::ImportFrom | Kind::ImportAll => at += node.size,
            Kind::Attribute if is_dotted(tree, id) => {
                let object = NodeId(at + 1);
                let inside = object.0..object.0 + tree.node(object).size;
                let names = inside.map(NodeId).filter(|&id| matches!(tree.node(id).kind, Kind::Name | Kind::Ident));
                words.extend(names.filter(|&id| pattern.string(id).is_none()).map(|id| tree.node(id).sym));
                at += node.size;
            }
            _ => at += 1,
        }
    }
    words
}

/// Whether an attribute is names and metavariables all along.
fn is_dotted(tree: &Tree, attribute: NodeId) -> bool {
    let mut at = attribute;
    while tree.node(at).kind == Kind::Attribute {
        at = NodeId(at.0 + 1);
    }
    matches!(tree.node(at).kind, Kind::Name | Kind::Metavar | Kind::Ellipsis)
}
