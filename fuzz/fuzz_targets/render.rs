//! Any text through the renderer, at once and growing: no panic, no live markup, the same HTML in the end.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|markdown: &str| {
    let mut stream = text::Stream::new();
    let mut shown: Vec<String> = Vec::new();
    for piece in markdown.split_inclusive([' ', '\n']) {
        stream.push(piece);
        apply(&mut shown, stream.patch());
    }
    apply(&mut shown, stream.finish());
    let whole = text::render(markdown);
    assert_eq!(shown, whole, "growing must end in the same HTML");
    for live in ["<script", "<iframe", "<img", "<svg", "<style", "<object"] {
        assert!(!whole.iter().any(|block| block.contains(live)), "{live} must never come out");
    }
});

fn apply(shown: &mut Vec<String>, patch: text::Patch) {
    shown.truncate(patch.keep);
    shown.extend(patch.blocks);
}
