//! Facts as an SQLite file, for other programs.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, params_from_iter};

use super::database::internal;
use super::row::Table;
use super::schema;
use super::store::{COMMON, Rows, Store};
use crate::Error;

/// Writes the facts of `store` to a database file: the tables, what is derived from them, and the views. `leave` makes
/// of a column's name, its text and the texts of its row what may leave.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn save(store: &Store, path: &Path, leave: impl Fn(&str, &str, &[&str]) -> String) -> Result<(), Error> {
    let mut copy = Connection::open_in_memory().map_err(internal)?;
    copy.execute_batch("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;").map_err(internal)?;
    let transaction = copy.transaction().map_err(internal)?;
    for table in schema::tables() {
        transaction.execute_batch(&table_sql(table)).map_err(internal)?;
        if let Some(rows) = store.rows(table.name) {
            insert(&transaction, table.name, rows, &leave).map_err(internal)?;
        }
        transaction.execute_batch(&indexes_sql(table)).map_err(internal)?;
    }
    for (name, _) in schema::derived_tables() {
        let Some(rows) = store.rows(name) else { continue };
        let columns: Vec<String> =
            rows.columns().iter().map(|column| format!("\"{}\" {}", column.name, column.sql)).collect();
        transaction.execute_batch(&format!("CREATE TABLE {name} ({})", columns.join(", "))).map_err(internal)?;
        insert(&transaction, name, rows, &leave).map_err(internal)?;
    }
    transaction.commit().map_err(internal)?;
    for (_, body) in schema::views() {
        copy.execute_batch(body).map_err(internal)?;
    }
    let refuse = |error: rusqlite::Error| {
        Error::Usage(format!("cannot write `{}`: {error}; choose a path in a folder that exists", path.display()))
    };
    let mut target = Connection::open(path).map_err(refuse)?;
    let backup = rusqlite::backup::Backup::new(&copy, &mut target).map_err(refuse)?;
    backup.run_to_completion(4096, Duration::ZERO, None).map_err(refuse)
}

fn table_sql(table: &Table) -> String {
    let mut sql = format!("CREATE TABLE {} (", table.name);
    for (at, (name, kind)) in COMMON.iter().enumerate() {
        let kind = if at == 0 { "INTEGER PRIMARY KEY" } else { kind };
        let _ = write!(sql, "{}{name} {kind}", if at == 0 { "" } else { ", " });
    }
    for column in table.columns {
        let null = if column.optional { "" } else { " NOT NULL" };
        let _ = write!(sql, ", {} {}{null}", column.name, column.sql);
    }
    sql.push(')');
    sql
}

fn indexes_sql(table: &Table) -> String {
    let mut sql = String::new();
    for column in table.columns.iter().filter(|column| column.indexed) {
        let _ = writeln!(sql, "CREATE INDEX \"{0}:{1}\" ON {0}({1});", table.name, column.name);
    }
    sql
}

fn insert(
    connection: &Connection,
    table: &str,
    rows: &Rows,
    leave: &impl Fn(&str, &str, &[&str]) -> String,
) -> rusqlite::Result<()> {
    let width = rows.columns().len();
    let mut statement = connection.prepare(&format!("INSERT INTO {table} VALUES (?{})", ",?".repeat(width - 1)))?;
    for row in 0..rows.count() {
        let values: Vec<ValueRef<'_>> = (0..width).map(|column| rows.value(row, column)).collect();
        let texts: Vec<&str> = values.iter().filter_map(|value| value.as_str().ok()).collect();
        let cells = values.iter().zip(rows.columns()).map(|(value, column)| match value.as_str() {
            Ok(text) => ToSqlOutput::from(leave(&column.name, text, &texts)),
            Err(_) => ToSqlOutput::Borrowed(*value),
        });
        statement.execute(params_from_iter(cells))?;
    }
    Ok(())
}
