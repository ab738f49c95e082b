//! The facts of a tree: their schema, the rows that extractors state, the store that keeps them, and SQL over it.

mod automaton;
mod database;
mod derive;
mod difference;
mod export;
mod functions;
mod haystack;
pub(crate) mod known;
mod live;
mod matching;
mod mentions;
mod needles;
mod needs;
mod question;
mod recorded;
mod row;
pub mod schema;
mod set;
mod spelling;
mod sql;
mod store;
mod table;

pub use database::{Database, QueryResult, Value};
pub(crate) use derive::{derive, share};
pub(crate) use difference::{Difference, Moves, Shift, keeps_order};
pub(crate) use export::save;
pub(crate) use functions::{byte_size, duration_seconds, path_join, version_order};
pub(crate) use live::Live;
pub(crate) use mentions::{Reads, derived_reads, tables_mentioned};
pub use question::Question;
pub(crate) use recorded::of_rule;
pub use row::{Cell, Certainty, Column, Row, RowId, Table};
pub use set::{FactSet, Wanted};
pub(crate) use store::Rows;
pub use store::Store;
