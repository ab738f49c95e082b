//! The facts of a tree, open for queries.

use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use treeward::facts::Value;

use crate::errors;

/// The database; one query at a time.
#[pyclass(frozen, module = "treeward._treeward")]
pub(crate) struct Facts(Mutex<treeward::engine::Facts>);

impl From<treeward::engine::Facts> for Facts {
    fn from(facts: treeward::engine::Facts) -> Self {
        Self(Mutex::new(facts))
    }
}

#[pymethods]
impl Facts {
    fn query<'py>(&self, py: Python<'py>, sql: &str) -> PyResult<Bound<'py, PyList>> {
        let result = py
            .detach(|| self.0.lock().unwrap_or_else(PoisonError::into_inner).query(sql))
            .map_err(|error| errors::raise(py, &error))?;
        let rows = PyList::empty(py);
        for row in &result.rows {
            let dict = PyDict::new(py);
            for (name, value) in result.columns.iter().zip(row) {
                match value {
                    Value::Null => dict.set_item(name, py.None())?,
                    Value::Int(value) => dict.set_item(name, value)?,
                    Value::Real(value) => dict.set_item(name, value)?,
                    Value::Text(value) => dict.set_item(name, value)?,
                }
            }
            rows.append(dict)?;
        }
        Ok(rows)
    }
}
