//! The `treeward` command.
fn main() {}
