//! The audit as data: how findings are settled, and how an audit is rendered.
//!
//! The engine states [`Draft`]s; [`settle`] merges, suppresses, masks, sorts and fingerprints them. Renderers are
//! fed from an [`Audit`] alone. Nothing here reads a file or knows a parser.

mod adjust;
mod changed;
mod compare;
mod fingerprint;
mod fix;
mod mask;
mod merge;
mod model;
mod render;
mod settle;
mod snippet;
mod suppress;

pub use adjust::Adjustments;
pub use changed::ChangedLines;
pub use compare::{Comparison, compare};
pub use fix::{Fixed, apply_fixes, unified_diff};
pub use mask::{Medium, is_secret_name, mask, mask_whole};
pub use merge::merge;
pub use model::*;
pub use render::{Appearance, Format, render, visible};
pub use settle::{Draft, RuleNames, Settled, mask_checks_and_problems, settle};
pub(crate) use settle::{Shown, settle_again};
pub use snippet::snippet;
pub use suppress::Suppressions;
