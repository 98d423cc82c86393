//! The words of a document, for titles and snippets.

use text::plain;

#[test]
fn marks_are_left_out() {
    let source = "# Title\n\nSome **bold** [link](http://a.example) and `code`,\nnext line.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |";
    assert_eq!(
        plain(source, 200),
        "Title Some bold link and code, next line. one two a b c d",
        "words joined by spaces"
    );
}

#[test]
fn it_is_text_and_not_html() {
    assert_eq!(plain("a < b & <b>c</b> &amp;", 50), "a < b & <b>c</b> &", "nothing is escaped twice");
}

#[test]
fn a_cut_falls_between_words() {
    assert_eq!(plain("one two three four", 10), "one two…", "the third word does not fit");
    assert_eq!(plain("one two three four", 8), "one two…", "the space is the last that fits");
    assert_eq!(plain("abcdefghijklmnop", 6), "abcde…", "a word that is too long is cut");
    assert_eq!(plain("一二三四五六七八", 5), "一二三四…", "characters count, not bytes");
    assert_eq!(plain("word", 0), "", "no room, no words");
    assert_eq!(plain("word", 4), "word", "what fits is not cut");
}

#[test]
fn a_price_keeps_its_sign() {
    assert_eq!(plain("$5/month then 6$ ok", 50), "$5/month then 6$ ok", "two amounts are no formula");
}
