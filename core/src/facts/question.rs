//! What a look at an SQL text tells, before SQLite reads it.

use super::needs::Needs;
use super::schema;
use super::sql::{Sign, signs, word};
use crate::source::Artifact;

/// What a query asks for.
#[derive(Debug, Clone)]
pub struct Question {
    /// The tables and views that it names. May be more than SQLite would read, never less.
    pub(crate) names: Box<[&'static str]>,
    /// What it needs in order to have rows.
    pub(crate) needs: Needs,
    /// The kinds of files of which it asks whether they could be parsed.
    pub(crate) parsed: Box<[Artifact]>,
}

impl Question {
    /// What `sql` asks for: a query, or the statement that creates a view.
    pub fn of(sql: &str) -> Self {
        let signs = signs(sql);
        let mut names: Vec<&'static str> = (0..signs.len()).filter_map(|at| name(&signs, at)).collect();
        names.sort_unstable();
        names.dedup();
        // In a query, AS first stands behind a column or a table of WITH.
        let query = match &signs[..] {
            [create, ..] if create.text == "CREATE" => signs.iter().position(|sign| sign.is(word::AS)).map(|at| at + 1),
            _ => Some(0),
        };
        Self {
            names: names.into(),
            needs: Needs::of(query.map_or(&[], |start| &signs[start..])),
            parsed: parsed(&signs),
        }
    }
}

/// The kinds of files of which a query with these signs asks whether they are `parsed`: those that it names, or all.
fn parsed(signs: &[Sign<'_>]) -> Box<[Artifact]> {
    if !signs.iter().any(|sign| sign.text == "parsed") {
        return Box::default();
    }
    let literals: Vec<&str> = signs.iter().filter_map(Sign::literal).collect();
    let named: Box<[Artifact]> = Artifact::ALL.iter().copied().filter(|kind| literals.contains(&kind.name())).collect();
    if named.is_empty() { Artifact::ALL.into() } else { named }
}

/// The table or view that a sign may name, which SQL takes in any case.
fn name(signs: &[Sign<'_>], at: usize) -> Option<&'static str> {
    let name = signs[at].name()?;
    let found = schema::name(name).or_else(|| {
        let has_capitals = name.bytes().any(|byte| byte.is_ascii_uppercase());
        has_capitals.then(|| schema::name(&name.to_ascii_lowercase())).flatten()
    })?;
    // Behind a dot it is a column, unless it is a table of a database.
    let is_column = matches!(&signs[..at], [.., of, dot] if dot.text == "." && !matches!(of.text, "main" | "temp"));
    (!is_column).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_asks_whether_the_files_that_it_names_are_parsed() {
        let parsed = |sql| Question::of(sql).parsed.to_vec();
        assert_eq!(parsed("SELECT 1 FROM file WHERE NOT parsed AND artifact = 'compose'"), [Artifact::Compose]);
        assert_eq!(parsed("SELECT parsed FROM file"), Artifact::ALL);
        assert_eq!(parsed("SELECT 'parsed' FROM file"), []);
    }

    #[test]
    fn names_are_found_in_any_case() {
        let names = |sql| Question::of(sql).names.to_vec();
        assert_eq!(names("SELECT 'python_call' FROM File JOIN \"component\" -- python_class"), ["component", "file"]);
        assert_eq!(names("SELECT c.file FROM main.component c"), ["component"]);
    }
}
