//! The binary `noi`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::main()
}
