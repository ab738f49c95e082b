//! The engine's errors as JSON in the message of a JavaScript error; `index.js` makes typed errors of them.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use serde_json::json;
use treeward::Error;

/// Runs `work`; a panic in it becomes an error.
pub(crate) fn guard<T>(work: impl FnOnce() -> Result<T, Error>) -> napi::Result<T> {
    static SILENCE: Once = Once::new();
    SILENCE.call_once(silence_panics);
    let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(panicked(&*panic)));
    result.map_err(|error| napi::Error::from_reason(describe(&error).to_string()))
}

/// Keeps panics, which become errors, off standard error, unless somebody asked for backtraces.
fn silence_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
}

fn panicked(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Error::Internal(text.unwrap_or("a panic without a message").to_owned())
}

fn describe(error: &Error) -> serde_json::Value {
    let message = error.to_string();
    match error {
        Error::Unreadable { path, .. } => json!({ "kind": "unreadable", "message": message, "path": path }),
        Error::Rules(problems) => {
            let errors: Vec<_> = problems
                .iter()
                .map(|at| {
                    json!({ "file": at.file, "line": at.line, "column": at.column, "rule": at.rule, "message": at.message })
                })
                .collect();
            json!({ "kind": "rules", "message": message, "errors": errors })
        }
        Error::Data(at) => {
            json!({ "kind": "data", "message": message, "file": at.file, "line": at.line, "reason": at.message })
        }
        Error::Query(_) => json!({ "kind": "query", "message": message }),
        Error::Usage(_) => json!({ "kind": "usage", "message": message }),
        Error::Refused { path, .. } => json!({ "kind": "refused", "message": message, "path": path }),
        Error::Cancelled => json!({ "kind": "cancelled", "message": message }),
        _ => json!({ "kind": "internal", "message": message }),
    }
}
