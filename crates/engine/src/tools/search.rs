//! The built-in search: what was said in other conversations, for the model that asks for it. Nothing else leaves them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use store::table::message::{Found, Role, SaidQuery};
use store::{MessageId, UnixMs};

use crate::engine::Organs;

/// Hits that a model is told: more would fill its window.
const MOST: usize = 12;
/// One more than is told says whether there are more.
const LOOKED_AT: u32 = 13;

/// The last messages of other conversations that say these words. `answer` is the one that asks.
pub(super) async fn search(organs: &Organs, answer: MessageId, words: String) -> Result<String, String> {
    if words.is_empty() {
        return Err("Say which words to look for.".into());
    }
    let found = organs
        .read(move |read| {
            let but = read.message(answer)?.map(|message| message.conversation_id);
            read.said(&SaidQuery { search: words, but, after: None, limit: LOOKED_AT })
        })
        .await
        .map_err(|error| format!("The search failed: {error}."))?;
    let told: Vec<Value> = found.iter().take(MOST).map(hit).collect();
    Ok(json!({"found": told, "more": found.len() > MOST}).to_string())
}

fn hit(found: &Found) -> Value {
    let excerpt: String = found.excerpt.iter().map(|piece| piece.text.as_str()).collect();
    json!({
        "conversation": found.title,
        "date": day(found.created_at),
        "who": if found.role == Role::User { "user" } else { "assistant" },
        "words": excerpt.trim(),
    })
}

fn day(at: UnixMs) -> String {
    let instant = Timestamp::from_millisecond(at);
    instant.map_or_else(
        |_| String::new(),
        |at| at.to_zoned_datetime(TimeZone::system()).strftime("%Y-%m-%d").to_string(),
    )
}
