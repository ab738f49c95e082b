//! A finished audit and the facts of a tree.

use std::sync::{Arc, Mutex, PoisonError};

use napi::bindgen_prelude::AsyncTask;
use napi_derive::napi;
use serde_json::{Map, Value as Json};
use treeward::facts::Value;
use treeward::report::{Appearance, Finding, Format, Location, render};
use treeward::{Audit, Error};

use crate::errors;
use crate::job::{Job, promise};

/// An audit: its data with columns in UTF-16 code units, and the renderings of the command line.
#[napi]
pub struct Report {
    audit: Audit,
    data: String,
}

impl Report {
    pub(crate) fn new(audit: Audit) -> Result<Self, Error> {
        let mut counted = audit.clone();
        for_each_place(&mut counted, &mut in_utf16);
        let data = serde_json::to_string(&counted).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(Self { audit, data })
    }
}

#[napi]
impl Report {
    /// The audit as one line of JSON.
    #[napi]
    pub fn data(&self) -> &str {
        &self.data
    }

    /// The audit in one of the formats of the command line.
    #[napi]
    pub fn render(&self, format: String) -> napi::Result<String> {
        errors::guard(move || match Format::named(&format) {
            Some(format) => Ok(render(&self.audit, format, Appearance::default())),
            None => {
                let names = Format::ALL.map(|format| format!("`{}`", format.name())).join(", ");
                Err(Error::Usage(format!("no format `{format}`: choose from {names}")))
            }
        })
    }
}

pub(crate) fn in_utf16(place: &mut Location) {
    place.start.column = place.start.utf16;
    place.end.column = place.end.utf16;
}

fn for_each_place(audit: &mut Audit, change: &mut impl FnMut(&mut Location)) {
    for finding in &mut audit.findings {
        for_each_place_of(finding, change);
    }
    let evidence = audit.checks.iter_mut().flat_map(|check| &mut check.evidence);
    evidence.for_each(|evidence| change(&mut evidence.location));
}

pub(crate) fn for_each_place_of(finding: &mut Finding, change: &mut impl FnMut(&mut Location)) {
    change(&mut finding.location);
    finding.related.iter_mut().for_each(|related| change(&mut related.location));
    finding.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| change(&mut edit.location));
}

/// The facts of a tree; one query at a time.
#[napi]
pub struct Facts(Arc<Mutex<treeward::engine::Facts>>);

impl From<treeward::engine::Facts> for Facts {
    fn from(facts: treeward::engine::Facts) -> Self {
        Self(Arc::new(Mutex::new(facts)))
    }
}

#[napi]
impl Facts {
    /// The rows that a query gives, as a JSON array of objects.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn query(&self, sql: String) -> AsyncTask<Job<String>> {
        let facts = Arc::clone(&self.0);
        promise(move || {
            let result = facts.lock().unwrap_or_else(PoisonError::into_inner).query(&sql)?;
            let rows: Vec<Json> = result
                .rows
                .into_iter()
                .map(|row| result.columns.iter().cloned().zip(row.into_iter().map(cell)).collect::<Map<_, _>>().into())
                .collect();
            serde_json::to_string(&rows).map_err(|error| Error::Internal(error.to_string()))
        })
    }
}

/// Integers that a JavaScript number cannot hold, such as spans, are given as texts.
fn cell(value: Value) -> Json {
    const SAFE: u64 = (1 << 53) - 1;
    match value {
        Value::Null => Json::Null,
        Value::Int(value) if value.unsigned_abs() > SAFE => value.to_string().into(),
        Value::Int(value) => value.into(),
        Value::Real(value) => value.into(),
        Value::Text(value) => value.into(),
    }
}
