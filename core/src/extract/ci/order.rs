//! Which jobs have ended before another starts.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::schema::ci::CiOrder;
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::Span;

/// Most jobs whose order is followed through others.
const MAX_JOBS: usize = 300;

/// A job with the jobs that it waits for.
pub(super) struct Waiting {
    pub job: RowId,
    pub span: Span,
    pub waits_for: Vec<RowId>,
}

/// States for each job those it waits for, and those that these wait for.
pub(super) fn state(jobs: &[Waiting], facts: &mut FactSet) {
    let direct: BTreeMap<RowId, &[RowId]> = jobs.iter().map(|job| (job.job, job.waits_for.as_slice())).collect();
    for job in jobs {
        for earlier in reached(job.job, &direct, jobs.len() <= MAX_JOBS) {
            facts.push(CiOrder {
                span: job.span,
                certainty: Certainty::Certain,
                job: job.job,
                earlier,
                is_direct: job.waits_for.contains(&earlier),
            });
        }
    }
}

fn reached(job: RowId, direct: &BTreeMap<RowId, &[RowId]>, is_transitive: bool) -> BTreeSet<RowId> {
    let mut seen = BTreeSet::new();
    let mut pending = vec![job];
    while let Some(next) = pending.pop() {
        for earlier in direct.get(&next).copied().unwrap_or_default() {
            if seen.insert(*earlier) && is_transitive {
                pending.push(*earlier);
            }
        }
    }
    seen
}
