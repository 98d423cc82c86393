//! Generations: what was asked of a picture engine, how far it came, and what it costs. A generation outlives its service.

mod read;
mod task;
mod turn;
mod write;

pub use task::{Numbered, PictureTool, Press, Task, TaskButton};
pub use turn::Ended;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use super::problem::Problem;
use crate::cell::words;
use crate::{GenerationId, MediaId, PictureId, ServiceId, UnixMs};

/// Among the pictures that go along the mask has this place; the others are counted from 0.
const MASK: i64 = -1;

/// Something that an engine was asked to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Generation {
    /// Its id.
    pub id: GenerationId,
    /// The service asked; none when it is gone.
    pub service_id: Option<ServiceId>,
    /// The model asked.
    pub model: String,
    /// In which way it is made.
    pub kind: GenerationKind,
    /// What was asked for, in the person's words.
    pub prompt: String,
    /// What was asked for beside the words.
    pub options: PictureOptions,
    /// The pictures that went along, in their order.
    pub references: Vec<MediaId>,
    /// Where the first of them is to be changed: a picture that is transparent there.
    pub mask: Option<MediaId>,
    /// How far it came.
    pub state: GenerationState,
    /// Why nothing came, or not everything.
    pub problem: Option<Problem>,
    /// Its place among those that wait for the same service, from 1; 0 when it does not wait.
    #[ts(type = "number")]
    pub place: i64,
    /// The newest preview.
    pub preview_id: Option<MediaId>,
    /// US dollars, where that is known.
    pub cost_usd: Option<f64>,
    /// When it was asked for.
    #[ts(type = "number")]
    pub created_at: UnixMs,
    /// When its turn came.
    #[ts(type = "number | null")]
    pub started_at: Option<UnixMs>,
    /// When it ended, in whatever way.
    #[ts(type = "number | null")]
    pub ended_at: Option<UnixMs>,
    /// The picture whose prompt and settings it began with.
    pub made_from: Option<PictureId>,
    /// What it is at a service that makes pictures as tasks.
    pub task: Option<Task>,
}

impl Generation {
    /// A new one that waits for its turn; what else is known is set by whoever writes it.
    pub fn blank(service: ServiceId, model: &str, prompt: &str, at: UnixMs) -> Self {
        Self {
            id: GenerationId::new(),
            service_id: Some(service),
            model: model.to_owned(),
            kind: GenerationKind::Generation,
            prompt: prompt.to_owned(),
            options: PictureOptions::default(),
            references: Vec::new(),
            mask: None,
            state: GenerationState::Queued,
            problem: None,
            place: 0,
            preview_id: None,
            cost_usd: None,
            created_at: at,
            started_at: None,
            ended_at: None,
            made_from: None,
            task: None,
        }
    }
}

/// In which way pictures are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GenerationKind {
    /// From words alone.
    #[default]
    Generation,
    /// From words and pictures.
    Edit,
    /// From a picture alone.
    Variation,
    /// By asking in a chat.
    Chat,
    /// As a task of Midjourney.
    Midjourney,
    /// By cutting another picture into parts, here.
    Cut,
}

/// How far a generation came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GenerationState {
    /// It waits for its turn; nothing was sent.
    #[default]
    Queued,
    /// It is being made.
    Running,
    /// Everything that will come is known.
    Done,
    /// Nothing came; the problem says why.
    Failed,
    /// The person wanted it no more.
    Cancelled,
    /// Medley was closed while it was being made; it may have been paid for.
    Interrupted,
}

/// What is asked for beside the words. What is none is not sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct PictureOptions {
    /// "1024x1024", "auto"
    pub size: Option<String>,
    /// "standard", "hd", "low", ...
    pub quality: Option<String>,
    /// "vivid", "natural"
    pub style: Option<String>,
    /// "auto", "transparent", "opaque"
    pub background: Option<String>,
    /// "png", "jpeg", "webp"
    pub output_format: Option<String>,
    /// 0 to 100.
    #[ts(type = "number | null")]
    pub output_compression: Option<i64>,
    /// "auto", "low"
    pub moderation: Option<String>,
    /// "low", "high": how closely pictures that go along are followed.
    pub input_fidelity: Option<String>,
    /// How many pictures.
    #[ts(type = "number")]
    pub count: i64,
    /// The button that was pressed, where it is no wish of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub press: Option<Press>,
    /// What a task is asked to do, where it is not to draw what the words say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub tool: Option<PictureTool>,
    /// Fields of the person's own, sent as they are.
    #[ts(type = "Record<string, unknown>")]
    pub extra: Map<String, Value>,
}

impl Default for PictureOptions {
    fn default() -> Self {
        Self {
            size: None,
            quality: None,
            style: None,
            background: None,
            output_format: None,
            output_compression: None,
            moderation: None,
            input_fidelity: None,
            count: 1,
            press: None,
            tool: None,
            extra: Map::new(),
        }
    }
}

impl GenerationState {
    /// Nothing more happens by itself.
    pub fn is_ended(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

words!(GenerationKind else Generation {
    Generation = "generation",
    Edit = "edit",
    Variation = "variation",
    Chat = "chat",
    Midjourney = "midjourney",
    Cut = "cut",
});
words!(GenerationState else Interrupted {
    Queued = "queued",
    Running = "running",
    Done = "done",
    Failed = "failed",
    Cancelled = "cancelled",
    Interrupted = "interrupted",
});
