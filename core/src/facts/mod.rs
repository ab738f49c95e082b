//! The facts of a tree: their schema, the rows that extractors state, and the database that rules query.

mod columns;
mod database;
mod functions;
pub(crate) mod known;
mod row;
pub mod schema;
mod set;

pub use database::{Database, QueryResult, Value, tables_mentioned};
pub(crate) use functions::{byte_size, duration_seconds, path_join, version_order};
pub use row::{Cell, Certainty, Column, Row, RowId, Table};
pub use set::{FactSet, Wanted};
