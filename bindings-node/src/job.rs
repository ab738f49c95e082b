//! Work off the event loop.

use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName};
use napi::{Env, Task};
use treeward::Error;

use crate::errors;

/// Work that is done once, on a thread of Node's pool; its promise is settled on the event loop.
pub struct Job<T>(Option<Box<dyn FnOnce() -> Result<T, Error> + Send>>);

/// Promises the result of `work`.
pub(crate) fn promise<T>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> AsyncTask<Job<T>>
where
    T: Send + ToNapiValue + TypeName + 'static,
{
    AsyncTask::new(Job(Some(Box::new(work))))
}

impl<T: Send + ToNapiValue + TypeName + 'static> Task for Job<T> {
    type Output = T;
    type JsValue = T;

    fn compute(&mut self) -> napi::Result<T> {
        let work = self.0.take();
        errors::guard(|| work.map_or_else(|| Err(Error::Internal("a job ran twice".to_owned())), |work| work()))
    }

    fn resolve(&mut self, _env: Env, output: T) -> napi::Result<T> {
        Ok(output)
    }
}
