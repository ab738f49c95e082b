//! The audit as data, and its renderers.

mod model;
pub use model::*;
