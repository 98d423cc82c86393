//! Text as beats: a tone for every few letters, a rest at the end of each sentence. So a sound is as long as its text, and a
//! listener hears where sentences end.

use crate::answer::is_wide;

/// Samples a second.
pub(super) const RATE: u32 = 24_000;
/// Samples of one beat: 384 ms, sixteen frames of MP3 and nine of AAC.
pub(super) const BEAT: usize = 9_216;
/// Letters to a beat.
const LETTERS: usize = 6;
/// How loud, of 1.
const LOUD: f64 = 0.35;

/// One for each beat: a tone, or a rest. Read faster there are fewer.
pub(super) fn beats(text: &str, speed: f64) -> Vec<bool> {
    let mut beats = Vec::new();
    for word in text.split_whitespace() {
        let wide = word.chars().filter(|sign| is_wide(*sign)).count();
        let letters = word.chars().filter(|sign| sign.is_alphanumeric()).count().saturating_sub(wide);
        beats.extend(std::iter::repeat_n(true, wide + letters.div_ceil(LETTERS)));
        if word.ends_with(['.', '!', '?', '。', '！', '？', ':']) {
            beats.push(false);
        }
    }
    if beats.is_empty() {
        beats.push(false);
    }
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few thousand beats"
    )]
    let at = |beat: usize| (beat as f64 * speed) as usize;
    (0..).map_while(|beat| beats.get(at(beat)).copied()).collect()
}

/// A tone that swells and fades, so that beats can be told apart.
pub(super) fn tone(pitch: f64) -> Vec<i16> {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a few thousand samples between -1 and 1"
    )]
    let sample = |at: usize| {
        let place = at as f64 / BEAT as f64;
        let swell = (place * 16.0).min((1.0 - place) * 16.0).min(1.0);
        let wave = (std::f64::consts::TAU * pitch * at as f64 / f64::from(RATE)).sin();
        (wave * swell * LOUD * f64::from(i16::MAX)) as i16
    };
    (0..BEAT).map(sample).collect()
}

/// The whole text as samples.
pub(super) fn samples(text: &str, pitch: f64, speed: f64) -> Vec<i16> {
    let (tone, rest) = (tone(pitch), vec![0; BEAT]);
    beats(text, speed)
        .into_iter()
        .flat_map(|sounds| if sounds { tone.clone() } else { rest.clone() })
        .collect()
}
