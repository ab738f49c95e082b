//! `treeward explain`: what a rule checks, why, and what to do.

use std::fmt::Write as _;

use serde_json::Value;
use treeward::rules::{Rule, RuleBody, RuleSet, nearest};

use super::audit::builtin_and;
use crate::arguments::ExplainOptions;
use crate::console::Console;
use crate::failure::Failure;

pub(crate) fn run(options: &ExplainOptions, console: &mut Console) -> Result<u8, Failure> {
    let rules = builtin_and(&options.rules)?;
    let rule = find(&rules, &options.rule)?;
    console.write(&explain(rule))?;
    Ok(0)
}

/// By the id, or by the name without its folder where only one rule has it.
fn find<'r>(rules: &'r RuleSet, word: &str) -> Result<&'r Rule, Failure> {
    let named = |rule: &&Rule| rule.id.rsplit_once('/').is_some_and(|(_, name)| name == word);
    let rules = || rules.iter().map(AsRef::as_ref);
    let found: Vec<&Rule> = match rules().find(|rule: &&Rule| rule.id == word) {
        Some(rule) => vec![rule],
        None => rules().filter(named).collect(),
    };
    match found[..] {
        [rule] => Ok(rule),
        [] => {
            let hint = match nearest(word, rules().map(|rule| rule.id.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`treeward rules` lists the rules".to_owned(),
            };
            Err(Failure::Usage(format!("no rule is called `{word}`; {hint}")))
        }
        _ => {
            let ids: Vec<_> = found.iter().map(|rule| format!("`{}`", rule.id)).collect();
            Err(Failure::Usage(format!("`{word}` may be {}; give the whole id", ids.join(" or "))))
        }
    }
}

fn explain(rule: &Rule) -> String {
    let mut text = format!("{}\n{}\n\n", rule.title, rule.id);
    let word = |value: Value| value.as_str().unwrap_or_default().to_owned();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{name:>11}  {value}");
        }
    };
    line("severity", rule.severity.name());
    line("area", rule.area.name());
    line("confidence", rule.confidence.name());
    line("profile", &word(serde_json::to_value(rule.profile).unwrap_or_default()));
    line("effort", &word(serde_json::to_value(rule.effort).unwrap_or_default()));
    line("impact", &word(serde_json::to_value(rule.impact).unwrap_or_default()));
    line("languages", &rule.languages.join(", "));
    for (key, value) in &rule.metadata {
        line(key, &metadata(value));
    }
    line("says", &rule.message);
    line("what to do", &rule.remediation);
    line("defined in", &format!("{}:{}", rule.file, rule.line));
    if let RuleBody::Query(query) = &rule.body {
        let _ = write!(text, "\nAsks the facts:\n\n{}", indented(&query.sql));
    }
    text
}

fn metadata(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(metadata).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn indented(sql: &str) -> String {
    sql.trim_end().lines().map(|line| format!("    {line}\n")).collect()
}
