//! `treeward rules`: which rules there are; whether rule files are sound, and their schema.

use std::path::PathBuf;

use treeward::engine::Auditor;
use treeward::rules::{RuleSet, SCHEMA, Selection};

use super::audit::builtin_and;
use crate::arguments::{RulesAction, RulesOptions};
use crate::console::Console;
use crate::failure::Failure;
use crate::table;

pub(crate) fn run(options: &RulesOptions, console: &mut Console) -> Result<u8, Failure> {
    match &options.action {
        Some(RulesAction::Check { paths }) => check(paths, console),
        Some(RulesAction::Schema) => {
            console.write(SCHEMA)?;
            Ok(0)
        }
        None => list(options, console),
    }
}

fn list(options: &RulesOptions, console: &mut Console) -> Result<u8, Failure> {
    let all = builtin_and(&options.rules)?;
    let select =
        if options.selection.select.is_empty() { vec!["all".to_owned()] } else { options.selection.select.clone() };
    let selection = Selection { select, ignore: options.selection.ignore.clone(), min_severity: None };
    let rows: Vec<Vec<serde_json::Value>> = all
        .select(&selection)?
        .iter()
        .map(|rule| {
            let profile = serde_json::to_value(rule.profile).unwrap_or_default();
            vec![
                rule.id.as_str().into(),
                rule.severity.name().into(),
                rule.area.name().into(),
                profile,
                rule.title.as_str().into(),
            ]
        })
        .collect();
    console.write(&table::show(&["rule", "severity", "area", "profile", "what it checks"], &rows, options.format))?;
    Ok(0)
}

fn check(paths: &[PathBuf], console: &mut Console) -> Result<u8, Failure> {
    let rules = RuleSet::load(paths)?;
    let count = rules.len();
    let selection = Selection { select: vec!["all".to_owned()], ..Selection::default() };
    Auditor::builder().rules(rules).select(selection).build()?;
    console.write(&format!("{count} {} sound\n", if count == 1 { "rule is" } else { "rules are" }))?;
    Ok(0)
}
