//! The buttons below what a task made, and what pressing one begins.

use serde_json::{Value, json};

use super::{
    draw::part,
    task::{Looks, Task, Wants, grid_of},
};

/// Below a single picture: what is sent, an emoji, what is written on it.
const SINGLE: &[(&str, &str, &str)] = &[
    ("MJ::JOB::upsample_v6r1_2x_subtle::1::{}::SOLO", "upscale_1", "Upscale (Subtle)"),
    ("MJ::JOB::upsample_v6r1_2x_creative::1::{}::SOLO", "upscale_1", "Upscale (Creative)"),
    ("MJ::JOB::low_variation::1::{}::SOLO", "🪄", "Vary (Subtle)"),
    ("MJ::JOB::high_variation::1::{}::SOLO", "🪄", "Vary (Strong)"),
    ("MJ::Inpaint::1::{}::SOLO", "🖌️", "Vary (Region)"),
    ("MJ::Outpaint::50::1::{}::SOLO", "🔍", "Zoom Out 2x"),
    ("MJ::Outpaint::75::1::{}::SOLO", "🔍", "Zoom Out 1.5x"),
    ("MJ::CustomZoom::{}", "🔍", "Custom Zoom"),
    ("MJ::Outpaint::100::1::{}::SOLO", "↔️", "Make Square"),
    ("MJ::JOB::pan_left::1::{}::SOLO", "⬅️", ""),
    ("MJ::JOB::pan_right::1::{}::SOLO", "➡️", ""),
    ("MJ::JOB::pan_up::1::{}::SOLO", "⬆️", ""),
    ("MJ::JOB::pan_down::1::{}::SOLO", "⬇️", ""),
    ("MJ::BOOKMARK::{}", "❤️", ""),
    ("MJ::JOB::sparkle::1::{}", "✨", "Sparkle"),
];

/// What a button begins.
pub(super) struct Pressed {
    pub(super) action: &'static str,
    pub(super) looks: Looks,
    pub(super) wants: Option<Wants>,
}

/// The buttons of a task that is done.
pub(super) fn all(task: &Task) -> Vec<Value> {
    let hash = hash(task);
    let button = |id: String, emoji: &str, label: &str| json!({"customId": id, "emoji": emoji, "label": label, "type": 2, "style": 2});
    match task.looks {
        Looks::Words => Vec::new(),
        Looks::Grid { .. } => {
            let of = |name: &str, letter: &str| -> Vec<Value> {
                (1..=4)
                    .map(|n| button(format!("MJ::JOB::{name}::{n}::{hash}"), "", &format!("{letter}{n}")))
                    .collect()
            };
            let again = button(format!("MJ::JOB::reroll::0::{hash}::SOLO"), "🔄", "");
            [of("upsample", "U"), vec![again], of("variation", "V")].concat()
        }
        Looks::Single { .. } => {
            SINGLE.iter().map(|(id, emoji, label)| button(id.replace("{}", &hash), emoji, label)).collect()
        }
    }
}

/// What pressing a button of a task begins; none when it has no such button. `salt` makes each pressing another picture.
pub(super) fn press(task: &Task, custom_id: &str, salt: u64) -> Option<Pressed> {
    if !all(task).iter().any(|button| button.get("customId").and_then(Value::as_str) == Some(custom_id)) {
        return None;
    }
    let mut parts = custom_id.split("::").skip(1);
    let (kind, second, third) =
        (parts.next()?, parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let remix = task.prompt.split_whitespace().any(|word| word == "remix").then_some(Wants::Remix);
    if kind == "JOB" && second == "upsample" {
        return upscale(task, third.parse().ok()?);
    }
    let (action, wants) = match (kind, second) {
        ("CustomZoom", _) => ("ZOOM", Some(Wants::Zoom)),
        ("Inpaint", _) => ("INPAINT", Some(Wants::Region)),
        ("Outpaint", _) => ("ZOOM", None),
        ("JOB", "variation") => ("VARIATION", remix),
        ("JOB", "reroll") => ("REROLL", remix),
        ("JOB", second) if second.starts_with("pan_") => ("PAN", remix),
        ("JOB", second) if second.starts_with("upsample_") => ("UPSCALE", None),
        ("JOB", _) => ("VARIATION", None),
        // The heart is no action.
        _ => return None,
    };
    let looks = match (action, task.looks) {
        ("UPSCALE", Looks::Single { seed, width, height }) => {
            Looks::Single { seed, width: width * 2, height: height * 2 }
        }
        _ => grid_of(&task.prompt, salt),
    };
    Some(Pressed { action, looks, wants })
}

/// One of the four, alone.
pub(super) fn upscale(task: &Task, number: u32) -> Option<Pressed> {
    let Looks::Grid { seed, width, height } = task.looks else { return None };
    let looks = Looks::Single { seed: part(seed, number), width: width * 2, height: height * 2 };
    (1..=4).contains(&number).then_some(Pressed { action: "UPSCALE", looks, wants: None })
}

fn hash(task: &Task) -> String {
    format!("{:08x}-demo", super::task::seed_of(&task.id.to_string()))
}
