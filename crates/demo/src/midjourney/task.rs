//! Tasks and what becomes of them as time goes by. What they look like on the wire is told elsewhere.

use std::collections::BTreeMap;

use crate::log;

/// The first number; the next ones follow.
const FIRST: u64 = 1_760_000_000_000_001;
/// A preview for each so many per cent.
pub(super) const STEP: u64 = 25;

/// All tasks of a demo.
#[derive(Default)]
pub(crate) struct Tasks {
    all: BTreeMap<u64, Task>,
    /// How often something was asked for that was full at first.
    pub(super) tried: BTreeMap<String, u32>,
    /// How often each task was asked about.
    pub(super) asked: BTreeMap<u64, u32>,
}

/// One task.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) id: u64,
    pub(super) action: &'static str,
    pub(super) prompt: String,
    pub(super) state: String,
    pub(super) looks: Looks,
    pub(super) fate: Fate,
    /// When it was asked for.
    pub(super) at: u64,
    /// When it was begun; not while its pop-up is open.
    pub(super) begun: Option<u64>,
    pub(super) takes: u64,
    /// When somebody wanted it no more.
    pub(super) cancelled: bool,
    /// What its pop-up wants.
    pub(super) wants: Option<Wants>,
    /// What can be said about it in words.
    pub(super) words: String,
}

/// What a pop-up wants to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wants {
    Zoom,
    Region,
    Remix,
}

/// What came of it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// Four by these seeds, in these parts of width and height.
    Grid { seed: u32, width: u32, height: u32 },
    /// One.
    Single { seed: u32, width: u32, height: u32 },
    /// No picture.
    Words,
}

/// How it goes, chosen by words in the prompt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Fate {
    #[default]
    Well,
    /// `fails`: the server gives up half-way.
    Fails,
    /// `forgotten`: the server does not know it any more half-way.
    Forgotten,
    /// `stumbles`: every other question about it meets a fault of the server.
    Stumbles,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Modal,
    Submitted,
    Running(u64),
    Success,
    Failure,
    Cancelled,
    Gone,
}

impl Fate {
    pub(super) fn of(prompt: &str) -> Self {
        let says = |word: &str| prompt.split_whitespace().any(|said| said == word);
        match () {
            () if says("fails") => Self::Fails,
            () if says("forgotten") => Self::Forgotten,
            () if says("stumbles") => Self::Stumbles,
            () => Self::Well,
        }
    }
}

impl Tasks {
    pub(super) fn get(&self, id: u64) -> Option<&Task> {
        self.all.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: u64) -> Option<&mut Task> {
        self.all.get_mut(&id)
    }

    pub(super) fn newest_first(&self) -> impl Iterator<Item = &Task> {
        self.all.values().rev()
    }

    /// Keeps a task under the next number.
    pub(super) fn add(&mut self, task: Task) -> u64 {
        let id = self.all.last_key_value().map_or(FIRST, |(last, _)| last + 1);
        self.all.insert(id, Task { id, ..task });
        id
    }
}

impl Task {
    pub(super) fn stage(&self, now: u64) -> Stage {
        let Some(begun) = self.begun else {
            return if self.cancelled { Stage::Cancelled } else { Stage::Modal };
        };
        let percent = now.saturating_sub(begun).saturating_mul(100).checked_div(self.takes).unwrap_or(100);
        match (percent, self.fate) {
            _ if self.cancelled => Stage::Cancelled,
            (50.., Fate::Fails) => Stage::Failure,
            (50.., Fate::Forgotten) => Stage::Gone,
            (100.., _) => Stage::Success,
            (..10, _) => Stage::Submitted,
            (percent, _) => Stage::Running(percent),
        }
    }
}

/// A number that follows from words.
pub(super) fn seed_of(words: &str) -> u32 {
    let digest = log::sha256(words.as_bytes());
    digest.get(..7).and_then(|start| u32::from_str_radix(start, 16).ok()).unwrap_or(7)
}

/// The value of a flag in a prompt.
pub(super) fn flag<'a>(prompt: &'a str, name: &str) -> Option<&'a str> {
    let mut words = prompt.split_whitespace();
    words.find(|word| *word == name)?;
    words.next()
}

/// A grid for a prompt: shaped by `--ar`, seeded by `--seed` or the words.
pub(super) fn grid_of(prompt: &str, salt: u64) -> Looks {
    let ratio = flag(prompt, "--ar").and_then(|told| told.split_once(':'));
    let ratio = ratio.and_then(|(w, h)| Some((w.parse::<u32>().ok()?, h.parse::<u32>().ok()?)));
    let (across, down) = ratio.filter(|(w, h)| *w > 0 && *h > 0).unwrap_or((1, 1));
    let longest = across.max(down);
    let side = |part: u32| (512 * part / longest).clamp(128, 512);
    let seed = flag(prompt, "--seed").and_then(|told| told.parse().ok());
    let seed = seed.unwrap_or_else(|| seed_of(&format!("{prompt}{salt}")));
    Looks::Grid { seed, width: side(across), height: side(down) }
}
