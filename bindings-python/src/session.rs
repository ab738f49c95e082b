//! An editor's session on a tree.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use treeward::Error;
use treeward::session::Changes;

use crate::errors;
use crate::report::Report;

/// The engine's session; one step at a time.
#[pyclass(frozen, module = "treeward._treeward")]
pub(crate) struct Session(Mutex<treeward::Session>);

impl From<treeward::Session> for Session {
    fn from(session: treeward::Session) -> Self {
        Self(Mutex::new(session))
    }
}

#[pymethods]
impl Session {
    /// The findings of the files that the edit changed, as a JSON object by path; so are those of the steps below.
    fn update(&self, py: Python<'_>, path: PathBuf, text: &str) -> PyResult<String> {
        self.step(py, |session| session.update(path, text).and_then(|changes| json(&changes)))
    }

    fn remove(&self, py: Python<'_>, path: PathBuf) -> PyResult<String> {
        self.step(py, |session| session.remove(path).and_then(|changes| json(&changes)))
    }

    fn close(&self, py: Python<'_>, path: PathBuf) -> PyResult<String> {
        self.step(py, |session| session.close(path).and_then(|changes| json(&changes)))
    }

    /// The findings of one file, as a JSON array.
    fn findings(&self, py: Python<'_>, path: PathBuf) -> PyResult<String> {
        self.step(py, |session| {
            serde_json::to_string(session.findings(path)).map_err(|error| Error::Internal(error.to_string()))
        })
    }

    fn audit(&self, py: Python<'_>) -> PyResult<Report> {
        self.step(py, treeward::Session::audit).map(Into::into)
    }
}

impl Session {
    /// Does `work` with the interpreter free.
    fn step<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&mut treeward::Session) -> Result<T, Error> + Send,
    ) -> PyResult<T> {
        let step = || work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
        match py.detach(|| catch_unwind(AssertUnwindSafe(step))) {
            Ok(result) => result.map_err(|error| errors::raise(py, &error)),
            Err(panic) => Err(errors::panicked(py, &*panic)),
        }
    }
}

fn json(changes: &Changes) -> Result<String, Error> {
    serde_json::to_string(changes).map_err(|error| Error::Internal(error.to_string()))
}
