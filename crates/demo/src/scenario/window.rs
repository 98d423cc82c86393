//! Models with a small window. One service lists it, the other tells only when it is exceeded.

use serde_json::json;

use super::{Scenario, scenario, speech::plain};
use crate::{reply::Reply, turn::Turn};

pub(super) const FAMILY: &[Scenario] =
    &[scenario("small-window", within_window), scenario("listed-window", within_window)];

/// Tokens that fit, question and answer together.
pub(crate) const TOKENS: usize = 2_048;
/// The model whose window stands in the list.
pub(crate) const LISTED: &str = "listed-window";

/// Counts four letters as a token, as its client does where nobody knows better.
fn within_window(turn: &Turn) -> Reply {
    let letters: usize =
        ["system", "user", "assistant"].iter().flat_map(|role| turn.texts(role)).map(|text| text.len()).sum();
    let asked = letters / 4;
    if asked <= TOKENS {
        return plain(turn);
    }
    let message = format!(
        "This model's maximum context length is {TOKENS} tokens. However, your messages resulted in {asked} \
         tokens. Please reduce the length of the messages."
    );
    let error = json!({
        "message": message, "type": "invalid_request_error", "param": "messages", "code": "context_length_exceeded",
    });
    Reply::json(400, &json!({ "error": error }))
}
