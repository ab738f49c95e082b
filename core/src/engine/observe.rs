//! Watching an audit from outside, and stopping it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::error::Error;

/// A flag that stops an audit at the next file or rule. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks every audit that holds this flag to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        if self.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }
}

/// What an audit is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finding the files.
    Collect,
    /// Reading, parsing, matching and extracting, file by file.
    Analyze,
    /// Running the query rules.
    Judge,
}

/// How far an audit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The stage.
    pub stage: Stage,
    /// Files or rules done.
    pub done: usize,
    /// Files or rules in all; 0 while not known.
    pub total: usize,
}

/// Called from the audit's threads; must be quick.
pub(crate) type Observer = Arc<dyn Fn(Progress) + Send + Sync>;

/// Counts the steps of one stage and tells the observer.
pub(super) struct Meter<'o> {
    observer: Option<&'o Observer>,
    stage: Stage,
    done: AtomicUsize,
    total: usize,
}

impl<'o> Meter<'o> {
    pub(super) fn new(observer: Option<&'o Observer>, stage: Stage, total: usize) -> Self {
        if let Some(observer) = observer {
            observer(Progress { stage, done: 0, total });
        }
        Self { observer, stage, done: AtomicUsize::new(0), total }
    }

    pub(super) fn step(&self) {
        if let Some(observer) = self.observer {
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            observer(Progress { stage: self.stage, done, total: self.total });
        }
    }
}
