//! Binary operators: in order, and up to association (and order) where that does not matter.

use super::{Bound, Flow, GO_ON, Matcher, Next, Run, sym_of};
use crate::syntax::tree::{Kind, NodeId, Sym};

/// Most operands of one operator that are matched up to order.
const MAX_OPERANDS: usize = 64;

/// What an order of operands costs of the steps that a search may take.
const STEPS_OF_AN_ORDER: u32 = 100;

impl<'m> Matcher<'m> {
    pub(super) fn operation(&mut self, p: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let (pattern, node) = (self.pat(p), self.file(n));
        let associative = ["and", "or", "|", "&", "^"].iter().any(|word| sym_of(word) == pattern.sym);
        let (operands, given) = (self.children_of_pattern(p), self.children_of(n));
        if associative && pattern.sym == node.sym && self.options.ac_matching {
            let commutes = !matches!(pattern.sym, AND | OR) || self.options.commutative_boolop;
            let (patterns, nodes) = (self.flat_pattern(p), self.flat(n));
            if patterns.len() <= MAX_OPERANDS && nodes.len() <= MAX_OPERANDS {
                return if commutes {
                    self.commuting(&patterns, &nodes, next)
                } else {
                    self.associating(&patterns, &nodes, next)
                };
            }
        }
        if let Some((left, more)) = self.pattern_head(operands)
            && let Some((dots, _)) = self.pattern_head(more)
            && self.pat(dots).kind == Kind::Ellipsis
            && !associative
        {
            return self.with_rest(p, left, n, next);
        }
        if pattern.sym != node.sym {
            return GO_ON;
        }
        self.arguments(operands, given, None, next)?;
        if (pattern.sym == EQUAL || pattern.sym == UNEQUAL) && self.options.symmetric_eq {
            return self.swapped(operands, given, next);
        }
        GO_ON
    }

    /// `a + ...`: `a` may be the left side, however many terms follow.
    fn with_rest(&mut self, p: NodeId, left: NodeId, n: NodeId, next: Next<'_, 'm>) -> Flow {
        let mut at = n;
        while self.file(at).kind == Kind::Binary && self.file(at).sym == self.pat(p).sym {
            let target = NodeId(at.0 + 1);
            if self.exists(|m, found| m.expression(left, target, found)) {
                return self.expression(left, target, next);
            }
            at = target;
        }
        GO_ON
    }

    fn swapped(&mut self, p: Run, n: Run, next: Next<'_, 'm>) -> Flow {
        let (Some((left, patterns)), Some((one, nodes))) = (self.pattern_head(p), self.head(n)) else { return GO_ON };
        let (Some((right, _)), Some((two, _))) = (self.pattern_head(patterns), self.head(nodes)) else { return GO_ON };
        self.expression(left, two, &mut |m| m.expression(right, one, next))
    }

    fn flat_pattern(&self, p: NodeId) -> Vec<NodeId> {
        let tree = self.pattern_tree();
        flatten(p, &|id| {
            let node = tree.node(id);
            (node.kind == Kind::Binary && node.sym == self.pat(p).sym).then(|| tree.children(id).collect())
        })
    }

    fn flat(&self, n: NodeId) -> Vec<NodeId> {
        let tree = self.tree();
        flatten(n, &|id| {
            let node = tree.node(id);
            (node.kind == Kind::Binary && node.sym == self.file(n).sym).then(|| tree.children(id).collect())
        })
    }

    /// Operands in order; a metavariable may take several.
    fn associating(&mut self, p: &[NodeId], n: &[NodeId], next: Next<'_, 'm>) -> Flow {
        self.tick()?;
        let Some((&first, rest)) = p.split_first() else {
            return if n.is_empty() { next(self) } else { GO_ON };
        };
        match self.pat(first).kind {
            Kind::Ellipsis => {
                for taken in 0..=n.len() {
                    self.associating(rest, &n[taken..], next)?;
                }
                GO_ON
            }
            Kind::Metavar => {
                for taken in 1..=n.len() {
                    let bound = self.operands(&n[..taken]);
                    self.bind(self.pat(first).sym, bound, &mut |m| m.associating(rest, &n[taken..], next))?;
                }
                GO_ON
            }
            _ => match n.split_first() {
                Some((&node, more)) => self.expression(first, node, &mut |m| m.associating(rest, more, next)),
                None => GO_ON,
            },
        }
    }

    fn operands(&self, n: &[NodeId]) -> Bound {
        match n {
            [only] => Bound::Node(*only),
            [first, .., last] => {
                let end = last.0 + self.file(*last).size;
                Bound::Nodes { nodes: first.0..end, bytes: self.file(*first).start..self.file(*last).end }
            }
            [] => Bound::Bytes(0..0),
        }
    }

    /// Operands in any order; the code may have others, unless metavariables take them.
    fn commuting(&mut self, p: &[NodeId], n: &[NodeId], next: Next<'_, 'm>) -> Flow {
        self.tick()?;
        let fixed = |m: &Self, id: NodeId| !matches!(m.pat(id).kind, Kind::Metavar | Kind::Ellipsis);
        let Some(at) = p.iter().position(|&id| fixed(self, id)) else {
            return self.variables(p, n, next);
        };
        let (first, mut rest) = (p[at], p.to_vec());
        rest.remove(at);
        for (index, &node) in n.iter().enumerate() {
            let mut left = n.to_vec();
            left.remove(index);
            self.expression(first, node, &mut |m| m.commuting(&rest, &left, next))?;
        }
        GO_ON
    }

    fn variables(&mut self, p: &[NodeId], n: &[NodeId], next: Next<'_, 'm>) -> Flow {
        // Orders are as many as there are permutations, and each is kept: they use the bound up sooner.
        self.steps += STEPS_OF_AN_ORDER;
        self.tick()?;
        let Some((&first, rest)) = p.split_first() else { return next(self) };
        if self.pat(first).kind == Kind::Ellipsis {
            return self.variables(rest, n, next);
        }
        for (index, &node) in n.iter().enumerate() {
            let mut left = n.to_vec();
            left.remove(index);
            self.bind(self.pat(first).sym, Bound::Node(node), &mut |m| m.variables(rest, &left, next))?;
        }
        GO_ON
    }
}

const AND: Sym = Sym::new("and");
const OR: Sym = Sym::new("or");
const EQUAL: Sym = Sym::new("==");
const UNEQUAL: Sym = Sym::new("!=");

/// The operands of nested uses of one operator, from left to right.
fn flatten(id: NodeId, operands: &dyn Fn(NodeId) -> Option<Vec<NodeId>>) -> Vec<NodeId> {
    let mut out = Vec::new();
    let mut stack = vec![id];
    while let Some(id) = stack.pop() {
        if out.len() > MAX_OPERANDS {
            break;
        }
        match operands(id) {
            Some(children) => stack.extend(children.into_iter().rev()),
            None => out.push(id),
        }
    }
    out
}
