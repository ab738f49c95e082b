//! The `treeward` command.

use std::process::ExitCode;

/// Parsing makes many small allocations on several threads, which musl's own allocator serves slowly. glibc's is as fast
/// as this one and takes less memory.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(treeward_cli::run(std::env::args_os()))
}
