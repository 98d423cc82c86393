//! What each kind of speaking model takes, told by its name (reference 7.3), and the fields of a request that fit it. It asks
//! nobody.

use serde_json::{Map, Value};
use store::table::learnt::LearntRow;
use store::table::model::{Model, ModelKind};
use store::table::sound::SoundOptions;

use crate::view::Speaker;

const CLASSIC: &[&str] = &["alloy", "echo", "fable", "onyx", "nova", "shimmer"];
const NEWER: &[&str] = &[
    "alloy", "echo", "fable", "onyx", "nova", "shimmer", "ash", "ballad", "coral", "sage", "verse", "marin",
    "cedar",
];
/// The forms that OpenAI's models give.
const FORMATS: &[&str] = &["mp3", "opus", "aac", "flac", "wav", "pcm"];
/// Fields without which nothing can be asked for.
const NEEDED: &[&str] = &["model", "input", "voice"];

/// What models of one family take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Abilities {
    /// Known by name; others can be typed in.
    pub(crate) voices: &'static [&'static str],
    pub(crate) formats: &'static [&'static str],
    /// How it is to sound can be said in words.
    pub(crate) instructions: bool,
}

const OLD: Abilities = Abilities { voices: CLASSIC, formats: FORMATS, instructions: false };
const NEW: Abilities = Abilities { voices: NEWER, formats: FORMATS, instructions: true };
/// Of other makers nothing is known; most take the classic names, and speak in their own form whatever is asked for.
const OTHER: Abilities = Abilities { voices: CLASSIC, formats: &["mp3", "wav"], instructions: true };

/// What the model of this name takes.
pub(crate) fn of(model: &str) -> Abilities {
    let name = model.to_lowercase();
    // Resellers put the maker before the name, and their own marks behind it.
    let name = name.rsplit('/').next().unwrap_or_default();
    match () {
        () if name.starts_with("tts-1") => OLD,
        () if name.starts_with("gpt-") && name.contains("tts") => NEW,
        () => OTHER,
    }
}

/// A model as a speaker; none when it does not read aloud.
pub(super) fn speaker(model: &Model, learnt: &[LearntRow]) -> Option<Speaker> {
    if model.kind != ModelKind::Speech {
        return None;
    }
    let can = of(&model.name);
    let row = learnt.iter().find(|row| row.service_id == model.service_id && row.model == model.name);
    let refuses = |field: &str| row.is_some_and(|row| row.learnt.refused_fields.iter().any(|it| it == field));
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Some(Speaker {
        service_id: model.service_id,
        model: model.name.clone(),
        label: model.label.clone(),
        favourite: model.favourite,
        voices: words(can.voices),
        formats: if refuses("response_format") { Vec::new() } else { words(can.formats) },
        speed: !refuses("speed"),
        instructions: can.instructions && !refuses("instructions"),
        price_in: model.price_in,
        price_call: model.price_call,
    })
}

/// The fields to send for a text: what was chosen, as far as the model takes it.
pub(super) fn fields(model: &str, voice: &str, input: &str, options: &SoundOptions) -> Map<String, Value> {
    let can = of(model);
    let mut fields = Map::new();
    fields.insert("model".into(), model.into());
    fields.insert("input".into(), input.into());
    fields.insert("voice".into(), voice.into());
    if let Some(format) = options.format.as_deref().filter(|format| can.formats.contains(format)) {
        fields.insert("response_format".into(), format.into());
    }
    if let Some(speed) = options.speed.filter(|speed| (speed - 1.0).abs() > f64::EPSILON) {
        fields.insert("speed".into(), speed.into());
    }
    let instructions = options.instructions.trim();
    if can.instructions && !instructions.is_empty() {
        fields.insert("instructions".into(), instructions.into());
    }
    fields
}

/// Leaves out the field that was refused, and tells which, where that can be left out.
pub(super) fn without_refused(fields: &mut Map<String, Value>, failure: &gateway::Failure) -> Option<String> {
    if !matches!(failure.status, 400 | 404 | 415 | 422) || failure.reading != gateway::Reading::FieldRefused {
        return None;
    }
    let name = fields.keys().find(|name| failure.names(name))?.clone();
    if NEEDED.contains(&name.as_str()) {
        return None;
    }
    fields.remove(&name);
    Some(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn all() -> SoundOptions {
        SoundOptions { speed: Some(1.5), format: Some("wav".into()), instructions: " whisper ".into() }
    }

    #[test]
    fn only_what_fits_is_sent() {
        fn sent(model: &str, options: &SoundOptions) -> Value {
            Value::Object(fields(model, "nova", "Hello.", options))
        }
        let plain = json!({"model": "tts-1", "input": "Hello.", "voice": "nova"});
        assert_eq!(sent("tts-1", &SoundOptions::default()), plain, "no default is sent");
        let normal = SoundOptions { speed: Some(1.0), ..SoundOptions::default() };
        assert_eq!(sent("tts-1", &normal), plain, "nor what is the same");
        for model in ["tts-1", "tts-1-hd", "openai/tts-1", "tts-1-1106"] {
            let sent = sent(model, &all());
            assert_eq!((sent.get("instructions"), &sent["speed"]), (None, &json!(1.5)), "{model}");
        }
        let sent = sent("gpt-4o-mini-tts", &all());
        assert_eq!((&sent["instructions"], &sent["response_format"]), (&json!("whisper"), &json!("wav")));
    }

    #[test]
    fn newer_models_have_more_voices() {
        assert_eq!((of("tts-1").voices.len(), of("gpt-4o-mini-tts").voices.len()), (6, 13));
        assert_eq!(of("kokoro-tts").formats, ["mp3", "wav"], "of others little is known");
    }
}
