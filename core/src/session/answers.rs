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
use crate::facts::{Difference, Reads, Rows, Shift, Store, Value, derived_reads};
use crate::report::Draft;
use crate::rules::Rule;
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

impl Answers {
    /// Asks every rule.
    pub(super) fn ask(auditor: &Auditor, (store, texts): (&Arc<Store>, &Arc<Texts>)) -> Result<Self, Error> {
        let asked = |rule: &Arc<Rule>| {
            let reads = Reads::of(rule.sql()?, rule.is_builtin);
            Some(Asked { reads, answer: Err(String::new()), judged: Judged::default() })
        };
        let mut answers = Self { rules: auditor.rules.iter().map(asked).collect(), derived: derived_reads() };
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

    /// Brings the answers up to date after the text of a file and with it these tables became others.
    pub(super) fn renew(
        &mut self,
        auditor: &Auditor,
        (store, texts): (&mut Arc<Store>, &Arc<Texts>),
        edit: &Edit,
    ) -> Result<(), Error> {
        let old = self.forget(store, edit)?;
        let minds = |reads: &Reads, name: &&'static str| {
            edit.differences.get(name).is_some_and(|found| reads.minds(name, found))
        };
        let may_differ = |asked: &Asked| {
            let is_touched = |name: &&'static str| minds(&asked.reads, name) || old.contains_key(name);
            asked.reads.texts || asked.reads.all.iter().any(is_touched) || !edit.can_move(&asked.answer)
        };
        let rules = self.rules.iter().enumerate();
        let which: Vec<usize> =
            rules.filter(|(_, asked)| asked.as_ref().is_some_and(may_differ)).map(|(at, _)| at).collect();
        let still = |at: usize| {
            let Some(asked) = &self.rules[at] else { return false };
            let is_other = |name: &&'static str| match old.get(name) {
                Some(rows) => rows.as_ref().is_none_or(|rows| !store.has_same(name, rows)),
                None => minds(&asked.reads, name),
            };
            asked.reads.texts || asked.reads.near.iter().any(is_other) || !edit.can_move(&asked.answer)
        };
        let answers = ask(auditor, (store, texts), &which, &still, &mut Clock::stopped())?;
        let fresh: HashSet<usize> = answers.iter().map(|(at, _)| *at).collect();
        for (at, answer) in answers {
            self.set(auditor, texts, at, answer);
        }
        // The others keep their answers; what these point at may stand elsewhere.
        for at in (0..self.rules.len()).filter(|at| !fresh.contains(at)) {
            let Some(asked) = &mut self.rules[at] else { continue };
            if edit.moves(&mut asked.answer) {
                asked.judged = Judged::default();
                judge(auditor, auditor.rule(at), &asked.answer, (texts, &mut asked.judged));
            }
        }
        Ok(())
    }

    /// Takes the derived tables away that may be others. Of those that an answer may mind, gives what they were, where they
    /// were there; in the rest only places moved.
    fn forget(&self, store: &mut Arc<Store>, edit: &Edit) -> Result<HashMap<&'static str, Option<Arc<Rows>>>, Error> {
        let store = Arc::get_mut(store).ok_or_else(|| Error::Internal("the facts are being read".to_owned()))?;
        let of_texts: HashSet<&'static str> =
            self.derived.iter().filter(|(_, reads)| reads.texts).map(|(name, _)| *name).collect();
        let mut old = HashMap::new();
        for (name, reads) in &self.derived {
            // What looks into texts may be other every time, and with it all that reads it.
            let looks = of_texts.contains(name) || reads.all.iter().any(|behind| of_texts.contains(behind));
            let found = || reads.all.iter().filter_map(|table| edit.differences.get(table).map(|found| (table, found)));
            if looks || found().any(|(table, difference)| reads.minds(table, difference)) {
                old.insert(*name, store.forget(name));
            } else if found().next().is_some() {
                store.forget(name);
            }
        }
        Ok(old)
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

/// What an edit did to the facts.
pub(super) struct Edit {
    pub(super) file: FileId,
    pub(super) shift: Shift,
    pub(super) differences: HashMap<&'static str, Difference>,
}

impl Edit {
    /// Whether each place that an answer names is still the place of something.
    fn can_move(&self, answer: &Answer) -> bool {
        let Ok(result) = answer else { return true };
        let places = places(&result.columns);
        let is_known = |value: &Value| span(value).is_none_or(|span| self.shift.apply(span).is_some());
        result.rows.iter().all(|row| places.iter().all(|at| is_known(&row[*at])))
    }

    /// Moves the places in the file that an answer names; whether there are any.
    fn moves(&self, answer: &mut Answer) -> bool {
        let Ok(result) = answer else { return false };
        let places = places(&result.columns);
        let mut names_any = false;
        for row in &mut result.rows {
            for &at in &places {
                let Some(old) = span(&row[at]).filter(|span| span.file() == self.file) else { continue };
                names_any = true;
                if let Some(new) = self.shift.apply(old) {
                    row[at] = Value::Int(new.to_cell());
                }
            }
        }
        names_any
    }
}

/// The columns that hold places.
fn places(columns: &[String]) -> Vec<usize> {
    let is_place = |name: &str| name == "span" || name == "related" || name.starts_with("related_");
    (0..columns.len()).filter(|at| is_place(&columns[*at])).collect()
}

fn span(value: &Value) -> Option<Span> {
    value.as_int().and_then(Span::from_cell)
}
