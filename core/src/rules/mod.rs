//! Rules: loading, validation, metadata, selection.

/// A set of rules.
#[derive(Debug, Default)]
pub struct RuleSet {}
