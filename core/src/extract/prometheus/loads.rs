//! Which rule files each configuration loads, as far as paths of the tree tell. A container may show other paths; mounts
//! are joined in SQL.

use globset::{GlobBuilder, GlobMatcher};

use super::{Config, RuleFile};
use crate::extract::{Model, TreeIndex};
use crate::facts::schema::prometheus::{PrometheusRuleGlob, PrometheusRuleLoad};
use crate::facts::{Certainty, FactSet, RowId, path_join};
use crate::source::{FileId, Span};

/// Where images keep the configuration.
const PREFIX: &str = "/etc/prometheus/";

/// States the entries of `rule_files` and what they match.
pub(super) fn state(models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
    let rules = models.iter().filter_map(|(_, model)| model.downcast_ref::<RuleFile>());
    let rules: Vec<&str> = rules.map(|file| file.path.as_str()).collect();
    for (id, model) in models {
        let Some(config) = model.downcast_ref::<Config>() else { continue };
        let folder = folder(&config.path);
        let is_part = tree.path(*id) != config.path;
        for (pattern, span) in &config.globs {
            state_glob(&Glob { folder, pattern, span: *span, config: config.row, is_part }, &rules, tree, facts);
        }
    }
}

struct Glob<'a> {
    folder: &'a str,
    pattern: &'a str,
    span: Span,
    config: RowId,
    /// Whether the configuration stands in a ConfigMap: what else is mounted beside it is not told here.
    is_part: bool,
}

fn state_glob(glob: &Glob<'_>, rules: &[&str], tree: &TreeIndex<'_>, facts: &mut FactSet) {
    let is_absolute = glob.pattern.starts_with('/');
    let rest = glob.pattern.strip_prefix(PREFIX).unwrap_or(glob.pattern.trim_start_matches('/'));
    let own = path_join(glob.folder, rest);
    let beside = own.as_deref().map(|path| matching(path, rules)).unwrap_or_default();
    // Another ConfigMap may be mounted where the pattern says.
    let end = if glob.is_part { rest.rsplit('/').next().unwrap_or(rest) } else { rest };
    let elsewhere = if is_absolute && beside.is_empty() { matching(&format!("**/{end}"), rules) } else { Vec::new() };
    let (found, is_elsewhere) = if beside.is_empty() { (elsewhere, true) } else { (beside, false) };
    let any = own.as_deref().and_then(matcher).is_some_and(|m| tree.files().any(|(_, path, _)| m.is_match(path)));
    let is_unresolved = glob.pattern.contains(['$', '{']) || own.is_none() || glob.is_part && found.is_empty();
    let row = facts.push(PrometheusRuleGlob {
        span: glob.span,
        certainty: if is_unresolved { Certainty::Unresolved } else { Certainty::Certain },
        config: glob.config,
        pattern: glob.pattern.to_owned(),
        path: own.filter(|_| !is_absolute),
        absolute_folder: is_absolute.then(|| self::folder(glob.pattern).to_owned()),
        matches: (found.len() as i64).max(i64::from(any)),
    });
    for path in found {
        facts.push(PrometheusRuleLoad {
            span: glob.span,
            certainty: if is_elsewhere { Certainty::Likely } else { Certainty::Certain },
            glob: row,
            config: glob.config,
            path: path.to_owned(),
        });
    }
}

fn matching<'p>(pattern: &str, paths: &[&'p str]) -> Vec<&'p str> {
    let Some(matcher) = matcher(pattern) else { return Vec::new() };
    paths.iter().copied().filter(|path| matcher.is_match(path)).collect()
}

fn matcher(pattern: &str) -> Option<GlobMatcher> {
    let glob = GlobBuilder::new(pattern).literal_separator(true).build().ok()?;
    Some(glob.compile_matcher())
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
