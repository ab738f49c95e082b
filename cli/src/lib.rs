//! The `treeward` command as a library, so that every package installs the same command.
//!
//! [`run`] takes the arguments and gives the exit code: 0 where nothing is at or over `--fail-on`, 1 where something
//! is, 2 for wrong usage, unreadable input or a bad rule file.

mod arguments;
mod command;
mod config;
mod console;
mod failure;
mod git;
mod output;
mod progress;
mod table;
#[cfg(test)]
mod tests;

use std::ffi::OsString;

use arguments::{Arguments, Command};
pub use console::Console;
use failure::Failure;

/// Runs the command on the process's own streams. The first argument is the program's name.
pub fn run<T: Into<OsString> + Clone>(arguments: impl IntoIterator<Item = T>) -> u8 {
    run_on(arguments, &mut Console::of_process())
}

/// Runs the command on a console of the caller's.
pub fn run_on<T: Into<OsString> + Clone>(arguments: impl IntoIterator<Item = T>, console: &mut Console) -> u8 {
    let arguments = match Arguments::read(arguments, console) {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    console.choose_colour(arguments.color);
    match dispatch(arguments, console) {
        Ok(code) => code,
        // Whoever reads the output has seen enough.
        Err(Failure::Closed) => 0,
        Err(failure) => {
            console.error(&failure.to_string());
            2
        }
    }
}

fn dispatch(arguments: Arguments, console: &mut Console) -> Result<u8, Failure> {
    match arguments.command {
        Command::Audit(options) => command::audit::run(&options, console),
        Command::Scan(options) => command::scan::run(&options, console),
        Command::Fix(options) => command::fix::run(&options, console),
        Command::Test(options) => command::test::run(&options, console),
        Command::Query(options) => command::query::run(&options, console),
        Command::Facts(options) => command::facts::run(&options, console),
        Command::Rules(options) => command::rules::run(&options, console),
        Command::Explain(options) => command::explain::run(&options, console),
        Command::Compare(options) => command::compare::run(&options, console),
        Command::Completions(options) => command::completions::run(&options, console),
    }
}
