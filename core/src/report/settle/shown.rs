//! Findings as they were shown last: looking for secrets in their texts is most of what settling costs.

use std::sync::{PoisonError, RwLock};

use hashbrown::{HashMap, HashSet};

use super::masked;
use crate::report::Finding;

/// Findings by their fingerprint, as they are and with their secrets masked.
#[derive(Default)]
pub(crate) struct Shown(RwLock<HashMap<String, (Finding, Finding)>>);

impl Shown {
    /// The finding with every secret masked.
    pub(super) fn masked(&self, finding: Finding) -> Finding {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, shown)) = known.get(&finding.fingerprint).filter(|(whole, _)| *whole == finding) {
            return shown.clone();
        }
        drop(known);
        let shown = masked(finding.clone());
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(finding.fingerprint.clone(), (finding, shown.clone()));
        shown
    }

    /// Forgets what is not among `findings`, once that is most of it.
    pub(crate) fn keep(&mut self, findings: &[Finding]) {
        let known = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        if known.len() > 2 * findings.len() + 100 {
            let kept: HashSet<&str> = findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
            known.retain(|fingerprint, _| kept.contains(fingerprint.as_str()));
        }
    }
}
