//! What the queries of the built-in rules and the views ask for, as `build.rs` read it when treeward was built.

use std::borrow::Cow::Borrowed;

use super::needs::Need::{All, Any, Impossible, Nothing, Row, RowWith};
use super::needs::Needs;
use super::question::Question;

/// Questions by name, in the order of the names.
type Recorded = &'static [(&'static str, Question)];

static RULES: Recorded = include!(concat!(env!("OUT_DIR"), "/rules.rs"));
static VIEWS: Recorded = include!(concat!(env!("OUT_DIR"), "/views.rs"));

/// What the query of the built-in rule with this id asks for.
pub(crate) fn of_rule(id: &str) -> Option<&'static Question> {
    find(RULES, id)
}

/// What the view or derived table of this name asks for.
pub(super) fn of_view(name: &str) -> Option<&'static Question> {
    find(VIEWS, name)
}

fn find(recorded: Recorded, name: &str) -> Option<&'static Question> {
    let at = recorded.binary_search_by(|(own, _)| (*own).cmp(name)).ok()?;
    Some(&recorded[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::schema;
    use crate::rules::RuleSet;

    fn is_fresh(recorded: Option<&Question>, sql: &str) -> bool {
        recorded.is_some_and(|recorded| format!("{recorded:?}") == format!("{:?}", Question::of(sql)))
    }

    #[test]
    fn what_was_recorded_is_what_the_texts_say() {
        let rules = RuleSet::builtin().unwrap();
        let queries: Vec<(&str, &str)> =
            rules.iter().filter_map(|rule| Some((rule.id.as_str(), rule.sql()?))).collect();
        let stale = queries.iter().filter(|(id, sql)| !is_fresh(of_rule(id), sql));
        assert_eq!(stale.map(|(id, _)| *id).collect::<Vec<_>>(), [""; 0]);
        assert_eq!(queries.len(), RULES.len());
        let views: Vec<_> = schema::views().chain(schema::derived_tables()).collect();
        let stale = views.iter().filter(|(name, sql)| !is_fresh(of_view(name), sql));
        assert_eq!(stale.map(|(name, _)| *name).collect::<Vec<_>>(), [""; 0]);
        assert_eq!(views.len(), VIEWS.len());
    }
}
