//! Texts that a model continues: the text is the draft of its conversation, every continuation an answer that waits to be
//! taken into it. Nothing here changes a word of the text by itself.

mod naming;
mod request;
mod room;

use store::table::conversation::{Conversation, ConversationKind};
use store::table::learnt::Learnt;
use store::table::message::{Message, Role};
use store::table::options::Options;
use store::table::text::Continuation;
use store::{ConversationId, MessageId, Read, Write};

use super::live::Answer;
use super::{Chat, accept, options, request as asking, show};
use crate::engine::Organs;
use crate::view::{Accepted, Ask, ContinueText, OpenConversation};
use crate::{Code, Error};

pub(crate) use naming::name_by;
pub(crate) use request::request;

/// Stands among the fields left out of a request when it was asked in a chat instead.
pub(crate) const IN_A_CHAT: &str = "prompt";
/// The field for what follows the gap.
const SUFFIX: &str = "suffix";
/// Continuations that are listed at once.
const PAGE: u32 = 50;
/// A text that is written moves up in the list at most this often, milliseconds.
const MOVES_UP: i64 = 60_000;

impl Chat {
    /// Begins a text with its first letters.
    pub async fn begin_text(&self, text: String) -> Result<Conversation, Error> {
        let now = self.0.clock.now();
        let mut fresh = Conversation { kind: ConversationKind::Text, ..Conversation::blank(now) };
        name_by(&text, &mut fresh);
        let id = fresh.id;
        self.0
            .write(move |write| {
                write.insert_conversation(&fresh)?;
                write.set_draft(&id.to_string(), &text, now)
            })
            .await?;
        self.0.tell_conversation(id).await
    }

    /// Asks for a continuation at a place of the text. It is kept as it stands now, whatever comes of it.
    pub async fn continue_text(&self, text: ContinueText) -> Result<Accepted, Error> {
        accept::continue_text(&self.0, text).await
    }

    /// The text as it is now that the suggestion was taken into it, or thrown away: none waits any more.
    pub async fn settle_text(&self, id: ConversationId, text: String) -> Result<(), Error> {
        let now = self.0.clock.now();
        let moved = self
            .0
            .write(move |write| {
                write.set_suggestion(id, None)?;
                keep_text(write, id, &text, now)
            })
            .await?;
        self.tell_of(id, moved).await
    }

    /// A new version of a suggestion, asked for in a chat: its model does not continue texts.
    pub async fn continue_in_chat(&self, answer: MessageId, ask: Ask) -> Result<Accepted, Error> {
        accept::retry_in_chat(&self.0, answer, ask).await
    }

    /// What was continued in a text so far, newest first; behind `before` for the next page.
    pub async fn continuations(
        &self,
        id: ConversationId,
        before: Option<MessageId>,
    ) -> Result<Vec<Continuation>, Error> {
        self.0.read(move |read| read.continuations(id, before, PAGE)).await
    }

    /// Goes back to the text as it was when `question` was asked, with what was suggested then. The text as it is now
    /// (`present`) is kept beside it.
    pub async fn go_back_to_text(
        &self,
        question: MessageId,
        present: String,
    ) -> Result<OpenConversation, Error> {
        let now = self.0.clock.now();
        let id = self.0.write(move |write| go_back(write, question, &present, now)).await?;
        self.0.tell_conversation(id).await?;
        self.open(id).await
    }

    /// Keeps what is being typed in a place; a text gets its name from it.
    pub(super) async fn keep_draft(&self, place: String, text: String) -> Result<(), Error> {
        let now = self.0.clock.now();
        let written = self
            .0
            .write(move |write| {
                let id: Option<ConversationId> = place.parse().ok();
                let known = id.map(|id| write.conversation(id)).transpose()?.flatten();
                match known.filter(|known| known.kind == ConversationKind::Text) {
                    Some(known) => Ok(Some((known.id, keep_text(write, known.id, &text, now)?))),
                    None => write.set_draft(&place, &text, now).map(|()| None),
                }
            })
            .await?;
        match written {
            Some((id, moved)) => self.tell_of(id, moved).await,
            None => Ok(()),
        }
    }

    async fn tell_of(&self, id: ConversationId, moved: bool) -> Result<(), Error> {
        if moved {
            self.0.tell_conversation(id).await?;
        }
        Ok(())
    }
}

/// What the window is shown of a text: the text itself and, while one waits, the suggestion with its question.
pub(super) fn open(read: &Read, conversation: Conversation) -> Result<OpenConversation, store::Error> {
    let id = conversation.id;
    let draft = read.draft(&id.to_string())?.unwrap_or_default();
    let answer = read.suggestion(id)?.map(|answer| read.message(answer)).transpose()?.flatten();
    let asked = match answer.as_ref().and_then(|answer| answer.parent_id) {
        Some(question) => read.message(question)?,
        None => None,
    };
    // Whoever changed the text meanwhile has moved on: the suggestion is among the earlier ones.
    let fits = asked.as_ref().is_some_and(|asked| is_text_of(asked, &draft));
    let shown = asked.into_iter().chain(answer).filter(|_| fits).collect();
    let outline = Vec::new();
    let (tail, attachments) = (show::views(read, shown)?, Vec::new());
    Ok(OpenConversation { conversation, outline, tail, draft, edit: String::new(), attachments })
}

/// Has an answer wait in its text; false when it belongs to no text.
pub(super) fn suggest(write: &Write, answer: &Message) -> Result<bool, store::Error> {
    let id = answer.conversation_id;
    if write.conversation(id)?.is_none_or(|row| row.kind != ConversationKind::Text) {
        return Ok(false);
    }
    write.set_head(id, Some(answer.id))?;
    write.set_suggestion(id, Some(answer.id))?;
    Ok(true)
}

/// Prepares the question and the marks of the answer to come, from what is known of the model.
pub(super) fn question(text: ContinueText, head: Option<MessageId>, now: i64) -> Result<Message, Error> {
    if text.before.trim().is_empty() && text.behind.trim().is_empty() {
        return Err(Code::NothingToSend.into());
    }
    Ok(Message {
        text: text.before,
        suffix: text.behind,
        ..Message::blank(text.conversation_id, head, Role::User, now)
    })
}

/// Fields that will not be sent, told from the start. `behind` is what follows the place.
pub(super) async fn left_out(
    organs: &Organs,
    conversation: ConversationId,
    behind: &str,
    ask: &Ask,
) -> Result<Vec<String>, Error> {
    let learnt = asking::learnt(organs, ask).await?;
    let wanted = organs
        .read(move |read| {
            let own = read.conversation(conversation)?.ok_or(store::Error::NotFound)?.options;
            Ok(options::effective(&own, &read.settings()?.options))
        })
        .await?;
    let gap = is_gap(&wanted, behind) && learnt.refused_fields.iter().any(|field| field == SUFFIX);
    let marks = [(IN_A_CHAT, learnt.wants_chat), (SUFFIX, gap && !learnt.wants_chat)];
    Ok(marks.into_iter().filter(|(_, left_out)| *left_out).map(|(field, _)| field.to_owned()).collect())
}

/// Remembers that a model wants to be asked in a chat, once it has continued a text there.
pub(super) async fn remember_chat(organs: &Organs, answer: &Answer, ask: &Ask) {
    let came = !answer.written().0.is_empty();
    if came && let Err(error) = try_remember_chat(organs, answer.id(), ask).await {
        tracing::warn!(%error, "it is not remembered where a model wants to be asked");
    }
}

async fn try_remember_chat(organs: &Organs, answer: MessageId, ask: &Ask) -> Result<(), Error> {
    let row = organs.read(move |read| read.message(answer)).await?;
    let learnt = asking::learnt(organs, ask).await?;
    if learnt.wants_chat || !row.is_some_and(|row| is_in_a_chat(&row)) {
        return Ok(());
    }
    asking::remember(organs, ask, Learnt { wants_chat: true, ..learnt }).await
}

/// Whether a gap is to be filled: something follows the place, and it may go along.
fn is_gap(wanted: &Options, behind: &str) -> bool {
    wanted.suffix.unwrap_or(true) && !behind.trim().is_empty()
}

/// Whether an answer is asked for in a chat.
fn is_in_a_chat(answer: &Message) -> bool {
    answer.adapted.iter().any(|field| field == IN_A_CHAT)
}

fn is_text_of(asked: &Message, text: &str) -> bool {
    text.strip_prefix(asked.text.as_str()) == Some(asked.suffix.as_str())
}

/// Writes the text down. True when its row in the list changed in a way that people see.
fn keep_text(write: &Write, id: ConversationId, text: &str, now: i64) -> Result<bool, store::Error> {
    write.set_draft(&id.to_string(), text, now)?;
    let Some(mut conversation) = write.conversation(id)? else { return Ok(false) };
    let before = conversation.clone();
    name_by(text, &mut conversation);
    if conversation.snippet == before.snippet && conversation.title == before.title {
        return Ok(false);
    }
    let moves = conversation.title != before.title || now - before.updated_at >= MOVES_UP;
    if moves {
        conversation.updated_at = now;
    }
    write.update_conversation(&conversation)?;
    Ok(moves)
}

/// Whether a question that was just asked, or is gone back to or from, holds this text already.
fn is_kept(write: &Write, then: &Message, text: &str) -> Result<bool, store::Error> {
    let id = then.conversation_id;
    let waiting = write.suggestion(id)?.map(|answer| write.message(answer)).transpose()?.flatten();
    let newest = write.continuations(id, None, 1)?.first().map(|newest| newest.question);
    for question in [waiting.and_then(|answer| answer.parent_id), newest].into_iter().flatten() {
        if write.message(question)?.is_some_and(|asked| is_text_of(&asked, text)) {
            return Ok(true);
        }
    }
    Ok(is_text_of(then, text))
}

fn go_back(
    write: &Write,
    question: MessageId,
    present: &str,
    now: i64,
) -> Result<ConversationId, store::Error> {
    let then = write.message(question)?.ok_or(store::Error::NotFound)?;
    let id = then.conversation_id;
    if !present.is_empty() && !is_kept(write, &then, present)? {
        let head = write.conversation(id)?.and_then(|conversation| conversation.head);
        let kept = Message { text: present.to_owned(), ..Message::blank(id, head, Role::User, now) };
        write.insert_message(&kept)?;
    }
    let answer = write.suggested_for(question)?;
    write.set_suggestion(id, answer)?;
    write.set_head(id, Some(answer.unwrap_or(question)))?;
    keep_text(write, id, &format!("{}{}", then.text, then.suffix), now)?;
    Ok(id)
}
