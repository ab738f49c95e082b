//! Query rules: SQL that returns one row for each subject that it judged.

use std::borrow::Cow;

use super::Rule;
use crate::error::RuleError;
use crate::facts::{Database, Question};

/// The query of a rule.
#[derive(Debug, Clone)]
pub struct QueryRule {
    /// The SQL text: one SELECT, with or without WITH.
    pub sql: String,
    /// Line of the query in its rule file, from 1.
    pub line: u32,
    question: Cow<'static, Question>,
}

impl QueryRule {
    /// The query `sql` that stands at a line of a rule file; `question` is what it asks for, where that is known.
    pub(super) fn new(sql: String, line: u32, question: Option<&'static Question>) -> Self {
        let question = question.map_or_else(|| Cow::Owned(Question::of(&sql)), Cow::Borrowed);
        Self { sql, line, question }
    }

    /// What it asks for.
    pub(crate) fn question(&self) -> &Question {
        &self.question
    }
}

/// Checks a query rule against the schema: SQL, columns, placeholders and plan.
///
/// # Errors
/// The first thing that is wrong, with what to do.
pub fn check(rule: &Rule, query: &QueryRule, database: &Database) -> Result<(), RuleError> {
    let fail = |message: String| {
        let error = rule.error(message);
        Err(RuleError { line: query.line, ..error })
    };
    let columns = match database.columns(&query.sql) {
        Ok(columns) => columns,
        Err(error) => return fail(format!("bad SQL: {error}")),
    };
    for needed in ["span", "verdict"] {
        if !columns.iter().any(|column| column == needed) {
            return fail(format!("the query has no column `{needed}`; every row needs `span` and `verdict`"));
        }
    }
    for text in [&rule.message, &rule.remediation] {
        if let Some(missing) = placeholders(text).find(|name| !columns.iter().any(|column| column == name)) {
            return fail(format!(
                "`{{{missing}}}` names no column of the query; its columns are {}",
                columns.join(", ")
            ));
        }
    }
    match database.plan(&query.sql) {
        Ok(plan) => match nested_scan(&plan) {
            Some(table) => fail(format!(
                "the query scans `{table}` once for every row of another table; join on an indexed column"
            )),
            None => Ok(()),
        },
        Err(error) => fail(format!("bad SQL: {error}")),
    }
}

/// The columns between braces of a message: `{column}`, or `{column:noun}` for a count of something.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    let inner = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|pair| pair.0);
    inner.map(|name| counted(name).map_or(name, |(column, _)| column)).filter(|name| is_name(name))
}

/// The column and the noun of `column:noun`.
pub(crate) fn counted(name: &str) -> Option<(&str, &str)> {
    name.split_once(':').filter(|(_, noun)| noun.starts_with(|first: char| first.is_alphabetic()))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// The first table that SQLite's plan scans inside another loop. Tables of known data are small and exempt, and so is
/// the result of a subquery, which mostly is one row of an aggregate.
fn nested_scan(plan: &[(i64, i64, String)]) -> Option<String> {
    for (at, (_, parent, step)) in plan.iter().enumerate() {
        let Some(table) = scanned_table(step).filter(|table| !is_subquery(plan, table)) else { continue };
        let is_loop = |step: &str| {
            let subquery = scanned_table(step).is_some_and(|name| is_subquery(plan, name));
            (step.starts_with("SCAN ") || step.starts_with("SEARCH ")) && !subquery
        };
        let has_outer_loop = plan[..at].iter().any(|(_, other, step)| other == parent && is_loop(step));
        if has_outer_loop || is_correlated(plan, *parent) {
            return Some(table.to_owned());
        }
    }
    None
}

fn scanned_table(step: &str) -> Option<&str> {
    let table = step.strip_prefix("SCAN ")?.split_whitespace().next()?;
    // Every table is virtual to SQLite; it tells by a number how its rows are found.
    let is_lookup = step.contains("VIRTUAL TABLE") && !step.ends_with("VIRTUAL TABLE INDEX 0:");
    let exempt = table == "CONSTANT" || table.starts_with("known_") || is_lookup || table.starts_with('(');
    (!exempt).then_some(table)
}

fn is_subquery(plan: &[(i64, i64, String)], name: &str) -> bool {
    plan.iter().any(|(_, _, step)| {
        let made = step.strip_prefix("MATERIALIZE ").or_else(|| step.strip_prefix("CO-ROUTINE "));
        made.is_some_and(|made| made == name)
    })
}

fn is_correlated(plan: &[(i64, i64, String)], mut id: i64) -> bool {
    while let Some((_, parent, step)) = plan.iter().find(|(own, _, _)| *own == id) {
        if step.starts_with("CORRELATED") {
            return true;
        }
        id = *parent;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::of_rule;
    use crate::rules::RuleSet;

    fn error(query: &str, message: &str) -> Option<String> {
        let text = format!("rules:\n- id: r\n  message: '{message}'\n  severity: LOW\n  query: {query}\n");
        let rules = RuleSet::parse("r.yaml", &text).unwrap();
        let rule = rules.get("r").unwrap();
        let crate::rules::RuleBody::Query(query) = &rule.body else { panic!("a query rule") };
        check(rule, query, &Database::pretended().unwrap()).err().map(|error| error.to_string())
    }

    #[test]
    fn what_was_recorded_of_rules_is_what_their_texts_say() {
        let rules = RuleSet::builtin().unwrap();
        let is_fresh = |rule: &Rule, query: &QueryRule| {
            let fresh = Question::of(&query.sql);
            of_rule(&rule.id).is_some_and(|recorded| format!("{recorded:?}") == format!("{fresh:?}"))
        };
        let stale = rules.iter().filter(|rule| rule.query().is_some_and(|query| !is_fresh(rule, query)));
        assert_eq!(stale.map(|rule| rule.id.as_str()).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn a_query_needs_span_and_verdict() {
        let message = error("SELECT span FROM file", "m").unwrap();
        assert!(message.contains("no column `verdict`") && message.starts_with("r.yaml:5:1"), "{message}");
    }

    #[test]
    fn placeholders_must_be_columns() {
        assert!(error("SELECT span, 'fail' AS verdict FROM file", "{paht}").unwrap().contains("`{paht}`"));
        assert!(error("SELECT span, 'fail' AS verdict FROM file", "{paths:file}").unwrap().contains("`{paths}`"));
        assert_eq!(error("SELECT span, 'fail' AS verdict FROM file", "write {type: tmpfs}"), None);
    }

    #[test]
    fn a_scan_inside_a_scan_is_refused() {
        let sql = "SELECT a.span, 'fail' AS verdict FROM file a JOIN file b ON a.path LIKE b.name";
        assert!(error(sql, "m").unwrap().contains("once for every row"));
    }

    #[test]
    fn an_indexed_join_is_fine() {
        let sql = "SELECT a.span, 'fail' AS verdict FROM file a JOIN file b ON a.folder = b.path";
        assert_eq!(error(sql, "m"), None);
    }
}
