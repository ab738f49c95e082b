//! What assignments set and what they take, by their shape alone.

use crate::syntax::tree::{Kind, NodeId, Role, Tree};

/// The names that are all that is assigned, or an index that is read, in order.
pub(super) fn opaque(tree: &Tree) -> Vec<NodeId> {
    let mut names = Vec::new();
    let is_name = |id: &NodeId| tree.node(*id).kind == Kind::Name;
    let mut target_end = 0;
    for at in 0..tree.nodes.len() as u32 {
        let (id, node) = (NodeId(at), tree.node(NodeId(at)));
        if node.role == Role::Target {
            target_end = target_end.max(at + node.size);
        }
        match node.kind {
            Kind::Assign | Kind::AugAssign => names.extend(tree.child(id, Role::Value).filter(is_name)),
            Kind::Subscript if at >= target_end => {
                names.extend(tree.children(id).skip(1).filter(is_name));
            }
            _ => {}
        }
    }
    names.sort_unstable();
    names
}

/// The names that a target sets; those of an index are read.
pub(super) fn assigned_names(tree: &Tree, target: NodeId) -> Vec<NodeId> {
    let mut names = Vec::new();
    let mut left = vec![target];
    while let Some(id) = left.pop() {
        match tree.node(id).kind {
            Kind::Name => names.push(id),
            Kind::Subscript => left.extend(tree.children(id).next()),
            _ => left.extend(tree.children(id)),
        }
    }
    names
}
