//! An answer as lines with times of the whole recording: by its pieces where it has some, else sentence by sentence, told by its
//! words or by its length. Pure: it asks nobody.

use gateway::transcription::{Segment, Transcription, Word};
use store::table::transcript::{Line, LineWord};

use crate::speech::cut::sentences;

/// The lines of what was heard between two moments of a recording, milliseconds.
pub(super) fn lines(heard: &Transcription, from_ms: i64, to_ms: i64) -> Vec<Line> {
    let pieces: Vec<Segment> =
        heard.segments.iter().filter(|piece| !piece.text.trim().is_empty()).cloned().collect();
    let has_times = pieces.iter().all(|piece| piece.start.is_some());
    let mut pieces = if has_times && !pieces.is_empty() { pieces } else { by_sentences(heard, &pieces) };
    let stretch = Stretch { from_ms, to_ms: to_ms.max(from_ms) };
    let told = pieces.iter().any(|piece| piece.start.is_some());
    if told {
        // Services that tell speakers do not always tell them in order.
        let start = |piece: &Segment| piece.start.unwrap_or_default();
        pieces.sort_by(|one, other| start(one).total_cmp(&start(other)));
    }
    let mut lines: Vec<Line> = if told {
        pieces.iter().enumerate().map(|(at, piece)| stretch.line(piece, pieces.get(at + 1))).collect()
    } else {
        stretch.by_length(&pieces)
    };
    stretch.put_words(&mut lines, &heard.words);
    lines
}

/// Each part knows its speakers by itself: from the second on, the number of the part stands behind their names, for "A" need
/// not be the same person again.
pub(super) fn of_part(lines: Vec<Line>, position: i64) -> Vec<Line> {
    let named = |line: Line| {
        let speaker = format!("{} ({})", line.speaker, position + 1);
        if line.speaker.is_empty() { line } else { Line { speaker, ..line } }
    };
    if position > 0 { lines.into_iter().map(named).collect() } else { lines }
}

struct Stretch {
    from_ms: i64,
    to_ms: i64,
}

impl Stretch {
    /// A moment of the stretch as one of the recording.
    fn moment(&self, seconds: f64) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a few hours")]
        let inside = (seconds.clamp(0.0, 1e7) * 1000.0).round() as i64;
        let last = if self.to_ms > self.from_ms { self.to_ms } else { i64::MAX };
        (self.from_ms + inside).min(last)
    }

    fn line(&self, piece: &Segment, next: Option<&Segment>) -> Line {
        let start_ms = self.moment(piece.start.unwrap_or_default());
        let end = piece.end.or_else(|| next?.start);
        let end_ms = end.map_or(self.to_ms, |end| self.moment(end)).max(start_ms);
        let text = piece.text.trim().to_owned();
        let speaker = piece.speaker.clone().unwrap_or_default();
        Line { start_ms, end_ms, speaker, said: text.clone(), text, ..Line::default() }
    }

    /// Where nothing tells times, each line has its share of the stretch.
    fn by_length(&self, pieces: &[Segment]) -> Vec<Line> {
        let letters = |piece: &Segment| super::count(piece.text.chars().count());
        let all: i64 = pieces.iter().map(letters).sum::<i64>().max(1);
        let at = |before: i64| self.from_ms + (self.to_ms - self.from_ms) * before / all;
        let mut before = 0;
        let line = |piece: &Segment| {
            let start_ms = at(before);
            before += letters(piece);
            Line { start_ms, end_ms: at(before), ..self.line(piece, None) }
        };
        pieces.iter().map(line).collect()
    }

    /// Each word goes to the line that is being said when it is.
    fn put_words(&self, lines: &mut [Line], words: &[Word]) {
        for word in words {
            let (start_ms, end_ms) = (self.moment(word.start), self.moment(word.end));
            let middle = i64::midpoint(start_ms, end_ms);
            let place = lines.partition_point(|line| line.start_ms <= middle).saturating_sub(1);
            if let Some(line) = lines.get_mut(place) {
                line.words.push(LineWord { text: word.text.clone(), start_ms, end_ms });
            }
        }
    }
}

/// The text sentence by sentence, with the times of its words where those are told.
fn by_sentences(heard: &Transcription, untimed: &[Segment]) -> Vec<Segment> {
    let joined = || untimed.iter().map(|piece| piece.text.trim()).collect::<Vec<_>>().join(" ");
    let text = if heard.text.trim().is_empty() { joined() } else { heard.text.clone() };
    // Letters are counted, not words: Chinese and Japanese put no blanks between those. Both have their own number of letters
    // where figures are spelled out.
    let letters = |text: &str| text.chars().filter(|sign| sign.is_alphanumeric()).count();
    let all_text = letters(&text);
    let all_words: usize = heard.words.iter().map(|word| letters(&word.text)).sum();
    let mut words = heard.words.iter();
    let (mut in_text, mut in_words, mut before) = (0, 0, None);
    let sentence = |text: &str| {
        in_text += letters(text);
        let (mut start, mut end) = (None, before);
        while in_words * all_text < in_text * all_words
            && let Some(word) = words.next()
        {
            in_words += letters(&word.text);
            start = start.or(Some(word.start));
            end = Some(word.end);
        }
        // A sentence for which no word is left begins where the one before it ends.
        let start = start.or(before);
        before = end;
        Segment { start, end, text: text.to_owned(), speaker: None }
    };
    sentences(&text).into_iter().filter_map(|range| text.get(range)).map(sentence).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(start: f64, end: f64, text: &str) -> Segment {
        Segment { start: Some(start), end: Some(end), text: text.into(), speaker: Some("A".into()) }
    }

    fn word(text: &str, start: f64) -> Word {
        Word { text: text.into(), start, end: start + 0.4 }
    }

    fn told(lines: &[Line]) -> Vec<(i64, i64, &str, usize)> {
        lines.iter().map(|line| (line.start_ms, line.end_ms, line.text.as_str(), line.words.len())).collect()
    }

    #[test]
    fn times_are_those_of_the_whole_recording() {
        let heard = Transcription {
            segments: vec![
                segment(0.0, 1.0, " One two. "),
                segment(1.0, 9.0, "Three."),
                segment(2.0, 3.0, " "),
            ],
            words: vec![word("One", 0.0), word("two", 0.5), word("Three", 1.2)],
            ..Transcription::default()
        };
        let lines = lines(&heard, 60_000, 65_000);
        assert_eq!(told(&lines), [(60_000, 61_000, "One two.", 2), (61_000, 65_000, "Three.", 1)]);
        assert_eq!(lines[0].words[1], LineWord { text: "two".into(), start_ms: 60_500, end_ms: 60_900 });
        assert_eq!((lines[0].speaker.as_str(), lines[0].said.as_str()), ("A", "One two."));
    }

    #[test]
    fn without_pieces_sentences_take_the_times_of_their_words_or_their_share() {
        let text = "One two. Three four five.".to_owned();
        let words = ["One", "two", "Three", "four", "five"];
        let words = (0_u8..).zip(words).map(|(at, text)| word(text, f64::from(at))).collect();
        let heard = Transcription { text: text.clone(), words, ..Transcription::default() };
        assert_eq!(
            told(&lines(&heard, 0, 5_000)),
            [(0, 1_400, "One two.", 2), (2_000, 4_400, "Three four five.", 3)]
        );
        let heard = Transcription { text, ..Transcription::default() };
        assert_eq!(
            told(&lines(&heard, 1_000, 3_400)),
            [(1_000, 1_800, "One two.", 0), (1_800, 3_400, "Three four five.", 0)]
        );
        let words = ["今天", "天气", "很好", "我们", "去", "河边"];
        let words = (0_u8..).zip(words).map(|(at, text)| word(text, f64::from(at))).collect();
        let heard =
            Transcription {
                text: "今天天气很好。我们去河边。".into(), words, ..Transcription::default()
            };
        assert_eq!(
            told(&lines(&heard, 0, 6_000)),
            [(0, 2_400, "今天天气很好。", 3), (3_000, 5_400, "我们去河边。", 3)]
        );
        assert!(lines(&Transcription::default(), 0, 1_000).is_empty(), "silence says nothing");
    }

    #[test]
    fn lines_are_in_order_and_speakers_of_a_later_part_are_others() {
        let heard = Transcription {
            segments: vec![segment(2.0, 3.0, "Two."), segment(0.0, 1.0, "One.")],
            words: vec![word("One", 0.0), word("Two", 2.0)],
            ..Transcription::default()
        };
        let lines = lines(&heard, 0, 5_000);
        assert_eq!(told(&lines), [(0, 1_000, "One.", 1), (2_000, 3_000, "Two.", 1)]);
        assert_eq!(of_part(lines.clone(), 0)[0].speaker, "A");
        assert_eq!(of_part(lines, 1)[1].speaker, "A (2)");
    }
}
