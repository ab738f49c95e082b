//! The facts as an SQLite database in memory.

/// A value of a query's result.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
}

/// The database.
pub struct Database {}

/// Rows of a query.
pub struct QueryResult {}
