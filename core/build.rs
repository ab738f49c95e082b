//! Reads the SQL of the built-in rules and of the views once, when the engine is built: what each asks for would otherwise be
//! found out at every start (`src/facts/recorded.rs` holds the answers).

#![expect(unreachable_pub, reason = "the modules are the engine's")]

#[path = "src/facts/needs.rs"]
mod needs;
#[path = "src/facts/question.rs"]
mod question;
#[path = "src/facts/sql.rs"]
mod sql;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use granit_parser::{Event, Parser};
use needs::{List, Need, Text};
use question::Question;

/// Questions by the id of a rule or the name of a view.
type Questions = BTreeMap<String, Question>;

fn main() -> io::Result<()> {
    for watched in ["build.rs", "src/facts/needs.rs", "src/facts/question.rs", "src/facts/sql.rs", "src/facts/views"] {
        println!("cargo:rerun-if-changed={watched}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("rules.rs"), code(&of_rules()))?;
    fs::write(out.join("views.rs"), code(&of_views(Path::new("src/facts/views"))?))
}

fn of_rules() -> Questions {
    let mut questions = Questions::new();
    for file in treeward_rules::files() {
        let folder = file.path.split('/').next().unwrap_or_default();
        for mut rule in texts_of_rules(file.text) {
            if let (Some(id), Some(sql)) = (rule.remove("id"), rule.remove("query")) {
                questions.insert(format!("{folder}/{id}"), Question::of(&sql));
            }
        }
    }
    questions
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
fn of_views(folder: &Path) -> io::Result<Questions> {
    let mut questions = Questions::new();
    for file in fs::read_dir(folder)? {
        let text = fs::read_to_string(file?.path())?;
        for part in text.split("\n\n") {
            let Some(start) = part.lines().position(|line| line.starts_with("CREATE ")) else { continue };
            let sql: Vec<&str> = part.lines().skip(start).collect();
            let name = sql[0].split(['(', ' ']).nth(2).unwrap_or_default();
            questions.insert(name.to_owned(), Question::of(&sql.join("\n")));
        }
    }
    Ok(questions)
}

/// The expression of a sorted list of names with their questions.
fn code(questions: &Questions) -> String {
    let mut code = String::from("&[\n");
    for (name, Question { words, needs, parsed }) in questions {
        let parts = list(&needs.parts, need);
        let parsed =
            parsed.as_ref().map_or_else(|| "None".to_owned(), |texts| format!("Some({})", list(texts, quoted)));
        let _ = writeln!(
            code,
            "({name:?}, Question {{ words: {}, needs: Needs {{ parts: {parts}, whole: {} }}, parsed: {parsed} }}),",
            quoted(words),
            needs.whole,
        );
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
