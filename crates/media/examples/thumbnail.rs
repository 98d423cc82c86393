//! Makes one thumbnail, for timing it beside other programs: `thumbnail FILE OUT [SIDE]`.
#![allow(clippy::print_stderr)]

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, out, rest @ ..] = arguments.as_slice() else {
        eprintln!("thumbnail FILE OUT [SIDE]");
        return ExitCode::FAILURE;
    };
    let side = rest.first().and_then(|side| side.parse().ok()).unwrap_or(256);
    match run(file, out, side) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("thumbnail: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(file: &str, out: &str, side: u32) -> Result<(), Box<dyn std::error::Error>> {
    let small = media::thumbnail(&std::fs::read(file)?, side)?;
    Ok(std::fs::write(out, small.bytes)?)
}
