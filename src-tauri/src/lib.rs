//! The shell: the only Rust that knows Tauri. It opens the engine and a window, and passes words between them.

mod arguments;
mod commands;
mod dragged;
mod dropped;
mod events;
mod graphics;
mod home;
mod media_protocol;
mod out;
mod room;
mod setup;
mod told;
mod watches;
mod window;

use std::process::ExitCode;

use tracing_subscriber::EnvFilter;

use arguments::{Arguments, Wish};

/// Reads the command line, then opens the window and stays until it is closed.
pub fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|word| word == engine::READ_DOCUMENT) {
        return read_document();
    }
    match arguments::read(std::env::args_os().skip(1)) {
        Ok(Wish::Version) => say(&format!("Medley {}", env!("CARGO_PKG_VERSION"))),
        Ok(Wish::Help) => say(arguments::HELP),
        Ok(Wish::Open(arguments)) => open(&arguments),
        Err(error) => complain(&format!("medley: {error}\n\n{}", arguments::HELP)),
    }
}

/// What Medley starts itself for: reads one document within bounds, says what is in it, and ends.
fn read_document() -> ExitCode {
    match engine::read_document(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&format!("medley: {error}")),
    }
}

fn open(arguments: &Arguments) -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(log_filter()).init();
    // A core dump could hold a key that was being sent.
    if let Err(error) = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0) {
        tracing::warn!(%error, "core dumps stay on");
    }
    match home::folder(arguments).and_then(|home| setup::run(home, arguments.demo)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&format!("medley: {error}")),
    }
}

/// What `MEDLEY_LOG` asks for. The libraries that carry keys never tell more than warnings.
fn log_filter() -> EnvFilter {
    let asked = EnvFilter::try_from_env("MEDLEY_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    ["zbus=warn", "keyring_core=warn", "zbus_secret_service_keyring_store=warn", "hyper=warn", "h2=warn"]
        .into_iter()
        .filter_map(|directive| directive.parse().ok())
        .fold(asked, EnvFilter::add_directive)
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
