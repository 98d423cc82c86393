//! What relays of picture engines write: bars and follow-ups, and nobody else's words lost to them.

use text::render;

use crate::allowed::assert_allowed;

fn shown(source: &str) -> String {
    let blocks = render(source);
    assert_allowed(&blocks, source);
    blocks.concat()
}

#[test]
fn a_fence_that_counts_is_a_bar_and_gone_when_done() {
    assert_eq!(shown("```progress\n0\n46\n```"), "<progress max=\"100\" value=\"46\">46%</progress>");
    assert!(shown("```progress\n0\n100\n```").contains(" hidden>"), "the picture says it better");
    assert!(shown("```progress\nnot a number\n```").contains("<pre"), "other code is code");
}

#[test]
fn lines_of_words_keep_their_words() {
    let bar = "<p><progress max=\"100\" value=\"100\">100%</progress>Progress: 100%</p>";
    assert_eq!(shown("Progress: 100%"), bar, "anybody may write this, and it stays to be read");
}

#[test]
fn a_follow_up_is_a_button() {
    let button = "<p><button type=\"button\" class=\"command\" data-say=\"/UPSCALE 17 2\">U2</button></p>";
    assert_eq!(shown("[U2](https://nothing.invalid/UPSCALE-17-2)"), button);
    assert!(shown("[U2](https://nothing.invalid/OTHER-17-2)").contains("<a href="), "others are links");
}
