//! What a session keeps of a tree: of each file what its analysis gave, all facts, and what the rules said of them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use hashbrown::HashMap;

use super::Changes;
use super::answers::{Answers, Edit};
use crate::engine::Auditor;
use crate::engine::analyze::Outcome;
use crate::engine::judge::{MAX_PASSED, pattern_drafts, patterns};
use crate::engine::run::{self, Clock, Loaded, Models, Read};
use crate::error::Error;
use crate::facts::{Difference, FactSet, Moves, Shift, Store, keeps_order};
use crate::report::{Audit, Draft, Finding, Shown};
use crate::source::{Collected, Entry, FileId, Overlay, Skipped, Stat, Text};

/// An audited tree, ready for the next edit.
pub(super) struct Tree {
    entries: Vec<Entry>,
    /// What the walk left out.
    left_out: Vec<Skipped>,
    read: Read,
    /// Nothing where no rule asks for facts: then each file stands for itself.
    joined: Option<Joined>,
}

/// The facts of the whole tree and what the query rules say of them.
struct Joined {
    models: Models,
    store: Arc<Store>,
    answers: Answers,
}

impl Tree {
    /// Reads and judges a tree as an audit does.
    pub(super) fn read(auditor: &Auditor, root: &Path, collected: Collected, overlay: &Overlay) -> Result<Self, Error> {
        let (entries, left_out) = (collected.files.clone(), collected.skipped.clone());
        let mut read = run::read_all(auditor, (root, collected), &auditor.wanted, Some(overlay))?;
        let mut joined = None;
        if auditor.rules.iter().any(|rule| rule.sql().is_some()) {
            let Loaded { store, models } = run::load(auditor, &mut read, &auditor.wanted, &mut Clock::stopped());
            let store = Arc::new(store);
            let answers = Answers::ask(auditor, (&store, &read.texts))?;
            joined = Some(Joined { models, store, answers });
        }
        Ok(Self { entries, left_out, read, joined })
    }

    /// Whether a walk gave the files that the tree has, and left out the same.
    pub(super) fn has_files(&self, walked: &Collected) -> bool {
        let is_same =
            |one: &Entry, two: &Entry| (&one.path, &one.raw, one.ignored) == (&two.path, &two.raw, two.ignored);
        self.left_out == walked.skipped
            && self.entries.len() == walked.files.len()
            && self.entries.iter().zip(&walked.files).all(|(one, two)| is_same(one, two))
    }

    /// The number of a file.
    pub(super) fn position(&self, path: &str) -> Option<usize> {
        let first = self.entries.partition_point(|entry| entry.path.as_str() < path);
        self.entries.get(first).filter(|entry| entry.path == path && entry.raw.is_none()).map(|_| first)
    }

    /// Takes over what the file system says of a file.
    pub(super) fn look_again(&mut self, at: usize, entry: Entry) {
        self.entries[at] = entry;
    }

    /// Puts a text in the place of a file's; whether that could be done without reading the tree anew.
    pub(super) fn edit(&mut self, auditor: &Auditor, at: usize, text: &str) -> Result<bool, Error> {
        if let Some(stat) = &mut self.entries[at].stat {
            *stat = Stat { size: text.len() as u64, ..*stat };
        }
        let plan = run::plan(auditor, &auditor.wanted);
        let analyzed = run::analyze_text(&plan, FileId(at as u32), self.entries[at].clone(), text);
        self.take(auditor, at, analyzed)
    }

    /// The same with the text that stands on disk.
    pub(super) fn edit_from_disk(&mut self, auditor: &Auditor, top: &Path, at: usize) -> Result<bool, Error> {
        let plan = run::plan(auditor, &auditor.wanted);
        let analyze = |entry, text: &str| run::analyze_text(&plan, FileId(at as u32), entry, text);
        match run::read_file(auditor, top, self.entries[at].clone(), analyze) {
            Ok(analyzed) => self.take(auditor, at, analyzed),
            Err(_unread) => Ok(false),
        }
    }

    fn take(&mut self, auditor: &Auditor, at: usize, (text, mut outcome): (Text, Outcome)) -> Result<bool, Error> {
        let was = &self.read.texts.files()[at];
        let (is_other, was_read) = (was.artifact != text.artifact, self.read.outcomes[at].is_some());
        if !was_read {
            return Ok(false);
        }
        let file = FileId(at as u32);
        let shift = Shift::between(file, was.as_str(), text.text.as_deref().unwrap_or_default());
        let texts = Arc::get_mut(&mut self.read.texts);
        texts.ok_or_else(|| Error::Internal("the texts are being read".to_owned()))?.replace(file, text);
        let empty = FactSet::for_file(file, auditor.wanted.clone(), auditor.known().clone());
        let facts = std::mem::replace(&mut outcome.facts, empty);
        let models = std::mem::take(&mut outcome.models);
        self.read.outcomes[at] = Some(outcome);
        let Some(joined) = &mut self.joined else { return Ok(true) };
        let mut relink: Vec<usize> = Vec::new();
        let mut new: Vec<_> = auditor.extractors.iter().map(|_| None).collect();
        for (extractor, model) in models {
            new[extractor] = Some(model);
        }
        for (extractor, (new, kept)) in new.into_iter().zip(&mut joined.models).enumerate() {
            let place = kept.binary_search_by_key(&file, |(file, _)| *file);
            if is_other || place.is_ok() || new.is_some() {
                relink.push(extractor);
            }
            match (place, new) {
                (Ok(place), Some(model)) => kept[place].1 = model,
                (Ok(place), None) => drop(kept.remove(place)),
                (Err(place), Some(model)) => kept.insert(place, (file, model)),
                (Err(_), None) => {}
            }
        }
        joined.renew(auditor, &mut self.read, (file, facts, shift), &relink)?;
        Ok(true)
    }

    /// The files whose findings differ from `before`, where at most the text of `edited` became another.
    pub(super) fn changes(
        &self,
        auditor: &Auditor,
        edited: Option<&str>,
        (before, shown): (&BTreeMap<String, Vec<Finding>>, &mut Shown),
    ) -> Changes {
        // Without facts no file has to do with another.
        let alone = edited.filter(|_| self.joined.is_none());
        let files = match alone.map(|path| self.position(path)) {
            None => 0..self.read.outcomes.len(),
            Some(Some(at)) => at..at + 1,
            Some(None) => 0..0,
        };
        let drafts = self.drafts(auditor, files.clone());
        let settled = run::settled(auditor, self.read.outcomes[files].iter().flatten(), drafts, Some(shown));
        if alone.is_none() {
            shown.keep(&settled.findings);
        }
        let mut after = Changes::new();
        for finding in settled.findings {
            match after.get_mut(&finding.location.path) {
                Some(findings) => findings.push(finding),
                None => drop(after.insert(finding.location.path.clone(), vec![finding])),
            }
        }
        let is_lost = |path: &&String| !after.contains_key(*path) && alone.is_none_or(|alone| alone == path.as_str());
        let lost: Vec<&String> = before.keys().filter(is_lost).collect();
        after.retain(|path, findings| before.get(path) != Some(findings));
        after.extend(lost.into_iter().map(|path| (path.clone(), Vec::new())));
        after
    }

    /// The findings in these files, and those that the whole tree has.
    fn drafts(&self, auditor: &Auditor, files: Range<usize>) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for (text, outcome) in self.read.texts.files()[files.clone()].iter().zip(&self.read.outcomes[files]) {
            drafts.extend(outcome.iter().flat_map(|outcome| pattern_drafts(auditor, text, &outcome.scan)));
        }
        drafts.extend(self.joined.iter().flat_map(|joined| joined.answers.drafts()).cloned());
        drafts
    }

    /// The audit of the tree.
    pub(super) fn audit(&self, auditor: &Auditor, root: String, shown: &Shown) -> Audit {
        let mut judged = patterns(auditor, &self.read, MAX_PASSED);
        if let Some(joined) = &self.joined {
            joined.answers.tell(&mut judged);
        }
        judged.checks.sort_by(|a, b| a.rule_id.cmp(&b.rule_id));
        run::report_again(auditor, root, &self.read, (judged, Clock::stopped()), Some(shown))
    }
}

impl Joined {
    /// Puts other facts of one file in the place of its old ones, and all that follows from it.
    fn renew(
        &mut self,
        auditor: &Auditor,
        read: &mut Read,
        (file, facts, shift): (FileId, FactSet, Shift),
        relink: &[usize],
    ) -> Result<(), Error> {
        let store =
            Arc::get_mut(&mut self.store).ok_or_else(|| Error::Internal("the facts are being read".to_owned()))?;
        let mut moves = Moves::new();
        let mut found = store.replace(facts, shift, &mut moves)?;
        for linked in run::link(auditor, relink, &self.models, (read, &auditor.wanted)) {
            match linked.has_failed {
                true => read.unlinked.insert(linked.extractor),
                false => read.unlinked.remove(&linked.extractor),
            };
            found.extend(store.replace(linked.facts, shift, &mut moves)?);
        }
        let mut differences: HashMap<&'static str, Difference> = HashMap::new();
        // A query may go by the order of places: it has to be kept.
        let is_ordered = keeps_order(&mut moves);
        for (table, mut difference) in found {
            difference.rows |= difference.moved && !is_ordered;
            differences.entry(table).or_default().join(difference);
        }
        let edit = Edit { file, shift, differences };
        self.answers.renew(auditor, (&mut self.store, &read.texts), &edit)
    }
}
