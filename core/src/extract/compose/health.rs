//! Health checks of services.

use super::arguments::shell_script;
use super::service::{Service, argv};
use super::value::{Kind, Value};
use crate::facts::schema::compose::ComposeHealthcheck;
use crate::facts::{Certainty, FactSet, duration_seconds};
use crate::syntax::shell;

pub(super) fn state(service: &Service<'_>, facts: &mut FactSet) {
    let Some(check) = service.value.get("healthcheck") else { return };
    let test = check.get("test");
    let words = test.map(command_words).unwrap_or_default();
    let is_disabled =
        check.get("disable").and_then(Value::boolean).unwrap_or(false) || form(test) == "none" && test.is_some();
    let text = |key: &str| check.get(key).and_then(Value::known_text);
    let seconds = |key: &str| text(key).and_then(duration_seconds);
    let written =
        test.and_then(|test| test.text().map(str::to_owned).or_else(|| argv(test).map(|words| words.join(" "))));
    facts.push(ComposeHealthcheck {
        span: test.map_or(check.span, |test| test.span),
        certainty: if written.as_ref().is_some_and(|text| text.contains("${")) {
            Certainty::Unresolved
        } else {
            Certainty::Certain
        },
        service: service.id,
        form: form(test),
        is_disabled,
        program: program(&words),
        port: local_port(&words.join(" ")),
        test: written,
        interval: seconds("interval"),
        timeout: seconds("timeout"),
        retries: text("retries").and_then(|text| text.parse().ok()),
        role: service.project.role(check.span),
    });
}

fn form(test: Option<&Value>) -> &'static str {
    match test.map(|test| &test.kind) {
        Some(Kind::Scalar(scalar)) if scalar.text != "NONE" => "shell",
        Some(Kind::Sequence(items)) => match items.first().and_then(Value::text) {
            Some("CMD") => "exec",
            Some("CMD-SHELL") => "shell",
            _ => "none",
        },
        _ => "none",
    }
}

/// The words that run: an argv, or `sh -c` and the script.
pub(super) fn command_words(test: &Value) -> Vec<String> {
    let script = match &test.kind {
        Kind::Scalar(scalar) => Some(scalar.text.clone()),
        Kind::Sequence(items) if items.first().and_then(Value::text) == Some("CMD-SHELL") => {
            items.get(1).and_then(Value::text).map(str::to_owned)
        }
        _ => None,
    };
    match script {
        Some(script) => vec!["sh".to_owned(), "-c".to_owned(), script],
        None => argv(test).unwrap_or_default().into_iter().skip(1).collect(),
    }
}

/// The program that the check runs, looked up inside `sh -c`.
pub(crate) fn program(words: &[String]) -> Option<String> {
    let name = |word: &str| word.rsplit('/').next().unwrap_or(word).to_owned();
    match shell_script(words) {
        Some(script) => shell::parse(script).commands.iter().find_map(|command| command.name().map(str::to_owned)),
        None => words.first().map(|word| name(word)),
    }
}

/// The port in the first address of the container itself.
pub(crate) fn local_port(text: &str) -> Option<i64> {
    ["localhost:", "127.0.0.1:", "0.0.0.0:", "[::1]:"].iter().find_map(|host| {
        let rest = &text[text.find(host)? + host.len()..];
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_and_ports_are_found_inside_a_shell() {
        let words = ["sh", "-c", "curl -f http://localhost:8000/health || exit 1"].map(str::to_owned);
        assert_eq!(program(&words).as_deref(), Some("curl"));
        assert_eq!(local_port(&words.join(" ")), Some(8000));
        assert_eq!(local_port("redis-cli ping"), None);
    }
}
