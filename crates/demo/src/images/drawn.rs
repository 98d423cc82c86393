//! Answers of the pictures path that go well, in the shapes of the three families, whole and as events.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde_json::{Value, json};

use super::{
    ask::{Ask, Kind},
    draw::{Format, RIDGES, Sketch},
};
use crate::{
    chunk::set,
    fault::Fault,
    log,
    reply::{JSON, Live, Reply, Step, send, wait},
    script::Cast,
    welcome,
};

/// Where addresses of drawn pictures lead, below `/files/`.
pub(crate) const FOLDER: &str = "drawn/";

const NOT_DRAWN: Fault = Fault::new(500, "server_error", "server_error", "The picture could not be drawn.");

/// What `reply` answers at the address of a picture.
pub(crate) fn file(sketch: &Sketch) -> Reply {
    match sketch.file(Format::Png) {
        Ok(bytes) => Reply::body(200, "image/png", bytes),
        Err(_) => Reply::body(500, "text/plain", ""),
    }
}

/// Addresses, or files where they are asked for.
pub(crate) fn dall_e(ask: &Ask) -> Reply {
    let item = |sketch: Sketch| {
        let mut item = if ask.wants_files() {
            json!({"b64_json": base64(ask, &sketch)?})
        } else {
            json!({"url": address(ask, &sketch)})
        };
        if ask.turn.model() == "dall-e-3" {
            let is_welcome = ask.turn.script.cast == Cast::Welcome;
            let hills = || format!("{}, with green hills under a clear sky", ask.prompt());
            let revised =
                if is_welcome { welcome::about_pictures(&ask.prompt()).to_owned() } else { hills() };
            set(&mut item, "revised_prompt", json!(revised));
        }
        Some(item)
    };
    match sketches(ask).map(item).collect::<Option<Vec<Value>>>() {
        Some(items) => whole(ask, &json!({"created": log::now() / 1000, "data": items})),
        None => NOT_DRAWN.reply(ask.turn.dialect()),
    }
}

/// Files with what they cost; as events where that is asked for.
pub(crate) fn gpt_image(ask: &Ask) -> Reply {
    let reply = if ask.streams() { events(ask, pace(ask)) } else { files(ask) };
    reply.unwrap_or_else(|| NOT_DRAWN.reply(ask.turn.dialect()))
}

fn files(ask: &Ask) -> Option<Reply> {
    let item = |sketch| Some(json!({"b64_json": base64(ask, &sketch)?}));
    let items = sketches(ask).map(item).collect::<Option<Vec<Value>>>()?;
    let mut body = json!({"created": log::now() / 1000, "data": items, "usage": usage(ask)});
    facts(ask, &mut body);
    Some(whole(ask, &body))
}

/// Previews so many milliseconds apart, then the picture.
pub(crate) fn events(ask: &Ask, pause: u64) -> Option<Reply> {
    let mut steps = Vec::new();
    for sketch in sketches(ask) {
        steps.extend(previews(ask, &sketch, pause)?);
        let at = log::now() / 1000;
        let mut body = json!({"b64_json": base64(ask, &sketch)?, "created_at": at, "usage": usage(ask)});
        facts(ask, &mut body);
        steps.push(event(ask, "completed", body));
    }
    Some(Reply::events(steps))
}

/// The previews alone, and the pause after them.
pub(crate) fn previews(ask: &Ask, sketch: &Sketch, pause: u64) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for index in 0..ask.previews() {
        let ridges = u8::try_from(index).ok()?.min(RIDGES);
        let file = base64(ask, &Sketch { ridges, ..*sketch })?;
        let at = log::now() / 1000;
        let mut body = json!({"b64_json": file, "partial_image_index": index, "created_at": at});
        facts(ask, &mut body);
        steps.extend([wait(pause), event(ask, "partial_image", body)]);
    }
    steps.push(wait(pause));
    Some(steps)
}

/// One for each picture that was asked for.
pub(crate) fn sketches(ask: &Ask) -> impl Iterator<Item = Sketch> + use<> {
    let first = ask.sketch;
    (0..ask.count()).map(move |place| Sketch { seed: first.seed.wrapping_add(place), ..first })
}

/// The picture's address.
pub(crate) fn address(ask: &Ask, sketch: &Sketch) -> String {
    format!("{}/files/{FOLDER}{}", ask.turn.url, sketch.name())
}

/// The picture's file in base64.
pub(crate) fn base64(ask: &Ask, sketch: &Sketch) -> Option<String> {
    sketch.file(ask.format()).ok().map(|file| STANDARD.encode(file))
}

/// One body, after as long as drawing takes at the first run.
pub(crate) fn whole(ask: &Ask, body: &Value) -> Reply {
    let pause = pace(ask) * 3;
    if pause == 0 { Reply::json(200, body) } else { later(pause, body.to_string()) }
}

/// A JSON body that comes so many milliseconds after its head.
pub(crate) fn later(millis: u64, body: impl Into<Bytes>) -> Reply {
    let steps = [wait(millis), send(body)];
    Reply::Live(Live { content_type: JSON, steps: Box::new(steps.into_iter()) })
}

/// People see a picture being made; tests do not wait for it.
fn pace(ask: &Ask) -> u64 {
    if ask.turn.script.cast == Cast::Welcome { 900 } else { 0 }
}

fn facts(ask: &Ask, body: &mut Value) {
    let Sketch { width, height, .. } = ask.sketch;
    for (field, told) in [
        ("background", ask.told("background", "opaque")),
        ("output_format", ask.told("output_format", "png")),
        ("quality", ask.told("quality", "high")),
        ("size", format!("{width}x{height}")),
    ] {
        set(body, field, json!(told));
    }
}

fn usage(ask: &Ask) -> Value {
    let words = ask.prompt().split_whitespace().count() as u64;
    let images = 323 * ask.turn.files.len() as u64;
    let output = 1056 * u64::from(ask.count());
    json!({
        "total_tokens": words + images + output, "input_tokens": words + images, "output_tokens": output,
        "input_tokens_details": {"text_tokens": words, "image_tokens": images},
    })
}

fn event(ask: &Ask, name: &str, mut body: Value) -> Step {
    let kind = if ask.kind == Kind::Generate { "image_generation" } else { "image_edit" };
    set(&mut body, "type", json!(format!("{kind}.{name}")));
    send(format!("event: {kind}.{name}\ndata: {body}\n\n"))
}
