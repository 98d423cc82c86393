//! Bytes of a picture into the media folder: kept as they came before anything is made of them.

use ::media::Kind;
use store::table::media::Media;
use store::{Store, UnixMs};

use super::SIZES;
use crate::{Code, Error};

/// A file that is kept, and why it cannot be shown, if it cannot: damaged, or too large to be decoded.
pub(crate) struct Kept {
    pub(crate) media: Media,
    pub(crate) problem: Option<Error>,
}

/// Keeps a picture or a film, with a small picture made at once. Fails for anything else. It blocks.
pub(crate) fn keep(store: &Store, bytes: &[u8], now: UnixMs) -> Result<Kept, Error> {
    let kind = Kind::of(bytes).filter(|kind| *kind != Kind::Svg).ok_or(Code::NotAPicture)?;
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let id = store.put_media(bytes, kind.mime())?;
    let plain = Media::plain(id, kind.mime(), length, now);
    if !kind.is_decoded() {
        return Ok(Kept { media: plain, problem: None });
    }
    match ::media::make(bytes, SIZES[0]) {
        Ok(made) => Ok(Kept { media: kept_small(store, plain, made), problem: None }),
        Err(error) => Ok(Kept { media: plain, problem: Some(error.into()) }),
    }
}

/// The row of a picture with all that is seen in it, and its small picture beside it.
pub(crate) fn kept_small(store: &Store, plain: Media, made: ::media::Made) -> Media {
    if let Err(error) = store.put_derived(plain.id, SIZES[0], &made.thumbnail.bytes) {
        tracing::warn!(%error, "a smaller picture was not kept; it will be made again");
    }
    Media {
        width: Some(made.look.width.into()),
        height: Some(made.look.height.into()),
        moves: made.look.moves,
        placeholder: made.placeholder,
        ..plain
    }
}
