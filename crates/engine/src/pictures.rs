//! Making pictures with any engine of any connected service, and the gallery of all that ever came.

mod abilities;
mod along;
mod cut;
pub(crate) mod desk;
pub(crate) mod fetch;
pub(crate) mod import;
mod keep;
mod keeping;
mod learn;
mod make;
mod outline;
mod pace;
mod request;
pub(crate) mod runner;
mod save;
mod served;
pub(crate) mod tasks;
mod wish;
pub(crate) mod words;

pub use pace::Pace;

use std::path::PathBuf;
use std::sync::Arc;

use store::table::generation::Generation;
use store::table::picture::{Picture, PictureQuery};
use store::{GenerationId, PictureId, UnixMs};

use crate::engine::{Organs, blocking};
use crate::media::MediaFolder;
use crate::view::{Event, PictureOutline, PicturePage, Pixels};
use crate::{Code, Error};

/// What is done is told among what is being made for so long, milliseconds: then it is in the gallery.
const MOMENT: UnixMs = 10_000;
/// Rows handed out at one go.
const MOST_ROWS: u32 = 500;

/// Making pictures, and the gallery.
pub struct Pictures(pub(crate) Arc<Organs>);

impl Pictures {
    /// Cancels what waits or is being made. What has been sent may still have to be paid for.
    pub async fn cancel(&self, id: GenerationId) -> Result<(), Error> {
        runner::cancel(&self.0, id).await
    }

    /// Makes once more what ended without success.
    pub async fn try_again(&self, id: GenerationId) -> Result<Generation, Error> {
        let now = self.0.clock.now();
        let again = self.0.write(move |write| {
            write.queue_generation_again(id, now)?;
            write.generation(id)?.ok_or(store::Error::NotFound)
        });
        let again = again.await?;
        runner::tell(&self.0, id).await;
        runner::begin(&self.0).await;
        Ok(again)
    }

    /// Takes what failed out of sight.
    pub async fn dismiss(&self, id: GenerationId) -> Result<(), Error> {
        let now = self.0.clock.now();
        self.0.write(move |write| write.dismiss_generation(id, now)).await
    }

    /// Brings what was taken out of sight back.
    pub async fn restore_generation(&self, id: GenerationId) -> Result<(), Error> {
        self.0.write(move |write| write.restore_generation(id)).await?;
        runner::tell(&self.0, id).await;
        Ok(())
    }

    /// What waits, is being made or failed, and what was done a moment ago, the newest first.
    pub async fn generations(&self) -> Result<Vec<Generation>, Error> {
        let since = self.0.clock.now() - MOMENT;
        self.0.read(move |read| read.generations(since)).await
    }

    /// The gallery laid out: its days where the person is, and the shape of every picture.
    pub async fn outline(&self, query: PictureQuery) -> Result<PictureOutline, Error> {
        let laid = self.0.read(move |read| read.picture_outline(&query)).await?;
        self.0.compute(move || outline::of(&laid, &jiff::tz::TimeZone::system())).await
    }

    /// Some pictures of the gallery, from a place in it on.
    pub async fn rows(&self, query: PictureQuery, from: u32, count: u32) -> Result<Vec<Picture>, Error> {
        self.0.read(move |read| read.pictures(&query, from, count.min(MOST_ROWS))).await
    }

    /// One picture with what it was made of.
    pub async fn picture(&self, id: PictureId) -> Result<PicturePage, Error> {
        self.0
            .read(move |read| {
                let picture = read.picture(id)?.ok_or(store::Error::NotFound)?;
                let generation = match picture.generation_id {
                    Some(id) => read.generation(id)?,
                    None => None,
                };
                let answered = generation.as_ref().map(|made| read.generation_answer(made.id)).transpose()?;
                Ok(PicturePage {
                    used: answered.as_ref().map(request::used).unwrap_or_default(),
                    left_out: answered.as_ref().map(request::made_without).unwrap_or_default(),
                    index: read.picture_place(id)?,
                    family: read.picture_family(id)?,
                    messages: read.picture_messages(id)?,
                    same: read.same_pictures(id)?,
                    picture,
                    generation,
                })
            })
            .await
    }

    /// Sets or takes away the person's star.
    pub async fn star(&self, ids: Vec<PictureId>, starred: bool) -> Result<(), Error> {
        self.0.write(move |write| write.star_pictures(&ids, starred)).await?;
        self.tell();
        Ok(())
    }

    /// Takes pictures out of the gallery. They can be brought back for 30 days.
    pub async fn remove(&self, ids: Vec<PictureId>) -> Result<(), Error> {
        let now = self.0.clock.now();
        self.0.write(move |write| write.remove_pictures(&ids, now)).await?;
        self.tell();
        Ok(())
    }

    /// Brings pictures back.
    pub async fn restore(&self, ids: Vec<PictureId>) -> Result<(), Error> {
        self.0.write(move |write| write.restore_pictures(&ids)).await?;
        self.tell();
        Ok(())
    }

    /// Fetches a picture once more that did not come.
    pub async fn fetch_again(&self, id: PictureId) -> Result<(), Error> {
        fetch::again(&self.0, id).await
    }

    /// What the file of a picture is called when it is saved.
    pub async fn file_name(&self, id: PictureId) -> Result<String, Error> {
        self.folder().file_name(&self.media_of(id).await?).await
    }

    /// Writes the file of a picture as it came to a place that the person chose.
    pub async fn save(&self, id: PictureId, to: PathBuf) -> Result<(), Error> {
        self.folder().save(&self.media_of(id).await?, to).await
    }

    /// A picture for the clipboard.
    pub async fn pixels(&self, id: PictureId) -> Result<Pixels, Error> {
        let media = self.media_of(id).await?;
        let bytes = self.folder().bytes(&media).await?;
        let _room = self.0.pictures.acquire().await;
        blocking(move || {
            let (width, height, rgba) = ::media::rgba(&bytes)?;
            Ok::<_, Error>(Pixels { width, height, rgba })
        })
        .await
    }

    fn folder(&self) -> MediaFolder {
        MediaFolder(Arc::clone(&self.0))
    }

    async fn media_of(&self, id: PictureId) -> Result<String, Error> {
        let found = self.0.read(move |read| read.picture(id)).await?.ok_or(Code::Gone)?;
        Ok(found.media_id.ok_or(Code::Gone)?.to_string())
    }

    fn tell(&self) {
        self.0.events.tell(Event::Pictures);
    }
}
