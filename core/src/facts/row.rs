//! What a row of facts is, and the macro that declares a table: one definition gives the Rust type, the SQL
//! table and the entry of the facts reference.

use crate::source::Span;

/// Identity of a row, unique over all tables of an audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub i64);

/// How sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Certainty {
    /// Stated literally by the source.
    #[default]
    Certain,
    /// Follows from a default, a convention or a heuristic.
    Likely,
    /// Stands there, but its value only exists at run time (a variable without a default, a template).
    Unresolved,
}

impl Certainty {
    /// The word that stands in the `certainty` column.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Unresolved => "unresolved",
        }
    }
}

/// One value of a row.
#[derive(Debug, Clone)]
pub enum Cell {
    /// SQL NULL: not stated.
    Null,
    /// An integer, a boolean (0 or 1), a span or a row id.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// A text.
    Text(Box<str>),
    /// A text that is one of our own words: rows share it.
    Word(&'static str),
}

impl Cell {
    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Word(word) => Some(word),
            _ => None,
        }
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Int(own), Self::Int(other)) => own == other,
            (Self::Real(own), Self::Real(other)) => own == other,
            _ => self.text().is_some_and(|own| other.text() == Some(own)),
        }
    }
}

/// A column of a table, for SQL and for the reference.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Name in SQL.
    pub name: &'static str,
    /// SQL type: INTEGER, REAL or TEXT.
    pub sql: &'static str,
    /// Whether NULL is possible.
    pub optional: bool,
    /// What the value is: `span`, `row`, `flag` or empty.
    pub role: &'static str,
    /// Whether an index is kept; always so for references to rows.
    pub indexed: bool,
    /// The documentation.
    pub doc: &'static str,
}

/// A table of facts.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Name in SQL.
    pub name: &'static str,
    /// The documentation.
    pub doc: &'static str,
    /// The table's own columns. Every table has before them `id`, `span`, `file`, `component` and `certainty`.
    pub columns: &'static [Column],
}

/// A row that an extractor can state. Implemented by the `tables!` macro only.
pub trait Row {
    /// The table that the row belongs to.
    const TABLE: &'static Table;
    /// The table's place among [`super::schema::tables`].
    const NUMBER: usize;
    /// Where the fact stands.
    fn span(&self) -> Span;
    /// How sure the fact is.
    fn certainty(&self) -> Certainty;
    /// Adds the values of the table's own columns, in order.
    fn write(self, cells: &mut Vec<Cell>);
}

/// A Rust type that can stand in a column.
pub(crate) trait ColumnType {
    /// SQL type.
    const SQL: &'static str;
    /// Whether NULL is possible.
    const OPTIONAL: bool = false;
    /// `span`, `row`, `flag` or empty.
    const ROLE: &'static str = "";
    /// The value as a cell.
    fn cell(self) -> Cell;
}

impl ColumnType for String {
    const SQL: &'static str = "TEXT";
    fn cell(self) -> Cell {
        Cell::Text(self.into())
    }
}

impl ColumnType for &'static str {
    const SQL: &'static str = "TEXT";
    fn cell(self) -> Cell {
        Cell::Word(self)
    }
}

impl ColumnType for i64 {
    const SQL: &'static str = "INTEGER";
    fn cell(self) -> Cell {
        Cell::Int(self)
    }
}

impl ColumnType for f64 {
    const SQL: &'static str = "REAL";
    fn cell(self) -> Cell {
        Cell::Real(self)
    }
}

impl ColumnType for bool {
    const SQL: &'static str = "INTEGER";
    const ROLE: &'static str = "flag";
    fn cell(self) -> Cell {
        Cell::Int(i64::from(self))
    }
}

impl ColumnType for Span {
    const SQL: &'static str = "INTEGER";
    const ROLE: &'static str = "span";
    fn cell(self) -> Cell {
        Cell::Int(self.to_cell())
    }
}

impl ColumnType for RowId {
    const SQL: &'static str = "INTEGER";
    const ROLE: &'static str = "row";
    fn cell(self) -> Cell {
        Cell::Int(self.0)
    }
}

impl<T: ColumnType> ColumnType for Option<T> {
    const SQL: &'static str = T::SQL;
    const OPTIONAL: bool = true;
    const ROLE: &'static str = T::ROLE;
    fn cell(self) -> Cell {
        self.map_or(Cell::Null, ColumnType::cell)
    }
}

/// Declares tables of facts. Each gives a struct with the fields `span`, `certainty` and the columns.
///
/// ```text
/// tables! {
///     /// A published port.
///     pub struct ComposePort in "compose_port" {
///         /// The service.
///         service: RowId,
///         /// Host port, where fixed.
///         #[indexed] host_port: Option<i64>,
///     }
/// }
/// ```
macro_rules! tables {
    ($($(#[doc = $doc:literal])+ pub struct $name:ident in $table:literal {
        $($(#[doc = $cdoc:literal])+ $(#[$flag:ident])? $column:ident : $ty:ty,)*
    })+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone)]
            pub struct $name {
                /// Where the fact stands.
                pub span: $crate::source::Span,
                /// How sure it is.
                pub certainty: $crate::facts::Certainty,
                $($(#[doc = $cdoc])+ pub $column: $ty,)*
            }

            impl $crate::facts::Row for $name {
                const TABLE: &'static $crate::facts::Table = &$crate::facts::Table {
                    name: $table,
                    doc: concat!($($doc, "\n"),+),
                    columns: &[$($crate::facts::Column {
                        name: stringify!($column),
                        sql: <$ty as $crate::facts::row::ColumnType>::SQL,
                        optional: <$ty as $crate::facts::row::ColumnType>::OPTIONAL,
                        role: <$ty as $crate::facts::row::ColumnType>::ROLE,
                        indexed: $crate::facts::row::is_indexed(
                            <$ty as $crate::facts::row::ColumnType>::ROLE, &[$(stringify!($flag))?]),
                        doc: concat!($($cdoc, "\n"),+),
                    },)*],
                };

                const NUMBER: usize = $crate::facts::schema::number($table);

                fn span(&self) -> $crate::source::Span { self.span }
                fn certainty(&self) -> $crate::facts::Certainty { self.certainty }
                fn write(self, cells: &mut Vec<$crate::facts::Cell>) {
                    cells.extend([$($crate::facts::row::ColumnType::cell(self.$column),)*]);
                }
            }
        )+

        /// The tables of this file.
        pub(super) const TABLES: &[&$crate::facts::Table] =
            &[$(<$name as $crate::facts::Row>::TABLE,)+];
    };
}
pub(crate) use tables;

/// References to rows are always indexed; other columns where they say so.
pub(crate) const fn is_indexed(role: &str, flags: &[&str]) -> bool {
    !flags.is_empty() || (role.len() == 3 && role.as_bytes()[0] == b'r')
}
