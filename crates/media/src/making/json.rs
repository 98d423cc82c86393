//! Settings written as one JSON object. Each program has names of its own for the same few things.

use serde_json::{Map, Value};

use super::{Making, NEGATIVE, SEED};

/// Objects in which some programs put all of it.
const INSIDE: &[&str] = &["sui_image_params", "image"];
const PROMPT: &[&str] = &["positive_prompt", "prompt", "Prompt", "c"];
const MODEL: &[&str] = &["model", "base_model", "Base Model", "Model", "model_weights", "model_name"];
/// What we call a setting, and what others call it.
const SETTINGS: &[(&str, &[&str])] = &[
    (NEGATIVE, &["negative_prompt", "negativeprompt", "Negative Prompt", "uc"]),
    (SEED, &["seed", "Seed", "noise_seed"]),
    ("Steps", &["steps", "Steps"]),
    ("Sampler", &["sampler", "sampler_name", "Sampler"]),
    ("Scheduler", &["scheduler", "Scheduler"]),
    ("CFG scale", &["cfg_scale", "cfgscale", "Guidance Scale", "scale", "cfg"]),
];

pub(super) fn of(text: &str) -> Option<Making> {
    let all: Map<String, Value> = serde_json::from_str(text.trim_matches('\0')).ok()?;
    let inside = INSIDE.iter().find_map(|name| all.get(*name)?.as_object());
    let find = |names: &[&str]| {
        let of = |map: &Map<String, Value>| names.iter().find_map(|name| words(map.get(*name)?));
        inside.and_then(of).or_else(|| of(&all))
    };
    let settings =
        SETTINGS.iter().filter_map(|(name, theirs)| Some(((*name).to_owned(), find(theirs)?))).collect();
    let (prompt, model) = (find(PROMPT).unwrap_or_default(), find(MODEL).unwrap_or_default());
    Making { prompt, model, settings, taken: None }.told()
}

/// A value as words; of a list of prompts those of each, of a model its name.
pub(super) fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(all) => all.iter().filter_map(words).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            ["prompt", "model_name", "name"].iter().find_map(|name| map.get(*name)?.as_str())?.to_owned()
        }
        Value::Null | Value::Bool(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}
