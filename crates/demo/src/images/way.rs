//! Ways in which drawing goes otherwise, each by the name of a model.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde_json::{Value, json};

use super::{Way, ask::Ask, draw::Format, drawn, way};
use crate::{
    fault::Fault,
    log,
    reply::{HTML, JSON, Live, Reply, Step, send, wait},
};

pub(super) const ALL: &[Way] = &[
    way("picture-slow", slow),
    way("picture-url", |ask| listed(&json!({"url": drawn::address(ask, &ask.sketch)}))),
    way("picture-url-expired", |ask| {
        listed(&json!({"url": format!("{}/files/expired.png?sig=1", ask.turn.url)}))
    }),
    way("picture-data-url", |ask| listed(&json!({"url": data_url(ask)}))),
    way("picture-data-in-b64", |ask| listed(&json!({"b64_json": data_url(ask)}))),
    way("picture-url-in-b64", |ask| listed(&json!({"b64_json": drawn::address(ask, &ask.sketch)}))),
    way("picture-both", both),
    way("picture-images", images),
    way("picture-file", file),
    way("picture-chat", chat),
    way("picture-task", |_| Reply::json(202, &json!({"task_id": "task-17", "status": "queued"}))),
    way("picture-empty", |_| Reply::json(200, &json!({"created": log::now() / 1000, "data": []}))),
    way("picture-refused", |ask| REFUSED.reply(ask.turn.dialect())),
    way("picture-refused-200", |ask| Reply::json(200, &REFUSED.body(ask.turn.dialect()))),
    way("picture-blocked-late", blocked_late),
    way("picture-web-page", |_| Reply::body(200, HTML, PORTAL)),
    way("picture-501", |ask| super::NOT_IMPLEMENTED.reply(ask.turn.dialect())),
    way("picture-524", |_| Reply::body(524, HTML, TIMEOUT)),
    way("picture-cut-off", cut_off),
    way("picture-damaged", |_| listed(&json!({"b64_json": "this is no picture!"}))),
    way("picture-huge", huge),
    way("picture-bomb", bomb),
    way("picture-program", |_| listed(&json!({"b64_json": STANDARD.encode(PROGRAM)}))),
    way("picture-heavy", heavy),
    way("picture-silent", |_| Reply::Never),
];

const REFUSED: Fault = Fault::new(
    400,
    "image_generation_user_error",
    "content_policy_violation",
    "Your request was rejected as a result of our safety system.",
)
.at_relays("sensitive_words_detected", "检测到敏感词");
const PORTAL: &str = "<!doctype html><html><head><title>Welcome to Station Wi-Fi</title></head><body>Please sign in.</body></html>";
const TIMEOUT: &str =
    "<html><head><title>524: A timeout occurred</title></head><body>error code: 524</body></html>";
/// A drawing that would run.
const PROGRAM: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"window.__pwned=1\"><script>window.__pwned=1</script></svg>";
/// Bytes behind a picture that belong to nothing; in base64 they are a hundred million letters.
const BALLAST: usize = 75_000_000;
/// Milliseconds in which `picture-slow` draws.
const SLOW: u64 = 10_000;

/// Ten seconds, with three previews where a stream is asked for.
fn slow(ask: &Ask) -> Reply {
    if ask.streams() {
        return drawn::events(ask, SLOW / (ask.previews() + 1)).unwrap_or_else(|| listed(&Value::Null));
    }
    let item = json!({"b64_json": drawn::base64(ask, &ask.sketch)});
    drawn::later(SLOW, json!({"created": log::now() / 1000, "data": [item]}).to_string())
}

/// An address that is gone beside the file.
fn both(ask: &Ask) -> Reply {
    let gone = format!("{}/files/expired.png", ask.turn.url);
    listed(&json!({"url": gone, "b64_json": drawn::base64(ask, &ask.sketch)}))
}

/// As one aggregator answers: the same picture in two lists.
fn images(ask: &Ask) -> Reply {
    let at = json!({"url": drawn::address(ask, &ask.sketch)});
    Reply::json(200, &json!({"images": [at], "data": [at], "timings": {"inference": 1.2}, "seed": 7}))
}

/// The file itself.
fn file(ask: &Ask) -> Reply {
    match ask.sketch.file(Format::Png) {
        Ok(bytes) => Reply::body(200, "image/png", bytes),
        Err(_) => listed(&Value::Null),
    }
}

/// As relays of web products answer whatever was asked.
fn chat(ask: &Ask) -> Reply {
    let words = format!("Here it is:\n\n![Green hills]({})", drawn::address(ask, &ask.sketch));
    let message = json!({"role": "assistant", "content": words});
    Reply::json(
        200,
        &json!({
            "id": "chatcmpl-demo", "object": "chat.completion", "created": log::now() / 1000,
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        }),
    )
}

/// A preview, then a refusal inside the stream.
fn blocked_late(ask: &Ask) -> Reply {
    let mut steps = drawn::previews(ask, &ask.sketch, 0).unwrap_or_default();
    steps.push(send(format!("event: error\ndata: {}\n\n", REFUSED.body(ask.turn.dialect()))));
    Reply::events(steps)
}

/// The connection breaks after a preview, or inside the file.
fn cut_off(ask: &Ask) -> Reply {
    if ask.streams() {
        let mut steps = drawn::previews(ask, &ask.sketch, 0).unwrap_or_default();
        steps.push(Step::Cut);
        return Reply::events(steps);
    }
    let steps = [send("{\"created\":1,\"data\":[{\"b64_json\":\"iVBORw0KGgo"), wait(20), Step::Cut];
    live(JSON, steps)
}

/// A file without an end.
fn huge(_: &Ask) -> Reply {
    let zeros = Bytes::from(vec![0; 1 << 20]);
    let head = send(&b"\x89PNG\r\n\x1a\n"[..]);
    live("image/png", std::iter::once(head).chain(std::iter::repeat_with(move || Step::Send(zeros.clone()))))
}

/// A small file that claims three and a half thousand million points.
fn bomb(ask: &Ask) -> Reply {
    let mut file = ask.sketch.file(Format::Png).unwrap_or_default().to_vec();
    let side = 60_000_u32.to_be_bytes();
    // Width and height stand behind the signature and the name of the header.
    if let Some(size) = file.get_mut(16..24) {
        size.copy_from_slice(&[side, side].concat());
    }
    listed(&json!({"b64_json": STANDARD.encode(file)}))
}

/// A picture that is whole, and heavy.
fn heavy(ask: &Ask) -> Reply {
    let mut file = ask.sketch.file(Format::Png).unwrap_or_default().to_vec();
    file.resize(file.len() + BALLAST, 0);
    listed(&json!({"b64_json": STANDARD.encode(file)}))
}

fn data_url(ask: &Ask) -> String {
    let file = ask.sketch.file(Format::Png).unwrap_or_default();
    format!("data:image/png;base64,{}", STANDARD.encode(file))
}

fn listed(item: &Value) -> Reply {
    Reply::json(200, &json!({"created": log::now() / 1000, "data": [item]}))
}

fn live<I>(content_type: &'static str, steps: I) -> Reply
where
    I: IntoIterator<Item = Step>,
    I::IntoIter: Send + 'static,
{
    Reply::Live(Live { content_type, steps: Box::new(steps.into_iter()) })
}
