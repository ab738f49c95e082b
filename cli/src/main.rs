//! The `treeward` command.

use std::process::ExitCode;

/// Parsing makes many small allocations on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(treeward_cli::run(std::env::args_os()))
}
