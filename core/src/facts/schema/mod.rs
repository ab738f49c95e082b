//! Every table of facts, in one place: a file for each artifact. The facts reference is generated from here.

pub mod tree;

use super::Table;

/// All tables, by artifact.
pub const ARTIFACTS: &[(&str, &[&Table])] = &[("tree", tree::TABLES)];

/// All tables, in the order of the reference.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    ARTIFACTS.iter().flat_map(|(_, tables)| tables.iter().copied())
}

/// Views derived from the tables, by artifact: SQL text with a comment before each view.
pub const VIEWS: &[(&str, &str)] = &[("tree", include_str!("../views/tree.sql"))];
