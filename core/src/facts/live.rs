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

/// The words of SQL that are looked for, a bit each.
mod word {
    pub(super) const WITH: u32 = 1;
    pub(super) const RECURSIVE: u32 = 1 << 1;
    pub(super) const AS: u32 = 1 << 2;
    pub(super) const NOT: u32 = 1 << 3;
    pub(super) const MATERIALIZED: u32 = 1 << 4;
    pub(super) const SELECT: u32 = 1 << 5;
    pub(super) const FROM: u32 = 1 << 6;
    pub(super) const JOIN: u32 = 1 << 7;
    pub(super) const LEFT: u32 = 1 << 8;
    pub(super) const OUTER: u32 = 1 << 9;
    /// Joins that give rows of the right side alone.
    pub(super) const RIGHT: u32 = 1 << 10;
    pub(super) const GROUP: u32 = 1 << 11;
    pub(super) const HAVING: u32 = 1 << 12;
    /// What else ends the list of sources.
    pub(super) const CLAUSE: u32 = 1 << 13;
    /// What joins queries.
    pub(super) const COMPOUND: u32 = 1 << 14;
    /// Functions that give a row for no rows.
    pub(super) const AGGREGATE: u32 = 1 << 15;

    /// Every word, by length.
    const WORDS: [&[(&str, u32)]; 18] = [
        &[],
        &[],
        &[("AS", AS)],
        &[("NOT", NOT), ("sum", AGGREGATE), ("avg", AGGREGATE), ("min", AGGREGATE), ("max", AGGREGATE)],
        &[("FROM", FROM), ("JOIN", JOIN), ("LEFT", LEFT), ("WITH", WITH), ("FULL", RIGHT)],
        &[
            ("WHERE", CLAUSE),
            ("GROUP", GROUP),
            ("ORDER", CLAUSE),
            ("LIMIT", CLAUSE),
            ("UNION", COMPOUND),
            ("OUTER", OUTER),
            ("RIGHT", RIGHT),
            ("count", AGGREGATE),
            ("total", AGGREGATE),
        ],
        &[("SELECT", SELECT), ("HAVING", HAVING), ("WINDOW", CLAUSE), ("EXCEPT", COMPOUND), ("listed", AGGREGATE)],
        &[],
        &[],
        &[("INTERSECT", COMPOUND), ("RECURSIVE", RECURSIVE)],
        &[("string_agg", AGGREGATE)],
        &[],
        &[("group_concat", AGGREGATE), ("MATERIALIZED", MATERIALIZED)],
        &[],
        &[],
        &[],
        &[("json_group_array", AGGREGATE)],
        &[("json_group_object", AGGREGATE)],
    ];

    /// The word's bit; none for other words.
    pub(super) fn of(text: &str) -> u32 {
        let words = WORDS.get(text.len()).copied().unwrap_or_default();
        words.iter().find(|(word, _)| text.eq_ignore_ascii_case(word)).map_or(0, |(_, bit)| *bit)
    }
}

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
        let mut arms = body.split(|token| token.level == level && token.is(word::COMPOUND));
        arms.any(|arm| self.select(arm, level, &scope))
    }

    /// One SELECT: without rows where a source that it joins has none.
    fn select<'t>(&self, tokens: &'t [Token<'t>], level: usize, scope: &Scope<'t>) -> bool {
        let at = |words: u32| tokens.iter().position(|token| token.level == level && token.is(words));
        let Some(from) = at(word::FROM) else { return true };
        let counts = tokens[..from].windows(2).any(|pair| pair[0].is(word::AGGREGATE) && pair[1].text == "(");
        if (counts || at(word::HAVING).is_some()) && at(word::GROUP).is_none() || at(word::RIGHT).is_some() {
            return true;
        }
        let end = at(word::CLAUSE | word::GROUP | word::HAVING).unwrap_or(tokens.len());
        let sources = &tokens[from..end.max(from)];
        sources.iter().enumerate().all(|(at, token)| {
            let starts = token.level == level && (token.text == "," || token.is(word::FROM | word::JOIN));
            let before = || sources[..at].iter().rev().find(|token| !token.is(word::OUTER));
            let is_left = || token.text != "," && before().is_some_and(|token| token.is(word::LEFT));
            !starts || is_left() || self.source(&sources[at + 1..], scope)
        })
    }

    /// What stands behind FROM, JOIN or a comma.
    fn source<'t>(&self, tokens: &'t [Token<'t>], scope: &Scope<'t>) -> bool {
        let Some(first) = tokens.first() else { return true };
        if first.text == "(" {
            let inner = between_brackets(tokens);
            return !inner.first().is_some_and(|token| token.is(word::SELECT | word::WITH)) || self.query(inner, scope);
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
    if !tokens.first()?.is(word::WITH) {
        return Some(tokens);
    }
    let mut rest = &tokens[1..];
    rest = rest.strip_prefix_word(word::RECURSIVE);
    loop {
        let (name, behind) = rest.split_first()?;
        let open = behind.iter().position(|token| token.is(word::AS))?;
        rest = behind[open + 1..].strip_prefix_word(word::NOT).strip_prefix_word(word::MATERIALIZED);
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
    fn strip_prefix_word(&self, word: u32) -> &Self;
}

impl StripWord for [Token<'_>] {
    fn strip_prefix_word(&self, word: u32) -> &Self {
        match self.split_first() {
            Some((first, rest)) if first.is(word) => rest,
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
    /// Its bit, where it is one of the words that are looked for.
    word: u32,
    /// How many brackets are open around it.
    level: usize,
}

impl Token<'_> {
    fn is(&self, words: u32) -> bool {
        self.word & words != 0
    }
}

fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut found = Vec::with_capacity(sql.len() / 4);
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
        found.push(Token { text, word: word::of(text), level });
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
