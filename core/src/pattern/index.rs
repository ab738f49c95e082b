//! Where the patterns of a set can match in one file, so that each is tried at few nodes, and only when it is asked for.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use super::analysis::Code;
use super::dispatch::{self, Place};
use super::search::Window;
use super::words::{LocalWords, Vocabulary, Word};
use crate::syntax::tree::{Kind, NodeId, Tree};

/// The nodes of one file by kind and by word.
#[derive(Debug)]
pub(super) struct Index {
    /// The nodes by kind and then in order, and for each kind where its nodes begin, one more at the end; made when a
    /// pattern without a last word asks for it.
    by_kind: OnceCell<(Vec<u32>, Vec<u32>)>,
    /// By word, the names that say it, in order.
    names: Vec<Vec<u32>>,
    /// By word, the names, attributes and calls that end in it, in order.
    ends: Vec<Vec<u32>>,
    /// By several kinds, the nodes of any of them in order, once a pattern asked for it.
    of_kinds: RefCell<Vec<OfKinds>>,
}

/// Several kinds, and the nodes of any of them.
type OfKinds = (Vec<Kind>, Rc<[u32]>);

impl Index {
    /// Reads the tree of a file once.
    pub(super) fn new(vocabulary: &Vocabulary, code: &Code<'_>) -> Self {
        let none = vec![Vec::new(); vocabulary.len()];
        let of_kinds = RefCell::default();
        let mut index = Self { by_kind: OnceCell::new(), names: none.clone(), ends: none, of_kinds };
        index.read_words(vocabulary, code);
        index
    }

    fn read_words(&mut self, vocabulary: &Vocabulary, code: &Code<'_>) {
        if vocabulary.len() == 0 {
            return;
        }
        for (at, node) in code.tree.nodes.iter().enumerate() {
            let last = match node.kind {
                Kind::Name | Kind::Ident => Some(node.sym),
                _ => dispatch::word_of(code.tree, NodeId(at as u32)),
            };
            let Some(last) = last else { continue };
            let others = code.imports().other_words(last).filter_map(|word| vocabulary.number(word));
            for word in vocabulary.number(last).into_iter().chain(others) {
                if matches!(node.kind, Kind::Name | Kind::Ident) {
                    self.names[word as usize].push(at as u32);
                }
                if node.kind != Kind::Ident {
                    self.ends[word as usize].push(at as u32);
                }
            }
        }
    }

    /// Whether the file has all words that a pattern needs.
    pub(super) fn has_words(&self, place: &Place) -> bool {
        let mut words = place.words.node.iter().chain(&place.words.block).chain(&place.words.file);
        words.all(|&word| !self.names[word as usize].is_empty())
            && place.word.is_none_or(|word| !self.ends[word as usize].is_empty())
            && place.words.any.iter().all(|any| any.iter().any(|&word| !self.names[word as usize].is_empty()))
    }

    /// At how many nodes a pattern may match, at most.
    pub(super) fn most(&self, place: &Place, code: &Code<'_>) -> usize {
        if !self.has_words(place) {
            return 0;
        }
        self.runs(place, code).map(<[u32]>::len).sum()
    }

    /// The nodes at which a pattern may match with bytes in `window`, in order.
    pub(super) fn candidates(&self, place: &Place, code: &Code<'_>, window: Window<'_>) -> Vec<NodeId> {
        if !self.has_words(place) {
            return Vec::new();
        }
        let mut needed = Needed::new(self, &place.words, code);
        let is_any = needed.is_nothing() && window.is_all();
        let mut keep = |at: &u32| is_any || needed.may_match(NodeId(*at), window);
        if place.last().is_none() && place.kinds.len() > 1 {
            return self.of_kinds(&place.kinds, code.tree).iter().copied().filter(&mut keep).map(NodeId).collect();
        }
        let mut runs = self.runs(place, code).filter(|run| !run.is_empty());
        let (first, second) = (runs.next().unwrap_or_default(), runs.next());
        let Some(second) = second else {
            return first.iter().copied().filter(&mut keep).map(NodeId).collect();
        };
        let mut all: Vec<u32> = [first, second].into_iter().chain(runs).flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().filter(keep).map(NodeId).collect()
    }

    /// The nodes of several kinds, in order. Patterns of one shape ask for the same.
    fn of_kinds(&self, kinds: &[Kind], tree: &Tree) -> Rc<[u32]> {
        if let Some((_, nodes)) = self.of_kinds.borrow().iter().find(|(known, _)| known == kinds) {
            return Rc::clone(nodes);
        }
        let mut nodes: Vec<u32> = kinds.iter().flat_map(|&kind| self.of_kind(kind, tree)).copied().collect();
        nodes.sort_unstable();
        let nodes: Rc<[u32]> = nodes.into();
        self.of_kinds.borrow_mut().push((kinds.to_vec(), Rc::clone(&nodes)));
        nodes
    }

    /// The nodes at which a pattern may match, whatever they hold: several lists in order.
    fn runs<'i>(&'i self, place: &'i Place, code: &'i Code<'_>) -> impl Iterator<Item = &'i [u32]> {
        let last = place.last();
        let kinds = if last.is_some() { &[] } else { &*place.kinds };
        let ends = last.unwrap_or_default().iter().map(|&word| &*self.ends[word as usize]);
        ends.chain(kinds.iter().map(|&kind| self.of_kind(kind, code.tree)))
    }

    fn of_kind(&self, kind: Kind, tree: &Tree) -> &[u32] {
        let (nodes, kinds) = self.by_kind.get_or_init(|| sorted_by_kind(tree));
        let kind = kind as usize;
        &nodes[kinds[kind] as usize..kinds[kind + 1] as usize]
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
    /// The names that say one word of a set, and how many of them are passed.
    any: Vec<(Vec<u32>, usize)>,
    has_block: bool,
}

impl<'n> Needed<'n> {
    fn new(index: &'n Index, words: &LocalWords, code: &'n Code<'n>) -> Self {
        let names = |words: &[Word]| words.iter().map(|&word| &*index.names[word as usize]).collect();
        let any = words.any.iter().map(|any| {
            let mut nodes: Vec<u32> = any.iter().flat_map(|&word| &index.names[word as usize]).copied().collect();
            nodes.sort_unstable();
            (nodes, 0)
        });
        let (node, block) = (names(&words.node), names(&words.block));
        Self { code, node, block, any: any.collect(), has_block: words.spans_block }
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
        self.any.iter_mut().all(|(names, passed)| {
            while names.get(*passed).is_some_and(|&name| name < from) {
                *passed += 1;
            }
            names.get(*passed).is_some_and(|&name| name < end)
        })
    }
}

/// Whether each word stands at one of the nodes from `from` to before `end`; drops what stands before `from`.
fn all_in(words: &mut [&[u32]], from: u32, end: u32) -> bool {
    words.iter_mut().all(|names| {
        while names.first().is_some_and(|&name| name < from) {
            *names = &names[1..];
        }
        names.first().is_some_and(|&name| name < end)
    })
}
