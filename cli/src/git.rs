//! Asks `git` which lines changed. Only where the user gave a revision; nothing that the tree configures is run.

use std::path::Path;
use std::process::Command;

use treeward::report::ChangedLines;

use crate::failure::Failure;

/// Settings of a hostile repository that would run programs.
const TAMED: &[&str] = &["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"];

/// The lines of the tree at `root` that changed since `revision`, uncommitted changes and new files included.
pub(crate) fn changed_lines(root: &Path, revision: &str) -> Result<ChangedLines, Failure> {
    if revision.is_empty() || revision.starts_with('-') {
        return Err(Failure::Usage(format!("`{revision}` is no Git revision; give a branch, a tag or a commit")));
    }
    let folder = if root.is_dir() {
        root
    } else {
        root.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
    };
    git(folder, &["rev-parse", "--git-dir"])?;
    let commit = format!("{revision}^{{commit}}");
    if git(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).is_err() {
        let message =
            format!("the repository has no revision `{revision}`; give a branch, a tag or a commit that it has");
        return Err(Failure::Usage(message));
    }
    let diff = [
        "diff",
        "--unified=0",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--no-prefix",
        "--no-renames",
        "--relative",
        "--end-of-options",
        revision,
        "--",
        ".",
    ];
    let mut changed = ChangedLines::of_diff(&git(folder, &diff)?);
    let new = git(folder, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    new.split('\0').filter(|path| !path.is_empty()).for_each(|path| changed.add_file(path));
    Ok(changed)
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String, Failure> {
    let output = Command::new("git").arg("-C").arg(folder).args(TAMED).args(arguments).output();
    let output = output
        .map_err(|error| Failure::Usage(format!("cannot run `git`: {error}; --diff-base needs it on the PATH")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let reason = String::from_utf8_lossy(&output.stderr);
    let reason = reason.lines().next().unwrap_or("no reason given").trim_start_matches("fatal: ");
    Err(Failure::Usage(format!("`git {}` failed in `{}`: {reason}", arguments[0], folder.display())))
}
