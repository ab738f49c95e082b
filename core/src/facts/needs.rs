//! What a query needs in order to have rows, read from its signs: of which tables it must read rows, and of some only such
//! with certain texts.
//!
//! Reads no more of SQL than which sources a SELECT joins and the plainest of its conditions. Whatever is not understood
//! needs nothing.

use std::borrow::Cow;

use super::spelling::Operator;
use super::sql::{Sign, between_brackets, outside, word};

/// A text that was read when treeward was built, or just now.
pub(crate) type Text = Cow<'static, str>;
/// The same of a list.
pub(crate) type List<T> = Cow<'static, [T]>;

/// Deepest nesting of queries that is followed.
const MAX_DEPTH: u32 = 64;

/// What a query needs in order to have rows: a formula over tables, each part behind those that it is made of.
#[derive(Debug, Clone)]
pub(crate) struct Needs {
    pub(super) parts: List<Need>,
    /// The place of the whole among them.
    pub(super) whole: usize,
}

/// A part of it. A name may be none of a table: that needs nothing.
#[derive(Debug, Clone)]
pub(super) enum Need {
    Nothing,
    Impossible,
    /// A row of a table or view.
    Row(Text),
    /// A row of a table whose column has one of these texts.
    RowWith {
        table: Text,
        column: Text,
        texts: List<Text>,
    },
    /// A row of a table whose column matches a pattern.
    RowLike {
        table: Text,
        column: Text,
        operator: Operator,
        pattern: Text,
    },
    /// All of them, by their places.
    All(List<usize>),
    /// One of them.
    Any(List<usize>),
}

/// The places of needs that every formula begins with.
const NOTHING: usize = 0;
const IMPOSSIBLE: usize = 1;

impl Needs {
    /// What the query with these signs needs.
    pub(super) fn of(signs: &[Sign<'_>]) -> Self {
        let mut reader = Reader { needs: vec![Need::Nothing, Need::Impossible], tables: Vec::new() };
        let whole = reader.query(signs, 0);
        Self { parts: Cow::Owned(reader.needs), whole }
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
            _ => self.push(Need::All(Cow::Owned(parts))),
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
                    _ => self.push(Need::Any(Cow::Owned(arms))),
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
    fn named(&mut self, sign: &Sign<'s>) -> (Option<&'s str>, usize) {
        let Some(name) = sign.name() else { return (None, NOTHING) };
        if let Some((_, need)) = self.tables.iter().rev().find(|(own, _)| *own == name) {
            return (None, *need);
        }
        (Some(name), self.push(Need::Row(owned(name))))
    }

    /// Conditions on the rows of a SELECT.
    fn conditions(&mut self, signs: &[Sign<'s>], select: &mut Select<'s>) {
        let need = self.all_of(signs, select, select.depth);
        select.needs.push(need);
    }

    /// Conditions that all must hold, or of which one must.
    fn all_of(&mut self, signs: &[Sign<'s>], select: &Select<'s>, depth: u32) -> usize {
        if depth >= MAX_DEPTH || outside(signs).any(|at| signs[at].is(word::CHOICE)) {
            return NOTHING;
        }
        let arms: Vec<&[Sign<'s>]> = split(signs, word::OR).collect();
        let mut needs = Vec::with_capacity(arms.len());
        for arm in arms {
            let parts =
                split(arm, word::AND).map(|condition| self.condition(condition, select, depth).unwrap_or(NOTHING));
            let parts = parts.collect();
            needs.push(self.all(parts));
        }
        match needs[..] {
            [one] => one,
            _ if needs.contains(&NOTHING) => NOTHING,
            _ => self.push(Need::Any(Cow::Owned(needs))),
        }
    }

    /// What conditions in brackets, `EXISTS (SELECT …)`, `… IN (SELECT …)` and a column that equals a text or matches a pattern
    /// need; `None` for other conditions.
    fn condition(&mut self, signs: &[Sign<'s>], select: &Select<'s>, depth: u32) -> Option<usize> {
        // A sign that keeps SQLite from an index.
        let signs = if signs.first().is_some_and(|first| first.text == "+") { &signs[1..] } else { signs };
        let (left, right) = match signs {
            [first, inner @ ..] if first.is(word::EXISTS) => return self.subquery(inner, select),
            [first, ..] if first.text == "(" => {
                let inner = between_brackets(signs);
                let is_all = signs.len() == inner.len() + 2 && !inner.first()?.is(word::SELECT | word::WITH);
                return is_all.then(|| self.all_of(inner, select, depth + 1));
            }
            [column, rest @ ..] if rest.first().is_none_or(|dot| dot.text != ".") => ((None, column), rest),
            [table, _, column, rest @ ..] => ((Some(table.name()?), column), rest),
            _ => return None,
        };
        let column = left.1.name()?;
        let table = |sources: &[(&'s str, Option<&'s str>)]| match (left.0, sources) {
            (None, [(_, table)]) => *table,
            (None, _) => None,
            (Some(alias), sources) => sources.iter().find(|(name, _)| *name == alias)?.1,
        };
        let texts = match right {
            [operator, pattern] if let Some(operator) = Operator::of(operator.text) => {
                let (table, pattern) = (owned(table(&select.sources)?), owned(pattern.literal()?));
                return Some(self.push(Need::RowLike { table, column: owned(column), operator, pattern }));
            }
            [equals, text] if equals.text == "=" => Cow::Owned(vec![owned(text.literal()?)]),
            [is_in, list @ ..] if is_in.is(word::IN) => match literals(list) {
                Some(texts) => texts,
                None => return self.subquery(list, select),
            },
            _ => return None,
        };
        Some(self.push(Need::RowWith { table: owned(table(&select.sources)?), column: owned(column), texts }))
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
    sources: Vec<(&'s str, Option<&'s str>)>,
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
fn literals(signs: &[Sign<'_>]) -> Option<List<Text>> {
    let inner = between_brackets(signs);
    if signs.len() != inner.len() + 2 {
        return None;
    }
    inner
        .split(|sign| sign.text == ",")
        .map(|one| match one {
            [text] => text.literal().map(owned),
            _ => None,
        })
        .collect()
}

fn owned(text: &str) -> Text {
    Cow::Owned(text.to_owned())
}

/// The signs without a word at their start.
fn without<'q, 's>(signs: &'q [Sign<'s>], word: u32) -> &'q [Sign<'s>] {
    match signs.split_first() {
        Some((first, rest)) if first.is(word) => rest,
        _ => signs,
    }
}
