//! Finds the window that a service names when a conversation is too long for it. It believes no number that stands
//! anywhere else.

/// What stands right before the number (lower case).
const BEFORE: &[&str] = &[
    "maximum context length is",
    "maximum context length of",
    "context length is",
    "context length of",
    "context window of",
    "context window is",
    "context size of",
    "context size (",
    "maximum of",
    "tokens > ",
    "最大上下文长度为",
];
/// Windows are not smaller than this.
const SMALLEST: i64 = 128;

/// The window in tokens.
pub(crate) fn named_in(message: &str) -> Option<i64> {
    let said = message.to_lowercase();
    BEFORE.iter().filter_map(|words| number(said.split_once(words)?.1)).find(|tokens| *tokens >= SMALLEST)
}

/// The number that a text begins with: 8192, 8,192.
fn number(text: &str) -> Option<i64> {
    let digits = |c: char| c.is_ascii_digit() || c == ',';
    let text = text.trim_start();
    let end = text.find(|c| !digits(c)).unwrap_or(text.len());
    text.get(..end)?.replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::named_in;

    #[test]
    fn services_name_their_window_in_many_ways() {
        for (said, window) in [
            ("This model's maximum context length is 8192 tokens. However, you requested 12000 tokens", 8192),
            ("This model's maximum context length is 4,096 tokens.", 4096),
            ("the request exceeds the available context size (2048 tokens), try increasing it", 2048),
            ("prompt is too long: 210000 tokens > 200000 maximum", 200_000),
            ("Requested token count exceeds the model's maximum context length of 32768 tokens.", 32_768),
        ] {
            assert_eq!(named_in(said), Some(window), "{said}");
        }
        for said in
            ["Too long: 12000 tokens.", "The context length is unknown.", "context window of 3 letters", ""]
        {
            assert_eq!(named_in(said), None, "{said}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_said_it_is_read_without_a_fault(said in ".{0,200}") {
            let _ = named_in(&said);
            let _ = named_in(&format!("maximum context length is {said}"));
        }
    }
}
