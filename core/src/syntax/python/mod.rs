//! Python source: the typed tree (`ruff_python_parser`), errors included, and the tree that patterns match.

mod depth;
mod lower;
pub(crate) mod pattern;

use ruff_python_ast::{ModModule, PySourceType};

pub use depth::TooDeep;

use super::tree::Tree;

/// A parsed module.
pub struct Module {
    /// The parser's result: always a tree, with the errors met.
    pub(crate) parsed: ruff_python_parser::Parsed<ModModule>,
}

impl Module {
    /// Whether the text has no syntax error.
    pub fn is_valid(&self) -> bool {
        self.parsed.has_valid_syntax()
    }

    /// The tree that patterns match.
    pub fn tree(&self, text: &str) -> Tree {
        lower::module(&self.parsed, text, None)
    }
}

/// Parses `text`; refuses it only where expressions or blocks nest too deep.
///
/// # Errors
/// The place at which the bound of nesting was passed.
pub fn parse(text: &str) -> Result<Module, TooDeep> {
    depth::check(text)?;
    Ok(Module { parsed: ruff_python_parser::parse_unchecked_source(text, PySourceType::Python) })
}
