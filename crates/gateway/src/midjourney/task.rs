//! A task as servers tell it (reference 4.5). Ids stay text, times become milliseconds, and what cannot be read is absent.

use serde_json::Value;

use super::ask::is_seed;
use crate::json;

/// Below this a time is told in seconds.
const SECONDS: i64 = 100_000_000_000;

/// What became of something that was asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Task {
    /// Its number, as text: some have more digits than a float can hold.
    pub id: String,
    /// What it does: `IMAGINE`, `UPSCALE`, ...; may be empty.
    pub action: String,
    /// How far it is.
    pub status: Status,
    /// Per cent, where that is told as a number.
    pub progress: Option<u8>,
    /// What it was asked for.
    pub prompt: String,
    /// What Midjourney made of the prompt, or a result that is text; may be empty.
    pub final_prompt: String,
    /// What it was asked for, in English; may be empty.
    pub prompt_en: String,
    /// What was sent along to know it by.
    pub state: String,
    /// The preview while it is made, the picture once it is done.
    pub picture: Option<String>,
    /// Why it failed, in the server's words; means something with a failure only.
    pub reason: String,
    /// What can be done next.
    pub buttons: Vec<Button>,
    /// Its seed, where that is told.
    pub seed: Option<String>,
    /// When it was asked for, in Unix milliseconds.
    pub submitted_at: Option<i64>,
}

/// Something that can be done with what came of a task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Button {
    /// What is sent when it is pressed, unchanged.
    pub custom_id: String,
    /// An emoji; may be empty.
    pub emoji: String,
    /// What is written on it; may be empty.
    pub label: String,
}

/// How far a task is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    /// It waits, or nothing is known of it yet.
    #[default]
    Waiting,
    /// It wants to be told something first: its pop-up is open.
    PopUp,
    /// It is being made.
    Running,
    /// It is done.
    Success,
    /// It failed.
    Failure,
    /// Somebody wanted it no more.
    Cancelled,
}

impl Status {
    /// Nothing more happens.
    pub fn is_ended(self) -> bool {
        matches!(self, Self::Success | Self::Failure | Self::Cancelled)
    }
}

impl Task {
    /// The task in a value; none when it is something else.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let id = json::scalar(value.get("id")?)?;
        if !["status", "action", "progress", "submitTime"].iter().any(|key| value.get(key).is_some()) {
            return None;
        }
        let text = |key: &str| json::text(value, &[key]).unwrap_or_default().to_owned();
        let told = text("progress");
        let progress = told.trim().trim_end_matches('%').parse().ok().filter(|part: &u8| *part <= 100);
        let picture = json::text(value, &["imageUrl"]).map(str::to_owned);
        let status = match text("status").as_str() {
            "SUCCESS" => Status::Success,
            "FAILURE" => Status::Failure,
            "CANCEL" | "CANCELLED" => Status::Cancelled,
            "MODAL" => Status::PopUp,
            "IN_PROGRESS" => Status::Running,
            // Relays leave it out of some that are done.
            "" if progress == Some(100) && picture.is_some() => Status::Success,
            _ => Status::Waiting,
        };
        let property = |key: &str| json::at(value, &["properties", key]).and_then(json::scalar);
        let mut task = Self {
            id,
            action: text("action"),
            status,
            progress,
            prompt: text("prompt"),
            final_prompt: property("finalPrompt").unwrap_or_default(),
            prompt_en: text("promptEn"),
            state: text("state"),
            picture,
            reason: text("failReason"),
            buttons: json::list(value, "buttons").iter().filter_map(Button::read).collect(),
            seed: property("imageSeed")
                .or_else(|| value.get("seed").and_then(json::scalar))
                .filter(|told| is_seed(told)),
            submitted_at: value.get("submitTime").and_then(moment),
        };
        if task.buttons.is_empty() {
            task.buttons = task.implied();
        }
        Some(task)
    }

    /// Every task in a list, however it is wrapped.
    pub(super) fn list(value: &Value) -> Vec<Self> {
        let wrapped = ["content", "data", "result", "list"].iter().find_map(|key| value.get(key)?.as_array());
        let list = value.as_array().or(wrapped);
        list.into_iter().flatten().filter_map(Self::read).collect()
    }

    /// What the oldest servers offer of a grid without saying so.
    fn implied(&self) -> Vec<Button> {
        let is_grid = matches!(self.action.as_str(), "IMAGINE" | "BLEND" | "VARIATION" | "REROLL");
        if self.status != Status::Success || !is_grid || self.picture.is_none() {
            return Vec::new();
        }
        let button = |custom_id: String, label: String| Button { custom_id, emoji: String::new(), label };
        let of = |name: &str, letter: &str| -> Vec<Button> {
            (1..=4).map(|n| button(format!("MJ::JOB::{name}::{n}"), format!("{letter}{n}"))).collect()
        };
        let again = button("MJ::JOB::reroll::0".into(), "🔄".into());
        [of("upsample", "U"), of("variation", "V"), vec![again]].concat()
    }
}

impl Button {
    fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| json::text(value, &[key]).unwrap_or_default().to_owned();
        let custom_id = text("customId");
        let is_of_use = !custom_id.is_empty() && !custom_id.contains("BOOKMARK");
        is_of_use.then(|| Self { emoji: text("emoji"), label: text("label"), custom_id })
    }
}

fn moment(value: &Value) -> Option<i64> {
    let told = json::whole(value).filter(|told| *told > 0)?;
    Some(if told < SECONDS { told.saturating_mul(1000) } else { told })
}
