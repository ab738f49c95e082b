//! The audit as data: how findings are settled, and how an audit is rendered.
//!
//! The engine states [`Draft`]s; [`settle`] merges, suppresses, masks, sorts and fingerprints them. Renderers are
//! fed from an [`Audit`] alone. Nothing here reads a file or knows a parser.

mod fingerprint;
mod mask;
mod model;
mod render;
mod settle;
mod snippet;
mod suppress;

pub use mask::{Medium, is_secret_name, mask};
pub use model::*;
pub use render::{Appearance, Format, render, visible};
pub use settle::{Draft, RuleNames, Settled, settle};
pub use snippet::snippet;
pub use suppress::Suppressions;
