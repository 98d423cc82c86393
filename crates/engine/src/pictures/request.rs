//! The fields of a request for pictures: what was asked for, as far as the model takes it, and nothing else but the
//! person's own.

use std::collections::BTreeMap;

use gateway::{Failure, Reading};
use serde_json::{Map, Value};
use store::table::generation::{Generation, GenerationKind, PictureOptions, PictureTool};

use super::abilities::Abilities;
use crate::view::EngineFamily;
use crate::{Code, Error};

/// Previews on the way to a picture.
const PREVIEWS: i64 = 2;

/// Fields that have no meaning where a picture is changed.
const NOT_OF_EDITS: &[&str] = &["style", "moderation"];
/// All that can be said where others like a picture are asked for.
const OF_VARIATIONS: &[&str] = &["model", "n", "size", "response_format"];
/// What services tell of what they used.
const USED: &[&str] = &["size", "quality", "background", "output_format"];
/// Fields without which nothing can be asked for.
const NEEDED: &[&str] = &["model", "prompt"];
/// What the person's own fields cannot replace: what is wished for is what the gallery tells.
const SAID: &[&str] = &["prompt", "messages", "model"];
/// The field that says how many. Where several can be chosen, the price shown is that of so many.
const COUNT: &str = "n";
/// Fields that Medley asks for by itself: nobody misses them.
const UNASKED: &[&str] = &["response_format", "stream", "partial_images"];
/// Under this name the fields that were left out are kept, beside what the service said.
pub(super) const LEFT_OUT: &str = "left_out";

/// Refuses what no service could make anything of.
pub(super) fn check(can: &Abilities, prompt: &str, options: &PictureOptions) -> Result<(), Error> {
    let says_nothing = can.family == EngineFamily::Midjourney
        && matches!(options.tool, Some(PictureTool::Mix | PictureTool::Describe | PictureTool::Swap));
    if prompt.trim().is_empty() && !says_nothing {
        return Err(Code::NothingToSend.into());
    }
    let too_long = can.prompt_limit.is_some_and(|most| prompt.chars().count() > most);
    let is_said = |name: &str| SAID.contains(&name) || (name == COUNT && can.max_count > 1);
    let wrong = [
        ("prompt", too_long),
        (COUNT, !(1..=can.max_count).contains(&options.count)),
        ("output_compression", options.output_compression.is_some_and(|it| !(0..=100).contains(&it))),
        ("extra", options.extra.keys().any(|name| is_said(name))),
    ];
    match wrong.iter().find(|(_, wrong)| *wrong) {
        Some((field, _)) => Err(Error::from(Code::OptionWrong).about(field)),
        None => Ok(()),
    }
}

/// Refuses a tool that has not the pictures which it needs.
pub(super) fn check_along(tool: PictureTool, pictures: usize) -> Result<(), Error> {
    let needed = match tool {
        PictureTool::Mix => 2..=5,
        PictureTool::Describe => 1..=1,
        PictureTool::Shorten => 0..=0,
        PictureTool::Swap => 2..=2,
    };
    if needed.contains(&pictures) { Ok(()) } else { Err(Error::from(Code::OptionWrong).about("references")) }
}

/// The fields to send to the images API.
fn fields(can: &Abilities, model: &str, prompt: &str, options: &PictureOptions) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("model".into(), model.into());
    fields.insert("prompt".into(), prompt.into());
    let format = chosen(options.output_format.as_ref(), can.formats);
    let compressed = matches!(format, Some("jpeg" | "webp")) && can.compression;
    let background = chosen(options.background.as_ref(), can.backgrounds);
    // JPEG knows nothing of transparency, and services refuse both together.
    let background = background.filter(|word| *word != "transparent" || format != Some("jpeg"));
    let words = [
        ("size", size(can, options)),
        ("quality", chosen(options.quality.as_ref(), can.qualities)),
        ("style", chosen(options.style.as_ref(), can.styles)),
        ("background", background),
        ("output_format", format),
        ("moderation", chosen(options.moderation.as_ref(), can.moderations)),
        ("input_fidelity", chosen(options.input_fidelity.as_ref(), can.fidelities)),
    ];
    // "auto" is what happens when nothing is said, and relays do not know the word.
    let said = words.into_iter().filter_map(|(name, word)| Some((name, word.filter(|it| *it != "auto")?)));
    fields.extend(said.map(|(name, word)| (name.to_owned(), word.into())));
    if let Some(compression) = options.output_compression.filter(|_| compressed) {
        fields.insert("output_compression".into(), compression.into());
    }
    if options.count > 1 && can.max_count > 1 {
        fields.insert("n".into(), options.count.min(can.max_count).into());
    }
    match can.family {
        // Bytes in the answer cannot expire.
        EngineFamily::DallE2 | EngineFamily::DallE3 => {
            fields.insert("response_format".into(), "b64_json".into());
        }
        EngineFamily::GptImage if options.count == 1 => {
            fields.insert("stream".into(), true.into());
            fields.insert("partial_images".into(), PREVIEWS.into());
        }
        _ => {}
    }
    fields.extend(options.extra.clone());
    fields
}

/// The fields to send for that way of making.
pub(super) fn fields_of(can: &Abilities, row: &Generation) -> Map<String, Value> {
    let mut fields = fields(can, &row.model, &row.prompt, &row.options);
    match row.kind {
        GenerationKind::Edit => NOT_OF_EDITS.iter().for_each(|name| drop(fields.remove(*name))),
        GenerationKind::Variation => fields.retain(|name, _| OF_VARIATIONS.contains(&name.as_str())),
        GenerationKind::Generation | GenerationKind::Chat => drop(fields.remove("input_fidelity")),
        GenerationKind::Midjourney | GenerationKind::Cut => {}
    }
    fields
}

/// What a service says that it used, by the names of the fields; it may differ from what was asked for.
pub(super) fn used(answered: &Value) -> BTreeMap<String, String> {
    let said = USED.iter().filter_map(|name| Some(((*name).to_owned(), answered.get(name)?)));
    let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    said.map(|(name, value)| (name, word(value))).collect()
}

/// The fields of a wish that do not go out, for the service refused them.
pub(super) fn left_out(wished: &Map<String, Value>, sent: &Map<String, Value>) -> Vec<String> {
    let is_sent = |name: &str| {
        sent.contains_key(name) || (name == "max_tokens" && sent.contains_key("max_completion_tokens"))
    };
    wished.keys().filter(|name| !is_sent(name) && !UNASKED.contains(&name.as_str())).cloned().collect()
}

/// The fields that a picture was made without, as they were kept with it.
pub(super) fn made_without(answered: &Value) -> Vec<String> {
    let kept = answered.get(LEFT_OUT).and_then(Value::as_array);
    kept.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The width and the height that were asked for.
pub(super) fn expected(options: &PictureOptions) -> Option<(i64, i64)> {
    let (width, height) = options.size.as_deref()?.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

/// Leaves out what was refused, where that can be left out. True when something was: then it may be asked again, for
/// whoever refuses a field has made nothing.
pub(super) fn without_refused(fields: &mut Map<String, Value>, failure: &Failure) -> bool {
    if !matches!(failure.status, 400 | 404 | 415 | 422) || failure.reading != Reading::FieldRefused {
        return false;
    }
    let refused = fields.keys().find(|name| failure.names(name) || failure.field.as_ref() == Some(*name));
    let Some(name) = refused.filter(|name| !NEEDED.contains(&name.as_str())).cloned() else { return false };
    fields.remove(&name);
    if name == "stream" {
        fields.remove("partial_images");
    }
    true
}

/// One of the sizes to choose from, or, where any is taken, the person's own.
fn size<'word>(can: &Abilities, options: &'word PictureOptions) -> Option<&'word str> {
    let own = options.size.as_deref().filter(|_| can.any_size && expected(options).is_some());
    chosen(options.size.as_ref(), can.sizes).or(own)
}

/// A word, if it is one of those to choose from.
fn chosen<'word>(word: Option<&'word String>, among: &[&str]) -> Option<&'word str> {
    word.map(String::as_str).filter(|word| among.contains(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::abilities;
    use super::*;

    /// Everything chosen at once.
    fn all() -> PictureOptions {
        PictureOptions {
            size: Some("1024x1024".into()),
            quality: Some("hd".into()),
            style: Some("natural".into()),
            background: Some("transparent".into()),
            output_format: Some("webp".into()),
            output_compression: Some(80),
            moderation: Some("low".into()),
            input_fidelity: Some("high".into()),
            count: 1,
            press: None,
            tool: None,
            extra: Map::new(),
        }
    }

    fn sent(model: &str, options: &PictureOptions) -> Value {
        fields(&abilities::of(model), model, "a boat", options).into()
    }

    #[test]
    fn each_family_gets_its_own_fields_and_no_others() {
        let three = json!({
            "model": "dall-e-3", "prompt": "a boat", "size": "1024x1024", "quality": "hd", "style": "natural",
            "response_format": "b64_json"
        });
        assert_eq!(sent("dall-e-3", &all()), three);
        let two = PictureOptions { count: 3, ..all() };
        let expected = json!({
            "model": "dall-e-2", "prompt": "a boat", "size": "1024x1024", "n": 3, "response_format": "b64_json"
        });
        assert_eq!(sent("dall-e-2", &two), expected);
        let gpt = PictureOptions { quality: Some("high".into()), ..all() };
        let expected = json!({
            "model": "gpt-image-1", "prompt": "a boat", "size": "1024x1024", "quality": "high",
            "background": "transparent", "output_format": "webp", "moderation": "low",
            "input_fidelity": "high", "output_compression": 80,
            "stream": true, "partial_images": 2
        });
        assert_eq!(sent("gpt-image-1", &gpt), expected);
        let expected = json!({"model": "flux", "prompt": "a boat", "size": "1024x1024"});
        assert_eq!(sent("flux", &all()), expected, "unknown models get what all take");
    }

    #[test]
    fn each_way_of_making_gets_its_own_fields() {
        let sent = |model: &str, kind, count| {
            let options = PictureOptions { count, size: Some("512x512".into()), ..all() };
            let blank = Generation::blank(store::ServiceId::new(), model, "a boat", 0);
            Value::from(fields_of(&abilities::of(model), &Generation { kind, options, ..blank }))
        };
        let vary = json!({"model": "dall-e-2", "size": "512x512", "n": 4, "response_format": "b64_json"});
        assert_eq!(sent("dall-e-2", GenerationKind::Variation, 4), vary);
        let edit = sent("gpt-image-1", GenerationKind::Edit, 1);
        assert_eq!((&edit["moderation"], &edit["prompt"]), (&Value::Null, &json!("a boat")));
        assert_eq!(edit["input_fidelity"], "high");
        assert_eq!(sent("gpt-image-1-mini", GenerationKind::Edit, 1)["input_fidelity"], Value::Null);
        assert_eq!(sent("gpt-image-1", GenerationKind::Generation, 1)["input_fidelity"], Value::Null);
        assert_eq!(sent("gpt-image-1", GenerationKind::Generation, 1)["moderation"], "low");
    }

    #[test]
    fn what_was_not_chosen_is_not_sent() {
        let nothing = PictureOptions::default();
        assert_eq!(sent("flux", &nothing), json!({"model": "flux", "prompt": "a boat"}));
        let auto = PictureOptions {
            size: Some("auto".into()),
            quality: Some("auto".into()),
            background: Some("auto".into()),
            count: 2,
            ..nothing.clone()
        };
        assert_eq!(sent("gpt-image-1", &auto), json!({"model": "gpt-image-1", "prompt": "a boat", "n": 2}));
        let png =
            PictureOptions { output_compression: Some(5), output_format: Some("png".into()), ..nothing };
        assert_eq!(sent("gpt-image-1", &png)["output_compression"], Value::Null, "PNG loses nothing");
    }

    #[test]
    fn jpeg_is_never_transparent() {
        let options = PictureOptions {
            background: Some("transparent".into()),
            output_format: Some("jpeg".into()),
            ..PictureOptions::default()
        };
        let sent = sent("gpt-image-1", &options);
        assert_eq!((&sent["background"], &sent["output_format"]), (&Value::Null, &json!("jpeg")));
    }

    #[test]
    fn sizes_of_ones_own_go_where_any_is_taken() {
        let own = |model: &str, size: &str| {
            sent(model, &PictureOptions { size: Some(size.into()), ..PictureOptions::default() })["size"]
                .clone()
        };
        assert_eq!(own("flux", "800x600"), "800x600");
        assert_eq!(own("gpt-image-2", "1920x1088"), "1920x1088");
        assert_eq!(own("dall-e-3", "800x600"), Value::Null, "it would be refused");
        assert_eq!(own("flux", "wide"), Value::Null, "and this is no size");
    }

    #[test]
    fn the_persons_own_fields_come_last() {
        let Value::Object(extra) = json!({"size": "2x2", "seed": 7}) else { unreachable!("it is an object") };
        let sent = sent("flux", &PictureOptions { extra, ..all() });
        assert_eq!((&sent["size"], &sent["seed"]), (&json!("2x2"), &json!(7)));
    }

    #[test]
    fn what_cannot_be_asked_for_is_refused_by_name() {
        let refused = |model: &str, prompt: &str, options: PictureOptions| {
            check(&abilities::of(model), prompt, &options).map_err(|error| (error.code, error.facts.field))
        };
        let nothing = PictureOptions::default;
        let wrong = |field: &str| Err((Code::OptionWrong, Some(field.to_owned())));
        assert_eq!(refused("dall-e-3", "a boat", nothing()), Ok(()));
        assert_eq!(refused("dall-e-3", " \n", nothing()), Err((Code::NothingToSend, None)));
        assert_eq!(refused("dall-e-2", &"x".repeat(1001), nothing()), wrong("prompt"));
        assert_eq!(refused("dall-e-3", "a", PictureOptions { count: 2, ..nothing() }), wrong("n"));
        assert_eq!(refused("dall-e-2", "a", PictureOptions { count: 0, ..nothing() }), wrong("n"));
        let compression = PictureOptions { output_compression: Some(101), ..nothing() };
        assert_eq!(refused("gpt-image-1", "a", compression), wrong("output_compression"));
        let own = |name: &str| {
            let extra = [(name.to_owned(), json!(10))].into_iter().collect();
            PictureOptions { extra, ..nothing() }
        };
        for said in ["prompt", "messages", "model", "n"] {
            assert_eq!(refused("flux", "a", own(said)), wrong("extra"), "{said}");
        }
        assert_eq!(refused("dall-e-3", "a", own("n")), Ok(()), "there is no control for it");
    }

    #[test]
    fn what_goes_out_under_another_name_or_was_never_wished_for_is_not_missed() {
        let map = |fields: Value| fields.as_object().cloned().unwrap_or_default();
        let wished = map(json!({"max_tokens": 9, "seed": 7, "size": "2x2", "stream": true}));
        let sent = map(json!({"max_completion_tokens": 9, "size": "2x2"}));
        assert_eq!(left_out(&wished, &sent), ["seed"]);
        assert_eq!(left_out(&wished, &map(json!({"seed": 7}))), ["max_tokens", "size"]);
    }

    #[test]
    fn a_refused_field_is_left_out_and_nothing_else() {
        let refusal = |field: &str| Failure {
            status: 400,
            reading: Reading::FieldRefused,
            field: Some(field.into()),
            ..Failure::default()
        };
        let Value::Object(mut body) = sent("gpt-image-1", &PictureOptions::default()) else {
            unreachable!("it is an object")
        };
        assert!(without_refused(&mut body, &refusal("stream")));
        assert_eq!(Value::from(body.clone()), json!({"model": "gpt-image-1", "prompt": "a boat"}));
        assert!(!without_refused(&mut body, &refusal("prompt")), "without it there is nothing to ask");
        assert!(!without_refused(&mut body, &refusal("seed")), "it was not sent");
        let policy = Failure { reading: Reading::Policy, ..refusal("size") };
        assert!(!without_refused(&mut body, &policy), "that is not about a field");
    }
}
