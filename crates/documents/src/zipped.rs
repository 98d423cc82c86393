//! Packed files, read within bounds: so many entries, so many bytes unpacked in all, whatever the file says of itself.

use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Limits, Refusal};

/// The largest file in it that is taken into memory whole.
const SMALL: u64 = 4 << 20;

/// A packed file.
pub(crate) struct Zipped<'bytes> {
    archive: ZipArchive<Cursor<&'bytes [u8]>>,
    /// What may still be unpacked.
    left: u64,
}

impl<'bytes> Zipped<'bytes> {
    pub(crate) fn open(bytes: &'bytes [u8], limits: &Limits) -> Result<Self, Refusal> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unopened(&error))?;
        if archive.len() > limits.entries {
            return Err(Refusal::TooLarge);
        }
        Ok(Self { archive, left: limits.unpacked })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The names of all entries.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(Result::ok).map(Into::into).collect()
    }

    /// A small text in it.
    pub(crate) fn small(&mut self, name: &str) -> Result<String, Refusal> {
        let mut bytes = Vec::new();
        let mut entry = self.entry(name)?;
        entry.by_ref().take(SMALL + 1).read_to_end(&mut bytes).map_err(|error| refusal(&error))?;
        if bytes.len() as u64 > SMALL {
            return Err(Refusal::TooLarge);
        }
        Ok(crate::plain::decode(&bytes)?.into_owned())
    }

    /// One file in it, unpacked as it is read. What all of them unpack to together is bounded.
    pub(crate) fn entry(&mut self, name: &str) -> Result<Entry<'_>, Refusal> {
        let index = self.archive.index_for_name(name).ok_or(Refusal::Damaged)?;
        self.entry_at(index)
    }

    /// Unpacks everything once and throws it away, for libraries that unpack without bounds.
    pub(crate) fn measure(&mut self) -> Result<(), Refusal> {
        for index in 0..self.archive.len() {
            let mut entry = self.entry_at(index)?;
            io::copy(&mut entry, &mut io::sink()).map_err(|error| refusal(&error))?;
        }
        Ok(())
    }

    fn entry_at(&mut self, index: usize) -> Result<Entry<'_>, Refusal> {
        let file = self.archive.by_index(index).map_err(|error| unopened(&error))?;
        Ok(Entry(BufReader::new(Bounded { reader: Box::new(file), left: &mut self.left })))
    }
}

/// One file in a packed one.
pub(crate) struct Entry<'zip>(BufReader<Bounded<'zip>>);

struct Bounded<'zip> {
    reader: Box<dyn Read + 'zip>,
    left: &'zip mut u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(into)?;
        *self.left = self.left.saturating_sub(count as u64);
        if *self.left == 0 && count > 0 {
            return Err(ErrorKind::FileTooLarge.into());
        }
        Ok(count)
    }
}

impl Read for Entry<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl BufRead for Entry<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        self.0.consume(count);
    }
}

/// What a failed read of a packed file means: there was too much, or it is damaged.
pub(crate) fn refusal(error: &io::Error) -> Refusal {
    if error.kind() == ErrorKind::FileTooLarge { Refusal::TooLarge } else { Refusal::Damaged }
}

fn unopened(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Refusal::Encrypted
        }
        _ => Refusal::Damaged,
    }
}
