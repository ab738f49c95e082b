//! Long work with the interpreter free: other threads run, Ctrl-C and `cancel` stop it, `progress` is told how far it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use treeward::engine::{Cancel, Progress, Stage};
use treeward::{Auditor, Error};

use crate::errors;

/// How often the calling thread looks at signals, `cancel` and progress.
const POLL: Duration = Duration::from_millis(20);

/// What a caller may do to a run: `progress(stage, done, total)` and `cancel.is_set()`.
pub(crate) struct Caller<'py> {
    pub(crate) progress: Option<Bound<'py, PyAny>>,
    pub(crate) cancel: Option<Bound<'py, PyAny>>,
}

impl Caller<'_> {
    /// A caller who only waits; Ctrl-C is honoured all the same.
    pub(crate) fn waiting() -> Self {
        Self { progress: None, cancel: None }
    }

    /// Runs `work` on a thread of its own and waits for it.
    pub(crate) fn run<T: Send>(
        &self,
        py: Python<'_>,
        auditor: &Auditor,
        work: impl FnOnce(&Auditor) -> Result<T, Error> + Send,
    ) -> PyResult<T> {
        let cancel = Cancel::default();
        let far = Arc::new(Far::default());
        let observer = Arc::clone(&far);
        let auditor = auditor.watched(cancel.clone(), move |progress| observer.note(progress));
        let done = AtomicBool::new(false);
        let caller = thread::current();
        thread::scope(|scope| {
            let worker = scope.spawn(|| {
                let _wake = Wake { done: &done, caller };
                work(&auditor)
            });
            let mut told = 0;
            let mut is_over = false;
            while !is_over {
                py.detach(|| thread::park_timeout(POLL));
                is_over = done.load(Ordering::Acquire);
                if let Err(stop) = self.look(py, &cancel, &far, &mut told) {
                    cancel.cancel();
                    let _ = py.detach(|| worker.join());
                    return Err(stop);
                }
            }
            match py.detach(|| worker.join()) {
                Ok(result) => result.map_err(|error| errors::raise(py, &error)),
                Err(panic) => Err(errors::panicked(py, &*panic)),
            }
        })
    }

    fn look(&self, py: Python<'_>, stop: &Cancel, far: &Far, told: &mut u64) -> PyResult<()> {
        py.check_signals()?;
        let packed = far.0.load(Ordering::Relaxed);
        if let Some(progress) = self.progress.as_ref().filter(|_| packed != *told) {
            *told = packed;
            progress.call1(Far::unpack(packed))?;
        }
        if let Some(cancel) = &self.cancel
            && cancel.call_method0("is_set")?.is_truthy()?
        {
            stop.cancel();
        }
        Ok(())
    }
}

/// Tells the caller's thread that the work is over, even where it panics.
struct Wake<'w> {
    done: &'w AtomicBool,
    caller: thread::Thread,
}

impl Drop for Wake<'_> {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Release);
        self.caller.unpark();
    }
}

/// The last progress, in one word: 4 bits of stage, 30 of done, 30 of total.
#[derive(Default)]
struct Far(AtomicU64);

impl Far {
    fn note(&self, progress: Progress) {
        let stage = match progress.stage {
            Stage::Collect => 1,
            Stage::Analyze => 2,
            Stage::Judge => 3,
        };
        let packed = stage << 60 | (progress.total as u64 & MASK) << 30 | progress.done as u64 & MASK;
        self.0.fetch_max(packed, Ordering::Relaxed);
    }

    fn unpack(packed: u64) -> (&'static str, u64, u64) {
        let stage = match packed >> 60 {
            1 => "collect",
            2 => "analyze",
            _ => "judge",
        };
        (stage, packed & MASK, packed >> 30 & MASK)
    }
}

const MASK: u64 = (1 << 30) - 1;
