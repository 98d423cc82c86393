//! Order among conversations: folders, the archive, and what is done to many at once. Everything that is done here can be
//! taken back.

use std::sync::Arc;

use store::table::conversation::{ConversationQuery, Shelf};
use store::table::folder::Folder;
use store::table::place::Place;
use store::{ConversationId, FolderId, Read, UnixMs, Write};

use crate::engine::Organs;
use crate::view::{Arrange, Event, FolderRow, ListConversations, RemovedFolder};
use crate::{Code, Error};

/// More changes than this are told as one: the window reads its list anew.
const TOLD_APART: usize = 60;

/// Folders, and many conversations at once.
pub struct Order(pub(crate) Arc<Organs>);

impl Order {
    /// All folders, with how many conversations each shows.
    pub async fn folders(&self) -> Result<Vec<FolderRow>, Error> {
        self.0.read(folders).await
    }

    /// A new, empty folder.
    pub async fn make_folder(&self, name: &str) -> Result<Folder, Error> {
        let created_at = self.0.clock.now();
        let folder = Folder { id: FolderId::new(), name: named(name)?, folded: false, created_at };
        let row = folder.clone();
        self.change_folders(move |write| write.insert_folder(&row)).await?;
        Ok(folder)
    }

    /// Gives a folder another name.
    pub async fn rename_folder(&self, id: FolderId, name: &str) -> Result<(), Error> {
        let name = named(name)?;
        self.change_folders(move |write| write.rename_folder(id, &name)).await
    }

    /// Remembers whether a folder is folded.
    pub async fn fold_folder(&self, id: FolderId, folded: bool) -> Result<(), Error> {
        self.change_folders(move |write| write.fold_folder(id, folded)).await
    }

    /// Removes a folder. What lay in it stays, and is told, so that the folder can be brought back as it was.
    pub async fn remove_folder(&self, id: FolderId) -> Result<RemovedFolder, Error> {
        let remove = move |write: &Write| {
            let mut all = write.folders()?.into_iter();
            let folder = all.find(|folder| folder.id == id).ok_or(store::Error::NotFound)?;
            Ok(RemovedFolder { folder, conversations: write.remove_folder(id)? })
        };
        let removed = self.0.write(remove).await?;
        self.tell(&removed.conversations).await?;
        self.0.tell_folders().await?;
        Ok(removed)
    }

    /// Brings a removed folder back, with what still lies in no other.
    pub async fn restore_folder(&self, removed: RemovedFolder) -> Result<(), Error> {
        let ids = removed.conversations.clone();
        let restore = move |write: &Write| {
            write.insert_folder(&removed.folder)?;
            for id in &removed.conversations {
                if let Some(place) = write.place(*id)?.filter(|place| place.folder_id.is_none()) {
                    write.put_in_place(&Place { folder_id: Some(removed.folder.id), ..place })?;
                }
            }
            Ok(())
        };
        self.0.write(restore).await?;
        self.0.tell_folders().await?;
        self.tell(&ids).await
    }

    /// The ids of everything on a list, for "choose all".
    pub async fn ids(&self, ask: ListConversations) -> Result<Vec<ConversationId>, Error> {
        let query = ConversationQuery { search: ask.search, shelf: ask.shelf, ..Default::default() };
        self.0.read(move |read| read.conversation_ids(&query)).await
    }

    /// Does one thing to many conversations, all of it or nothing; those that are gone by now are left out. Returns
    /// where each was before, so that it can be taken back.
    pub async fn arrange(&self, ids: Vec<ConversationId>, change: Arrange) -> Result<Vec<Place>, Error> {
        let now = self.0.clock.now();
        if change == Arrange::Remove {
            for id in &ids {
                self.0.live.stop_in(*id);
            }
        }
        let before = self
            .0
            .write(move |write| {
                let mut before = Vec::with_capacity(ids.len());
                for id in ids {
                    let Some(place) = write.place(id)? else { continue };
                    write.put_in_place(&changed(place, &change, now))?;
                    before.push(place);
                }
                Ok(before)
            })
            .await?;
        self.tell_places(&before).await?;
        if matches!(change, Arrange::Remove | Arrange::Restore) {
            self.0.events.tell(Event::Pictures);
        }
        Ok(before)
    }

    /// Takes an arrangement back.
    pub async fn put_back(&self, places: Vec<Place>) -> Result<(), Error> {
        let all = places.clone();
        let put = move |write: &Write| {
            for place in &all {
                match write.put_in_place(place) {
                    Err(store::Error::NotFound) => {}
                    done => done?,
                }
            }
            Ok(())
        };
        self.0.write(put).await?;
        // Their pictures come back with them, or go.
        self.0.events.tell(Event::Pictures);
        self.tell_places(&places).await
    }

    async fn change_folders(
        &self,
        change: impl FnOnce(&Write) -> Result<(), store::Error> + Send + 'static,
    ) -> Result<(), Error> {
        self.0.write(change).await?;
        self.0.tell_folders().await
    }

    async fn tell_places(&self, places: &[Place]) -> Result<(), Error> {
        let ids: Vec<ConversationId> = places.iter().map(|place| place.id).collect();
        self.tell(&ids).await?;
        self.0.tell_folders().await
    }

    async fn tell(&self, ids: &[ConversationId]) -> Result<(), Error> {
        if ids.len() > TOLD_APART {
            self.0.events.tell(Event::Conversations);
            return Ok(());
        }
        for id in ids {
            let gone = match self.0.tell_conversation(*id).await {
                Ok(row) => row.deleted_at.is_some(),
                // It was purged meanwhile.
                Err(error) if error.code == Code::Gone => true,
                Err(error) => return Err(error),
            };
            if gone {
                self.0.events.tell(Event::ConversationGone { id: *id });
            }
        }
        Ok(())
    }
}

impl Organs {
    /// Sends all folders to everybody: their counts change with what is done to conversations.
    pub(crate) async fn tell_folders(&self) -> Result<(), Error> {
        let folders = self.read(folders).await?;
        self.events.tell(Event::Folders { folders });
        Ok(())
    }
}

pub(crate) fn folders(read: &Read) -> Result<Vec<FolderRow>, store::Error> {
    let rows = read.folders()?.into_iter().map(|folder| {
        let conversations = read.shelf_count(Shelf::Folder(folder.id))?;
        Ok(FolderRow { folder, conversations })
    });
    rows.collect()
}

/// A name as it is kept; none that is empty.
pub(crate) fn named(name: &str) -> Result<String, Error> {
    let name = name.trim();
    if name.is_empty() { Err(Code::NameMissing.into()) } else { Ok(name.to_owned()) }
}

fn changed(place: Place, change: &Arrange, now: UnixMs) -> Place {
    match *change {
        Arrange::Move { folder_id } => Place { folder_id, ..place },
        Arrange::Pin => Place { pinned: true, ..place },
        Arrange::Unpin => Place { pinned: false, ..place },
        Arrange::Archive => Place { archived_at: place.archived_at.or(Some(now)), ..place },
        Arrange::Unarchive => Place { archived_at: None, ..place },
        Arrange::Remove => Place { deleted_at: place.deleted_at.or(Some(now)), ..place },
        Arrange::Restore => Place { deleted_at: None, ..place },
    }
}
