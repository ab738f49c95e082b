//! Laws of pattern matching, over code and patterns made at random.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fmt::Write as _;

use proptest::prelude::*;
use treeward::pattern::{PatternRule, PatternSet, Scan};
use treeward::source::{Artifact, FileId, SourceFile};
use treeward::syntax::yaml::Document;

fn set(pattern: &str) -> PatternSet {
    let mut body = "  pattern: |\n".to_owned();
    for line in pattern.lines() {
        writeln!(body, "    {line}").unwrap();
    }
    set_of(&body)
}

/// The set of the rule that has this body.
fn set_of(body: &str) -> PatternSet {
    let text = format!("rules:\n- id: a\n  message: m\n  languages: [python]\n{body}");
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

/// Patterns that bind `$A`, and some of them `$M`.
fn binding_pattern() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "$O.$M(...)",
        "$O.$M(..., $A, ...)",
        "$M($A, ...)",
        "$M(..., k=$A)",
        "$M(..., $K=$A, ...)",
        "$X = $A",
        "$A = $X",
        "$A = \"$X\"",
        "$X = \"$A\"",
        "$A + $X",
        "$A.$M",
        "$A[$X]",
        "[..., $A, ...]",
        "{$A: $X}",
        "f($A, $A)",
        "g(..., <... $A ...>, ...)",
        "def $A(..., b=$X): ...",
        "def $M(..., $A=1): ...",
    ])
}

/// A rule with conditions on `$A` and `$M`, which one or several of its patterns bind.
fn rule_with_conditions() -> impl Strategy<Value = String> {
    let regex = prop::sample::select(vec!["^[a-c]", "^(f|g|p)$", "^[\"'(]", "^.?[0-9]", "^(?!a)", "b$"]);
    let propagates = prop_oneof![Just(""), Just("constant"), Just("symbolic")];
    (binding_pattern(), binding_pattern(), regex.clone(), regex, 0..6usize, propagates).prop_map(
        |(one, two, a, m, form, options)| {
            let options = match options {
                "constant" => "  options: {constant_propagation: false}\n",
                "symbolic" => "  options: {symbolic_propagation: true}\n",
                _ => "",
            };
            let formula = match form {
                0 => format!("  - pattern: '{one}'\n"),
                1 => format!("  - pattern-either:\n    - pattern: '{one}'\n    - pattern: '{two}'\n"),
                2 => format!("  - pattern: '{one}'\n  - pattern-not: '{two}'\n"),
                3 => format!("  - pattern: '{one}'\n  - pattern-inside: '{two}'\n"),
                4 => format!("  - pattern-inside: '{one}'\n  - pattern: $A\n"),
                _ => format!("  - pattern-inside: |\n      {one}\n      ...\n  - pattern: '{two}'\n"),
            };
            let condition = |name: &str, regex: &str| {
                format!("  - metavariable-regex: {{metavariable: {name}, regex: '{}'}}\n", regex.replace('\'', "''"))
            };
            let second = if one.contains("$M") || two.contains("$M") { condition("$M", m) } else { String::new() };
            format!("{options}  patterns:\n{formula}{}{second}", condition("$A", a))
        },
    )
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
        ("[a-d]", "[a-d]").prop_map(|(one, two)| format!("f({one}, k={two}, {one}=\"{two}\")")),
        ("[a-d]", "[a-d]").prop_map(|(one, two)| format!("{one} = \"{two}\"\n(a.p(b)).f({one}, [{two}])")),
    ];
    prop::collection::vec(line, 1..6).prop_map(|lines| lines.join("\n") + "\n")
}

/// Imports and uses of a few names that are modules here and parts of modules there.
fn uses_of_modules() -> impl Strategy<Value = String> {
    let word = prop_oneof![Just("os"), Just("run"), Just("lib")];
    let line = (word.clone(), word.clone(), word, 0..16usize).prop_map(|(one, two, three, form)| match form {
        0 => format!("import {one}"),
        1 => format!("import {one} as {two}"),
        2 => format!("from {one} import {two}"),
        3 => format!("from {one} import {two} as {three}"),
        4 => format!("from . import {one}, {two}"),
        5 => format!("from {one} import (  # )\n    {two},\n    {three} as it)"),
        6 => format!("import {one}.{two} as {three}"),
        7 => format!("from {one}.{two} import *"),
        8 => format!("try: import {one}\nexcept: {two} = {three}"),
        9 => format!("from {one} \\\n    import {two}"),
        10 => format!("({one})  .{two}(1)"),
        11 => format!("f({one}\n  # {two}\n  .{three}())"),
        12 => format!("def {one}({two}):\n    return {three}(it())"),
        13 => format!("{one}.{two}.{three}({two})"),
        14 => format!("{one}({two}, '{two}.{three}')"),
        _ => format!("{one} = {two}"),
    });
    prop::collection::vec(line, 1..7).prop_map(|lines| lines.join("\n") + "\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn names_that_must_belong_together_lose_nothing(
        pattern in prop_oneof![
            Just("os.run(...)"), Just("os.run"), Just("lib.os.run(...)"), Just("$X.os.run(...)"), Just("f(os.run())"),
        ],
        code in uses_of_modules(),
    ) {
        let (quick, plain) = scan(pattern, &code);
        prop_assert_eq!(quick.matches, plain.matches);
    }

    #[test]
    fn conditions_that_are_asked_early_lose_nothing(rule in rule_with_conditions(), code in statements()) {
        let file = SourceFile::new(FileId(0), "a.py", Artifact::Python, &code);
        let set = set_of(&rule);
        prop_assert_eq!(set.scan(&file).matches, set.scan_plainly(&file).matches, "{}\n{}", rule, code);
    }
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

/// As in Semgrep, which reads `{**other}` as a set and does not look at guards: see `docs/differences.md`.
#[test]
fn dictionaries_with_spreads_are_sets_and_guards_are_not_looked_at() {
    let count = |pattern: &str, code: &str| {
        let (quick, plain) = scan(pattern, code);
        assert_eq!(quick.matches, plain.matches);
        quick.matches.len()
    };
    assert_eq!(count("{..., \"a\": $V, ...}", "x = {**other, \"a\": 1}\ny = {\"b\": 2, \"a\": 1}\n"), 1);
    assert_eq!(count("{\"a\": 1}", "x = {**other, \"a\": 1}\n"), 0);
    let guarded = "match $X:\n  case $P if ready(...):\n    ride()\n";
    for guard in [" if ready(y)", "", " if y"] {
        assert_eq!(count(guarded, &format!("match x:\n  case 1{guard}:\n    ride()\n")), 1);
    }
    assert_eq!(count(guarded, "match x:\n  case 1 if ready(y):\n    walk()\n"), 0);
    assert_eq!(count("ready(...)", "match x:\n  case 1 if ready(y):\n    ride()\n"), 0);
}
