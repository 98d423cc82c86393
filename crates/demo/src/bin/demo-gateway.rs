//! The demo gateway as a program, for tests and benches in another process. It prints where it listens and serves until
//! its standard input closes or it is ended; it is no part of the app.

use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

use demo::{Midjourney, Script};

const USAGE: &str = "demo-gateway [--port N] [--script welcome|tests|<dialect>] [--key KEY] [--midjourney base|plus|net|relay] [--stay]\n\
    Prints {\"url\":\"http://127.0.0.1:PORT\"} and serves until standard input closes; with --stay until it is ended.";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Some(order) = Order::read(std::env::args().skip(1)) else {
        // Nobody left to tell when even the error stream is closed.
        _ = writeln!(io::stderr(), "{USAGE}");
        return ExitCode::from(2);
    };
    match serve(order).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            _ = writeln!(io::stderr(), "demo-gateway: {error}");
            ExitCode::FAILURE
        }
    }
}

struct Order {
    port: u16,
    script: Script,
    stay: bool,
}

impl Order {
    /// `None` when the words make no sense.
    fn read(mut words: impl Iterator<Item = String>) -> Option<Self> {
        let mut order = Self { port: 0, script: Script::tests(), stay: false };
        let (mut key, mut midjourney) = (None, None);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--port" => order.port = words.next()?.parse().ok()?,
                "--script" => order.script = Script::named(&words.next()?)?,
                "--key" => key = Some(words.next()?),
                "--midjourney" => midjourney = Some(Midjourney::named(&words.next()?)?),
                "--stay" => order.stay = true,
                _ => return None,
            }
        }
        if let Some(key) = key {
            order.script = order.script.with_key(key);
        }
        if let Some(server) = midjourney {
            order.script = order.script.with_midjourney(server);
        }
        Some(order)
    }
}

async fn serve(order: Order) -> io::Result<()> {
    let demo = demo::start_controlled(order.script, order.port).await?;
    let mut out = io::stdout();
    writeln!(out, "{}", serde_json::json!({"url": demo.url()}))?;
    out.flush()?;
    if order.stay {
        std::future::pending::<()>().await;
    }
    wait_for_the_end_of_input()
}

/// The demo answers on its own thread meanwhile.
fn wait_for_the_end_of_input() -> io::Result<()> {
    let mut ignored = [0; 256];
    while io::stdin().read(&mut ignored)? > 0 {}
    Ok(())
}
