//! Data through one construct each: `src()` is a source, `sink()` a sink, `clean()` a sanitizer.

use crate::pattern::{Match, PatternRule, PatternSet};
use crate::source::{Artifact, FileId, SourceFile};
use crate::syntax::yaml::Document;

const RULE: &str = "mode: taint\npattern-sources: [{pattern: src(...)}]\npattern-sinks: [{pattern: sink(...)}]\npattern-sanitizers: [{pattern: clean(...)}]\n";

fn matches(rule: &str, code: &str) -> Vec<Match> {
    let text = format!("id: a\nlanguages: [python]\nmessage: m\nseverity: INFO\n{rule}");
    let document = Document::parse(&text);
    let rule = PatternRule::read(&document, document.root().unwrap(), &text, &["python".to_owned()]).unwrap();
    let set = PatternSet::compile([(0, &rule)]).unwrap();
    let scan = set.scan(&SourceFile::new(FileId(0), "a.py", Artifact::Python, code));
    scan.matches
}

/// Lines with a finding, from the comments `#!` that the code has on them, beside those found.
fn lines(rule: &str, code: &str) -> (Vec<usize>, Vec<usize>) {
    let wanted = code.lines().enumerate().filter(|(_, line)| line.contains("#!")).map(|(at, _)| at + 1).collect();
    let line = |found: &Match| code[..found.range.start].matches('\n').count() + 1;
    (matches(rule, code).iter().map(line).collect(), wanted)
}

fn check(rule: &str, code: &str) {
    let (found, wanted) = lines(rule, code);
    assert_eq!(found, wanted, "{code}");
}

#[test]
fn paths_meet_and_end() {
    check(
        RULE,
        "def f(c):\n    a = 1\n    if c:\n        a = src()\n    elif d:\n        return\n    sink(a) #!\n    while c:\n        sink(b)\n        b = a\n        if d:\n            break\n        continue\n        sink(a)\n    sink(b) #!\n    raise E\n    sink(a)\n",
    );
}

#[test]
fn loops_carry_to_their_head() {
    check(RULE, "def f(c):\n    a = b = 1\n    for x in c:\n        sink(b) #!\n        b = a\n        a = src()\n");
}

#[test]
fn handlers_begin_where_something_was_raised() {
    check(
        RULE,
        "def f():\n    a = 1\n    try:\n        a = src()\n    except E:\n        sink(a) #!\n    try:\n        pass\n    except E:\n        sink(a)\n    else:\n        a = 1\n    finally:\n        sink(a) #!\n",
    );
}

#[test]
fn attributes_are_apart_and_elements_are_one() {
    check(
        RULE,
        "def f(o, x):\n    o.a = src()\n    o.b = 1\n    sink(o.a) #!\n    sink(o.b)\n    sink(o) #!\n    x[0] = src()\n    sink(x[1]) #!\n    x[2] = 1\n    sink(x)\n    y = src()\n    y.a = 1\n    sink(y.a)\n    sink(y.b) #!\n    z = o\n    sink(z.a) #!\n    sink(z.b)\n    sink(x[1:])\n",
    );
}

#[test]
fn comprehensions_give_their_elements() {
    check(
        RULE,
        "def f(a):\n    a = src()\n    sink([x + 1 for x in a]) #!\n    sink([1 for x in a])\n    sink([str(x) for x in a])\n    [sink(x) for x in a] #!\n    sink({x for x in a})\n",
    );
}

#[test]
fn closures_are_apart_and_lambdas_are_not() {
    check(
        RULE,
        "def f():\n    a = src()\n    def g():\n        sink(a)\n    h(lambda: sink(a)) #!\n    h(lambda a: sink(a))\n    sink(lambda: a)\n",
    );
}

#[test]
fn globals_reach_the_functions_after_them() {
    check(RULE, "A = src()\nB = src()\nB = 1\ndef f():\n    sink(A) #!\n    sink(B)\n");
}

#[test]
fn a_trace_goes_from_the_source_through_variables_to_the_sink() {
    let code = "def f():\n    a = src()\n    b = a\n    sink(b)\n";
    let found = matches(RULE, code);
    let steps: Vec<_> = found[0].trace.iter().map(|step| (step.role, &code[step.range.clone()])).collect();
    assert_eq!(steps, [("source", "src()"), ("step", "a"), ("step", "b"), ("sink", "sink(b)")]);
}

#[test]
fn control_sources_taint_what_follows() {
    let rule =
        "mode: taint\npattern-sources: [{control: true, pattern: src(...)}]\npattern-sinks: [{pattern: sink(...)}]\n";
    check(rule, "def f():\n    sink(1)\n    src()\n    sink(1) #!\n");
}

#[test]
fn hostile_code_ends_within_bounds() {
    let chain = format!("x = src()\nsink({})\n", vec!["x"; 3_000].join(" + "));
    let many: String = (0..400).map(|at| format!("v{at} = src()\n")).collect();
    let nested = format!(
        "{}sink(src())\n",
        (0..60).map(|depth| format!("{}while a:\n", " ".repeat(depth))).collect::<String>() + &" ".repeat(60)
    );
    let work = move || {
        for code in [chain, many, nested] {
            let _ = matches(RULE, &code);
        }
    };
    // The engine's threads have large stacks too.
    std::thread::Builder::new().stack_size(64 << 20).spawn(work).unwrap().join().unwrap();
}
