//! Puts the bytes of pictures into a request: copies small enough for a service, made once and kept beside the original.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use gateway::chat::{Picture, Request};
use store::{MediaId, Store};

use super::along::KEPT;
use super::read::content;
use crate::engine::{Organs, blocking};
use crate::{Code, Error};

/// No service takes more than this in one body.
const LARGEST_BODY: usize = 30 << 20;

/// How large copies are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Size {
    #[default]
    /// As large as services look at them.
    Usual,
    /// For a service that found a body too large.
    Small,
}

impl Size {
    /// Under which size a copy is kept.
    fn side(self) -> u32 {
        match self {
            Self::Usual => media::SENT_SIDE,
            // Not the number of the pictures that the page is shown.
            Self::Small => 1000,
        }
    }
}

/// Puts bytes in the place of names. Too many or too large ones become smaller; what is still too much is refused.
pub(crate) async fn fill(organs: &Arc<Organs>, request: &mut Request, size: Size) -> Result<(), Error> {
    let pictures = request.messages.iter_mut().flat_map(|message| &mut message.pictures);
    let mut pictures: Vec<&mut Picture> = pictures.collect();
    let kept: Vec<(usize, MediaId)> =
        pictures.iter().enumerate().filter_map(|(at, picture)| Some((at, named(picture)?))).collect();
    if kept.is_empty() {
        return Ok(());
    }
    let ids: Vec<MediaId> = kept.iter().map(|(_, id)| *id).collect();
    let mut urls = copies(organs, ids.clone(), size).await?;
    let total = |urls: &[String]| urls.iter().map(String::len).sum::<usize>();
    if total(&urls) > LARGEST_BODY && size == Size::Usual {
        urls = copies(organs, ids, Size::Small).await?;
    }
    if total(&urls) > LARGEST_BODY {
        return Err(Code::TooLarge.into());
    }
    for ((at, _), url) in kept.into_iter().zip(urls) {
        if let Some(picture) = pictures.get_mut(at) {
            picture.url = url;
        }
    }
    Ok(())
}

fn named(picture: &Picture) -> Option<MediaId> {
    picture.url.strip_prefix(KEPT)?.parse().ok()
}

async fn copies(organs: &Arc<Organs>, ids: Vec<MediaId>, size: Size) -> Result<Vec<String>, Error> {
    let store = organs.store.clone();
    let _turn = organs.pictures.acquire().await;
    blocking(move || ids.into_iter().map(|id| copy(&store, id, size)).collect::<Result<Vec<_>, _>>()).await
}

/// The copy as a data URL, made where it is not there yet.
fn copy(store: &Store, id: MediaId, size: Size) -> Result<String, Error> {
    let kept = store.derived(id, size.side())?;
    let bytes = match kept.filter(|bytes| media::Kind::of(bytes).is_some()) {
        Some(bytes) => bytes,
        None => make(store, id, size)?,
    };
    let mime = media::Kind::of(&bytes).map_or("image/jpeg", media::Kind::mime);
    Ok(format!("data:{mime};base64,{}", STANDARD.encode(&bytes)))
}

fn make(store: &Store, id: MediaId, size: Size) -> Result<Vec<u8>, Error> {
    let row = store.read(|read| read.media(id))?.ok_or(Code::Gone)?;
    let original = content(store, &row)?;
    let made = match size {
        Size::Usual => media::sent_copy(&original),
        Size::Small => media::small_copy(&original),
    };
    let made = made.map_err(|error| {
        tracing::warn!(%error, "no copy can be made of a picture");
        Error::from(Code::FileDamaged)
    })?;
    store.put_derived(id, size.side(), &made.bytes)?;
    Ok(made.bytes)
}
