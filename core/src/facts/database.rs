//! The facts as an SQLite database in memory: filled once, then only read.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::functions::FunctionFlags;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, limits::Limit};

use super::row::{Cell, Table};
use super::set::{FactSet, Wanted};
use super::{functions, schema};
use crate::Error;
use crate::source::Texts;

/// Columns that every table has before its own.
pub(crate) const COMMON: &str =
    "id INTEGER PRIMARY KEY, span INTEGER NOT NULL, file INTEGER NOT NULL, component INTEGER, certainty TEXT NOT NULL";
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

/// The facts of one tree.
pub struct Database {
    connection: Connection,
    /// Tables with rows: an index on an empty one would only cost time.
    filled: BTreeSet<&'static str>,
    /// How many rows were inserted.
    rows: usize,
    steps: Arc<AtomicU64>,
}

/// Fewest rows of a database that is worth a copy for a second thread.
const MANY_ROWS: usize = 20_000;

impl Database {
    /// A database with the whole schema and no rows.
    ///
    /// # Errors
    /// Only for a schema or a view that SQLite refuses: a broken invariant.
    pub fn open(texts: &Arc<Texts>) -> Result<Self, Error> {
        let database = Self::empty(texts)?;
        database.connection.execute_batch(&schema_sql()).map_err(internal)?;
        Ok(database)
    }

    /// A copy for another thread, where the rows are many; after [`Self::seal`].
    ///
    /// # Errors
    /// No memory.
    pub(crate) fn twin(&self, texts: &Arc<Texts>) -> Result<Option<Self>, Error> {
        if self.rows < MANY_ROWS {
            return Ok(None);
        }
        let mut twin = Self::empty(texts)?;
        copy_all(&self.connection, &mut twin.connection).map_err(internal)?;
        twin.confine()?;
        Ok(Some(twin))
    }

    fn empty(texts: &Arc<Texts>) -> Result<Self, Error> {
        let connection = Connection::open_in_memory().map_err(internal)?;
        connection
            .execute_batch("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=OFF;")
            .map_err(internal)?;
        functions::register(&connection, texts).map_err(internal)?;
        Ok(Self { connection, filled: BTreeSet::new(), rows: 0, steps: Arc::default() })
    }

    /// Inserts rows. `component` gives the component of a file.
    ///
    /// # Errors
    /// Only for a broken invariant.
    pub fn insert(&mut self, sets: &[FactSet], component: impl Fn(u32) -> Option<i64>) -> Result<(), Error> {
        let transaction = self.connection.transaction().map_err(internal)?;
        for table in schema::tables() {
            let mut statement = None;
            for cells in sets.iter().filter_map(|set| set.tables.get(table.name)) {
                self.filled.insert(table.name);
                let statement = match &mut statement {
                    Some(statement) => statement,
                    None => statement.insert(transaction.prepare(&insert_sql(table)).map_err(internal)?),
                };
                for row in cells.chunks_exact(table.columns.len() + 3) {
                    insert_row(statement, row, &component).map_err(internal)?;
                    self.rows += 1;
                }
            }
        }
        transaction.commit().map_err(internal)
    }

    /// Builds the indexes of the wanted tables, derives the tables that views files ask for, and confines every later statement to reading.
    /// Tells what each cost, the indexes under `indexes`.
    ///
    /// # Errors
    /// Only for a broken invariant.
    pub fn seal(&mut self, wanted: &Wanted) -> Result<Vec<(&'static str, Duration)>, Error> {
        let start = Instant::now();
        let mut sql = String::new();
        for table in schema::tables().filter(|table| wanted.wants(table.name) && self.filled.contains(table.name)) {
            for column in
                table.columns.iter().filter(|column| column.indexed && wanted.joins_by(table.name, column.name))
            {
                let (table, column) = (table.name, column.name);
                let _ = writeln!(sql, "CREATE INDEX \"{table}:{column}\" ON {table}({column});");
            }
            if wanted.joins_by(table.name, "file") {
                let _ = writeln!(sql, "CREATE INDEX \"{0}:file\" ON {0}(file);", table.name);
            }
        }
        self.connection.execute_batch(&sql).map_err(internal)?;
        let mut costs = vec![("indexes", start.elapsed())];
        for (name, body) in derived_in_order().into_iter().filter(|(name, _)| wanted.wants(name)) {
            let start = Instant::now();
            self.connection.execute_batch(body).map_err(|error| Error::Internal(format!("table {name}: {error}")))?;
            costs.push((name, start.elapsed()));
        }
        self.confine()?;
        Ok(costs)
    }

    /// As if every table had rows: for checks of plans.
    pub(crate) fn pretend_filled(&mut self) {
        self.filled = schema::tables().map(|table| table.name).collect();
    }

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

    /// Writes the facts to a database file, for other programs. `leave` makes of a column's name, its text and the
    /// texts of its row what may leave.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn save<F>(&self, path: &Path, leave: F) -> Result<(), Error>
    where
        F: Fn(&str, &str, &[&str]) -> String + Send + 'static,
    {
        let mut copy = Connection::open_in_memory().map_err(internal)?;
        copy_all(&self.connection, &mut copy).map_err(internal)?;
        rewrite(&copy, leave).map_err(internal)?;
        let refuse = |error: rusqlite::Error| {
            Error::Usage(format!("cannot write `{}`: {error}; choose a path in a folder that exists", path.display()))
        };
        let mut target = Connection::open(path).map_err(refuse)?;
        copy_all(&copy, &mut target).map_err(refuse)
    }
}

fn copy_all(from: &Connection, to: &mut Connection) -> rusqlite::Result<()> {
    rusqlite::backup::Backup::new(from, to)?.run_to_completion(4096, std::time::Duration::ZERO, None)
}

/// Passes every text of every table through `leave`, and forgets what stood there.
fn rewrite<F>(copy: &Connection, leave: F) -> rusqlite::Result<()>
where
    F: Fn(&str, &str, &[&str]) -> String + Send + 'static,
{
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    copy.create_scalar_function("leave", -1, flags, move |context| {
        let texts: Vec<&str> = (0..context.len()).filter_map(|at| context.get_raw(at).as_str().ok()).collect();
        Ok(match texts[..] {
            [column, text, ..] if context.get_raw(1).as_str().is_ok() => Some(leave(column, text, &texts[2..])),
            _ => None,
        })
    })?;
    for table in schema::tables() {
        let columns = table.columns.iter().filter(|column| column.sql == "TEXT").map(|column| column.name);
        let columns: Vec<&str> = columns.collect();
        let row = columns.join(", ");
        let set: Vec<String> = columns.iter().map(|name| format!("{name} = leave('{name}', {name}, {row})")).collect();
        if !set.is_empty() {
            copy.execute_batch(&format!("UPDATE {} SET {}", table.name, set.join(", ")))?;
        }
    }
    copy.execute_batch("VACUUM")
}

/// The names of tables and views that an SQL text mentions, views followed to the tables that they read.
/// May name more than SQLite would read, never less.
pub fn tables_mentioned(sql: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut queue = vec![sql.to_owned()];
    while let Some(sql) = queue.pop() {
        for word in sql.split(|c: char| !c.is_alphanumeric() && c != '_') {
            if found.contains(word) {
                continue;
            }
            if let Some(body) = schema::view(word) {
                found.insert(word.to_owned());
                queue.push(body.to_owned());
            } else if schema::table(word).is_some() {
                found.insert(word.to_owned());
            }
        }
    }
    found
}

/// The derived tables, each behind those that it reads.
fn derived_in_order() -> Vec<(&'static str, &'static str)> {
    let mut waiting: Vec<_> =
        schema::derived_tables().map(|(name, body)| (name, body, tables_mentioned(body))).collect();
    let mut ordered: Vec<(&str, &str)> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_open = |name: &str, own: &str| name != own && waiting.iter().any(|(other, _, _)| *other == name);
        let ready = waiting.iter().position(|(own, _, reads)| !reads.iter().any(|name| is_open(name, own)));
        // A circle is a fault that SQLite tells.
        let (name, body, _) = waiting.remove(ready.unwrap_or(0));
        ordered.push((name, body));
    }
    ordered
}

fn schema_sql() -> String {
    let mut sql = String::new();
    for table in schema::tables() {
        let _ = write!(sql, "CREATE TABLE {} ({COMMON}", table.name);
        for column in table.columns {
            let null = if column.optional { "" } else { " NOT NULL" };
            let _ = write!(sql, ", {} {}{null}", column.name, column.sql);
        }
        sql.push_str(");\n");
    }
    for (_, body) in schema::views() {
        sql.push_str(body);
    }
    sql
}

fn insert_sql(table: &Table) -> String {
    format!("INSERT INTO {} VALUES (?{})", table.name, ",?".repeat(table.columns.len() + 4))
}

/// `row` is `id`, `span`, `certainty` and the own cells; `file` and `component` follow from the span.
fn insert_row(
    statement: &mut rusqlite::Statement<'_>,
    row: &[Cell],
    component: &impl Fn(u32) -> Option<i64>,
) -> rusqlite::Result<()> {
    let file = match row[1] {
        Cell::Int(cell) => crate::source::Span::from_cell(cell).map_or(0, |span| span.file().0),
        _ => 0,
    };
    bind(statement, 1, &row[0])?;
    bind(statement, 2, &row[1])?;
    statement.raw_bind_parameter(3, file)?;
    statement.raw_bind_parameter(4, component(file))?;
    for (at, cell) in row[2..].iter().enumerate() {
        bind(statement, at + 5, cell)?;
    }
    statement.raw_execute().map(|_| ())
}

fn bind(statement: &mut rusqlite::Statement<'_>, at: usize, cell: &Cell) -> rusqlite::Result<()> {
    match cell {
        Cell::Null => statement.raw_bind_parameter(at, rusqlite::types::Null),
        Cell::Int(value) => statement.raw_bind_parameter(at, value),
        Cell::Real(value) => statement.raw_bind_parameter(at, value),
        Cell::Text(text) => statement.raw_bind_parameter(at, &**text),
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

/// SQLite's reason in our words.
fn explain(error: &rusqlite::Error) -> String {
    let text = error.to_string();
    if text.contains("not authorized") || text.contains("prohibited") {
        return format!("{text}: a query may only read facts (SELECT)");
    }
    if text.contains("interrupted") {
        return "the query took too long; look at its plan for a table that is scanned inside another".to_owned();
    }
    text
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` gives it so")]
fn internal(error: rusqlite::Error) -> Error {
    Error::Internal(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::schema::tree::File;
    use crate::facts::{Certainty, Row};
    use crate::source::{FileId, Span};

    fn database() -> Database {
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
        let mut database = Database::open(&Arc::default()).unwrap();
        database.insert(&[facts], |_| None).unwrap();
        database.seal(&Wanted::all()).unwrap();
        database
    }

    #[test]
    fn rows_can_be_queried_through_a_view() {
        let result = database().query("SELECT path, size FROM production_file").unwrap();
        assert_eq!(result.rows, [[Value::Text("a/b.py".into()), Value::Int(3)]]);
    }

    #[test]
    fn a_twin_answers_the_same_and_is_confined_too() {
        let mut database = database();
        assert!(database.twin(&Arc::default()).unwrap().is_none());
        database.rows = MANY_ROWS;
        let twin = database.twin(&Arc::default()).unwrap().unwrap();
        let sql = "SELECT * FROM production_file";
        assert_eq!(twin.query(sql), database.query(sql));
        assert!(twin.query("DELETE FROM file").is_err());
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

    #[test]
    fn a_view_is_followed_to_its_tables() {
        let tables = tables_mentioned("SELECT * FROM production_file");
        assert!(tables.contains(File::TABLE.name));
    }
}
