//! A short title from the model that answered, asked for once, after the first answer. The person's own title is never
//! touched, a failure leaves the first words standing, and models that charge by the call or draw are not asked.

use std::time::Duration;

use gateway::chat::{Event, Message as Sent, Request, Role as Speaker};
use store::table::attachment::AttachmentRole;
use store::table::conversation::{Conversation, ConversationKind, TitleBy};
use store::table::message::Message;
use store::table::model::{Model, ModelKind};
use store::{ConversationId, Write};
use tokio::time::timeout;

use super::{adapt, request};
use crate::engine::Organs;
use crate::services::endpoint::Connection;
use crate::view::Ask;
use crate::{Error, prices};

/// Longer waits are not worth a title.
const PATIENCE: Duration = Duration::from_secs(40);
/// Letters of question and answer that the title is made from.
const SEEN: usize = 1500;
/// Letters a title may have.
const LONGEST: usize = 60;
/// Bytes after which nobody listens to a model that was asked for a title.
const TALKATIVE: usize = 4096;

const WISH: &str = "Write a short title for the conversation below: two to six words, in its own language, \
                    without quotation marks or a full stop. Answer with the title only.";

/// Asks for a title if the conversation has only its first words yet and the person wants titles.
pub(crate) async fn suggest(organs: &Organs, id: ConversationId, ask: &Ask) {
    if !organs.live.may_title(id) {
        return;
    }
    match timeout(PATIENCE, try_title(organs, id, ask)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::debug!(%error, "no title came"),
        Err(_) => tracing::debug!("no title came in time"),
    }
    organs.live.titled(id);
}

async fn try_title(organs: &Organs, id: ConversationId, ask: &Ask) -> Result<(), Error> {
    let Some(talk) = first_words(organs, id, ask.clone()).await? else { return Ok(()) };
    let content = format!("{WISH}\n\n{talk}");
    let mut body = Request {
        model: ask.model.clone(),
        messages: vec![Sent::text(Speaker::User, content)],
        ..Request::default()
    };
    adapt::apply(&request::learnt(organs, ask).await?, &mut body);
    let at = Connection::open(organs, ask.service_id).await?;
    // Each asking is paid for, whatever comes of it.
    if !organs.write(move |write| mark(write, id)).await? {
        return Ok(());
    }
    let mut answer = organs.client.chat(&at.endpoint, &body).await?;
    let mut said = String::new();
    while let Some(event) = answer.next().await {
        if said.len() > TALKATIVE {
            break;
        }
        match event? {
            Event::Text { choice: 0, text } => said.push_str(&text),
            Event::TextWasThought { choice: 0 } => said.clear(),
            _ => {}
        }
    }
    let title = clean(&said);
    if title.is_empty() {
        return Ok(());
    }
    if organs.write(move |write| put(write, id, &title)).await? {
        organs.tell_conversation(id).await?;
    }
    Ok(())
}

/// Notes that a model is asked. False when somebody gave a title meanwhile.
fn mark(write: &Write, id: ConversationId) -> Result<bool, store::Error> {
    let untitled = |row: &Conversation| row.title_by == TitleBy::FirstWords;
    let Some(row) = write.conversation(id)?.filter(untitled) else { return Ok(false) };
    write.set_title(id, &row.title, TitleBy::Asked)?;
    Ok(true)
}

/// Gives the title, unless the person gave one while the model was thinking of its own.
fn put(write: &Write, id: ConversationId, title: &str) -> Result<bool, store::Error> {
    let wanted = write.conversation(id)?.is_some_and(|row| row.title_by == TitleBy::Asked);
    if wanted {
        write.set_title(id, title, TitleBy::Model)?;
    }
    Ok(wanted)
}

/// The beginning of the first exchange; none when a title is not wanted, or there already, or dear.
async fn first_words(organs: &Organs, id: ConversationId, ask: Ask) -> Result<Option<String>, Error> {
    organs
        .read(move |read| {
            let untitled =
                |row: Conversation| row.kind == ConversationKind::Chat && row.title_by == TitleBy::FirstWords;
            let ids: Vec<_> = read.outline(id)?.into_iter().map(|entry| entry.id).take(2).collect();
            let mut drawn =
                prices::model(read, Some(ask.service_id), &ask.model)?.is_some_and(|model| is_dear(&model));
            for id in &ids {
                drawn |= read.attachments(*id)?.iter().any(|one| one.role == AttachmentRole::Received);
            }
            let wanted =
                !drawn && read.settings()?.titles_by_model && read.conversation(id)?.is_some_and(untitled);
            let first = read.messages(&ids)?;
            let talk: Vec<String> =
                first.iter().map(|message: &Message| text::plain(&message.text, SEEN)).collect();
            Ok(wanted.then(|| talk.join("\n\n")).filter(|_| first.len() == 2))
        })
        .await
}

/// Whether each call is paid for as a whole, or makes a picture.
fn is_dear(model: &Model) -> bool {
    model.price_call.is_some() || model.kind != ModelKind::Chat
}

/// The first line, without quotation marks, heading marks and a full stop.
fn clean(said: &str) -> String {
    let line = said.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let bare = text::plain(line, LONGEST);
    bare.trim_matches(|letter: char| letter.is_whitespace() || "\"'“”‘’«»「」《》.。#*".contains(letter))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONGEST, clean};

    #[test]
    fn a_title_is_one_bare_line() {
        assert_eq!(clean("\n\"**Roof garden plans.**\"\nmore"), "Roof garden plans");
        assert_eq!(clean("《屋顶菜园》"), "屋顶菜园");
        assert_eq!(clean("   \n"), "");
    }

    proptest! {
        #[test]
        fn whatever_a_model_says_a_title_is_short_and_on_one_line(said in any::<String>()) {
            let title = clean(&said);
            prop_assert!(!title.contains(['\n', '\r']), "{title:?} has lines");
            prop_assert!(title.chars().count() <= LONGEST + 1, "{title:?} is long");
            prop_assert_eq!(title.trim(), title.as_str(), "no blanks around it");
        }
    }
}
