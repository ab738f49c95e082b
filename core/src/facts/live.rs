//! Which queries can have rows at all: a query that must read a table without rows, or of a table only such rows as it
//! has none of, need not even be compiled by SQLite.

use std::cell::RefCell;

use hashbrown::HashMap;

use super::needs::{Need, Needs};
use super::schema;
use super::spelling::Operator;

/// What is known of the rows of tables; `None` for a name that is no table, or a derived one that is not filled yet.
pub(crate) trait Knows {
    /// Whether a table has rows.
    fn has_rows(&self, table: &str) -> Option<bool>;
    /// Whether it has rows with this text in a column.
    fn has_text(&self, table: &str, column: &str, text: &str) -> Option<bool>;
    /// Whether it may have rows whose column matches a pattern.
    fn has_match(&self, table: &str, column: &str, operator: Operator, pattern: &str) -> Option<bool>;
}

/// Tells which queries may have rows, given the tables that have.
pub(crate) struct Live<'k, K> {
    known: &'k K,
    views: RefCell<HashMap<&'k str, bool>>,
}

impl<'k, K: Knows> Live<'k, K> {
    pub(crate) fn new(known: &'k K) -> Self {
        Self { known, views: RefCell::default() }
    }

    /// Whether a query with these needs may have rows.
    pub(crate) fn may_have_rows(&self, needs: &'k Needs) -> bool {
        self.is_met(needs, needs.whole, &mut vec![None; needs.parts.len()])
    }

    /// Whether the part at a place is met; `known` has the answers so far. Parts nest no deeper than they were read.
    fn is_met(&self, needs: &'k Needs, at: usize, known: &mut [Option<bool>]) -> bool {
        if let Some(is_met) = known[at] {
            return is_met;
        }
        let is_met = match &needs.parts[at] {
            Need::Nothing => true,
            Need::Impossible => false,
            Need::Row(name) => self.name(name),
            Need::RowWith { table, column, texts } => {
                texts.iter().any(|text| self.known.has_text(table, column, text).unwrap_or(true))
            }
            Need::RowLike { table, column, operator, pattern } => {
                self.known.has_match(table, column, *operator, pattern).unwrap_or(true)
            }
            Need::All(parts) => parts.iter().all(|part| self.is_met(needs, *part, known)),
            Need::Any(parts) => parts.iter().any(|part| self.is_met(needs, *part, known)),
        };
        known[at] = Some(is_met);
        is_met
    }

    fn name(&self, name: &'k str) -> bool {
        if let Some(has_rows) = self.known.has_rows(name) {
            return has_rows;
        }
        let Some(question) = schema::question(name) else { return true };
        if let Some(known) = self.views.borrow().get(name) {
            return *known;
        }
        // A view that reads itself is SQLite's to refuse.
        self.views.borrow_mut().insert(name, true);
        let live = self.may_have_rows(&question.needs);
        self.views.borrow_mut().insert(name, live);
        live
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::sql::signs;

    /// Only `file` has rows, all of them of Dockerfiles.
    struct Dockerfiles;

    impl Knows for Dockerfiles {
        fn has_rows(&self, table: &str) -> Option<bool> {
            schema::table(table).map(|_| table == "file")
        }

        fn has_text(&self, table: &str, column: &str, text: &str) -> Option<bool> {
            Some((table, column, text) == ("file", "artifact", "dockerfile")).filter(|_| column != "no_column")
        }

        fn has_match(&self, table: &str, column: &str, _: Operator, pattern: &str) -> Option<bool> {
            Some(table == "file" && pattern.contains("docker")).filter(|_| column != "no_column")
        }
    }

    fn live(sql: &str) -> bool {
        let needs = Needs::of(&signs(sql));
        Live::new(&Dockerfiles).may_have_rows(&needs)
    }

    #[test]
    fn an_empty_source_that_is_joined_leaves_no_rows() {
        assert!(live("SELECT path FROM file"));
        assert!(!live("SELECT 1 FROM python_call"));
        assert!(!live("SELECT 1 FROM file f JOIN python_call c ON c.file = f.file WHERE f.size > (SELECT 1)"));
        assert!(!live("SELECT 1 FROM file f, python_call c"));
        assert!(!live("SELECT a FROM (SELECT 1 AS a FROM python_call)"));
        assert!(!live("SELECT max(span) FROM python_call GROUP BY file"));
    }

    #[test]
    fn an_empty_source_that_is_no_condition_does_not_count() {
        assert!(live("SELECT 1 FROM file f LEFT OUTER JOIN python_call c ON c.file = f.file"));
        assert!(live("SELECT 1 FROM file WHERE NOT EXISTS (SELECT 1 FROM python_call)"));
        assert!(live("SELECT count(*) FROM python_call"));
        assert!(live("SELECT listed(callee) FROM python_call"));
        assert!(live("SELECT 1 FROM python_call HAVING count(*) = 0"));
        assert!(live("SELECT 1 FROM python_call UNION ALL SELECT 2 FROM file"));
        assert!(live("SELECT (SELECT min(id) FROM python_call) FROM file"));
        assert!(live("SELECT key FROM json_each('[1]')"));
        assert!(live("SELECT 'FROM python_call' -- FROM python_call"));
    }

    #[test]
    fn a_text_that_no_row_has_leaves_no_rows() {
        assert!(live("SELECT path FROM file WHERE artifact = 'dockerfile' AND size > 3 ORDER BY path"));
        assert!(!live("SELECT path FROM file WHERE artifact = 'python'"));
        assert!(!live("SELECT f.path FROM file AS f WHERE f.size > 3 AND f.artifact = 'python'"));
        assert!(!live("SELECT 1 FROM file f JOIN file g ON g.folder = f.folder AND g.artifact IN ('python', 'nginx')"));
        assert!(live("SELECT 1 FROM file f JOIN file g ON g.artifact IN ('python', 'dockerfile')"));
        assert!(!live("SELECT 1 FROM file f LEFT JOIN python_call c ON c.file = f.file WHERE c.callee = 'open'"));
        assert!(!live("WITH d AS (SELECT id FROM file WHERE artifact = 'python') SELECT 1 FROM file, d"));
    }

    #[test]
    fn a_pattern_that_no_row_matches_leaves_no_rows() {
        assert!(live("SELECT 1 FROM file WHERE name REGEXP 'docker'"));
        assert!(!live("SELECT 1 FROM file WHERE name REGEXP 'compose'"));
        assert!(!live("SELECT 1 FROM file f, file g WHERE size > 3 AND +f.name GLOB 'compose*'"));
        assert!(!live("SELECT 1 FROM file WHERE artifact = 'python' OR name LIKE 'compose%' AND size > 3"));
        assert!(!live("SELECT 1 FROM file WHERE size > 3 AND (artifact = 'python' OR (name LIKE 'compose%'))"));
    }

    #[test]
    fn a_condition_that_is_not_plain_may_hold() {
        for condition in [
            "artifact = 'python' OR size > 3",
            "artifact = 'python' OR name LIKE '%docker'",
            "artifact LIKE '%docker%' AND (size > 3 OR artifact = 'python')",
            "artifact NOT LIKE '%x%'",
            "artifact LIKE 'x' ESCAPE '!'",
            "no_column GLOB 'x'",
            "NOT artifact = 'python'",
            "artifact = 'python' COLLATE NOCASE",
            "artifact = 'it''s'",
            "artifact NOT IN ('python')",
            "artifact IN ('python', lower('DOCKERFILE'))",
            "CASE WHEN size > 3 AND artifact = 'python' THEN 1 ELSE 2 END",
            "size BETWEEN 1 AND artifact = 'python'",
            "no_column = 'python'",
            "(artifact = 'python' OR size > 3)",
            "NOT EXISTS (SELECT 1 FROM python_call)",
            "EXISTS (SELECT 1 FROM file g WHERE f.artifact = 'python')",
            "EXISTS (SELECT 1 FROM python_call) = 0",
            "artifact IN (SELECT name FROM python_call) = 0",
        ] {
            assert!(live(&format!("SELECT 1 FROM file f WHERE {condition}")), "{condition}");
        }
        assert!(live("SELECT 1 FROM file f LEFT JOIN file g ON g.artifact = 'python'"));
        assert!(live("WITH file AS (SELECT 'python' AS artifact) SELECT 1 FROM file WHERE artifact = 'python'"));
        assert!(live("WITH a AS (SELECT 1 FROM python_call), python_call AS (SELECT 1) SELECT 1 FROM a"));
    }

    #[test]
    fn a_subquery_that_must_have_rows_has_none() {
        assert!(!live("SELECT 1 FROM file f WHERE size > 3 AND EXISTS (SELECT 1 FROM python_call)"));
        assert!(!live("SELECT 1 WHERE EXISTS (SELECT 1 FROM file WHERE artifact = 'python')"));
        assert!(!live("SELECT 1 FROM file f WHERE f.name IN (SELECT name FROM python_call)"));
        assert!(live("SELECT (SELECT count(*) FROM python_call) FROM file"));
        assert!(!live("SELECT (SELECT count(*) FROM file) FROM python_call"));
        assert!(live("SELECT coalesce(count(*), 0) FROM python_call"));
    }

    #[test]
    fn views_and_named_tables_are_followed() {
        assert!(live("SELECT * FROM production_file"));
        assert!(!live("SELECT * FROM production_call"));
        assert!(!live(
            "WITH a AS (SELECT id FROM python_call), b(x) AS NOT MATERIALIZED (SELECT id FROM a) SELECT x FROM b"
        ));
        let climb =
            "WITH RECURSIVE up(f) AS (SELECT folder FROM file UNION SELECT parent_folder(f) FROM up) SELECT f FROM up";
        assert!(live(climb));
        assert!(!live(&climb.replace("folder FROM file", "name FROM python_class")));
    }

    #[test]
    fn tables_that_multiply_end() {
        let tables = (1..60).map(|at| format!("t{at} AS (SELECT 1 FROM t{0} a JOIN t{0} b)", at - 1));
        let all: Vec<String> = std::iter::once("t0 AS (SELECT 1 FROM file)".to_owned()).chain(tables).collect();
        assert!(live(&format!("WITH {} SELECT 1 FROM t59", all.join(", "))));
    }

    #[test]
    fn what_is_no_sql_may_have_rows() {
        let nested = ["(SELECT 1 FROM ", "SELECT 1 FROM file WHERE (", "SELECT 1 FROM file WHERE EXISTS (", "+", "("];
        let nested = nested.map(|text| text.repeat(20_000));
        let broken = ["", "(", ")", "WITH", "WITH x", "SELECT FROM", "FROM ((((", "\""];
        for text in broken.into_iter().chain(nested.iter().map(String::as_str)) {
            assert!(live(text) || text.starts_with("SELECT FROM"), "{text}");
        }
    }
}
