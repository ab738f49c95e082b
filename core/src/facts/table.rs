//! The tables of a [`Store`] as SQLite sees them: it asks for rows, and none is ever copied into it.
//! See <https://sqlite.org/vtab.html>.
#![expect(
    unsafe_code,
    reason = "rusqlite's traits of virtual tables are unsafe, for SQLite casts them from and to its own structs; so are its set-up and the reading of cells without a copy"
)]

use std::borrow::Cow;
use std::ffi::{CStr, CString, c_int};
use std::sync::{Arc, Once};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::vtab::{
    Context, DistinctMode, Filters, IndexConstraintOp, IndexFlags, IndexInfo, Module, VTab, VTabConfig, VTabConnection,
    VTabCursor, sqlite3_vtab, sqlite3_vtab_cursor,
};
use rusqlite::{Connection, Error, Result, ffi};

use super::matching::{List, Operator};
use super::schema;
use super::store::{Key, Mixed, Rows, Store};

/// What the way to the rows is called when SQLite goes over all of them. Else it is the number of the column from 1 that
/// has one value, or that number below 0 where the column lies between two; [`PATTERN`] is added where it matches one.
const ALL: c_int = 0;
/// Added to the number of a column where NULL equals NULL.
const IS: c_int = 1 << 16;
/// Added to the number of a column, times 1 and the number of the operator in [`OPERATORS`], where it matches a pattern.
const PATTERN: c_int = 1 << 17;
/// Added to the number of a column of which each value is wanted once.
const EACH: c_int = 1 << 20;
const OPERATORS: [(IndexConstraintOp, Operator); 3] = [
    (IndexConstraintOp::SQLITE_INDEX_CONSTRAINT_LIKE, Operator::Like),
    (IndexConstraintOp::SQLITE_INDEX_CONSTRAINT_GLOB, Operator::Glob),
    (IndexConstraintOp::SQLITE_INDEX_CONSTRAINT_REGEXP, Operator::Regexp),
];
/// An equality that leaves no more rows than these needs no pattern to narrow them down.
const FEW: f64 = 32.0;
/// Part of the rows that is expected between two texts, as SQLite does.
const BETWEEN: f64 = 64.0;

/// Bytes of a large piece of the memory that a connection keeps for its statements, SQLite's own default.
const PIECE: c_int = 1200;
/// Such pieces a connection; SQLite cuts most of them into small ones. Its default serves short statements.
const PIECES: c_int = 1000;

/// Tells SQLite, before its first use in the process, to count no memory, for it takes a lock for that at every
/// allocation, and to keep enough of it for long statements.
pub(super) fn set_up() {
    static DONE: Once = Once::new();
    // SAFETY: the first option takes one integer, the second two; no other call of SQLite's runs before the first
    // connection is open, and where another user of the library has begun, SQLite refuses the calls and goes on as it was.
    DONE.call_once(|| unsafe {
        ffi::sqlite3_config(ffi::SQLITE_CONFIG_MEMSTATUS, 0);
        ffi::sqlite3_config(ffi::SQLITE_CONFIG_LOOKASIDE, PIECE, PIECES);
    });
}

/// Makes every table of the store known to `connection`.
pub(super) fn register(connection: &Connection, store: &Arc<Store>) -> Result<()> {
    let names = schema::tables().map(|table| table.name).chain(schema::derived_tables().map(|(name, _)| name));
    for name in names {
        connection.create_module(name, &MODULE.0, Some((Arc::clone(store), name)))?;
    }
    Ok(())
}

static MODULE: Shared = Shared(module());

/// A module that all threads use.
struct Shared(Module<'static, FactTable>);

// SAFETY: a module is a table of functions, and none of them keeps a state of its own.
unsafe impl Sync for Shared {}

/// rusqlite's module, but for the reading of cells: rusqlite hands a copy of every text over.
const fn module() -> Module<'static, FactTable> {
    // SAFETY: `Module` is documented to be `repr(transparent)` over SQLite's struct.
    let mut module: ffi::sqlite3_module = unsafe { std::mem::transmute(Module::<FactTable>::eponymous_only_module()) };
    module.xColumn = Some(column);
    // SAFETY: as above; what is put in reads the cursor that rusqlite's other functions make.
    unsafe { std::mem::transmute(module) }
}

/// Gives SQLite the cell of `column` in the row where a cursor stands.
///
/// # Safety
/// `cursor` must point to a [`FactCursor`], and `context` to SQLite's place for the cell.
unsafe extern "C" fn column(
    cursor: *mut sqlite3_vtab_cursor,
    context: *mut ffi::sqlite3_context,
    column: c_int,
) -> c_int {
    // SAFETY: SQLite hands back the cursor that it got from `open`, whose struct begins with SQLite's own. Texts are never
    // changed, and live as long as the rows, which the connection's table holds when all its statements have ended:
    // `SQLITE_STATIC` promises no more.
    unsafe {
        match (*cursor.cast::<FactCursor>()).value(column) {
            ValueRef::Null => ffi::sqlite3_result_null(context),
            ValueRef::Integer(value) => ffi::sqlite3_result_int64(context, value),
            ValueRef::Real(value) => ffi::sqlite3_result_double(context, value),
            ValueRef::Text(text) | ValueRef::Blob(text) => ffi::sqlite3_result_text64(
                context,
                text.as_ptr().cast(),
                text.len() as u64,
                ffi::SQLITE_STATIC(),
                ffi::SQLITE_UTF8 as _,
            ),
        }
    }
    ffi::SQLITE_OK
}

/// One table.
#[repr(C)]
struct FactTable {
    /// Must come first: SQLite knows the struct by it.
    base: sqlite3_vtab,
    store: Arc<Store>,
    rows: Arc<Rows>,
}

// SAFETY: the struct is `repr(C)` and begins with `sqlite3_vtab`.
unsafe impl<'vtab> VTab<'vtab> for FactTable {
    type Aux = (Arc<Store>, &'static str);
    type Cursor = FactCursor;

    fn connect(
        db: &mut VTabConnection,
        aux: Option<&Self::Aux>,
        _module: &[u8],
        _database: &[u8],
        _table: &[u8],
        _arguments: &[&[u8]],
    ) -> Result<(Cow<'static, CStr>, Self)> {
        let rows = aux.and_then(|(store, name)| store.rows(name).map(|rows| (store, rows)));
        let Some((store, rows)) = rows else {
            return Err(Error::ModuleError("the table is not derived yet".to_owned()));
        };
        db.config(VTabConfig::Innocuous)?;
        let columns = rows.columns().iter().map(|column| format!("\"{}\" {}", column.name, column.sql));
        let declaration = format!("CREATE TABLE x({})", columns.collect::<Vec<_>>().join(", "));
        let table = Self { base: sqlite3_vtab::default(), store: Arc::clone(store), rows: Arc::clone(rows) };
        Ok((Cow::Owned(CString::new(declaration)?), table))
    }

    fn best_index(&self, info: &mut IndexInfo) -> Result<bool> {
        let expected = self.store.expected(&self.rows);
        let mut way = Way { path: ALL, arguments: [None, None], expected, is_one: false, is_exact: false };
        if let Some(best) = self.best_column(info)? {
            let null = if best.is_null_equal { IS } else { 0 };
            way = Way {
                path: best.column as c_int + 1 + null,
                arguments: [Some(best.constraint), None],
                expected: best.expected,
                is_one: self.rows.is_unique(best.column) && !best.is_null_equal,
                is_exact: self.rows.is_integer(best.column) && !best.is_null_equal,
            };
        }
        if way.expected > FEW
            && let Some(better) = self.pattern(info)?.filter(|pattern| pattern.expected < way.expected)
        {
            way = better;
        }
        // Where a pattern begins with plain text, SQLite offers a range, too; how many rows it leaves is a guess.
        if way.path == ALL
            && let Some(range) = self.range(info)?
        {
            way.path = -(range.column as c_int) - 1;
            way.arguments = [Some(range.low), Some(range.high)];
            way.expected /= BETWEEN;
        }
        if way.path == ALL
            && let Some(column) = self.distinct(info)
        {
            way.path = EACH + column as c_int + 1;
            way.expected = self.store.expected_distinct(&self.rows, column);
            info.set_order_by_consumed(true);
        }
        info.set_idx_num(way.path);
        for (at, constraint) in way.arguments.into_iter().flatten().enumerate() {
            let mut usage = info.constraint_usage(constraint);
            usage.set_argv_index(at as c_int + 1);
            usage.set_omit(way.is_exact);
        }
        if way.is_one {
            info.set_idx_flags(IndexFlags::SQLITE_INDEX_SCAN_UNIQUE);
        }
        // As SQLite reckons: a row of a walk over everything costs three times one that is looked up.
        let each = if way.path == ALL { 3.0 } else { 1.0 };
        info.set_estimated_cost(way.expected * each + 2.0);
        info.set_estimated_rows(way.expected as i64);
        Ok(true)
    }

    fn open(&'vtab mut self) -> Result<FactCursor> {
        let rows = Arc::clone(&self.rows);
        let count = rows.count();
        Ok(FactCursor { base: sqlite3_vtab_cursor::default(), rows, walk: Walk::All, row: None, count })
    }
}

/// A way to the rows.
struct Way {
    /// What it is called.
    path: c_int,
    /// The places among SQLite's constraints of the values that it needs.
    arguments: [Option<usize>; 2],
    /// How many rows it leaves.
    expected: f64,
    /// Whether it leaves one at most, whatever the rows.
    is_one: bool,
    /// Whether it leaves exactly the rows that SQLite asks for, so that it need not look again.
    is_exact: bool,
}

/// An equality that an index can answer.
#[derive(Clone, Copy)]
struct Lookup {
    /// How many rows it leaves.
    expected: f64,
    column: usize,
    /// Its place among SQLite's constraints.
    constraint: usize,
    /// Whether it is `IS`.
    is_null_equal: bool,
}

/// A column between two values, by their places among SQLite's constraints.
struct Range {
    column: usize,
    low: usize,
    high: usize,
}

impl FactTable {
    /// A column of texts that must lie between two values. SQLite itself drops those that equal an open end.
    fn range(&self, info: &IndexInfo) -> Result<Option<Range>> {
        for (low, constraint) in info.constraints().enumerate() {
            let Ok(column) = usize::try_from(constraint.column()) else { continue };
            if !constraint.is_usable() || !is_low_end(&constraint.operator()) || !self.rows.is_text(column) {
                continue;
            }
            let high = info.constraints().position(|other| {
                other.is_usable() && other.column() == constraint.column() && is_high_end(&other.operator())
            });
            let Some(high) = high else { continue };
            if info.collation(low)? == "BINARY" && info.collation(high)? == "BINARY" {
                return Ok(Some(Range { column, low, high }));
            }
        }
        Ok(None)
    }

    /// The only column that a query for distinct values reads: rows that equal one before add nothing.
    fn distinct(&self, info: &IndexInfo) -> Option<usize> {
        let mut wanted = info.order_bys().map(|term| term.column());
        let (column, None) = (usize::try_from(wanted.next()?).ok()?, wanted.next()) else { return None };
        let is_only = 1_u64.checked_shl(column as u32) == Some(info.col_used()) && column < 63;
        (info.distinct() == DistinctMode::Distinct && is_only).then_some(column)
    }

    /// The constant pattern that the fewest rows match.
    fn pattern(&self, info: &IndexInfo) -> Result<Option<Way>> {
        if self.store.is_pretended() {
            return Ok(None);
        }
        let mut best: Option<Way> = None;
        for (at, constraint) in info.constraints().enumerate() {
            let Some(number) = OPERATORS.iter().position(|(operator, _)| *operator == constraint.operator()) else {
                continue;
            };
            let Ok(column) = usize::try_from(constraint.column()) else { continue };
            if !constraint.is_usable() || !self.rows.is_text(column) {
                continue;
            }
            let Some(ValueRef::Text(pattern)) = info.rhs_value(at)? else { continue };
            let Some(rows) = matching(&self.rows, column, number, pattern) else { continue };
            let expected = rows.len() as f64;
            if best.as_ref().is_none_or(|best| expected < best.expected) {
                let path = column as c_int + 1 + PATTERN * (number as c_int + 1);
                best = Some(Way { path, arguments: [Some(at), None], expected, is_one: false, is_exact: false });
            }
        }
        Ok(best)
    }

    /// The equality that leaves the fewest rows.
    fn best_column(&self, info: &IndexInfo) -> Result<Option<Lookup>> {
        let mut best: Option<Lookup> = None;
        for (at, constraint) in info.constraints().enumerate() {
            let is_null_equal = constraint.operator() == IndexConstraintOp::SQLITE_INDEX_CONSTRAINT_IS;
            let is_equal = is_null_equal || constraint.operator() == IndexConstraintOp::SQLITE_INDEX_CONSTRAINT_EQ;
            let Ok(column) = usize::try_from(constraint.column()) else { continue };
            if !constraint.is_usable() || !is_equal {
                continue;
            }
            let key = match info.rhs_value(at)? {
                _ if info.is_in_constraint(at)? => Key::List,
                Some(key) => Key::Is(key),
                None => Key::Unknown,
            };
            let expected = self.store.expected_same(&self.rows, column, key);
            let is_better = match best {
                Some(best) => expected < best.expected,
                None => expected <= (self.store.expected(&self.rows) / 2.0).max(1.0),
            };
            if is_better && info.collation(at)? == "BINARY" {
                best = Some(Lookup { expected, column, constraint: at, is_null_equal });
            }
        }
        Ok(best)
    }
}

/// The rows that match a pattern by the operator of this number.
fn matching(rows: &Rows, column: usize, number: usize, pattern: &[u8]) -> Option<List> {
    rows.matching(column, OPERATORS.get(number)?.1, std::str::from_utf8(pattern).ok()?)
}

fn is_low_end(operator: &IndexConstraintOp) -> bool {
    matches!(operator, IndexConstraintOp::SQLITE_INDEX_CONSTRAINT_GE | IndexConstraintOp::SQLITE_INDEX_CONSTRAINT_GT)
}

fn is_high_end(operator: &IndexConstraintOp) -> bool {
    matches!(operator, IndexConstraintOp::SQLITE_INDEX_CONSTRAINT_LE | IndexConstraintOp::SQLITE_INDEX_CONSTRAINT_LT)
}

/// A walk over rows of one table.
#[repr(C)]
struct FactCursor {
    /// Must come first: SQLite knows the struct by it.
    base: sqlite3_vtab_cursor,
    rows: Arc<Rows>,
    walk: Walk,
    /// Where it stands; `None` behind the last row.
    row: Option<usize>,
    /// How many rows there are.
    count: usize,
}

enum Walk {
    /// Over all rows.
    All,
    /// Over those with one value in this column.
    Same(usize),
    /// Over those from one place to another in the order of this column.
    Between { column: usize, at: usize, end: usize },
    /// Over those of a list, from a place in it.
    Listed(List, usize),
}

impl FactCursor {
    /// The cell of a column in the present row.
    fn value(&self, column: c_int) -> ValueRef<'_> {
        match (self.row, usize::try_from(column)) {
            (Some(row), Ok(column)) => self.rows.value(row, column),
            _ => ValueRef::Null,
        }
    }

    fn all(&self) -> (Walk, Option<usize>) {
        (Walk::All, (self.count > 0).then_some(0))
    }

    fn same(&self, column: usize, key: ValueRef<'_>) -> (Walk, Option<usize>) {
        match self.rows.index(column).first(&self.rows, column, key) {
            Ok(first) => (Walk::Same(column), first),
            Err(Mixed) if self.rows.is_integer(column) && key != ValueRef::Null => {
                Self::over(self.rows.same_number(column, key))
            }
            // SQLite compares every row itself.
            Err(Mixed) => self.all(),
        }
    }

    fn listed(&self, path: c_int, pattern: ValueRef<'_>) -> (Walk, Option<usize>) {
        let (number, column) = ((path / PATTERN) as usize - 1, (path % PATTERN) as usize - 1);
        let ValueRef::Text(pattern) = pattern else { return self.all() };
        let Some(rows) = matching(&self.rows, column, number, pattern) else { return self.all() };
        Self::over(rows)
    }

    fn over(rows: List) -> (Walk, Option<usize>) {
        let first = rows.first().map(|row| *row as usize);
        (Walk::Listed(rows, 0), first)
    }

    fn between(&self, column: usize, low: ValueRef<'_>, high: ValueRef<'_>) -> (Walk, Option<usize>) {
        let (Some(order), ValueRef::Text(low), ValueRef::Text(high)) = (self.rows.order(column), low, high) else {
            return self.all();
        };
        let places = self.rows.between(order, column, low, high);
        let first = order.get(places.clone()).and_then(|rows| rows.first()).map(|row| *row as usize);
        (Walk::Between { column, at: places.start, end: places.end }, first)
    }
}

// SAFETY: the struct is `repr(C)` and begins with `sqlite3_vtab_cursor`.
unsafe impl VTabCursor for FactCursor {
    fn filter(&mut self, path: c_int, _name: Option<&str>, arguments: &Filters<'_>) -> Result<()> {
        let mut arguments = arguments.iter();
        let (first, second) = (arguments.next(), arguments.next());
        let column = path.unsigned_abs() as usize;
        (self.walk, self.row) = match (first, second) {
            (Some(low), Some(high)) if path < 0 => self.between(column - 1, low, high),
            (Some(pattern), None) if path >= PATTERN => self.listed(path, pattern),
            (Some(ValueRef::Null), None) if path > IS => self.all(),
            (Some(key), None) if path > 0 => self.same(column % IS as usize - 1, key),
            (None, None) if path > EACH => Self::over(self.rows.firsts((path - EACH) as usize - 1)),
            _ => self.all(),
        };
        Ok(())
    }

    fn next(&mut self) -> Result<()> {
        self.row = self.row.and_then(|row| match &mut self.walk {
            Walk::All => Some(row + 1).filter(|next| *next < self.count),
            Walk::Same(column) => self.rows.index(*column).after(row),
            Walk::Between { column, at, end } => {
                *at += 1;
                let order = self.rows.order(*column)?;
                order.get(..*end)?.get(*at).map(|row| *row as usize)
            }
            Walk::Listed(rows, at) => {
                *at += 1;
                rows.get(*at).map(|row| *row as usize)
            }
        });
        Ok(())
    }

    fn eof(&self) -> bool {
        self.row.is_none()
    }

    fn column(&self, context: &mut Context, column: c_int) -> Result<()> {
        context.set_result(ToSqlOutput::Borrowed(self.value(column)))
    }

    fn rowid(&self) -> Result<i64> {
        Ok(self.row.map_or(0, |row| row as i64))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::facts::schema::tree::File;
    use crate::facts::{Certainty, Database, FactSet, Store, Value, Wanted};
    use crate::source::{FileId, Span};

    /// Files of these sizes and modes, named by their numbers backwards.
    fn answer(files: &[(i64, Option<i64>)], sql: &str) -> Vec<Option<i64>> {
        let set = |(number, (size, mode)): (usize, &(i64, Option<i64>))| {
            let mut facts = FactSet::for_file(FileId(number as u32), Wanted::all(), Arc::default());
            let name = format!("{}", files.len() - number);
            facts.push(File {
                span: Span::file_start(FileId(number as u32)),
                certainty: Certainty::Certain,
                path: name.clone(),
                folder: String::new(),
                name,
                artifact: "python",
                size: *size,
                lines: 1,
                parsed: true,
                is_test: false,
                mode: *mode,
                is_ignored: false,
            });
            facts
        };
        let store = Store::new(files.iter().enumerate().map(set).collect(), vec![None; files.len()]);
        let database = Database::open(&Arc::new(store), &Arc::default(), &Wanted::all()).unwrap();
        database.query(sql).unwrap().rows.iter().map(|row| row.first().and_then(Value::as_int)).collect()
    }

    const FILES: [(i64, Option<i64>); 5] = [(3, None), (1, Some(8)), (3, Some(8)), (2, None), (1, Some(7))];

    #[test]
    fn distinct_values_come_once_in_the_order_of_the_rows() {
        assert_eq!(answer(&FILES, "SELECT DISTINCT size FROM file"), [Some(3), Some(1), Some(2)]);
        assert_eq!(answer(&FILES, "SELECT DISTINCT mode FROM file"), [None, Some(8), Some(7)]);
        assert_eq!(answer(&FILES, "SELECT DISTINCT mode FROM file WHERE mode > 7"), [Some(8)]);
        assert_eq!(answer(&[], "SELECT DISTINCT mode FROM file"), []);
    }

    #[test]
    fn distinct_values_of_rows_that_other_columns_choose_are_all_there() {
        assert_eq!(answer(&FILES, "SELECT DISTINCT size FROM file WHERE name = '1'"), [Some(1)]);
        assert_eq!(answer(&FILES, "SELECT DISTINCT size FROM file WHERE mode IS NULL"), [Some(3), Some(2)]);
        let sql = "SELECT DISTINCT a.size FROM file a JOIN file b ON b.mode = a.size + 5 ORDER BY a.size";
        assert_eq!(answer(&FILES, sql), [Some(2), Some(3)]);
    }

    #[test]
    fn a_number_is_looked_up_by_a_text_as_sqlite_does() {
        let sql = |key: &str| format!("SELECT a.size FROM file a WHERE a.size = (SELECT {key}) ORDER BY a.id");
        for (key, expected) in [("'3'", 2), ("' 3'", 2), ("'3.0'", 2), ("3.5", 0), ("'x'", 0), ("NULL", 0), ("1e0", 2)]
        {
            assert_eq!(answer(&FILES, &sql(key)).len(), expected, "{key}");
        }
    }
}
