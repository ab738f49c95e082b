use std::path::Path;

use serde_json::Value;

use super::*;
use crate::report::Audit;

fn shown(format: Format) -> String {
    render(&sample::audit(), format, Appearance::default())
}

#[test]
fn text() {
    insta::assert_snapshot!(shown(Format::Text));
}

#[test]
fn text_in_ascii_and_narrow() {
    let appearance = Appearance { colour: false, width: 50, unicode: false };
    insta::assert_snapshot!(render(&sample::audit(), Format::Text, appearance));
}

#[test]
fn text_in_colour_says_the_same() {
    let coloured = render(&sample::audit(), Format::Text, Appearance { colour: true, ..Appearance::default() });
    assert_ne!(coloured, shown(Format::Text));
    assert_eq!(without_colour(&coloured), shown(Format::Text));
}

fn without_colour(text: &str) -> String {
    regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap().replace_all(text, "").into_owned()
}

#[test]
fn no_format_lets_control_characters_through() {
    for format in Format::ALL {
        let shown = shown(format);
        // JSON escapes what JSON must; the rest it gives to programs as it is.
        let turns = !matches!(format, Format::Json | Format::Jsonl | Format::Gitlab) && shown.contains('\u{202e}');
        assert!(!shown.contains(['\u{1b}', '\u{7}']) && !turns, "{format:?}");
    }
    let coloured = render(&sample::audit(), Format::Text, Appearance { colour: true, ..Appearance::default() });
    assert!(!without_colour(&coloured).contains('\u{1b}'));
}

#[test]
fn json_is_the_model_and_comes_back() {
    let back: Audit = serde_json::from_str(&shown(Format::Json)).unwrap();
    assert_eq!(render(&back, Format::Json, Appearance::default()), shown(Format::Json));
}

#[test]
fn json_is_indented_alike_by_any_number_of_threads() {
    let mut audit = sample::audit();
    for of in [0, 1, 3000] {
        audit.findings = audit.findings.iter().take(1).cycle().take(of).cloned().collect();
        let expected = serde_json::to_string_pretty(&audit).unwrap() + "\n";
        assert_eq!(render(&audit, Format::Json, Appearance::default()), expected);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        assert_eq!(pool.install(|| render(&audit, Format::Json, Appearance::default())), expected);
        audit = sample::audit();
        audit.timings = Some([("collect".to_owned(), 1.5)].into());
    }
}

#[test]
fn json_follows_the_published_schema() {
    let schema = schemars::schema_for!(Audit);
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/audit.schema.json");
    if std::env::var_os("TREEWARD_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(published, text, "docs/audit.schema.json is stale: run this test with TREEWARD_BLESS=1");
    assert_valid(&serde_json::to_value(&schema).unwrap(), &shown(Format::Json));
}

#[test]
fn sarif_follows_the_official_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/sarif-2.1.0.json");
    let mut schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    // This pattern has a stray `]`, which the validator refuses; and we state no language.
    for owner in ["run", "toolComponent"] {
        schema["definitions"][owner]["properties"]["language"] = serde_json::json!({});
    }
    assert_valid(&schema, &shown(Format::Sarif));
    let mut empty = sample::audit();
    (empty.findings, empty.checks, empty.skipped, empty.errors) = Default::default();
    assert_valid(&schema, &render(&empty, Format::Sarif, Appearance::default()));
}

#[track_caller]
fn assert_valid(schema: &Value, json: &str) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let instance: Value = serde_json::from_str(json).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&instance).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn sarif() {
    insta::assert_snapshot!(shown(Format::Sarif));
}

#[test]
fn sarif_of_an_audit_read_back_counts_characters() {
    let back: Audit = serde_json::from_str(&shown(Format::Json)).unwrap();
    let log: Value = serde_json::from_str(&render(&back, Format::Sarif, Appearance::default())).unwrap();
    assert_eq!(log["runs"][0]["columnKind"], "unicodeCodePoints");
}

#[test]
fn jsonl_has_one_object_a_line() {
    let shown = shown(Format::Jsonl);
    let lines: Vec<Value> = shown.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<_> = lines.iter().map(|line| line["type"].as_str().unwrap()).collect();
    assert_eq!((kinds[0], kinds[1], *kinds.last().unwrap()), ("audit", "finding", "end"));
    assert_eq!(lines[1]["path"], "docker-compose.yml");
}

#[test]
fn github() {
    insta::assert_snapshot!(shown(Format::Github));
}

#[test]
fn gitlab() {
    insta::assert_snapshot!(shown(Format::Gitlab));
}

#[test]
fn junit() {
    insta::assert_snapshot!(shown(Format::Junit));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(shown(Format::Markdown));
}

#[test]
fn html() {
    let page = shown(Format::Html);
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
    insta::assert_snapshot!(page.replace(include_str!("html/style.css"), "…\n"));
}

#[test]
fn paths_are_told_from_where_the_audit_was_asked_for() {
    let told = |root: &str, path: &'static str| {
        let mut audit = sample::audit();
        audit.root = root.into();
        from_here(&audit, path).into_owned()
    };
    assert_eq!(told(".", "a/b.py"), "a/b.py");
    assert_eq!(told("./svc/", "a/b.py"), "svc/a/b.py");
    assert_eq!(told("svc/b.py", "b.py"), "svc/b.py");
    assert_eq!(told("/abs/svc", "b.py"), "b.py");
    assert_eq!(told("../svc", "b.py"), "b.py");
}

#[test]
fn any_place_can_be_framed() {
    let audit = sample::audit();
    for (start, end) in [((1, 1), (1, 1)), ((9, 9), (2, 1)), ((1, 500), (1, 900)), ((3, 2), (90, 1))] {
        for snippet in ["", "\n", "x", "é😀\n\tb\n", "a\r\nb"] {
            let mut audit = audit.clone();
            let finding = &mut audit.findings[0];
            finding.snippet = snippet.into();
            (finding.location.start.line, finding.location.start.column) = start;
            (finding.location.end.line, finding.location.end.column) = end;
            for width in [0, 20, 200] {
                let _ = render(&audit, Format::Text, Appearance { width, ..Appearance::default() });
            }
        }
    }
}
