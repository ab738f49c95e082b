use super::*;
use crate::extract::sample;

#[test]
fn documents_floors_markers_and_hidden_characters() {
    let readme = "# Shop\n## Getting started\nSet `DATABASE_URL`, then run.\n## Deployment\nAsk.\n";
    let conflict = "a = 1\n<<<<<<< HEAD\nb = 2\n=======\nb = 3\n>>>>>>> topic\n";
    let files = [
        ("README.md", Artifact::Markdown, readme),
        ("app.py", Artifact::Python, conflict),
        ("edits.py", Artifact::Python, "FORM = '''\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n'''\n"),
        ("hidden.py", Artifact::Python, "x = 1 # \u{202e} evil\ny\u{200b} = 2\nemoji = '\u{1f468}\u{200d}\u{1f469}'\n"),
        ("pyproject.toml", Artifact::Pyproject, "[tool.coverage.report]\n# fail_under = 10\nfail_under = 85\n"),
        ("tox.ini", Artifact::Ini, "addopts = --cov=app --cov-fail-under=70\n"),
    ];
    insta::assert_snapshot!(sample::rows(&Repo, &files));
}

#[test]
fn copies_of_a_script_are_found_and_others_are_not() {
    let lines = |word: &str| (0..80).map(|at| format!("{word} step {at}\n")).collect::<String>();
    let copy = lines("run").replace("step 40\n", "step forty\n");
    let files = [
        ("a/deploy.sh", Artifact::Shell, lines("run").as_str()),
        ("b/deploy.sh", Artifact::Shell, copy.as_str()),
        ("c/other.sh", Artifact::Shell, lines("stop").as_str()),
    ]
    .map(|(path, kind, text)| (path, kind, text.to_owned()));
    let files: Vec<_> = files.iter().map(|(path, kind, text)| (*path, *kind, text.as_str())).collect();
    let rows = sample::rows(&Repo, &files);
    assert_eq!(rows.lines().filter(|line| line.starts_with("script_copy")).count(), 1, "{rows}");
}

#[test]
fn profiles_ignored_patterns_and_infrastructure_are_stated() {
    let readme = "Set `COMPOSE_PROFILES=a,b`, start the `debug` profile, or:\n\n    docker compose --profile jobs up\n";
    let files = [
        ("README.md", Artifact::Markdown, readme),
        ("deploy/.gitignore", Artifact::Other, "# made\n/config.yml\n*.key\n!kept.key\ndata/raw/\n"),
        ("main.tf", Artifact::Infrastructure, "resource \"docker_network\" \"a\" {\n  name = \"shop\"\n}\n"),
        ("play.yml", Artifact::Yaml, "- docker_volume:\n    state: present\n    name: rows\n"),
    ];
    insta::assert_snapshot!(sample::rows(&Repo, &files));
}

#[test]
fn odd_texts_end() {
    for text in ["", "<<<<<<< \n", "fail_under", "\u{200d}", "target:", "_", "A_"] {
        for kind in [Artifact::Markdown, Artifact::Python, Artifact::Pyproject, Artifact::Shell] {
            sample::rows(&Repo, &[("codecov.yml", kind, text)]);
        }
    }
}

#[test]
fn headings_are_told_by_marks_or_underlines() {
    let guide =
        "# Operations #\n\nText\n\n## Roll back a release\n```sh\n# Not this\nName\n----\n```\n####### seven\n#no\n";
    let old = "Restore the database\n====================\n\nWords.\n\n- item\n---\n";
    let files = [("docs/guide.md", Artifact::Markdown, guide), ("docs/old.rst", Artifact::Other, old)];
    let rows = sample::rows(&Repo, &files);
    let headings: Vec<&str> = rows.lines().filter(|line| line.starts_with("document_heading @")).collect();
    insta::assert_snapshot!(headings.join("\n"));
}
