//! The facts of a tree in memory: filled once, then read by any number of connections at once.
//!
//! A table is one vector of cells. What its rows are looked up by gets an index when somebody first asks for it.

use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};
use rayon::prelude::*;
use rusqlite::types::ValueRef;

use super::difference::{Difference, Moves, Shift, compare};
use super::haystack::Haystack;
use super::live::Knows;
use super::matching::{List, Matching, Operator};
use super::row::{Cell, Table};
use super::schema;
use super::set::FactSet;
use crate::Error;
use crate::source::Span;

/// Columns that every table has before its own, as SQL.
pub(super) const COMMON: [(&str, &str); 5] = [
    ("id", "INTEGER NOT NULL"),
    ("span", "INTEGER NOT NULL"),
    ("file", "INTEGER NOT NULL"),
    ("component", "INTEGER"),
    ("certainty", "TEXT NOT NULL"),
];

/// All facts of one tree, and the tables that are derived from them.
pub struct Store {
    stated: HashMap<&'static str, Arc<Rows>>,
    derived: HashMap<&'static str, OnceLock<Arc<Rows>>>,
    /// Rows of every table as the planner of a check shall see them; `None` for as many as there are.
    assumed: Option<usize>,
}

impl Store {
    /// The facts of `sets`; `components` has the component of each file.
    pub fn new(mut sets: Vec<FactSet>, components: Vec<Option<i64>>) -> Self {
        // Ids grow from set to set, so that the rows of a table stand in the order of their ids.
        sets.sort_by_key(FactSet::first_id);
        let mut chunks: HashMap<&'static str, Vec<Vec<Cell>>> = HashMap::new();
        for (table, cells) in sets.into_iter().flat_map(FactSet::into_rows) {
            chunks.entry(table).or_default().push(cells);
        }
        let components: Arc<[Option<i64>]> = components.into();
        let tables: Vec<_> = schema::tables().map(|table| (table, chunks.remove(table.name))).collect();
        let rows = |(table, chunks): (&'static Table, Option<Vec<Vec<Cell>>>)| {
            let cells = joined(chunks.unwrap_or_default());
            (table.name, Arc::new(Rows::stated(table, cells, Arc::clone(&components))))
        };
        let stated = tables.into_par_iter().map(rows).collect::<Vec<_>>().into_iter().collect();
        let derived = schema::derived_tables().map(|(name, _)| (name, OnceLock::new())).collect();
        Self { stated, derived, assumed: None }
    }

    /// No facts at all.
    pub fn empty() -> Self {
        Self::new(Vec::new(), Vec::new())
    }

    /// No facts, and a planner that is to expect many: for checks of plans.
    pub(crate) fn pretended() -> Self {
        Self { assumed: Some(1 << 20), ..Self::empty() }
    }

    /// The rows of a table; `None` for a derived one that is not there yet, and for no table.
    pub(super) fn rows(&self, table: &str) -> Option<&Arc<Rows>> {
        self.stated.get(table).or_else(|| self.derived.get(table)?.get())
    }

    /// How many rows the planner shall expect of a table.
    pub(super) fn expected(&self, rows: &Rows) -> f64 {
        self.assumed.unwrap_or_else(|| rows.count()) as f64
    }

    /// Whether the planner is shown more rows than there are.
    pub(super) fn is_pretended(&self) -> bool {
        self.assumed.is_some()
    }

    /// How many of them it shall expect where a column equals `key`.
    pub(super) fn expected_same(&self, rows: &Rows, column: usize, key: Key<'_>) -> f64 {
        let narrows = rows.columns[column].narrows;
        match (self.assumed, key) {
            (Some(count), _) => narrows.share(count as f64),
            (None, _) if narrows == Narrows::ToOne => 1.0,
            (None, Key::Is(key)) => rows.having(column, key),
            // Rules list names that they look for: of a column that is made for it, they are rarely the common ones.
            (None, Key::List) if narrows == Narrows::Well && rows.is_text(column) => rows.sharing(column).min(LISTED),
            // Lists of rows come from subqueries, as long as they may be.
            (None, Key::List) => (rows.sharing(column) * LISTED).min(rows.count() as f64 / 2.0),
            (None, Key::Unknown) => rows.sharing(column),
        }
    }

    /// How many of them have a value of a column that no other row before has.
    pub(super) fn expected_distinct(&self, rows: &Rows, column: usize) -> f64 {
        self.expected(rows) / self.expected_same(rows, column, Key::Unknown).max(1.0)
    }

    /// Puts the rows of `set` in the place of those that the same file or link step stated before; tells how the tables
    /// differ then, where `shift` moved places. Derived tables stay as they are.
    pub(crate) fn replace(
        &mut self,
        mut set: FactSet,
        shift: Shift,
        moves: &mut Moves,
    ) -> Result<Vec<(&'static str, Difference)>, Error> {
        let ids = set.ids();
        let mut differences = Vec::new();
        for table in schema::tables() {
            let Some(rows) = self.stated.get_mut(table.name) else { continue };
            let new = set.take(table.name);
            let old = rows.stated_with(&ids);
            let difference = compare(table, (&rows.cells[old.clone()], &new), shift, moves);
            if rows.cells[old.clone()] != new {
                let rows = Arc::get_mut(rows);
                rows.ok_or_else(|| Error::Internal(format!("table {} is being read", table.name)))?.splice(old, new);
            }
            if difference.is_any() {
                differences.push((table.name, difference));
            }
        }
        Ok(differences)
    }

    /// Takes a derived table away, so that it is derived again.
    pub(crate) fn forget(&mut self, table: &str) -> Option<Arc<Rows>> {
        self.derived.get_mut(table)?.take()
    }

    /// Whether a derived table is there with these rows.
    pub(crate) fn has_same(&self, table: &str, rows: &Rows) -> bool {
        let names = |rows: &Rows| rows.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
        self.rows(table).is_some_and(|own| own.cells == rows.cells && names(own) == names(rows))
    }

    /// Keeps the rows of a derived table, once.
    pub(super) fn keep(&self, table: &str, rows: Rows) {
        if let Some(slot) = self.derived.get(table) {
            // Whoever comes second brings the same rows.
            let _ = slot.set(Arc::new(rows));
        }
    }
}

impl Knows for Store {
    fn has_rows(&self, table: &str) -> Option<bool> {
        self.rows(table).map(|rows| rows.count() > 0)
    }

    fn has_text(&self, table: &str, column: &str, text: &str) -> Option<bool> {
        let rows = self.rows(table)?;
        let column = rows.columns.iter().position(|own| own.name.eq_ignore_ascii_case(column))?;
        let key = ValueRef::Text(text.as_bytes());
        let first = rows.is_text(column).then(|| rows.index(column).first(rows, column, key).ok())??;
        Some(first.is_some())
    }

    fn has_match(&self, table: &str, column: &str, operator: Operator, pattern: &str) -> Option<bool> {
        let rows = self.rows(table)?;
        let column = rows.columns.iter().position(|own| own.name.eq_ignore_ascii_case(column))?;
        Some(!rows.matching(column, operator, pattern)?.is_empty())
    }
}

fn joined(chunks: Vec<Vec<Cell>>) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(chunks.iter().map(Vec::len).sum());
    for chunk in chunks {
        cells.extend(chunk);
    }
    cells
}

/// A column as SQLite is told of it.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) name: String,
    /// Type and constraint in SQL; empty where any value may stand there.
    pub(super) sql: String,
    /// How well an equal value narrows the rows down.
    pub(super) narrows: Narrows,
}

/// How many rows of a table share one value of a column, by what the column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Narrows {
    /// One.
    ToOne,
    /// A few.
    Well,
    /// Some part of them.
    Somewhat,
    /// Too many for an index.
    Hardly,
}

impl Narrows {
    fn share(self, count: f64) -> f64 {
        match self {
            Self::ToOne => 1.0,
            Self::Well => count.min(FEW),
            Self::Somewhat => (count / 8.0).max(count.min(FEW)),
            Self::Hardly => count,
        }
    }
}

/// What is known of a value when a query is planned.
#[derive(Clone, Copy)]
pub(super) enum Key<'k> {
    /// It is a constant.
    Is(ValueRef<'k>),
    /// It is one of several.
    List,
    /// It comes from another table.
    Unknown,
}

/// Rows that are expected of a list of names.
const LISTED: f64 = 50.0;
/// Rows that are expected of a value where nothing else is known, as SQLite does.
const FEW: f64 = 10.0;
/// Rows that are looked at to learn how many share a value.
const SAMPLE: usize = 512;

/// The rows of one table.
pub(crate) struct Rows {
    columns: Vec<Shape>,
    /// Cells of a row.
    width: usize,
    cells: Vec<Cell>,
    /// The component of each file, for a stated table: its columns `file` and `component` follow from the span.
    components: Option<Arc<[Option<i64>]>>,
    indexes: Vec<OnceLock<Index>>,
    /// By column, the first row of each value, NULL too, in their order.
    firsts: Vec<OnceLock<List>>,
    /// By column, the rows in the order of its texts; `None` where it has other values.
    orders: Vec<OnceLock<Option<Vec<u32>>>>,
    /// By column, how many rows share a value.
    sharing: Vec<OnceLock<f64>>,
    /// By column, its texts; `None` where it has other values.
    haystacks: Vec<OnceLock<Option<Haystack>>>,
    matching: Matching,
}

impl Rows {
    fn stated(table: &Table, cells: Vec<Cell>, components: Arc<[Option<i64>]>) -> Self {
        let common = COMMON.iter().map(|(name, sql)| {
            let narrows = match *name {
                "id" => Narrows::ToOne,
                "file" => Narrows::Well,
                "certainty" => Narrows::Hardly,
                _ => Narrows::Somewhat,
            };
            Shape { name: (*name).to_owned(), sql: (*sql).to_owned(), narrows }
        });
        let own = table.columns.iter().map(|column| {
            let narrows = match column.role {
                _ if column.indexed => Narrows::Well,
                "flag" => Narrows::Hardly,
                _ => Narrows::Somewhat,
            };
            let null = if column.optional { "" } else { " NOT NULL" };
            Shape { name: column.name.to_owned(), sql: format!("{}{null}", column.sql), narrows }
        });
        let columns = common.chain(own).collect();
        Self::new(columns, table.columns.len() + 3, cells, Some(components))
    }

    /// The rows of a derived table, from its columns (name and type in SQL) and all cells.
    pub(super) fn derived(columns: Vec<(String, String)>, cells: Vec<Cell>) -> Self {
        let shape = |(name, sql)| Shape { name, sql, narrows: Narrows::Well };
        let columns: Vec<Shape> = columns.into_iter().map(shape).collect();
        let width = columns.len().max(1);
        Self::new(columns, width, cells, None)
    }

    fn new(columns: Vec<Shape>, width: usize, cells: Vec<Cell>, components: Option<Arc<[Option<i64>]>>) -> Self {
        let indexes = columns.iter().map(|_| OnceLock::new()).collect();
        let firsts = columns.iter().map(|_| OnceLock::new()).collect();
        let sharing = columns.iter().map(|_| OnceLock::new()).collect();
        let orders = columns.iter().map(|_| OnceLock::new()).collect();
        let haystacks = columns.iter().map(|_| OnceLock::new()).collect();
        let matching = Matching::default();
        Self { columns, width, cells, components, indexes, firsts, orders, sharing, haystacks, matching }
    }

    /// The cells of the rows of a stated table whose ids lie in a range.
    fn stated_with(&self, ids: &Range<i64>) -> Range<usize> {
        let before = |bound: i64| {
            let (mut low, mut high) = (0, self.count());
            while low < high {
                let middle = usize::midpoint(low, high);
                let is_before = matches!(self.cells[middle * self.width], Cell::Int(id) if id < bound);
                (low, high) = if is_before { (middle + 1, high) } else { (low, middle) };
            }
            low * self.width
        };
        before(ids.start)..before(ids.end)
    }

    fn splice(&mut self, old: Range<usize>, new: Vec<Cell>) {
        self.cells.splice(old, new);
        self.indexes.fill_with(OnceLock::new);
        self.firsts.fill_with(OnceLock::new);
        self.orders.fill_with(OnceLock::new);
        self.sharing.fill_with(OnceLock::new);
        self.haystacks.fill_with(OnceLock::new);
        self.matching.clear();
    }

    pub(super) fn columns(&self) -> &[Shape] {
        &self.columns
    }

    /// Whether no two rows share a value of the column, whatever the rows.
    pub(super) fn is_unique(&self, column: usize) -> bool {
        self.columns[column].narrows == Narrows::ToOne
    }

    /// Whether the column holds texts.
    pub(super) fn is_text(&self, column: usize) -> bool {
        self.columns[column].sql.starts_with("TEXT")
    }

    /// Whether SQLite compares the column as numbers, whatever it is compared with.
    pub(super) fn is_integer(&self, column: usize) -> bool {
        self.columns[column].sql.starts_with("INTEGER")
    }

    /// The rows where a column of numbers equals a key of another type, as SQLite compares: a text that reads as a number is one.
    pub(super) fn same_number(&self, column: usize, key: ValueRef<'_>) -> List {
        let is_same = |row: &u32| match (self.value(*row as usize, column), key) {
            (ValueRef::Integer(value), ValueRef::Integer(key)) => value == key,
            (value, key) => value == key || number(value).is_some_and(|value| number(key) == Some(value)),
        };
        (0..self.count() as u32).filter(is_same).collect()
    }

    pub(super) fn count(&self) -> usize {
        self.cells.len() / self.width
    }

    pub(super) fn value(&self, row: usize, column: usize) -> ValueRef<'_> {
        let cells = &self.cells[row * self.width..];
        let Some(components) = &self.components else { return value(&cells[column]) };
        match column {
            0 | 1 => value(&cells[column]),
            2 => ValueRef::Integer(i64::from(file(&cells[1]))),
            3 => components.get(file(&cells[1]) as usize).copied().flatten().map_or(ValueRef::Null, ValueRef::Integer),
            own => value(&cells[own - 2]),
        }
    }

    /// How many rows share a value of a column that is not NULL, on average, judged by a sample: the estimator GEE of
    /// Charikar, Chaudhuri, Motwani and Narasayya, "Towards estimation error guarantees for distinct values" (2000).
    fn sharing(&self, column: usize) -> f64 {
        *self.sharing[column].get_or_init(|| {
            let mut values: Vec<_> =
                self.sample(column).filter(|value| *value != ValueRef::Null).map(order_key).collect();
            values.sort_unstable();
            let runs = values.chunk_by(|a, b| a == b);
            let (once, often): (Vec<_>, Vec<_>) = runs.map(<[_]>::len).partition(|length| *length == 1);
            let share = self.sample_share();
            let distinct = share.sqrt() * once.len() as f64 + often.len() as f64;
            (values.len() as f64 * share / distinct.max(1.0)).max(1.0)
        })
    }

    /// The rows whose text in a column may match a pattern.
    pub(super) fn matching(&self, column: usize, operator: Operator, pattern: &str) -> Option<List> {
        self.matching.rows(self, column, operator, pattern)
    }

    /// The texts of a column, each once; `None` where it has other values, or too many.
    pub(super) fn haystack(&self, column: usize) -> Option<&Haystack> {
        let made = || {
            let firsts = || self.index(column).firsts();
            let is_text = |row: u32| matches!(self.value(row as usize, column), ValueRef::Text(_));
            let texts = firsts().map(|row| (row, self.text(row, column)));
            firsts().all(is_text).then(|| Haystack::new(texts)).flatten()
        };
        self.haystacks[column].get_or_init(made).as_ref()
    }

    /// How many rows have `key` in a column, judged by a sample.
    fn having(&self, column: usize, key: ValueRef<'_>) -> f64 {
        let found = self.sample(column).filter(|value| *value == key).count() as f64;
        (found * self.sample_share()).max(FEW.min(self.count() as f64))
    }

    fn sample(&self, column: usize) -> impl Iterator<Item = ValueRef<'_>> {
        let (count, taken) = (self.count(), self.count().min(SAMPLE));
        (0..taken).map(move |at| self.value(at * count / taken, column))
    }

    /// How many rows one of the sample stands for.
    fn sample_share(&self) -> f64 {
        self.count() as f64 / self.count().clamp(1, SAMPLE) as f64
    }

    /// The rows in the order of the texts of a column, made when first asked for; `None` where it has other values.
    pub(super) fn order(&self, column: usize) -> Option<&[u32]> {
        let sorted = || {
            let mut rows: Vec<u32> = (0..self.count() as u32).collect();
            let is_text = |row: &u32| matches!(self.value(*row as usize, column), ValueRef::Text(_));
            rows.iter().all(is_text).then(|| {
                rows.sort_by_key(|row| self.text(*row, column));
                rows
            })
        };
        self.orders[column].get_or_init(sorted).as_deref()
    }

    /// The places in an order whose texts stand between two, both included.
    pub(super) fn between(&self, order: &[u32], column: usize, low: &[u8], high: &[u8]) -> Range<usize> {
        let start = order.partition_point(|row| self.text(*row, column) < low);
        let end = order.partition_point(|row| self.text(*row, column) <= high);
        start..end.max(start)
    }

    fn text(&self, row: u32, column: usize) -> &[u8] {
        match self.value(row as usize, column) {
            ValueRef::Text(text) => text,
            _ => &[],
        }
    }

    /// The first row of each value of a column, NULL too, in their order.
    pub(super) fn firsts(&self, column: usize) -> List {
        let made = || {
            let null = (0..self.count()).find(|row| self.value(*row, column) == ValueRef::Null);
            let mut rows: Vec<u32> = self.index(column).firsts().chain(null.map(|row| row as u32)).collect();
            rows.sort_unstable();
            rows.into()
        };
        Arc::clone(self.firsts[column].get_or_init(made))
    }

    /// The index of a column, made when first asked for.
    pub(super) fn index(&self, column: usize) -> &Index {
        self.indexes[column].get_or_init(|| Index::new(self, column))
    }
}

fn value(cell: &Cell) -> ValueRef<'_> {
    match cell {
        Cell::Null => ValueRef::Null,
        Cell::Int(value) => ValueRef::Integer(*value),
        Cell::Real(value) => ValueRef::Real(*value),
        Cell::Text(text) => ValueRef::Text(text.as_bytes()),
        Cell::Word(word) => ValueRef::Text(word.as_bytes()),
    }
}

fn number(value: ValueRef<'_>) -> Option<f64> {
    match value {
        ValueRef::Integer(value) => Some(value as f64),
        ValueRef::Real(value) => Some(value),
        ValueRef::Text(text) => std::str::from_utf8(text).ok()?.trim().parse().ok(),
        ValueRef::Blob(_) | ValueRef::Null => None,
    }
}

/// A key by which equal values stand together.
fn order_key(value: ValueRef<'_>) -> (i64, &[u8]) {
    match value {
        ValueRef::Integer(value) => (value, b""),
        ValueRef::Text(text) | ValueRef::Blob(text) => (-1, text),
        ValueRef::Real(_) | ValueRef::Null => (-2, b""),
    }
}

fn file(span: &Cell) -> u32 {
    match span {
        Cell::Int(cell) => Span::from_cell(*cell).map_or(0, |span| span.file().0),
        _ => 0,
    }
}

/// The rows of a table by the value of one column.
pub(super) struct Index {
    hasher: DefaultHashBuilder,
    /// The first row of each value.
    heads: HashTable<u32>,
    /// By row, the next one of the same value; `END` behind the last.
    next: Vec<u32>,
    has_integers: bool,
    has_texts: bool,
}

const END: u32 = u32::MAX;

impl Index {
    fn new(rows: &Rows, column: usize) -> Self {
        let count = rows.count();
        let mut index = Self {
            hasher: DefaultHashBuilder::default(),
            heads: HashTable::new(),
            next: vec![END; count],
            has_integers: false,
            has_texts: false,
        };
        // From the last row to the first, so that the rows of a value follow one another in their order.
        for row in (0..count).rev() {
            let value = rows.value(row, column);
            match value {
                ValueRef::Null => continue,
                ValueRef::Integer(_) => index.has_integers = true,
                ValueRef::Text(_) => index.has_texts = true,
                // SQL compares them across types; the index shall not.
                ValueRef::Real(_) | ValueRef::Blob(_) => (index.has_integers, index.has_texts) = (true, true),
            }
            let Self { hasher, heads, next, .. } = &mut index;
            let is_same = |head: &u32| rows.value(*head as usize, column) == value;
            let hash = |head: &u32| hash(hasher, rows.value(*head as usize, column));
            match heads.entry(self::hash(hasher, value), is_same, hash) {
                hashbrown::hash_table::Entry::Occupied(mut head) => {
                    next[row] = std::mem::replace(head.get_mut(), row as u32);
                }
                hashbrown::hash_table::Entry::Vacant(place) => {
                    place.insert(row as u32);
                }
            }
        }
        index
    }

    /// The first row whose column may equal `key`; `Err` where SQL compares across types, so that every row must be looked at.
    pub(super) fn first(&self, rows: &Rows, column: usize, key: ValueRef<'_>) -> Result<Option<usize>, Mixed> {
        let fits = match key {
            ValueRef::Null => return Ok(None),
            ValueRef::Integer(_) => !self.has_texts,
            ValueRef::Text(_) => !self.has_integers,
            ValueRef::Real(_) | ValueRef::Blob(_) => false,
        };
        if !fits {
            return Err(Mixed);
        }
        let is_same = |head: &u32| rows.value(*head as usize, column) == key;
        Ok(self.heads.find(hash(&self.hasher, key), is_same).map(|head| *head as usize))
    }

    /// The first row of each value, in no order.
    pub(super) fn firsts(&self) -> impl Iterator<Item = u32> {
        self.heads.iter().copied()
    }

    /// The next row with the value of `row`.
    pub(super) fn after(&self, row: usize) -> Option<usize> {
        Some(self.next[row]).filter(|next| *next != END).map(|next| next as usize)
    }
}

/// A key of another type than the values of its column.
pub(super) struct Mixed;

fn hash(hasher: &DefaultHashBuilder, value: ValueRef<'_>) -> u64 {
    match value {
        ValueRef::Integer(value) => hasher.hash_one(value),
        ValueRef::Text(text) | ValueRef::Blob(text) => hasher.hash_one(text),
        ValueRef::Real(value) => hasher.hash_one(value.to_bits()),
        ValueRef::Null => 0,
    }
}
