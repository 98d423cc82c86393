//! What can be asked for, and the codes that say what came of it.

use serde_json::{Value, json};

use super::{
    Call, Midjourney,
    button::{self, Pressed},
    task::{Fate, Looks, Stage, Task, Tasks, Wants, grid_of, seed_of},
};
use crate::reply::{JSON, Live, Reply, Step};

/// A word that is not allowed.
pub(super) const BANNED: &str = "gore";
/// How often something is full that is full at first.
const FULL: u32 = 2;
/// How many times as long a slow one takes.
const SLOW: u64 = 10;

const DESCRIBED: &str = "1️⃣ green hills under a clear sky --ar 3:2\n\n2️⃣ soft hills at dawn, oil painting --ar 3:2\n\n\
     3️⃣ rolling country, wide view --ar 3:2\n\n4️⃣ a quiet valley in summer --ar 3:2";
const SHORTENED: &str = "## Important tokens\n**lighthouse** (1.00), **dusk** (0.62), very (0.03)\n\n## Shortened prompts\n\
     1️⃣ lighthouse at dusk\n2️⃣ lighthouse, dusk\n3️⃣ lighthouse dusk\n4️⃣ dusk lighthouse\n5️⃣ lighthouse";

/// The reply to something that is asked for.
pub(super) fn reply(tasks: &mut Tasks, call: &Call, rest: &str) -> Option<Reply> {
    if !call.dialect.has(rest) {
        return None;
    }
    Some(match rest {
        "/submit/imagine" => imagine(tasks, call),
        "/submit/action" => action(tasks, call),
        "/submit/change" => {
            let number = |key: &str| call.turn.body.get(key).and_then(Value::as_u64);
            let index = number("index").and_then(|index| u32::try_from(index).ok());
            change(tasks, call, &field(call, "taskId"), &field(call, "action"), index)
        }
        "/submit/simple-change" => simple_change(tasks, call),
        "/submit/upload-discord-images" => lay_down(call),
        other => pictures(tasks, call, other),
    })
}

fn imagine(tasks: &mut Tasks, call: &Call) -> Reply {
    let prompt = field(call, "prompt");
    if prompt.trim().is_empty() {
        return wrong(call, "prompt can not be empty");
    }
    if !files(call, "base64Array").iter().all(|file| is_picture(file)) {
        return wrong(call, "base64Array is no data url");
    }
    let salt = tasks.newest_first().count() as u64;
    let looks = grid_of(&prompt, salt);
    begin(
        tasks,
        call,
        Task { prompt: prompt.clone(), looks, fate: Fate::of(&prompt), ..blank(call, "IMAGINE") },
    )
}

fn action(tasks: &mut Tasks, call: &Call) -> Reply {
    let Some(parent) = parent(tasks, call, &field(call, "taskId")) else { return gone(call) };
    let salt = tasks.newest_first().count() as u64;
    match button::press(&parent, &field(call, "customId"), salt) {
        Some(pressed) => follow(tasks, call, &parent, &pressed),
        None => wrong(call, "no such button"),
    }
}

/// The older words for three of the buttons.
fn change(tasks: &mut Tasks, call: &Call, id: &str, action: &str, index: Option<u32>) -> Reply {
    let Some(parent) = parent(tasks, call, id) else { return gone(call) };
    let salt = tasks.newest_first().count() as u64;
    let again = |action| Pressed { action, looks: grid_of(&parent.prompt, salt), wants: None };
    let pressed = match (action, index) {
        ("UPSCALE", Some(index)) => button::upscale(&parent, index),
        ("VARIATION", Some(1..=4)) => Some(again("VARIATION")),
        ("REROLL", None) => Some(again("REROLL")),
        _ => None,
    };
    let Some(pressed) = pressed else { return wrong(call, "index is wrong") };
    let same = |task: &&Task| task.action == "UPSCALE" && task.looks == pressed.looks;
    let before = tasks.newest_first().find(same).filter(|_| call.dialect == Midjourney::Base);
    if let Some(before) = before {
        let status = if before.stage(call.now) == Stage::Success { "SUCCESS" } else { "IN_PROGRESS" };
        let properties =
            json!({"status": status, "imageUrl": format!("{}/mj/image/{}", call.turn.url, before.id)});
        return said(call, 21, "the same one exists", Some(before.id), &properties);
    }
    follow(tasks, call, &parent, &pressed)
}

fn simple_change(tasks: &mut Tasks, call: &Call) -> Reply {
    let content = field(call, "content");
    let Some((id, wish)) = content.split_once(' ') else { return wrong(call, "content is wrong") };
    let action = match wish.chars().next() {
        Some('U') => "UPSCALE",
        Some('V') => "VARIATION",
        _ => "REROLL",
    };
    let index = wish.get(1..).and_then(|rest| rest.parse().ok());
    change(tasks, call, id, action, index)
}

/// Pictures get addresses, and make no task.
fn lay_down(call: &Call) -> Reply {
    let files = files(call, "base64Array");
    if files.is_empty() || !files.iter().all(|file| is_picture(file)) {
        return wrong(call, "base64Array is no data url");
    }
    let address =
        |file: &String| format!("https://cdn.discordapp.invalid/attachments/{:08x}.png", seed_of(file));
    let result: Vec<String> = files.iter().map(address).collect();
    Reply::json(200, &json!({"code": 1, "description": "success", "result": result, "properties": {}}))
}

/// What begins with pictures, or is about words alone.
fn pictures(tasks: &mut Tasks, call: &Call, rest: &str) -> Reply {
    let task = match rest {
        "/submit/blend" => {
            let files = files(call, "base64Array");
            if !(2..=5).contains(&files.len()) || !files.iter().all(|file| is_picture(file)) {
                return wrong(call, "2 to 5 pictures are needed");
            }
            let ratio = match field(call, "dimensions").as_str() {
                "PORTRAIT" => "--ar 2:3",
                "LANDSCAPE" => "--ar 3:2",
                _ => "",
            };
            let looks = grid_of(ratio, seed_of(&files.concat()).into());
            Task { looks, ..blank(call, "BLEND") }
        }
        "/submit/describe" => {
            if !is_picture(&field(call, "base64")) {
                return wrong(call, "base64 is no data url");
            }
            Task { words: DESCRIBED.to_owned(), ..blank(call, "DESCRIBE") }
        }
        "/submit/shorten" => {
            Task { words: SHORTENED.to_owned(), prompt: field(call, "prompt"), ..blank(call, "SHORTEN") }
        }
        _ => {
            let (face, target) = (field(call, "sourceBase64"), field(call, "targetBase64"));
            if !is_picture(&face) || !is_picture(&target) {
                return wrong(call, "two pictures are needed");
            }
            let looks = Looks::Single { seed: seed_of(&(face + &target)), width: 512, height: 512 };
            Task { looks, ..blank(call, "SWAP_FACE") }
        }
    };
    begin(tasks, call, task)
}

fn follow(tasks: &mut Tasks, call: &Call, parent: &Task, pressed: &Pressed) -> Reply {
    let Pressed { action, looks, wants } = *pressed;
    let fate = Fate::of(&parent.prompt);
    // What went well once goes well again; only stumbling stays.
    let fate = if fate == Fate::Stumbles { fate } else { Fate::Well };
    let task = Task { prompt: parent.prompt.clone(), looks, fate, wants, ..blank(call, action) };
    if wants.is_none() {
        return begin(tasks, call, task);
    }
    let id = tasks.add(Task { begun: None, ..task });
    let properties = json!({"finalPrompt": parent.prompt, "remix": wants == Some(Wants::Remix)});
    // Relays tell of two kinds of pop-ups alone.
    let is_hidden = call.dialect == Midjourney::Relay && wants == Some(Wants::Remix);
    if is_hidden {
        said(call, 1, "Submit success", Some(id), &json!({}))
    } else {
        said(call, 21, "Waiting for window confirm", Some(id), &properties)
    }
}

fn begin(tasks: &mut Tasks, call: &Call, task: Task) -> Reply {
    let says = |word: &str| task.prompt.split_whitespace().any(|said| said == word);
    if says(BANNED) {
        return banned(call, &task.prompt);
    }
    if says("full") {
        let tried = tasks.tried.entry(task.prompt.clone()).or_default();
        *tried += 1;
        if *tried <= FULL {
            return said(call, 23, "queue is full, please try again later", None, &json!({}));
        }
    }
    let (waits, lost) = (says("waits"), says("lost"));
    let takes = if says("slow") { SLOW * task.takes } else { task.takes };
    let id = tasks.add(Task { takes, ..task });
    if lost {
        // It was taken, and nobody is told.
        return Reply::Live(Live { content_type: JSON, steps: Box::new(std::iter::once(Step::Cut)) });
    }
    if waits && call.dialect != Midjourney::Relay {
        return said(call, 22, "in queue, 3 before you", Some(id), &json!({"numberOfQueues": 3}));
    }
    said(call, 1, "Submit success", Some(id), &json!({}))
}

/// The parent, where it is done.
fn parent(tasks: &Tasks, call: &Call, id: &str) -> Option<Task> {
    let task = tasks.get(id.parse().ok()?)?;
    (task.stage(call.now) == Stage::Success).then(|| task.clone())
}

fn blank(call: &Call, action: &'static str) -> Task {
    Task {
        id: 0,
        action,
        prompt: String::new(),
        state: field(call, "state"),
        looks: Looks::Words,
        fate: Fate::Well,
        at: call.now,
        begun: Some(call.now),
        takes: call.takes,
        cancelled: false,
        wants: None,
        words: String::new(),
    }
}

/// A field as text.
pub(super) fn field(call: &Call, name: &str) -> String {
    match call.turn.body.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn files(call: &Call, name: &str) -> Vec<String> {
    let list = call.turn.body.get(name).and_then(Value::as_array).into_iter().flatten();
    list.map(|file| file.as_str().unwrap_or_default().to_owned()).collect()
}

fn is_picture(file: &str) -> bool {
    file.starts_with("data:image/") && file.contains(";base64,")
}

pub(super) fn gone(call: &Call) -> Reply {
    let words = "related task does not exist or has expired";
    if call.dialect == Midjourney::Net {
        return Reply::json(404, &json!({"code": 3, "description": words, "result": null, "properties": {}}));
    }
    said(call, 3, words, None, &json!({}))
}

pub(super) fn banned(call: &Call, prompt: &str) -> Reply {
    let properties = json!({"bannedWord": BANNED, "promptEn": prompt});
    said(call, 24, "may contain sensitive words", None, &properties)
}

pub(super) fn wrong(call: &Call, why: &'static str) -> Reply {
    said(call, 4, why, None, &json!({}))
}

/// An answer with a code. The oldest tells numbers as numbers; relays give refusals the status of an error.
pub(super) fn said(call: &Call, code: u16, words: &str, id: Option<u64>, properties: &Value) -> Reply {
    let result = match (id, call.dialect) {
        (None, _) => Value::Null,
        (Some(id), Midjourney::Base) => json!(id),
        (Some(id), _) => json!(id.to_string()),
    };
    if call.dialect == Midjourney::Relay && code == 4 {
        let body = json!({"description": format!("bind_request_body_failed {words}"), "type": "upstream_error", "code": 4});
        return Reply::json(400, &body);
    }
    Reply::json(200, &json!({"code": code, "description": words, "result": result, "properties": properties}))
}
