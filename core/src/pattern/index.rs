//! Where the patterns of a set can match in one file, so that each is tried at few nodes, and only when it is asked for.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use super::analysis::Code;
use super::dispatch::{self, Place};
use super::search::Window;
use super::words::{LocalWords, Vocabulary, Word, keyword};
use crate::syntax::tree::{Kind, NodeId, Sym, Tree};

/// The nodes of one file by kind and by word.
#[derive(Debug)]
pub(super) struct Index {
    /// The nodes by kind and then in order, and for each kind where its nodes begin, one more at the end; made when a
    /// pattern without a last word asks for it.
    by_kind: OnceCell<(Vec<u32>, Vec<u32>)>,
    /// By word, the names that say it, in order.
    names: ByWord,
    /// By word, the names, attributes and calls that end in it, in order.
    ends: ByWord,
    /// By several kinds, the nodes of any of them in order, once a pattern asked for it.
    of_kinds: Shared<Kind>,
    /// By several words, the nodes that end in any of them in order, once a pattern asked for it.
    of_words: Shared<Word>,
}

/// Lists of several things, with the nodes of any of them.
type Shared<T> = RefCell<Vec<(Vec<T>, Rc<[u32]>)>>;

impl Index {
    /// Reads the tree of a file once.
    pub(super) fn new(vocabulary: &Vocabulary, code: &Code<'_>) -> Self {
        let (mut names, mut ends) = (Vec::new(), Vec::new());
        let nodes = if vocabulary.len() > 0 { &*code.tree.nodes } else { &[] };
        let imports = code.imports();
        for (at, node) in nodes.iter().enumerate() {
            if let Some(keyword) = keyword(node.kind) {
                names.extend(vocabulary.number(keyword).map(|word| (word, at as u32)));
                continue;
            }
            let last = match node.kind {
                Kind::Name | Kind::Ident => Some(node.sym),
                _ => dispatch::word_of(code.tree, NodeId(at as u32)),
            };
            let Some(last) = last else { continue };
            let mut says = |word: Sym| {
                let Some(word) = vocabulary.number(word) else { return };
                if matches!(node.kind, Kind::Name | Kind::Ident) {
                    names.push((word, at as u32));
                }
                if node.kind != Kind::Ident {
                    ends.push((word, at as u32));
                }
            };
            says(last);
            imports.other_words(last).for_each(says);
        }
        let by_word = |pairs: &[(Word, u32)]| ByWord::new(vocabulary.len(), pairs);
        let (names, ends) = (by_word(&names), by_word(&ends));
        Self { by_kind: OnceCell::new(), names, ends, of_kinds: RefCell::default(), of_words: RefCell::default() }
    }

    /// Whether the file has all words that a pattern needs.
    pub(super) fn has_words(&self, place: &Place) -> bool {
        let mut words = place.words.node.iter().chain(&place.words.block).chain(&place.words.file);
        words.all(|&word| !self.names.of(word).is_empty())
            && place.word.is_none_or(|word| !self.ends.of(word).is_empty())
            && place.words.any.iter().all(|any| any.iter().any(|&word| !self.names.of(word).is_empty()))
    }

    /// At how many nodes a pattern may match, at most.
    pub(super) fn most(&self, place: &Place, code: &Code<'_>) -> usize {
        if !self.has_words(place) {
            return 0;
        }
        self.runs(place, code).map(<[u32]>::len).sum()
    }

    /// The nodes at which a pattern may match with bytes in `window`, in order.
    pub(super) fn candidates<'i>(
        &'i self,
        place: &'i Place,
        code: &'i Code<'_>,
        window: Window<'i>,
    ) -> impl Iterator<Item = NodeId> + 'i {
        // No part of `has_words`: that decides whether a rule counts as looked for in a file, which keywords do not.
        let has_keywords = place.words.keywords.iter().all(|&word| !self.names.of(word).is_empty());
        let is_open = has_keywords && self.has_words(place);
        let nodes = if is_open { self.nodes(place, code) } else { Nodes::Listed(&[]) };
        let mut needed =
            if nodes.list().is_empty() { Needed::nothing(code) } else { Needed::new(self, &place.words, code) };
        let is_any = needed.is_nothing() && window.is_all();
        // Nodes of one word are of all kinds that end in it.
        let kinds = place.last().map(|_| &*place.kinds);
        let all = (0..nodes.list().len()).map(move |at| NodeId(nodes.list()[at]));
        all.filter(move |&node| {
            kinds.is_none_or(|kinds| kinds.contains(&code.tree.node(node).kind))
                && (is_any || needed.may_match(node, window))
        })
    }

    /// The nodes at which a pattern may match, whatever they hold, in order.
    fn nodes<'i>(&'i self, place: &'i Place, code: &'i Code<'_>) -> Nodes<'i> {
        match place.last() {
            None => match &*place.kinds {
                [kind] => Nodes::Listed(self.of_kind(*kind, code.tree)),
                kinds => Nodes::Shared(shared(&self.of_kinds, kinds, |&kind| self.of_kind(kind, code.tree))),
            },
            Some([word]) => Nodes::Listed(self.ends.of(*word)),
            Some(words) => Nodes::Shared(shared(&self.of_words, words, |&word| self.ends.of(word))),
        }
    }

    /// The nodes at which a pattern may match, whatever they hold: several lists in order.
    fn runs<'i>(&'i self, place: &'i Place, code: &'i Code<'_>) -> impl Iterator<Item = &'i [u32]> {
        let last = place.last();
        let kinds = if last.is_some() { &[] } else { &*place.kinds };
        let ends = last.unwrap_or_default().iter().map(|&word| self.ends.of(word));
        ends.chain(kinds.iter().map(|&kind| self.of_kind(kind, code.tree)))
    }

    fn of_kind(&self, kind: Kind, tree: &Tree) -> &[u32] {
        let (nodes, kinds) = self.by_kind.get_or_init(|| sorted_by_kind(tree));
        let kind = kind as usize;
        &nodes[kinds[kind] as usize..kinds[kind + 1] as usize]
    }
}

/// The nodes of any of several kinds or words, in order. Patterns of one shape ask for the same.
fn shared<'i, T: Copy + PartialEq>(known: &Shared<T>, any: &[T], of: impl Fn(&T) -> &'i [u32]) -> Rc<[u32]> {
    if let Some((_, nodes)) = known.borrow().iter().find(|(same, _)| same == any) {
        return Rc::clone(nodes);
    }
    let mut nodes: Vec<u32> = any.iter().flat_map(of).copied().collect();
    nodes.sort_unstable();
    nodes.dedup();
    let nodes: Rc<[u32]> = nodes.into();
    known.borrow_mut().push((any.to_vec(), Rc::clone(&nodes)));
    nodes
}

/// Nodes by word: those of one word stand together and in order.
#[derive(Debug)]
struct ByWord {
    nodes: Vec<u32>,
    /// Where the nodes of each word begin, one more at the end.
    begins: Vec<u32>,
}

impl ByWord {
    /// Takes pairs of a word and a node, the nodes in order.
    fn new(words: usize, pairs: &[(Word, u32)]) -> Self {
        let mut begins = vec![0u32; words + 1];
        pairs.iter().for_each(|(word, _)| begins[*word as usize + 1] += 1);
        for word in 1..begins.len() {
            begins[word] += begins[word - 1];
        }
        let mut nodes = vec![0u32; pairs.len()];
        // Each word's beginning moves to its end, which is where the next one begins.
        for &(word, node) in pairs {
            let next = &mut begins[word as usize];
            nodes[*next as usize] = node;
            *next += 1;
        }
        begins.rotate_right(1);
        begins[0] = 0;
        Self { nodes, begins }
    }

    fn of(&self, word: Word) -> &[u32] {
        let word = word as usize;
        &self.nodes[self.begins[word] as usize..self.begins[word + 1] as usize]
    }
}

/// Nodes in order.
enum Nodes<'n> {
    /// As they stand in the index.
    Listed(&'n [u32]),
    Shared(Rc<[u32]>),
}

impl Nodes<'_> {
    fn list(&self) -> &[u32] {
        match self {
            Self::Listed(nodes) => nodes,
            Self::Shared(nodes) => nodes,
        }
    }
}

/// The nodes of a tree by kind, and where each kind begins.
fn sorted_by_kind(tree: &Tree) -> (Vec<u32>, Vec<u32>) {
    let mut kinds = vec![0u32; Kind::ALL.len() + 1];
    tree.nodes.iter().for_each(|node| kinds[node.kind as usize + 1] += 1);
    for kind in 1..kinds.len() {
        kinds[kind] += kinds[kind - 1];
    }
    let mut next = kinds.clone();
    let mut nodes = vec![0u32; tree.nodes.len()];
    for (at, node) in tree.nodes.iter().enumerate() {
        let place = &mut next[node.kind as usize];
        nodes[*place as usize] = at as u32;
        *place += 1;
    }
    (nodes, kinds)
}

/// The words that one pattern needs, looked up at nodes in ascending order.
struct Needed<'n> {
    code: &'n Code<'n>,
    /// What is left of the names that say each word.
    node: Vec<&'n [u32]>,
    block: Vec<&'n [u32]>,
    /// The same of the words of each set.
    any: Vec<Vec<&'n [u32]>>,
    has_block: bool,
}

impl<'n> Needed<'n> {
    fn new(index: &'n Index, words: &LocalWords, code: &'n Code<'n>) -> Self {
        let names = |words: &[Word]| words.iter().map(|&word| index.names.of(word)).collect();
        let said =
            |any: &Vec<Word>| any.iter().map(|&word| index.names.of(word)).filter(|names| !names.is_empty()).collect();
        let any = words.any.iter().map(said);
        let mut node: Vec<&[u32]> = names(&words.node);
        node.extend(words.keywords.iter().map(|&word| index.names.of(word)));
        let block = names(&words.block);
        Self { code, node, block, any: any.collect(), has_block: words.spans_block }
    }

    fn nothing(code: &'n Code<'n>) -> Self {
        Self { code, node: Vec::new(), block: Vec::new(), any: Vec::new(), has_block: false }
    }

    /// Whether the pattern needs no words, so that every node of the window will do.
    fn is_nothing(&self) -> bool {
        !self.has_block && self.node.is_empty() && self.any.is_empty()
    }

    fn may_match(&mut self, node: NodeId, window: Window<'_>) -> bool {
        let tree = self.code.tree;
        let it = tree.node(node);
        if !self.has_block {
            let end = node.0 + it.size;
            return window.touches(it.start, it.end) && all_in(&mut self.node, node.0, end) && self.any_in(node.0, end);
        }
        let Some(end) = self.code.sequence_end(node) else { return false };
        let last_byte = tree.nodes.get(end as usize).map_or(u32::MAX, |after| after.start);
        window.touches(it.start, last_byte)
            && all_in(&mut self.node, node.0, node.0 + it.size)
            && all_in(&mut self.block, node.0, end)
            && self.any_in(node.0, end)
    }

    /// Whether a word of each set stands at one of the nodes from `from` to before `end`.
    fn any_in(&mut self, from: u32, end: u32) -> bool {
        self.any.iter_mut().all(|any| any.iter_mut().any(|names| is_in(names, from, end)))
    }
}

/// Whether each word stands at one of the nodes from `from` to before `end`; drops what stands before `from`.
fn all_in(words: &mut [&[u32]], from: u32, end: u32) -> bool {
    words.iter_mut().all(|names| is_in(names, from, end))
}

fn is_in(names: &mut &[u32], from: u32, end: u32) -> bool {
    while names.first().is_some_and(|&name| name < from) {
        *names = &names[1..];
    }
    names.first().is_some_and(|&name| name < end)
}
