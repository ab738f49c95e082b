//! What a look at an SQL text tells, before SQLite reads it. Of the rules and views that come with treeward this is done
//! when it is built (`build.rs`, which takes this module, `needs` and `sql` along).

use std::borrow::Cow;

use super::needs::{List, Needs, Text};
use super::sql::{Sign, signs, word};

/// What a query asks for.
#[derive(Debug, Clone)]
pub struct Question {
    /// The words that may name tables and views, in small letters, a blank between them.
    pub(super) words: Text,
    /// What it needs in order to have rows.
    pub(crate) needs: Needs,
    /// The texts in it, where it asks whether files could be parsed: some may name their kinds.
    pub(super) parsed: Option<List<Text>>,
}

impl Question {
    /// What `sql` asks for: a query, or the statement that creates a view.
    pub fn of(sql: &str) -> Self {
        let signs = signs(sql);
        let mut words: Vec<String> =
            (0..signs.len()).filter_map(|at| name(&signs, at)).map(str::to_ascii_lowercase).collect();
        words.sort_unstable();
        words.dedup();
        // In a query, AS first stands behind a column or a table of WITH.
        let query = match &signs[..] {
            [create, ..] if create.text == "CREATE" => signs.iter().position(|sign| sign.is(word::AS)).map(|at| at + 1),
            _ => Some(0),
        };
        let asks_whether_parsed = signs.iter().any(|sign| sign.text == "parsed");
        let texts = || signs.iter().filter_map(Sign::literal).map(|text| Cow::Owned(text.to_owned())).collect();
        Self {
            words: Cow::Owned(words.join(" ")),
            needs: Needs::of(query.map_or(&[], |start| &signs[start..])),
            parsed: asks_whether_parsed.then(texts),
        }
    }
}

/// What may name a table or view.
fn name<'s>(signs: &[Sign<'s>], at: usize) -> Option<&'s str> {
    let name = signs[at].name()?;
    // Behind a dot it is a column, unless it is a table of a database.
    let is_column = matches!(&signs[..at], [.., of, dot] if dot.text == "." && !matches!(of.text, "main" | "temp"));
    (!is_column && !name.contains(' ')).then_some(name)
}
