//! Takes pictures out of Medley as they came, into a folder or a ZIP archive: there whole or not at all, each under a name
//! that tells its day and its prompt. What has no file is left out and counted.

use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use ::media::Kind;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use store::table::media::Media;
use store::table::picture::PictureFile;
use store::{Store, UnixMs};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::file::{Draft, DraftFolder, failed};
use super::name::{self, Names};
use super::{Exports, PROGRESS};
use crate::engine::{Organs, blocking};
use crate::view::{Event, PictureBundle, SavePictures, SavedPictures, Where};
use crate::{Code, Error};

/// Rows read at one go.
const ROWS: usize = 500;
/// Letters of a prompt in a name.
const LETTERS: usize = 60;
/// Files this long need the larger form of ZIP.
const LARGE: i64 = 4_000_000_000;

impl Exports {
    /// What the person has to choose for this, and a name to begin with.
    pub fn place_for_pictures(&self, wish: &SavePictures) -> Where {
        match wish.form {
            PictureBundle::Folder => Where::Folder,
            PictureBundle::Zip => Where::File { name: format!("{}.zip", self.stem(wish)) },
        }
    }

    /// Writes pictures to the archive or into a new folder within the one chosen. Tells how far it is while it runs.
    pub async fn save_pictures(&self, wish: SavePictures, to: PathBuf) -> Result<SavedPictures, Error> {
        let (organs, stop) = (Arc::clone(&self.0), self.0.exports.begin());
        let (stem, wanted) = (self.stem(&wish), Arc::clone(&stop));
        let written = blocking(move || {
            let mut job = Job::new(&organs, &wish, &stop);
            let place = match wish.form {
                PictureBundle::Folder => job.folder(&to, &stem)?,
                PictureBundle::Zip => job.archive(&to)?,
            };
            Ok::<_, Error>((place, job.written, job.missing))
        })
        .await;
        self.0.exports.end(&wanted);
        let (place, pictures, missing) = written?;
        let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.0.exports.note(place);
        Ok(SavedPictures { name, pictures, missing })
    }

    fn stem(&self, wish: &SavePictures) -> String {
        let zoned = zoned(self.0.clock.now(), &TimeZone::system());
        name::file(&format!("{} {}", wish.folder, day(zoned.as_ref())), "Medley")
    }
}

/// Pictures being written.
struct Job<'wish> {
    organs: &'wish Organs,
    wish: &'wish SavePictures,
    stop: &'wish AtomicBool,
    zone: TimeZone,
    names: Names,
    told: Option<Instant>,
    written: usize,
    missing: usize,
}

impl<'wish> Job<'wish> {
    fn new(organs: &'wish Organs, wish: &'wish SavePictures, stop: &'wish AtomicBool) -> Self {
        let (zone, names) = (TimeZone::system(), Names::default());
        Self { organs, wish, stop, zone, names, told: None, written: 0, missing: 0 }
    }

    fn folder(&mut self, parent: &Path, stem: &str) -> Result<PathBuf, Error> {
        let folder = DraftFolder::begin(parent, stem)?;
        self.each(|file, name, _, stop| {
            let mut draft = Draft::begin(&folder.path().join(name))?;
            copy(file, &mut draft, stop)?;
            draft.finish()
        })?;
        folder.finish(parent, stem)
    }

    fn archive(&mut self, to: &Path) -> Result<PathBuf, Error> {
        let mut zip = ZipWriter::new(Draft::begin(to)?);
        // Pictures are packed already.
        let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.each(|file, name, (at, media), stop| {
            let options = plain.large_file(media.bytes >= LARGE).last_modified_time(at);
            zip.start_file(name, options).map_err(|error| packing(error.into()))?;
            copy(file, &mut zip, stop)
        })?;
        zip.finish().map_err(|error| packing(error.into()))?.finish()?;
        Ok(to.to_owned())
    }

    /// Opens the file of every picture in turn and has it written under its name.
    fn each(
        &mut self,
        mut write: impl FnMut(&mut File, &str, (DateTime, &Media), &AtomicBool) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let store: Store = self.organs.store.clone();
        self.tell(0)?;
        for (page, keys) in self.wish.keys.chunks(ROWS).enumerate() {
            let rows = store.read(|read| read.picture_files(keys))?;
            self.missing += keys.len() - rows.len();
            for (at, row) in rows.iter().enumerate() {
                match row.media.as_ref().map(|media| (media, File::open(store.media_path(media)))) {
                    Some((media, Ok(mut file))) => {
                        let zoned = zoned(row.created_at, &self.zone);
                        let name = self.name(row, media, zoned.as_ref());
                        write(&mut file, &name, (packed_at(zoned.as_ref()), media), self.stop)?;
                        self.written += 1;
                    }
                    Some((media, Err(error))) => {
                        tracing::warn!(%error, id = %media.id, "a file is missing and is not saved");
                        self.missing += 1;
                    }
                    None => self.missing += 1,
                }
                self.tell(page * ROWS + at + 1)?;
            }
        }
        self.tell(self.wish.keys.len())?;
        // Nothing at all is no success.
        if self.written == 0 { Err(Code::Gone.into()) } else { Ok(()) }
    }

    fn name(&mut self, row: &PictureFile, media: &Media, zoned: Option<&ZonedDateTime>) -> String {
        let words = first_words(&row.prompt);
        let stem =
            name::file(&format!("{} {}", day(zoned), name::file(words, &self.wish.untitled)), "Medley");
        let ending = Kind::named(&media.mime).map_or("bin", Kind::extension);
        format!("{}.{ending}", self.names.one(&stem))
    }

    fn tell(&mut self, done: usize) -> Result<(), Error> {
        go_on(self.stop)?;
        let of = self.wish.keys.len();
        if done == of || self.told.is_none_or(|at| at.elapsed() >= PROGRESS) {
            self.told = Some(Instant::now());
            self.organs.events.tell(Event::Exporting { done, of });
        }
        Ok(())
    }
}

fn go_on(stop: &AtomicBool) -> Result<(), Error> {
    if stop.load(Ordering::Relaxed) { Err(Code::Stopped.into()) } else { Ok(()) }
}

fn copy(from: &mut File, to: &mut impl Write, stop: &AtomicBool) -> Result<(), Error> {
    let mut piece = vec![0; 1 << 18];
    loop {
        go_on(stop)?;
        let length = from.read(&mut piece).map_err(|error| failed(&error))?;
        if length == 0 {
            return Ok(());
        }
        to.write_all(piece.get(..length).unwrap_or_default()).map_err(|error| failed(&error))?;
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn packing(error: io::Error) -> Error {
    failed(&error)
}

/// The beginning of a prompt, cut between words where it has any.
fn first_words(prompt: &str) -> &str {
    let Some((end, _)) = prompt.char_indices().nth(LETTERS) else { return prompt };
    let cut = prompt.get(..end).unwrap_or(prompt);
    cut.rsplit_once(char::is_whitespace).map_or(cut, |(words, _)| words)
}

fn zoned(at: UnixMs, zone: &TimeZone) -> Option<ZonedDateTime> {
    Some(Timestamp::from_millisecond(at).ok()?.to_zoned_datetime(zone.clone()))
}

/// 2026-11-20
fn day(zoned: Option<&ZonedDateTime>) -> String {
    zoned.map(|zoned| zoned.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// The time as archives write it down; the earliest one where it is none of theirs.
fn packed_at(zoned: Option<&ZonedDateTime>) -> DateTime {
    let packed = zoned.and_then(|at| {
        let part = |number: i8| u8::try_from(number).ok();
        let year = u16::try_from(at.year()).ok()?;
        let (month, day, hour) = (part(at.month())?, part(at.day())?, part(at.hour())?);
        DateTime::from_date_and_time(year, month, day, hour, part(at.minute())?, part(at.second())?).ok()
    });
    packed.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_prompt_is_cut_between_words() {
        assert_eq!(first_words("a lighthouse"), "a lighthouse");
        let long = "a lighthouse on a cliff at night while the long waves come rolling in";
        assert_eq!(first_words(long), "a lighthouse on a cliff at night while the long waves come");
        assert_eq!(first_words(&"海".repeat(80)).chars().count(), LETTERS, "scripts without spaces too");
    }

    #[test]
    fn a_full_disk_is_told_through_an_archive_too() {
        let full = zip::result::ZipError::Io(io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!(packing(full.into()).code, Code::DiskFull);
    }

    #[test]
    fn times_that_no_archive_has_break_nothing() {
        let at = |at| packed_at(zoned(at, &TimeZone::UTC).as_ref());
        let usual = at(1_764_288_000_000);
        assert_eq!((usual.year(), usual.month(), usual.day()), (2025, 11, 28));
        for odd in [i64::MIN, i64::MAX, 0] {
            assert_eq!(at(odd), DateTime::default());
        }
    }
}
