//! An editor's session on a tree.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName};
use napi_derive::napi;
use treeward::Error;
use treeward::report::Finding;
use treeward::session::Changes;

use crate::job::{Job, promise};
use crate::report::{Report, for_each_place_of, in_utf16};

/// The engine's session; one step at a time.
#[napi]
pub struct Session(Arc<Mutex<treeward::Session>>);

impl From<treeward::Session> for Session {
    fn from(session: treeward::Session) -> Self {
        Self(Arc::new(Mutex::new(session)))
    }
}

#[napi]
impl Session {
    /// The findings of the files that the edit changed, as a JSON object by path; so are those of the steps below.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn update(&self, path: String, text: String) -> AsyncTask<Job<String>> {
        self.step(move |session| session.update(path, text).and_then(|mut changes| json(&mut changes)))
    }

    #[napi(ts_return_type = "Promise<string>")]
    pub fn remove(&self, path: String) -> AsyncTask<Job<String>> {
        self.step(move |session| session.remove(path).and_then(|mut changes| json(&mut changes)))
    }

    #[napi(ts_return_type = "Promise<string>")]
    pub fn close(&self, path: String) -> AsyncTask<Job<String>> {
        self.step(move |session| session.close(path).and_then(|mut changes| json(&mut changes)))
    }

    /// The findings of one file, as a JSON object like those of the steps.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn findings(&self, path: String) -> AsyncTask<Job<String>> {
        self.step(move |session| {
            let findings = session.findings(PathBuf::from(&path)).to_vec();
            json(&mut Changes::from([(path, findings)]))
        })
    }

    #[napi(ts_return_type = "Promise<Report>")]
    pub fn audit(&self) -> AsyncTask<Job<Report>> {
        self.step(|session| session.audit().and_then(Report::new))
    }

    fn step<T>(
        &self,
        work: impl FnOnce(&mut treeward::Session) -> Result<T, Error> + Send + 'static,
    ) -> AsyncTask<Job<T>>
    where
        T: Send + ToNapiValue + TypeName + 'static,
    {
        let session = Arc::clone(&self.0);
        promise(move || work(&mut session.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

fn json(changes: &mut Changes) -> Result<String, Error> {
    changes.values_mut().flatten().for_each(|finding: &mut Finding| for_each_place_of(finding, &mut in_utf16));
    serde_json::to_string(changes).map_err(|error| Error::Internal(error.to_string()))
}
