//! Facts as they leave the engine: secrets masked, in query results and in saved files alike.

use crate::facts::{QueryResult, Value};
use crate::report::{Medium, is_secret_name, mask, mask_whole};

/// Columns that hold the value of what the row names.
const VALUES: &[&str] = &["value", "default", "default_value", "raw", "text"];

/// Masks every text that looks like a secret, and the values of names that hold one.
pub(super) fn masked(mut result: QueryResult) -> QueryResult {
    for row in &mut result.rows {
        let texts: Vec<String> = row.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for (value, column) in row.iter_mut().zip(&result.columns) {
            if let Value::Text(text) = value {
                *text = leave(column, text, &texts);
            }
        }
    }
    result
}

/// What may be seen of the text in a column, given all texts of its row.
pub(super) fn leave(column: &str, text: &str, row: &[&str]) -> String {
    let holds_value = VALUES.contains(&column) || column.ends_with("_value");
    if holds_value && row.iter().any(|text| is_secret_name(text)) {
        return mask_whole(text);
    }
    mask(text, Medium::Data).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_leave() {
        let text = |text: &str| Value::Text(text.to_owned());
        let row = |name: &str, value: &str| vec![text(name), text(value), Value::Int(1)];
        let result = QueryResult {
            columns: vec!["name".into(), "value".into(), "n".into()],
            rows: vec![
                row("DB_PASSWORD", "hunter22"),
                row("HOST", "db.internal"),
                row("URL", "postgres://app:hunter22@db"),
                row("API_TOKEN", "${TOKEN}"),
            ],
        };
        let expected = vec![
            row("DB_PASSWORD", "hu******"),
            row("HOST", "db.internal"),
            row("URL", "postgres://app:hu******@db"),
            row("API_TOKEN", "${TOKEN}"),
        ];
        assert_eq!(masked(result).rows, expected);
    }
}
