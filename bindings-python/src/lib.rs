//! The compiled half of the Python package `treeward`: the engine behind a few classes. What callers see is in `python/treeward`.
//!
//! Long work runs on a thread of its own while the interpreter is free, and no panic reaches Python.

mod auditor;
mod errors;
mod facts;
mod report;
mod session;
mod watch;

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
mod _treeward {
    #[pymodule_export]
    use super::auditor::Auditor;
    #[pymodule_export]
    use super::facts::Facts;
    #[pymodule_export]
    use super::report::Report;
    #[pymodule_export]
    use super::run;
    #[pymodule_export]
    use super::session::Session;

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::errors::silence_panics();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// The command line: `arguments` begin with the program's name; gives the exit code.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<String>) -> PyResult<u8> {
    py.detach(|| std::panic::catch_unwind(|| treeward_cli::run(arguments)))
        .map_err(|panic| errors::panicked(py, &*panic))
}
