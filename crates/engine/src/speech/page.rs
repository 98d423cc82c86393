//! A sound with its text, sentence by sentence: when each is spoken is exact where a part begins or ends, and told by its length
//! in between.

use std::sync::Arc;

use store::SoundId;
use store::table::sound::SoundPart;

use super::{count, cut, player};
use crate::Error;
use crate::engine::Organs;
use crate::view::{SoundPage, SpokenSentence};

pub(super) async fn of(organs: &Arc<Organs>, id: SoundId) -> Result<SoundPage, Error> {
    let read = organs.read(move |read| {
        let sound = read.sound(id)?.ok_or(store::Error::NotFound)?;
        Ok((sound, read.sound_text(id)?.unwrap_or_default(), read.sound_parts(id)?))
    });
    let (sound, text, parts) = read.await?;
    organs
        .compute(move || SoundPage {
            sentences: sentences(&text, &parts),
            peaks: parts.iter().flat_map(|part| part.peaks.iter().copied()).collect(),
            sound,
            text,
        })
        .await
}

fn sentences(text: &str, parts: &[SoundPart]) -> Vec<SpokenSentence> {
    let starts = player::starts(parts);
    let mut before = 0;
    let spoken = cut::sentences(text).into_iter().map(|range| {
        let between = text.get(before..range.start).unwrap_or_default();
        let is_paragraph = before == 0 || between.contains('\n');
        before = range.end;
        let begins = moment(count(range.start), parts, &starts, false);
        let ends = moment(count(range.end), parts, &starts, true);
        SpokenSentence {
            text: text.get(range).unwrap_or_default().to_owned(),
            is_paragraph,
            start_ms: begins,
            end_ms: begins.and(ends),
        }
    });
    spoken.collect()
}

/// When this byte of the text is spoken, milliseconds; none while its part is not here. At a border the end of the part before
/// is meant, or the beginning of the one behind.
fn moment(byte: i64, parts: &[SoundPart], starts: &[i64], is_end: bool) -> Option<i64> {
    let within = |part: &SoundPart| {
        let end = part.start + part.length;
        if is_end { part.start < byte && byte <= end } else { part.start <= byte && byte < end }
    };
    let at = parts.iter().position(within)?;
    let (part, start) = (parts.get(at)?, starts.get(at)?);
    (part.duration_ms > 0).then(|| start + part.duration_ms * (byte - part.start) / part.length.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_exact_where_parts_meet_and_told_by_length_inside() {
        let text = "One two. Three four.\n\nFive.";
        let mut parts = [SoundPart::missing(0, 0, 20), SoundPart::missing(1, 22, 5)];
        parts[0].duration_ms = 2000;
        let told = sentences(text, &parts);
        let times: Vec<_> = told.iter().map(|one| (one.start_ms, one.end_ms, one.is_paragraph)).collect();
        assert_eq!(times[0], (Some(0), Some(800), true));
        assert_eq!(times[1], (Some(900), Some(2000), false), "it ends where its part does");
        assert_eq!(times[2], (None, None, true), "it is not here");
        parts[1].duration_ms = 700;
        let told = sentences(text, &parts);
        assert_eq!((told[2].start_ms, told[2].end_ms), (Some(2000), Some(2700)));
    }
}
