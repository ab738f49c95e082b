use super::*;

fn dump(text: &str) -> String {
    target(text).unwrap().dump(text)
}

fn dump_pattern(text: &str) -> String {
    let pattern = pattern(text).unwrap();
    format!("{:?}\n{}", pattern.shape, pattern.tree.dump(&pattern.text))
}

#[test]
fn commands_lists_and_words() {
    insta::assert_snapshot!(dump("cd /tmp && sudo rm 'x y' \"a $B\" | cat > out; A=1 B= run ${C:-d} x\"y\" &\n"));
}

#[test]
fn compound_statements() {
    insta::assert_snapshot!(dump(
        "if a; then b; c; elif d; then e; else f; fi\nfor x in 1 \"$@\"; do g; done\nuntil h; do i; done\ncase $x in a|b) j;; *) k;; esac\nf() { l $(m); }\nexport A=1 B=2\n[ -f x ] || ! y\n(z)\n"
    ));
}

#[test]
fn patterns() {
    for text in [
        "sudo ...",
        "$X",
        "a && $...REST",
        "curl $URL | <... sh $X ...>",
        "$F() { ...; }",
        "a\n...\nb",
        "\"a $X\"",
        "x=$Y",
        "... | sh",
        "a $P=$V",
    ] {
        insta::assert_snapshot!(dump_pattern(text));
    }
}

#[test]
fn depth_is_bounded() {
    let text = format!("{}a{}", "$(".repeat(3_000), ")".repeat(3_000));
    let _ = target(&text);
    let _ = target(&vec!["a"; 5_000].join(" && "));
}

#[test]
fn what_is_no_shell_is_an_error() {
    assert!(pattern("if then (").is_err());
    assert!(pattern("").is_err());
}
