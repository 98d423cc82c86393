//! Measures how much work streaming costs beside rendering once; prints one line of JSON and judges nothing.
//!
//! `{"document":..,"bytes":..,"one_shot_ms":..,"streamed_ms":..,"ratio":..}`: the same document of 100 kB, rendered
//! once, and streamed in pieces of 20 bytes with a patch every 400. Other documents are chosen by a word: `mixed`
//! (the default), `code`, `table`, `list`, `words`.
#![allow(clippy::print_stdout)]

use std::time::{Duration, Instant};

const BYTES: usize = 100_000;
const PIECE: usize = 20;
const PIECES_PER_PATCH: usize = 20;
const ROUNDS: usize = 5;

fn main() {
    let kind = std::env::args().nth(1).unwrap_or_else(|| "mixed".to_owned());
    let document = document(&kind);
    text::warm();
    text::render(&document);
    let one_shot = best(|| drop(text::render(&document)));
    let streamed = best(|| stream(&document));
    let ratio = streamed.as_secs_f64() / one_shot.as_secs_f64();
    println!(
        "{{\"document\":\"{kind}\",\"bytes\":{},\"one_shot_ms\":{:.2},\"streamed_ms\":{:.2},\"ratio\":{ratio:.2}}}",
        document.len(),
        one_shot.as_secs_f64() * 1e3,
        streamed.as_secs_f64() * 1e3,
    );
}

fn best(work: impl Fn()) -> Duration {
    let once = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..ROUNDS).map(|_| once()).min().unwrap_or_default()
}

fn stream(document: &str) {
    let mut stream = text::Stream::new();
    for (at, piece) in document.as_bytes().chunks(PIECE).enumerate() {
        // The documents are ASCII, so that a piece never ends inside a character.
        stream.push(std::str::from_utf8(piece).unwrap_or_default());
        if at % PIECES_PER_PATCH == 0 {
            stream.patch();
        }
    }
    stream.finish();
}

fn document(kind: &str) -> String {
    let mut seed = Seed(0x5eed);
    let mut text = String::new();
    if kind == "code" {
        text.push_str("```rust\n");
    } else if kind == "table" {
        text.push_str("| name | count | note |\n|---|--:|---|\n");
    }
    while text.len() < BYTES {
        match kind {
            "code" => code(&mut text, &mut seed),
            "table" => row(&mut text, &mut seed),
            "list" => item(&mut text, &mut seed),
            "words" => sentence(&mut text, &mut seed),
            _ => section(&mut text, &mut seed),
        }
    }
    text
}

fn section(text: &mut String, seed: &mut Seed) {
    text.push_str("## A part\n\n");
    (0..6).for_each(|_| sentence(text, seed));
    text.push_str("\n\n");
    (0..5).for_each(|_| item(text, seed));
    text.push_str("\n```rust\n");
    (0..8).for_each(|_| code(text, seed));
    text.push_str("```\n\n| name | count | note |\n|---|--:|---|\n");
    (0..8).for_each(|_| row(text, seed));
    text.push_str("\n$$\n\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}\n$$\n\n");
}

fn sentence(text: &mut String, seed: &mut Seed) {
    let (a, b, c) = (seed.word(), seed.word(), seed.word());
    text.push_str(&format!("The {a} of **{b}** holds `{c}` and [leads on](http://a.example/{a}). "));
}

fn item(text: &mut String, seed: &mut Seed) {
    text.push_str(&format!("- {} with *{}* and {}\n", seed.word(), seed.word(), seed.word()));
}

fn row(text: &mut String, seed: &mut Seed) {
    text.push_str(&format!(
        "| {} | {} | **{}** `{}` |\n",
        seed.word(),
        seed.next(),
        seed.word(),
        seed.word()
    ));
}

fn code(text: &mut String, seed: &mut Seed) {
    let (name, number) = (seed.word(), seed.next());
    text.push_str(&format!("    let {name}: u64 = compute(\"{name}\", {number}); // {name} once more\n"));
}

/// A small generator of the same numbers each time.
struct Seed(u64);

impl Seed {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 40
    }

    fn word(&mut self) -> &'static str {
        const WORDS: [&str; 8] =
            ["garden", "river", "tomato", "window", "letter", "winter", "basket", "copper"];
        let at = usize::try_from(self.next() % 8).unwrap_or_default();
        WORDS.get(at).copied().unwrap_or_default()
    }
}
