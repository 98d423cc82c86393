//! The shell: the only Rust that knows Tauri. It opens the engine and a window, and passes words between them.

mod arguments;
mod commands;
mod events;
mod home;
mod room;
mod setup;
mod told;
mod watches;
mod window;

use std::process::ExitCode;

use arguments::{Arguments, Wish};

/// Reads the command line, then opens the window and stays until it is closed.
pub fn main() -> ExitCode {
    match arguments::read(std::env::args_os().skip(1)) {
        Ok(Wish::Version) => say(&format!("Medley {}", env!("CARGO_PKG_VERSION"))),
        Ok(Wish::Help) => say(arguments::HELP),
        Ok(Wish::Open(arguments)) => open(&arguments),
        Err(error) => complain(&format!("medley: {error}\n\n{}", arguments::HELP)),
    }
}

fn open(arguments: &Arguments) -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("MEDLEY_LOG").unwrap_or_else(|_| "warn".into()),
        )
        .init();
    // A core dump could hold a key that was being sent.
    if let Err(error) = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0) {
        tracing::warn!(%error, "core dumps stay on");
    }
    match home::folder(arguments).and_then(|home| setup::run(home, arguments.demo)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&format!("medley: {error}")),
    }
}

#[expect(clippy::print_stdout, reason = "this is what --version and --help are for")]
fn say(words: &str) -> ExitCode {
    println!("{words}");
    ExitCode::SUCCESS
}

fn complain(words: &str) -> ExitCode {
    eprintln!("{words}");
    ExitCode::FAILURE
}
