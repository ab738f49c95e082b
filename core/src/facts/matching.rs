//! The rows whose text a pattern matches. SQLite would ask row by row; here a column is gone over once for each pattern,
//! and each of its distinct texts tested once.

use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::HashMap;
use rusqlite::types::ValueRef;

use super::automaton::{Expression, Search};
pub(super) use super::spelling::Operator;
use super::store::Rows;

/// Longest pattern that is looked for, in bytes; SQLite compares longer ones row by row, within its bound of steps.
const MAX_PATTERN: usize = 4096;
/// Most patterns of one column and operator whose rows are kept.
const MAX_KEPT: usize = 1024;

/// Rows, in their order.
pub(super) type List = Arc<[u32]>;

/// The rows of a table by the patterns that were asked for.
#[derive(Default)]
pub(super) struct Matching(Mutex<HashMap<(usize, Operator), ByPattern>>);

/// `None` for a pattern that is not understood here.
type ByPattern = HashMap<String, Option<List>>;

impl Matching {
    /// The rows of which `column` may match: all that do, and perhaps others, for SQLite compares each again. `None` for a
    /// pattern that is not understood here.
    pub(super) fn rows(&self, rows: &Rows, column: usize, operator: Operator, pattern: &str) -> Option<List> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lists = known.entry((column, operator)).or_default();
        if lists.len() >= MAX_KEPT && !lists.contains_key(pattern) {
            lists.clear();
        }
        let expression = || Expression::of(&operator.spelt(pattern)).filter(|_| pattern.len() <= MAX_PATTERN);
        let find = || Some(find(rows, column, &*expression()?).into());
        lists.entry_ref(pattern).or_insert_with(find).clone()
    }

    pub(super) fn clear(&mut self) {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

fn find(rows: &Rows, column: usize, expression: &Expression) -> Vec<u32> {
    // What rows share is looked at once.
    let index = rows.index(column);
    let held = expression.needles().and_then(|needles| Some(rows.haystack(column)?.holding(needles)));
    let candidates = held.unwrap_or_else(|| index.firsts().collect());
    let same = |row: &u32| index.after(*row as usize).map(|row| row as u32);
    let firsts = matching(rows, column, candidates, expression).into_iter();
    let mut found: Vec<u32> = firsts.flat_map(|first| std::iter::successors(Some(first), same)).collect();
    found.sort_unstable();
    found
}

/// The rows among `candidates` that may match.
fn matching(rows: &Rows, column: usize, mut candidates: Vec<u32>, expression: &Expression) -> Vec<u32> {
    if candidates.is_empty() {
        return candidates;
    }
    let Some(automaton) = expression.automaton() else { return candidates };
    let mut search = Search::new(automaton);
    candidates.retain(|row| match rows.value(*row as usize, column) {
        // A search that gives up may have found something.
        ValueRef::Text(text) => search.finds(text) != Some(false),
        ValueRef::Null => false,
        // SQL makes a text of it.
        ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => true,
    });
    candidates
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::facts::row::Cell;

    const TEXTS: [&str; 14] =
        ["", "a", "A", "ab", "a%b", "a_b", "axb", "aéb", "aXYb", "xa\nb", "B.a", "b*a?", "a[b]", "é"];
    const PATTERNS: [&str; 15] =
        ["", "%", "a%", "%a", "%A%", "a_b", "a%b", "a*b", "*a*", "a?b", "B.a", "%é%", "_", "a%%b", "a["];
    const CLASSES: [&str; 7] = ["*[b]", "[ab]*", "a[^b]b", "a[]x]b", "a[[]b", "[^é]*", "*[x-z]b"];

    #[test]
    fn what_sql_finds_is_among_the_rows() {
        let connection = Connection::open_in_memory().unwrap();
        let cells = TEXTS.iter().chain(&TEXTS).map(|text| Cell::Text((*text).into())).collect();
        let rows = Rows::derived(vec![("text".to_owned(), "TEXT".to_owned())], cells);
        for pattern in PATTERNS.into_iter().chain(CLASSES) {
            for (operator, sql) in [(Operator::Like, "?1 LIKE ?2"), (Operator::Glob, "?1 GLOB ?2")] {
                let Some(found) = Matching::default().rows(&rows, 0, operator, pattern) else { continue };
                for (row, text) in TEXTS.iter().chain(&TEXTS).enumerate() {
                    let told: bool =
                        connection.query_row(&format!("SELECT {sql}"), [text, pattern], |row| row.get(0)).unwrap();
                    let is_found = found.contains(&(row as u32));
                    // A class stands for any character here.
                    let is_right = if pattern.contains('[') { is_found || !told } else { is_found == told };
                    assert!(is_right, "{text:?} {sql} {pattern:?}");
                }
            }
        }
    }

    #[test]
    fn a_regular_expression_finds_its_rows_and_numbers_may_match() {
        let cells = vec![Cell::Text("ab".into()), Cell::Null, Cell::Int(7), Cell::Text("b".into())];
        let rows = Rows::derived(vec![("text".to_owned(), "TEXT".to_owned())], cells);
        let found = Matching::default().rows(&rows, 0, Operator::Regexp, "^a");
        assert_eq!(found.as_deref(), Some(&[0, 2][..]));
        assert_eq!(Matching::default().rows(&rows, 0, Operator::Regexp, "("), None);
        assert_eq!(Matching::default().rows(&rows, 0, Operator::Like, &"%a".repeat(MAX_PATTERN)), None);
    }

    #[test]
    fn a_search_that_gives_up_may_have_found_something() {
        let text = "ab".repeat(20_000);
        let rows = Rows::derived(vec![("text".to_owned(), "TEXT".to_owned())], vec![Cell::Text(text.as_str().into())]);
        let found = Matching::default().rows(&rows, 0, Operator::Regexp, "(a|b)*a(a|b){200}c");
        assert!(found.is_some_and(|rows| rows.len() <= 1));
    }
}
