//! Every table of facts, in one place: a file for each artifact. The facts reference is generated from here.

pub mod ci;
pub mod compose;
pub mod datastore_conf;
pub mod deps;
pub mod dockerfile;
pub mod dotenv;
pub mod evidence;
pub mod frontend;
pub mod gateway;
pub mod grafana;
pub mod k8s;
pub mod known;
pub mod nginx;
pub mod prometheus;
pub mod python;
pub mod repo;
pub mod shell;
pub mod supervisor;
pub mod systemd;
pub mod tls;
pub mod tree;

use std::sync::OnceLock;

use hashbrown::{HashMap, HashSet};

use super::Table;

/// All tables, by artifact.
pub const ARTIFACTS: &[(&str, &[&Table])] = &[
    ("deps", deps::TABLES),
    ("frontend", frontend::TABLES),
    ("python", python::TABLES),
    ("tree", tree::TABLES),
    ("compose", compose::TABLES),
    ("dockerfile", dockerfile::TABLES),
    ("dotenv", dotenv::TABLES),
    ("known", known::TABLES),
    ("shell", shell::TABLES),
    ("repo", repo::TABLES),
    ("evidence", evidence::TABLES),
    ("k8s", k8s::TABLES),
    ("datastore_conf", datastore_conf::TABLES),
    ("systemd", systemd::TABLES),
    ("supervisor", supervisor::TABLES),
    ("ci", ci::TABLES),
    ("nginx", nginx::TABLES),
    ("prometheus", prometheus::TABLES),
    ("grafana", grafana::TABLES),
    ("gateway", gateway::TABLES),
    ("tls", tls::TABLES),
];

/// All tables, in the order of the reference.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    ARTIFACTS.iter().flat_map(|(_, tables)| tables.iter().copied())
}

/// The place of the table with this name among [`tables`]; their number, where there is none.
pub(super) const fn number(name: &str) -> usize {
    let (mut number, mut artifact) = (0, 0);
    while artifact < ARTIFACTS.len() {
        let tables = ARTIFACTS[artifact].1;
        let mut at = 0;
        while at < tables.len() {
            if is_same(tables[at].name.as_bytes(), name.as_bytes()) {
                return number + at;
            }
            at += 1;
        }
        number += tables.len();
        artifact += 1;
    }
    number
}

const fn is_same(left: &[u8], right: &[u8]) -> bool {
    let mut at = if left.len() == right.len() { 0 } else { return false };
    while at < left.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len()
}

/// Views derived from the tables, by artifact: SQL statements set apart by empty lines, a comment before each.
pub const VIEWS: &[(&str, &str)] = &[
    ("deps", include_str!("../views/deps.sql")),
    ("frontend", include_str!("../views/frontend.sql")),
    ("evidence", include_str!("../views/evidence.sql")),
    ("python", include_str!("../views/python.sql")),
    ("tree", include_str!("../views/tree.sql")),
    ("system", include_str!("../views/system.sql")),
    ("shell", include_str!("../views/shell.sql")),
    ("ci", include_str!("../views/ci.sql")),
    ("k8s", include_str!("../views/k8s.sql")),
    ("systemd", include_str!("../views/systemd.sql")),
    ("dockerfile", include_str!("../views/dockerfile.sql")),
    ("compose", include_str!("../views/compose.sql")),
    ("dotenv", include_str!("../views/dotenv.sql")),
    ("nginx", include_str!("../views/nginx.sql")),
    ("prometheus", include_str!("../views/prometheus.sql")),
    ("gateway", include_str!("../views/gateway.sql")),
];

/// The table with this name.
pub fn table(name: &str) -> Option<&'static Table> {
    index().tables.get(name).copied()
}

/// The SQL text of the view or derived table with this name.
pub fn view(name: &str) -> Option<&'static str> {
    index().views.get(name).copied()
}

/// The name itself, where it is that of a table, view or derived table.
pub(super) fn name(name: &str) -> Option<&'static str> {
    index().names.get(name).copied()
}

/// The views, with the SQL that creates each.
pub(super) fn views() -> impl Iterator<Item = (&'static str, &'static str)> {
    statements("CREATE VIEW ")
}

/// The tables that are derived once from the others because several rules read them, with the SQL that creates each.
pub(crate) fn derived_tables() -> impl Iterator<Item = (&'static str, &'static str)> {
    statements("CREATE TABLE ")
}

/// The statements of all views files that begin with `start`, with the name that each defines.
fn statements(start: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = VIEWS.iter().flat_map(|(_, sql)| sql.split("\n\n"));
    all.filter_map(move |part| {
        let body = part.get(part.find(start)?..)?;
        Some((body.strip_prefix(start)?.split_whitespace().next()?, body))
    })
}

struct Index {
    names: HashSet<&'static str>,
    tables: HashMap<&'static str, &'static Table>,
    views: HashMap<&'static str, &'static str>,
}

/// Names to tables and views, made once a process: pure data.
fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let tables: HashMap<_, _> = tables().map(|table| (table.name, table)).collect();
        let views: HashMap<_, _> = views().chain(derived_tables()).collect();
        Index { names: tables.keys().chain(views.keys()).copied().collect(), tables, views }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_tables_or_views_share_a_name() {
        let mut names: Vec<&str> = views().chain(derived_tables()).map(|(name, _)| name).collect();
        names.extend(tables().map(|table| table.name));
        names.sort_unstable();
        // `tables_mentioned` tells them from keywords by it.
        assert!(names.iter().all(|name| name.starts_with(|c: char| c.is_ascii_lowercase())));
        let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn a_table_is_known_by_its_number() {
        assert!(tables().enumerate().all(|(at, table)| number(table.name) == at));
        assert_eq!(number("no such table"), tables().count());
    }

    #[test]
    fn tables_are_derived_by_one_query_each() {
        for (name, body) in derived_tables() {
            assert!(!body.contains("CREATE INDEX"), "{name}: an index is made when rows are first looked up");
        }
    }
}
