//! `treeward compare`: what was fixed, what came, what stayed.

use std::fmt::Write as _;

use serde_json::json;
use treeward::Finding;
use treeward::report::{Comparison, compare, visible};

use crate::arguments::{CompareFormat, CompareOptions, Threshold};
use crate::console::Console;
use crate::failure::Failure;
use crate::output::read_audit;

pub(crate) fn run(options: &CompareOptions, console: &mut Console) -> Result<u8, Failure> {
    let (before, after) = (read_audit(&options.before)?, read_audit(&options.after)?);
    let comparison = compare(&before, &after);
    console.write(&match options.format {
        CompareFormat::Text => text(&comparison),
        CompareFormat::Json => json(&comparison),
    })?;
    let fail_on = options.fail_on.unwrap_or(Threshold::At(treeward::Severity::High));
    Ok(u8::from(comparison.new.iter().any(|finding| fail_on.is_reached(finding.severity))))
}

fn text(comparison: &Comparison<'_>) -> String {
    let mut text = String::new();
    write_list(&mut text, "Fixed", '-', &comparison.fixed);
    write_list(&mut text, "New", '+', &comparison.new);
    let (fixed, new, stayed) = (comparison.fixed.len(), comparison.new.len(), comparison.stayed.len());
    let _ = writeln!(text, "{fixed} fixed, {new} new, {stayed} stayed");
    text
}

fn write_list(text: &mut String, title: &str, sign: char, findings: &[&Finding]) {
    if findings.is_empty() {
        return;
    }
    let _ = writeln!(text, "{title}:");
    for finding in findings {
        let (location, severity) = (&finding.location, finding.severity.name());
        let line = format!("{}:{}: {}", location.path, location.start.line, finding.message.replace('\n', " "));
        let _ = writeln!(text, "  {sign} {severity}[{}] {}", finding.rule_id, visible(&line));
    }
    text.push('\n');
}

fn json(comparison: &Comparison<'_>) -> String {
    let Comparison { fixed, new, stayed } = comparison;
    let shown = json!({ "schema_version": 1, "fixed": fixed, "new": new, "stayed": stayed });
    serde_json::to_string_pretty(&shown).unwrap_or_default() + "\n"
}
