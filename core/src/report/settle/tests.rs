use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::report::{Area, Confidence, Edit, Fix, Location, Role, Severity};
use crate::source::LineIndex;

/// A finding of `rule` on the whole of `line` (from 1) of `text`.
fn draft(rule: &str, path: &str, text: &str, line: u32) -> Draft {
    let lines = LineIndex::new(text);
    let range = lines.range(text, line).unwrap();
    let location =
        Location { path: path.into(), start: lines.position(text, range.start), end: lines.position(text, range.end) };
    let finding = Finding {
        rule_id: rule.into(),
        message: format!("line {line}"),
        severity: Severity::Medium,
        area: Area::Security,
        confidence: Confidence::High,
        location,
        subject: "service agent".into(),
        snippet: text[range.clone()].into(),
        related: Vec::new(),
        remediation: String::new(),
        fix: None,
        fingerprint: String::new(),
        fingerprint_pathless: String::new(),
        metadata: BTreeMap::new(),
    };
    Draft { finding, route: "services.agent".into(), text: text[range].into(), by_pattern: false }
}

fn settled(drafts: Vec<Draft>) -> Vec<Finding> {
    settle(drafts, &[], &RuleNames::default()).findings
}

#[test]
fn the_fingerprint_is_fixed_for_ever() {
    let finding = &settled(vec![draft("compose/x", "docker-compose.yml", "image: a\n", 1)])[0];
    assert_eq!(finding.fingerprint, "tw1:62a307004137462bc8cb6ab43d976113");
    assert_eq!(finding.fingerprint_pathless, "tw1:3f18dfd66b72b26808283673118d31ad");
}

#[test]
fn a_renamed_file_keeps_the_pathless_fingerprint() {
    let (a, b) = (draft("r/x", "a.yml", "k: v\n", 1), draft("r/x", "b.yml", "k: v\n", 1));
    let found = settled(vec![a, b]);
    assert_ne!(found[0].fingerprint, found[1].fingerprint);
    assert_eq!(found[0].fingerprint_pathless, found[1].fingerprint_pathless);
}

#[test]
fn findings_are_sorted_by_path_place_and_rule() {
    let text = "one\ntwo\n";
    let found = settled(vec![
        draft("r/b", "b.yml", text, 1),
        draft("r/b", "a.yml", text, 2),
        draft("r/b", "a.yml", text, 1),
        draft("r/a", "a.yml", text, 1),
    ]);
    let order: Vec<_> = found.iter().map(|f| (&*f.location.path, f.location.start.line, &*f.rule_id)).collect();
    assert_eq!(order, [("a.yml", 1, "r/a"), ("a.yml", 1, "r/b"), ("a.yml", 2, "r/b"), ("b.yml", 1, "r/b")]);
}

#[test]
fn one_rule_at_one_span_is_one_finding() {
    let place = draft("r/x", "a.yml", "k: v\n", 1).finding.location;
    let related = |message: &str| Related { location: place.clone(), message: message.into(), role: Role::Related };
    let mut first = draft("r/x", "a.yml", "k: v\n", 1);
    first.finding.related = vec![related("job a"), related("job b")];
    let mut second = first.clone();
    second.finding.related = vec![related("job b"), related("job c")];
    second.finding.severity = Severity::High;
    let found = settled(vec![first.clone(), second]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].severity, Severity::High);
    assert_eq!(found[0].related, [related("job a"), related("job b"), related("job c")]);

    let mut other = first.clone();
    other.finding.message = "zonk".into();
    other.finding.related.clear();
    let found = settled(vec![other, first]);
    assert_eq!(found[0].related.iter().map(|r| &*r.message).collect::<Vec<_>>(), ["job a", "job b", "zonk"]);
}

/// Settles where rule `r/strong` covers `r/weak`, and `r/strongest` covers `r/strong`.
fn covering(drafts: Vec<Draft>) -> Settled {
    let (weak, strong) = (["r/weak".to_owned()], ["r/strong".to_owned(), "r/strongest".to_owned()]);
    let covers = [("r/strong", &weak[..]), ("r/strongest", &strong[..])].into();
    settle(drafts, &[], &RuleNames { covers, ..RuleNames::default() })
}

#[test]
fn a_covered_finding_becomes_a_related_place() {
    let mut weak = draft("r/weak", "a.yml", "k: v\n", 1);
    weak.finding.severity = Severity::High;
    weak.finding.message = "a consequence".into();
    let settled = covering(vec![weak.clone(), draft("r/strong", "a.yml", "k: v\n", 1)]);
    assert_eq!(settled.findings.iter().map(|f| &*f.rule_id).collect::<Vec<_>>(), ["r/strong"]);
    assert_eq!(settled.findings[0].severity, Severity::High);
    assert_eq!(settled.findings[0].related[0].message, "a consequence");
    assert_eq!(settled.covered, [(weak.finding, "r/strong".to_owned())]);
}

#[test]
fn what_tells_a_finding_may_itself_be_told() {
    let all = ["r/weak", "r/strong", "r/strongest"].map(|rule| draft(rule, "a.yml", "k: v\n", 1));
    let settled = covering(all.to_vec());
    assert_eq!(settled.findings.iter().map(|f| &*f.rule_id).collect::<Vec<_>>(), ["r/strongest"]);
    assert_eq!(settled.covered.iter().map(|(_, by)| &**by).collect::<Vec<_>>(), ["r/strongest", "r/strongest"]);
}

#[test]
fn findings_of_one_file_are_told_as_one_where_the_rule_says_so() {
    let text = "one\ntwo\nthree\n";
    let drafts = vec![
        draft("r/x", "a.py", text, 3),
        draft("r/x", "a.py", text, 1),
        draft("r/x", "b.py", text, 2),
        draft("r/y", "a.py", text, 1),
    ];
    let names = RuleNames { per_file: ["r/x"].into(), ..RuleNames::default() };
    let found = settle(drafts, &[], &names).findings;
    let told: Vec<_> =
        found.iter().map(|f| (&*f.rule_id, &*f.location.path, f.location.start.line, f.related.len())).collect();
    assert_eq!(told, [("r/x", "a.py", 1, 1), ("r/y", "a.py", 1, 0), ("r/x", "b.py", 2, 0)]);
    assert_eq!(found[0].related[0].location.start.line, 3);
    assert!(found[0].message.ends_with("(and at 1 more place of this file)"), "{}", found[0].message);
}

#[test]
fn a_finding_elsewhere_is_not_covered() {
    let text = "one\ntwo\n";
    let settled = covering(vec![draft("r/weak", "a.yml", text, 1), draft("r/strong", "a.yml", text, 2)]);
    assert_eq!((settled.findings.len(), settled.covered.len()), (2, 0));
}

#[test]
fn a_covered_finding_may_name_the_place_of_its_cause() {
    let text = "one\ntwo\n";
    let mut weak = draft("r/weak", "a.yml", text, 1);
    let strong = draft("r/strong", "a.yml", text, 2);
    weak.finding.related =
        vec![Related { location: strong.finding.location.clone(), message: "its cause".into(), role: Role::Related }];
    let settled = covering(vec![weak, strong]);
    assert_eq!((settled.findings.len(), settled.covered.len()), (1, 1));
}

#[test]
fn a_place_that_the_finding_names_is_covered_too() {
    let text = "one\ntwo\n";
    let weak = draft("r/weak", "a.yml", text, 1);
    let mut strong = draft("r/strong", "a.yml", text, 2);
    strong.finding.related =
        vec![Related { location: weak.finding.location.clone(), message: "see also".into(), role: Role::Related }];
    let settled = covering(vec![weak, strong]);
    assert_eq!((settled.findings.len(), settled.covered.len()), (1, 1));
}

#[test]
fn subjects_of_a_whole_file_stay_apart() {
    let whole = |subject: &str| {
        let mut draft = draft("r/x", "a.yml", "\n", 1);
        draft.finding.subject = subject.into();
        draft
    };
    let found = settled(vec![whole("service b"), whole("service a"), whole("service a")]);
    assert_eq!(found.iter().map(|f| &*f.subject).collect::<Vec<_>>(), ["service a", "service b"]);
    assert_ne!(found[0].fingerprint, found[1].fingerprint);
}

#[test]
fn secrets_leave_no_trace() {
    let mut draft = draft("r/x", "a.yml", "DB_PASSWORD: hunter2x\n", 1);
    let location = draft.finding.location.clone();
    draft.finding.message = "`hunter2x` is weak".into();
    draft.finding.related =
        vec![Related { location: location.clone(), message: "hunter2x".into(), role: Role::Related }];
    draft.finding.fix = Some(Fix { edits: vec![Edit { location, text: "TOKEN=hunter2x".into() }], safe: true });
    let found = serde_json::to_string(&settled(vec![draft])).unwrap();
    assert!(!found.contains("hunter2x"), "{found}");
}

#[test]
fn secrets_leave_no_trace_in_checks_and_problems() {
    let location = draft("r/x", "a.yml", "k: v\n", 1).finding.location;
    let subject = "`DB_PASSWORD: hunter2x`".to_owned();
    let evidence = crate::report::Evidence {
        location,
        subject: subject.clone(),
        verdict: crate::report::Verdict::Pass,
        note: "postgres://app:hunter2x@db".into(),
    };
    let mut checks = [Check {
        rule_id: "r/x".into(),
        title: String::new(),
        area: Area::Security,
        verdict: crate::report::Verdict::Pass,
        subjects: 1,
        failed: 0,
        unknown: 0,
        evidence: vec![evidence],
    }];
    let mut problems = [Problem { path: None, rule_id: None, message: subject }];
    mask_checks_and_problems(&mut checks, &mut problems);
    let told = serde_json::to_string(&(&checks[..], &problems[..])).unwrap();
    assert!(!told.contains("hunter2x"), "{told}");
}

#[derive(Debug, Clone)]
struct Layout {
    lines: Vec<String>,
    blank_above: usize,
    indent: usize,
}

/// Distinct and equal lines, as real files have them.
fn layouts() -> impl Strategy<Value = Layout> {
    (prop::collection::vec("[ab]: [01] [xy]", 1..8), 0..5usize, 0..9usize)
        .prop_map(|(lines, blank_above, indent)| Layout { lines, blank_above, indent })
}

fn fingerprints(lines: &[String], blank_above: usize, indent: usize, keep: impl Fn(usize) -> bool) -> Vec<String> {
    let body: String = lines
        .iter()
        .map(|line| format!("{}{}\n", " ".repeat(indent), line.replace(' ', &" ".repeat(indent + 1))))
        .collect();
    let text = format!("{}{body}", "\n".repeat(blank_above));
    let kept = (0..lines.len()).filter(|&at| keep(at));
    let drafts = kept.map(|at| draft("r/x", "a.yml", &text, (blank_above + at) as u32 + 1)).collect();
    settled(drafts).into_iter().map(|finding| finding.fingerprint).collect()
}

proptest! {
    #[test]
    fn unchanged_by_blank_lines_above_and_indentation(layout in layouts()) {
        let Layout { lines, blank_above, indent } = layout;
        let plain = fingerprints(&lines, 0, 0, |_| true);
        prop_assert_eq!(&plain, &fingerprints(&lines, blank_above, indent, |_| true));
    }

    #[test]
    fn unique_within_a_report(layout in layouts()) {
        let all = fingerprints(&layout.lines, 0, 0, |_| true);
        let distinct: BTreeSet<&String> = all.iter().collect();
        prop_assert_eq!(distinct.len(), all.len());
    }

    /// Unless the other is its equal, which the ordinal then tells apart.
    #[test]
    fn unchanged_by_another_finding_coming_or_going(layout in layouts(), gone in 0..8usize) {
        let lines = &layout.lines;
        let gone = gone % lines.len();
        let all = fingerprints(lines, 0, 0, |_| true);
        let left = fingerprints(lines, 0, 0, |at| at != gone);
        let without_equals = |at: usize| lines[at] != lines[gone];
        let expected: Vec<_> = (0..lines.len()).filter(|&at| without_equals(at)).map(|at| &all[at]).collect();
        let kept: Vec<_> = (0..lines.len()).filter(|&at| at != gone).collect();
        let actual: Vec<_> = kept.iter().zip(&left).filter(|(at, _)| without_equals(**at)).map(|(_, f)| f).collect();
        prop_assert_eq!(actual, expected);
    }

    #[test]
    fn the_order_in_which_drafts_come_does_not_matter(layout in layouts(), seed in any::<prop::sample::Index>()) {
        let text: String = layout.lines.iter().map(|line| format!("{line}\n")).collect();
        let drafts: Vec<Draft> = (1..=layout.lines.len() as u32).map(|line| draft("r/x", "a.yml", &text, line)).collect();
        let mut turned = drafts.clone();
        turned.rotate_left(seed.index(drafts.len()));
        turned.reverse();
        prop_assert_eq!(settled(drafts), settled(turned));
    }
}
