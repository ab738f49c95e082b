//! Audits of several trees as one.

use std::collections::BTreeMap;

use super::{Audit, Check, Finding, Location, Suppressed, Verdict, fingerprint};

/// Puts audits of several roots together: each path gets its root in front. `None` for no audit; one stays as it is.
pub fn merge(audits: Vec<Audit>) -> Option<Audit> {
    if audits.len() < 2 {
        return audits.into_iter().next();
    }
    let mut audits = audits.into_iter().map(rooted);
    let mut merged = audits.next()?;
    for audit in audits {
        merged.findings.extend(audit.findings);
        merged.checks = join_checks(merged.checks, audit.checks);
        merged.suppressed = add(merged.suppressed, audit.suppressed);
        merged.skipped.extend(audit.skipped);
        merged.errors.extend(audit.errors);
        merged.data.extend(audit.data);
        for (name, spent) in audit.timings.into_iter().flatten() {
            *merged.timings.get_or_insert_default().entry(name).or_default() += spent;
        }
    }
    let place = |finding: &Finding| (finding.location.clone(), finding.rule_id.clone());
    merged.findings.sort_by_cached_key(place);
    merged.skipped.sort();
    merged.errors.sort();
    merged.errors.dedup();
    merged.data.sort();
    merged.data.dedup();
    Some(Audit { root: ".".to_owned(), ..merged })
}

fn rooted(mut audit: Audit) -> Audit {
    let root = audit.root.replace('\\', "/");
    let root = root.trim_start_matches("./").trim_end_matches('/').to_owned();
    let join = |path: &mut String| {
        let is_file = root == *path || root.ends_with(&format!("/{path}"));
        *path = match root.as_str() {
            "" | "." => std::mem::take(path),
            root if is_file => root.to_owned(),
            root => format!("{root}/{path}"),
        };
    };
    let place = |location: &mut Location| join(&mut location.path);
    for finding in &mut audit.findings {
        finding.fingerprint = fingerprint::of_root(&finding.fingerprint, &root);
        place(&mut finding.location);
        finding.related.iter_mut().for_each(|related| place(&mut related.location));
        finding.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| place(&mut edit.location));
    }
    audit.checks.iter_mut().flat_map(|check| &mut check.evidence).for_each(|item| place(&mut item.location));
    audit.skipped.iter_mut().for_each(|skipped| join(&mut skipped.path));
    audit.errors.iter_mut().filter_map(|problem| problem.path.as_mut()).for_each(join);
    audit
}

fn join_checks(a: Vec<Check>, b: Vec<Check>) -> Vec<Check> {
    let mut checks: BTreeMap<String, Check> = a.into_iter().map(|check| (check.rule_id.clone(), check)).collect();
    for check in b {
        match checks.get_mut(&check.rule_id) {
            Some(known) => {
                known.verdict = worse(known.verdict, check.verdict);
                known.subjects += check.subjects;
                known.failed += check.failed;
                known.unknown += check.unknown;
                known.evidence.extend(check.evidence);
            }
            None => drop(checks.insert(check.rule_id.clone(), check)),
        }
    }
    checks.into_values().collect()
}

fn worse(a: Verdict, b: Verdict) -> Verdict {
    let order = [Verdict::Fail, Verdict::Unknown, Verdict::Pass];
    order.into_iter().find(|verdict| a == *verdict || b == *verdict).unwrap_or(Verdict::NotApplicable)
}

fn add(a: Suppressed, b: Suppressed) -> Suppressed {
    Suppressed {
        in_source: a.in_source + b.in_source,
        configuration: a.configuration + b.configuration,
        baseline: a.baseline + b.baseline,
        unchanged: a.unchanged + b.unchanged,
        below_severity: a.below_severity + b.below_severity,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::render::sample;

    #[test]
    fn paths_get_their_roots_and_checks_their_sums() {
        let (a, mut b) = (sample::audit(), sample::audit());
        b.root = "other/".into();
        b.checks[1].verdict = Verdict::Unknown;
        let merged = merge(vec![b, a]).unwrap();
        assert_eq!(merged.findings.len(), 8);
        assert_eq!(merged.findings[0].location.path, "other/docker-compose.yml");
        assert_eq!(merged.findings[7].location.path, "shop/src/a b/ünï.py");
        assert_eq!(merged.checks.len(), 4);
        assert_eq!((merged.checks[1].verdict, merged.checks[1].subjects), (Verdict::Unknown, 2));
        assert_ne!(merged.findings[0].fingerprint, merged.findings[4].fingerprint);
        assert_eq!((merged.root.as_str(), merged.suppressed.in_source), (".", 4));
    }

    #[test]
    fn one_audit_stays_as_it_is() {
        assert_eq!(merge(vec![sample::audit()]), Some(sample::audit()));
        assert_eq!(merge(Vec::new()), None);
    }
}
