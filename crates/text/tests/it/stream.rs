//! Streaming: the end equals the whole, what is settled stays, and unfinished marks do not show.

use proptest::{collection::vec, prelude::*};
use text::{Patch, Stream, render};

use crate::{allowed::assert_allowed, documents};

/// What a screen does with patches.
fn apply(blocks: &mut Vec<String>, patch: Patch) {
    assert!(patch.keep <= blocks.len(), "a patch keeps only what there is");
    blocks.truncate(patch.keep);
    blocks.extend(patch.blocks);
}

/// Streams `text` in pieces of about these sizes, in characters, and returns the blocks and how many blocks the last
/// patch replaced.
fn streamed(text: &str, sizes: &[usize]) -> (Vec<String>, usize) {
    let (mut stream, mut blocks) = (Stream::new(), Vec::new());
    let mut rest = text;
    for size in sizes.iter().cycle() {
        let end = rest.char_indices().nth(*size).map_or(rest.len(), |(at, _)| at);
        let (piece, after) = rest.split_at(end);
        stream.push(piece);
        apply(&mut blocks, stream.patch());
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    assert_allowed(&blocks, text);
    let before = blocks.len();
    let last = stream.finish();
    let replaced = before - last.keep;
    apply(&mut blocks, last);
    assert_eq!(stream.text(), text, "the text is kept as it came");
    (blocks, replaced)
}

/// What is on screen after `text` has come piece by piece and nothing has ended.
fn unfinished(text: &str) -> String {
    let mut stream = Stream::new();
    let mut blocks = Vec::new();
    for character in text.chars() {
        stream.push(&character.to_string());
        apply(&mut blocks, stream.patch());
    }
    blocks.concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn an_answer_ends_as_the_whole_would(text in documents::answer(), sizes in vec(1_usize..400, 1..8)) {
        prop_assert_eq!(streamed(&text, &sizes).0, render(&text));
    }

    #[test]
    fn any_marks_end_as_the_whole_would(text in documents::marks(), sizes in vec(1_usize..9, 1..5)) {
        prop_assert_eq!(streamed(&text, &sizes).0, render(&text));
    }
}

#[test]
fn settled_blocks_need_no_correction_at_the_end() {
    let items = |line: &str| (0..200).map(|at| line.replace('#', &at.to_string())).collect::<String>();
    let growing = [
        items("- item # with **bold** and `code`\n"),
        items("- item #\n\n  second paragraph\n\n"),
        items("#. step\n   - part\n"),
        format!("| a | b |\n|---|:-:|\n{}", items("| # | *x* |\n")),
        format!("```rust\n{}```\n", items("let x = \"#\"; /* note */\n")),
        items("Words # and **bold** and [a link](http://a.example/#). "),
        items("第#句话，很长。"),
        items("Paragraph # here.\n\n"),
    ];
    for text in growing {
        let text = format!("# Start\n\n{text}\n\nThe end.\n");
        let (blocks, replaced) = streamed(&text, &[20]);
        assert_eq!(blocks, render(&text), "the end equals the whole");
        assert_eq!(replaced, 0, "nothing was guessed wrongly on the way in {text:.60}");
    }
}

#[test]
fn a_definition_that_comes_last_is_set_right_at_the_end() {
    let text =
        "See [the page][p] and a note[^1].\n\nMore.\n\nAnd more.\n\n[p]: http://p.example\n[^1]: The note.\n";
    let (blocks, replaced) = streamed(text, &[3]);
    assert!(replaced > 0, "the first block was settled before its definitions came");
    assert_eq!(blocks, render(text), "and is right in the end");
}

#[test]
fn unfinished_marks_do_not_show() {
    let calm = [
        ("so **bold", "<p>so <strong>bold</strong></p>"),
        ("so **bold*", "<p>so <strong>bold</strong></p>"),
        ("so **", "<p>so </p>"),
        ("a *b **c", "<p>a <em>b <strong>c</strong></em></p>"),
        ("a `co", "<p>a <code>co</code></p>"),
        ("a ``co`", "<p>a <code>co</code></p>"),
        ("a [lin", "<p>a lin</p>"),
        ("a [link]", "<p>a link</p>"),
        ("a [link](http://exa", "<p>a link</p>"),
        ("a ![pic](http://exa", "<p>a pic</p>"),
        ("sum $$\\frac{1", "<p>sum </p>"),
        ("sum \\(x", "<p>sum </p>"),
        ("costs $5 and", "<p>costs $5 and</p>"),
        ("title\n-", "<p>title</p>"),
        ("- a\n-", "<ul><li><p>a</p></li></ul>"),
        ("- a\n- **b", "<ul><li><p>a</p></li><li><p><strong>b</strong></p></li></ul>"),
        (
            "- [ ] do",
            "<ul><li class=\"task\"><p><label><input type=\"checkbox\" disabled> do</label></p></li></ul>",
        ),
    ];
    for (text, html) in calm {
        let shown = unfinished(text).replace(" </p>", "</p>");
        assert_eq!(shown, html.replace(" </p>", "</p>"), "after {text:?}");
    }
}

#[test]
fn an_unclosed_fence_is_a_code_block_at_once() {
    let shown = unfinished("```sh\necho **hi\n``");
    assert_eq!(
        shown,
        "<pre class=\"code\" tabindex=\"0\" data-language=\"sh\"><code><span class=\"c-name\">echo</span> **hi\n</code></pre>"
    );
}

#[test]
fn nothing_new_is_an_empty_patch() {
    let mut stream = Stream::new();
    assert_eq!(stream.patch(), Patch { keep: 0, blocks: Vec::new() }, "an empty stream shows nothing");
    stream.push("Words.");
    stream.patch();
    assert_eq!(stream.patch(), Patch { keep: 1, blocks: Vec::new() }, "a second look changes nothing");
    assert_eq!(stream.finish(), Patch { keep: 1, blocks: Vec::new() }, "the end is what is shown already");
}

#[test]
fn more_may_come_after_the_end() {
    let mut stream = Stream::new();
    let mut blocks = Vec::new();
    for piece in ["One **two", " three** four.\n\n- a\n", "- b\n"] {
        stream.push(piece);
        apply(&mut blocks, stream.patch());
        apply(&mut blocks, stream.finish());
        assert_eq!(blocks, render(stream.text()), "an answer may be continued");
    }
}
