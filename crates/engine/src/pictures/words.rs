//! Words for pictures by a chat model of the person's choice: a better prompt, or a prompt that would make a picture that
//! is here. Each is one question that the service may charge for; nothing is changed by it.

use ::media::Kind;
use gateway::chat::{Message as Sent, Picture as Along, Role as Speaker};
use store::PictureId;
use tokio::sync::Notify;

use super::Pictures;
use crate::attach::along::KEPT;
use crate::chat::once;
use crate::view::Ask;
use crate::{Code, Error};

const IMPROVE: &str = "Below is what somebody wants to see in a picture. Write it as a better prompt for a model that makes \
                       pictures: keep everything that was asked for, keep its language, and add what is to be seen, the \
                       composition, the light and the style where that is left open. At most 90 words. Answer with the \
                       prompt alone.";
const DESCRIBE: &str = "Write a prompt that would make this picture again with a model that makes pictures: what is to be \
                        seen, the composition, the light, the colours, the medium and the style. At most 90 words. Answer \
                        with the prompt alone.";

/// What is being asked for: one question at a time, for there is one window for it.
#[derive(Default)]
pub(crate) struct Asking(Notify);

impl Pictures {
    /// A better prompt than this one.
    pub async fn improve(&self, ask: Ask, prompt: String) -> Result<String, Error> {
        if prompt.trim().is_empty() {
            return Err(Code::NothingToSend.into());
        }
        let wish = Sent::text(Speaker::User, format!("{IMPROVE}\n\n{}", prompt.trim()));
        self.words(&ask, wish).await
    }

    /// A prompt that would make this picture, in the language named.
    pub async fn describe(&self, ask: Ask, id: PictureId, language: String) -> Result<String, Error> {
        let picture = self.0.read(move |read| read.picture(id)).await?.ok_or(Code::Gone)?;
        let media = picture.media_id.ok_or(Code::Gone)?;
        if !Kind::named(&picture.mime).is_some_and(Kind::is_decoded) {
            return Err(Code::PictureUndecoded.into());
        }
        let words = format!("{DESCRIBE} Write it in the language with the tag {language:?}.");
        let mut wish = Sent::text(Speaker::User, words);
        wish.pictures.push(Along { url: format!("{KEPT}{media}"), detail: String::new() });
        self.words(&ask, wish).await
    }

    /// Nobody waits for the words any more: the connection is let go, so that the model need not go on.
    pub fn stop_words(&self) {
        self.0.asking.0.notify_waiters();
    }

    async fn words(&self, ask: &Ask, wish: Sent) -> Result<String, Error> {
        tokio::select! {
            said = once::words(&self.0, ask, wish) => Ok(bare(&said?)),
            () = self.0.asking.0.notified() => Err(Code::Stopped.into()),
        }
    }
}

/// Without the quotation marks or the fence that some put around it.
fn bare(said: &str) -> String {
    let inside = said.strip_prefix("```").and_then(|rest| rest.strip_suffix("```"));
    let words = inside.map_or(said, |rest| rest.split_once('\n').map_or(rest, |(_, words)| words)).trim();
    let pairs = [('"', '"'), ('“', '”'), ('「', '」'), ('«', '»')];
    let quoted = pairs.iter().find_map(|(opens, closes)| words.strip_prefix(*opens)?.strip_suffix(*closes));
    quoted.filter(|inside| !inside.contains('"')).unwrap_or(words).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn a_prompt_stands_alone() {
        assert_eq!(bare("\"A boat at dawn.\""), "A boat at dawn.");
        assert_eq!(bare("```text\nA boat\n```"), "A boat");
        assert_eq!(bare("“雾中的船”"), "雾中的船");
        assert_eq!(bare("\"A\" boat named \"B\""), "\"A\" boat named \"B\"", "these belong to the words");
        assert_eq!(bare("A sign says \"open\""), "A sign says \"open\"");
    }
}
