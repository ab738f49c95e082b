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

use super::{Question, Table, recorded};

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
    index().views.get(name).map(|at| index().statements[*at].sql)
}

/// The name itself, where it is that of a table, view or derived table.
pub(super) fn name(name: &str) -> Option<&'static str> {
    let index = index();
    // Most words of SQL have another length or first letter than any name.
    let may_be = index.shapes.get(name.len()).is_some_and(|letters| letters & letter(name) != 0);
    may_be.then(|| index.names.get(name).copied()).flatten()
}

/// A bit for the first letter of a name.
fn letter(name: &str) -> u32 {
    name.as_bytes().first().map_or(0, |first| 1 << (first & 0x1f))
}

/// What the view or derived table with this name asks for.
pub(super) fn question(name: &str) -> Option<&'static Question> {
    let statement = &index().statements[*index().views.get(name)?];
    recorded::of_view(statement.name).or_else(|| Some(statement.question.get_or_init(|| Question::of(statement.sql))))
}

/// The views, with the SQL that creates each.
pub(super) fn views() -> impl Iterator<Item = (&'static str, &'static str)> {
    statements(false)
}

/// The tables that are derived once from the others because several rules read them, with the SQL that creates each.
pub(crate) fn derived_tables() -> impl Iterator<Item = (&'static str, &'static str)> {
    statements(true)
}

fn statements(is_table: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let chosen = index().statements.iter().filter(move |statement| statement.is_table == is_table);
    chosen.map(|statement| (statement.name, statement.sql))
}

/// The columns of a derived table, as its statement declares them.
pub(super) fn declared_columns(name: &str) -> impl Iterator<Item = &'static str> {
    let statement = index().views.get(name).map(|at| &index().statements[*at]);
    statement.into_iter().flat_map(|statement| statement.columns.split(',').map(str::trim))
}

/// A statement that creates a view or a derived table.
struct Statement {
    name: &'static str,
    /// What stands in brackets behind the name.
    columns: &'static str,
    sql: &'static str,
    is_table: bool,
    question: OnceLock<Question>,
}

impl Statement {
    /// The statement of one part of a file, behind its comment.
    fn of(part: &'static str) -> Option<Self> {
        let sql = part.lines().position(|line| line.starts_with("CREATE "))?;
        let sql = part.splitn(sql + 1, '\n').last()?;
        let is_table = sql.starts_with("CREATE TABLE ");
        let (head, _) = sql.split_once(" AS")?;
        let (name, columns) = head.split_once('(').unwrap_or((head, ""));
        let name = name.split_whitespace().nth(2)?;
        Some(Self { name, columns: columns.trim_end_matches(')').trim(), sql, is_table, question: OnceLock::new() })
    }
}

struct Index {
    names: HashSet<&'static str>,
    /// By length of a name, the first letters of those that are as long.
    shapes: Vec<u32>,
    tables: HashMap<&'static str, &'static Table>,
    statements: Vec<Statement>,
    /// Their places by name.
    views: HashMap<&'static str, usize>,
}

/// Names to tables and views, made once a process: pure data.
fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let tables: HashMap<_, _> = tables().map(|table| (table.name, table)).collect();
        let parts = VIEWS.iter().flat_map(|(_, sql)| sql.split("\n\n"));
        let statements: Vec<Statement> = parts.filter_map(Statement::of).collect();
        let views: HashMap<_, _> = statements.iter().enumerate().map(|(at, statement)| (statement.name, at)).collect();
        let names: HashSet<&'static str> = tables.keys().chain(views.keys()).copied().collect();
        let longest = names.iter().map(|name| name.len()).max().unwrap_or_default();
        let mut shapes = vec![0; longest + 1];
        names.iter().for_each(|name| shapes[name.len()] |= letter(name));
        Index { names, shapes, tables, statements, views }
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
