//! A finished audit, shared without copying.

use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use treeward::report::{Appearance, Format, render};
use treeward::{Audit, Error};

use crate::errors;

/// The audit as it came from the engine or from its JSON.
#[pyclass(frozen, module = "treeward._treeward")]
pub(crate) struct Report(Arc<Audit>);

impl From<Audit> for Report {
    fn from(audit: Audit) -> Self {
        Self(Arc::new(audit))
    }
}

#[pymethods]
impl Report {
    #[new]
    fn new(text: &str) -> PyResult<Self> {
        let audit: Audit = serde_json::from_str(text)
            .map_err(|error| PyValueError::new_err(format!("this is no audit of treeward's: {error}")))?;
        Ok(audit.into())
    }

    /// The audit as one line of JSON.
    fn data(&self, py: Python<'_>) -> PyResult<String> {
        py.detach(|| serde_json::to_string(&*self.0))
            .map_err(|error| errors::raise(py, &Error::Internal(error.to_string())))
    }

    /// The audit in one of the formats of the command line.
    fn render(&self, py: Python<'_>, format: &str) -> PyResult<String> {
        let Some(known) = Format::named(format) else {
            let names = Format::ALL.map(|format| format!("`{}`", format.name())).join(", ");
            return Err(errors::raise(py, &Error::Usage(format!("no format `{format}`: choose from {names}"))));
        };
        Ok(py.detach(|| render(&self.0, known, Appearance::default())))
    }
}
