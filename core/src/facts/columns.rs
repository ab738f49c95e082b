//! Which columns of which tables SQL texts compare or join by: only these are worth an index.
//!
//! Texts are read as words. A column counts where it is named with the alias of its table, or bare beside a table without
//! an alias; what `*` hands on counts as whatever is asked of it. May name more than SQLite would use, never less.

use std::collections::{BTreeSet, HashMap};

use super::schema;

/// Words that follow a table's name and are no alias.
const KEYWORDS: &[&str] = &[
    "ON",
    "WHERE",
    "JOIN",
    "LEFT",
    "INNER",
    "CROSS",
    "GROUP",
    "ORDER",
    "UNION",
    "LIMIT",
    "HAVING",
    "USING",
    "NATURAL",
    "INTERSECT",
    "EXCEPT",
    "SET",
    "WINDOW",
];

/// Pairs of table and column that the texts name, views followed.
pub(super) fn columns_named<'t>(texts: impl Iterator<Item = &'t str>) -> BTreeSet<(String, String)> {
    let mut named = Named::default();
    for sql in texts {
        named.take(sql, &BTreeSet::new());
    }
    // Each view is read with all that was asked of it so far, and again only where more is asked later.
    while let Some(view) = named.waiting.pop_first() {
        let asked = named.asked.get(&view).cloned().unwrap_or_default();
        named.take(schema::view(&view).unwrap_or_default(), &asked);
    }
    named.found
}

#[derive(Default)]
struct Named {
    found: BTreeSet<(String, String)>,
    /// By view, the columns that are asked of it.
    asked: HashMap<String, BTreeSet<String>>,
    /// Views of which more is asked than when they were read.
    waiting: BTreeSet<String>,
}

impl Named {
    /// Takes what a text names; `from_outside` are the columns that others ask of its rows.
    fn take(&mut self, sql: &str, from_outside: &BTreeSet<String>) {
        for (table, columns) in Text::read(sql).columns(from_outside) {
            if schema::view(&table).is_none() {
                self.found.extend(columns.into_iter().map(|column| (table.clone(), column)));
                continue;
            }
            let is_new = !self.asked.contains_key(&table);
            let asked = self.asked.entry(table.clone()).or_default();
            let before = asked.len();
            asked.extend(columns);
            if is_new || asked.len() > before {
                self.waiting.insert(table);
            }
        }
    }
}

/// A text, taken apart.
#[derive(Default)]
struct Text<'s> {
    /// Tables and views with their aliases; without one, the alias is empty.
    sources: Vec<(&'s str, &'s str)>,
    /// `alias.column`; `*` is a column here.
    pairs: BTreeSet<(&'s str, &'s str)>,
    words: BTreeSet<&'s str>,
    has_star: bool,
}

impl<'s> Text<'s> {
    fn read(sql: &'s str) -> Self {
        let words = words(sql);
        let mut text = Self { has_star: sql.contains("SELECT *") || sql.contains(", *"), ..Self::default() };
        for (at, (word, glue)) in words.iter().enumerate() {
            text.words.insert(word);
            let next = words.get(at + 1);
            if *glue == Glue::Dot {
                text.pairs.insert((word, next.map_or("*", |(next, _)| next)));
            }
            if *glue == Glue::Star {
                text.pairs.insert((word, "*"));
            }
            if schema::table(word).is_some() || schema::view(word).is_some() {
                let named = match next {
                    Some((word, _)) if word.eq_ignore_ascii_case("AS") => words.get(at + 2),
                    other => other,
                };
                let is_alias = |word: &str| !KEYWORDS.iter().any(|keyword| word.eq_ignore_ascii_case(keyword));
                let alias =
                    named.filter(|(word, _)| *glue == Glue::Blank && is_alias(word)).map_or("", |(word, _)| *word);
                text.sources.push((word, alias));
            }
        }
        text
    }

    /// The columns that are named of each source; `from_outside` are those that a query asks of this text's rows.
    fn columns(&self, from_outside: &BTreeSet<String>) -> Vec<(String, BTreeSet<String>)> {
        let qualified: BTreeSet<&str> = self.pairs.iter().map(|(_, column)| *column).collect();
        let of = |&(table, alias): &(&str, &str)| {
            let mut columns: BTreeSet<String> = BTreeSet::new();
            for (owner, column) in &self.pairs {
                if *owner == alias || *owner == table {
                    columns.insert((*column).to_owned());
                }
            }
            if alias.is_empty() {
                columns.extend(self.words.iter().map(|word| (*word).to_owned()));
            }
            if self.has_star || columns.contains("*") {
                columns.extend(qualified.iter().chain(&self.words).map(|column| (*column).to_owned()));
                columns.extend(from_outside.iter().cloned());
            }
            (table.to_owned(), columns)
        };
        self.sources.iter().map(of).collect()
    }
}

/// What stands between a word and the next.
#[derive(Clone, Copy, PartialEq)]
enum Glue {
    Dot,
    /// `word.*`
    Star,
    Blank,
    Other,
}

fn words(sql: &str) -> Vec<(&str, Glue)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut rest = sql;
    while let Some(start) = rest.find(is_word) {
        rest = &rest[start..];
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let between = after.find(is_word).map_or(after, |next| &after[..next]);
        let glue = match between {
            "." => Glue::Dot,
            between if between.starts_with(".*") => Glue::Star,
            between if !between.is_empty() && between.trim().is_empty() => Glue::Blank,
            _ => Glue::Other,
        };
        found.push((word, glue));
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(sql: &str, table: &str) -> Vec<String> {
        let found = columns_named(std::iter::once(sql)).into_iter();
        found
            .filter(|(of, column)| {
                of == table
                    && schema::table(table).is_some_and(|table| table.columns.iter().any(|own| own.name == column))
            })
            .map(|(_, column)| column)
            .collect()
    }

    #[test]
    fn columns_count_by_the_alias_of_their_table() {
        let sql = "SELECT c.span FROM python_call c JOIN python_argument AS a ON a.call = c.id WHERE a.name = 'x'";
        assert_eq!(named(sql, "python_argument"), ["call", "name"]);
        assert_eq!(named(sql, "python_call"), [""; 0]);
        assert_eq!(named("SELECT 1 FROM python_call WHERE callee = 'x'", "python_call"), ["callee"]);
    }

    #[test]
    fn what_a_view_hands_on_counts_for_its_tables() {
        assert!(
            named("SELECT p.span FROM production_call p WHERE p.callee = 'x'", "python_call")
                .contains(&"callee".to_owned())
        );
    }
}
