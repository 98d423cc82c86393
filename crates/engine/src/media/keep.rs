//! Bytes of a picture into the media folder: looked at first, and kept as they came.

use ::media::Kind;
use store::table::media::Media;
use store::{Store, UnixMs};

use super::SIZES;
use crate::{Code, Error};

/// Keeps a picture or a film, with a small picture made at once. Fails for anything else. It blocks.
pub(crate) fn keep(store: &Store, bytes: &[u8], now: UnixMs) -> Result<Media, Error> {
    let kind = Kind::of(bytes).filter(|kind| *kind != Kind::Svg).ok_or(Code::NotAPicture)?;
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let made = if kind.is_decoded() { Some(::media::make(bytes, SIZES[0])?) } else { None };
    let id = store.put_media(bytes, kind.mime())?;
    let plain = Media::plain(id, kind.mime(), length, now);
    let Some(made) = made else { return Ok(plain) };
    if let Err(error) = store.put_derived(id, SIZES[0], &made.thumbnail.bytes) {
        tracing::warn!(%error, "a smaller picture was not kept; it will be made again");
    }
    Ok(Media {
        width: Some(made.look.width.into()),
        height: Some(made.look.height.into()),
        moves: made.look.moves,
        placeholder: made.placeholder,
        ..plain
    })
}
