//! Fills a store with made-up conversations and pictures, for benches and tests: the same seed gives the same rows.
//! Never meant for a person's own store.

mod pictures;
mod prose;
mod thread;

pub use pictures::pictures;
pub use thread::{Thread, threads};

use uuid::Uuid;

use crate::table::conversation::Conversation;
use crate::{ConversationId, Error, Store, UnixMs, Write};

/// Messages kept in one transaction, about.
const BATCH: usize = 20_000;

/// How much to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where the dice begin.
    pub seed: u64,
    /// How many conversations, the long one included.
    pub conversations: usize,
    /// How many messages in all of them; at least `long` are made.
    pub messages: usize,
    /// How many of those are in the long conversation.
    pub long: usize,
}

/// What was filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The long conversation; the newest of the list.
    pub long: ConversationId,
    /// How many conversations.
    pub conversations: usize,
    /// How many messages.
    pub messages: usize,
}

/// Fills `store` as planned, as if the last message had been written at `now`.
pub fn fill(store: &Store, plan: &Plan, now: UnixMs) -> Result<Filled, Error> {
    let mut filled = Filled { long: ConversationId(Uuid::nil()), conversations: 0, messages: 0 };
    let mut threads = threads(plan, now).peekable();
    while threads.peek().is_some() {
        store.write(|write| {
            let mut batch = 0;
            while batch < BATCH
                && let Some(thread) = threads.next()
            {
                insert_thread(write, &thread)?;
                if filled.conversations == 0 {
                    filled.long = thread.conversation.id;
                }
                batch += thread.messages.len();
                filled.conversations += 1;
            }
            filled.messages += batch;
            Ok(())
        })?;
    }
    Ok(filled)
}

/// Adds one conversation with all its messages.
pub fn insert_thread(write: &Write, thread: &Thread) -> Result<(), Error> {
    write.insert_conversation(&Conversation { head: None, ..thread.conversation.clone() })?;
    for message in &thread.messages {
        write.insert_message(message)?;
    }
    write.set_head(thread.conversation.id, thread.conversation.head)
}
