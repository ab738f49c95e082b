use std::collections::BTreeMap;

use super::*;
use crate::report::{Area, Confidence, Location, RuleNames, Severity, settle};
use crate::source::Position;

fn at(path: &str, first: u32, last: u32) -> Location {
    let position = |line| Position { line, column: 1, offset: line * 100, utf16: 1 };
    Location { path: path.into(), start: position(first), end: position(last) }
}

fn draft(rule: &str, location: Location, aliases: &[&str]) -> Draft {
    let metadata = BTreeMap::from([("aliases".to_owned(), aliases.iter().copied().collect())]);
    let finding = Finding {
        rule_id: rule.into(),
        message: "wrong".into(),
        severity: Severity::High,
        area: Area::Security,
        confidence: Confidence::High,
        location,
        subject: String::new(),
        snippet: String::new(),
        related: Vec::new(),
        remediation: String::new(),
        fix: None,
        fingerprint: String::new(),
        fingerprint_pathless: String::new(),
        metadata,
    };
    Draft { finding, route: String::new(), text: "x".into(), by_pattern: false }
}

/// Whether `text` suppresses a finding of `rule` on `line`.
fn suppresses(path: &str, text: &str, draft: &Draft) -> bool {
    Suppressions::read(path, text).is_some_and(|file| file.speaks_of(draft).is_some())
}

#[test]
fn own_comments_speak_of_their_line_or_the_next() {
    let text = "a: 1 # treeward: ignore[compose/x] why\n# treeward: ignore[compose/x, y]\n# more words\nb: 2\nc: 3\n";
    let on = |rule, line| suppresses("c.yml", text, &draft(rule, at("c.yml", line, line), &[]));
    assert!(on("compose/x", 1) && on("compose/x", 4) && on("compose/y", 4));
    assert!(!on("compose/x", 5), "only the next line");
    assert!(!on("compose/y", 1), "only the rules that it names");
    assert!(!suppresses("c.yml", text, &draft("compose/x", at("other.yml", 1, 1), &[])));
}

#[test]
fn comment_leaders_follow_the_file() {
    for (path, comment) in [
        ("a.sql", "-- treeward: ignore[r/x] said so"),
        ("a.ts", "// treeward: ignore[r/x]"),
        ("a.ts", "/* treeward: ignore[r/x] */"),
        ("a.html", "<!-- treeward: ignore[r/x] reason -->"),
        ("a.ini", "; treeward: ignore[r/x]"),
        ("Dockerfile", "# treeward: ignore[r/x]"),
        (".env", "#treeward:ignore[r/x]"),
    ] {
        assert!(
            suppresses(path, &format!("{comment}\nwrong\n"), &draft("r/x", at(path, 2, 2), &[])),
            "{path}: {comment}"
        );
    }
    assert!(!suppresses("a.sql", "# treeward: ignore[r/x]\nwrong\n", &draft("r/x", at("a.sql", 2, 2), &[])));
}

#[test]
fn text_in_a_python_string_is_no_comment() {
    let text = "a = '''\n# treeward: ignore[r/x]\n'''\nb = \"# treeward: ignore[r/x]\"\nc = 'it\\'s' # treeward: ignore[r/x]\n";
    let on = |line| suppresses("a.py", text, &draft("r/x", at("a.py", line, line), &[]));
    assert!(!on(3) && !on(4));
    assert!(on(5));
}

#[test]
fn a_whole_file_is_suppressed_from_near_its_top() {
    let text = "# treeward: ignore-file[r/x] generated\n\n\na\n";
    assert!(suppresses("a.yml", text, &draft("r/x", at("a.yml", 40, 40), &[])));
    let low = format!("{}{text}", "a\n".repeat(20));
    assert!(!suppresses("a.yml", &low, &draft("r/x", at("a.yml", 24, 24), &[])));
}

#[test]
fn other_tools_are_heard_for_rules_that_correspond() {
    let hears = |comment: &str, aliases: &[&str]| {
        let text = format!("run(shell=True)  # {comment}\n");
        suppresses("a.py", &text, &draft("python/shell", at("a.py", 1, 1), aliases))
    };
    assert!(hears("nosec", &["bandit.B602"]) && hears("nosec B602", &["bandit.B602"]));
    assert!(hears("nosec: B101, B602 we checked", &["bandit.B602"]));
    assert!(!hears("nosec B101", &["bandit.B602"]) && !hears("nosec", &[]) && !hears("nosec", &["ruff.S602"]));
    assert!(hears("nosec - reviewed", &["bandit.B602"]), "a reason is no test name");
    assert!(hears("noqa: S602", &["ruff.S602"]) && hears("NOQA", &["ruff.S602"]));
    assert!(hears("type: ignore # noqa: E501, S602", &["ruff.S602"]) && !hears("noqa: E501", &["ruff.S602"]));
    assert!(hears("nosemgrep", &["a.b.shell-true"]) && hears("nosemgrep: shell-true", &["a.b.shell-true"]));
    assert!(hears("nosem: x.y.shell-true", &["semgrep.shell-true"]) && !hears("nosemgrep: other", &["shell-true"]));
    assert!(!hears("nosemgrep", &["bandit.B602"]), "a query rule without a Semgrep id is not Semgrep's");
}

#[test]
fn nosemgrep_speaks_of_every_pattern_rule() {
    let mine = Draft { by_pattern: true, ..draft("mine/shell-true", at("a.py", 2, 2), &[]) };
    assert!(suppresses("a.py", "# nosemgrep: rules.shell-true\nx()\n", &mine));
    assert!(suppresses("a.py", "# nosemgrep\nx()\n", &mine));
    assert!(!suppresses("a.py", "# nosec\nx()\n", &mine));
}

#[test]
fn nosec_may_stand_on_any_line_of_the_call() {
    let text = "run(\n  shell=True,  # nosec B602\n)\n";
    assert!(suppresses("a.py", text, &draft("r/x", at("a.py", 1, 3), &["bandit.B602"])));
    assert!(!suppresses("a.py", text, &draft("r/x", at("a.py", 1, 1), &["bandit.B602"])));
}

#[test]
fn ruff_reads_a_file_wide_comment() {
    assert!(suppresses("a.py", "x\n# ruff: noqa: S602\n", &draft("r/x", at("a.py", 9, 9), &["ruff.S602"])));
}

#[test]
fn useless_suppressions_are_told() {
    let text = "a: 1 # treeward: ignore[r/x]\nb: 2 # treeward: ignore[r/y] why\nc: # treeward: ignore\n\
                d: # treeward: ignore[r/typo]\ne: # treeward: ignore[r/idle]\nf: # nosec\n";
    let names =
        RuleNames { ran: ["r/x", "r/y"].into(), known: ["r/x", "r/y", "r/idle"].into(), ..RuleNames::default() };
    let file = Suppressions::read("a.yml", text).unwrap();
    let settled = settle(vec![draft("r/x", at("a.yml", 1, 1), &[])], &[file], &names);
    assert!(settled.findings.is_empty());
    assert_eq!(settled.suppressed.len(), 1);
    let told: Vec<&str> = settled.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "suppression on line 2 is not needed: nothing there is reported by `r/y`",
            "suppression on line 3 names no rule and suppresses nothing: write `treeward: ignore[rule-id] reason`",
            "suppression on line 4 names `r/typo`, and no rule is called so: `treeward rules` lists them",
        ]
    );
}

#[test]
fn of_a_file_without_findings_only_our_own_comments_count() {
    assert_eq!(Suppressions::read_own("a.py", "x  # nosec\ny  # NoQa: E501\n"), None);
    let own = "x  # treeward: ignore[r/x]\n";
    assert_eq!(Suppressions::read_own("a.py", own), Suppressions::read("a.py", own));
    for mark in ["nosec", "nosemgrep", "noqa", "NOQA", "noQA", "NoQa"] {
        assert!(Suppressions::read("a.py", &format!("{}\nx  # {mark}\n", "# -\n".repeat(50))).is_some(), "{mark}");
    }
}

#[test]
fn any_text_is_survived() {
    for text in ["", "#", "# treeward: ignore[", "'''# nosec", "\u{feff}# treeward: ignore[é]\r\n", "\\", "'\\"] {
        for path in ["a.py", "a.yml", "a.sql", ""] {
            let _ = Suppressions::read(path, text);
        }
    }
}
