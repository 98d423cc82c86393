//! Random documents: mixtures of marks that mean something, and texts such as models write.

use proptest::{collection::vec, prelude::*, sample::select};

#[rustfmt::skip]
const MARKS: &[&str] = &[
    "*", "**", "_", "~~", "`", "``", "```", "```rust\n", "~~~", "[", "]", "](", ")", "![", "<", ">", "</", "<a ", "\"", "'", "&", "&lt;",
    "\n", "\n\n", "\n    ", "\r\n", "\r", "\t", " ", "  \n", "# ", "- ", "1. ", "+ ", "> ", "- [ ] ", "- [x] ", "|", "\n|-|-|\n", "---\n", "===\n", "\\", "$", "$$",
    "\\(", "\\)", "\\[", "\\]", "[^a]", "[^a]: ", "[a]: ", "[a]", "http://a.example", "www.b.example", "c@d.example", "javascript:", "onerror=",
    "<script>", "<br>", "<!--", "-->", "word", "é", "漢字。", "🙂", "\u{202e}", "\u{0}", "5", "x^2", "\\frac{a}{b}", "\\text{<b>}", "{", "}",
];

#[rustfmt::skip]
const TEX: &[&str] = &[
    "\\frac", "\\sqrt", "\\sqrt[3]", "\\text{", "\\operatorname{", "\\left(", "\\right)", "\\left<", "\\begin{pmatrix}", "\\end{pmatrix}",
    "\\begin{array}{c|c}", "\\end{array}", "\\begin{cases}", "\\end{cases}", "\\begin{aligned}", "\\end{aligned}", "\\hline", "\\\\", "\\\\[2em]", "&",
    "^", "_", "{", "}", "'", "<", ">", "=", "+", "-", "x", "y", "12.5", "\\char60", "\\char38", "\\color{red}", "\\hspace{1em}", "\\rule{1em}{2em}",
    "\\not", "\\limits", "\\sum", "\\int", "\\mathbb{R}", "\\mathcal", "\\mathbf{x}", "\\binom", "\\overset", "\\big(", "\\middle|", "%", "\\%", "#", "~", "\\ ", "\\,", "\\!",
    "\\displaystyle", "\\sin", "\\lim", "\\prime", "\\tag{1}", "\\substack{a\\\\b}", "\\underbrace", "\\overline", "\\phantom{x}", "\\angle", "é", "漢", "🙂", "\"", "\n", "[", "]", "|", "\\|", "`",
];

/// Marks in any order.
pub fn marks() -> impl Strategy<Value = String> {
    vec(select(MARKS), 0..60).prop_map(|marks| marks.concat())
}

/// Pieces of TeX in any order.
pub fn formula() -> impl Strategy<Value = String> {
    vec(select(TEX), 0..40).prop_map(|pieces| pieces.concat())
}

/// Documents of whole blocks, some large enough to be settled from inside.
pub fn answer() -> impl Strategy<Value = String> {
    vec(block(), 1..9).prop_map(|blocks| blocks.join("\n"))
}

fn block() -> impl Strategy<Value = String> {
    let lines = |line: &'static str, most: usize| (1..most).prop_map(move |count| numbered(line, count));
    prop_oneof![
        Just("# A *heading*\n".to_owned()),
        Just("A title\n=====\n".to_owned()),
        Just("See [the note][n] and [^1].\n".to_owned()),
        Just("[n]: http://n.example 'N'\n".to_owned()),
        Just("[^1]: A note with `code`.\n".to_owned()),
        Just("$$\na\n+ b\n= c\n$$\n".to_owned()),
        Just("<details>\n<b>raw</b>\n\n</details>\n".to_owned()),
        Just("***\n".to_owned()),
        lines("Some **bold** words, `code # inside`, a [link](http://a.example/#) and $x_#$.", 60)
            .prop_map(|text| text.replace('\n', " ") + "\n"),
        lines("- item # with **bold**", 90),
        lines("- item #\n\n  more of it\n", 40),
        lines("1. step #\n   ```sh\n   echo #\n   ```", 40),
        lines("- [x] task #\n  - part #", 60),
        lines("> quoted # text", 50),
        lines("    indented #", 20),
        lines("| # | *cell* |", 90).prop_map(|rows| format!("| a | b |\n|---|--:|\n{rows}")),
        lines("    let x# = \"text\"; // note /* # */", 80)
            .prop_map(|code| format!("```rust\nfn main() {{\n{code}}}\n```\n")),
        lines("x# = '''open", 30).prop_map(|code| format!("~~~python\n{code}~~~\n")),
        lines("never closed #", 20).prop_map(|code| format!("```\n{code}")),
        marks(),
    ]
}

fn numbered(line: &str, count: usize) -> String {
    (0..count).map(|at| line.replace('#', &at.to_string()) + "\n").collect()
}
