//! Parsers, each behind a small type of our own. The only folder that names a parser crate.

pub mod python;
pub mod shell;
pub mod tree;
pub mod yaml;
