//! `treeward completions`: scripts for shells.

use clap::CommandFactory;

use crate::arguments::{Arguments, CompletionsOptions};
use crate::console::Console;
use crate::failure::Failure;

pub(crate) fn run(options: &CompletionsOptions, console: &mut Console) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "treeward", &mut script);
    console.write(&String::from_utf8_lossy(&script))?;
    Ok(0)
}
