//! From what the engine states to what a report says: merged, suppressed, masked, sorted, fingerprinted.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Check, Finding, Medium, Problem, Related, Suppressions, fingerprint, mask};

/// A finding before it is settled: its fingerprints are empty and its texts may hold secrets.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The finding.
    pub finding: Finding,
    /// The stable address of the place within its file: key path in data, symbol path in code; empty if there is none.
    pub route: String,
    /// The text that identifies the place: all of it for a pattern rule, its first line for a query rule.
    pub text: String,
    /// Whether a pattern rule found it, so that `nosemgrep` speaks of it.
    pub by_pattern: bool,
}

/// The ids of rules, to tell a suppression that is of no use from one whose rule did not run.
#[derive(Debug, Clone, Default)]
pub struct RuleNames<'r> {
    /// Rules that ran.
    pub ran: BTreeSet<&'r str>,
    /// Rules that are known, whether they ran or not.
    pub known: BTreeSet<&'r str>,
}

/// What settling gives.
#[derive(Debug, Default)]
pub struct Settled {
    /// The findings of the report, sorted by path, place and rule.
    pub findings: Vec<Finding>,
    /// Those that comments in the source suppress, with the reason that the comment gives.
    pub suppressed: Vec<(Finding, String)>,
    /// Suppressions that are of no use.
    pub problems: Vec<Problem>,
}

/// Settles the findings of one audit. `suppressions` are those of every file, in any order.
pub fn settle(drafts: Vec<Draft>, suppressions: &[Suppressions], rules: &RuleNames<'_>) -> Settled {
    let mut drafts = merge(drafts);
    fingerprint::assign(&mut drafts);
    let mut settled = Settled::default();
    let mut used = BTreeSet::new();
    for draft in drafts {
        let hit = suppressions.iter().enumerate().find_map(|(at, file)| Some((at, file.speaks_of(&draft)?)));
        let finding = masked(draft.finding);
        match hit {
            Some((file, item)) => {
                used.insert((file, item));
                settled.suppressed.push((finding, suppressions[file].reason(item).to_owned()));
            }
            None => settled.findings.push(finding),
        }
    }
    for (at, file) in suppressions.iter().enumerate() {
        settled.problems.extend(file.problems(rules, |item| used.contains(&(at, item))));
    }
    settled.problems.sort();
    settled
}

/// Sorts, and makes one finding of those that one rule has at one span: one cause is told once, and what else is said
/// of it becomes a related place.
fn merge(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by(|a, b| order(&a.finding).cmp(&order(&b.finding)));
    let mut merged: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        match merged.last_mut() {
            Some(last) if is_same(&last.finding, &draft.finding) => absorb(&mut last.finding, draft.finding),
            _ => merged.push(draft),
        }
    }
    merged
}

type Order<'f> = (&'f str, u32, &'f str, u32, &'f str, &'f str);

fn order(finding: &Finding) -> Order<'_> {
    let location = &finding.location;
    let (start, end) = (location.start.offset, location.end.offset);
    (&location.path, start, &finding.rule_id, end, &finding.subject, &finding.message)
}

/// An empty span stands for a whole file, which may have several subjects.
fn is_same(a: &Finding, b: &Finding) -> bool {
    let place = &a.location;
    a.rule_id == b.rule_id && *place == b.location && (place.start != place.end || a.subject == b.subject)
}

fn absorb(kept: &mut Finding, other: Finding) {
    kept.severity = kept.severity.max(other.severity);
    if other.message != kept.message {
        kept.related.push(Related { location: other.location, message: other.message, role: super::Role::Related });
    }
    kept.related.extend(other.related);
    let mut distinct: Vec<Related> = Vec::with_capacity(kept.related.len());
    for related in kept.related.drain(..) {
        if !distinct.contains(&related) {
            distinct.push(related);
        }
    }
    kept.related = distinct;
}

/// Masks secrets in what is told of checks and problems.
pub fn mask_checks_and_problems(checks: &mut [Check], problems: &mut [Problem]) {
    // A path is told as it is.
    let evidence = checks
        .iter_mut()
        .flat_map(|check| &mut check.evidence)
        .filter(|item| item.subject != item.location.path || !item.note.is_empty());
    let texts = evidence.flat_map(|item| [&mut item.subject, &mut item.note]);
    for text in texts.chain(problems.iter_mut().map(|problem| &mut problem.message)) {
        if let Cow::Owned(masked) = mask(text, Medium::Prose) {
            *text = masked;
        }
    }
}

/// The finding with every secret in its texts masked. A fix that would print a secret is left out.
fn masked(mut finding: Finding) -> Finding {
    let medium = Medium::of(&finding.location.path);
    let known = mask::secrets(&finding.snippet, medium);
    let clean = |text: &str, medium| mask::hide(&mask(text, medium), &known);
    finding.message = clean(&finding.message, Medium::Prose);
    finding.subject = clean(&finding.subject, Medium::Prose);
    finding.remediation = clean(&finding.remediation, Medium::Prose);
    for related in &mut finding.related {
        related.message = clean(&related.message, Medium::Prose);
    }
    finding.snippet = mask(&finding.snippet, medium).into_owned();
    if let Some(fix) = &finding.fix
        && fix.edits.iter().any(|edit| mask(&edit.text, Medium::of(&edit.location.path)) != edit.text)
    {
        finding.fix = None;
    }
    finding
}

#[cfg(test)]
mod tests;
