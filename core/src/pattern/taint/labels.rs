//! `requires`: which labels must be there together.

use super::values::Taints;
use crate::syntax::tree::{Kind, NodeId, PatternTree, Sym};

/// The label of a source that has none.
pub(super) const DEFAULT: Sym = Sym::new("__SOURCE__");

/// Whether the labels of `taints` satisfy a condition; without one, any unlabelled taint does.
pub(super) fn are_met(requires: Option<&PatternTree>, taints: &Taints) -> bool {
    match requires {
        None => taints.iter().any(|taint| taint.label == DEFAULT),
        Some(tree) => holds(tree, tree.root, taints),
    }
}

fn holds(requires: &PatternTree, node: NodeId, taints: &Taints) -> bool {
    let tree = &requires.tree;
    let at = tree.node(node);
    match at.kind {
        Kind::Name => taints.iter().any(|taint| taint.label == at.sym),
        Kind::Bool => at.sym == Sym::new("true"),
        Kind::Unary => !tree.children(node).any(|operand| holds(requires, operand, taints)),
        Kind::Binary if at.sym == Sym::new("and") => {
            tree.children(node).all(|operand| holds(requires, operand, taints))
        }
        Kind::Binary if at.sym == Sym::new("or") => tree.children(node).any(|operand| holds(requires, operand, taints)),
        _ => false,
    }
}
