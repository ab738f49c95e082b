//! What a comment says: which tool it speaks to, of which rules, and why.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::report::settle::Draft;

/// The tool that a comment was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Treeward,
    Semgrep,
    Bandit,
    Ruff,
}

impl Dialect {
    /// Whether a comment alone on a line speaks of the line below, as the tool itself has it.
    pub(super) fn reads_line_above(self) -> bool {
        matches!(self, Self::Treeward | Self::Semgrep)
    }

    /// Whether the comment may stand on any line of what is reported, not only on the first.
    pub(super) fn reads_every_line(self) -> bool {
        self == Self::Bandit
    }
}

/// One instruction to suppress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Directive {
    pub(super) dialect: Dialect,
    pub(super) whole_file: bool,
    /// Rules that it names, in the tool's own terms; empty: all of the tool's rules.
    pub(super) ids: Vec<String>,
    pub(super) reason: String,
}

struct Form {
    dialect: Dialect,
    /// What its comments hold, in any case.
    mark: &'static str,
    syntax: LazyLock<Option<Regex>>,
}

static FORMS: [Form; 4] = [
    Form {
        dialect: Dialect::Treeward,
        mark: super::OWN,
        syntax: LazyLock::new(|| {
            Regex::new(r"treeward:(?-u:\s*)ignore(?P<file>-file)?(?-u:\b\s*)(?:\[(?P<ids>[^\]]*)\])?(?P<reason>[^\n]*)")
                .ok()
        }),
    },
    Form {
        dialect: Dialect::Semgrep,
        mark: "nosem",
        syntax: LazyLock::new(|| {
            Regex::new(r"(?-u:\bnosem(?:grep)?\b(?:\s*:\s*(?P<ids>[A-Za-z0-9_./-]+(?:\s*,\s*[A-Za-z0-9_./-]+)*))?)(?P<reason>[^\n]*)").ok()
        }),
    },
    Form {
        dialect: Dialect::Bandit,
        mark: "nosec",
        syntax: LazyLock::new(|| Regex::new(r"(?-u:\bnosec\b):?(?P<words>[^#\n]*)").ok()),
    },
    Form {
        dialect: Dialect::Ruff,
        mark: "noqa",
        syntax: LazyLock::new(|| {
            let ids = r"(?P<ids>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*)";
            Regex::new(&format!(
                r"(?i-u:(?P<file>\b(?:ruff|flake8):\s*)?\bnoqa\b)(?-u:\s*:\s*{ids})?(?P<reason>[^#\n]*)"
            ))
            .ok()
        }),
    },
];

/// Every directive of one comment.
pub(super) fn read(comment: &str) -> Vec<Directive> {
    let mut found = Vec::new();
    for form in FORMS.iter().filter(|form| holds(comment, form.mark)) {
        let Some(syntax) = form.syntax.as_ref() else { continue };
        found.extend(syntax.captures_iter(comment).map(|captures| directive(form.dialect, &captures)));
    }
    found
}

fn holds(comment: &str, mark: &str) -> bool {
    comment.as_bytes().windows(mark.len()).any(|window| window.eq_ignore_ascii_case(mark.as_bytes()))
}

fn directive(dialect: Dialect, captures: &Captures<'_>) -> Directive {
    let part = |name: &str| captures.name(name).map_or("", |part| part.as_str());
    let ids = match dialect {
        Dialect::Bandit => bandit_tests(part("words")),
        _ => list(part("ids")),
    };
    let reason = part("reason").trim_end_matches("-->").trim_end_matches("*/");
    let reason = reason.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—'));
    Directive { dialect, whole_file: captures.name("file").is_some(), ids, reason: reason.to_owned() }
}

fn list(ids: &str) -> Vec<String> {
    let ids = ids.split(|c: char| c == ',' || c.is_whitespace());
    ids.filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// Bandit takes free text after `nosec`: only what looks like a test counts.
fn bandit_tests(words: &str) -> Vec<String> {
    let is_test = |id: &String| {
        let number =
            id.strip_prefix('B').is_some_and(|rest| rest.len() == 3 && rest.bytes().all(|b| b.is_ascii_digit()));
        number || id.contains('_')
    };
    list(words).into_iter().filter(is_test).collect()
}

impl Directive {
    /// Whether the directive speaks of the rule that found this.
    pub(super) fn names(&self, draft: &Draft) -> bool {
        let rule = &draft.finding.rule_id;
        let aliases: Vec<&str> = match draft.finding.metadata.get("aliases") {
            Some(serde_json::Value::Array(aliases)) => aliases.iter().filter_map(|alias| alias.as_str()).collect(),
            Some(serde_json::Value::String(alias)) => vec![alias],
            _ => Vec::new(),
        };
        match self.dialect {
            Dialect::Treeward => self.ids.iter().any(|id| is_called(rule, id)),
            Dialect::Bandit => self.names_alias(&aliases, "bandit."),
            Dialect::Ruff => self.names_alias(&aliases, "ruff."),
            Dialect::Semgrep => self.names_for_semgrep(rule, &aliases, draft.by_pattern),
        }
    }

    fn names_alias(&self, aliases: &[&str], tool: &str) -> bool {
        let mut theirs = aliases.iter().filter_map(|alias| alias.strip_prefix(tool));
        theirs.any(|alias| self.ids.is_empty() || self.ids.iter().any(|id| id == alias))
    }

    /// Semgrep's ids are dotted paths, of which comments often give the last part only.
    fn names_for_semgrep(&self, rule: &str, aliases: &[&str], by_pattern: bool) -> bool {
        let theirs = aliases.iter().filter(|alias| !alias.starts_with("bandit.") && !alias.starts_with("ruff."));
        let mut theirs = theirs.map(|alias| alias.strip_prefix("semgrep.").unwrap_or(alias));
        if self.ids.is_empty() {
            return by_pattern || theirs.next().is_some();
        }
        let last = |id: &str| id.rsplit(['.', '/']).next().unwrap_or_default().to_owned();
        let is_named = |name: &str| self.ids.iter().any(|id| id == name || last(id) == last(name));
        (by_pattern && is_named(rule)) || theirs.any(is_named)
    }
}

/// Whether `rule` may be called `id`: by its full id, or by the name without its folder.
pub(super) fn is_called(rule: &str, id: &str) -> bool {
    rule == id || rule.rsplit_once('/').is_some_and(|(_, name)| name == id)
}
