//! What a user leaves out of an audit once it is made, or rates otherwise. Everything left out is counted.

use globset::GlobMatcher;

use super::{Audit, ChangedLines, Finding, Severity, compare};

/// Wishes about the findings of an audit.
#[derive(Debug, Clone, Default)]
pub struct Adjustments {
    /// Severities in place of the rules' own; the last word that names a rule counts.
    pub severities: Vec<(String, Severity)>,
    /// For paths that a glob matches, words that name rules to leave out.
    pub path_ignores: Vec<(GlobMatcher, Vec<String>)>,
    /// What stands before the paths of findings where the globs count from a folder above the root.
    pub path_prefix: String,
    /// Findings known already.
    pub baseline: Vec<Finding>,
    /// Only findings on these lines.
    pub changed: Option<ChangedLines>,
    /// Only findings at least as severe.
    pub min_severity: Option<Severity>,
}

impl Adjustments {
    /// Leaves out what is not wanted. Checks stay as they are: they tell of the tree, not of the wishes.
    pub fn apply(&self, audit: &mut Audit) {
        for finding in &mut audit.findings {
            let wished = self.severities.iter().rev().find(|(word, _)| names(word, finding));
            finding.severity = wished.map_or(finding.severity, |(_, severity)| *severity);
        }
        let left_out = &mut audit.suppressed;
        left_out.configuration += retain(&mut audit.findings, |finding| !self.ignores(finding));
        let known = compare::matches(&self.baseline, &audit.findings);
        let mut known = known.iter();
        left_out.baseline += retain(&mut audit.findings, |_| known.next().is_none_or(Option::is_none));
        if let Some(changed) = &self.changed {
            left_out.unchanged += retain(&mut audit.findings, |finding| changed.touches(&finding.location));
        }
        if let Some(least) = self.min_severity {
            left_out.below_severity += retain(&mut audit.findings, |finding| finding.severity >= least);
        }
    }

    fn ignores(&self, finding: &Finding) -> bool {
        let path = format!("{}{}", self.path_prefix, finding.location.path);
        self.path_ignores
            .iter()
            .any(|(glob, words)| glob.is_match(&path) && words.iter().any(|word| names(word, finding)))
    }
}

/// Keeps some findings; how many went.
fn retain(findings: &mut Vec<Finding>, keep: impl FnMut(&Finding) -> bool) -> usize {
    let before = findings.len();
    findings.retain(keep);
    before - findings.len()
}

/// Whether a word of a selection (id, folder, area, glob, `all`) names the rule of this finding.
fn names(word: &str, finding: &Finding) -> bool {
    let rule = finding.rule_id.as_str();
    word == rule
        || word == "all"
        || word == finding.area.name()
        || rule.strip_prefix(word).is_some_and(|rest| rest.starts_with('/'))
        || word.contains('*') && globset::Glob::new(word).is_ok_and(|glob| glob.compile_matcher().is_match(rule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::render::sample;

    fn left(adjustments: &Adjustments) -> (Vec<String>, Audit) {
        let mut audit = sample::audit();
        audit.suppressed = crate::report::Suppressed::default();
        adjustments.apply(&mut audit);
        (audit.findings.iter().map(|finding| finding.rule_id.clone()).collect(), audit)
    }

    #[test]
    fn nothing_wished_nothing_changed() {
        assert_eq!(left(&Adjustments::default()).0.len(), 4);
    }

    #[test]
    fn severities_are_set_before_they_are_compared() {
        let severities = vec![("compose".into(), Severity::Low), ("compose/docker-*".into(), Severity::Info)];
        let adjustments = Adjustments { severities, min_severity: Some(Severity::Low), ..Adjustments::default() };
        let (rules, audit) = left(&adjustments);
        assert_eq!(rules, ["compose/latest-tag", "nginx/x", "python/subprocess-shell"]);
        assert_eq!(audit.suppressed.below_severity, 1);
    }

    #[test]
    fn rules_are_left_out_for_some_paths() {
        let glob = globset::Glob::new("src/**").unwrap().compile_matcher();
        let adjustments = Adjustments { path_ignores: vec![(glob, vec!["security".into()])], ..Adjustments::default() };
        let (rules, audit) = left(&adjustments);
        assert!(!rules.contains(&"python/subprocess-shell".into()) && rules.len() == 3);
        assert_eq!(audit.suppressed.configuration, 1);
    }

    #[test]
    fn what_a_baseline_holds_is_left_out_once_each() {
        let mut baseline = sample::audit().findings;
        for (at, finding) in baseline.iter_mut().enumerate() {
            finding.fingerprint = format!("tw1:{at}");
            finding.fingerprint_pathless.clear();
        }
        baseline[0].fingerprint = sample::audit().findings[0].fingerprint.clone();
        let adjustments = Adjustments { baseline, ..Adjustments::default() };
        let (rules, audit) = left(&adjustments);
        assert_eq!((rules.len(), audit.suppressed.baseline), (3, 1));
    }

    #[test]
    fn only_changed_lines() {
        let mut changed = ChangedLines::default();
        changed.add_file("docker-compose.yml");
        let (rules, audit) = left(&Adjustments { changed: Some(changed), ..Adjustments::default() });
        assert_eq!((rules.len(), audit.suppressed.unchanged), (2, 2));
    }
}
