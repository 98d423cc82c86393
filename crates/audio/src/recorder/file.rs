//! The file of a recording: WAV, one channel of 16 bits, written while it is spoken. Its header says that the length is not
//! known until the recording ends, so that it can be heard at any time.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// So often what was written is pushed onto the disk.
const SYNC: Duration = Duration::from_millis(200);
/// Bytes of the header.
const HEADER: u64 = 44;

pub(super) struct Out {
    file: File,
    path: PathBuf,
    rate: u32,
    samples: u64,
    synced: Instant,
}

impl Out {
    pub(super) fn create(path: &Path, rate: u32) -> io::Result<Self> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        let mut header = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
        header.extend(rate.to_le_bytes());
        header.extend((rate * 2).to_le_bytes());
        header.extend(b"\x02\0\x10\0data\xff\xff\xff\xff");
        file.write_all(&header)?;
        file.sync_all()?;
        Ok(Self { file, path: path.to_owned(), rate, samples: 0, synced: Instant::now() })
    }

    pub(super) fn write(&mut self, samples: &[f32]) -> io::Result<()> {
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| of_16_bits(*sample).to_le_bytes()).collect();
        self.file.write_all(&bytes)?;
        self.samples += samples.len() as u64;
        if self.synced.elapsed() >= SYNC {
            self.file.sync_data()?;
            self.synced = Instant::now();
        }
        Ok(())
    }

    pub(super) fn duration(&self) -> Duration {
        Duration::from_micros(self.samples * 1_000_000 / u64::from(self.rate).max(1))
    }

    /// Writes its length into the header.
    pub(super) fn finish(self) -> (PathBuf, Duration) {
        let duration = self.duration();
        drop(self.file);
        if let Err(error) = repair(&self.path) {
            // It can be heard all the same.
            tracing::warn!(%error, "the length of a recording was not written into its header");
        }
        (self.path, duration)
    }
}

/// Puts the length of a recording that broke off into its header. Answers whether anything was recorded.
pub fn repair(path: &Path) -> io::Result<bool> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let length = file.metadata()?.len();
    if length <= HEADER {
        return Ok(false);
    }
    // Half a sample may stand at the end.
    let data = (length - HEADER) & !1;
    // What is longer than the header can say keeps saying that its length is not known.
    if let Ok(told) = u32::try_from(data + HEADER - 8) {
        file.set_len(HEADER + data)?;
        file.seek(SeekFrom::Start(4))?;
        file.write_all(&told.to_le_bytes())?;
        file.seek(SeekFrom::Start(HEADER - 4))?;
        file.write_all(&(told - 36).to_le_bytes())?;
    }
    file.sync_all()?;
    Ok(data > 0)
}

#[expect(clippy::cast_possible_truncation, reason = "the range is held first")]
fn of_16_bits(sample: f32) -> i16 {
    (sample.clamp(-1.0, 1.0) * 32_767.0).round() as i16
}
