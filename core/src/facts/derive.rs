//! The derived tables: rows that several rules read and that are computed once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use hashbrown::HashSet;
use rayon::prelude::*;

use super::database::Database;
use super::live::Live;
use super::mentions::tables_mentioned;
use super::schema;
use super::set::Wanted;
use super::store::{Rows, Store};
use crate::Error;

/// Fills the derived tables of `store` that are wanted and not there yet, each after those that it reads, and tells what
/// each cost.
/// All of `databases` read from `store`; they share the work.
///
/// # Errors
/// Only for a broken invariant.
pub(crate) fn derive(
    store: &Store,
    databases: &mut [Database],
    wanted: &Wanted,
) -> Result<Vec<(&'static str, Duration)>, Error> {
    let mut costs = Vec::new();
    for mut step in steps(wanted, store) {
        step.retain(|(name, _)| may_have_rows(name, store));
        let fill = |database: &Database, at: usize| {
            let (name, body) = step[at];
            let start = Instant::now();
            let query = body.split_once(" AS").map_or(body, |(_, query)| query);
            store.keep(name, database.derive(name, query)?);
            Ok((name, start.elapsed()))
        };
        costs.extend(share(databases, step.len(), fill).into_iter().collect::<Result<Vec<_>, Error>>()?);
    }
    Ok(costs)
}

/// Whether a derived table may have rows; one that has none is kept without a question to SQLite.
fn may_have_rows(name: &'static str, store: &Store) -> bool {
    let needs = schema::question(name).map(|question| &question.needs);
    // The planner of a check shall see the types of its columns, too.
    let may = store.is_pretended() || needs.is_none_or(|needs| Live::new(store).may_have_rows(needs));
    if !may {
        let columns = schema::declared_columns(name).map(|column| (column.to_owned(), String::new()));
        store.keep(name, Rows::derived(columns.collect(), Vec::new()));
    }
    may
}

/// Does jobs `0..count`, each with whichever database is free; the results stand in the order of the jobs.
pub(crate) fn share<T: Send>(
    databases: &mut [Database],
    count: usize,
    job: impl Fn(&Database, usize) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = |database: &mut Database| {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return done;
            }
            done.push((at, job(database, at)));
        }
    };
    let mut done: Vec<(usize, T)> = databases.par_iter_mut().with_max_len(1).flat_map_iter(work).collect();
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The wanted derived tables in steps: those of one step read only such as come before.
fn steps(wanted: &Wanted, store: &Store) -> Vec<Vec<(&'static str, &'static str)>> {
    let is_missing = |name: &str| wanted.wants(name) && store.rows(name).is_none();
    let all = schema::derived_tables().filter(|(name, _)| is_missing(name));
    let mut waiting: Vec<_> = all.map(|(name, body)| (name, body, tables_mentioned(schema::question(name)))).collect();
    let mut steps = Vec::new();
    while !waiting.is_empty() {
        let names: HashSet<&str> = waiting.iter().map(|(name, ..)| *name).collect();
        let is_ready =
            |own: &str, reads: &HashSet<&str>| !reads.iter().any(|name| *name != own && names.contains(name));
        let (mut ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(own, _, reads)| is_ready(own, reads));
        waiting = rest;
        if ready.is_empty() {
            // A circle is a fault that SQLite tells.
            ready.append(&mut waiting);
        }
        steps.push(ready.into_iter().map(|(name, body, _)| (name, body)).collect());
    }
    steps
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn derived_tables_declare_the_columns_that_their_queries_give() {
        let (store, all) = (Arc::new(Store::pretended()), Wanted::all());
        let mut database = Database::open(&store, &Arc::default(), &all).unwrap();
        derive(&store, std::slice::from_mut(&mut database), &all).unwrap();
        for (name, _) in schema::derived_tables() {
            let given: Vec<&str> = store.rows(name).unwrap().columns().iter().map(|column| &*column.name).collect();
            let declared: Vec<&str> = schema::declared_columns(name).collect();
            assert_eq!(declared, given, "write `CREATE TABLE {name}({}) AS`", given.join(", "));
        }
    }
}
