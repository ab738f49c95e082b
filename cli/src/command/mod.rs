//! The commands, one file each.

pub(crate) mod audit;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod facts;
pub(crate) mod fix;
pub(crate) mod query;
pub(crate) mod rules;
pub(crate) mod scan;
pub(crate) mod test;

use std::collections::BTreeMap;

/// Where the time went, the longest first.
pub(crate) fn timings(timings: &BTreeMap<String, f64>) -> String {
    let mut sorted: Vec<(&String, &f64)> = timings.iter().collect();
    sorted.sort_by(|a, b| b.1.total_cmp(a.1).then_with(|| a.0.cmp(b.0)));
    sorted.iter().map(|(name, spent)| format!("{spent:>10.1} ms  {name}\n")).collect()
}
