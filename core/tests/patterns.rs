//! Laws of pattern matching, over code and patterns made at random.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fmt::Write as _;

use proptest::prelude::*;
use treeward::pattern::{PatternRule, PatternSet, Scan};
use treeward::source::{Artifact, FileId, SourceFile};
use treeward::syntax::yaml::Document;

fn set(pattern: &str) -> PatternSet {
    let mut text = "rules:\n- id: a\n  message: m\n  languages: [python]\n  pattern: |\n".to_owned();
    for line in pattern.lines() {
        writeln!(text, "    {line}").unwrap();
    }
    let document = Document::parse(&text);
    let rules = document.get(document.root().unwrap(), "rules").unwrap();
    let rule = PatternRule::read(&document, document.items(rules)[0], &text, &["python".to_owned()]).unwrap();
    PatternSet::compile([(0, &rule)]).unwrap()
}

fn scan(pattern: &str, code: &str) -> (Scan, Scan) {
    let file = SourceFile::new(FileId(0), "a.py", Artifact::Python, code);
    let set = set(pattern);
    (set.scan(&file), set.scan_plainly(&file))
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-d]{1,2}".prop_filter("keywords", |word| !["as", "do"].contains(&word.as_str())),
        "[0-9]{1,2}".prop_map(|number| number.trim_start_matches('0').to_owned() + "7"),
        "[a-z]{0,3}".prop_map(|text| format!("\"{text}\"")),
    ];
    leaf.prop_recursive(3, 24, 3, |inner| {
        let call = ("[f-h]", prop::collection::vec(inner.clone(), 0..3));
        prop_oneof![
            call.prop_map(|(name, args)| format!("{name}({})", args.join(", "))),
            (inner.clone(), "[p-s]").prop_map(|(object, name)| format!("({object}).{name}")),
            (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("{left} + ({right})")),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(", "))),
            (inner.clone(), inner.clone()).prop_map(|(key, value)| format!("{{{key}: {value}}}")),
            (inner.clone(), inner).prop_map(|(object, index)| format!("({object})[{index}]")),
        ]
    })
}

fn statements() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        expression(),
        ("[a-d]", expression()).prop_map(|(name, value)| format!("{name} = {value}")),
        expression().prop_map(|value| format!("if {value}:\n    g({value})")),
        ("[f-h]", expression()).prop_map(|(name, value)| format!("def {name}(a, b=1):\n    return {value}")),
        Just("from m import f as g".to_owned()),
    ];
    prop::collection::vec(line, 1..6).prop_map(|lines| lines.join("\n") + "\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn code_matches_itself(code in expression()) {
        let (found, _) = scan(&code, &format!("{code}\n"));
        prop_assert!(!found.matches.is_empty());
    }

    #[test]
    fn short_cuts_lose_nothing(pattern in expression(), code in statements()) {
        let (fast, plain) = scan(&pattern, &code);
        prop_assert_eq!(fast.matches, plain.matches);
    }

    #[test]
    fn an_ellipsis_more_never_loses_a_match(args in prop::collection::vec(expression(), 0..3), code in statements()) {
        let closed = format!("f({})", args.join(", "));
        let open = if args.is_empty() { "f(...)".to_owned() } else { format!("f({}, ...)", args.join(", ")) };
        let (few, _) = scan(&closed, &code);
        let (many, _) = scan(&open, &code);
        for found in few.matches {
            prop_assert!(many.matches.iter().any(|other| other.range == found.range));
        }
    }
}

#[test]
fn bad_patterns_are_refused() {
    for pattern in [&"f(".repeat(10_000), &"[".repeat(10_000), &format!("a{}", " + a".repeat(20_000))] {
        let text = format!("rules:\n- id: a\n  message: m\n  languages: [python]\n  pattern: '{pattern}'\n");
        let document = Document::parse(&text);
        let rules = document.get(document.root().unwrap(), "rules").unwrap();
        let rule = PatternRule::read(&document, document.items(rules)[0], &text, &["python".to_owned()]);
        assert!(rule.is_err());
    }
}
