//! What a person sets for a conversation: options and instructions, and what goes along with a question because of them.

use std::sync::Arc;

use store::table::beginning::Beginning;
use store::table::conversation::Conversation;
use store::table::options::Options;
use store::{ConversationId, MessageId};

use super::along::{Branch, Sending, To};
use super::context::{self, Frame};
use super::{options, request};
use crate::attach::upload;
use crate::engine::Organs;
use crate::view::{Ask, Outlook};
use crate::{Code, Error};

/// Sets what differs from the person's usual options.
pub(crate) async fn set_options(
    organs: &Organs,
    id: ConversationId,
    options: Options,
) -> Result<Conversation, Error> {
    options::check(&options)?;
    change(organs, id, move |talk| Conversation { options, ..talk }).await
}

/// Sets what every answer is told first.
pub(crate) async fn set_instructions(
    organs: &Organs,
    id: ConversationId,
    instructions: String,
) -> Result<Conversation, Error> {
    change(organs, id, move |talk| Conversation { instructions, ..talk }).await
}

/// Keeps what is set for a conversation that has no message yet.
pub(crate) async fn set_beginning(organs: &Organs, beginning: Beginning) -> Result<(), Error> {
    options::check(&beginning.options)?;
    organs.write(move |write| write.set_beginning("new", &beginning)).await
}

/// What would go along with a question asked now; `typed` is on the desk.
pub(crate) async fn outlook(
    organs: &Organs,
    id: ConversationId,
    ask: Ask,
    typed: String,
) -> Result<Outlook, Error> {
    let (learnt, counted) = (request::learnt(organs, &ask).await?, Arc::clone(&organs.counted));
    let upload = upload::target(organs, &ask).await?;
    organs
        .read(move |read| {
            let to = To { service: ask.service_id, model: &ask.model, learnt: &learnt, upload: &upload };
            let sending = Sending { read, counted: &counted, to, branch: Branch::shown(read, id)? };
            let typed = Some(typed.trim()).filter(|typed| !typed.is_empty());
            let along = sending.along(typed)?;
            let summed = sending.branch.summary().map_or(0, |(_, stands_for)| stands_for);
            Ok(Outlook { sent: along.told, first: along.first, summed })
        })
        .await
}

/// Remembers that a model's window is smaller than was thought, after an answer that was too long for it.
pub(crate) async fn learn_window(organs: &Organs, answer: MessageId, ask: &Ask) -> Result<(), Error> {
    let failed = organs.read(move |read| read.message(answer)).await?.ok_or(Code::Gone)?;
    let taken = failed.sent.as_ref().map_or(context::ASSUMED_WINDOW, |sent| sent.tokens);
    let told = failed.problem.as_ref().and_then(|problem| problem.facts.window);
    let mut learnt = request::learnt(organs, ask).await?;
    learnt.window = Some(smaller(told, taken));
    request::remember(organs, ask, learnt).await
}

/// The window to believe in from now on: the one that was told, if that makes a difference. If not, the service counts
/// otherwise, and half of what was sent has to do.
fn smaller(told: Option<i64>, taken: i64) -> i64 {
    let fits = |window: i64| Frame { window: Some(window), ..Frame::default() }.room();
    told.filter(|window| fits(*window) < taken).unwrap_or((taken * 2 / 3).max(1))
}

async fn change(
    organs: &Organs,
    id: ConversationId,
    change: impl FnOnce(Conversation) -> Conversation + Send + 'static,
) -> Result<Conversation, Error> {
    organs
        .write(move |write| {
            let talk = write.conversation(id)?.ok_or(store::Error::NotFound)?;
            write.update_conversation(&change(talk))
        })
        .await?;
    organs.tell_conversation(id).await
}

#[cfg(test)]
mod tests {
    use super::smaller;

    #[test]
    fn a_window_found_out_is_one_that_makes_a_difference() {
        assert_eq!(smaller(Some(8_192), 12_000), 8_192, "as the service says");
        assert_eq!(smaller(Some(8_192), 6_000), 4_000, "it counts otherwise: half of what was sent fits now");
        assert_eq!(smaller(None, 9_000), 6_000, "nobody says");
        assert_eq!(smaller(None, 0), 1);
    }
}
