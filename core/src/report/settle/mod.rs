//! From what the engine states to what a report says: merged, suppressed, masked, sorted, fingerprinted.

mod shown;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;

use super::{Check, Finding, Location, Medium, Problem, Related, Role, Suppressions, fingerprint, mask};

pub(crate) use shown::Shown;

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
    /// The rules that a rule covers, by its id.
    pub covers: BTreeMap<&'r str, &'r [String]>,
    /// Rules whose findings in one file are told as one.
    pub per_file: BTreeSet<&'r str>,
}

/// What settling gives.
#[derive(Debug, Default)]
pub struct Settled {
    /// The findings of the report, sorted by path, place and rule.
    pub findings: Vec<Finding>,
    /// Those that comments in the source suppress, with the reason that the comment gives.
    pub suppressed: Vec<(Finding, String)>,
    /// Those that a finding of another rule tells, with the id of that rule.
    pub covered: Vec<(Finding, String)>,
    /// Suppressions that are of no use.
    pub problems: Vec<Problem>,
}

/// Settles the findings of one audit. `suppressions` are those of every file, in any order.
pub fn settle(drafts: Vec<Draft>, suppressions: &[Suppressions], rules: &RuleNames<'_>) -> Settled {
    let advice: HashSet<&str> = drafts.iter().map(|draft| draft.finding.remediation.as_str()).collect();
    let is_plain = |text: &&str| matches!(mask(text, Medium::Prose), Cow::Borrowed(_));
    let plain: HashSet<String> = advice.into_iter().filter(is_plain).map(str::to_owned).collect();
    settle_as(drafts, suppressions, rules, &|finding| masked_but(finding, &plain))
}

/// The same, masking what was shown before as it was masked then.
pub(crate) fn settle_again(
    drafts: Vec<Draft>,
    suppressions: &[Suppressions],
    rules: &RuleNames<'_>,
    shown: &Shown,
) -> Settled {
    settle_as(drafts, suppressions, rules, &|finding| shown.masked(finding))
}

fn settle_as(
    drafts: Vec<Draft>,
    suppressions: &[Suppressions],
    rules: &RuleNames<'_>,
    masked: &(dyn Fn(Finding) -> Finding + Sync),
) -> Settled {
    let mut settled = Settled::default();
    let mut drafts = cover(merge(drafts), rules, &mut settled.covered);
    fingerprint::assign(&mut drafts);
    let mut used = BTreeSet::new();
    let settle = |draft: Draft| {
        let hit = suppressions.iter().enumerate().find_map(|(at, file)| Some((at, file.speaks_of(&draft)?)));
        (hit, masked(draft.finding))
    };
    for (hit, finding) in drafts.into_par_iter().map(settle).collect::<Vec<_>>() {
        match hit {
            Some((file, item)) => {
                used.insert((file, item));
                settled.suppressed.push((finding, suppressions[file].reason(item).to_owned()));
            }
            None => settled.findings.push(finding),
        }
    }
    settled.findings = gather(std::mem::take(&mut settled.findings), rules);
    for (at, file) in suppressions.iter().enumerate() {
        settled.problems.extend(file.problems(rules, |item| used.contains(&(at, item))));
    }
    settled.problems.sort();
    settled
}

/// Makes one finding of those that a rule has in one file, where it says so: the first, with the others as related places.
fn gather(findings: Vec<Finding>, rules: &RuleNames<'_>) -> Vec<Finding> {
    let mut first: HashMap<(String, String), usize> = HashMap::new();
    let mut gathered: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut others: BTreeMap<usize, usize> = BTreeMap::new();
    for finding in findings {
        if !rules.per_file.contains(finding.rule_id.as_str()) {
            gathered.push(finding);
            continue;
        }
        let at = *first.entry((finding.rule_id.clone(), finding.location.path.clone())).or_insert(gathered.len());
        let Some(kept) = gathered.get_mut(at) else {
            gathered.push(finding);
            continue;
        };
        kept.severity = kept.severity.max(finding.severity);
        let Finding { location, message, .. } = finding;
        kept.related.push(Related { location, message, role: Role::Related });
        *others.entry(at).or_default() += 1;
    }
    for (at, count) in others {
        let places = if count == 1 { "place" } else { "places" };
        gathered[at].message.push_str(&format!(" (and at {count} more {places} of this file)"));
    }
    gathered
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

/// Makes a related place of each finding whose rule is covered by the rule of another finding that has the same place, or
/// where one of the two names the place of the other: one cause is told once, by what says most of it.
fn cover(mut drafts: Vec<Draft>, rules: &RuleNames<'_>, covered: &mut Vec<(Finding, String)>) -> Vec<Draft> {
    let teller = tellers(&drafts, rules);
    for at in (0..drafts.len()).filter(|&at| teller[at].is_some()) {
        let told = drafts[at].finding.clone();
        let kept = &mut drafts[last_teller(&teller, at)].finding;
        kept.severity = kept.severity.max(told.severity);
        let related = Related { location: told.location.clone(), message: told.message.clone(), role: Role::Related };
        if !kept.related.contains(&related) {
            kept.related.push(related);
        }
        covered.push((masked(told), kept.rule_id.clone()));
    }
    drafts.into_iter().zip(teller).filter(|(_, teller)| teller.is_none()).map(|(draft, _)| draft).collect()
}

/// For each finding, the one that tells it too.
fn tellers(drafts: &[Draft], rules: &RuleNames<'_>) -> Vec<Option<usize>> {
    let mut by_place: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    let is_covered: BTreeSet<&str> = rules.covers.values().flat_map(|ids| ids.iter().map(String::as_str)).collect();
    for (at, Draft { finding, .. }) in drafts.iter().enumerate() {
        for path in paths(finding).filter(|_| is_covered.contains(finding.rule_id.as_str())) {
            by_place.entry((&finding.rule_id, path)).or_default().push(at);
        }
    }
    let mut teller: Vec<Option<usize>> = vec![None; drafts.len()];
    for (at, draft) in drafts.iter().enumerate() {
        let ids = rules.covers.get(draft.finding.rule_id.as_str()).copied().unwrap_or_default();
        let paths: BTreeSet<&str> = paths(&draft.finding).filter(|_| !ids.is_empty()).collect();
        let places = ids.iter().flat_map(|id| paths.iter().map(|path| (id.as_str(), *path)));
        for &other in places.filter_map(|place| by_place.get(&place)).flatten() {
            let is_free = teller[other].is_none() && last_teller(&teller, at) != other;
            let (own, its) = (&draft.finding, &drafts[other].finding);
            if is_free && (touches(own, &its.location) || touches(its, &own.location)) {
                teller[other] = Some(at);
            }
        }
    }
    teller
}

/// Who tells a finding in the end: what tells it may itself be told by another.
fn last_teller(teller: &[Option<usize>], mut at: usize) -> usize {
    while let Some(next) = teller[at] {
        at = next;
    }
    at
}

/// The files that a finding names, its own first.
fn paths(finding: &Finding) -> impl Iterator<Item = &str> {
    let own = std::iter::once(finding.location.path.as_str());
    own.chain(finding.related.iter().map(|related| related.location.path.as_str()))
}

/// Whether a finding, or a place that it names, overlaps a place.
fn touches(finding: &Finding, place: &Location) -> bool {
    let overlaps = |own: &Location| {
        own == place
            || own.path == place.path && own.start.offset < place.end.offset && place.start.offset < own.end.offset
    };
    overlaps(&finding.location) || finding.related.iter().any(|related| overlaps(&related.location))
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
        kept.related.push(Related { location: other.location, message: other.message, role: Role::Related });
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
    checks.par_iter_mut().flat_map_iter(|check| &mut check.evidence).for_each(|item| {
        // A path is told as it is.
        if item.subject != item.location.path {
            mask_prose(&mut item.subject);
        }
        mask_prose(&mut item.note);
    });
    problems.iter_mut().for_each(|problem| mask_prose(&mut problem.message));
}

/// The finding with every secret in its texts masked. A fix that would print a secret is left out.
fn masked(finding: Finding) -> Finding {
    masked_but(finding, &HashSet::new())
}

/// The same, given what rules advise that holds no secret.
fn masked_but(mut finding: Finding, plain: &HashSet<String>) -> Finding {
    let medium = Medium::of(&finding.location.path);
    let known = mask::mask_in_place(&mut finding.snippet, medium);
    let clean = |text: &mut String| {
        mask_prose(text);
        mask::hide(text, &known);
    };
    clean(&mut finding.message);
    clean(&mut finding.subject);
    if !known.is_empty() || !plain.contains(finding.remediation.as_str()) {
        clean(&mut finding.remediation);
    }
    for related in &mut finding.related {
        clean(&mut related.message);
    }
    if let Some(fix) = &finding.fix
        && fix.edits.iter().any(|edit| mask(&edit.text, Medium::of(&edit.location.path)) != edit.text)
    {
        finding.fix = None;
    }
    finding
}

fn mask_prose(text: &mut String) {
    if let Cow::Owned(masked) = mask(text, Medium::Prose) {
        *text = masked;
    }
}

#[cfg(test)]
mod tests;
