//! Reads what was taken in: the text of documents, in a process of its own; the size of pictures and small ones of them.
//! A kill in the middle leaves a row that waits, and the next start reads on.

use std::sync::Arc;

use store::Store;
use store::table::attachment::{Attachment, AttachmentKind, AttachmentRole, AttachmentState, DocumentFacts};
use store::table::media::Media;

use super::given::code;
use crate::engine::{Organs, blocking};
use crate::{Code, Error};

/// The longer side of the small pictures in chips and slips.
const THUMBNAIL: u32 = 256;

/// What reading gave.
struct Read {
    media: Media,
    text: String,
    facts: DocumentFacts,
}

/// Begins to read, where there is something to read.
pub(super) fn begin(organs: &Arc<Organs>, attachment: &Attachment) {
    if attachment.state == AttachmentState::Waiting
        && let Some(media) = attachment.media.clone()
    {
        tokio::spawn(follow(Arc::clone(organs), attachment.clone(), media));
    }
}

/// Goes on with all that was being read when Medley was closed, and forgets what was put aside.
pub(crate) async fn resume(organs: &Arc<Organs>) {
    let waiting = organs
        .write(|write| {
            write.forget_put_aside()?;
            write.waiting_attachments()
        })
        .await;
    match waiting {
        Ok(waiting) => {
            for attachment in waiting.iter().filter(|one| one.role == AttachmentRole::Sent) {
                begin(organs, attachment);
            }
        }
        Err(error) => tracing::warn!(%error, "files that were being read wait for the next start"),
    }
}

async fn follow(organs: Arc<Organs>, attachment: Attachment, media: Media) {
    let read = match attachment.kind {
        AttachmentKind::Picture => picture(&organs, media).await,
        _ => document(&organs, &attachment.name, media).await,
    };
    let id = attachment.id;
    let written = organs
        .write(move |write| {
            // It may be gone, or read by a second try meanwhile.
            let Some(row) = write.attachment(id)?.filter(|row| row.state == AttachmentState::Waiting) else {
                return Ok(None);
            };
            let row = match read {
                Ok(read) => {
                    write.learn_media(&read.media)?;
                    write.set_attachment_text(id, &read.text)?;
                    let (state, media) = (AttachmentState::Kept, Some(read.media));
                    Attachment { state, media, facts: read.facts, problem: None, ..row }
                }
                Err(error) => {
                    Attachment { state: AttachmentState::Failed, problem: Some(error.problem()), ..row }
                }
            };
            write.update_attachment(&row)?;
            write.attachment(id)
        })
        .await;
    match written {
        Ok(Some(row)) => organs.tell_attachment(row),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "a file was read and could not be written down"),
    }
}

async fn document(organs: &Organs, name: &str, media: Media) -> Result<Read, Error> {
    let (store, row) = (organs.store.clone(), media.clone());
    let bytes = blocking(move || content(&store, &row)).await?;
    let read = organs.reader.read(bytes, name).await.map_err(|refusal| Error::from(code(refusal)))?;
    let facts = DocumentFacts {
        format: read.kind.as_str().into(),
        unit: read.unit.as_str().into(),
        parts: read.parts.into(),
        read: read.read.into(),
        words: read.words.into(),
        cut: read.cut,
    };
    Ok(Read { media, text: read.text, facts })
}

async fn picture(organs: &Organs, media: Media) -> Result<Read, Error> {
    let store = organs.store.clone();
    let _turn = organs.pictures.acquire().await;
    blocking(move || {
        let made = media::make(&content(&store, &media)?, THUMBNAIL).map_err(|error| {
            tracing::info!(%error, "a picture cannot be used");
            Error::from(match error {
                media::Error::TooLarge { .. } => Code::FileTooHeavy,
                media::Error::Damaged { .. } => Code::FileDamaged,
                _ => Code::FileUnknown,
            })
        })?;
        store.put_derived(media.id, THUMBNAIL, &made.thumbnail.bytes)?;
        let media = Media {
            width: Some(made.look.width.into()),
            height: Some(made.look.height.into()),
            moves: made.look.moves,
            placeholder: made.placeholder,
            ..media
        };
        Ok::<_, Error>(Read { media, text: String::new(), facts: DocumentFacts::default() })
    })
    .await
}

/// The bytes of a kept file.
pub(super) fn content(store: &Store, media: &Media) -> Result<Vec<u8>, Error> {
    std::fs::read(store.media_path(media)).map_err(|error| {
        tracing::warn!(%error, "a kept file cannot be read");
        Code::FileUnopened.into()
    })
}
