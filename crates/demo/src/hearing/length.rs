//! How long a file of sound is, told by its headers alone.

/// Bytes a second where nothing is told: 32 kbit.
const USUAL: f64 = 4_000.0;

/// Seconds, about.
pub(super) fn seconds(file: &[u8]) -> f64 {
    wav(file).or_else(|| ogg(file)).unwrap_or(count(file.len()) / USUAL)
}

fn wav(file: &[u8]) -> Option<f64> {
    let rate = file.get(28..32).filter(|_| file.starts_with(b"RIFF"))?.try_into().ok()?;
    Some(count(file.len().saturating_sub(44)) / f64::from(u32::from_le_bytes(rate)).max(1.0))
}

/// The last page tells how many samples there were, 48,000 a second.
fn ogg(file: &[u8]) -> Option<f64> {
    let last = file.windows(4).rposition(|page| page == b"OggS")?;
    let samples = file.get(last + 6..last + 14)?.try_into().ok()?;
    #[expect(clippy::cast_precision_loss, reason = "a few hours of samples")]
    let samples = u64::from_le_bytes(samples) as f64;
    Some(samples / 48_000.0)
}

#[expect(clippy::cast_precision_loss, reason = "some megabytes")]
fn count(bytes: usize) -> f64 {
    bytes as f64
}
