//! Where a long recording is cut: in its quietest moments, so that no word is torn. Pure: it hears nothing but how loud it is.

/// Peaks that are looked at together: half a second.
const QUIET: usize = 5;
/// Milliseconds of a peak.
const PEAK: i64 = 100;
/// A part is cut between this share of the longest and the longest.
const EARLIEST: (i64, i64) = (2, 3);

/// The stretches of what lies between two moments, each as long as may be and no longer.
pub(super) fn stretches(peaks: &[u8], from_ms: i64, to_ms: i64, longest_ms: i64) -> Vec<(i64, i64)> {
    let longest = longest_ms.max(PEAK * 10);
    let (mut found, mut start) = (Vec::new(), from_ms);
    while to_ms - start > longest {
        let end = quietest(peaks, start + longest * EARLIEST.0 / EARLIEST.1, start + longest);
        found.push((start, end));
        start = end;
    }
    found.push((start, to_ms));
    found
}

/// The middle of the quietest half second between two moments; of several the last.
fn quietest(peaks: &[u8], from_ms: i64, to_ms: i64) -> i64 {
    let at = |ms: i64| usize::try_from(ms / PEAK).unwrap_or_default();
    let loud = |place: &usize| -> u32 {
        let window = peaks.get(*place..place + QUIET).unwrap_or_default();
        window.iter().map(|peak| u32::from(*peak)).sum()
    };
    let last = at(to_ms).saturating_sub(QUIET);
    let place = (at(from_ms)..=last).rev().min_by_key(loud).unwrap_or(last);
    i64::try_from(place).unwrap_or_default() * PEAK + PEAK * 5 / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_recording_is_cut_where_nobody_speaks() {
        let mut peaks = vec![100; 1000];
        peaks[250..256].fill(2);
        peaks[480..490].fill(3);
        assert_eq!(stretches(&peaks, 0, 100_000, 200_000), [(0, 100_000)], "it is short enough");
        let cut = stretches(&peaks, 0, 100_000, 30_000);
        assert_eq!(cut[0], (0, 25_350), "in the silence");
        assert_eq!(cut[1], (25_350, 48_750), "and in the next one, as late as may be");
        assert!(cut.iter().all(|(start, end)| end > start && end - start <= 30_000), "{cut:?}");
        assert!(cut.windows(2).all(|pair| pair[0].1 == pair[1].0), "nothing is left out: {cut:?}");
        assert_eq!(cut.last().map(|last| last.1), Some(100_000));
    }

    #[test]
    fn what_nobody_could_measure_is_cut_all_the_same() {
        let cut = stretches(&[], 0, 100_000, 30_000);
        assert!(cut.len() >= 4 && cut.iter().all(|(start, end)| end - start <= 30_000), "{cut:?}");
    }
}
