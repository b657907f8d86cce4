//! The binary `noi`.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Rows are made on one thread and written on another: memory that one asks for and another gives back is
/// what this allocator is quick at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    server::cli::main()
}
