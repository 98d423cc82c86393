//! A task as each dialect tells it.

use serde_json::{Value, json};

use super::{
    Call, Midjourney, button,
    task::{Looks, STEP, Stage, Task, seed_of},
};

/// The task as it is told now; none when the server does not know it any more.
pub(super) fn task(call: &Call, task: &Task) -> Option<Value> {
    let stage = task.stage(call.now);
    let is_relay = call.dialect == Midjourney::Relay;
    let (status, progress) = match stage {
        Stage::Gone => return None,
        Stage::Modal => ("MODAL", String::new()),
        Stage::Submitted if is_relay => ("", String::new()),
        Stage::Submitted => ("SUBMITTED", "0%".to_owned()),
        Stage::Running(percent) => ("IN_PROGRESS", format!("{percent}%")),
        // Relays say no more of this one.
        Stage::Success if is_relay && task.action == "SWAP_FACE" => ("", "100%".to_owned()),
        Stage::Success => ("SUCCESS", "100%".to_owned()),
        Stage::Failure => ("FAILURE", String::new()),
        Stage::Cancelled => ("CANCEL", String::new()),
    };
    let root = if call.dialect == Midjourney::Net { "" } else { call.turn.url.as_str() };
    let address = |step: u64| format!("{root}/mj/image/{}?rand={step}", task.id);
    let picture = match stage {
        _ if task.looks == Looks::Words => None,
        Stage::Running(percent) if percent >= STEP => Some(address(percent / STEP)),
        Stage::Success => Some(address(100)),
        _ => None,
    };
    let is_done = stage == Stage::Success;
    let reason =
        (stage == Stage::Failure).then_some("[Banned prompt] The picture was held back by moderation");
    let buttons = if is_done && call.dialect.has_buttons() { button::all(task) } else { Vec::new() };
    let begun = task.begun.unwrap_or_default();
    let mut told = json!({
        "id": task.id.to_string(), "action": task.action, "status": status, "progress": progress,
        "prompt": task.prompt, "promptEn": task.prompt, "description": format!("/imagine {}", task.prompt),
        "state": task.state, "submitTime": task.at, "startTime": begun,
        "finishTime": if is_done { begun + task.takes } else { 0 },
        "imageUrl": picture, "failReason": reason, "properties": properties(call, task, is_done),
    });
    if call.dialect.has_buttons()
        && let Some(fields) = told.as_object_mut()
    {
        fields.insert("buttons".into(), json!(buttons));
    }
    Some(told)
}

fn properties(call: &Call, task: &Task, is_done: bool) -> Value {
    let words = if task.words.is_empty() || !is_done { &task.prompt } else { &task.words };
    match call.dialect {
        Midjourney::Base => json!({"finalPrompt": words}),
        Midjourney::Relay => json!({"finalPrompt": words, "finalZhPrompt": ""}),
        Midjourney::Plus | Midjourney::Net => json!({
            "finalPrompt": words, "botType": "MID_JOURNEY", "discordInstanceId": "demo", "flags": 0,
            "messageHash": format!("{:08x}", seed_of(&task.id.to_string())), "needModel": false,
        }),
    }
}
