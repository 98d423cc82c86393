//! Files that go along with questions: taken in, read, shown before they are sent, and sent. Their bytes are kept as they
//! came; what is read out of them belongs to the draft of a place until a question takes it along.

pub(crate) mod along;
mod given;
pub(crate) mod pictures;
mod read;
pub(crate) mod refused;
mod take;
pub(crate) mod upload;

use std::path::PathBuf;
use std::sync::Arc;

use store::AttachmentId;
use store::table::attachment::{Attachment, AttachmentKind, AttachmentState};

use crate::engine::Organs;
use crate::view::Event;
use crate::{Code, Error, link};

pub(crate) use read::resume;

/// Files that go along with one question, at most.
const MOST: usize = 20;
/// How closely a model can be asked to look at a picture.
const LOOKS: [&str; 3] = ["auto", "low", "high"];

/// Files that go along with questions.
pub struct Attachments(pub(crate) Arc<Organs>);

impl Attachments {
    /// Takes bytes under a name, as they were pasted. The row comes back at once; reading goes on, and an event tells its
    /// end. What cannot be used comes back as failed, with the reason.
    pub async fn add(&self, place: String, name: String, bytes: Vec<u8>) -> Result<Attachment, Error> {
        self.make_room(&place, 1).await?;
        take::bytes(&self.0, &place, name, bytes).await
    }

    /// Takes files from the disk. The originals are left alone: what is kept is a copy.
    pub async fn add_files(&self, place: String, paths: Vec<PathBuf>) -> Result<Vec<Attachment>, Error> {
        self.make_room(&place, paths.len()).await?;
        let mut taken = Vec::with_capacity(paths.len());
        for path in paths {
            taken.push(take::file(&self.0, &place, path).await?);
        }
        Ok(taken)
    }

    /// A web address that stands before the question, for models that open links.
    pub async fn link(&self, place: String, address: &str) -> Result<Attachment, Error> {
        self.make_room(&place, 1).await?;
        let address = link::web(address)?;
        let attachment = Attachment {
            name: address.clone(),
            source: address,
            state: AttachmentState::Kept,
            ..Attachment::in_draft(&place, AttachmentKind::Link, self.0.clock.now())
        };
        self.put(attachment).await
    }

    /// Takes a file from the desk; [`Self::restore`] brings it back as long as Medley is open.
    pub async fn remove(&self, id: AttachmentId) -> Result<(), Error> {
        self.0.write(move |write| write.put_attachment_aside(id)).await
    }

    /// Brings a removed file back to its desk.
    pub async fn restore(&self, id: AttachmentId) -> Result<Attachment, Error> {
        let attachment = self.0.write(move |write| write.take_attachment_back(id)).await?;
        // It may have been removed while it was being read.
        read::begin(&self.0, &attachment);
        Ok(attachment)
    }

    /// Reads a file once more that could not be read.
    pub async fn retry(&self, id: AttachmentId) -> Result<Attachment, Error> {
        let again = |old: Attachment| {
            if old.media.is_none() {
                return old;
            }
            Attachment { state: AttachmentState::Waiting, problem: None, ..old }
        };
        let attachment = self.change(id, again).await?;
        read::begin(&self.0, &attachment);
        Ok(attachment)
    }

    /// How closely a model shall look at a picture: "auto", "low" or "high".
    pub async fn set_detail(&self, id: AttachmentId, detail: String) -> Result<Attachment, Error> {
        if !LOOKS.contains(&detail.as_str()) {
            return Err(Code::Internal.into());
        }
        self.change(id, |old| Attachment { detail, ..old }).await
    }

    /// The text that goes along for a document.
    pub async fn text(&self, id: AttachmentId) -> Result<String, Error> {
        self.0.read(move |read| read.attachment_text(id)).await
    }

    /// Changes a row as it is at that moment: it may be read meanwhile.
    async fn change(
        &self,
        id: AttachmentId,
        change: impl FnOnce(Attachment) -> Attachment + Send + 'static,
    ) -> Result<Attachment, Error> {
        self.0
            .write(move |write| {
                let changed = change(write.attachment(id)?.ok_or(store::Error::NotFound)?);
                write.update_attachment(&changed)?;
                Ok(changed)
            })
            .await
    }

    async fn put(&self, attachment: Attachment) -> Result<Attachment, Error> {
        let row = attachment.clone();
        self.0.write(move |write| write.insert_attachment(&row)).await?;
        Ok(attachment)
    }

    async fn make_room(&self, place: &str, wanted: usize) -> Result<(), Error> {
        let place = place.to_owned();
        let there = self.0.read(move |read| Ok(read.draft_attachments(&place)?.len())).await?;
        if there + wanted > MOST { Err(Code::FilesTooMany.into()) } else { Ok(()) }
    }
}

impl Organs {
    /// Tells every window how far a file came.
    pub(crate) fn tell_attachment(&self, attachment: Attachment) {
        self.events.tell(Event::Attachment { attachment: Box::new(attachment) });
    }
}
