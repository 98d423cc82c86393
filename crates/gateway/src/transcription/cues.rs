//! Subtitles (SRT and `WebVTT`) as segments: some relays answer so whatever was asked for.

use super::Segment;

const ARROW: &str = "-->";

/// The cues of a text; none when it is no subtitles.
pub(super) fn read(text: &str) -> Vec<Segment> {
    let mut cues: Vec<Segment> = Vec::new();
    let (mut lines, mut inside) = (text.lines().peekable(), false);
    while let Some(line) = lines.next() {
        let line = line.trim();
        if let Some((start, end)) = times(line) {
            cues.push(Segment { start: Some(start), end: Some(end), ..Segment::default() });
            inside = true;
        } else if line.is_empty() {
            inside = false;
        } else if inside && let Some(cue) = cues.last_mut() {
            // The number of the next cue, where the blank line before it is missing.
            let is_number = line.bytes().all(|byte| byte.is_ascii_digit());
            if is_number && lines.peek().is_some_and(|next| next.contains(ARROW)) {
                continue;
            }
            let (words, speaker) = plain(line);
            if !cue.text.is_empty() {
                cue.text.push(' ');
            }
            cue.text.push_str(words.trim());
            cue.speaker = cue.speaker.take().or(speaker);
        }
    }
    cues
}

fn times(line: &str) -> Option<(f64, f64)> {
    let (start, end) = line.split_once(ARROW)?;
    // Behind the end WebVTT tells where the words stand.
    Some((seconds(start.trim())?, seconds(end.split_whitespace().next()?)?))
}

/// `01:02:03,500`, `02:03.500` or `3.5`.
fn seconds(clock: &str) -> Option<f64> {
    let clock = clock.replace(',', ".");
    clock.split(':').try_fold(0.0, |sum, part| Some(sum * 60.0 + part.trim().parse::<f64>().ok()?))
}

/// The words without tags, and who says them: `<v Anna>Good morning.</v>`.
fn plain(line: &str) -> (String, Option<String>) {
    let (mut words, mut speaker, mut rest) = (String::new(), None, line);
    while let Some((before, behind)) = rest.split_once('<') {
        let Some((tag, after)) = behind.split_once('>') else { break };
        words.push_str(before);
        if let Some(name) = tag.strip_prefix("v ") {
            speaker = Some(name.trim().to_owned());
        }
        rest = after;
    }
    words.push_str(rest);
    (words, speaker)
}
