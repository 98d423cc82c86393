//! One question ready for the wire: the conversation so far, changed to what the model is known to take.

use gateway::chat::{Message as Sent, Request, Role as Speaker};
use store::MessageId;
use store::table::learnt::{Learnt, LearntRow};

use super::{adapt, context, options};
use crate::Error;
use crate::engine::Organs;
use crate::view::Ask;

/// Asks a model to go on with what it said. It is never shown and never kept.
const GO_ON: &str = "Your last message was cut off. Go on exactly where it stopped, in the same language and \
                     form, without repeating anything and without any remark.";

/// What is sent for an answer: everything before it, and its own beginning when it goes on.
pub(crate) async fn build(
    organs: &Organs,
    answer: MessageId,
    ask: &Ask,
    learnt: &Learnt,
) -> Result<Request, Error> {
    let (service, model) = (ask.service_id, ask.model.clone());
    let (branch, window, wanted) = organs
        .read(move |read| {
            let listed = read.models_of(service)?;
            let window = listed.into_iter().find(|one| one.name == model).and_then(|one| one.context);
            let branch = read.path(answer)?;
            let place = branch.last().map(|last| last.conversation_id);
            let conversation = place.map(|id| read.conversation(id)).transpose()?.flatten();
            Ok((branch, window, conversation.map(|one| one.options).unwrap_or_default()))
        })
        .await?;
    let goes_on = branch.last().is_some_and(|last| last.id == answer && !last.text.is_empty());
    let mut messages = context::fit(&branch, window);
    if goes_on {
        messages.push(Sent::text(Speaker::User, GO_ON));
    }
    let mut request = Request {
        model: ask.model.clone(),
        messages,
        stream: wanted.stream.unwrap_or(true),
        include_usage: wanted.include_usage.unwrap_or(true),
        options: options::fields(&wanted),
    };
    adapt::apply(learnt, &mut request);
    Ok(request)
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
