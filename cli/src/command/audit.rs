//! `treeward audit`: every rule over code and configuration together.

use std::path::{Path, PathBuf};

use treeward::engine::{Auditor, AuditorBuilder};
use treeward::report::{Adjustments, Audit, merge};
use treeward::rules::{RuleSet, Selection};
use treeward::source::WalkOptions;

use crate::arguments::{AuditOptions, ReportOptions, SelectionOptions, Threshold, TreeOptions};
use crate::config::Config;
use crate::console::Console;
use crate::failure::Failure;
use crate::progress::Bar;
use crate::{git, output};

pub(crate) fn run(options: &AuditOptions, console: &mut Console) -> Result<u8, Failure> {
    let mut builder = Auditor::builder();
    // Without rules of the user's, the auditor reads the built-in ones itself, on its threads.
    if !options.rules.is_empty() {
        builder = builder.rules(builtin_and(&options.rules)?);
    }
    if let Some(date) = &options.audit_date {
        builder = builder.audit_date(date);
    }
    if let Some(data) = &options.data {
        builder = builder.data(data);
    }
    if let Some(evidence) = &options.evidence {
        builder = builder.evidence(evidence);
    }
    let job = Job {
        paths: &options.paths,
        selection: &options.selection,
        report: &options.report,
        tree: &options.tree,
        run: |auditor: &Auditor, path: &Path| auditor.audit(path),
    };
    job.run(builder, console)
}

/// The built-in rules, and the user's.
pub(crate) fn builtin_and(paths: &[PathBuf]) -> Result<RuleSet, Failure> {
    let builtin = RuleSet::builtin()?;
    Ok(if paths.is_empty() { builtin } else { builtin.with(RuleSet::load(paths)?) })
}

/// Running rules over trees and showing the result: what `audit` and `scan` have in common.
pub(crate) struct Job<'o, F> {
    pub(crate) paths: &'o [PathBuf],
    pub(crate) selection: &'o SelectionOptions,
    pub(crate) report: &'o ReportOptions,
    pub(crate) tree: &'o TreeOptions,
    pub(crate) run: F,
}

impl<F: Fn(&Auditor, &Path) -> Result<Audit, treeward::Error>> Job<'_, F> {
    pub(crate) fn run(&self, builder: AuditorBuilder, console: &mut Console) -> Result<u8, Failure> {
        output::check(self.report)?;
        let baseline = self.report.baseline.as_deref().map(output::read_audit).transpose()?;
        let config = config(self.tree, self.paths.first().map_or(Path::new("."), PathBuf::as_path))?;
        let bar = Bar::on(console);
        let shown = bar.clone();
        let auditor = with_tree(builder, self.tree, &config)
            .select(self.selection(&config))
            .timings(self.tree.timings)
            .honour_suppressions(!self.tree.no_suppressions)
            .progress(move |progress| shown.show(progress))
            .build()?;
        let audits = self.paths.iter().map(|path| self.one(&auditor, &config, path)).collect::<Result<_, Failure>>();
        bar.clear();
        let Some(mut audit) = merge(audits?) else { return Ok(0) };
        let last = Adjustments {
            baseline: baseline.map(|audit| audit.findings).unwrap_or_default(),
            min_severity: self.report.min_severity.or(config.min_severity),
            ..Adjustments::default()
        };
        last.apply(&mut audit);
        output::show(&auditor, &audit, self.report, console)?;
        if let Some(timings) = &audit.timings {
            console.usage(&super::timings(timings));
        }
        let fail_on = self.report.fail_on.or(config.fail_on).unwrap_or(Threshold::At(treeward::Severity::High));
        Ok(u8::from(audit.findings.iter().any(|finding| fail_on.is_reached(finding.severity))))
    }

    /// One tree, with what counts from its root.
    fn one(&self, auditor: &Auditor, config: &Config, path: &Path) -> Result<Audit, Failure> {
        let mut adjustments = Adjustments {
            severities: config.severities.clone(),
            path_ignores: path_ignores(config)?,
            path_prefix: prefix(config, path),
            ..Adjustments::default()
        };
        if let Some(revision) = &self.report.diff_base {
            adjustments.changed = Some(git::changed_lines(path, revision)?);
        }
        let mut audit = (self.run)(auditor, path)?;
        adjustments.apply(&mut audit);
        Ok(audit)
    }

    fn selection(&self, config: &Config) -> Selection {
        let select = if self.selection.select.is_empty() { &config.select } else { &self.selection.select };
        let ignore = config.ignore.iter().chain(&self.selection.ignore).cloned().collect();
        Selection { select: select.clone(), ignore, min_severity: None }
    }
}

/// The settings that hold for a tree.
pub(crate) fn config(tree: &TreeOptions, root: &Path) -> Result<Config, Failure> {
    if tree.no_config { Ok(Config::default()) } else { Config::find(root, tree.config.as_deref()) }
}

/// The options that say how a tree is read.
pub(crate) fn with_tree(builder: AuditorBuilder, tree: &TreeOptions, config: &Config) -> AuditorBuilder {
    let exclude = config.exclude.iter().chain(&tree.exclude).cloned().collect();
    let walk = WalkOptions { exclude, include_vendored: tree.include_vendored, ..WalkOptions::default() };
    builder.walk(walk).threads(tree.threads)
}

fn path_ignores(config: &Config) -> Result<Vec<(globset::GlobMatcher, Vec<String>)>, Failure> {
    let compile = |(glob, words): &(String, Vec<String>)| match globset::Glob::new(glob) {
        Ok(compiled) => Ok((compiled.compile_matcher(), words.clone())),
        Err(error) => Err(Failure::Usage(format!("`path-ignores`: {error}"))),
    };
    config.path_ignores.iter().map(compile).collect()
}

/// The way from the folder of the settings to the root, with a slash at its end.
fn prefix(config: &Config, root: &Path) -> String {
    let Some(folder) = &config.folder else { return String::new() };
    let root = if root.is_file() { root.parent().unwrap_or(root) } else { root };
    let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let inner = root.canonicalize().ok().and_then(|root| root.strip_prefix(folder).ok().map(Path::to_owned));
    let inner = inner.map(|inner| inner.to_string_lossy().replace('\\', "/")).unwrap_or_default();
    if inner.is_empty() { inner } else { inner + "/" }
}
