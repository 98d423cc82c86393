//! Media for the window: bytes by id, and smaller pictures made once from larger ones. It knows no address and fetches
//! nothing.

mod piece;
mod small;

use std::sync::Arc;

use store::MediaId;
use store::table::media::Media;

use crate::engine::{Organs, blocking};
use crate::{Code, Error};

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
        let id: MediaId = id.parse().map_err(|_| Error::from(Code::Gone))?;
        let media = self.0.read(move |read| read.media(id)).await?.ok_or(Code::Gone)?;
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
