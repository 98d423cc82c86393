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
        text.push_str(&match kind {
            "code" => code(&mut seed),
            "table" => row(&mut seed),
            "list" => item(&mut seed),
            "words" => sentence(&mut seed),
            _ => section(&mut seed),
        });
    }
    text
}

fn section(seed: &mut Seed) -> String {
    let mut some =
        |count: usize, piece: fn(&mut Seed) -> String| (0..count).map(|_| piece(seed)).collect::<String>();
    let (words, items, lines, rows) = (some(6, sentence), some(5, item), some(8, code), some(8, row));
    format!(
        "## A part\n\n{words}\n\n{items}\n```rust\n{lines}```\n\n| name | count | note |\n|---|--:|---|\n{rows}\n\
         $$\n\\sum_{{i=1}}^{{n}} i = \\frac{{n(n+1)}}{{2}}\n$$\n\n"
    )
}

fn sentence(seed: &mut Seed) -> String {
    let (a, b, c) = (seed.word(), seed.word(), seed.word());
    format!("The {a} of **{b}** holds `{c}` and [leads on](http://a.example/{a}). ")
}

fn item(seed: &mut Seed) -> String {
    format!("- {} with *{}* and {}\n", seed.word(), seed.word(), seed.word())
}

fn row(seed: &mut Seed) -> String {
    format!("| {} | {} | **{}** `{}` |\n", seed.word(), seed.next(), seed.word(), seed.word())
}

fn code(seed: &mut Seed) -> String {
    let (name, number) = (seed.word(), seed.next());
    format!("    let {name}: u64 = compute(\"{name}\", {number}); // {name} once more\n")
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
