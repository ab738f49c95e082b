//! Questions to the facts in SQL.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, limits::Limit};

use super::derive::derive;
use super::row::Cell;
use super::set::Wanted;
use super::store::{Rows, Store};
use super::{functions, schema, table};
use crate::Error;
use crate::source::Texts;

/// Most rows that one query may give.
const MAX_ROWS: usize = 1_000_000;
/// SQLite virtual-machine steps that one query may take: some seconds.
const MAX_STEPS: u64 = 400_000_000;
/// Steps between two looks at the bound.
const STEP: i32 = 100_000;

/// A value of a query's result.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Value {
    /// NULL.
    Null,
    /// An integer.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// A text.
    Text(String),
}

impl Value {
    /// The text, where it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The integer, where it is one.
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Int(value) => write!(f, "{value}"),
            Self::Real(value) => write!(f, "{value}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// The rows of a query, with the names of their columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryResult {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Value>>,
}

/// A connection to the facts of one tree, for one thread at a time.
pub struct Database {
    connection: Connection,
    steps: Arc<AtomicU64>,
}

impl Database {
    /// Opens the facts of `store` with the views that are wanted; `texts` are what spans point into.
    ///
    /// # Errors
    /// Only for a view that SQLite refuses: a broken invariant.
    pub fn open(store: &Arc<Store>, texts: &Arc<Texts>, wanted: &Wanted) -> Result<Self, Error> {
        table::set_up();
        let connection = Connection::open_in_memory().map_err(internal)?;
        functions::register(&connection, texts).map_err(internal)?;
        table::register(&connection, store).map_err(internal)?;
        let views: String =
            schema::views().filter(|(name, _)| wanted.wants(name)).map(|(_, body)| body).collect::<Vec<_>>().join("\n");
        connection.execute_batch("PRAGMA temp_store=MEMORY;").map_err(internal)?;
        connection.execute_batch(&views).map_err(internal)?;
        let mut database = Self { connection, steps: Arc::default() };
        database.confine()?;
        Ok(database)
    }

    /// No facts, for a look at queries: its plans are those for many rows.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub(crate) fn pretended() -> Result<Self, Error> {
        let (store, all) = (Arc::new(Store::pretended()), Wanted::all());
        let mut database = Self::open(&store, &Arc::default(), &all)?;
        derive(&store, std::slice::from_mut(&mut database), &all)?;
        Ok(database)
    }

    /// The same for several threads, one each.
    ///
    /// # Errors
    /// As [`Database::open`].
    pub fn open_many(
        threads: usize,
        store: &Arc<Store>,
        texts: &Arc<Texts>,
        wanted: &Wanted,
    ) -> Result<Vec<Self>, Error> {
        (0..threads.max(1)).into_par_iter().map(|_| Self::open(store, texts, wanted)).collect()
    }

    /// Confines every later statement to reading, within bounds.
    fn confine(&mut self) -> Result<(), Error> {
        let connection = &mut self.connection;
        connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0).map_err(internal)?;
        connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000).map_err(internal)?;
        let steps = Arc::clone(&self.steps);
        connection
            .progress_handler(STEP, Some(move || steps.fetch_add(STEP as u64, Ordering::Relaxed) > MAX_STEPS))
            .map_err(internal)?;
        connection.authorizer(Some(authorize)).map_err(internal)
    }

    /// Asks no more what each statement reads: for queries that come with treeward, whose tests did.
    pub(crate) fn trust(&mut self) -> Result<(), Error> {
        self.connection.authorizer(None::<fn(AuthContext<'_>) -> Authorization>).map_err(internal)
    }

    /// Runs the query of a derived table, whose name is `table`.
    pub(super) fn derive(&self, table: &str, sql: &str) -> Result<Rows, Error> {
        let fail = |error: rusqlite::Error| Error::Internal(format!("table {table}: {error}"));
        self.steps.store(0, Ordering::Relaxed);
        let mut statement = self.connection.prepare(sql).map_err(fail)?;
        let columns = statement.columns().map(|column| {
            let sql = column.decl_type().unwrap_or_default();
            (column.name().to_owned(), sql.to_owned())
        });
        let columns: Vec<(String, String)> = columns.collect();
        let mut cells = Vec::new();
        let mut rows = statement.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            for at in 0..columns.len() {
                cells.push(cell(row.get_ref(at).map_err(fail)?));
            }
        }
        Ok(Rows::derived(columns, cells))
    }

    /// Runs one query that reads facts.
    ///
    /// # Errors
    /// SQL that is wrong, does more than read, takes too long or gives too many rows: the reason, in words.
    pub fn query(&self, sql: &str) -> Result<QueryResult, String> {
        self.steps.store(0, Ordering::Relaxed);
        let mut statement = self.connection.prepare(sql).map_err(|error| explain(&error))?;
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut result = QueryResult { rows: Vec::new(), columns };
        let mut rows = statement.query([]).map_err(|error| explain(&error))?;
        while let Some(row) = rows.next().map_err(|error| explain(&error))? {
            let read = |at| row.get_ref(at).map(value).map_err(|error| explain(&error));
            result.rows.push((0..result.columns.len()).map(read).collect::<Result<_, _>>()?);
            if result.rows.len() > MAX_ROWS {
                return Err(format!("more than {MAX_ROWS} rows; add a WHERE or a LIMIT"));
            }
        }
        Ok(result)
    }

    /// The columns that a query gives, without running it.
    ///
    /// # Errors
    /// SQL that is wrong or does more than read.
    pub fn columns(&self, sql: &str) -> Result<Vec<String>, String> {
        let statement = self.connection.prepare(sql).map_err(|error| explain(&error))?;
        Ok(statement.column_names().map(str::to_owned).collect())
    }

    /// SQLite's plan for a query: (id, parent id, step), in the order in which it is told.
    ///
    /// # Errors
    /// SQL that is wrong or does more than read.
    pub fn plan(&self, sql: &str) -> Result<Vec<(i64, i64, String)>, String> {
        let rows = self.query(&format!("EXPLAIN QUERY PLAN {sql}"))?.rows;
        Ok(rows
            .into_iter()
            .map(|row| (row[0].as_int().unwrap_or(0), row[1].as_int().unwrap_or(0), row[3].to_string()))
            .collect())
    }
}

fn authorize(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Function { function_name } if function_name != "load_extension" => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(value) => Value::Int(value),
        ValueRef::Real(value) => Value::Real(value),
        ValueRef::Text(text) | ValueRef::Blob(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
    }
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Int(value),
        ValueRef::Real(value) => Cell::Real(value),
        ValueRef::Text(text) | ValueRef::Blob(text) => Cell::Text(String::from_utf8_lossy(text).into()),
    }
}

/// SQLite's reason in our words.
fn explain(error: &rusqlite::Error) -> String {
    let text = error.to_string();
    if ["not authorized", "prohibited", "may not be modified"].iter().any(|refusal| text.contains(refusal)) {
        return format!("{text}: a query may only read facts (SELECT)");
    }
    if text.contains("interrupted") {
        return "the query took too long; look at its plan for a table that is scanned inside another".to_owned();
    }
    text
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` gives it so")]
pub(super) fn internal(error: rusqlite::Error) -> Error {
    Error::Internal(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::schema::tree::File;
    use crate::facts::{Certainty, FactSet};
    use crate::source::{FileId, Span};

    fn store() -> Arc<Store> {
        let mut facts = FactSet::for_file(FileId(0), Wanted::all(), Arc::default());
        facts.push(File {
            span: Span::file_start(FileId(0)),
            certainty: Certainty::Certain,
            path: "a/b.py".into(),
            folder: "a".into(),
            name: "b.py".into(),
            artifact: "python",
            size: 3,
            lines: 1,
            parsed: true,
            is_test: false,
            mode: None,
            is_ignored: false,
        });
        Arc::new(Store::new(vec![facts], vec![Some(7)]))
    }

    fn database() -> Database {
        Database::open(&store(), &Arc::default(), &Wanted::all()).unwrap()
    }

    #[test]
    fn rows_can_be_queried_through_a_view() {
        let result = database().query("SELECT path, size FROM production_file").unwrap();
        assert_eq!(result.rows, [[Value::Text("a/b.py".into()), Value::Int(3)]]);
    }

    #[test]
    fn common_columns_follow_from_the_span() {
        let result = database().query("SELECT file, component, certainty FROM file WHERE file = 0").unwrap();
        assert_eq!(result.rows, [[Value::Int(0), Value::Int(7), Value::Text("certain".into())]]);
    }

    #[test]
    fn a_lookup_by_another_type_answers_as_sqlite_does() {
        let count = |condition: &str| {
            let result = database().query(&format!("SELECT count(*) FROM file WHERE {condition}")).unwrap();
            result.rows[0][0].as_int()
        };
        for (condition, expected) in [
            ("size = 3", 1),
            ("size = '3'", 1),
            ("size = 3.0", 1),
            ("size = '3x'", 0),
            ("name = 'b.py'", 1),
            ("name = 'B.PY'", 0),
            ("name = 'B.PY' COLLATE NOCASE", 1),
            ("name = 3", 0),
            ("mode = NULL", 0),
            ("mode IS NULL", 1),
            ("mode IS (SELECT NULL)", 1),
            ("size IS (SELECT 3)", 1),
            ("name IS (SELECT 3)", 0),
            ("name IN ('x', 'b.py')", 1),
            ("name = 'x' OR folder = 'a'", 1),
            ("path BETWEEN 'a/' AND 'a0'", 1),
            ("path BETWEEN 'b/' AND 'b0'", 0),
            ("path > 'a/b.py' AND path < 'a/c'", 0),
            ("path > 'a/a' AND path < 'a/b.pz'", 1),
            ("path BETWEEN 'b' AND 'a'", 0),
            ("path BETWEEN 1 AND 2", 0),
        ] {
            assert_eq!(count(condition), Some(expected), "{condition}");
        }
    }

    #[test]
    fn rules_may_only_read() {
        let database = database();
        for sql in ["DELETE FROM file", "ATTACH 'x' AS y", "PRAGMA writable_schema=1", "CREATE TABLE t(a)"] {
            assert!(database.query(sql).is_err(), "{sql}");
        }
    }

    #[test]
    fn an_endless_query_ends() {
        let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT count(*) FROM n";
        assert!(database().query(sql).unwrap_err().contains("too long"));
    }
}
