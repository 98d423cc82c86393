//! One question ready for the wire: the conversation so far, changed to what the model is known to take.

use std::collections::HashMap;

use gateway::chat::{Message as Sent, Request, Role as Speaker};
use store::table::learnt::{Learnt, LearntRow};
use store::table::message::{Message, Role};
use store::{MessageId, Read};

use super::{adapt, context, options, tooling};
use crate::Error;
use crate::attach::along::Along;
use crate::attach::upload;
use crate::engine::Organs;
use crate::view::Ask;

/// Asks a model to go on with what it said. It is never shown and never kept.
const GO_ON: &str = "Your last message was cut off. Go on exactly where it stopped, in the same language and \
                     form, without repeating anything and without any remark.";

/// The longest answer of the model that needs to be told.
const VISION_ANSWER: u32 = 4096;

/// What is sent for an answer: everything before it, and its own beginning when it goes on. Pictures are named in it, not
/// there yet.
pub(crate) async fn build(
    organs: &Organs,
    answer: MessageId,
    ask: &Ask,
    learnt: &Learnt,
) -> Result<Request, Error> {
    let (service, model) = (ask.service_id, ask.model.clone());
    let upload = upload::target(organs, ask).await?;
    let (branch, along, window, wanted, tools) = organs
        .read(move |read| {
            let listed = read.models_of(service)?;
            let window = listed.into_iter().find(|one| one.name == model).and_then(|one| one.context);
            let branch = read.path(answer)?;
            let place = branch.last().map(|last| last.conversation_id);
            let conversation = place.map(|id| read.conversation(id)).transpose()?.flatten();
            let wanted = conversation.map(|one| one.options).unwrap_or_default();
            let tools = tooling::chosen(read, &wanted)?;
            let along = along(read, &branch, &upload)?;
            Ok((branch, along, window, wanted, tools))
        })
        .await?;
    let written = branch.last().filter(|last| last.id == answer);
    let mut request = Request {
        model: ask.model.clone(),
        messages: Vec::new(),
        stream: wanted.stream.unwrap_or(true),
        include_usage: wanted.include_usage.unwrap_or(true),
        options: options::fields(&wanted),
    };
    let called = written.is_some_and(|answer| !answer.steps.is_empty());
    request.options.extend(tooling::fields(&tools, &wanted, called));
    give_room(&mut request);
    adapt::apply(learnt, &mut request);
    request.messages = context::fit(&branch, along, window, request.options.contains_key("tools"));
    if written.is_some_and(breaks_off) {
        request.messages.push(Sent::text(Speaker::User, GO_ON));
    }
    Ok(request)
}

/// What goes along with each question of a branch.
fn along(read: &Read, branch: &[Message], upload: &str) -> Result<HashMap<MessageId, Along>, store::Error> {
    let mut all = HashMap::new();
    for message in branch.iter().filter(|message| message.role == Role::User) {
        all.extend(Along::with(read, message.id, upload)?.map(|along| (message.id, along)));
    }
    Ok(all)
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

/// What is known about the model that is asked.
pub(crate) async fn learnt(organs: &Organs, ask: &Ask) -> Result<Learnt, Error> {
    let (service, model) = (ask.service_id, ask.model.clone());
    organs.read(move |read| read.learnt(service, &model)).await
}

/// Remembers what the model refused.
pub(crate) async fn remember(organs: &Organs, ask: &Ask, learnt: Learnt) -> Result<(), Error> {
    let row = LearntRow { service_id: ask.service_id, model: ask.model.clone(), learnt };
    organs.write(move |write| write.set_learnt(&row)).await
}
