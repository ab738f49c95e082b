//! A bar on the error stream, for a person who waits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use treeward::engine::{Progress, Stage};

use crate::console::Console;

/// Nobody needs a bar for less.
const PATIENCE: Duration = Duration::from_millis(700);

/// A bar that shows itself only when the wait is long.
#[derive(Clone)]
pub(crate) struct Bar(Option<Arc<Shown>>);

struct Shown {
    bar: ProgressBar,
    start: Instant,
}

impl Bar {
    pub(crate) fn on(console: &Console) -> Self {
        if !console.is_watched {
            return Self(None);
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg:<8} {bar:40} {pos}/{len}") {
            bar.set_style(style);
        }
        Self(Some(Arc::new(Shown { bar, start: Instant::now() })))
    }

    /// Takes what the engine tells, from any thread.
    pub(crate) fn show(&self, progress: Progress) {
        let Some(shown) = &self.0 else { return };
        if shown.start.elapsed() < PATIENCE {
            return;
        }
        if shown.bar.is_hidden() {
            shown.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        shown.bar.set_message(match progress.stage {
            Stage::Collect => "finding",
            Stage::Analyze => "reading",
            Stage::Judge => "judging",
        });
        shown.bar.set_length(progress.total as u64);
        shown.bar.set_position(progress.done as u64);
    }

    /// Wipes the bar.
    pub(crate) fn clear(&self) {
        if let Some(shown) = &self.0 {
            shown.bar.finish_and_clear();
        }
    }
}
