//! Reads one document from its standard input within bounds, for tests; in the app the app itself does this.

use std::process::ExitCode;

fn main() -> ExitCode {
    match documents::child::serve(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
