//! Media for the window: bytes by id, and smaller pictures made once from larger ones. It knows no address and fetches
//! nothing.

pub(crate) mod fetch;
mod keep;
mod piece;
mod small;

use std::path::PathBuf;
use std::sync::Arc;

use ::media::Kind;

use store::table::media::Media;
use store::{AttachmentId, MediaId};

use crate::engine::{Organs, blocking};
use crate::export::file::{Draft, failed};
use crate::{Code, Error};

pub(crate) use keep::{Kept, keep, kept_small};
pub use piece::{Found, Piece, Wanted};
pub(crate) use small::Small;

/// Sizes in which smaller pictures are made: the longer side, in pixels.
pub const SIZES: [u32; 2] = [256, 1024];

/// Media in the folder.
pub struct MediaFolder(pub(crate) Arc<Organs>);

impl MediaFolder {
    /// Some bytes of a file, or of a smaller picture made from it where `size` is one of [`SIZES`]. [`Code::Gone`] for
    /// what is not there and for names that are no ids.
    pub async fn piece(&self, id: &str, size: Option<u32>, wanted: Wanted) -> Result<Found, Error> {
        let media = self.row(id).await?;
        match size {
            None => self.original(&media, wanted).await,
            Some(size) if SIZES.contains(&size) => self.smaller(media, size, wanted).await,
            Some(_) => Err(Code::Gone.into()),
        }
    }

    /// Removes files that nothing has mentioned for 30 days, and what kills left behind.
    pub(crate) async fn sweep(&self) {
        let (store, now) = (self.0.store.clone(), self.0.clock.now());
        match blocking(move || store.sweep_media(now)).await {
            Ok(swept) => tracing::debug!(?swept, "the media folder is tidy"),
            Err(error) => tracing::warn!(%error, "the media folder is not tidy; the next start tries again"),
        }
    }

    /// Fetches a picture of an answer once more.
    pub async fn try_again(&self, id: AttachmentId) -> Result<(), Error> {
        fetch::again(&self.0, id).await
    }

    /// What a file is called when it is saved.
    pub async fn file_name(&self, id: &str) -> Result<String, Error> {
        Ok(file_name(&self.row(id).await?))
    }

    /// Writes a file as it came to a place that the person chose.
    pub async fn save(&self, id: &str, to: PathBuf) -> Result<(), Error> {
        let from = self.0.store.media_path(&self.row(id).await?);
        blocking(move || {
            let mut kept = std::fs::File::open(&from).map_err(|error| {
                tracing::warn!(%error, "a file is not in the media folder");
                Error::from(Code::StoreBroken)
            })?;
            let mut draft = Draft::begin(&to)?;
            std::io::copy(&mut kept, &mut draft).map_err(|error| failed(&error))?;
            draft.finish()
        })
        .await
    }

    /// All bytes of a file.
    pub(crate) async fn bytes(&self, id: &str) -> Result<Vec<u8>, Error> {
        match self.piece(id, None, Wanted::All).await? {
            Found::Piece(piece) => Ok(piece.bytes),
            Found::Beyond { .. } => Err(Code::Gone.into()),
        }
    }

    async fn row(&self, id: &str) -> Result<Media, Error> {
        let id: MediaId = id.parse().map_err(|_| Error::from(Code::Gone))?;
        self.0.read(move |read| read.media(id)).await?.ok_or_else(|| Code::Gone.into())
    }

    async fn original(&self, media: &Media, wanted: Wanted) -> Result<Found, Error> {
        let (path, mime) = (self.0.store.media_path(media), media.mime.clone());
        blocking(move || piece::of_file(&path, mime, wanted)).await
    }

    async fn smaller(&self, media: Media, size: u32, wanted: Wanted) -> Result<Found, Error> {
        if small::is_small(&media, size) {
            return self.original(&media, wanted).await;
        }
        let made = self.0.small.get(&self.0, &media, size).await?;
        Ok(piece::of_bytes(&made.bytes, made.mime.clone(), wanted))
    }
}

/// A name of plain letters for a file that leaves Medley.
pub(crate) fn file_name(media: &Media) -> String {
    let ending = Kind::named(&media.mime).map_or("bin", Kind::extension);
    format!("medley-{}.{ending}", media.id.to_string().get(..8).unwrap_or_default())
}
