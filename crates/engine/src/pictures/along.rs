//! The files that go along with a wish: the pictures as their model takes them, and a mask of the same size.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use store::{MediaId, Store};

use gateway::images::Part;
use store::table::generation::Generation;
use store::table::media::Media;

use crate::engine::{Organs, blocking};
use crate::view::{EngineFamily, Painted, PaintedMark};
use crate::{Code, Error};

/// The pictures that go along, and where the first is to be changed.
pub(super) struct Files {
    pub(super) images: Vec<Part>,
    pub(super) mask: Option<Part>,
}

/// Makes the files that go along with a generation.
pub(super) async fn files(
    organs: &Organs,
    family: EngineFamily,
    generation: &Generation,
) -> Result<Files, Error> {
    let (store, ids, mask) = (organs.store.clone(), generation.references.clone(), generation.mask);
    // Few at a time: each takes a processor and some memory.
    let _turn = organs.pictures.acquire().await;
    blocking(move || {
        // The oldest takes one square alone.
        let is_square = family == EngineFamily::DallE2;
        let copy = if is_square { media::square_copy } else { media::edit_copy };
        let copies = ids.into_iter().map(|id| Ok::<_, Error>(copy(&bytes(&store, id)?)?));
        let copies = copies.collect::<Result<Vec<_>, _>>()?;
        let mask = match (mask, copies.first()) {
            (Some(mask), Some(first)) => Some(fitted(&bytes(&store, mask)?, is_square, first)?),
            _ => None,
        };
        Ok::<_, Error>(Files {
            images: copies.into_iter().map(|copy| part("picture", copy)).collect(),
            mask: mask.map(|copy| part("mask", copy)),
        })
    })
    .await
}

/// Pictures as data URLs, in the copies that go to services.
pub(super) async fn data_urls(organs: &Organs, ids: &[MediaId]) -> Result<Vec<String>, Error> {
    let (store, ids) = (organs.store.clone(), ids.to_vec());
    let _turn = organs.pictures.acquire().await;
    blocking(move || {
        ids.into_iter().map(|id| Ok::<_, Error>(data_url(&media::sent_copy(&bytes(&store, id)?)?))).collect()
    })
    .await
}

/// A mask as Midjourney reads it, as a data URL.
pub(super) async fn black_and_white(organs: &Organs, mask: MediaId) -> Result<String, Error> {
    let store = organs.store.clone();
    let _turn = organs.pictures.acquire().await;
    blocking(move || Ok::<_, Error>(data_url(&media::Mask::read(&bytes(&store, mask)?)?.black_and_white()?)))
        .await
}

fn data_url(copy: &media::Encoded) -> String {
    format!("data:{};base64,{}", copy.kind.mime(), STANDARD.encode(&copy.bytes))
}

/// Keeps what was painted as a picture of its own. Nothing when nothing was.
pub(super) async fn keep(organs: &Organs, painted: Painted) -> Result<Option<Media>, Error> {
    let (store, now) = (organs.store.clone(), organs.clock.now());
    let _turn = organs.pictures.acquire().await;
    blocking(move || {
        let size = (painted.width, painted.height);
        if u64::from(size.0) * u64::from(size.1) > media::MOST_PIXELS || size.0 == 0 || size.1 == 0 {
            return Err(Error::from(Code::PictureTooLarge));
        }
        let marks: Vec<_> = painted.marks.into_iter().map(mark).collect();
        let mask = media::Mask::draw(size, &marks);
        if mask.is_blank() {
            return Ok(None);
        }
        let made = mask.png()?;
        let id = store.put_media(&made.bytes, made.kind.mime())?;
        let length = i64::try_from(made.bytes.len()).unwrap_or(i64::MAX);
        Ok(Some(Media::plain(id, made.kind.mime(), length, now)))
    })
    .await
}

fn mark(painted: PaintedMark) -> media::Mark {
    let pairs = |points: Vec<i32>| {
        points.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
    };
    match painted {
        PaintedMark::Paint { size, points } => {
            media::Mark::Stroke { size, erases: false, points: pairs(points) }
        }
        PaintedMark::Erase { size, points } => {
            media::Mark::Stroke { size, erases: true, points: pairs(points) }
        }
        PaintedMark::Invert => media::Mark::Invert,
        PaintedMark::Clear => media::Mark::Clear,
    }
}

fn fitted(mask: &[u8], is_square: bool, copy: &media::Encoded) -> Result<media::Encoded, Error> {
    let mask = media::Mask::read(mask)?;
    let mask = if is_square { mask.square() } else { mask };
    Ok(mask.fitted((copy.width, copy.height)).png()?)
}

fn part(name: &str, copy: media::Encoded) -> Part {
    let name = format!("{name}.{}", copy.kind.extension());
    Part { name, mime: copy.kind.mime().into(), bytes: copy.bytes.into() }
}

fn bytes(store: &Store, id: MediaId) -> Result<Vec<u8>, Error> {
    let row = store.read(|read| read.media(id))?.ok_or(Code::Gone)?;
    std::fs::read(store.media_path(&row)).map_err(|error| {
        tracing::warn!(%error, "a picture that goes along was not read");
        Error::from(Code::Gone)
    })
}
