//! `treeward fix`: applies the fixes that findings carry.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use treeward::engine::Auditor;
use treeward::report::{Finding, Fixed, apply_fixes, unified_diff};
use treeward::rules::Selection;
use treeward::source::{FileId, SourceFile, classify};

use super::audit::{builtin_and, config, with_tree};
use crate::arguments::FixOptions;
use crate::console::Console;
use crate::failure::Failure;
use crate::output::write_file;

pub(crate) fn run(options: &FixOptions, console: &mut Console) -> Result<u8, Failure> {
    let root = options.path.as_path();
    let settings = config(&options.tree, root)?;
    let selection = Selection {
        select: if options.selection.select.is_empty() {
            settings.select.clone()
        } else {
            options.selection.select.clone()
        },
        ignore: settings.ignore.iter().chain(&options.selection.ignore).cloned().collect(),
        min_severity: None,
    };
    let auditor = with_tree(Auditor::builder().rules(builtin_and(&options.rules)?), &options.tree, &settings)
        .select(selection)
        .honour_suppressions(!options.tree.no_suppressions)
        .build()?;
    let audit = auditor.audit(root)?;
    let mut files: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in audit.findings.iter().filter(|finding| finding.fix.is_some()) {
        files.entry(&finding.location.path).or_default().push(finding);
    }
    let mut done = Done { options, shown: String::new(), applied: 0, files: 0 };
    for (path, findings) in files {
        done.file(&place(root, path), path, &findings)?;
    }
    console.write(&done.told())?;
    Ok(u8::from(options.diff && done.applied > 0))
}

/// Where a path of the audit is on disk.
fn place(root: &Path, path: &str) -> PathBuf {
    if root.is_file() { root.to_owned() } else { root.join(path) }
}

/// What happened so far.
struct Done<'o> {
    options: &'o FixOptions,
    shown: String,
    applied: usize,
    files: usize,
}

impl Done<'_> {
    fn file(&mut self, file: &Path, path: &str, findings: &[&Finding]) -> Result<(), Failure> {
        let bytes = std::fs::read(file).map_err(|error| Failure::io("read", file, &error, "run the command again"))?;
        let Ok(text) = String::from_utf8(bytes) else {
            self.leave(path, 1, "", "the file is not in UTF-8");
            return Ok(());
        };
        // Positions count from after a byte order mark.
        let (mark, text) = text.split_at(if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 });
        let fixed = apply_fixes(path, text, findings, self.options.with_unsafe, |text| is_sound(path, text));
        for (at, reason) in &fixed.left {
            self.leave(path, findings[*at].location.start.line, &findings[*at].rule_id, reason);
        }
        if fixed.applied.is_empty() {
            return Ok(());
        }
        self.applied += fixed.applied.len();
        self.files += 1;
        self.tell(path, text, &fixed, findings);
        if self.options.diff { Ok(()) } else { write_file(file, &format!("{mark}{}", fixed.text)) }
    }

    fn tell(&mut self, path: &str, text: &str, fixed: &Fixed, findings: &[&Finding]) {
        if self.options.diff {
            self.shown.push_str(&unified_diff(path, text, &fixed.edits));
            return;
        }
        for finding in fixed.applied.iter().map(|at| findings[*at]) {
            self.shown.push_str(&format!("fixed {path}:{}: {}\n", finding.location.start.line, finding.rule_id));
        }
    }

    fn leave(&mut self, path: &str, line: u32, rule: &str, reason: &str) {
        let rule = if rule.is_empty() { String::new() } else { format!(" {rule}:") };
        self.shown.push_str(&format!("left  {path}:{line}:{rule} {reason}\n"));
    }

    fn told(&self) -> String {
        let verb = if self.options.diff { "would be fixed" } else { "fixed" };
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let (applied, files) = (self.applied, self.files);
        format!("{}{applied} finding{} {verb} in {files} file{}\n", self.shown, plural(applied), plural(files))
    }
}

fn is_sound(path: &str, text: &str) -> bool {
    SourceFile::new(FileId(0), path, classify(path, text), text).is_parsed()
}
