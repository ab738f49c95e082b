//! treeward: from a source tree alone, is this system ready for production?
//!
//! The engine reads code and configuration together, states facts, and lets rules judge them.
//! It performs no I/O but reading the tree, keeps no global state and prints nothing.
//!
//! Stages, in the order in which data flows:
//! [`source`] → [`syntax`] → [`pattern`] and [`extract`] → [`facts`] → [`rules`] → [`engine`] → [`report`];
//! a [`session`] keeps what they gave for an editor's next keystroke.

pub mod engine;
mod error;
pub mod extract;
pub mod facts;
pub mod pattern;
pub mod report;
pub mod rules;
pub mod session;
pub mod source;
pub mod syntax;

pub use engine::{Auditor, AuditorBuilder};
pub use error::{DataError, Error, RuleError};
pub use report::{Area, Audit, Check, Confidence, Finding, Severity, Verdict};
pub use rules::RuleSet;
pub use session::Session;
