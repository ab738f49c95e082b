use super::*;

/// One line for each command: what holds for it, then its words.
fn outline(text: &str) -> String {
    let mut lines = String::new();
    for command in parse(text).commands {
        let flags = [
            (command.background, "&"),
            (command.in_condition, "?"),
            (command.in_branch, "branch"),
            (command.in_loop, "loop"),
            (command.in_substitution, "$()"),
            (command.after_failure, "||"),
        ];
        let flags: Vec<&str> = flags.iter().filter(|(set, _)| *set).map(|(_, flag)| *flag).collect();
        let words: Vec<&str> = command.words.iter().map(|word| &*word.text).collect();
        lines.push_str(&format!("{}: {words:?}", command.line));
        for assignment in &command.assignments {
            lines.push_str(&format!(" {}={:?}", assignment.name, assignment.value.text));
        }
        for redirect in &command.redirects {
            lines.push_str(&format!(
                " {}{}{:?}",
                redirect.descriptor.as_deref().unwrap_or(""),
                redirect.operator,
                redirect.target.text
            ));
        }
        if let Some(function) = &command.in_function {
            lines.push_str(&format!(" in {function}"));
        }
        if let Some(stage) = command.pipeline {
            lines.push_str(&format!(" stage {}/{}", stage.position, stage.length));
        }
        if let Some(or_else) = &command.or_else {
            lines.push_str(&format!(" or else {or_else:?}"));
        }
        lines.push_str(&format!(" [{}]\n", flags.join(" ")));
    }
    lines
}

#[test]
fn a_start_script() {
    let text = r#"#!/bin/bash
set -euo pipefail
umask 077
export APP_ENV="${APP_ENV:-production}" PORT=8000
if [ ! -f .env ]; then
  cp .env.example .env
elif ! grep -q KEY .env; then
  echo "no key" >&2
fi
backup() {
  pg_dump -h "$DB_HOST" app | gzip > "/backups/$(date +%F).sql.gz" || true
}
python -m worker &
until nc -z db 5432; do sleep 1; done
{ echo a; echo b; } > /tmp/out 2>&1 &
cat > /etc/app.conf <<EOF
user $USER
EOF
TOKEN=$(cat /run/token) /opt/app/bin/serve --port "$PORT" --dir $HOME/x
sudo -E exec uvicorn app.main:app && echo ok || { echo failed; exit 1; }
"#;
    insta::assert_snapshot!(outline(text));
}

#[test]
fn expressions_of_a_pipeline_are_words() {
    let script = parse("echo ${{ github.event.issue.title }} > out\npytest \"${{ inputs.path }}\"");
    assert!(!script.incomplete);
    let words: Vec<_> = script.commands.iter().map(|command| &command.words[1]).collect();
    assert_eq!(&*words[0].text, "${{ github.event.issue.title }}");
    assert!(words[0].unquoted_expansion && !words[1].unquoted_expansion && !words[1].literal);
}

#[test]
fn names_are_found_behind_wrappers() {
    let name = |text: &str| commands(text, 0).first().and_then(|command| command.name().map(str::to_owned));
    assert_eq!(name("sudo -u www-data env A=1 /usr/bin/python3 x.py").as_deref(), Some("python3"));
    assert_eq!(name("timeout 30 curl x").as_deref(), Some("curl"));
    assert_eq!(name("\"$PYTHON\" x").as_deref(), None);
}

#[test]
fn ranges_are_places_of_the_file() {
    let command = commands("make test", 40).remove(0);
    assert_eq!((command.range, command.words[1].range.clone()), (40..49, 45..49));
}

#[test]
fn broken_and_hostile_texts_end() {
    for text in [
        String::new(),
        "if then fi ((".into(),
        "\u{0}\u{1}\u{feff}".into(),
        "$(".repeat(20_000),
        "{ ".repeat(20_000),
        "if a; then ".repeat(5_000),
        "a | ".repeat(50_000),
        "a |\n# c\n\n".repeat(50_000),
        "1>".repeat(100_000),
        "a && ".repeat(20_000) + "b",
        "\"$(\"".repeat(10_000),
        "cat <<E\n".repeat(2_000),
        "x".repeat(MAX_TEXT + 1),
    ] {
        let script = parse(&text);
        assert!(script.commands.len() <= 50_001);
    }
    assert!(parse(&"x ".repeat(MAX_TEXT)).incomplete);
}
