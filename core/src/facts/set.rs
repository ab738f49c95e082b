//! The rows that extractors state, before they are in the database.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashSet;

use super::known::Known;
use super::mentions::tables_mentioned;
use super::row::{Cell, Row, RowId};
use crate::source::{FileId, Span};

/// Which tables anybody will read. Rows of the others are dropped when stated.
#[derive(Debug, Clone, Default)]
pub struct Wanted(Option<Arc<HashSet<&'static str>>>);

impl Wanted {
    /// Every table.
    pub fn all() -> Self {
        Self(None)
    }

    /// None.
    pub fn nothing() -> Self {
        Self::for_queries(&[])
    }

    /// Those that queries read.
    pub fn for_queries(queries: &[&str]) -> Self {
        Self(Some(Arc::new(tables_mentioned(queries.iter().copied()))))
    }

    /// Whether rows of `table` are kept.
    pub fn wants(&self, table: &str) -> bool {
        self.0.as_ref().is_none_or(|tables| tables.contains(table))
    }
}

/// Rows of one table, flattened: each row is `id`, `span`, `certainty` and the table's own cells.
pub(super) type Rows = Vec<Cell>;

/// Facts stated from one file, or by one link step. Ids come from the file's number, so that they are the same
/// whatever the order in which files are read.
#[derive(Debug)]
pub struct FactSet {
    wanted: Wanted,
    known: Arc<Known>,
    /// The id of its first row.
    first: i64,
    next: i64,
    pub(super) tables: BTreeMap<&'static str, Rows>,
}

/// Rows that one file can state: 2^24.
const ID_BITS: u32 = 24;
/// The number of the first link step; those of files are below.
const FIRST_LINK: i64 = Span::MAX_FILES as i64 + 2;
/// How many times as many rows a link step can state.
const LINK_WIDTH: i64 = 1024;

impl FactSet {
    /// An empty set for the facts of `file`, stated in the light of what is known.
    pub(crate) fn for_file(file: FileId, wanted: Wanted, known: Arc<Known>) -> Self {
        Self::starting(i64::from(file.0) + 1, wanted, known)
    }

    /// An empty set for the facts of link step `step` (ids above those of all files).
    pub(crate) fn for_link(step: usize, wanted: Wanted, known: Arc<Known>) -> Self {
        Self::starting(FIRST_LINK + step as i64 * LINK_WIDTH, wanted, known)
    }

    fn starting(number: i64, wanted: Wanted, known: Arc<Known>) -> Self {
        let first = number << ID_BITS;
        Self { wanted, known, first, next: first, tables: BTreeMap::new() }
    }

    /// The ids that rows of the set can have.
    pub(super) fn ids(&self) -> std::ops::Range<i64> {
        let width = if self.first >> ID_BITS < FIRST_LINK { 1 } else { LINK_WIDTH };
        self.first..self.first + (width << ID_BITS)
    }

    /// What is known of the world.
    pub(crate) fn known(&self) -> &Arc<Known> {
        &self.known
    }

    /// Whether rows of `T` are kept; an extractor may spare itself the work for those that are not.
    pub fn wants<T: Row>(&self) -> bool {
        self.wanted.wants(T::TABLE.name)
    }

    /// States a fact, and gives its id for references from other rows.
    pub fn push<T: Row>(&mut self, row: T) -> RowId {
        let id = self.next;
        self.next += 1;
        if self.wants::<T>() {
            let cells = self.tables.entry(T::TABLE.name).or_default();
            cells.push(Cell::Int(id));
            cells.push(Cell::Int(row.span().to_cell()));
            cells.push(Cell::Text(row.certainty().as_str().into()));
            cells.extend(row.cells());
        }
        RowId(id)
    }

    /// The smallest id that a row of the set can have, for order.
    pub(super) fn first_id(&self) -> i64 {
        self.first
    }

    /// Whether no row is kept.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// How many rows of `table` there are, for tests and timings.
    pub fn count<T: Row>(&self) -> usize {
        self.tables.get(T::TABLE.name).map_or(0, |cells| cells.len() / (T::TABLE.columns.len() + 3))
    }
}

impl FactSet {
    /// The rows as text, one a line with the line and text that its span covers: for snapshots.
    pub fn dump(&self, texts: &crate::source::Texts) -> String {
        let mut lines = Vec::new();
        for (name, cells) in &self.tables {
            let Some(table) = super::schema::table(name) else { continue };
            for row in cells.chunks_exact(table.columns.len() + 3) {
                lines.push(dump_row(table, row, texts));
            }
        }
        lines.join("\n")
    }
}

fn dump_row(table: &super::Table, row: &[Cell], texts: &crate::source::Texts) -> String {
    use std::fmt::Write as _;
    let place = |cell: &Cell| match cell {
        Cell::Int(value) => Span::from_cell(*value).map_or_else(String::new, |span| {
            let text: String = texts.slice(span).unwrap_or_default().chars().take(40).collect();
            let path = texts.file(span).map_or("?", |file| &file.path);
            format!("{path}:{} {text:?}", texts.line(span).unwrap_or(0))
        }),
        _ => String::new(),
    };
    let mut line = format!("{} @ {}", table.name, place(&row[1]));
    if row[2] != Cell::Text("certain".into()) {
        let _ = write!(line, " {:?}", row[2]);
    }
    for (column, cell) in table.columns.iter().zip(&row[3..]) {
        let _ = match (cell, column.role) {
            (Cell::Null, _) => Ok(()),
            (_, "span") => write!(line, " {}=[{}]", column.name, place(cell)),
            (Cell::Int(value), "row") => write!(line, " {}=#{}", column.name, value & ((1 << ID_BITS) - 1)),
            (Cell::Int(value), "flag") if *value == 0 => Ok(()),
            (Cell::Int(_), "flag") => write!(line, " {}", column.name),
            (Cell::Int(value), _) => write!(line, " {}={value}", column.name),
            (Cell::Real(value), _) => write!(line, " {}={value}", column.name),
            (Cell::Text(text), _) => write!(line, " {}={text:?}", column.name),
        };
    }
    line
}
