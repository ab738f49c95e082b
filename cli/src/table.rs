//! Rows for a person or for a program.

use serde_json::{Map, Value};
use treeward::report::visible;

use crate::arguments::RowFormat;

/// Cells wider than this are cut in a table.
const WIDEST: usize = 80;

/// Shows rows; `columns` are their names.
pub(crate) fn show(columns: &[&str], rows: &[Vec<Value>], format: RowFormat) -> String {
    match format {
        RowFormat::Table => table(columns, rows),
        RowFormat::Json => json(columns, rows),
        RowFormat::Csv => csv(columns, rows),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn table(columns: &[&str], rows: &[Vec<Value>]) -> String {
    let head = columns.iter().map(|name| (*name).to_owned()).collect();
    let body = rows.iter().map(|row| row.iter().map(|value| cell(&text(value))).collect());
    let lines: Vec<Vec<String>> = [head].into_iter().chain(body).collect();
    let width = |at: usize| lines.iter().filter_map(|line| line.get(at)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns.len()).map(|at| width(at).unwrap_or(0)).collect();
    let mut shown = String::new();
    for (at, line) in lines.iter().enumerate() {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        shown.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        shown.push('\n');
        if at == 0 {
            let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            shown.push_str(&rule.join("  "));
            shown.push('\n');
        }
    }
    shown
}

fn cell(text: &str) -> String {
    let text = visible(text).replace(['\n', '\t'], " ");
    match text.char_indices().nth(WIDEST) {
        Some(_) => text.chars().take(WIDEST - 1).chain(['…']).collect(),
        None => text,
    }
}

fn json(columns: &[&str], rows: &[Vec<Value>]) -> String {
    let object = |row: &Vec<Value>| {
        let pairs = columns.iter().zip(row).map(|(name, value)| ((*name).to_owned(), value.clone()));
        Value::Object(pairs.collect::<Map<_, _>>())
    };
    let mut shown = serde_json::to_string_pretty(&rows.iter().map(object).collect::<Vec<_>>()).unwrap_or_default();
    shown.push('\n');
    shown
}

fn csv(columns: &[&str], rows: &[Vec<Value>]) -> String {
    let head = columns.iter().map(|name| field(name)).collect::<Vec<_>>();
    let body = rows.iter().map(|row| row.iter().map(|value| field(&text(value))).collect::<Vec<_>>());
    [head].into_iter().chain(body).map(|line| line.join(",") + "\r\n").collect()
}

/// Quoted where a separator stands in it. A leading sign that spreadsheets run as a formula gets an apostrophe.
fn field(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shown(format: RowFormat) -> String {
        let rows = [vec![json!("a,\"b\""), json!(12)], vec![json!("=1+1\u{1b}"), Value::Null]];
        show(&["name", "count"], &rows, format)
    }

    #[test]
    fn a_table_is_aligned_and_safe() {
        assert_eq!(shown(RowFormat::Table), "name   count\n─────  ─────\na,\"b\"  12\n=1+1␛\n");
    }

    #[test]
    fn csv_is_quoted() {
        assert_eq!(shown(RowFormat::Csv), "name,count\r\n\"a,\"\"b\"\"\",12\r\n'=1+1\u{1b},\r\n");
    }

    #[test]
    fn json_keeps_types() {
        assert_eq!(
            serde_json::from_str::<Value>(&shown(RowFormat::Json)).unwrap()[0],
            json!({"name": "a,\"b\"", "count": 12})
        );
    }
}
