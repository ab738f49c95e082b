//! SQL functions that rules may use.
