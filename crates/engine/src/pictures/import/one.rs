//! One picture taken in: looked at before anything is kept of it, then bytes, then rows.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use ::media::{Kind, Making, Taken};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Map, Value};
use store::table::generation::{Generation, GenerationState, PictureOptions};
use store::table::media::Media;
use store::table::picture::{Picture, PictureOrigin, PictureState, TakenIn};
use store::{GenerationId, MediaId, ServiceId, Store, UnixMs};

use crate::media::kept_small;
use crate::{Code, Error};

/// A file of more bytes than this is not read.
const LARGEST: u64 = 300 << 20;
/// So many bytes from its beginning tell what a file is.
const HEAD: u64 = 64 << 10;
/// Before the first digital cameras, a clock was not set; 1990.
const EARLIEST: UnixMs = 631_152_000_000;

/// Takes in a file. It blocks.
pub(super) fn of_file(store: &Store, path: &Path, now: UnixMs) -> Result<TakenIn, Error> {
    let unopened = |error: std::io::Error| Error { message: error.to_string(), ..Code::FileUnopened.into() };
    // The file itself and not the link to it is looked at: a device or a pipe would never end.
    let about = fs::metadata(path).map_err(unopened)?;
    if !about.is_file() {
        return Err(Code::FileUnopened.into());
    }
    let mut bytes = Vec::new();
    let mut file = fs::File::open(path).map_err(unopened)?;
    file.by_ref().take(HEAD).read_to_end(&mut bytes).map_err(unopened)?;
    // Films are among the largest files, and none of them is read to its end.
    kind(&bytes)?;
    if about.len() > LARGEST {
        return Err(Code::FileTooLarge.into());
    }
    file.take(LARGEST - HEAD).read_to_end(&mut bytes).map_err(unopened)?;
    let changed = about.modified().ok().and_then(|at| Timestamp::try_from(at).ok());
    let changed = changed.map_or(now, Timestamp::as_millisecond);
    take_in(store, &bytes, if (EARLIEST..=now).contains(&changed) { changed } else { now }, now)
}

/// The kind of a picture that can be drawn: here, or by every web view, as AVIF can. Only some of them draw HEIC, and what
/// begins as TIFF is mostly what a camera saw before it made a picture of it: those stay where they are.
fn kind(bytes: &[u8]) -> Result<Kind, Error> {
    let kind = Kind::of(bytes).filter(|kind| kind.is_decoded() || *kind == Kind::Avif);
    kind.ok_or_else(|| Code::NotAPicture.into())
}

/// Takes in bytes of which is only known when they were made. It blocks.
pub(super) fn take_in(store: &Store, bytes: &[u8], made: UnixMs, now: UnixMs) -> Result<TakenIn, Error> {
    let kind = kind(bytes)?;
    let id = MediaId::of(bytes);
    if store.read(|read| read.knows_picture_of(id))?
        && let Some(taken) = store.write(|write| write.take_in_again(id))?
    {
        return Ok(taken);
    }
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let plain = Media::plain(id, kind.mime(), length, now);
    // What cannot be drawn is not kept, for it lies where it came from.
    let made_small =
        if kind.is_decoded() { Some(::media::make(bytes, crate::media::SIZES[0])?) } else { None };
    store.put_media(bytes, kind.mime())?;
    let media = match made_small {
        Some(made) => kept_small(store, plain, made),
        None => plain,
    };
    let told = ::media::making(bytes);
    let at =
        told.taken.as_ref().and_then(taken_at).filter(|at| (EARLIEST..=now).contains(at)).unwrap_or(made);
    let making = generation(&told, at);
    let picture = Picture {
        media_id: Some(id),
        generation_id: making.as_ref().map(|making| making.id),
        width: media.width.unwrap_or_default(),
        height: media.height.unwrap_or_default(),
        state: PictureState::Kept,
        model: told.model,
        ..Picture::blank(PictureOrigin::Imported, at)
    };
    Ok(store.write(|write| write.take_in(&media, &picture, making.as_ref()))?)
}

/// Where a camera says nothing of its clock it had that of the person.
fn taken_at(taken: &Taken) -> Option<UnixMs> {
    let local: DateTime = taken.local.parse().ok()?;
    let offset = taken.offset.as_deref().and_then(offset);
    let zone = offset.map_or_else(TimeZone::system, TimeZone::fixed);
    Some(zone.to_ambiguous_timestamp(local).compatible().ok()?.as_millisecond())
}

/// "+02:00"
fn offset(text: &str) -> Option<Offset> {
    let (sign, rest) = (text.get(..1)?, text.get(1..)?);
    let (hours, minutes) = rest.split_once(':')?;
    let seconds = hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60;
    Offset::from_seconds(if sign == "-" { -seconds } else { seconds }).ok()
}

/// What it tells of its making, as a generation that was done elsewhere.
fn generation(told: &Making, at: UnixMs) -> Option<Generation> {
    if told.prompt.is_empty() && told.settings.is_empty() {
        return None;
    }
    let extra = told.settings.iter().map(|(name, value)| match name.as_str() {
        "Seed" => {
            ("seed".to_owned(), value.parse::<i64>().map_or_else(|_| value.clone().into(), Value::from))
        }
        _ => (name.clone(), Value::from(value.clone())),
    });
    Some(Generation {
        id: GenerationId::new(),
        service_id: None,
        options: PictureOptions { extra: extra.collect::<Map<_, _>>(), ..PictureOptions::default() },
        state: GenerationState::Done,
        ..Generation::blank(ServiceId::new(), &told.model, &told.prompt, at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_that_of_the_place_where_the_camera_was() {
        let at = |local: &str, offset: Option<&str>| {
            taken_at(&Taken { local: local.into(), offset: offset.map(str::to_owned) })
        };
        assert_eq!(at("2019-07-04T18:30:05", Some("+02:00")), Some(1_562_257_805_000));
        assert_eq!(at("2019-07-04T18:30:05", Some("-01:30")), Some(1_562_270_405_000));
        assert!(at("2019-07-04T18:30:05", None).is_some());
        assert_eq!(at("2019-13-04T18:30:05", None), None);
    }
}
