//! One question ready for the wire: the conversation so far, changed to what the model is known to take.

use std::sync::Arc;

use gateway::Failure;
use gateway::chat::{Message as Sent, Request, Role as Speaker};
use store::MessageId;
use store::table::learnt::{Learnt, LearntRow};
use store::table::message::Message;
use store::table::step::Sent as Told;

use super::along::{Branch, Sending, To};
use super::{adapt, continued};
use crate::Error;
use crate::attach::upload;
use crate::engine::Organs;
use crate::view::Ask;

/// Asks a model to go on with what it said. It is never shown and never kept.
const GO_ON: &str = "Your last message was cut off. Go on exactly where it stopped, in the same language and \
                     form, without repeating anything and without any remark.";

/// The longest answer of the model that needs to be told.
const VISION_ANSWER: u32 = 4096;

/// A request, and how much of the conversation goes along with it.
pub(crate) struct Built {
    pub(crate) request: Request,
    pub(crate) told: Told,
}

/// What is sent for an answer: everything before it, and its own beginning when it goes on. Pictures are named in it, not
/// there yet.
pub(crate) async fn build(
    organs: &Organs,
    answer: MessageId,
    ask: &Ask,
    learnt: &Learnt,
) -> Result<Built, Error> {
    if let Some(built) = continued::request(organs, answer, ask, learnt).await? {
        return Ok(built);
    }
    let (asked, known, counted) = (ask.clone(), learnt.clone(), Arc::clone(&organs.counted));
    let upload = upload::target(organs, ask).await?;
    let (along, unfinished, single) = organs
        .read(move |read| {
            let to = To { service: asked.service_id, model: &asked.model, learnt: &known, upload: &upload };
            let branch = Branch::of(read, answer)?;
            let goes_on = branch.written.as_ref().is_some_and(breaks_off);
            let alone =
                goes_on || branch.written.as_ref().is_some_and(|one| one.beside > 0 || !one.steps.is_empty());
            Ok((Sending { read, counted: &counted, to, branch }.along(None)?, goes_on, alone))
        })
        .await?;
    let mut messages = along.messages;
    if unfinished {
        messages.push(Sent::text(Speaker::User, GO_ON));
    }
    let mut request = Request {
        model: ask.model.clone(),
        messages,
        stream: along.options.stream.unwrap_or(true),
        include_usage: along.options.include_usage.unwrap_or(true),
        options: along.fields,
        ..Request::default()
    };
    give_room(&mut request);
    if single {
        // One answer grows, or each model gives one: more of them would have no place.
        request.options.remove("n");
    }
    adapt::apply(learnt, &mut request);
    Ok(Built { request, told: along.told })
}

/// The first model that looked at pictures answers in a handful of words unless it is told how many it may use.
fn give_room(request: &mut Request) {
    let limited =
        ["max_tokens", "max_completion_tokens"].iter().any(|name| request.options.contains_key(*name));
    if request.model.ends_with("gpt-4-vision-preview") && !limited {
        request.options.insert("max_tokens".into(), VISION_ANSWER.into());
    }
}

/// Whether an answer ends with words of its own, so that it has to be told to go on.
fn breaks_off(answer: &Message) -> bool {
    let called = answer.steps.last().map_or(0, |step| step.at);
    answer.text.get(called..).is_some_and(|words| !words.trim().is_empty())
}

/// What is known of a model while it is asked: for good, and for this question, where a value was refused besides.
pub(crate) struct Known {
    always: Learnt,
    now: Learnt,
}

impl Known {
    pub(crate) async fn of(organs: &Organs, ask: &Ask) -> Result<Self, Error> {
        let learnt = learnt(organs, ask).await?;
        Ok(Self { always: learnt.clone(), now: learnt })
    }

    /// What counts for this question.
    pub(crate) fn now(&self) -> &Learnt {
        &self.now
    }

    /// Learns from the refusal of a request, and remembers what holds for the next one too. The field that will be sent
    /// otherwise; none when nothing can be done.
    pub(crate) async fn learn(
        &mut self,
        organs: &Organs,
        ask: &Ask,
        failure: &Failure,
        asked: &Request,
    ) -> Result<Option<String>, Error> {
        let Some(lesson) = adapt::learn(&mut self.now, failure, asked) else { return Ok(None) };
        tracing::info!(model = ask.model, field = lesson.field, "sent again without a refused field");
        if lesson.lasting && adapt::learn(&mut self.always, failure, asked).is_some() {
            remember(organs, ask, self.always.clone()).await?;
        }
        Ok(Some(lesson.field))
    }
}

/// What is known about the model that is asked.
pub(crate) async fn learnt(organs: &Organs, ask: &Ask) -> Result<Learnt, Error> {
    let (service, model) = (ask.service_id, ask.model.clone());
    organs.read(move |read| read.learnt(service, &model)).await
}

/// Remembers what the model refused, beside what another answer taught meanwhile.
pub(crate) async fn remember(organs: &Organs, ask: &Ask, learnt: Learnt) -> Result<(), Error> {
    let Ask { service_id, model } = ask.clone();
    organs
        .write(move |write| {
            let learnt = write.learnt(service_id, &model)?.and(learnt);
            write.set_learnt(&LearntRow { service_id, model, learnt })
        })
        .await
}

/// Remembers that the model thinks before it answers.
pub(crate) async fn remember_thinking(organs: &Organs, ask: &Ask) -> Result<(), Error> {
    let known = learnt(organs, ask).await?;
    if known.thinks {
        return Ok(());
    }
    remember(organs, ask, Learnt { thinks: true, ..known }).await
}
