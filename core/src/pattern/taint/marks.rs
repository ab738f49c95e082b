//! Where the parts of a taint rule match, and which nodes of the tree lie there.

use std::ops::Range;

use super::super::analysis::Code;
use super::super::matcher::Bindings;
use super::super::rule::TaintPart;
use crate::syntax::tree::{Kind, NodeId, Tree};

/// One match of a source, sink or sanitizer.
#[derive(Debug, Clone)]
pub(in crate::pattern) struct Mark {
    /// Index of the part in its list.
    pub(super) part: usize,
    pub(super) bytes: Range<u32>,
    pub(super) bindings: Bindings,
}

/// One match of a propagator.
#[derive(Debug, Clone)]
pub(in crate::pattern) struct Passage {
    pub(super) part: usize,
    pub(super) from: Range<u32>,
    pub(super) to: Range<u32>,
}

/// The matches of one kind of part in a file.
#[derive(Debug)]
pub(super) struct Marks<'r> {
    pub(super) parts: &'r [TaintPart],
    pub(super) marks: Vec<Mark>,
    /// For each node, whether it lies in any mark.
    touched: Vec<bool>,
    /// For each part, whether a node lies in one of its marks while nothing larger does.
    best: Vec<Vec<bool>>,
    /// Parts that count only there; the others count in every node of a mark.
    exact_by_default: bool,
}

impl<'r> Marks<'r> {
    pub(super) fn new(parts: &'r [TaintPart], marks: Vec<Mark>, code: &Code<'_>, exact_by_default: bool) -> Self {
        let touched = touched(code.tree, marks.iter().map(|mark| &mark.bytes));
        let best = (0..parts.len())
            .map(|part| {
                let own = marks.iter().filter(|mark| mark.part == part);
                largest(code.tree, &self::touched(code.tree, own.map(|mark| &mark.bytes)))
            })
            .collect();
        Self { parts, marks, touched, best, exact_by_default }
    }

    /// The marks that a node lies in and that count there.
    pub(super) fn at(&self, tree: &Tree, node: NodeId) -> Vec<usize> {
        self.within(tree, node, |mark| self.counts(mark, node))
    }

    /// The marks that a node lies in, however deep.
    pub(super) fn around(&self, tree: &Tree, node: NodeId) -> Vec<usize> {
        self.within(tree, node, |_| true)
    }

    fn within(&self, tree: &Tree, node: NodeId, keep: impl Fn(&Mark) -> bool) -> Vec<usize> {
        if !self.touched[node.index()] {
            return Vec::new();
        }
        let at = tree.node(node);
        let lies_in = |mark: &Mark| mark.bytes.start <= at.start && at.end <= mark.bytes.end;
        let marks = self.marks.iter().enumerate().filter(|(_, mark)| lies_in(mark) && keep(mark));
        marks.map(|(index, _)| index).collect()
    }

    fn counts(&self, mark: &Mark, node: NodeId) -> bool {
        !self.is_exact(mark.part) || self.best[mark.part][node.index()]
    }

    pub(super) fn is_exact(&self, part: usize) -> bool {
        self.parts[part].exact.unwrap_or(self.exact_by_default)
    }

    /// Whether the mark is the node, or all but a hundredth of it.
    pub(super) fn is_whole(&self, tree: &Tree, mark: usize, node: NodeId) -> bool {
        let (at, bytes) = (tree.node(node), &self.marks[mark].bytes);
        u64::from(at.end - at.start) * 100 > u64::from(bytes.end - bytes.start) * 99
    }
}

/// For each node, whether it lies in one of the ranges.
fn touched<'m>(tree: &Tree, ranges: impl Iterator<Item = &'m Range<u32>>) -> Vec<bool> {
    let mut ranges: Vec<(u32, u32)> = ranges.map(|range| (range.start, range.end)).collect();
    ranges.sort_unstable();
    let mut ends = ranges.clone();
    for at in 1..ends.len() {
        ends[at].1 = ends[at].1.max(ends[at - 1].1);
    }
    let lies_in = |start: u32, end: u32| {
        let after = ranges.partition_point(|range| range.0 <= start);
        after > 0 && ends[after - 1].1 >= end
    };
    tree.nodes.iter().map(|node| lies_in(node.start, node.end)).collect()
}

/// Of the touched expressions, those that stand in no other.
fn largest(tree: &Tree, touched: &[bool]) -> Vec<bool> {
    let mut largest = vec![false; touched.len()];
    let mut covered_until = 0;
    for (at, node) in tree.nodes.iter().enumerate() {
        if matches!(node.kind, Kind::FuncDef | Kind::Block) {
            // Functions are analysed by themselves, and a statement is no part of an expression.
            covered_until = covered_until.min(at);
        }
        if touched[at] && is_evaluated(node.kind) && at >= covered_until {
            largest[at] = true;
            covered_until = at + node.size as usize;
        }
    }
    largest
}

/// Whether a node is evaluated, rather than a part of syntax around what is.
fn is_evaluated(kind: Kind) -> bool {
    (kind >= Kind::Name && kind <= Kind::AugAssign)
        && !matches!(
            kind,
            Kind::Ident | Kind::KeywordArg | Kind::OptionalArg | Kind::Pair | Kind::CompFor | Kind::CompIf
        )
        && !matches!(kind, Kind::Slice | Kind::Yield | Kind::YieldFrom)
        || kind == Kind::VarDef
}
