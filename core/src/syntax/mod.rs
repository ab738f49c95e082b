//! Parsers, each behind a small type of our own. The only folder that names a parser crate.

pub mod bash;
pub mod docker;
pub mod dockerfile;
pub mod nginx;
pub(crate) mod pem;
pub mod promql;
pub mod python;
pub mod shell;
pub mod tree;
pub mod yaml;
