//! Accepts what the person wants to ask: writes it down in one transaction, then begins to ask. From the moment
//! this returns, a kill loses nothing.

use std::sync::Arc;

use store::table::attachment::{Attachment, AttachmentState};
use store::table::conversation::{Conversation, TitleBy};
use store::table::message::{Message, MessageState, Role};
use store::table::options::Options;
use store::{AttachmentId, MessageId, Read, UnixMs, Write};

use super::row::{empty, words};
use super::{live, show, turn};
use crate::engine::Organs;
use crate::view::{Accepted, Ask, Question};
use crate::{Code, Error};

/// Letters of a question that serve as a title.
const TITLE: usize = 60;

/// What one acceptance writes: the answer and what it hangs on.
struct Plan {
    question: Option<Message>,
    answer: Message,
    /// The answer's row is there already and is written anew.
    again: bool,
    /// The draft that this sending empties.
    draft: Option<String>,
    /// The files that go along with the question.
    files: Files,
}

/// Where the files of a question come from.
enum Files {
    /// No question is written.
    None,
    /// From the desk.
    Desk(Vec<Attachment>),
    /// From an older version of the question, but for some.
    Older { of: MessageId, without: Vec<AttachmentId>, names: Vec<Attachment> },
}

pub(crate) async fn send(organs: &Arc<Organs>, question: Question) -> Result<Accepted, Error> {
    let now = organs.clock.now();
    let place = question.conversation_id.map_or_else(|| "new".to_owned(), |id| id.to_string());
    let conversation = match question.conversation_id {
        Some(id) => organs.read(move |read| read.conversation(id)).await?.ok_or(Code::Gone)?,
        None => new_conversation(organs, now).await?,
    };
    let files = on_desk(organs, place.clone()).await?;
    let asked = words(conversation.id, conversation.head, &question.text, files.len(), now)?;
    let answer = empty(conversation.id, Some(asked.id), &question.ask, now);
    let files = Files::Desk(files);
    let plan = Plan { question: Some(asked), answer, again: false, draft: Some(place), files };
    let fresh = question.conversation_id.is_none().then_some(conversation);
    begin(organs, fresh, plan, question.ask).await
}

/// A conversation with the tools that the person lets new ones use.
async fn new_conversation(organs: &Organs, now: UnixMs) -> Result<Conversation, Error> {
    let tools = organs.read(Read::settings).await?.tools;
    Ok(Conversation { options: Options { tools, ..Options::default() }, ..Conversation::blank(now) })
}

pub(crate) async fn retry(organs: &Arc<Organs>, id: MessageId, ask: Ask) -> Result<Accepted, Error> {
    let now = organs.clock.now();
    let old = said_by(Role::Assistant, message(organs, id).await?)?;
    let again = old.text.is_empty() && old.thoughts.is_empty() && old.steps.is_empty();
    let fresh = empty(old.conversation_id, old.parent_id, &ask, now);
    let answer = if again { Message { id: old.id, created_at: old.created_at, ..fresh } } else { fresh };
    begin(organs, None, Plan { question: None, answer, again, draft: None, files: Files::None }, ask).await
}

pub(crate) async fn edit(
    organs: &Arc<Organs>,
    id: MessageId,
    text: String,
    without: Vec<AttachmentId>,
    ask: Ask,
) -> Result<Accepted, Error> {
    let now = organs.clock.now();
    let old = said_by(Role::User, message(organs, id).await?)?;
    let mut names = organs.read(move |read| read.attachments(id)).await?;
    names.retain(|file| !without.contains(&file.id));
    let asked = words(old.conversation_id, old.parent_id, &text, names.len(), now)?;
    let answer = empty(old.conversation_id, Some(asked.id), &ask, now);
    let files = Files::Older { of: id, without, names };
    begin(organs, None, Plan { question: Some(asked), answer, again: false, draft: None, files }, ask).await
}

pub(crate) async fn go_on(organs: &Arc<Organs>, id: MessageId) -> Result<Accepted, Error> {
    let old = said_by(Role::Assistant, message(organs, id).await?)?;
    let ask = Ask { service_id: old.service_id.ok_or(Code::ServiceGone)?, model: old.model.clone() };
    let answer = Message { state: MessageState::Streaming, problem: None, ..old };
    begin(organs, None, Plan { question: None, answer, again: true, draft: None, files: Files::None }, ask)
        .await
}

/// The files on a desk. One that is still read or could not be read stops the question: it would go without.
async fn on_desk(organs: &Organs, place: String) -> Result<Vec<Attachment>, Error> {
    let files = organs.read(move |read| read.draft_attachments(&place)).await?;
    if files.iter().any(|file| file.state != AttachmentState::Kept) {
        return Err(Code::FileUnready.into());
    }
    Ok(files)
}

async fn begin(
    organs: &Arc<Organs>,
    fresh: Option<Conversation>,
    plan: Plan,
    ask: Ask,
) -> Result<Accepted, Error> {
    let ask = Ask { model: ask.model.trim().to_owned(), ..ask };
    if ask.model.is_empty() {
        return Err(Code::ModelMissing.into());
    }
    organs.service(ask.service_id).await?;
    let answer = &plan.answer;
    let live = organs.live.begin(answer).ok_or(Code::Writing)?;
    match write_down(organs, fresh, plan, ask.clone()).await {
        Ok(accepted) => {
            tokio::spawn(turn::guard(Arc::clone(organs), live, ask));
            // It is accepted, whoever hears of it: an error now would make the person send it twice.
            if let Err(error) = organs.tell_conversation(accepted.conversation.id).await {
                tracing::warn!(%error, "nobody was told of a question");
            }
            Ok(accepted)
        }
        Err(error) => {
            drop_unwritten(organs, &live);
            Err(error)
        }
    }
}

async fn write_down(
    organs: &Organs,
    fresh: Option<Conversation>,
    plan: Plan,
    ask: Ask,
) -> Result<Accepted, Error> {
    // A row that is written anew was read before this answer became the only one under way. If another ended in
    // between, its words are in the row by now and must not be written over.
    if plan.again {
        let kept = message(organs, plan.answer.id).await?;
        if !said_alike(&kept, &plan.answer) {
            return Err(Code::Writing.into());
        }
    }
    organs.write(move |write| put(write, fresh.as_ref(), &plan, &ask)).await
}

fn said_alike(one: &Message, other: &Message) -> bool {
    one.text == other.text && one.thoughts == other.thoughts && one.steps == other.steps
}

fn drop_unwritten(organs: &Organs, live: &live::Answer) {
    // Nobody was told of this answer: there is no one to tell that it ended.
    drop(organs.live.end(live));
}

fn put(
    write: &Write,
    fresh: Option<&Conversation>,
    plan: &Plan,
    ask: &Ask,
) -> Result<Accepted, store::Error> {
    if let Some(conversation) = fresh {
        write.insert_conversation(conversation)?;
    }
    if let Some(question) = &plan.question {
        write.insert_message(question)?;
        hand_over(write, &plan.files, plan.draft.as_deref(), question.id)?;
    }
    let answer = &plan.answer;
    if plan.again {
        write.update_message(answer)?;
    } else {
        write.insert_message(answer)?;
    }
    let mut conversation = write.conversation(answer.conversation_id)?.ok_or(store::Error::NotFound)?;
    conversation.service_id = Some(ask.service_id);
    conversation.model.clone_from(&ask.model);
    if !plan.again {
        conversation.head = Some(answer.id);
        conversation.updated_at = answer.created_at;
    }
    if let Some(question) = &plan.question {
        name_by(question, plan.files.first_name(), &mut conversation);
    }
    write.update_conversation(&conversation)?;
    if let Some(place) = &plan.draft {
        write.set_draft(place, "", answer.created_at)?;
    }
    Ok(Accepted {
        question: plan.question.clone().map(|question| show::view(write, question)).transpose()?,
        answer: show::view(write, answer.clone())?,
        outline: write.outline(conversation.id)?,
        conversation,
    })
}

/// The files of a question become its own, in the same transaction.
fn hand_over(
    write: &Write,
    files: &Files,
    place: Option<&str>,
    question: MessageId,
) -> Result<(), store::Error> {
    match files {
        Files::Older { of, without, .. } => write.copy_attachments_but(*of, question, without),
        _ => place.map_or(Ok(()), |place| write.send_attachments(place, question).map(drop)),
    }
}

impl Files {
    /// What a question without a word is called by.
    fn first_name(&self) -> &str {
        let files = match self {
            Self::None => return "",
            Self::Desk(files) | Self::Older { names: files, .. } => files,
        };
        files.first().map_or("", |file| file.name.as_str())
    }
}

fn name_by(question: &Message, file: &str, conversation: &mut Conversation) {
    let said = if question.text.is_empty() { file } else { &question.text };
    conversation.snippet = show::snippet(said);
    if conversation.title_by == TitleBy::Nobody {
        conversation.title = text::plain(said, TITLE);
        conversation.title_by = TitleBy::FirstWords;
    }
}

/// Only answers are tried again or gone on with, only questions are edited.
fn said_by(role: Role, message: Message) -> Result<Message, Error> {
    if message.role == role { Ok(message) } else { Err(Code::Gone.into()) }
}

async fn message(organs: &Organs, id: MessageId) -> Result<Message, Error> {
    organs.read(move |read| read.message(id)).await?.ok_or_else(|| Code::Gone.into())
}

#[cfg(test)]
mod tests {
    use store::ServiceId;

    use super::*;
    use crate::{Clock, Config, Engine, Timeouts, Vault};

    #[tokio::test]
    async fn words_that_came_since_a_row_was_read_are_not_written_over() {
        let home = tempfile::tempdir().unwrap();
        let config = Config {
            home: home.path().to_owned(),
            vault: Vault::memory(),
            clock: Clock::system(),
            timeouts: Timeouts::default(),
            demo: false,
            reader: None,
        };
        let organs = Engine::open(config).await.unwrap().0;
        let conversation = Conversation::blank(1);
        let ask = Ask { service_id: ServiceId::new(), model: "m".into() };
        let read_early = empty(conversation.id, None, &ask, 1);
        let ended = Message { text: "All of it.".into(), ..read_early.clone() };
        let row = ended.clone();
        organs
            .write(move |write| {
                write.insert_conversation(&conversation)?;
                write.insert_message(&row)
            })
            .await
            .unwrap();
        let stale = Plan { question: None, answer: read_early, again: true, draft: None, files: Files::None };
        let told = write_down(&organs, None, stale, ask).await.map(|_| ()).unwrap_err();
        assert_eq!(told.code, Code::Writing, "the person is asked to look again");
        assert_eq!(message(&organs, ended.id).await.unwrap().text, "All of it.", "what came is still there");
    }
}
