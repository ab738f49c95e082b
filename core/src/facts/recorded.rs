//! What the queries of the built-in rules and the views ask for, as `build.rs` read it when treeward was built.

use std::borrow::Cow::{self, Borrowed};

use super::needs::Need::{All, Any, Impossible, Nothing, Row, RowLike, RowWith};
use super::needs::Needs;
use super::question::Question;
use super::spelling::Operator::{Glob, Like, Regexp};

/// Questions by name, in the order of the names.
type Recorded = &'static [(&'static str, Question)];

static RULES: Recorded = include!(concat!(env!("OUT_DIR"), "/rules.rs"));
static VIEWS: Recorded = include!(concat!(env!("OUT_DIR"), "/views.rs"));

/// Regular expressions, in their order, with what one of must stand where they match.
static PATTERNS: &[(&str, &[Cow<'static, [u8]>])] = include!(concat!(env!("OUT_DIR"), "/patterns.rs"));

/// What the query of the built-in rule with this id asks for.
pub(crate) fn of_rule(id: &str) -> Option<&'static Question> {
    find(RULES, id)
}

/// What the view or derived table of this name asks for.
pub(super) fn of_view(name: &str) -> Option<&'static Question> {
    find(VIEWS, name)
}

/// Texts in lower case, of which one must stand where the regular expression matches; `None` where it was not read.
pub(super) fn needles(pattern: &str) -> Option<&'static [Cow<'static, [u8]>]> {
    let at = PATTERNS.binary_search_by(|(own, _)| (*own).cmp(pattern)).ok()?;
    Some(PATTERNS[at].1)
}

fn find(recorded: Recorded, name: &str) -> Option<&'static Question> {
    let at = recorded.binary_search_by(|(own, _)| (*own).cmp(name)).ok()?;
    Some(&recorded[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::needles;
    use crate::facts::schema;

    fn is_fresh(recorded: Option<&Question>, sql: &str) -> bool {
        recorded.is_some_and(|recorded| format!("{recorded:?}") == format!("{:?}", Question::of(sql)))
    }

    #[test]
    fn what_was_recorded_of_views_is_what_their_texts_say() {
        let views: Vec<_> = schema::views().chain(schema::derived_tables()).collect();
        let stale = views.iter().filter(|(name, sql)| !is_fresh(of_view(name), sql));
        assert_eq!(stale.map(|(name, _)| *name).collect::<Vec<_>>(), [""; 0]);
        assert_eq!(views.len(), VIEWS.len());
    }

    #[test]
    fn the_needles_of_patterns_are_what_the_patterns_say() {
        assert!(PATTERNS.len() > 500);
        for (pattern, recorded) in PATTERNS {
            let read = needles::meaning(pattern).and_then(|meaning| needles::needles(&meaning));
            assert_eq!(
                read.map(|needles| needles.into_iter().map(Cow::Owned).collect()),
                Some(recorded.to_vec()),
                "{pattern}"
            );
        }
    }
}
