//! Reads the SQL of the built-in rules and of the views once, when the engine is built: what each asks for would otherwise be
//! found out at every start (`src/facts/recorded.rs` holds the answers).

#![expect(unreachable_pub, reason = "the modules are the engine's")]

#[path = "src/facts/needles.rs"]
mod needles;
#[path = "src/facts/needs.rs"]
mod needs;
#[path = "src/facts/question.rs"]
mod question;
#[path = "src/facts/spelling.rs"]
mod spelling;
#[path = "src/facts/sql.rs"]
mod sql;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use granit_parser::{Event, Parser};
use needs::{List, Need, Text};
use question::Question;
use spelling::Operator;

/// SQL texts by the id of a rule or the name of a view.
type Texts = BTreeMap<String, String>;

fn main() -> io::Result<()> {
    for watched in ["needles", "needs", "question", "spelling", "sql"] {
        println!("cargo:rerun-if-changed=src/facts/{watched}.rs");
    }
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/facts/views");
    let (rules, views) = (of_rules(), of_views(Path::new("src/facts/views"))?);
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("rules.rs"), questions(&rules))?;
    fs::write(out.join("views.rs"), questions(&views))?;
    fs::write(out.join("patterns.rs"), patterns(rules.values().chain(views.values())))
}

fn of_rules() -> Texts {
    let mut queries = Texts::new();
    for file in treeward_rules::files() {
        let folder = file.path.split('/').next().unwrap_or_default();
        for mut rule in texts_of_rules(file.text) {
            if let (Some(id), Some(sql)) = (rule.remove("id"), rule.remove("query")) {
                queries.insert(format!("{folder}/{id}"), sql);
            }
        }
    }
    queries
}

/// The texts of each rule of a rule file, by their keys.
fn texts_of_rules(text: &str) -> Vec<BTreeMap<String, String>> {
    /// A rule's keys stand in a mapping of a sequence of a mapping.
    const DEPTH: usize = 3;
    let mut rules = Vec::new();
    let (mut depth, mut key) = (0, None);
    for event in Parser::new_from_str(text).map_while(|event| Some(event.ok()?.0)) {
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                depth += 1;
                if depth == DEPTH {
                    rules.push(BTreeMap::new());
                    key = None;
                }
            }
            Event::MappingEnd | Event::SequenceEnd => {
                depth -= 1;
                // What has ended was the value.
                key = None;
            }
            Event::Scalar(value, ..) if depth == DEPTH => match key.take() {
                Some(key) => {
                    rules.last_mut().and_then(|rule: &mut BTreeMap<_, _>| rule.insert(key, value.to_string()));
                }
                None => key = Some(value.to_string()),
            },
            _ => {}
        }
    }
    rules
}

/// The statements of a folder of SQL files, set apart by empty lines, a comment before each.
fn of_views(folder: &Path) -> io::Result<Texts> {
    let mut statements = Texts::new();
    for file in fs::read_dir(folder)? {
        let text = fs::read_to_string(file?.path())?;
        for part in text.split("\n\n") {
            let Some(start) = part.lines().position(|line| line.starts_with("CREATE ")) else { continue };
            let sql: Vec<&str> = part.lines().skip(start).collect();
            let name = sql[0].split(['(', ' ']).nth(2).unwrap_or_default();
            statements.insert(name.to_owned(), sql.join("\n"));
        }
    }
    Ok(statements)
}

/// The expression of a sorted list of names with what each text asks for.
fn questions(texts: &Texts) -> String {
    let mut code = String::from("&[\n");
    for (name, sql) in texts {
        let Question { words, needs, parsed } = Question::of(sql);
        let parts = list(&needs.parts, need);
        let parsed = parsed.map_or_else(|| "None".to_owned(), |texts| format!("Some({})", list(&texts, quoted)));
        let _ = writeln!(
            code,
            "({name:?}, Question {{ words: {}, needs: Needs {{ parts: {parts}, whole: {} }}, parsed: {parsed} }}),",
            quoted(&words),
            needs.whole,
        );
    }
    code + "]\n"
}

/// The expression of a sorted list of the regular expressions in SQL texts, with the needles of those that have any.
fn patterns<'t>(texts: impl Iterator<Item = &'t String>) -> String {
    let mut patterns = BTreeSet::new();
    for sql in texts {
        for pair in sql::signs(sql).windows(2) {
            // Functions take theirs in brackets.
            let in_brackets = (pair[0].text == "(").then_some(Operator::Regexp);
            let Some(operator) = Operator::of(pair[0].text).or(in_brackets) else { continue };
            patterns.extend(pair[1].literal().map(|pattern| operator.spelt(pattern).into_owned()));
        }
    }
    let mut code = String::from("&[\n");
    for pattern in patterns {
        let needles = needles::meaning(&pattern).and_then(|meaning| needles::needles(&meaning)).unwrap_or_default();
        let texts: Option<Vec<String>> = needles.into_iter().map(|needle| String::from_utf8(needle).ok()).collect();
        let texts = texts.filter(|texts| !texts.is_empty() && texts.iter().all(|text| text.is_ascii()));
        if let Some(texts) = texts {
            let texts: Vec<String> = texts.iter().map(|text| format!("Borrowed({text:?}.as_bytes())")).collect();
            let _ = writeln!(code, "({pattern:?}, &[{}]),", texts.join(", "));
        }
    }
    code + "]\n"
}

fn need(need: &Need) -> String {
    match need {
        Need::Nothing => "Nothing".to_owned(),
        Need::Impossible => "Impossible".to_owned(),
        Need::Row(table) => format!("Row({})", quoted(table)),
        Need::RowWith { table, column, texts } => {
            let (table, column, texts) = (quoted(table), quoted(column), list(texts, quoted));
            format!("RowWith {{ table: {table}, column: {column}, texts: {texts} }}")
        }
        Need::RowLike { table, column, operator, pattern } => {
            let (table, column, pattern) = (quoted(table), quoted(column), quoted(pattern));
            format!("RowLike {{ table: {table}, column: {column}, operator: {operator:?}, pattern: {pattern} }}")
        }
        Need::All(parts) => format!("All({})", list(parts, usize::to_string)),
        Need::Any(parts) => format!("Any({})", list(parts, usize::to_string)),
    }
}

fn quoted(text: &Text) -> String {
    format!("Borrowed({text:?})")
}

fn list<T: Clone>(items: &List<T>, one: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(one).collect();
    format!("Borrowed(&[{}])", items.join(", "))
}
