//! Which queries can have rows at all: a query that must read a table without rows need not even be compiled.
//!
//! Reads no more of SQL than which sources a SELECT joins. Whatever it does not understand may have rows.

use std::cell::{Cell, RefCell};

use hashbrown::HashMap;

use super::schema;

/// Deepest nesting of queries that is followed.
const MAX_DEPTH: usize = 64;
/// Most queries within one that are looked at: tables of WITH that name one another multiply.
const MAX_QUERIES: usize = 10_000;
/// Functions that give a row for no rows.
const AGGREGATES: &[&str] = &[
    "count",
    "sum",
    "total",
    "avg",
    "min",
    "max",
    "group_concat",
    "listed",
    "string_agg",
    "json_group_array",
    "json_group_object",
];

/// Tells which queries may have rows, given the tables that have.
pub(crate) struct Live<F> {
    has_rows: F,
    views: RefCell<HashMap<&'static str, bool>>,
    /// Queries that may still be looked at within the present one.
    left: Cell<usize>,
}

impl<F: Fn(&str) -> Option<bool>> Live<F> {
    /// `has_rows` knows the tables: `None` for a name that is none, or a derived table that is not filled yet.
    pub(crate) fn new(has_rows: F) -> Self {
        Self { has_rows, views: RefCell::default(), left: Cell::new(0) }
    }

    /// Whether `sql` may have rows.
    pub(crate) fn may_have_rows(&self, sql: &str) -> bool {
        self.left.set(MAX_QUERIES);
        self.query(&tokens(sql), &Scope::default())
    }

    fn query<'t>(&self, tokens: &'t [Token<'t>], outer: &Scope<'t>) -> bool {
        let mut scope = Scope { depth: outer.depth + 1, ..outer.clone() };
        let (Some(first), true) = (tokens.first(), scope.depth < MAX_DEPTH && self.left.get() > 0) else { return true };
        self.left.set(self.left.get() - 1);
        let level = first.level;
        let Some(body) = common_tables(tokens, &mut scope) else { return true };
        let mut arms = body.split(|token| token.level == level && token.is_any(&["UNION", "EXCEPT", "INTERSECT"]));
        arms.any(|arm| self.select(arm, level, &scope))
    }

    /// One SELECT: without rows where a source that it joins has none.
    fn select<'t>(&self, tokens: &'t [Token<'t>], level: usize, scope: &Scope<'t>) -> bool {
        let at = |words: &[&str]| tokens.iter().position(|token| token.level == level && token.is_any(words));
        let Some(from) = at(&["FROM"]) else { return true };
        let counts = tokens[..from].windows(2).any(|pair| pair[1].text == "(" && pair[0].is_any(AGGREGATES));
        if (counts || at(&["HAVING"]).is_some()) && at(&["GROUP"]).is_none() || at(&["RIGHT", "FULL"]).is_some() {
            return true;
        }
        let end = at(&["WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT"]).unwrap_or(tokens.len());
        let sources = &tokens[from..end.max(from)];
        sources.iter().enumerate().all(|(at, token)| {
            let starts = token.level == level && (token.text == "," || token.is_any(&["FROM", "JOIN"]));
            let before = sources[..at].iter().rev().find(|token| !token.is_any(&["OUTER"]));
            let is_left = token.text != "," && before.is_some_and(|token| token.is_any(&["LEFT"]));
            !starts || is_left || self.source(&sources[at + 1..], scope)
        })
    }

    /// What stands behind FROM, JOIN or a comma.
    fn source<'t>(&self, tokens: &'t [Token<'t>], scope: &Scope<'t>) -> bool {
        let Some(first) = tokens.first() else { return true };
        if first.text == "(" {
            let inner = between_brackets(tokens);
            return !inner.first().is_some_and(|token| token.is_any(&["SELECT", "WITH"])) || self.query(inner, scope);
        }
        let is_function = tokens.get(1).is_some_and(|next| next.text == "(");
        is_function || self.name(first.text, scope)
    }

    fn name(&self, name: &str, scope: &Scope<'_>) -> bool {
        if let Some((name, body)) = scope.tables.get_key_value(name) {
            // What a recursive table asks of itself adds no first row.
            let mut inner = scope.clone();
            inner.tables.insert(name, &[]);
            return !body.is_empty() && self.query(body, &inner);
        }
        if let Some(has_rows) = (self.has_rows)(name) {
            return has_rows;
        }
        let (Some(name), Some(body)) = (schema::name(name), schema::view(name)) else { return true };
        if let Some(known) = self.views.borrow().get(name) {
            return *known;
        }
        // A view that reads itself is SQLite's to refuse.
        self.views.borrow_mut().insert(name, true);
        let query = body.split_once(" AS").map_or(body, |(_, query)| query);
        let live = self.query(&tokens(query), &Scope::default());
        self.views.borrow_mut().insert(name, live);
        live
    }
}

/// The tables that WITH names, and how deep in queries we are.
#[derive(Clone, Default)]
struct Scope<'t> {
    tables: HashMap<&'t str, &'t [Token<'t>]>,
    depth: usize,
}

/// Takes the tables of WITH into the scope and gives what follows them; `None` where they are not understood.
fn common_tables<'t>(tokens: &'t [Token<'t>], scope: &mut Scope<'t>) -> Option<&'t [Token<'t>]> {
    if !tokens.first()?.is_any(&["WITH"]) {
        return Some(tokens);
    }
    let mut rest = &tokens[1..];
    rest = rest.strip_prefix_word("RECURSIVE");
    loop {
        let (name, behind) = rest.split_first()?;
        let open = behind.iter().position(|token| token.is_any(&["AS"]))?;
        rest = behind[open + 1..].strip_prefix_word("NOT").strip_prefix_word("MATERIALIZED");
        let body = between_brackets(rest);
        scope.tables.insert(name.text, body);
        rest = rest.get(body.len() + 2..)?;
        match rest.first()?.text {
            "," => rest = &rest[1..],
            _ => return Some(rest),
        }
    }
}

trait StripWord {
    /// The tokens without `word` at their start.
    fn strip_prefix_word(&self, word: &str) -> &Self;
}

impl StripWord for [Token<'_>] {
    fn strip_prefix_word(&self, word: &str) -> &Self {
        match self.split_first() {
            Some((first, rest)) if first.is_any(&[word]) => rest,
            _ => self,
        }
    }
}

/// What stands between the bracket that opens the tokens and its counterpart.
fn between_brackets<'t>(tokens: &'t [Token<'t>]) -> &'t [Token<'t>] {
    let Some((first, rest)) = tokens.split_first() else { return &[] };
    let end = rest.iter().position(|token| token.level <= first.level).unwrap_or(rest.len());
    &rest[..end]
}

/// A word, bracket or other sign; texts in quotes are one sign.
struct Token<'s> {
    text: &'s str,
    /// How many brackets are open around it.
    level: usize,
}

impl Token<'_> {
    fn is_any(&self, words: &[&str]) -> bool {
        let same = |word: &&str| word.len() == self.text.len() && self.text.eq_ignore_ascii_case(word);
        words.iter().any(same)
    }
}

fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut level: usize = 0;
    let mut rest = sql.trim_ascii_start();
    while let Some(&first) = rest.as_bytes().first() {
        let end = match first {
            b'\'' | b'"' => rest[1..].find(first as char).map_or(rest.len(), |end| end + 2),
            b'-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            _ if is_word(first) => rest.bytes().position(|byte| !is_word(byte)).unwrap_or(rest.len()),
            _ => 1,
        };
        let (text, behind) = rest.split_at(end);
        rest = behind.trim_ascii_start();
        if text.starts_with("--") {
            continue;
        }
        level = if text == ")" { level.saturating_sub(1) } else { level };
        found.push(Token { text, level });
        level += usize::from(text == "(");
    }
    found
}

/// Bytes of other alphabets count as letters, so that no character is cut.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a query may have rows where only `file` has any.
    fn live(sql: &str) -> bool {
        let stated = |name: &str| schema::table(name).map(|_| name == "file");
        Live::new(stated).may_have_rows(sql)
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
        for text in ["", "(", ")", "WITH", "WITH x", "SELECT FROM", "FROM ((((", "\"", &"(SELECT 1 FROM ".repeat(1000)]
        {
            assert!(live(text) || text.starts_with("SELECT FROM"), "{text}");
        }
    }
}
