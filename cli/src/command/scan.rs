//! `treeward scan`: pattern rules alone, as Semgrep would run them.

use std::path::Path;

use treeward::engine::Auditor;
use treeward::rules::RuleSet;

use super::audit::Job;
use crate::arguments::ScanOptions;
use crate::console::Console;
use crate::failure::Failure;

pub(crate) fn run(options: &ScanOptions, console: &mut Console) -> Result<u8, Failure> {
    let job = Job {
        paths: &options.paths,
        selection: &options.selection,
        report: &options.report,
        tree: &options.tree,
        run: |auditor: &Auditor, path: &Path| auditor.scan(path),
    };
    job.run(Auditor::builder().rules(RuleSet::load(&options.rules)?), console)
}
