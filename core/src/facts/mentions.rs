//! The names of tables and views in SQL texts.

use std::sync::OnceLock;

use hashbrown::{HashMap, HashSet};

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

/// What SQL texts read by themselves: as [`tables_mentioned`], but not what stands behind derived tables.
pub(crate) fn tables_read<'t>(texts: impl IntoIterator<Item = &'t str>) -> HashSet<&'static str> {
    static DERIVED: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let derived = DERIVED.get_or_init(|| schema::derived_tables().map(|(name, _)| name).collect());
    let mut found = HashSet::new();
    let mut queue: Vec<&'static str> = texts.into_iter().flat_map(names).collect();
    while let Some(name) = queue.pop() {
        if found.insert(name) && !derived.contains(name) {
            queue.extend(behind(name));
        }
    }
    found
}

/// Whether an SQL text, or a view that it reads, asks for what stands in the texts of files besides their facts.
pub(crate) fn reads_texts(sql: &str) -> bool {
    static VIEWS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let asks = |sql: &str| words(sql).any(|word| matches!(word, "line_of" | "text_of"));
    let views = VIEWS.get_or_init(|| schema::views().filter(|(_, body)| asks(body)).map(|(name, _)| name).collect());
    asks(sql) || tables_read([sql]).iter().any(|name| views.contains(name))
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
