//! Two audits side by side: what was mended, what came, what stayed. A baseline is such a comparison, of which only
//! what came is shown.

use std::collections::{HashMap, HashSet};

use super::{Audit, Finding};

/// The findings of two audits, told apart. Each list keeps its audit's order.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison<'a> {
    /// In the earlier audit only.
    pub fixed: Vec<&'a Finding>,
    /// In the later audit only.
    pub new: Vec<&'a Finding>,
    /// In both, as the later audit tells them.
    pub stayed: Vec<&'a Finding>,
}

/// Compares by fingerprint; what is left over is compared without the path, so that a renamed file is no news. Each
/// finding is matched once: a second copy of a known finding is new.
pub fn compare<'a>(before: &'a Audit, after: &'a Audit) -> Comparison<'a> {
    let known = matches(&before.findings, &after.findings);
    let is_matched: HashSet<usize> = known.iter().flatten().copied().collect();
    let (mut new, mut stayed) = (Vec::new(), Vec::new());
    for (finding, earlier) in after.findings.iter().zip(&known) {
        if earlier.is_some() { stayed.push(finding) } else { new.push(finding) }
    }
    let left = before.findings.iter().enumerate().filter(|(at, _)| !is_matched.contains(at));
    Comparison { fixed: left.map(|(_, finding)| finding).collect(), new, stayed }
}

/// For each later finding, the index of the earlier one that it is.
pub(super) fn matches(before: &[Finding], after: &[Finding]) -> Vec<Option<usize>> {
    let mut exact: HashMap<&str, usize> = HashMap::with_capacity(before.len());
    exact.extend(before.iter().enumerate().map(|(at, finding)| (finding.fingerprint.as_str(), at)));
    let mut found: Vec<Option<usize>> =
        after.iter().map(|finding| exact.remove(finding.fingerprint.as_str())).collect();
    let mut moved: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut left: Vec<usize> = exact.into_values().collect();
    left.sort_unstable_by(|a, b| b.cmp(a));
    for at in left {
        moved.entry(&before[at].fingerprint_pathless).or_default().push(at);
    }
    for (finding, earlier) in after.iter().zip(&mut found).filter(|(_, earlier)| earlier.is_none()) {
        if !finding.fingerprint_pathless.is_empty() {
            *earlier = moved.get_mut(finding.fingerprint_pathless.as_str()).and_then(Vec::pop);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::render::sample;

    fn audit(fingerprints: &[(&str, &str)]) -> Audit {
        let mut audit = sample::audit();
        let one = audit.findings[0].clone();
        let finding = |(whole, pathless): &(&str, &str)| Finding {
            fingerprint: (*whole).into(),
            fingerprint_pathless: (*pathless).into(),
            ..one.clone()
        };
        audit.findings = fingerprints.iter().map(finding).collect();
        audit
    }

    fn names(findings: &[&Finding]) -> Vec<String> {
        findings.iter().map(|finding| finding.fingerprint.clone()).collect()
    }

    #[test]
    fn what_was_mended_came_and_stayed() {
        let (before, after) = (audit(&[("a", "pa"), ("b", "pb")]), audit(&[("b", "pb"), ("c", "pc")]));
        let compared = compare(&before, &after);
        assert_eq!(names(&compared.fixed), ["a"]);
        assert_eq!(names(&compared.new), ["c"]);
        assert_eq!(names(&compared.stayed), ["b"]);
    }

    #[test]
    fn a_renamed_file_is_no_news_and_a_copy_is() {
        let before = audit(&[("old/1", "p")]);
        let renamed = audit(&[("new/1", "p")]);
        assert_eq!(names(&compare(&before, &renamed).stayed), ["new/1"]);
        let copied = audit(&[("copy/1", "p"), ("old/1", "p")]);
        assert_eq!(names(&compare(&before, &copied).new), ["copy/1"]);
        let unknown = audit(&[("x", "")]);
        assert_eq!(names(&compare(&audit(&[("y", "")]), &unknown).new), ["x"]);
    }
}
