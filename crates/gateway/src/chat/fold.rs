//! Folds the JSON chunks of an answer, streamed or whole, into events. Takes any JSON without failing; errors
//! inside it are looked for elsewhere.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use super::echo::Echo;
use super::speech::{Manner, Speech, picture};
use super::{Citation, Event, Usage, usage};
use crate::json;

/// More choices than any service offers; entries beyond are ignored so that memory stays bounded.
const MOST_CHOICES: u32 = 128;
/// Bytes of the longest name of an answer.
const LONGEST_ID: usize = 256;
/// Sources and pictures beyond this many are ignored.
const MOST_FINDS: usize = 1000;

/// What an answer has said so far.
#[derive(Debug, Default)]
pub struct Fold {
    choices: BTreeMap<i64, Speech>,
    has_model: bool,
    has_id: bool,
    usage: Option<Usage>,
    seen: HashSet<u64>,
    /// How each choice begins to be read.
    manner: Manner,
}

impl Fold {
    /// The fold of a text that is continued: its words are kept as they stand. What is given back of the text itself
    /// (`echoed`) is taken off.
    pub(crate) fn of_text(echoed: Option<&str>) -> Self {
        Self { manner: Manner::Text(Echo::of(echoed)), ..Self::default() }
    }

    /// Takes the next chunk, or a whole answer, and appends what it says; [`Event::Alive`] when it says nothing.
    pub fn take(&mut self, chunk: &Value, out: &mut VecDeque<Event>) {
        let before = out.len();
        self.take_model(chunk, out);
        self.take_id(chunk, out);
        let mut pictures = Vec::new();
        for entry in json::list(chunk, "choices") {
            if let Some(speech) = self.choice(entry) {
                speech.take(entry, out, &mut pictures);
            }
        }
        // A chat path that answers in the form of the pictures path.
        pictures.extend(json::list(chunk, "data").iter().filter_map(picture));
        self.say_pictures(pictures, out);
        self.say_citations(chunk, out);
        self.usage = usage::read(chunk).or(self.usage);
        if out.len() == before {
            out.push_back(Event::Alive);
        }
    }

    /// Gives out what was held back: unfinished tags, then the last usage report.
    pub fn close(&mut self, out: &mut VecDeque<Event>) {
        self.choices.values_mut().for_each(|speech| speech.close(out));
        out.extend(self.usage.take().map(Event::Usage));
    }

    /// True when at least one choice was seen and each has a reason for its end.
    pub fn is_finished(&self) -> bool {
        !self.choices.is_empty() && self.choices.values().all(Speech::is_finished)
    }

    /// True when anything of an answer was seen.
    pub fn has_begun(&self) -> bool {
        !self.choices.is_empty() || !self.seen.is_empty()
    }

    /// The choice that `entry` belongs to. Told apart by `index`, numbered by appearance: some services count
    /// from 1, and a lone answer must be choice 0.
    fn choice(&mut self, entry: &Value) -> Option<&mut Speech> {
        let index = entry.get("index").and_then(json::whole).unwrap_or(0);
        let number = u32::try_from(self.choices.len()).ok()?;
        if number >= MOST_CHOICES && !self.choices.contains_key(&index) {
            return None;
        }
        Some(self.choices.entry(index).or_insert_with(|| Speech::new(number, self.manner.clone())))
    }

    fn take_model(&mut self, chunk: &Value, out: &mut VecDeque<Event>) {
        if let Some(model) = json::text(chunk, &["model"]).filter(|_| !self.has_model) {
            self.has_model = true;
            out.push_back(Event::Model(model.to_owned()));
        }
    }

    fn take_id(&mut self, chunk: &Value, out: &mut VecDeque<Event>) {
        let sensible = |id: &&str| !id.is_empty() && id.len() <= LONGEST_ID;
        if let Some(id) = json::text(chunk, &["id"]).filter(|_| !self.has_id).filter(sensible) {
            self.has_id = true;
            out.push_back(Event::Id(id.to_owned()));
        }
    }

    fn say_pictures(&mut self, mut pictures: Vec<String>, out: &mut VecDeque<Event>) {
        pictures.retain(|address| self.is_new(address));
        if !pictures.is_empty() {
            out.push_back(Event::Pictures(pictures));
        }
    }

    fn say_citations(&mut self, chunk: &Value, out: &mut VecDeque<Event>) {
        let mut sources: Vec<Citation> = Vec::new();
        for entry in json::list(chunk, "choices") {
            let parts = ["delta", "message"].iter().filter_map(|key| entry.get(key));
            let notes = parts.flat_map(|part| json::list(part, "annotations"));
            sources.extend(notes.filter_map(|note| source(note.get("url_citation").unwrap_or(note))));
        }
        let lists = ["citations", "search_results"].iter().flat_map(|key| json::list(chunk, key));
        sources.extend(lists.filter_map(source));
        sources.retain(|source| self.is_new(&source.url));
        if !sources.is_empty() {
            out.push_back(Event::Citations(sources));
        }
    }

    /// True the first time. Remembers hashes: a picture may be megabytes long.
    fn is_new(&mut self, text: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        self.seen.len() < MOST_FINDS && self.seen.insert(hasher.finish())
    }
}

fn source(note: &Value) -> Option<Citation> {
    let url = note.as_str().or_else(|| json::text(note, &["url"])).filter(|url| !url.is_empty())?;
    Some(Citation { url: url.to_owned(), title: json::text(note, &["title"]).unwrap_or_default().to_owned() })
}
