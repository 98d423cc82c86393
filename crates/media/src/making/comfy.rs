//! `ComfyUI` writes down how its boxes hang together. The words are found by walking from the box that draws to the one that
//! the words were typed into.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::json::words;
use super::{Making, NEGATIVE, SEED};

/// Inputs of a box that hold words, in this order.
const TYPED: &[&str] = &["text", "prompt", "positive", "t5xxl", "text_g", "clip_l", "string", "value"];
/// Inputs that lead on to the words.
const LEADS: &[&str] =
    &["positive", "guider", "conditioning", "conditioning_to", "text", "prompt", "string", "value"];
/// Inputs that name what draws.
const MODELS: &[&str] = &["ckpt_name", "unet_name", "model_name"];
/// What we call a setting, and the inputs that hold it.
const SETTINGS: &[(&str, &[&str])] = &[
    (SEED, &["seed", "noise_seed"]),
    ("Steps", &["steps"]),
    ("Sampler", &["sampler_name"]),
    ("Scheduler", &["scheduler"]),
    ("CFG scale", &["cfg"]),
];

type Inputs = Map<String, Value>;

/// The boxes by their ids, as they were carried out.
pub(super) fn of_prompt(text: &str) -> Option<Making> {
    let boxes: Map<String, Value> = read(text)?;
    let inputs = |id: &str| boxes.get(id)?.get("inputs")?.as_object();
    let all = || boxes.keys().filter_map(|id| inputs(id));
    // What draws is led to the words itself, or by a guide.
    let draws = all()
        .find(|inputs| inputs.contains_key("positive"))
        .or_else(|| all().find(|it| it.contains_key("guider")))?;
    let follow = |names: &[&str]| {
        let mut seen = HashSet::new();
        names.iter().find_map(|name| typed(&inputs, draws.get(*name)?, &mut seen))
    };
    let find = |names: &[&str]| {
        let of = |inputs: &Inputs| names.iter().find_map(|name| plain(inputs.get(*name)?));
        of(draws).or_else(|| all().find_map(of))
    };
    let negative = follow(&["negative"]).map(|words| (NEGATIVE.to_owned(), words));
    let settings = SETTINGS.iter().filter_map(|(name, theirs)| Some(((*name).to_owned(), find(theirs)?)));
    Making {
        prompt: follow(&["positive", "guider"])?,
        model: find(MODELS).unwrap_or_default(),
        settings: negative.into_iter().chain(settings).collect(),
        taken: None,
    }
    .told()
}

/// The boxes as they lay on the table, where nothing else is left: only the words are found in them.
pub(super) fn of_workflow(text: &str) -> Option<Making> {
    let table: Map<String, Value> = read(text)?;
    let (boxes, links) = (table.get("nodes")?.as_array()?, table.get("links")?.as_array()?);
    let (boxes_by, links_by) = (by_id(boxes, |from| from.get("id")), by_id(links, |link| link.get(0)));
    let into = |draws: &Value| {
        let inputs = draws.get("inputs")?.as_array()?;
        let positive =
            inputs.iter().find(|input| input.get("name").is_some_and(|name| name == "positive"))?;
        let wanted = positive.get("link")?;
        let link = links_by.get(wanted)?;
        let from = boxes_by.get(link.get(1)?)?;
        words(from.get("widgets_values")?.get(0)?)
    };
    let prompt = boxes.iter().find_map(into)?;
    Making { prompt, ..Making::default() }.told()
}

/// Each by its id; the first of those with the same.
fn by_id(all: &[Value], id: fn(&Value) -> Option<&Value>) -> HashMap<&Value, &Value> {
    all.iter().rev().filter_map(|one| Some((id(one)?, one))).collect()
}

/// Python writes a word into its JSON that is none.
fn read(text: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(text).ok().or_else(|| serde_json::from_str(&text.replace("NaN", "null")).ok())
}

/// A value that does not come from another box.
fn plain(value: &Value) -> Option<String> {
    if value.is_array() { None } else { words(value) }
}

/// The words at the end of what leads away from here. Boxes may hang together in circles.
fn typed<'all>(
    inputs: &impl Fn(&str) -> Option<&'all Inputs>,
    from: &'all Value,
    seen: &mut HashSet<&'all str>,
) -> Option<String> {
    let mut waiting = vec![from];
    while let Some(from) = waiting.pop() {
        let Some(id) = from.get(0).and_then(Value::as_str) else { continue };
        let Some(inputs) = inputs(id).filter(|_| seen.insert(id)) else { continue };
        if let Some(words) = TYPED.iter().find_map(|name| plain(inputs.get(*name)?)) {
            return Some(words);
        }
        // The last one that waits is the next one.
        waiting.extend(LEADS.iter().rev().filter_map(|name| inputs.get(*name)));
    }
    None
}
