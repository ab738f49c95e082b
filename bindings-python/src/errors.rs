//! The engine's errors as the exceptions of `treeward.errors`.

use std::any::Any;

use pyo3::prelude::*;
use treeward::Error;

/// The exception for `error`.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    exception(py, error).unwrap_or_else(|broken| broken)
}

/// The exception for a panic that was caught: a fault of treeward's.
pub(crate) fn panicked(py: Python<'_>, panic: &(dyn Any + Send)) -> PyErr {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    raise(py, &Error::Internal(text.unwrap_or("a panic without a message").to_owned()))
}

/// Keeps panics, which become exceptions, off standard error, unless somebody asked for backtraces.
pub(crate) fn silence_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
}

fn exception(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    let errors = py.import("treeward.errors")?;
    let text = error.to_string();
    let value = match error {
        Error::Unreadable { path, .. } => {
            errors.getattr("UnreadableError")?.call1((text, path.display().to_string()))?
        }
        Error::Rules(problems) => {
            let problem = errors.getattr("RuleProblem")?;
            let problems = problems
                .iter()
                .map(|at| problem.call1((&at.file, at.line, at.column, at.rule.as_deref(), &at.message)))
                .collect::<PyResult<Vec<_>>>()?;
            errors.getattr("RuleError")?.call1((text, problems))?
        }
        Error::Data(at) => {
            errors.getattr("DataError")?.call1((text, at.file.display().to_string(), at.line, &at.message))?
        }
        Error::Query(_) => errors.getattr("QueryError")?.call1((text,))?,
        Error::Usage(_) => errors.getattr("UsageError")?.call1((text,))?,
        Error::Refused { path, .. } => errors.getattr("RefusedError")?.call1((text, path.display().to_string()))?,
        Error::Cancelled => errors.getattr("Cancelled")?.call1((text,))?,
        _ => errors.getattr("TreewardError")?.call1((text,))?,
    };
    Ok(PyErr::from_value(value))
}
