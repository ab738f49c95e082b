//! The names of tables and views in SQL texts.

use std::sync::OnceLock;

use hashbrown::HashSet;

use super::difference::Difference;
use super::question::Question;
use super::schema;

/// The tables and views that queries mention, views followed to the tables that they read.
/// May name more than SQLite would read, never less.
pub(crate) fn tables_mentioned<'q>(questions: impl IntoIterator<Item = &'q Question>) -> HashSet<&'static str> {
    followed(questions.into_iter().flat_map(Question::names), |_| true)
}

impl Question {
    /// The tables and views that it names. May be more than SQLite would read, never less.
    fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.words.split(' ').filter_map(schema::name)
    }
}

/// The tables and views of these names with those behind them, where a name is to be followed.
fn followed(
    names: impl IntoIterator<Item = &'static str>,
    is_followed: impl Fn(&str) -> bool,
) -> HashSet<&'static str> {
    let mut found = HashSet::new();
    let mut queue: Vec<&'static str> = names.into_iter().collect();
    while let Some(name) = queue.pop() {
        if found.insert(name)
            && is_followed(name)
            && let Some(view) = schema::question(name)
        {
            queue.extend(view.names());
        }
    }
    found
}

/// What the answer of an SQL text depends on.
pub(crate) struct Reads {
    /// Every table and view, also those behind derived tables.
    pub(crate) all: HashSet<&'static str>,
    /// Those that it reads by itself, derived tables among them.
    pub(crate) near: HashSet<&'static str>,
    /// Whether it looks into the texts of files besides their facts.
    pub(crate) texts: bool,
    /// Whether it only hands spans on and compares them, so that places may move under its answer.
    is_plain: bool,
    /// The words of it and of all that stands behind it.
    words: HashSet<Box<str>>,
    /// Tables and views whose columns it may give without naming them.
    unnamed: HashSet<&'static str>,
}

/// What does more with values than hand them on and compare them.
const COMPUTES: &[&str] = &["+", "-", "*", "/", "%", "&", "|", "~", "<<", ">>", "(", "->"];

/// What compares rows as a whole.
const SETS: &[&str] = &["distinct", "union", "except", "intersect"];

impl Reads {
    /// What `sql` depends on. Where it `is_ours`, it does not reckon with spans.
    pub(crate) fn of(sql: &str, is_ours: bool) -> Self {
        let question = Question::of(sql);
        let all = tables_mentioned([&question]);
        // Not what stands behind derived tables.
        let near = followed(question.names(), |name| !derived().contains(name));
        let bodies = || all.iter().filter_map(|name| schema::view(name));
        let named = std::iter::once(sql).chain(bodies()).flat_map(words).map(|word| word.to_ascii_lowercase().into());
        let words: HashSet<Box<str>> = named.collect();
        let derived = derived().iter().filter(|name| all.contains(*name)).filter_map(|name| schema::view(name));
        let sets = |sql: &&str| self::words(sql).any(|word| SETS.contains(&word.to_ascii_lowercase().as_str()));
        let unnamed: Option<Vec<_>> =
            std::iter::once(sql).chain(derived).chain(bodies().filter(sets)).map(unnamed_sources).collect();
        let unnamed = match unnamed {
            Some(sources) => followed(sources.into_iter().flatten(), |_| true),
            None => all.clone(),
        };
        let texts = std::iter::once(sql).chain(near.iter().filter_map(|name| body_of_view(name))).any(asks_texts);
        let is_plain = is_ours || !COMPUTES.iter().any(|sign| sql.contains(sign));
        Self { all, near, texts, is_plain, words, unnamed }
    }

    /// Whether the answer may be another after a table became another.
    pub(crate) fn minds(&self, table: &str, difference: &Difference) -> bool {
        let is_read = |column: &&str| self.words.contains(*column) || self.unnamed.contains(table);
        difference.rows || difference.moved && !self.is_plain || difference.columns.iter().any(is_read)
    }
}

/// The derived tables, with what each depends on.
pub(crate) fn derived_reads() -> Vec<(&'static str, Reads)> {
    schema::derived_tables().map(|(name, body)| (name, Reads::of(body, true))).collect()
}

/// The names of the derived tables.
fn derived() -> &'static HashSet<&'static str> {
    static DERIVED: OnceLock<HashSet<&'static str>> = OnceLock::new();
    DERIVED.get_or_init(|| schema::derived_tables().map(|(name, _)| name).collect())
}

fn body_of_view(name: &str) -> Option<&'static str> {
    schema::view(name).filter(|_| !derived().contains(name))
}

fn asks_texts(sql: &str) -> bool {
    words(sql).any(|word| matches!(word, "line_of" | "text_of" | "comment_of"))
}

/// The tables of which columns are given or compared that the text does not name: those before `.*`. Nothing where they
/// may be any.
fn unnamed_sources(sql: &str) -> Option<Vec<&'static str>> {
    let code = code(sql);
    let tokens: Vec<&str> = code.split_whitespace().collect();
    let mut sources = Vec::new();
    for (at, _) in code.match_indices('*') {
        let before = code[..at].trim_end();
        let last = words(before).last().unwrap_or_default();
        if let Some(qualified) = before.strip_suffix('.') {
            let alias = words(qualified).last()?;
            sources.push(source(&tokens, alias)?);
        } else if before.ends_with(',') || before.ends_with(last) && ["select", "distinct", "all"].contains(&last) {
            return None;
        }
    }
    (!tokens.contains(&"natural")).then_some(sources)
}

/// The table that is called `alias`.
fn source(tokens: &[&str], alias: &str) -> Option<&'static str> {
    let is_alias = |at: &usize| tokens[*at] == alias;
    let named = (1..tokens.len()).filter(is_alias).find_map(|at| match tokens[at - 1] {
        "as" => schema::name(tokens.get(at.checked_sub(2)?)?),
        name => schema::name(name),
    });
    named.or_else(|| schema::name(alias))
}

/// An SQL text in small letters without its literals and comments, with room around commas and brackets.
fn code(sql: &str) -> String {
    let mut code = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.find(['\'', '-', ',', '(', ')']) {
        code.push_str(&rest[..at]);
        let (sign, tail) = rest[at..].split_at(1);
        rest = match sign {
            "'" => tail.split_once('\'').map_or("", |(_, tail)| tail),
            "-" if tail.starts_with('-') => tail.split_once('\n').map_or("", |(_, tail)| tail),
            _ => {
                code.extend([" ", sign, " "]);
                tail
            }
        };
    }
    code.push_str(rest);
    code.make_ascii_lowercase();
    code
}

/// What may be a name of a table or function: keywords stand in capitals.
fn words(sql: &str) -> impl Iterator<Item = &str> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = sql.as_bytes();
        loop {
            at += bytes[at..].iter().position(is_letter)?;
            let start = at;
            at += bytes[at..].iter().position(|byte| !is_letter(byte)).unwrap_or(bytes.len() - at);
            if bytes[start].is_ascii_lowercase() {
                return sql.get(start..at);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_are_not_named_are_those_before_a_star() {
        let of = |sql: &str| unnamed_sources(sql);
        assert_eq!(of("SELECT f.path, count(*), 2 * 3 FROM file f WHERE path GLOB '*.py' -- all *"), Some(vec![]));
        assert_eq!(of("SELECT f.*, 1 FROM file AS f"), Some(vec!["file"]));
        assert_eq!(of("SELECT c.* FROM file f JOIN component c ON c.id = f.component"), Some(vec!["component"]));
        assert_eq!(of("SELECT * FROM file"), None);
        assert_eq!(of("SELECT 1, * FROM file"), None);
        assert_eq!(of("SELECT x.* FROM (SELECT path FROM file) x"), None);
        assert_eq!(of("SELECT path FROM file NATURAL JOIN component"), None);
    }

    #[test]
    fn names_are_found_in_any_case() {
        let names = |sql| Question::of(sql).names().collect::<Vec<_>>();
        assert_eq!(names("SELECT 'python_call' FROM File JOIN \"component\" -- python_class"), ["component", "file"]);
        assert_eq!(names("SELECT c.file FROM main.component c"), ["component"]);
    }

    #[test]
    fn a_view_is_followed_to_its_tables() {
        let tables = tables_mentioned([&Question::of("SELECT * FROM production_file")]);
        assert!(tables.contains("production_file") && tables.contains("file"));
    }
}
