//! Smaller pictures: made when first asked for, kept beside the originals, and never made twice at once. Few at a time:
//! each takes a processor and some memory.

use std::collections::HashMap;
use std::fs;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ::media::Kind;
use store::table::media::Media;
use store::{MediaId, Store};
use tokio::sync::{OnceCell, Semaphore};

use crate::engine::{Organs, blocking};
use crate::{Code, Error};

/// How many pictures are decoded at once.
const AT_ONCE: usize = 2;
/// A file this short is not worth a smaller one, if its picture is small as well; in bytes.
const SHORT: i64 = 256 * 1024;

/// A smaller picture.
pub(crate) struct Smaller {
    pub(super) mime: String,
    pub(super) bytes: Vec<u8>,
}

type Making = Arc<OnceCell<Arc<Smaller>>>;

/// The smaller pictures that are being made.
pub(crate) struct Small {
    making: Mutex<HashMap<(MediaId, u32), Making>>,
    room: Semaphore,
}

impl Default for Small {
    fn default() -> Self {
        Self { making: Mutex::default(), room: Semaphore::new(AT_ONCE) }
    }
}

impl Small {
    /// The smaller picture, from the folder or made now.
    pub(super) async fn get(&self, organs: &Organs, media: &Media, size: u32) -> Result<Arc<Smaller>, Error> {
        let key = (media.id, size);
        let making = Arc::clone(lock(&self.making).entry(key).or_default());
        let made = making.get_or_try_init(|| self.find_or_make(organs, media, size)).await.cloned();
        // Whoever asks from now on finds it in the folder.
        lock(&self.making).remove(&key);
        made
    }

    /// Runs `work` when there is room for another picture.
    pub(crate) async fn decode<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let _room = self.room.acquire().await.map_err(|_| Error::from(Code::Internal))?;
        blocking(work).await
    }

    async fn find_or_make(&self, organs: &Organs, media: &Media, size: u32) -> Result<Arc<Smaller>, Error> {
        let (store, id) = (organs.store.clone(), media.id);
        if let Some(bytes) = blocking(move || store.derived(id, size)).await?
            && let Some(kind) = Kind::of(&bytes)
        {
            return Ok(Arc::new(Smaller { mime: kind.mime().into(), bytes }));
        }
        let (store, media) = (organs.store.clone(), media.clone());
        Ok(Arc::new(self.decode(move || make(&store, &media, size)).await?))
    }
}

/// Whether the original is as good as anything made from it. Pictures that are only kept are shown as they are, and
/// pictures that move would stand still.
pub(super) fn is_small(media: &Media, size: u32) -> bool {
    let decoded = Kind::named(&media.mime).is_some_and(Kind::is_decoded);
    let longer = media.width.unwrap_or_default().max(media.height.unwrap_or_default());
    let fits = longer > 0 && longer <= i64::from(size) && media.bytes <= SHORT;
    !decoded || fits || (media.moves && size > 256)
}

fn make(store: &Store, media: &Media, size: u32) -> Result<Smaller, Error> {
    let bytes = fs::read(store.media_path(media)).map_err(|error| {
        tracing::warn!(%error, "a media file was not read");
        Error::from(Code::Gone)
    })?;
    let small = ::media::thumbnail(&bytes, size)?;
    if let Err(error) = store.put_derived(media.id, size, &small.bytes) {
        tracing::warn!(%error, "a smaller picture was not kept; it will be made again");
    }
    Ok(Smaller { mime: small.kind.mime().into(), bytes: small.bytes })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
