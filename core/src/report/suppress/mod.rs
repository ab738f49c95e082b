//! Comments in the source that suppress findings: treeward's own, and those of other tools for the rules that
//! correspond to theirs.
//!
//! `# treeward: ignore[rule-id, other] reason` speaks of its own line, or, alone on a line, of the next line that is
//! not such a comment. `# treeward: ignore-file[rule-id] reason` speaks of the whole file and stands near its top.
//! `# nosemgrep`, `# nosec` and `# noqa` are honoured for rules whose `metadata.aliases` name the other tool's rule.

mod comments;
mod directive;

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use aho_corasick::packed::Searcher;

use super::settle::{Draft, RuleNames};
use super::{Finding, Problem};
use crate::source::LineIndex;
use directive::{Dialect, Directive};

/// `ignore-file` is read in this many lines: a reader must meet it at once.
const TOP: u32 = 20;

/// The suppressions that one file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressions {
    path: String,
    items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    directive: Directive,
    line: u32,
    scope: Scope,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    File,
    /// The line, and whether the comment stands above it.
    Line(u32, bool),
    /// An `ignore-file` too far down.
    Nowhere,
}

/// What treeward's own comments hold.
const OWN: &str = "treeward:";

/// What the comments hold that suppress anything, as [`directive`] spells it.
static MARKS: LazyLock<Option<Searcher>> = LazyLock::new(|| {
    let mut marks = vec![OWN.to_owned(), "nosem".to_owned(), "nosec".to_owned()];
    // Only this one is heard in any case.
    marks.extend((0..16).map(|upper| {
        let letters = "noqa".char_indices();
        letters.map(|(at, letter)| if upper >> at & 1 == 1 { letter.to_ascii_uppercase() } else { letter }).collect()
    }));
    Searcher::new(marks)
});

impl Suppressions {
    /// Reads the comments of a file; `None` where nothing suppresses anything.
    pub fn read(path: &str, text: &str) -> Option<Self> {
        if is_marked(text) { Self::of_comments(path, text) } else { None }
    }

    /// As [`Self::read`] for a file with nothing to suppress: only treeward's own comments, which are of no use there.
    pub(crate) fn read_own(path: &str, text: &str) -> Option<Self> {
        if memchr::memmem::find(text.as_bytes(), OWN.as_bytes()).is_some() {
            Self::of_comments(path, text)
        } else {
            None
        }
    }

    fn of_comments(path: &str, text: &str) -> Option<Self> {
        let lines = LineIndex::new(text);
        let comments = comments::find(path, text, &lines);
        let mut items = Vec::new();
        for comment in comments.iter().filter(|comment| is_marked(&text[comment.range.clone()])) {
            for directive in directive::read(&text[comment.range.clone()]) {
                let scope = scope(&directive, comment, &comments);
                items.push(Item { directive, line: comment.line, scope });
            }
        }
        (!items.is_empty()).then(|| Self { path: path.to_owned(), items })
    }

    /// The first item that suppresses this finding.
    pub(super) fn speaks_of(&self, draft: &Draft) -> Option<usize> {
        let finding = &draft.finding;
        if finding.location.path != self.path {
            return None;
        }
        self.items.iter().position(|item| item.covers(finding) && item.directive.names(draft))
    }

    /// Why the item suppresses, in the words of its comment.
    pub(super) fn reason(&self, item: usize) -> &str {
        self.items.get(item).map_or("", |item| &item.directive.reason)
    }

    /// treeward's own suppressions that are of no use. Other tools' comments are theirs to judge.
    pub(super) fn problems(&self, rules: &RuleNames<'_>, is_used: impl Fn(usize) -> bool) -> Vec<Problem> {
        let own = self.items.iter().enumerate().filter(|(_, item)| item.directive.dialect == Dialect::Treeward);
        own.filter(|(at, _)| !is_used(*at))
            .filter_map(|(_, item)| {
                let message = format!("suppression on line {} {}", item.line, item.uselessness(rules)?);
                Some(Problem { path: Some(self.path.clone()), rule_id: None, message })
            })
            .collect()
    }
}

/// Whether a text holds what any comment that suppresses holds.
fn is_marked(text: &str) -> bool {
    MARKS.as_ref().is_none_or(|marks| marks.find(text).is_some())
}

fn scope(directive: &Directive, comment: &comments::Comment, all: &[comments::Comment]) -> Scope {
    if directive.whole_file {
        // The other tools read their file-wide comments anywhere.
        let read = directive.dialect != Dialect::Treeward || comment.line <= TOP;
        return if read { Scope::File } else { Scope::Nowhere };
    }
    if !comment.alone {
        return Scope::Line(comment.line, false);
    }
    let is_comment = |line| all.binary_search_by_key(&line, |other| other.line).is_ok_and(|at| all[at].alone);
    let mut target = comment.line + 1;
    while is_comment(target) {
        target += 1;
    }
    Scope::Line(target, true)
}

impl Item {
    fn covers(&self, finding: &Finding) -> bool {
        let (first, last) = (finding.location.start.line, finding.location.end.line);
        let lines: RangeInclusive<u32> = first..=if self.directive.dialect.reads_every_line() { last } else { first };
        match self.scope {
            Scope::File => true,
            Scope::Line(line, above) => lines.contains(&line) && (!above || self.directive.dialect.reads_line_above()),
            Scope::Nowhere => false,
        }
    }

    /// What is wrong with an unused suppression, in words that follow its place; `None` where its rule did not run.
    fn uselessness(&self, rules: &RuleNames<'_>) -> Option<String> {
        let ids = &self.directive.ids;
        if ids.is_empty() {
            return Some("names no rule and suppresses nothing: write `treeward: ignore[rule-id] reason`".into());
        }
        if let Some(id) = ids.iter().find(|id| !rules.known.iter().any(|rule| directive::is_called(rule, id))) {
            return Some(format!("names `{id}`, and no rule is called so: `treeward rules` lists them"));
        }
        if self.scope == Scope::Nowhere {
            return Some(format!("is ignored: `ignore-file` must stand in the first {TOP} lines"));
        }
        let ran = ids.iter().all(|id| rules.ran.iter().any(|rule| directive::is_called(rule, id)));
        ran.then(|| format!("is not needed: nothing there is reported by `{}`", ids.join("`, `")))
    }
}

#[cfg(test)]
mod tests;
