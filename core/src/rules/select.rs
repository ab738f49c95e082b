//! Which rules of a set are run.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::spelling::nearest;
use super::{Profile, Rule, metadata};
use crate::error::Error;
use crate::report::{Area, Severity};

/// Words that pick rules: an id, a folder (`compose`), an area (`security`), a profile (`hardened`), a glob (`nginx/*`) or `all`.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// What to run; empty for everything of the profile `core`.
    pub select: Vec<String>,
    /// What to leave out; wins over `select`.
    pub ignore: Vec<String>,
    /// The least severity of a rule that is run.
    pub min_severity: Option<Severity>,
}

pub(super) fn select(rules: &[Arc<Rule>], selection: &Selection) -> Result<Vec<Arc<Rule>>, Error> {
    let picked = selection.select.iter().map(|word| Word::read(word, rules)).collect::<Result<Vec<_>, _>>()?;
    let ignored = selection.ignore.iter().map(|word| Word::read(word, rules)).collect::<Result<Vec<_>, _>>()?;
    let asks_for_profiles = picked.iter().any(|word| matches!(word, Word::Profile(_)));
    let keep = |rule: &Rule| {
        let wanted = if picked.is_empty() || asks_for_profiles && rule.profile == Profile::Core && picked.len() == 1 {
            rule.profile == Profile::Core || picked.iter().any(|word| word.picks(rule))
        } else {
            picked.iter().any(|word| word.picks(rule) && (rule.profile == Profile::Core || word.reaches_all_profiles()))
        };
        wanted
            && !ignored.iter().any(|word| word.picks(rule))
            && selection.min_severity.is_none_or(|least| rule.severity >= least)
    };
    Ok(rules.iter().filter(|rule| keep(rule)).cloned().collect())
}

enum Word {
    All,
    Profile(Profile),
    Area(Area),
    Id(String),
    Folder(String),
    Glob(globset::GlobMatcher),
}

impl Word {
    fn read(word: &str, rules: &[Arc<Rule>]) -> Result<Self, Error> {
        if word == "all" {
            return Ok(Self::All);
        }
        if let Some(profile) = metadata::word(word) {
            return Ok(Self::Profile(profile));
        }
        if let Some(area) = metadata::word(word) {
            return Ok(Self::Area(area));
        }
        if word.contains(['*', '?', '[']) {
            let glob = globset::Glob::new(word).map_err(|error| Error::Usage(format!("`{word}`: {error}")))?;
            return Ok(Self::Glob(glob.compile_matcher()));
        }
        if rules.iter().any(|rule| rule.id == word) {
            return Ok(Self::Id(word.to_owned()));
        }
        let prefix = format!("{word}/");
        if rules.iter().any(|rule| rule.id.starts_with(&prefix)) {
            return Ok(Self::Folder(prefix));
        }
        Err(Error::Usage(unknown(word, rules)))
    }

    fn picks(&self, rule: &Rule) -> bool {
        match self {
            Self::All => true,
            Self::Profile(profile) => rule.profile == *profile,
            Self::Area(area) => rule.area == *area,
            Self::Id(id) => rule.id == *id,
            Self::Folder(prefix) => rule.id.starts_with(prefix.as_str()),
            Self::Glob(glob) => glob.is_match(&rule.id),
        }
    }

    /// A folder or an area means its rules of the core profile; an id or a profile means just what it says.
    fn reaches_all_profiles(&self) -> bool {
        matches!(self, Self::All | Self::Profile(_) | Self::Id(_))
    }
}

fn unknown(word: &str, rules: &[Arc<Rule>]) -> String {
    let folders: BTreeSet<&str> = rules.iter().filter_map(|rule| rule.id.split_once('/')).map(|pair| pair.0).collect();
    let known = rules.iter().map(|rule| rule.id.as_str()).chain(folders);
    let hint = match nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`treeward rules` lists the rules".to_owned(),
    };
    format!("no rule, folder, area or profile is called `{word}`; {hint}")
}
