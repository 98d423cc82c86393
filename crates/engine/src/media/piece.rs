//! Part of a file, as a range request asks for it. A part is never long: who wants more asks again.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

use crate::{Code, Error};

/// The longest part that is handed out at one go, in bytes.
const LONGEST: u64 = 4 * 1024 * 1024;

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    All,
    /// From one byte on, to another one, that included, or to the end.
    From(u64, Option<u64>),
    /// So many bytes from its end.
    Last(u64),
}

/// Part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The media type of the whole.
    pub mime: String,
    /// Bytes of the whole.
    pub total: u64,
    /// Where the part begins.
    pub start: u64,
    /// The part.
    pub bytes: Vec<u8>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The part wanted, or as much of it as is handed out at one go.
    Piece(Piece),
    /// The file ends before what was wanted.
    Beyond {
        /// Bytes of the whole.
        total: u64,
    },
}

pub(super) fn of_file(path: &Path, mime: String, wanted: Wanted) -> Result<Found, Error> {
    let mut file = File::open(path).map_err(|error| failed(&error))?;
    let total = file.metadata().map_err(|error| failed(&error))?.len();
    let Some((start, length)) = span(wanted, total) else { return Ok(Found::Beyond { total }) };
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start)).map_err(|error| failed(&error))?;
    file.take(length).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    Ok(Found::Piece(Piece { mime, total, start, bytes }))
}

pub(super) fn of_bytes(whole: &[u8], mime: String, wanted: Wanted) -> Found {
    let total = whole.len() as u64;
    let part = span(wanted, total).and_then(|(start, length)| {
        let from = usize::try_from(start).ok()?;
        let upto = usize::try_from(start + length).ok()?;
        Some(Piece { mime, total, start, bytes: whole.get(from..upto)?.to_vec() })
    });
    part.map_or(Found::Beyond { total }, Found::Piece)
}

/// Where the part begins and how long it is; none when nothing of it is there.
fn span(wanted: Wanted, total: u64) -> Option<(u64, u64)> {
    let (start, end) = match wanted {
        // A picture is asked for whole, and an answer that is not whole would be no picture.
        Wanted::All => return Some((0, total)),
        Wanted::From(first, last) => (first, last.map_or(total, |last| last.saturating_add(1)).min(total)),
        Wanted::Last(many) => (total.saturating_sub(many), total),
    };
    let length = end.checked_sub(start).filter(|length| *length > 0)?;
    Some((start, length.min(LONGEST)))
}

/// A file that is gone is said to be so; anything else is the disk's fault.
fn failed(error: &io::Error) -> Error {
    tracing::warn!(%error, "a media file was not read");
    if error.kind() == ErrorKind::NotFound { Code::Gone.into() } else { Code::StoreBroken.into() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_part_is_what_was_asked_for_and_never_long() {
        assert_eq!(span(Wanted::All, 0), Some((0, 0)), "an empty file is whole");
        assert_eq!(span(Wanted::From(2, Some(4)), 10), Some((2, 3)), "the last byte is included");
        assert_eq!(span(Wanted::From(8, Some(99)), 10), Some((8, 2)), "no further than the end");
        assert_eq!(span(Wanted::From(10, None), 10), None, "behind the end is nothing");
        assert_eq!(span(Wanted::From(4, Some(2)), 10), None, "backwards is nothing");
        assert_eq!(span(Wanted::Last(3), 10), Some((7, 3)));
        assert_eq!(span(Wanted::Last(30), 10), Some((0, 10)));
        assert_eq!(span(Wanted::Last(0), 10), None);
        assert_eq!(span(Wanted::From(0, None), u64::MAX), Some((0, LONGEST)), "who wants more asks again");
    }

    proptest! {
        #[test]
        fn whatever_is_asked_a_part_lies_inside(
            first in any::<u64>(), last in proptest::option::of(any::<u64>()), many in any::<u64>(), total in 0..9000_u64,
        ) {
            for wanted in [Wanted::From(first, last), Wanted::Last(many), Wanted::From(first % 9999, last), Wanted::All] {
                if let Some((start, length)) = span(wanted, total) {
                    prop_assert!(start + length <= total, "{wanted:?} of {total}");
                }
            }
        }
    }
}
