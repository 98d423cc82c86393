//! What a model is for: what the service says about it, else a guess from its name. A wrong guess hides nothing,
//! since any name can be typed in.

use serde_json::Value;

use crate::json;

/// What a model is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Conversation; also everything that cannot be told.
    #[default]
    Chat,
    /// Draws pictures.
    Image,
    /// Midjourney through a gateway.
    Midjourney,
    /// Reads text aloud.
    Speech,
    /// Writes down what is said.
    Transcription,
    /// Turns text into numbers for searching.
    Embedding,
    /// None of these (moderation, ranking, video): not to be chatted with.
    Other,
}

impl Kind {
    /// A stable lower-case name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Image => "image",
            Self::Midjourney => "midjourney",
            Self::Speech => "speech",
            Self::Transcription => "transcription",
            Self::Embedding => "embedding",
            Self::Other => "other",
        }
    }
}

/// Parts of names, and whole words of names, by kind; the first row that fits counts.
const NAMES: &[(Kind, &[&str], &[&str])] = &[
    (Kind::Other, &["rerank", "moderation"], &[]),
    (Kind::Embedding, &["embed"], &["bge"]),
    (Kind::Transcription, &["whisper", "transcribe"], &["asr"]),
    // These two are asked by chat (reference 3.8); the names of its tasks begin with "mj_".
    (Kind::Chat, &["mj-chat", "midjourney"], &[]),
    (Kind::Midjourney, &["niji"], &["mj"]),
    (
        Kind::Image,
        &["dall-e", "dalle", "gpt-image", "stable-diffusion", "imagen-", "sdxl"],
        &["flux", "sd", "sd3"],
    ),
    (Kind::Speech, &[], &["tts"]),
];

/// The kind of the model `id`, listed as `entry`.
pub(crate) fn of(id: &str, entry: &Value) -> Kind {
    stated(entry).unwrap_or_else(|| guessed(id))
}

/// What Together (`type`), LiteLLM (`mode`), OpenRouter (`architecture`) and new-api (endpoint types) say.
fn stated(entry: &Value) -> Option<Kind> {
    let word = json::text(entry, &["type", "mode"]).and_then(|word| match word {
        "image" | "image_generation" => Some(Kind::Image),
        "embedding" | "embeddings" => Some(Kind::Embedding),
        "audio_transcription" | "transcribe" => Some(Kind::Transcription),
        "audio_speech" => Some(Kind::Speech),
        "rerank" | "moderation" | "video" => Some(Kind::Other),
        _ => None,
    });
    word.or_else(|| by_output(entry)).or_else(|| by_endpoints(entry))
}

fn by_output(entry: &Value) -> Option<Kind> {
    let outputs = json::list(entry.get("architecture")?, "output_modalities");
    let has = |name: &str| outputs.iter().any(|output| output.as_str() == Some(name));
    if has("text") {
        return None;
    }
    let kinds = [("image", Kind::Image), ("audio", Kind::Speech), ("embeddings", Kind::Embedding)];
    kinds.into_iter().find(|(name, _)| has(name)).map(|(_, kind)| kind)
}

/// Only the kinds that new-api knows for sure: it lists `openai` for everything else, speech included.
fn by_endpoints(entry: &Value) -> Option<Kind> {
    let types = json::list(entry, "supported_endpoint_types");
    let has = |name: &str| types.iter().any(|kind| kind.as_str() == Some(name));
    match () {
        () if has("image-generation") && !has("openai") => Some(Kind::Image),
        () if has("embeddings") => Some(Kind::Embedding),
        () if has("jina-rerank") => Some(Kind::Other),
        () => None,
    }
}

fn guessed(id: &str) -> Kind {
    let name = id.to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let fits = |parts: &[&str], whole: &[&str]| {
        parts.iter().any(|part| name.contains(part)) || whole.iter().any(|word| words.contains(word))
    };
    NAMES.iter().find(|(_, parts, whole)| fits(parts, whole)).map_or(Kind::Chat, |(kind, ..)| *kind)
}
