//! The pictures of an answer: those that came beside its words and those that its words name. Each becomes an attachment
//! in the same write as the words; what came as data goes into the media folder first, and out of the text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use store::table::attachment::{Attachment, AttachmentKind, AttachmentRole, AttachmentState};
use store::table::media::Media;
use store::table::message::Message;
use store::{Store, UnixMs};

use crate::media::keep;
use crate::{Code, Error};

/// How bytes that came bare are made an address. What they really are is seen when they are kept.
const PNG: &str = "data:image/png;base64,";
/// More pictures than any answer shows; what is beyond stays words.
const MOST: usize = 100;

/// Takes the pictures out of an ended answer. `beside` are those that came beside the words. It blocks.
pub(crate) fn take(store: &Store, message: &mut Message, beside: &[String], now: UnixMs) -> Vec<Attachment> {
    let mut found: Vec<Attachment> = Vec::new();
    for Named { address, words, is_sure } in named(&message.text, beside) {
        // Until its bytes are here, what only looks like a picture's address is a link like any other.
        let kind = if is_sure { AttachmentKind::Picture } else { AttachmentKind::Link };
        let blank = Attachment::of(message.id, AttachmentRole::Received, kind, now);
        let one = Attachment { name: words, source: address, ..blank };
        let one = if one.source.starts_with("data:") { stored(store, message, one, now) } else { one };
        if !found.iter().any(|other| other.source == one.source) {
            found.push(one);
        }
    }
    found
}

/// A picture that an answer names.
pub(crate) struct Named {
    /// An address of the web, or data.
    pub(crate) address: String,
    /// What is said about it.
    pub(crate) words: String,
    /// It is said to be a picture; otherwise it only looks like one.
    pub(crate) is_sure: bool,
}

/// All pictures that an answer names: in its words, beside them, and as the JSON of an images API.
pub(crate) fn named(said: &str, beside: &[String]) -> Vec<Named> {
    let in_words = text::pictures(said).into_iter();
    let in_words = in_words.map(|one| Named { address: one.address, words: one.words, is_sure: one.is_sure });
    let of = |address: String, is_sure| Named { address, words: String::new(), is_sure };
    let beside = beside.iter().map(|address| of(address.clone(), true));
    let written = in_json(said).into_iter().map(|address| of(address, false));
    in_words.chain(beside).chain(written).take(MOST).collect()
}

/// The addresses in an answer that is the JSON of an images API, as a text: `{"data": [{"url" | "b64_json"}]}`, whose items
/// are pictures by its shape, or `{"url"}`, which any data may have: that must look like a picture's.
fn in_json(said: &str) -> Vec<String> {
    if !said.trim_start().starts_with('{') {
        return Vec::new();
    }
    let Ok(whole) = serde_json::from_str::<Value>(said) else { return Vec::new() };
    let items =
        whole.get("data").and_then(Value::as_array).map_or(std::slice::from_ref(&whole), Vec::as_slice);
    let field = |item: &Value, name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
    let address =
        |item: &Value| field(item, "url").or_else(|| Some(format!("{PNG}{}", field(item, "b64_json")?)));
    let fetchable = |address: &String| address.starts_with("http") || address.starts_with("data:");
    let listed = whole.get("data").is_some();
    let is_one = |address: &String| listed || !text::pictures(address).is_empty();
    items.iter().filter_map(address).filter(fetchable).filter(is_one).collect()
}

/// A picture that came as data, kept. The text then names it by its hash, unless rounds of calls count the text's bytes.
fn stored(store: &Store, message: &mut Message, one: Attachment, now: UnixMs) -> Attachment {
    match data_of(&one.source).and_then(|bytes| keep(store, &bytes, now)) {
        Ok(media) => {
            let source = format!("media:{}", media.id);
            if message.steps.is_empty() {
                message.text = message.text.replace(&one.source, &source);
                if let Some(data) = one.source.strip_prefix(PNG) {
                    message.text = message.text.replace(data, &source);
                }
                Attachment { source, ..kept(one, media) }
            } else {
                kept(one, media)
            }
        }
        Err(error) => {
            let problem = Some(error.problem());
            Attachment { state: AttachmentState::Failed, problem, ..one }
        }
    }
}

/// An attachment whose file is here.
pub(crate) fn kept(one: Attachment, media: Media) -> Attachment {
    let is_film = ::media::Kind::named(&media.mime).is_some_and(::media::Kind::is_film);
    let kind = if is_film { AttachmentKind::Film } else { AttachmentKind::Picture };
    Attachment { kind, media: Some(media), state: AttachmentState::Kept, problem: None, next_at: None, ..one }
}

/// The bytes of a data URL.
pub(crate) fn data_of(address: &str) -> Result<Vec<u8>, Error> {
    let (head, data) = address.split_once(',').ok_or(Code::PictureDamaged)?;
    if !head.ends_with(";base64") {
        return Err(Code::NotAPicture.into());
    }
    let signs: String = data.chars().filter(|sign| !sign.is_whitespace()).collect();
    STANDARD.decode(signs).map_err(|_| Code::PictureDamaged.into())
}

#[cfg(test)]
mod tests {
    use store::ConversationId;
    use store::table::message::Role;

    use super::*;

    #[test]
    fn a_picture_that_came_as_data_leaves_the_text_and_lies_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let gif = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";
        let mut message = Message {
            text: format!("Here: ![a dot]({gif}) and ![far](https://a.example/x.png)"),
            ..Message::blank(ConversationId::new(), None, Role::Assistant, 1)
        };
        let found = take(&store, &mut message, &[gif.to_owned()], 5);
        assert_eq!(found.len(), 2, "the same picture in two places is one: {found:?}");
        let media = found[0].media.as_ref().unwrap();
        assert_eq!((media.mime.as_str(), media.width), ("image/gif", Some(1)));
        assert!(store.media_path(media).exists(), "its bytes are on the disk");
        assert_eq!(
            message.text,
            format!("Here: ![a dot](media:{}) and ![far](https://a.example/x.png)", media.id)
        );
        assert_eq!(found[1].state, AttachmentState::Waiting, "the other one is still to be fetched");
    }

    #[test]
    fn the_json_of_an_images_api_holds_pictures() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let gif = "R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";
        let mut message = Message {
            text: format!(
                r#"{{"data":[{{"b64_json":"{gif}"}},{{"url":"https://a.example/x"}},{{"url":"ftp://a"}}]}}"#
            ),
            ..Message::blank(ConversationId::new(), None, Role::Assistant, 1)
        };
        let found = take(&store, &mut message, &[], 5);
        assert_eq!(found.len(), 2, "{found:?}");
        let media = found[0].media.as_ref().unwrap();
        assert!(message.text.contains(&format!(r#""b64_json":"media:{}""#, media.id)), "{}", message.text);
        assert_eq!((found[1].kind, found[1].state), (AttachmentKind::Link, AttachmentState::Waiting));
        assert_eq!(in_json(r#"{"url":"https://a.example/x.png"}"#), ["https://a.example/x.png"]);
        for other in [
            "",
            "{",
            "[1]",
            r#"{"url":"https://a.example/page"}"#,
            r#"{"name":"x"}"#,
            r#"{"data":{"url":"https://a.example"}}"#,
        ] {
            assert_eq!(in_json(other), [""; 0], "{other}");
        }
    }

    #[test]
    fn data_that_is_no_picture_is_told_and_stays_in_the_text() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let text = "![x](data:image/png;base64,PGh0bWw+)";
        let mut message =
            Message { text: text.into(), ..Message::blank(ConversationId::new(), None, Role::Assistant, 1) };
        let found = take(&store, &mut message, &[], 5);
        assert_eq!(found[0].state, AttachmentState::Failed);
        assert_eq!(message.text, text, "nothing received is lost");
    }
}
