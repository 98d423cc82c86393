//! Pictures as models write them and as no standard reads them: addresses with blanks. They are put into angle brackets
//! before the text is parsed. Nothing else is touched, and what is in a code fence is left alone.

use std::borrow::Cow;

use crate::fence::Fence;

/// The source with addresses of pictures that a parser can read.
pub fn source(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("](http") || !markdown.contains("![") {
        return Cow::Borrowed(markdown);
    }
    let mut mended = String::new();
    let mut fence = None;
    for line in markdown.split_inclusive('\n') {
        fence = Fence::after(line.trim_end_matches(['\n', '\r']), fence);
        mended.push_str(&if fence.is_some() { Cow::Borrowed(line) } else { mend(line) });
    }
    if mended == markdown { Cow::Borrowed(markdown) } else { Cow::Owned(mended) }
}

fn mend(line: &str) -> Cow<'_, str> {
    let Some((at, length)) = first_broken(line) else { return Cow::Borrowed(line) };
    let (before, rest) = line.split_at(at);
    let (address, after) = rest.split_at(length);
    Cow::Owned(format!("{before}<{}>{}", address.trim(), mend(after)))
}

/// Where the first address of a picture stands that no parser reads, and how long it is.
fn first_broken(line: &str) -> Option<(usize, usize)> {
    line.match_indices("](http").find_map(|(at, _)| {
        let start = at + 2;
        let is_picture = line.get(..at)?.rsplit_once("![").is_some_and(|(_, words)| !words.contains("]("));
        let address = line.get(start..)?;
        let length = address_with_blanks(address)?;
        let has_blank = address.get(..length)?.trim().contains(' ');
        (is_picture && has_blank).then_some((start, length))
    })
}

/// The length of an address up to its closing bracket; none when it holds what no address does, or a title follows.
fn address_with_blanks(text: &str) -> Option<usize> {
    let mut open = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => open += 1,
            ')' if open == 0 => return Some(at),
            ')' => open -= 1,
            '<' | '>' | '"' | '\'' | '\n' | '\r' | '[' | ']' | '`' => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn an_address_with_blanks_is_put_into_brackets_and_nothing_else_is_touched() {
        for (written, read) in [
            ("![a fox](https://a.example/my fox (1).png)", "![a fox](<https://a.example/my fox (1).png>)"),
            (
                "![](http://a.example/x y.png) and ![](http://a.example/z 1.png) end",
                "![](<http://a.example/x y.png>) and ![](<http://a.example/z 1.png>) end",
            ),
        ] {
            assert_eq!(source(written), read);
        }
        for fine in [
            "![a](https://a.example/x.png)",
            "![a](https://a.example/x(1).png \"a title\")",
            "![a](<https://a.example/x y.png>)",
            "[a link](https://a.example/x y.png) and ![b](https://b.example/z.png)",
            "```\n![a](https://a.example/x y.png)\n```",
            "![a](https://a.example/x y.png",
            "![a](https://a.example/x y`z.png)",
            "words",
        ] {
            assert_eq!(source(fine), fine);
        }
    }
}
