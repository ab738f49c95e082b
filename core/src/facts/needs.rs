//! Which queries can have rows at all: a query that must read a table without rows, or of a table only such rows as it
//! has none of, need not even be compiled by SQLite.
//!
//! Reads no more of SQL than which sources a SELECT joins and the plainest of its conditions. Whatever is not understood
//! may have rows.

use std::cell::RefCell;

use hashbrown::HashMap;

use super::schema;
use super::sql::{Sign, between_brackets, outside, word};

/// Deepest nesting of queries that is followed.
const MAX_DEPTH: u32 = 64;

/// What a query needs in order to have rows: a formula over tables, each part behind those that it is made of.
#[derive(Debug, Clone)]
pub(crate) struct Needs {
    parts: Box<[Need]>,
    /// The place of the whole among them.
    whole: usize,
}

#[derive(Debug, Clone)]
enum Need {
    Nothing,
    Impossible,
    /// A row of a table or view.
    Row(&'static str),
    /// A row of a table whose column has one of these texts.
    RowWith {
        table: &'static str,
        column: Box<str>,
        texts: Box<[Box<str>]>,
    },
    /// All of them, by their places.
    All(Box<[usize]>),
    /// One of them.
    Any(Box<[usize]>),
}

/// The places of needs that every formula begins with.
const NOTHING: usize = 0;
const IMPOSSIBLE: usize = 1;

impl Needs {
    /// What the query with these signs needs.
    pub(super) fn of(signs: &[Sign<'_>]) -> Self {
        let mut reader = Reader { needs: vec![Need::Nothing, Need::Impossible], tables: Vec::new() };
        let whole = reader.query(signs, 0);
        Self { parts: reader.needs.into(), whole }
    }
}

/// What is known of the rows of tables; `None` for a name that is no table, or a derived one that is not filled yet.
pub(crate) trait Knows {
    /// Whether a table has rows.
    fn has_rows(&self, table: &str) -> Option<bool>;
    /// Whether it has rows with this text in a column.
    fn has_text(&self, table: &str, column: &str, text: &str) -> Option<bool>;
}

/// Tells which queries may have rows, given the tables that have.
pub(crate) struct Live<'k, K> {
    known: &'k K,
    views: RefCell<HashMap<&'static str, bool>>,
}

impl<'k, K: Knows> Live<'k, K> {
    pub(crate) fn new(known: &'k K) -> Self {
        Self { known, views: RefCell::default() }
    }

    /// Whether a query with these needs may have rows.
    pub(crate) fn may_have_rows(&self, needs: &Needs) -> bool {
        let mut met: Vec<bool> = Vec::with_capacity(needs.parts.len());
        for need in &needs.parts {
            let is_met = match need {
                Need::Nothing => true,
                Need::Impossible => false,
                Need::Row(name) => self.name(name),
                Need::RowWith { table, column, texts } => {
                    texts.iter().any(|text| self.known.has_text(table, column, text).unwrap_or(true))
                }
                Need::All(parts) => parts.iter().all(|part| met[*part]),
                Need::Any(parts) => parts.iter().any(|part| met[*part]),
            };
            met.push(is_met);
        }
        met[needs.whole]
    }

    fn name(&self, name: &'static str) -> bool {
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

/// Reads a query, from its signs to its needs.
struct Reader<'s> {
    needs: Vec<Need>,
    /// The tables that WITH names, the innermost last, with the place of what each needs.
    tables: Vec<(&'s str, usize)>,
}

impl<'s> Reader<'s> {
    fn push(&mut self, need: Need) -> usize {
        self.needs.push(need);
        self.needs.len() - 1
    }

    fn all(&mut self, mut parts: Vec<usize>) -> usize {
        parts.retain(|part| *part != NOTHING);
        match parts[..] {
            [] => NOTHING,
            [one] => one,
            _ => self.push(Need::All(parts.into())),
        }
    }

    fn query(&mut self, signs: &[Sign<'s>], depth: u32) -> usize {
        if depth >= MAX_DEPTH {
            return NOTHING;
        }
        let outer = self.tables.len();
        let need = match self.common_tables(signs, depth) {
            Some(body) => {
                let arms: Vec<usize> = split(body, word::COMPOUND).map(|arm| self.select(arm, depth)).collect();
                match arms[..] {
                    [one] => one,
                    _ => self.push(Need::Any(arms.into())),
                }
            }
            None => NOTHING,
        };
        self.tables.truncate(outer);
        need
    }

    /// Takes the tables of WITH and gives what follows them; `None` where they are not understood.
    fn common_tables<'q>(&mut self, signs: &'q [Sign<'s>], depth: u32) -> Option<&'q [Sign<'s>]> {
        if !signs.first()?.is(word::WITH) {
            return Some(signs);
        }
        let mut rest = without(&signs[1..], word::RECURSIVE);
        let mut bodies = Vec::new();
        let first = self.tables.len();
        let query = loop {
            let (name, behind) = rest.split_first()?;
            let open = behind.iter().position(|sign| sign.is(word::AS))?;
            rest = without(without(&behind[open + 1..], word::NOT), word::MATERIALIZED);
            let body = between_brackets(rest);
            // One may read another that comes later.
            self.tables.push((name.name()?, NOTHING));
            bodies.push(body);
            rest = rest.get(body.len() + 2..)?;
            match rest.first()?.text {
                "," => rest = &rest[1..],
                _ => break rest,
            }
        };
        for (at, body) in (first..).zip(bodies) {
            // What a recursive table asks of itself adds no first row.
            self.tables[at].1 = IMPOSSIBLE;
            self.tables[at].1 = self.query(body, depth + 1);
        }
        Some(query)
    }

    /// One SELECT: without rows where a source that it joins has none, or a plain condition holds for none.
    fn select(&mut self, signs: &[Sign<'s>], depth: u32) -> usize {
        let clauses = Clauses::of(signs);
        if clauses.may_give_rows_of_none {
            return NOTHING;
        }
        let mut select = Select { depth: depth + 1, sources: Vec::new(), needs: Vec::new() };
        let joined = sources(clauses.sources);
        for source in &joined {
            self.source(source, &mut select);
        }
        for source in joined.iter().filter(|source| !source.is_left) {
            self.conditions(source.condition, &mut select);
        }
        self.conditions(clauses.conditions, &mut select);
        self.all(select.needs)
    }

    fn source(&mut self, source: &Source<'_, 's>, select: &mut Select<'s>) {
        let Some(first) = source.signs.first() else { return };
        let (mut table, mut need) = (None, NOTHING);
        let mut behind = &source.signs[1..];
        if first.text == "(" {
            let inner = between_brackets(source.signs);
            behind = source.signs.get(inner.len() + 2..).unwrap_or_default();
            if inner.first().is_some_and(|sign| sign.is(word::SELECT | word::WITH)) {
                need = self.query(inner, select.depth);
            }
        } else if behind.first().is_none_or(|next| next.text != "(") {
            (table, need) = self.named(first);
        }
        let alias = without(behind, word::AS).first().and_then(Sign::name);
        select.sources.push((alias.or_else(|| first.name()).unwrap_or_default(), table));
        if !source.is_left {
            select.needs.push(need);
        }
    }

    /// The table of this name, and what a row of it needs.
    fn named(&mut self, sign: &Sign<'s>) -> (Option<&'static str>, usize) {
        let Some(name) = sign.name() else { return (None, NOTHING) };
        if let Some((_, need)) = self.tables.iter().rev().find(|(own, _)| *own == name) {
            return (None, *need);
        }
        match schema::name(name) {
            Some(name) => (Some(name), self.push(Need::Row(name))),
            None => (None, NOTHING),
        }
    }

    /// Conditions that all must hold.
    fn conditions(&mut self, signs: &[Sign<'s>], select: &mut Select<'s>) {
        if outside(signs).any(|at| signs[at].is(word::CHOICE)) {
            return;
        }
        for condition in split(signs, word::AND) {
            if let Some(need) = self.condition(condition, select) {
                select.needs.push(need);
            }
        }
    }

    /// What `EXISTS (SELECT …)`, `… IN (SELECT …)` and a column that equals a text need; `None` for other conditions.
    fn condition(&mut self, signs: &[Sign<'s>], select: &Select<'s>) -> Option<usize> {
        let (left, right) = match signs {
            [first, inner @ ..] if first.is(word::EXISTS) => return self.subquery(inner, select),
            [column, rest @ ..] if rest.first().is_none_or(|dot| dot.text != ".") => ((None, column), rest),
            [table, _, column, rest @ ..] => ((Some(table.name()?), column), rest),
            _ => return None,
        };
        let column = left.1.name()?;
        let texts = match right {
            [equals, text] if equals.text == "=" => Box::from([Box::from(text.literal()?)]),
            [is_in, list @ ..] if is_in.is(word::IN) => match literals(list) {
                Some(texts) => texts,
                None => return self.subquery(list, select),
            },
            _ => return None,
        };
        let table = match (left.0, &select.sources[..]) {
            (None, [(_, table)]) => *table,
            (None, _) => None,
            (Some(alias), sources) => sources.iter().find(|(name, _)| *name == alias)?.1,
        };
        Some(self.push(Need::RowWith { table: table?, column: column.into(), texts }))
    }

    /// A query that stands in brackets, with nothing behind it.
    fn subquery(&mut self, signs: &[Sign<'s>], select: &Select<'s>) -> Option<usize> {
        let inner = between_brackets(signs);
        let is_query = inner.first()?.is(word::SELECT | word::WITH) && signs.len() == inner.len() + 2;
        is_query.then(|| self.query(inner, select.depth))
    }
}

/// A SELECT that is being read.
struct Select<'s> {
    /// How many queries it stands in.
    depth: u32,
    /// What its sources are called, with the table of those that are one.
    sources: Vec<(&'s str, Option<&'static str>)>,
    needs: Vec<usize>,
}

/// A source of a SELECT.
struct Source<'q, 's> {
    /// From its name or bracket to its condition.
    signs: &'q [Sign<'s>],
    /// What stands behind ON.
    condition: &'q [Sign<'s>],
    /// Whether the join gives a row where the source has none.
    is_left: bool,
}

/// The parts of a SELECT.
struct Clauses<'q, 's> {
    /// From FROM on.
    sources: &'q [Sign<'s>],
    /// What stands behind WHERE.
    conditions: &'q [Sign<'s>],
    /// Whether there may be a row although a source has none.
    may_give_rows_of_none: bool,
}

impl<'q, 's> Clauses<'q, 's> {
    fn of(signs: &'q [Sign<'s>]) -> Self {
        let (mut from, mut filter, mut end, mut seen) = (signs.len(), signs.len(), signs.len(), 0);
        for at in outside(signs) {
            let sign = &signs[at];
            seen |= sign.word();
            match () {
                () if sign.is(word::FROM) => from = from.min(at),
                () if sign.is(word::WHERE) => filter = filter.min(at),
                () if sign.is(word::CLAUSE | word::GROUP | word::HAVING) => end = end.min(at),
                () => {}
            }
        }
        filter = filter.min(end);
        let counts = seen & word::GROUP == 0 && (seen & word::HAVING != 0 || counts(&signs[..from]));
        Self {
            sources: signs.get(from..filter).unwrap_or_default(),
            conditions: signs.get(filter + 1..end).unwrap_or_default(),
            may_give_rows_of_none: counts || seen & word::RIGHT != 0,
        }
    }
}

/// The sources that stand behind FROM, with FROM itself.
fn sources<'q, 's>(signs: &'q [Sign<'s>]) -> Vec<Source<'q, 's>> {
    let starts = |at: &usize| signs[*at].text == "," || signs[*at].is(word::FROM | word::JOIN);
    let places: Vec<usize> = outside(signs).filter(starts).collect();
    // The words before JOIN that say which.
    let kinds =
        |end: usize| signs[..end].iter().rev().take_while(|sign| sign.is(word::LEFT | word::KIND_OF_JOIN)).count();
    let source = |at: usize| {
        let (start, next) = (places[at], places.get(at + 1).copied().unwrap_or(signs.len()));
        let own = &signs[start + 1..(next - kinds(next)).max(start + 1)];
        let on = outside(own).find(|at| own[*at].is(word::ON)).unwrap_or(own.len());
        Source {
            signs: &own[..on],
            condition: own.get(on + 1..).unwrap_or_default(),
            is_left: signs[start - kinds(start)..start].iter().any(|sign| sign.is(word::LEFT)),
        }
    };
    (0..places.len()).map(source).collect()
}

/// The signs between those of the words that stand in no brackets.
fn split<'q, 's>(signs: &'q [Sign<'s>], words: u32) -> impl Iterator<Item = &'q [Sign<'s>]> {
    let mut rest = Some(signs);
    std::iter::from_fn(move || {
        let whole = rest?;
        let end = outside(whole).find(|at| whole[*at].is(words));
        rest = end.map(|end| &whole[end + 1..]);
        Some(&whole[..end.unwrap_or(whole.len())])
    })
}

/// Whether what a SELECT gives is reckoned from all rows together; a query in brackets does that for itself.
fn counts(mut signs: &[Sign<'_>]) -> bool {
    while let Some((sign, rest)) = signs.split_first() {
        let inner = between_brackets(signs);
        let is_query = inner.first().is_some_and(|first| first.is(word::SELECT | word::WITH));
        signs = if is_query { &rest[inner.len()..] } else { rest };
        if sign.is(word::AGGREGATE) && rest.first().is_some_and(|next| next.text == "(") {
            return true;
        }
    }
    false
}

/// The texts of a list in brackets that holds nothing else.
fn literals(signs: &[Sign<'_>]) -> Option<Box<[Box<str>]>> {
    let inner = between_brackets(signs);
    if signs.len() != inner.len() + 2 {
        return None;
    }
    inner
        .split(|sign| sign.text == ",")
        .map(|one| match one {
            [text] => text.literal().map(Box::from),
            _ => None,
        })
        .collect()
}

/// The signs without a word at their start.
fn without<'q, 's>(signs: &'q [Sign<'s>], word: u32) -> &'q [Sign<'s>] {
    match signs.split_first() {
        Some((first, rest)) if first.is(word) => rest,
        _ => signs,
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
    }

    fn live(sql: &str) -> bool {
        Live::new(&Dockerfiles).may_have_rows(&Needs::of(&signs(sql)))
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
    fn a_condition_that_is_not_plain_may_hold() {
        for condition in [
            "artifact = 'python' OR size > 3",
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
        for text in ["", "(", ")", "WITH", "WITH x", "SELECT FROM", "FROM ((((", "\"", &"(SELECT 1 FROM ".repeat(1000)]
        {
            assert!(live(text) || text.starts_with("SELECT FROM"), "{text}");
        }
    }
}
