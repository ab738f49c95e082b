//! `treeward query`: SQL over the facts of a tree.

use treeward::engine::{Auditor, Facts};
use treeward::facts::Value;
use treeward::source::Span;

use super::audit::{config, with_tree};
use crate::arguments::QueryOptions;
use crate::console::Console;
use crate::failure::Failure;
use crate::table;

pub(crate) fn run(options: &QueryOptions, console: &mut Console) -> Result<u8, Failure> {
    let settings = config(&options.tree, &options.path)?;
    let auditor = with_tree(Auditor::builder(), &options.tree, &settings).build()?;
    let facts = auditor.facts(&options.path)?;
    let result = facts.query(&options.sql)?;
    let columns: Vec<&str> = result.columns.iter().map(String::as_str).collect();
    let row = |row: &Vec<Value>| columns.iter().zip(row).map(|(name, value)| shown(&facts, name, value)).collect();
    let rows: Vec<Vec<serde_json::Value>> = result.rows.iter().map(row).collect();
    console.write(&table::show(&columns, &rows, options.format))?;
    Ok(0)
}

/// A span is shown as a place: its number means nothing outside of this run.
fn shown(facts: &Facts, column: &str, value: &Value) -> serde_json::Value {
    let is_span = column == "span" || column.ends_with("_span") || column.starts_with("related");
    let place = |cell| {
        let (path, start, _) = facts.texts().place(Span::from_cell(cell)?)?;
        Some(format!("{path}:{}:{}", start.line, start.column))
    };
    match value {
        Value::Int(cell) if is_span => place(*cell).map_or(serde_json::Value::from(*cell), Into::into),
        Value::Null => serde_json::Value::Null,
        Value::Int(value) => (*value).into(),
        Value::Real(value) => (*value).into(),
        Value::Text(text) => text.as_str().into(),
    }
}
