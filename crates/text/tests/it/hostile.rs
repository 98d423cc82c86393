//! Hostile and broken input: the collected vectors, and whatever proptest thinks of.

use std::{fs, path::Path};

use proptest::prelude::*;
use text::{Stream, plain, render};

use crate::{allowed::assert_allowed, documents};

fn vectors() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/xss/vectors.txt");
    let file = fs::read_to_string(path).unwrap();
    file.trim_end_matches('\n')
        .split("\n%%\n")
        .map(|vector| vector.replace("@HOST@", "127.0.0.1:9"))
        .collect()
}

#[test]
fn every_vector_stays_on_the_list() {
    let vectors = vectors();
    assert!(vectors.len() >= 200, "the corpus must not shrink, it has {}", vectors.len());
    for vector in vectors {
        assert_allowed(&render(&vector), &vector);
    }
}

#[test]
fn every_vector_stays_on_the_list_at_every_instant_of_a_stream() {
    for vector in vectors() {
        let mut stream = Stream::new();
        for character in vector.chars() {
            stream.push(&character.to_string());
            assert_allowed(&stream.patch().blocks, stream.text());
        }
        assert_allowed(&stream.finish().blocks, &vector);
    }
}

#[test]
fn every_vector_stays_on_the_list_in_every_surrounding() {
    for vector in vectors() {
        let quoted = vector.replace('\n', "\n> ");
        let surrounded = format!(
            "- **a\n\n  {vector}\n\n> {quoted}\n\n| a |\n|---|\n| {vector} |\n\n[{vector}](http://x.example)"
        );
        assert_allowed(&render(&surrounded), &surrounded);
    }
}

#[test]
fn deep_nesting_and_long_runs_are_survived() {
    let runs = [
        "> ", "- ", "[", "![", "*a **b ", "$", "\\(", "\\[", "`", "<", "&", "|", "[^1]", "~~a ", "_a ", "(",
        "](",
    ];
    for run in runs {
        let text = run.repeat(12_000);
        assert_allowed(&render(&text), run);
    }
    for tex in
        ["{", "\\sqrt", "\\frac", "^", "x^{", "\\left(", "\\begin{matrix}", "\\not", "\\text{", "&", "\\\\"]
    {
        let text = format!("$${}$$", tex.repeat(400));
        assert_allowed(&render(&text), tex);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_stays_on_the_list(source in "\\PC{0,400}|(?s).{0,200}") {
        assert_allowed(&render(&source), &source);
    }

    #[test]
    fn any_mixture_of_marks_stays_on_the_list(source in documents::marks()) {
        assert_allowed(&render(&source), &source);
        let words = plain(&source, 40);
        prop_assert!(words.chars().count() <= 40, "a limit is a limit: {words:?}");
    }

    #[test]
    fn any_formula_stays_on_the_list(tex in documents::formula()) {
        let source = format!("$${tex}$$");
        assert_allowed(&render(&source), &source);
    }
}
