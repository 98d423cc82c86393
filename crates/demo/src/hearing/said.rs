//! What is heard in a file, in each form of an answer: a sentence every three seconds, said by two people in turn.

use serde_json::{Value, json};

use super::ask::Ask;

/// Seconds from one sentence to the next, and how long one is.
const STEP: f64 = 3.0;
const LONG: f64 = 2.6;
/// A file shorter than this is silent.
const SHORTEST: f64 = 0.4;

const SENTENCES: &[&str] = &[
    "The river rises in the hills.",
    "It crosses the plain and feeds the mills.",
    "In spring it carries ice and branches.",
    "The bridge is older than the town.",
    "Nobody knows who built it.",
    "At last it reaches the sea.",
];
const FRIENDLY: &[&str] = &[
    "This is a demonstration.",
    "Nothing was sent anywhere, so these words were written beforehand.",
    "Each of them has its time, and a press on a line plays it from there.",
    "Connect a service, and what is really said will stand here.",
];

/// What is heard.
pub(super) struct Said {
    lines: Vec<Line>,
    length: f64,
    language: &'static str,
    task: &'static str,
}

struct Line {
    start: f64,
    end: f64,
    text: &'static str,
}

impl Said {
    pub(super) fn new(ask: &Ask, is_welcome: bool) -> Self {
        let sentences = if is_welcome { FRIENDLY } else { SENTENCES };
        let starts = std::iter::successors(Some(0.0), |start: &f64| Some(start + STEP));
        let lines = starts
            .take_while(|start| start + SHORTEST <= ask.length)
            .zip(sentences.iter().cycle())
            .map(|(start, text)| Line { start, end: (start + LONG).min(ask.length), text })
            .collect();
        let task = if ask.is_translation { "translate" } else { "transcribe" };
        Self { lines, length: ask.length, language: "english", task }
    }

    pub(super) fn text(&self) -> String {
        self.lines.iter().map(|line| line.text).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn plain(&self) -> Value {
        json!({"text": self.text(), "usage": {"type": "duration", "seconds": self.length.ceil()}})
    }

    pub(super) fn verbose(&self, ask: &Ask) -> Value {
        let segments: Vec<Value> = (0..)
            .zip(&self.lines)
            .map(|(id, line): (u32, _)| {
                json!({"id": id, "seek": 0, "start": line.start, "end": line.end, "text": format!(" {}", line.text),
                       "tokens": [50364], "temperature": 0.0, "avg_logprob": -0.2, "compression_ratio": 0.7,
                       "no_speech_prob": 0.01})
            })
            .collect();
        let mut body = json!({"task": self.task, "language": self.language, "duration": self.length,
            "text": self.text(), "segments": segments, "usage": {"type": "duration", "seconds": self.length.ceil()}});
        if ask.wants_words
            && !ask.is_translation
            && let Some(body) = body.as_object_mut()
        {
            body.insert("words".into(), self.lines.iter().flat_map(words).collect());
        }
        body
    }

    pub(super) fn diarized(&self) -> Value {
        let segments: Vec<Value> = (0..)
            .zip(&self.lines)
            .map(|(id, line): (usize, _)| {
                json!({"type": "transcript.text.segment", "id": format!("seg_{id}"), "start": line.start,
                       "end": line.end, "text": line.text, "speaker": if id % 2 == 0 { "A" } else { "B" }})
            })
            .collect();
        json!({"task": self.task, "duration": self.length, "text": self.text(), "segments": segments,
               "usage": {"type": "duration", "seconds": self.length.ceil()}})
    }

    pub(super) fn srt(&self) -> String {
        let cue = |(number, line): (u32, &Line)| {
            format!("{number}\n{} --> {}\n{}\n\n", clock(line.start, ','), clock(line.end, ','), line.text)
        };
        (1..).zip(&self.lines).map(cue).collect()
    }

    pub(super) fn vtt(&self) -> String {
        let cue = |line: &Line| {
            format!("{} --> {}\n{}\n\n", clock(line.start, '.'), clock(line.end, '.'), line.text)
        };
        "WEBVTT\n\n".to_owned() + &self.lines.iter().map(cue).collect::<String>()
    }
}

/// The words of a line, without the signs around them, as Whisper tells them.
fn words(line: &Line) -> Vec<Value> {
    let all: Vec<&str> = line.text.split_whitespace().collect();
    #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
    let step = (line.end - line.start) / all.len().max(1) as f64;
    let begins = std::iter::successors(Some(line.start), |start| Some(start + step));
    let bare = |word: &str| word.trim_matches(|sign: char| !sign.is_alphanumeric()).to_owned();
    begins
        .zip(all)
        .map(|(start, word)| json!({"word": bare(word), "start": start, "end": start + step}))
        .collect()
}

fn clock(seconds: f64, point: char) -> String {
    let whole = seconds.floor();
    let millis = ((seconds - whole) * 1000.0).round();
    let (hours, minutes) = ((whole / 3600.0).floor(), (whole / 60.0).floor() % 60.0);
    format!("{hours:02}:{minutes:02}:{:02}{point}{millis:03}", whole % 60.0)
}
