//! The names of tables and views in SQL texts.

use std::sync::OnceLock;

use hashbrown::{HashMap, HashSet};

use super::difference::Difference;
use super::schema;

/// The tables and views that SQL texts mention, views followed to the tables that they read.
/// May name more than SQLite would read, never less.
pub fn tables_mentioned<'t>(texts: impl IntoIterator<Item = &'t str>) -> HashSet<&'static str> {
    let mut found = HashSet::new();
    let mut queue: Vec<&'static str> = texts.into_iter().flat_map(names).collect();
    while let Some(name) = queue.pop() {
        if found.insert(name) {
            queue.extend(behind(name));
        }
    }
    found
}

/// What the answer of an SQL text depends on.
pub(crate) struct Reads {
    /// Every table and view, also those behind derived tables.
    pub(crate) all: HashSet<&'static str>,
    /// Those that it reads by itself, derived tables among them.
    pub(crate) near: HashSet<&'static str>,
    /// Whether it looks into the texts of files besides their facts.
    pub(crate) texts: bool,
    /// Whether it only hands spans on and compares them, so that places may move under its answer.
    is_plain: bool,
    /// The words of it and of all that stands behind it; `*` where it may give columns without naming them.
    words: HashSet<Box<str>>,
}

/// What does more with values than hand them on and compare them.
const COMPUTES: &[&str] = &["+", "-", "*", "/", "%", "&", "|", "~", "<<", ">>", "(", "->"];

/// What compares rows as a whole.
const SETS: &[&str] = &["distinct", "union", "except", "intersect"];

impl Reads {
    /// What `sql` depends on. Where it `is_ours`, it does not reckon with spans.
    pub(crate) fn of(sql: &str, is_ours: bool) -> Self {
        let (all, near) = (tables_mentioned([sql]), tables_read([sql]));
        let bodies = || all.iter().filter_map(|name| schema::view(name));
        let named = std::iter::once(sql).chain(bodies()).flat_map(words).map(|word| word.to_ascii_lowercase().into());
        let mut words: HashSet<Box<str>> = named.collect();
        let derived = derived().iter().filter(|name| all.contains(*name)).filter_map(|name| schema::view(name));
        let sets = |sql: &&str| self::words(sql).any(|word| SETS.contains(&word.to_ascii_lowercase().as_str()));
        if std::iter::once(sql).chain(derived).chain(bodies().filter(sets)).any(gives_unnamed) {
            words.insert("*".into());
        }
        let texts = std::iter::once(sql).chain(near.iter().filter_map(|name| body_of_view(name))).any(asks_texts);
        let is_plain = is_ours || !COMPUTES.iter().any(|sign| sql.contains(sign));
        Self { all, near, texts, is_plain, words }
    }

    /// Whether the answer may be another after a table became another.
    pub(crate) fn minds(&self, difference: &Difference) -> bool {
        let is_read = |column: &&str| self.words.contains(*column) || self.words.contains("*");
        difference.rows || difference.moved && !self.is_plain || difference.columns.iter().any(|column| is_read(column))
    }
}

/// The derived tables, with what each depends on.
pub(crate) fn derived_reads() -> Vec<(&'static str, Reads)> {
    schema::derived_tables().map(|(name, body)| (name, Reads::of(body, true))).collect()
}

/// As [`tables_mentioned`], but not what stands behind derived tables.
fn tables_read<'t>(texts: impl IntoIterator<Item = &'t str>) -> HashSet<&'static str> {
    let mut found = HashSet::new();
    let mut queue: Vec<&'static str> = texts.into_iter().flat_map(names).collect();
    while let Some(name) = queue.pop() {
        if found.insert(name) && !derived().contains(name) {
            queue.extend(behind(name));
        }
    }
    found
}

/// The names of the derived tables.
fn derived() -> &'static HashSet<&'static str> {
    static DERIVED: OnceLock<HashSet<&'static str>> = OnceLock::new();
    DERIVED.get_or_init(|| schema::derived_tables().map(|(name, _)| name).collect())
}

fn body_of_view(name: &str) -> Option<&'static str> {
    schema::view(name).filter(|_| !derived().contains(name))
}

fn asks_texts(sql: &str) -> bool {
    words(sql).any(|word| matches!(word, "line_of" | "text_of"))
}

/// Whether columns may be given or compared that the text does not name.
fn gives_unnamed(sql: &str) -> bool {
    let folded = sql.to_ascii_lowercase();
    folded.match_indices('*').any(|(at, _)| !folded[..at].trim_end().ends_with('('))
        || words(&folded).any(|word| word == "natural")
}

/// What the body of a view or derived table mentions; nothing for other tables.
fn behind(view: &str) -> &'static [&'static str] {
    static BEHIND: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    let all = BEHIND.get_or_init(|| {
        let bodies = schema::views().chain(schema::derived_tables());
        bodies.map(|(name, body)| (name, names(body).filter(|other| *other != name).collect())).collect()
    });
    all.get(view).map_or(&[], Vec::as_slice)
}

fn names(sql: &str) -> impl Iterator<Item = &'static str> {
    words(sql).filter_map(schema::name)
}

/// What may be a name of a table or function: keywords stand in capitals.
fn words(sql: &str) -> impl Iterator<Item = &str> {
    let words = sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_followed_to_its_tables() {
        let tables = tables_mentioned(["SELECT * FROM production_file"]);
        assert!(tables.contains("production_file") && tables.contains("file"));
    }
}
