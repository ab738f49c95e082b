//! The compiled half of the npm package `treeward`: the engine behind a few classes. What callers see is in `index.js`.
//!
//! Long work runs off the event loop, results cross as JSON texts, and no panic reaches JavaScript.

#![allow(missing_docs)] // the macros make public items; the package's documentation is `index.d.ts`

mod auditor;
mod errors;
mod job;
mod report;
mod session;

use napi_derive::napi;

/// The command line: `arguments` begin with the program's name; gives the exit code.
#[napi]
pub fn run(arguments: Vec<String>) -> napi::Result<u32> {
    errors::guard(|| Ok(treeward_cli::run(arguments).into()))
}

/// The version that all of treeward's packages share.
#[napi]
pub fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
