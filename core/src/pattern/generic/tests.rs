use super::*;

fn search(pattern: &str, text: &str) -> Vec<String> {
    let settings = Settings { max_span: MAX_SPAN, is_caseless: false };
    let found = GenericPattern::parse(pattern, None).unwrap().search(&Document::any(text, None), settings).unwrap();
    found.into_iter().map(|one| text[one.range].to_owned()).collect()
}

fn captures(pattern: &str, text: &str) -> Vec<(String, String)> {
    let settings = Settings { max_span: MAX_SPAN, is_caseless: false };
    let found = GenericPattern::parse(pattern, None).unwrap().search(&Document::any(text, None), settings).unwrap();
    let captures = found.into_iter().flat_map(|one| one.captures);
    captures.map(|(name, range)| (name.into(), text[range].to_owned())).collect()
}

#[test]
fn words_and_signs_match_whatever_the_blanks() {
    assert_eq!(search("f ( x )", "g(x); f(x)\nf(\n  x\n)"), ["f(x)", "f(\n  x\n)"]);
    assert_eq!(search("a = b", "aa = b"), [""; 0]);
}

#[test]
fn dots_reach_ten_lines() {
    let near = format!("a{}\nb", "\nx".repeat(8));
    let far = format!("a{}\nb", "\nx".repeat(10));
    assert_eq!(search("a ... b", &near).len(), 1);
    assert_eq!(search("a ... b", &far).len(), 0);
    assert_eq!(search("a ... ... b", &far).len(), 1);
}

#[test]
fn the_shortest_match_of_each_end_stays() {
    assert_eq!(search("a ... b", "a a b b"), ["a b"]);
    assert_eq!(search("a ...", "a a b"), ["a a b"]);
}

#[test]
fn metavariables_are_the_same_word_everywhere() {
    assert_eq!(search("$X = $X", "a = b; c = c"), ["c = c"]);
    assert_eq!(
        captures("let $X = $...REST;", "let a = b + c;"),
        [("$X".into(), "a".into()), ("$...REST".into(), " b + c".into())]
    );
}

#[test]
fn an_indented_pattern_asks_for_an_indented_text() {
    assert_eq!(search("a\n  b\nc", "a\n  b\nc\n").len(), 1);
    assert_eq!(search("a\n  b\nc", "a\nb\nc\n").len(), 0);
    assert_eq!(search("a b c", "a\n  b\nc\n").len(), 1);
}

#[test]
fn comments_are_blanked() {
    let settings = Settings { max_span: MAX_SPAN, is_caseless: true };
    let pattern = GenericPattern::parse("A # no\nb", Some("shell")).unwrap();
    assert_eq!(pattern.search(&Document::new("a # b\nb\n", Some("shell")), settings).unwrap().len(), 1);
    let pattern = GenericPattern::parse("a b", Some("cpp")).unwrap();
    assert_eq!(pattern.search(&Document::new("a /* é\n */ // b\nb\n", Some("cpp")), settings).unwrap().len(), 1);
}

#[test]
fn hostile_texts_end_within_bounds() {
    let settings = Settings { max_span: MAX_SPAN, is_caseless: false };
    let open = Document::any(&"([{".repeat(5_000), None);
    let deep: String = (0..500).map(|depth| format!("{}a\n", " ".repeat(depth))).collect();
    let deep = Document::any(&deep, None);
    for text in ["... a ... a ... a ... b", "a", "(", "$X ... $Y ... $X ... $Z ... $W"] {
        let pattern = GenericPattern::parse(text, None).unwrap();
        let _ = pattern.search(&open, settings);
        let _ = pattern.search(&deep, settings);
    }
    assert!(GenericPattern::parse("", None).is_err());
    assert!(GenericPattern::parse("... $...X", None).is_err());
}
