//! What the query rules said when they were last asked, and which of them must be asked again.
//!
//! A rule is asked again where a table that it reads became another. A derived table in between is derived again, and
//! where it comes out the same, those who only read it are left alone.

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use crate::engine::Auditor;
use crate::engine::judge::{Answer, Judged, ask, judge};
use crate::engine::run::Clock;
use crate::error::Error;
use crate::facts::{Rows, Store, reads_texts, schema, tables_mentioned, tables_read};
use crate::report::Draft;
use crate::source::{FileId, Span, Texts};

/// The answers of all query rules to the facts of one tree.
pub(super) struct Answers {
    /// By the rule's index; nothing for a pattern rule.
    rules: Vec<Option<Asked>>,
    derived: Vec<(&'static str, Reads)>,
}

/// A query rule and what it said.
struct Asked {
    reads: Reads,
    answer: Answer,
    judged: Judged,
}

/// What an SQL text depends on.
struct Reads {
    /// Every table and view, also those behind derived tables.
    all: HashSet<&'static str>,
    /// Those that it reads by itself.
    near: HashSet<&'static str>,
    /// Whether it looks into the texts of files.
    texts: bool,
}

impl Reads {
    fn of(sql: &str) -> Self {
        Self { all: tables_mentioned([sql]), near: tables_read([sql]), texts: reads_texts(sql) }
    }
}

impl Answers {
    /// Asks every rule.
    pub(super) fn ask(auditor: &Auditor, (store, texts): (&Arc<Store>, &Arc<Texts>)) -> Result<Self, Error> {
        let asked = |sql| Asked { reads: Reads::of(sql), answer: Err(String::new()), judged: Judged::default() };
        let rules = auditor.rules.iter().map(|rule| rule.sql().map(asked)).collect();
        let derived = schema::derived_tables().map(|(name, body)| (name, Reads::of(body))).collect();
        let mut answers = Self { rules, derived };
        let every: Vec<usize> = (0..answers.rules.len()).collect();
        for (at, answer) in ask(auditor, (store, texts), &every, &|_| true, &mut Clock::stopped())? {
            answers.set(auditor, texts, at, answer);
        }
        Ok(answers)
    }

    fn set(&mut self, auditor: &Auditor, texts: &Texts, at: usize, answer: Answer) {
        if let Some(Some(asked)) = self.rules.get_mut(at) {
            asked.judged = Judged::default();
            judge(auditor, auditor.rule(at), &answer, (texts, &mut asked.judged));
            asked.answer = answer;
        }
    }

    /// Brings the answers up to date after the text of `file` and these tables became others.
    pub(super) fn renew(
        &mut self,
        auditor: &Auditor,
        store: &mut Arc<Store>,
        texts: &Arc<Texts>,
        (file, changed): (FileId, &HashSet<&'static str>),
    ) -> Result<(), Error> {
        let old = self.forget(store, changed)?;
        let is_touched = |name: &&'static str| changed.contains(name) || old.contains_key(name);
        let may_differ = |asked: &Asked| asked.reads.texts || asked.reads.all.iter().any(is_touched);
        let rules = self.rules.iter().enumerate();
        let which: Vec<usize> =
            rules.filter(|(_, asked)| asked.as_ref().is_some_and(may_differ)).map(|(at, _)| at).collect();
        let is_other = |name: &&'static str| match old.get(name) {
            Some(Some(rows)) => !store.has_same(name, rows),
            Some(None) => true,
            None => changed.contains(name),
        };
        let still = |at: usize| {
            self.rules[at].as_ref().is_some_and(|asked| asked.reads.texts || asked.reads.near.iter().any(is_other))
        };
        let answers = ask(auditor, (store, texts), &which, &still, &mut Clock::stopped())?;
        let fresh: HashSet<usize> = answers.iter().map(|(at, _)| *at).collect();
        for (at, answer) in answers {
            self.set(auditor, texts, at, answer);
        }
        // The lines of the others may be others.
        for (at, asked) in self.rules.iter_mut().enumerate() {
            let Some(asked) = asked.as_mut().filter(|asked| !fresh.contains(&at) && points_into(&asked.answer, file))
            else {
                continue;
            };
            asked.judged = Judged::default();
            judge(auditor, auditor.rule(at), &asked.answer, (texts, &mut asked.judged));
        }
        Ok(())
    }

    /// Takes the derived tables away that may be others; gives what they were, where they were there.
    fn forget(
        &self,
        store: &mut Arc<Store>,
        changed: &HashSet<&'static str>,
    ) -> Result<HashMap<&'static str, Option<Arc<Rows>>>, Error> {
        let store = Arc::get_mut(store).ok_or_else(|| Error::Internal("the facts are being read".to_owned()))?;
        // What looks into texts may be other every time, and with it all that reads it.
        let mut stale: HashSet<&'static str> =
            self.derived.iter().filter(|(_, reads)| reads.texts).map(|(name, _)| *name).collect();
        stale.extend(changed);
        let behind = self
            .derived
            .iter()
            .filter(|(name, reads)| stale.contains(name) || reads.all.iter().any(|table| stale.contains(table)));
        Ok(behind.map(|(name, _)| (*name, store.forget(name))).collect())
    }

    /// The findings of the rules, in their order.
    pub(super) fn drafts(&self) -> impl Iterator<Item = &Draft> {
        self.rules.iter().flatten().flat_map(|asked| &asked.judged.drafts)
    }

    /// Adds what the rules say of the tree.
    pub(super) fn tell(&self, judged: &mut Judged) {
        for asked in self.rules.iter().flatten() {
            judged.drafts.extend_from_slice(&asked.judged.drafts);
            judged.checks.extend_from_slice(&asked.judged.checks);
            judged.problems.extend_from_slice(&asked.judged.problems);
        }
    }
}

/// Whether a row of the answer names a place in the file.
fn points_into(answer: &Answer, file: FileId) -> bool {
    let Ok(result) = answer else { return false };
    let is_place = |name: &str| name == "span" || name == "related" || name.starts_with("related_");
    let places: Vec<usize> = (0..result.columns.len()).filter(|at| is_place(&result.columns[*at])).collect();
    let is_in =
        |value: &crate::facts::Value| value.as_int().and_then(Span::from_cell).is_some_and(|span| span.file() == file);
    result.rows.iter().any(|row| places.iter().any(|at| is_in(&row[*at])))
}
