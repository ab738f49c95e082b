//! Sends a result to where the options say, in each format asked for.

use std::path::Path;

use treeward::Auditor;
use treeward::report::{Appearance, Audit};

use crate::arguments::{ReportOptions, Sink};
use crate::console::Console;
use crate::failure::Failure;

/// Only one format can have the output to itself.
pub(crate) fn check(options: &ReportOptions) -> Result<(), Failure> {
    let unplaced: Vec<&str> =
        options.sinks.iter().filter(|sink| sink.path.is_none()).map(|sink| sink.format.name()).collect();
    match unplaced[..] {
        [] | [_] => Ok(()),
        [.., last] => Err(Failure::Usage(format!(
            "the formats {} would mix on the output; give all but one a file: `--format {last} --output FILE`",
            unplaced.join(", ")
        ))),
    }
}

/// Shows the audit in every form asked for, rendered by the threads that made it.
pub(crate) fn show(
    auditor: &Auditor,
    audit: &Audit,
    options: &ReportOptions,
    console: &mut Console,
) -> Result<(), Failure> {
    for Sink { format, path } in &options.sinks {
        match path {
            None => console.write(&auditor.render(audit, *format, console.appearance()))?,
            Some(path) => {
                write_file(path, &auditor.render(audit, *format, Appearance::default()))?;
                console.remark(&format!("wrote `{}`", path.display()));
            }
        }
    }
    Ok(())
}

/// Writes a file whole, or says why not.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text)
        .map_err(|error| Failure::io("write", path, &error, "choose a path in a folder that exists"))
}

/// Reads an audit that was written as JSON.
pub(crate) fn read_audit(path: &Path) -> Result<Audit, Failure> {
    let hint = "make one with `treeward audit --format json --output FILE`";
    let text = std::fs::read(path).map_err(|error| Failure::io("read", path, &error, hint))?;
    let audit: Audit = serde_json::from_slice(&text)
        .map_err(|error| Failure::Usage(format!("`{}` is no audit as JSON: {error}; {hint}", path.display())))?;
    match audit.schema_version {
        1 => Ok(audit),
        version => Err(Failure::Usage(format!(
            "`{}` has schema_version {version}, and this treeward reads 1: make it anew",
            path.display()
        ))),
    }
}
