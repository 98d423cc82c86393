//! Subtitles: SRT for films, `WebVTT` for the web. No cue is empty, ends before it begins, or is seen beside the next.

use store::table::transcript::Line;

use super::Told;

/// The shortest cue, milliseconds.
const SHORTEST: i64 = 500;

pub(super) fn srt(told: &Told) -> String {
    let cue = |(number, (line, end)): (usize, (&Line, i64))| {
        let speaker = told.speaker(line);
        let who = if speaker.is_empty() { String::new() } else { format!("{speaker}: ") };
        let (from, to) = (clock(line.start_ms, ','), clock(end, ','));
        format!("{number}\n{from} --> {to}\n{who}{}\n\n", plain(&line.text))
    };
    (1..).zip(cues(&told.lines)).map(cue).collect()
}

pub(super) fn vtt(told: &Told) -> String {
    let cue = |(line, end): (&Line, i64)| {
        let speaker = told.speaker(line).replace(['<', '>', '&'], " ");
        let who = if speaker.is_empty() { String::new() } else { format!("<v {speaker}>") };
        let text = plain(&line.text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("{} --> {}\n{who}{text}\n\n", clock(line.start_ms, '.'), clock(end, '.'))
    };
    format!("WEBVTT\n\n{}", cues(&told.lines).map(cue).collect::<String>())
}

/// Each line that says something, and when it is gone.
fn cues(lines: &[Line]) -> impl Iterator<Item = (&Line, i64)> {
    let said: Vec<&Line> = lines.iter().filter(|line| !line.text.trim().is_empty()).collect();
    (0..said.len()).filter_map(move |at| {
        let line = *said.get(at)?;
        let next = said.get(at + 1).map_or(i64::MAX, |next| next.start_ms);
        let end = line.end_ms.max(line.start_ms + SHORTEST);
        Some((line, if next > line.start_ms { end.min(next) } else { end }))
    })
}

/// A blank line would end the cue, an arrow would begin another.
fn plain(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n").replace("-->", "→")
}

fn clock(ms: i64, point: char) -> String {
    let ms = ms.max(0);
    let (hours, minutes, seconds) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}{point}{:03}", ms % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(start_ms: i64, end_ms: i64, text: &str) -> Line {
        Line { start_ms, end_ms, text: text.into(), ..Line::default() }
    }

    #[test]
    fn cues_are_in_order_and_none_is_torn() {
        assert_eq!(clock(3_723_004, ','), "01:02:03,004");
        let lines = [
            line(0, 5_000, "One"),
            line(2_000, 2_000, "Two"),
            line(3_000, 3_000, " "),
            line(9_000, 9_100, "Three"),
        ];
        let told: Vec<_> = cues(&lines).map(|(line, end)| (line.start_ms, end)).collect();
        assert_eq!(told, [(0, 2_000), (2_000, 2_500), (9_000, 9_500)]);
        assert_eq!(plain("a\n\n b --> c "), "a\nb → c");
    }
}
