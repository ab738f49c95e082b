//! SQL functions that rules may use. Each is pure; a NULL argument gives NULL.
//!
//! | function | meaning |
//! | --- | --- |
//! | `text REGEXP pattern` | the regular expression is found in the text; `\w`, `\d`, `\s`, `\b` and `(?i)` are those of ASCII |
//! | `capture(pattern, text)` | the first group of the pattern where it is found first, else the whole of what it found |
//! | `role_severity(role)` | the severity to which a finding outside of production is lowered; NULL in production |
//! | `glob_match(pattern, path)` | the path matches a glob, in which `**` crosses folders |
//! | `path_covers(folder, path)` | the path is the folder or lies below it |
//! | `path_join(folder, path)` | the joined path without `.` and `..`; NULL where it leaves the root |
//! | `parent_folder(path)`, `file_name(path)` | the parts of a path |
//! | `path_shape(path)` | the path of a route with `{}` for its parameters, however they are written, without a slash at its end |
//! | `byte_size(text)` | bytes of a size such as `512m`, `1.5GB`, `2Gi` |
//! | `duration_seconds(text)` | seconds of a duration such as `30s`, `1m30s`, `2h`, `1d` |
//! | `version_order(text)` | a text that sorts as the version at the start of the text does; NULL where there is none |
//! | `listed(text)` | an aggregate: each distinct text in backticks, in alphabetical order, separated by `, ` |
//! | `path_of(span)`, `line_of(span)`, `text_of(span)` | where a span stands, and the text that it covers |
//! | `comment_of(span)` | what `#` comments say of the line where a span ends: behind it, and on the lines right above |

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use hashbrown::HashMap;
use hashbrown::hash_map::EntryRef;
use memchr::memmem;

use regex_automata::meta::{self, Regex};
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax::Config as Syntax;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};

use super::automaton::{Expression, MAX_PROGRAM, Search};
use crate::source::{Span, Texts};

const FLAGS: FunctionFlags = FunctionFlags::SQLITE_UTF8.union(FunctionFlags::SQLITE_DETERMINISTIC);
/// Longest text that `text_of` gives, in bytes.
const MAX_SLICE: usize = 4096;

/// Registers every function on `connection`.
pub(super) fn register(connection: &Connection, texts: &Arc<Texts>) -> Result<()> {
    let compiled = Compiled::default();
    connection.create_scalar_function("regexp", 2, FLAGS, move |context| regexp(context, &compiled))?;
    let compiled = Compiled::default();
    connection.create_scalar_function("capture", 2, FLAGS, move |context| capture(context, &compiled))?;
    one_text(connection, "role_severity", |role| role_severity(role).map(|word| word.to_owned().into()))?;
    connection.create_scalar_function("glob_match", 2, FLAGS, glob_match)?;
    two_texts(connection, "path_covers", |folder, path| Some(i64::from(path_covers(folder, path)).into()))?;
    two_texts(connection, "path_join", |folder, path| path_join(folder, path).map(Into::into))?;
    one_text(connection, "parent_folder", |path| Some(parent_folder(path).to_owned().into()))?;
    one_text(connection, "file_name", |path| Some(path.rsplit('/').next().unwrap_or(path).to_owned().into()))?;
    one_text(connection, "path_shape", |path| Some(path_shape(path).into()))?;
    one_text(connection, "byte_size", |text| byte_size(text).map(Into::into))?;
    one_text(connection, "duration_seconds", |text| duration_seconds(text).map(Into::into))?;
    one_text(connection, "version_order", |text| version_order(text).map(Into::into))?;
    connection.create_aggregate_function("listed", 1, FLAGS, Listed)?;
    of_span(connection, texts, "path_of", |texts, span| texts.file(span).map(|file| file.path.clone().into()))?;
    of_span(connection, texts, "line_of", |texts, span| texts.line(span).map(|line| i64::from(line).into()))?;
    of_span(connection, texts, "text_of", |texts, span| {
        let text = texts.slice(span)?;
        Some(text.get(..MAX_SLICE).unwrap_or(text).to_owned().into())
    })?;
    of_span(connection, texts, "comment_of", |texts, span| comment_of(texts.file(span)?.as_str(), span).map(Into::into))
}

/// Most lines of comment above a line that belong to it.
const MAX_COMMENT_LINES: usize = 8;

/// What `#` comments say of the line where `span` ends: behind it, and on the lines right above.
fn comment_of(text: &str, span: Span) -> Option<String> {
    let (before, after) = (text.get(..span.end())?, text.get(span.end()..)?);
    let behind = after.lines().next().and_then(|rest| rest.split_once(" #")).map(|(_, comment)| comment.trim());
    let above = before.lines().rev().skip(usize::from(!before.ends_with('\n'))).take(MAX_COMMENT_LINES);
    let above = above.map_while(|line| line.trim_start().strip_prefix('#')).map(str::trim);
    let mut lines: Vec<&str> = behind.into_iter().chain(above).collect();
    lines.reverse();
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// Collects what `listed` writes.
struct Listed;

impl Aggregate<BTreeSet<String>, Option<String>> for Listed {
    fn init(&self, _: &mut Context<'_>) -> Result<BTreeSet<String>> {
        Ok(BTreeSet::new())
    }

    fn step(&self, context: &mut Context<'_>, texts: &mut BTreeSet<String>) -> Result<()> {
        let written = match context.get_raw(0) {
            ValueRef::Integer(number) => Some(number.to_string()),
            value => value.as_str().ok().map(str::to_owned),
        };
        texts.extend(written);
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, texts: Option<BTreeSet<String>>) -> Result<Option<String>> {
        let quoted: Vec<String> = texts.unwrap_or_default().iter().map(|text| format!("`{text}`")).collect();
        Ok((!quoted.is_empty()).then(|| quoted.join(", ")))
    }
}

type Output = rusqlite::types::Value;

fn one_text(connection: &Connection, name: &str, f: fn(&str) -> Option<Output>) -> Result<()> {
    connection.create_scalar_function(name, 1, FLAGS, move |context| Ok(text(context, 0).and_then(f)))
}

fn two_texts(connection: &Connection, name: &str, f: fn(&str, &str) -> Option<Output>) -> Result<()> {
    connection.create_scalar_function(name, 2, FLAGS, move |context| {
        Ok(text(context, 0).zip(text(context, 1)).and_then(|(a, b)| f(a, b)))
    })
}

fn of_span(
    connection: &Connection,
    texts: &Arc<Texts>,
    name: &str,
    f: fn(&Texts, Span) -> Option<Output>,
) -> Result<()> {
    let texts = Arc::clone(texts);
    connection.create_scalar_function(name, 1, FLAGS, move |context| {
        let span = context.get::<Option<i64>>(0)?.and_then(Span::from_cell);
        Ok(span.and_then(|span| f(&texts, span)))
    })
}

fn text<'c>(context: &'c Context<'_>, at: usize) -> Option<&'c str> {
    context.get_raw(at).as_str().ok()
}

/// `text REGEXP pattern` calls `regexp(pattern, text)`.
fn regexp(context: &Context<'_>, compiled: &Compiled) -> Result<Option<bool>> {
    compiled.ask(context, Pattern::finds)
}

fn capture(context: &Context<'_>, compiled: &Compiled) -> Result<Option<String>> {
    let own = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
    let captured = compiled.ask(context, |pattern, text| Ok(pattern.capture(text)?.map(own)))?;
    Ok(captured.flatten())
}

/// The patterns of a connection: several queries read the same view, and a pattern may come from a column.
#[derive(Default)]
struct Compiled(RefCell<HashMap<String, Pattern>>);

/// Most patterns that a connection keeps.
const MAX_COMPILED: usize = 1024;

impl Compiled {
    /// Asks the pattern in the first argument of the text in the second. To look it up costs less than what SQLite keeps
    /// with a statement.
    fn ask<T>(
        &self,
        context: &Context<'_>,
        ask: impl FnOnce(&mut Pattern, &str) -> std::result::Result<T, Box<meta::BuildError>>,
    ) -> Result<Option<T>> {
        let (pattern, text) = (context.get_raw(0), context.get_raw(1));
        if pattern == ValueRef::Null {
            return Ok(None);
        }
        let fail = |error: Box<meta::BuildError>| Error::UserFunctionError(error);
        let pattern = pattern.as_str().map_err(|error| Error::UserFunctionError(error.into()))?;
        let mut known = self.0.borrow_mut();
        if known.len() >= MAX_COMPILED && !known.contains_key(pattern) {
            known.clear();
        }
        let known = match known.entry_ref(pattern) {
            EntryRef::Occupied(known) => known.into_mut(),
            EntryRef::Vacant(place) => place.insert(Pattern::new(pattern).map_err(fail)?),
        };
        text.as_str().ok().map(|text| ask(known, text).map_err(fail)).transpose()
    }
}

/// A regular expression of a query.
struct Pattern {
    source: Box<str>,
    /// `None` where only the regular expression tells what is wrong.
    expression: Option<Arc<Expression>>,
    /// How many bytes may still be compared with needles before an automaton pays.
    patience: usize,
    /// Made when first needed; `None` in it where no automaton can be built.
    search: Option<Option<Search>>,
    /// What tells groups, and answers where the search gives up; made when first needed, with its place for the groups.
    regex: Option<(Regex, Captures)>,
}

/// Bytes that are compared with needles, each as often as there are needles.
const PATIENCE: usize = 2_000;

impl Pattern {
    fn new(source: &str) -> std::result::Result<Self, Box<meta::BuildError>> {
        let expression = Expression::of(source);
        let mut pattern = Self { source: source.into(), expression, patience: PATIENCE, search: None, regex: None };
        if pattern.expression.is_none() {
            pattern.regex()?;
        }
        Ok(pattern)
    }

    fn finds(&mut self, text: &str) -> std::result::Result<bool, Box<meta::BuildError>> {
        match self.search(text) {
            Some(found) => Ok(found),
            None => Ok(self.regex()?.0.is_match(text)),
        }
    }

    /// The text of the first group, or of all that is found.
    fn capture<'t>(&mut self, text: &'t str) -> std::result::Result<Option<&'t [u8]>, Box<meta::BuildError>> {
        if self.search(text) == Some(false) {
            return Ok(None);
        }
        let (regex, groups) = self.regex()?;
        regex.captures(text, groups);
        Ok(groups.get_group(1).or_else(|| groups.get_group(0)).map(|part| &text.as_bytes()[part.range()]))
    }

    /// What the needles or the automaton say. Of what may be empty the latter would find places within a character.
    fn search(&mut self, text: &str) -> Option<bool> {
        if self.holds_no_needle(text) {
            return Some(false);
        }
        let expression = self.expression.as_ref()?;
        let automaton = || expression.automaton().map(Search::new);
        let search = self.search.get_or_insert_with(automaton).as_mut()?;
        if search.may_be_empty() && !text.is_ascii() {
            return None;
        }
        search.finds(text.as_bytes())
    }

    /// Whether a short look tells that the pattern cannot match.
    fn holds_no_needle(&mut self, text: &str) -> bool {
        let needles = self.expression.as_ref().and_then(|expression| expression.needles());
        let Some(needles) = needles else { return false };
        let Some(patience) = self.patience.checked_sub(text.len() * needles.len()) else { return false };
        self.patience = patience;
        let text = text.to_ascii_lowercase();
        !needles.iter().any(|needle| memmem::find(text.as_bytes(), needle).is_some())
    }

    fn regex(&mut self) -> std::result::Result<&mut (Regex, Captures), Box<meta::BuildError>> {
        let made = match self.regex.take() {
            Some(made) => made,
            None => {
                let regex = compile(&self.source)?;
                let groups = regex.create_captures();
                (regex, groups)
            }
        };
        Ok(self.regex.insert(made))
    }
}

/// Names in configuration are ASCII and short: classes like `\w` are those of ASCII where the pattern allows it, and
/// nothing is built that only pays on long texts. Queries ask with hundreds of patterns, most of them a few times.
fn compile(pattern: &str) -> std::result::Result<Regex, Box<meta::BuildError>> {
    let build = |syntax: Syntax| {
        let config =
            meta::Config::new().dfa(false).auto_prefilter(false).utf8_empty(true).nfa_size_limit(Some(MAX_PROGRAM));
        Regex::builder().configure(config).syntax(syntax).build(pattern).map_err(Box::new)
    };
    let ascii = build(Syntax::new().unicode(false).utf8(false));
    ascii.or_else(|_| build(Syntax::new()))
}

/// What is wrong outside of production weighs less.
fn role_severity(role: &str) -> Option<&'static str> {
    match role {
        "development" => Some("low"),
        "test" | "example" => Some("info"),
        _ => None,
    }
}

fn glob_match(context: &Context<'_>) -> Result<Option<bool>> {
    if text(context, 0).is_none() {
        return Ok(None);
    }
    let glob = context.get_or_create_aux(0, |pattern| {
        let pattern = pattern.as_str().map_err(|error| Error::UserFunctionError(error.into()))?;
        let glob = globset::GlobBuilder::new(pattern).literal_separator(true).build();
        glob.map(|glob| glob.compile_matcher()).map_err(|error| Error::UserFunctionError(error.into()))
    })?;
    Ok(text(context, 1).map(|path| glob.is_match(path)))
}

/// `/users/{id}`, `/users/<int:id>` and `/users/:id` all become `/users/{}`.
fn path_shape(path: &str) -> String {
    let is_parameter = |part: &str| {
        part.starts_with(':')
            || part.starts_with('{') && part.ends_with('}')
            || part.starts_with('<') && part.ends_with('>')
    };
    let parts = path.trim_end_matches('/').split('/');
    parts.map(|part| if is_parameter(part) { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

fn path_covers(folder: &str, path: &str) -> bool {
    let folder = folder.trim_end_matches('/');
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.is_empty())
}

/// Joins and normalises; an absolute `path` stands for itself. `None` where `..` leaves the root.
pub(crate) fn path_join(folder: &str, path: &str) -> Option<String> {
    let absolute = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    let joined = if absolute { [path, ""] } else { [folder, path] };
    let rooted = absolute || folder.starts_with('/');
    for part in joined.iter().flat_map(|piece| piece.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    Some(if rooted { format!("/{path}") } else { path })
}

fn parent_folder(path: &str) -> &str {
    path.trim_end_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Sizes as Docker, nginx, Kubernetes and Redis write them; powers of 1024 for `k`, `m`, `g`, `t` and `…i`.
pub(crate) fn byte_size(text: &str) -> Option<i64> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number: f64 = text.get(..split)?.parse().ok()?;
    let factor = match text.get(split..)?.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "k" | "kb" | "ki" | "kib" => 1024.0,
        "m" | "mb" | "mi" | "mib" => 1_048_576.0,
        "g" | "gb" | "gi" | "gib" => 1_073_741_824.0,
        "t" | "tb" | "ti" | "tib" => 1_099_511_627_776.0,
        _ => return None,
    };
    Some((number * factor) as i64)
}

/// Durations as Prometheus, Docker, nginx and systemd write them; a bare number is seconds.
pub(crate) fn duration_seconds(text: &str) -> Option<f64> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number: f64 = rest.get(..digits)?.parse().ok()?;
        rest = rest.get(digits..)?;
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        total += number * seconds_of(rest.get(..letters)?)?;
        rest = rest.get(letters..)?.trim_start();
    }
    Some(total)
}

/// The numbers of the version that `text` starts with, `v` before it or not, each in as many digits: `1.9` sorts before `1.10`.
pub(crate) fn version_order(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('v');
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let parts: Option<Vec<u32>> =
        text.get(..end)?.trim_end_matches('.').split('.').map(|part| part.parse().ok()).collect();
    Some(parts?.iter().map(|part| format!("{part:010}")).collect::<Vec<_>>().join("."))
}

fn seconds_of(unit: &str) -> Option<f64> {
    Some(match unit {
        "" | "s" | "sec" | "second" | "seconds" => 1.0,
        "us" => 1e-6,
        "ms" => 1e-3,
        "m" | "min" | "minute" | "minutes" => 60.0,
        "h" | "hour" | "hours" => 3600.0,
        "d" | "day" | "days" => 86_400.0,
        "w" | "week" | "weeks" => 604_800.0,
        "y" => 31_536_000.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_paths_are_normalised_and_stay_inside() {
        assert_eq!(path_join("a/b", "../c/./d").as_deref(), Some("a/c/d"));
        assert_eq!(path_join("a", "../../x"), None);
        assert_eq!(path_join("a", "/etc/nginx").as_deref(), Some("/etc/nginx"));
        assert_eq!(path_join("", "x").as_deref(), Some("x"));
    }

    #[test]
    fn a_comment_stands_behind_its_line_or_right_above() {
        let text = "a: 1\n# first\n# second\nb: 2  # behind\nc: 3\n";
        let at = |part: &str| text.find(part).map(|at| Span::new(crate::source::FileId(0), at..at + part.len()));
        let told = |part| at(part).and_then(|span| comment_of(text, span));
        assert_eq!(told("b: 2").as_deref(), Some("first second behind"));
        assert_eq!(told("a: 1"), None);
        assert_eq!(told("c: 3"), None);
    }

    #[test]
    fn a_folder_covers_itself_and_what_is_below() {
        assert!(path_covers("/etc/prometheus", "/etc/prometheus/alerts.yml"));
        assert!(path_covers("/etc/prometheus/", "/etc/prometheus"));
        assert!(!path_covers("/etc/prom", "/etc/prometheus"));
        assert!(path_covers("", "any"));
    }

    #[test]
    fn parameters_of_every_framework_have_one_shape() {
        assert_eq!(path_shape("/users/{id}/"), "/users/{}");
        assert_eq!(path_shape("/users/<int:id>"), path_shape("/users/:id"));
        assert_eq!(path_shape("/users/me"), "/users/me");
    }

    #[test]
    fn versions_sort_by_their_numbers() {
        assert!(version_order("1.9.3") < version_order("1.10"));
        assert!(version_order("1.27") < version_order("1.27.0-alpine"));
        assert_eq!(version_order("v1.2.3"), version_order("1.2.3-bookworm"));
        assert_eq!(version_order("stable-alpine"), None);
        assert_eq!(version_order(""), None);
        assert_eq!(version_order("99999999999.1"), None);
    }

    #[test]
    fn roles_lower_severities() {
        assert_eq!(role_severity("production"), None);
        assert_eq!(role_severity("development"), Some("low"));
    }

    #[test]
    fn captures_give_the_first_group() {
        let connection = Connection::open_in_memory().unwrap();
        register(&connection, &Arc::default()).unwrap();
        let one = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Option<String>>(0)).unwrap();
        assert_eq!(one("SELECT capture('-Xmx([0-9]+[kmg])', 'java -Xmx512m x')").as_deref(), Some("512m"));
        assert_eq!(one("SELECT capture('x', 'y')"), None);
        assert_eq!(one("SELECT capture(NULL, 'y')"), None);
        assert_eq!(one("SELECT 'y' REGEXP NULL"), None);
    }

    #[test]
    fn sizes_and_durations() {
        assert_eq!(byte_size("512m"), Some(512 << 20));
        assert_eq!(byte_size("1.5G"), Some(3 << 29));
        assert_eq!(byte_size("many"), None);
        assert_eq!(duration_seconds("1m30s"), Some(90.0));
        assert_eq!(duration_seconds("15"), Some(15.0));
        assert_eq!(duration_seconds("soon"), None);
    }
}
