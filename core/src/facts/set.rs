//! The rows that extractors state, before they are in the database.

use std::sync::Arc;

use hashbrown::HashSet;

use super::known::Known;
use super::mentions::tables_mentioned;
use super::question::Question;
use super::row::{Cell, Row, RowId};
use super::schema;
use crate::source::{Artifact, FileId, Span};

/// Which tables anybody will read. Rows of the others are dropped when stated.
#[derive(Debug, Clone, Default)]
pub struct Wanted(Option<Arc<Chosen>>);

#[derive(Debug)]
struct Chosen {
    names: HashSet<&'static str>,
    /// Whether it is among them, by the number of the table.
    by_number: Box<[bool]>,
    /// The kinds of files that are read only to learn whether they can be parsed.
    parsed: HashSet<Artifact>,
}

impl Wanted {
    /// Every table.
    pub fn all() -> Self {
        Self(None)
    }

    /// None.
    pub fn nothing() -> Self {
        Self::for_queries([])
    }

    /// Those that queries read.
    pub fn for_queries<'q>(queries: impl IntoIterator<Item = &'q Question>) -> Self {
        let mut parsed = HashSet::new();
        let names = tables_mentioned(queries.into_iter().inspect(|query| parsed.extend(query.kinds_parsed())));
        let by_number = schema::tables().map(|table| names.contains(table.name)).collect();
        Self(Some(Arc::new(Chosen { names, by_number, parsed })))
    }

    /// Whether rows of `table` are kept.
    pub fn wants(&self, table: &str) -> bool {
        self.0.as_ref().is_none_or(|chosen| chosen.names.contains(table))
    }

    /// The same, by the row's type: asked for every row.
    fn wants_rows<T: Row>(&self) -> bool {
        self.0.as_ref().is_none_or(|chosen| chosen.by_number.get(T::NUMBER).copied().unwrap_or_default())
    }

    /// Whether it matters if files of this kind can be parsed.
    pub(crate) fn wants_parse(&self, artifact: Artifact) -> bool {
        self.0.as_ref().is_none_or(|chosen| chosen.parsed.contains(&artifact))
    }
}

impl Question {
    /// The kinds of files of which it asks whether they could be parsed: those that it names, or all.
    fn kinds_parsed(&self) -> Vec<Artifact> {
        let Some(texts) = &self.parsed else { return Vec::new() };
        let is_named = |kind: &Artifact| texts.iter().any(|text| text == kind.name());
        let named: Vec<Artifact> = Artifact::ALL.iter().copied().filter(is_named).collect();
        if named.is_empty() { Artifact::ALL.to_vec() } else { named }
    }
}

/// Rows of one table, flattened: each row is `id`, `span`, `certainty` and the table's own cells.
pub(super) type Rows = Vec<Cell>;

/// What a set states of one table.
#[derive(Debug)]
struct Stated {
    /// The table's number.
    number: usize,
    name: &'static str,
    rows: Rows,
}

/// Facts stated from one file, or by one link step. Ids come from the file's number, so that they are the same
/// whatever the order in which files are read.
#[derive(Debug)]
pub struct FactSet {
    wanted: Wanted,
    known: Arc<Known>,
    /// The id of its first row.
    first: i64,
    next: i64,
    /// Those with rows. A file states few, so that going over them finds one soonest.
    tables: Vec<Stated>,
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
        Self { wanted, known, first, next: first, tables: Vec::new() }
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
        self.wanted.wants_rows::<T>()
    }

    /// States a fact, and gives its id for references from other rows.
    pub fn push<T: Row>(&mut self, row: T) -> RowId {
        let id = self.next;
        self.next += 1;
        if self.wants::<T>() {
            let cells = self.rows_of::<T>();
            cells.reserve(T::TABLE.columns.len() + 3);
            cells.extend([Cell::Int(id), Cell::Int(row.span().to_cell()), Cell::Word(row.certainty().as_str())]);
            row.write(cells);
        }
        RowId(id)
    }

    fn rows_of<T: Row>(&mut self) -> &mut Rows {
        let found = self.tables.iter().position(|stated| stated.number == T::NUMBER);
        let at = found.unwrap_or(self.tables.len());
        if found.is_none() {
            self.tables.push(Stated { number: T::NUMBER, name: T::TABLE.name, rows: Rows::new() });
        }
        &mut self.tables[at].rows
    }

    /// The rows by the names of their tables.
    pub(super) fn into_rows(self) -> impl Iterator<Item = (&'static str, Rows)> {
        self.tables.into_iter().map(|stated| (stated.name, stated.rows))
    }

    /// The rows of one table, which the set has no longer.
    pub(super) fn take(&mut self, table: &str) -> Rows {
        let stated = self.tables.iter_mut().find(|stated| stated.name == table);
        stated.map(|stated| std::mem::take(&mut stated.rows)).unwrap_or_default()
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
        let stated = self.tables.iter().find(|stated| stated.number == T::NUMBER);
        stated.map_or(0, |stated| stated.rows.len() / (T::TABLE.columns.len() + 3))
    }
}

impl FactSet {
    /// The rows as text, one a line with the line and text that its span covers: for snapshots.
    pub fn dump(&self, texts: &crate::source::Texts) -> String {
        let mut lines = Vec::new();
        let mut tables: Vec<&Stated> = self.tables.iter().collect();
        tables.sort_unstable_by_key(|stated| stated.name);
        for Stated { name, rows, .. } in tables {
            let Some(table) = schema::table(name) else { continue };
            for row in rows.chunks_exact(table.columns.len() + 3) {
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
    if row[2] != Cell::Word("certain") {
        let _ = write!(line, " Text({:?})", row[2].text().unwrap_or_default());
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
            (Cell::Text(_) | Cell::Word(_), _) => {
                write!(line, " {}={:?}", column.name, cell.text().unwrap_or_default())
            }
        };
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_asks_whether_the_files_that_it_names_are_parsed() {
        let parsed = |sql| Question::of(sql).kinds_parsed();
        assert_eq!(parsed("SELECT 1 FROM file WHERE NOT parsed AND artifact = 'compose'"), [Artifact::Compose]);
        assert_eq!(parsed("SELECT parsed FROM file"), Artifact::ALL);
        assert_eq!(parsed("SELECT 'parsed' FROM file"), []);
    }
}
