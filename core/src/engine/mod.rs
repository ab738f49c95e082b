//! The audit itself.

/// An auditor.
pub struct Auditor {}
/// Its builder.
pub struct AuditorBuilder {}
