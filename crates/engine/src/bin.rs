//! The recycle bin: conversations, messages, pictures, albums, speech and recordings that were deleted in the last 30 days, and the way
//! back.

use std::sync::Arc;

use store::UnixMs;
use store::table::bin::{BinRow, Binned};

use crate::engine::Organs;
use crate::view::Event;
use crate::{Chat, Error, Pictures, Recordings, Speech};

/// How many are read at once.
const PAGE: u32 = 50;

/// What was deleted and can be brought back.
pub struct Bin(pub(crate) Arc<Organs>);

impl Bin {
    /// A page of what lies in it, the last deleted first: behind `after`, or the first one.
    pub async fn list(&self, after: Option<BinRow>) -> Result<Vec<BinRow>, Error> {
        self.0.read(move |read| read.bin(after.as_ref(), PAGE)).await
    }

    /// Brings one thing back to where it was. `gone` when its time was over.
    pub async fn restore(&self, what: Binned) -> Result<(), Error> {
        let organs = || Arc::clone(&self.0);
        match what {
            Binned::Conversation(id) => Chat(organs()).restore(id).await.map(drop),
            Binned::Message(id) => {
                let open = Chat(organs()).restore_message(id).await?;
                self.0.events.tell(Event::MessageBack { id: open.conversation.id });
                Ok(())
            }
            Binned::Picture(id) => Pictures(organs()).restore(vec![id]).await,
            Binned::Album(id) => Pictures(organs()).restore_album(id).await,
            Binned::Sound(id) => Speech(organs()).restore(id).await,
            Binned::Recording(id) => Recordings(organs()).restore(id).await,
        }
    }

    /// Empties it now. This is the one thing that cannot be undone.
    pub async fn empty(&self) -> Result<(), Error> {
        self.0.write(|write| write.purge_bin(UnixMs::MAX)).await?;
        // The pictures of chats leave the gallery with them.
        self.0.events.tell(Event::Pictures);
        Ok(())
    }
}
