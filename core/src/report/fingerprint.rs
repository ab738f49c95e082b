//! Identity of a finding over time, so that baselines, comparisons and code-scanning services know it again.
//!
//! A fingerprint is `tw1:` and 32 hex digits of BLAKE3 over the rule's id, the path, the route (key path in data,
//! symbol path in code) and the whitespace-folded text of the place; where the place has no text, over the subject.
//! An ordinal is added only where two findings would be the same. Never part of it: line, column, message, severity,
//! version. Any change to what is hashed, or how, needs another version prefix.

use hashbrown::HashMap;
use rayon::prelude::*;

use super::settle::Draft;

const VERSION: &str = "tw1:";

/// Gives every draft its fingerprints. The drafts must be in their final order: ties are numbered by it.
pub(super) fn assign(drafts: &mut [Draft]) {
    let both = |draft: &mut Draft| {
        let identity = Identity::of(draft);
        let (whole, pathless) = (identity.hash(true, 0), identity.hash(false, 0));
        draft.finding.fingerprint = show(whole);
        draft.finding.fingerprint_pathless = show(pathless);
        whole
    };
    let hashes: Vec<blake3::Hash> = drafts.par_iter_mut().map(both).collect();
    let mut seen: HashMap<blake3::Hash, u32> = HashMap::with_capacity(drafts.len());
    for (draft, hash) in drafts.iter_mut().zip(hashes) {
        let ordinal = *seen.entry(hash).and_modify(|count| *count += 1).or_insert(0);
        if ordinal > 0 {
            let identity = Identity::of(draft);
            let (whole, pathless) = (identity.hash(true, ordinal), identity.hash(false, ordinal));
            draft.finding.fingerprint = show(whole);
            draft.finding.fingerprint_pathless = show(pathless);
        }
    }
}

struct Identity<'d> {
    rule: &'d str,
    path: &'d str,
    route: &'d str,
    key: String,
}

impl<'d> Identity<'d> {
    fn of(draft: &'d Draft) -> Self {
        let finding = &draft.finding;
        let text = fold(&draft.text);
        let key = if text.is_empty() { fold(&finding.subject) } else { text };
        Self { rule: &finding.rule_id, path: &finding.location.path, route: &draft.route, key }
    }

    fn hash(&self, with_path: bool, ordinal: u32) -> blake3::Hash {
        let path = if with_path { self.path } else { "" };
        let mut hasher = blake3::Hasher::new();
        for part in [self.rule, path, self.route, &self.key] {
            // Lengths keep ("ab", "c") apart from ("a", "bc").
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        if ordinal > 0 {
            hasher.update(&ordinal.to_le_bytes());
        }
        hasher.finalize()
    }
}

fn show(hash: blake3::Hash) -> String {
    let hex = hash.to_hex();
    [VERSION, hex.get(..32).unwrap_or(&hex)].concat()
}

/// The text with every run of whitespace as one space.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// The fingerprint of a finding in a report over several roots.
pub(super) fn of_root(fingerprint: &str, root: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(root.as_bytes());
    hasher.update(fingerprint.as_bytes());
    show(hasher.finalize())
}
