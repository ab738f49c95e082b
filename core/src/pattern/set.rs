//! Pattern rules by language: those of a language that no file is of are neither read nor compiled.

use std::sync::OnceLock;

use super::compile::Compiled;
use super::language::Language;
use super::rule::PatternRule;
use super::{Issue, Scan};
use crate::source::SourceFile;

/// Pattern rules, ready to scan files.
#[derive(Debug, Default)]
pub struct PatternSet {
    groups: Vec<Group>,
    is_timed: bool,
}

/// What is wrong, with the caller's indices of rules.
type Issues = Vec<(usize, Issue)>;

/// The rules for one language, with the caller's indices.
#[derive(Debug)]
struct Group {
    language: Language,
    rules: Vec<(usize, PatternRule)>,
    compiled: OnceLock<Result<Compiled, Issues>>,
}

impl PatternSet {
    /// Compiles rules together; `usize` is the caller's index of the rule. Where all rules for a language come with
    /// treeward, they are compiled when a file of the language is there.
    ///
    /// # Errors
    /// Every pattern that does not parse, with its rule and place.
    pub fn compile<'r>(rules: impl IntoIterator<Item = (usize, &'r PatternRule)>) -> Result<Self, Issues> {
        let mut set = Self::default();
        for (index, rule) in rules {
            for &language in &rule.languages {
                set.group(language).rules.push((index, rule.clone()));
            }
        }
        let side_by_side = rayon::current_thread_index().is_some();
        let mut issues = Vec::new();
        for group in &mut set.groups {
            if group.rules.iter().any(|(_, rule)| !rule.is_waiting()) {
                match Compiled::new(&group.rules, group.language, side_by_side) {
                    Ok(compiled) => group.compiled = Ok(compiled).into(),
                    Err(told) => issues.extend(told),
                }
            }
        }
        issues.sort_by_key(|(index, _)| *index);
        if issues.is_empty() { Ok(set) } else { Err(issues) }
    }

    fn group(&mut self, language: Language) -> &mut Group {
        let known = self.groups.iter().position(|group| group.language == language);
        let at = known.unwrap_or(self.groups.len());
        if known.is_none() {
            self.groups.push(Group { language, rules: Vec::new(), compiled: OnceLock::new() });
        }
        &mut self.groups[at]
    }

    /// Has each scan tell the time that it took for each rule.
    #[must_use]
    pub fn timed(mut self, is_timed: bool) -> Self {
        self.is_timed = is_timed;
        self
    }

    /// Compiles the rules for files of these languages now and side by side, on the threads of an auditor; without it,
    /// the first file of a language has the others wait.
    pub(crate) fn prepare(&self, is_there: &dyn Fn(Option<&str>) -> bool) {
        for group in &self.groups {
            if group.compiled.get().is_none() && is_there(group.language.of_files()) {
                // Made outside of the lock: a thread that waits for others may begin with what asks for the lock.
                let compiled = Compiled::new(&group.rules, group.language, true);
                let _ = group.compiled.set(compiled);
            }
        }
    }

    /// Finds every match in one file.
    pub fn scan(&self, file: &SourceFile<'_>) -> Scan {
        self.scan_for(file, &|_| true)
    }

    /// Finds every match in one file of the rules that are asked for, by the caller's index.
    pub fn scan_for(&self, file: &SourceFile<'_>, is_asked: &dyn Fn(usize) -> bool) -> Scan {
        let mut scan = Scan::default();
        for group in self.groups_for(file) {
            match group.compiled() {
                Ok(compiled) => compiled.scan(file, is_asked, self.is_timed, &mut scan),
                Err(issues) => {
                    let unread = group.rules.iter().map(|(index, _)| (*index, unread(issues)));
                    scan.incomplete.extend(unread.filter(|(index, _)| is_asked(*index)));
                }
            }
        }
        scan.finish()
    }

    /// As [`Self::scan`], without any of its short cuts: every rule, every pattern at every node.
    #[doc(hidden)]
    pub fn scan_plainly(&self, file: &SourceFile<'_>) -> Scan {
        let mut scan = Scan::default();
        let compiled = self.groups_for(file).filter_map(|group| group.compiled().as_ref().ok());
        compiled.for_each(|compiled| compiled.scan_plainly(file, &mut scan));
        scan.finish()
    }

    fn groups_for(&self, file: &SourceFile<'_>) -> impl Iterator<Item = &Group> {
        let language = file.artifact.language();
        self.groups.iter().filter(move |group| group.language.scans(language))
    }
}

impl Group {
    fn compiled(&self) -> &Result<Compiled, Issues> {
        self.compiled.get_or_init(|| Compiled::new(&self.rules, self.language, false))
    }
}

fn unread(issues: &[(usize, Issue)]) -> String {
    let first = issues.first().map_or("", |(_, issue)| &issue.message);
    format!("internal: a rule for the language could not be read: {first}")
}
