//! Accepts what the person wants to ask: writes it down in one transaction, then begins to ask. From the moment
//! this returns, a kill loses nothing.

use std::sync::Arc;

use store::table::attachment::{Attachment, AttachmentState};
use store::table::beginning::Beginning;
use store::table::conversation::{Conversation, ConversationKind, TitleBy};
use store::table::draft::edit_place;
use store::table::message::{Message, MessageState, Role};
use store::{AttachmentId, MessageId, UnixMs, Write};

use super::row::{answers, empty, words};
use super::{beside, continued, form, live, options, show, turn};
use crate::engine::Organs;
use crate::view::{Accepted, Ask, ContinueText, Edit, Event, Question};
use crate::{Code, Error};

/// Letters of a question that serve as a title.
const TITLE: usize = 60;

/// What one acceptance writes: the answers to come and what they hang on.
#[derive(Default)]
struct Plan {
    question: Option<Message>,
    /// One, or one for each model that is asked at the same time.
    answers: Vec<Message>,
    /// The answer's row is there already and is written anew.
    again: bool,
    /// The answer whose place side by side is taken.
    instead: Option<MessageId>,
    /// The draft that this sending leaves behind in its place: none of a question, all of a text.
    draft: Option<(String, String)>,
    /// The files that go along with the question.
    files: Files,
}

/// Where the files of a question come from.
#[derive(Default)]
enum Files {
    /// No question is written.
    #[default]
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
        None => begun_with(question.beginning, now)?,
    };
    let files = on_desk(organs, place.clone()).await?;
    let head = conversation.head;
    let after = organs.read(move |read| head.map(|head| beside::followed(read, head)).transpose()).await?;
    let asks = asks(question.ask, question.also)?;
    let asked = words(conversation.id, after, &question.text, files.len(), now)?;
    let asked = beside::question(asked, &asks);
    let answers = answers(&asked, &asks, now);
    let (files, draft) = (Files::Desk(files), Some((place, String::new())));
    let plan = Plan { question: Some(asked), answers, draft, files, ..Plan::default() };
    let fresh = question.conversation_id.is_none().then_some(conversation);
    begin(organs, fresh, plan, asks).await
}

/// A new conversation with what was set for it.
fn begun_with(beginning: Beginning, now: UnixMs) -> Result<Conversation, Error> {
    options::check(&beginning.options)?;
    let Beginning { options, instructions, several: _ } = beginning;
    Ok(Conversation { options, instructions, ..Conversation::blank(now) })
}

pub(crate) async fn retry(organs: &Arc<Organs>, id: MessageId, ask: Ask) -> Result<Accepted, Error> {
    let old = message(organs, id).await?;
    let conversation = old.conversation_id;
    let kind = organs.read(move |read| read.conversation(conversation)).await?.ok_or(Code::Gone)?.kind;
    let left_out = match (kind, old.parent_id) {
        (ConversationKind::Text, Some(question)) => {
            let behind = message(organs, question).await?.suffix;
            continued::left_out(organs, conversation, &behind, &ask).await?
        }
        _ => Vec::new(),
    };
    again(organs, id, ask, left_out).await
}

async fn again(
    organs: &Arc<Organs>,
    id: MessageId,
    ask: Ask,
    adapted: Vec<String>,
) -> Result<Accepted, Error> {
    let now = organs.clock.now();
    let old = message(organs, id).await?;
    let asks = asks(ask, Vec::new())?;
    // A question whose answers are gone is asked again.
    if old.role == Role::User {
        let answers = answers(&old, &asks, now);
        return begin(organs, None, Plan { answers, ..Plan::default() }, asks).await;
    }
    let silent = old.text.is_empty() && old.thoughts.is_empty() && old.steps.is_empty();
    let (place, asked) = (old.beside, old.parent_id);
    let (beside, bare) = organs
        .read(move |read| Ok((beside::is_shown(read, asked)?, read.attachments(id)?.is_empty())))
        .await?;
    let again = silent && bare;
    let fresh = asks.iter().map(|ask| empty(old.conversation_id, old.parent_id, ask, now));
    let answers = fresh.map(|fresh| {
        let fresh = Message { adapted: adapted.clone(), ..fresh };
        if again {
            Message { id: old.id, created_at: old.created_at, beside: place, ..fresh }
        } else {
            Message { beside: if beside { place } else { 0 }, ..fresh }
        }
    });
    let answers = answers.collect();
    let instead = Some(old.id).filter(|_| beside && place > 0 && !again);
    begin(organs, None, Plan { answers, again, instead, ..Plan::default() }, asks).await
}

/// A continuation of a text, at the place between what was before and what is behind.
pub(crate) async fn continue_text(organs: &Arc<Organs>, text: ContinueText) -> Result<Accepted, Error> {
    let now = organs.clock.now();
    let (id, ask) = (text.conversation_id, text.ask.clone());
    let conversation = organs.read(move |read| read.conversation(id)).await?.ok_or(Code::Gone)?;
    let draft = Some((id.to_string(), format!("{}{}", text.before, text.behind)));
    let question = continued::question(text, conversation.head, now)?;
    let adapted = continued::left_out(organs, id, &question.suffix, &ask).await?;
    let answers = vec![Message { adapted, ..empty(id, Some(question.id), &ask, now) }];
    let plan = Plan { question: Some(question), answers, draft, ..Plan::default() };
    begin(organs, None, plan, vec![ask]).await
}

/// Another version of a continuation, asked for in a chat.
pub(crate) async fn retry_in_chat(organs: &Arc<Organs>, id: MessageId, ask: Ask) -> Result<Accepted, Error> {
    again(organs, id, ask, vec![continued::IN_A_CHAT.to_owned()]).await
}

pub(crate) async fn edit(
    organs: &Arc<Organs>,
    id: MessageId,
    Edit { text, without, ask, also }: Edit,
) -> Result<Accepted, Error> {
    let now = organs.clock.now();
    let old = said_by(Role::User, message(organs, id).await?)?;
    let mut names = organs.read(move |read| read.attachments(id)).await?;
    names.retain(|file| !without.contains(&file.id));
    let asks = asks(ask, also)?;
    let asked = words(old.conversation_id, old.parent_id, &text, names.len(), now)?;
    let asked = beside::question(asked, &asks);
    let answers = answers(&asked, &asks, now);
    let files = Files::Older { of: id, without, names };
    let draft = Some((edit_place(old.conversation_id), String::new()));
    begin(organs, None, Plan { question: Some(asked), answers, draft, files, ..Plan::default() }, asks).await
}

pub(crate) async fn go_on(organs: &Arc<Organs>, id: MessageId) -> Result<Accepted, Error> {
    let old = said_by(Role::Assistant, message(organs, id).await?)?;
    let ask = Ask { service_id: old.service_id.ok_or(Code::ServiceGone)?, model: old.model.clone() };
    let asks = asks(ask, Vec::new())?;
    let answers = vec![Message { state: MessageState::Streaming, problem: None, ..old }];
    begin(organs, None, Plan { answers, again: true, ..Plan::default() }, asks).await
}

/// All who are asked, by names without blanks.
fn asks(first: Ask, also: Vec<Ask>) -> Result<Vec<Ask>, Error> {
    let all = std::iter::once(first).chain(also).take(beside::MOST);
    let named: Vec<Ask> = all.map(|ask| Ask { model: ask.model.trim().to_owned(), ..ask }).collect();
    if named.iter().any(|ask| ask.model.is_empty()) {
        return Err(Code::ModelMissing.into());
    }
    Ok(named)
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
    asks: Vec<Ask>,
) -> Result<Accepted, Error> {
    for ask in &asks {
        organs.service(ask.service_id).await?;
    }
    let follows = match &plan.question {
        Some(question) => question.parent_id,
        None => plan.answers.first().and_then(|answer| answer.parent_id),
    };
    let before = organs.read(move |read| beside::chain(read, follows)).await?;
    let lives = organs.live.begin(&plan.answers, &before).ok_or(Code::Writing)?;
    match write_down(organs, fresh, plan, asks.clone()).await {
        Ok(accepted) => {
            for (live, ask) in lives.into_iter().zip(asks) {
                tokio::spawn(turn::guard(Arc::clone(organs), live, ask));
            }
            // It is accepted, whoever hears of it: an error now would make the person send it twice.
            if let Err(error) = organs.tell_conversation(accepted.conversation.id).await {
                tracing::warn!(%error, "nobody was told of a question");
            }
            if accepted.question.as_ref().is_some_and(|question| !question.attachments.is_empty()) {
                organs.events.tell(Event::Pictures);
            }
            Ok(accepted)
        }
        Err(error) => {
            for live in &lives {
                drop_unwritten(organs, live);
            }
            Err(error)
        }
    }
}

async fn write_down(
    organs: &Organs,
    fresh: Option<Conversation>,
    plan: Plan,
    asks: Vec<Ask>,
) -> Result<Accepted, Error> {
    // A row that is written anew was read before this answer became the only one under way. If another ended in
    // between, its words are in the row by now and must not be written over.
    if let Some(answer) = plan.answers.first().filter(|_| plan.again) {
        let kept = message(organs, answer.id).await?;
        if !said_alike(&kept, answer) {
            return Err(Code::Writing.into());
        }
    }
    organs.write(move |write| put(write, fresh.as_ref(), &plan, &asks)).await
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
    asks: &[Ask],
) -> Result<Accepted, store::Error> {
    let (Some(answer), Some(ask)) = (plan.answers.first(), asks.first()) else {
        return Err(store::Error::NotFound);
    };
    if let Some(conversation) = fresh {
        write.insert_conversation(conversation)?;
        write.set_beginning("new", &Beginning::default())?;
    }
    if let Some(question) = &plan.question {
        beside::settle(write, question)?;
        write.insert_message(question)?;
        let place = plan.draft.as_ref().map(|(place, _)| place.as_str());
        hand_over(write, &plan.files, place, question.id)?;
    }
    for answer in &plan.answers {
        if plan.again {
            write.update_message(answer)?;
        } else {
            write.insert_message(answer)?;
        }
    }
    let mut conversation = write.conversation(answer.conversation_id)?.ok_or(store::Error::NotFound)?;
    if !plan.again && beside::is_followed(write, conversation.head, plan.instead)? {
        let parent = plan.question.as_ref().unwrap_or(answer).parent_id;
        write.leave_branch(conversation.id, parent)?;
        conversation.head = Some(answer.id);
    }
    if let Some(replaced) = plan.instead {
        write.set_beside(replaced, 0)?;
    }
    // One of several that is tried again says nothing about whom the conversation asks.
    if plan.question.is_some() || answer.beside == 0 {
        conversation.service_id = Some(ask.service_id);
        conversation.model.clone_from(&ask.model);
    }
    if !plan.again {
        conversation.updated_at = answer.created_at;
    }
    let wanted = options::effective(&conversation.options, &write.settings()?.options);
    let chats = conversation.kind == ConversationKind::Chat;
    // What is gone on with keeps its form.
    for answer in plan.answers.iter().filter(|answer| chats && answer.text.is_empty()) {
        let schema = form::asked(&options::fields(&wanted, &answer.model));
        write.set_form(answer.id, schema.as_deref())?;
    }
    if !chats {
        write.set_suggestion(conversation.id, Some(answer.id))?;
    } else if let Some(question) = &plan.question {
        conversation.several = if asks.len() > 1 { asks.to_vec() } else { Vec::new() };
        name_by(question, plan.files.first_name(), &mut conversation);
    }
    write.update_conversation(&conversation)?;
    if let Some((place, text)) = &plan.draft {
        write.set_draft(place, text, answer.created_at)?;
    }
    let mut views = show::views(write, plan.answers.clone())?.into_iter();
    Ok(Accepted {
        question: plan.question.clone().map(|question| show::view(write, question)).transpose()?,
        answer: views.next().ok_or(store::Error::NotFound)?,
        beside: views.collect(),
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
        let stale = Plan { answers: vec![read_early], again: true, ..Plan::default() };
        let told = write_down(&organs, None, stale, vec![ask]).await.map(|_| ()).unwrap_err();
        assert_eq!(told.code, Code::Writing, "the person is asked to look again");
        assert_eq!(message(&organs, ended.id).await.unwrap().text, "All of it.", "what came is still there");
    }
}
