//! Filling in a pop-up: the words, and the mask, which is checked pixel by pixel.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use image::GenericImageView;
use serde_json::json;

use super::{
    Call,
    submit::{BANNED, banned, field, gone, said, wrong},
    task::{Looks, Tasks, Wants, flag, grid_of},
};
use crate::reply::Reply;

/// The reply to a pop-up that is filled in.
pub(super) fn reply(tasks: &mut Tasks, call: &Call) -> Option<Reply> {
    if !call.dialect.has("/submit/modal") {
        return None;
    }
    let (prompt, mask) = (field(call, "prompt"), field(call, "maskBase64"));
    let salt = tasks.newest_first().count() as u64;
    let id = field(call, "taskId").parse().unwrap_or_default();
    let Some(task) = tasks.get_mut(id).filter(|task| task.begun.is_none() && !task.cancelled) else {
        return Some(gone(call));
    };
    let zoom = flag(&prompt, "--zoom").and_then(|told| told.parse::<f64>().ok());
    let fault = match task.wants {
        Some(Wants::Zoom) if !prompt.is_empty() && !zoom.is_some_and(|zoom| (1.0..=2.0).contains(&zoom)) => {
            Some("zoom must lie between 1 and 2")
        }
        Some(Wants::Region) => mask_fault(&mask, task.looks),
        _ => None,
    };
    if let Some(fault) = fault {
        return Some(wrong(call, fault));
    }
    if prompt.split_whitespace().any(|word| word == BANNED) {
        return Some(banned(call, &prompt));
    }
    if !prompt.is_empty() {
        task.prompt = prompt;
    }
    task.looks = grid_of(&task.prompt, salt);
    task.begun = Some(call.now);
    Some(said(call, 1, "Submit success", Some(id), &json!({})))
}

/// What is wrong with a mask: black where it stays, white where it changes, nothing clear, the ratio of the picture.
fn mask_fault(url: &str, looks: Looks) -> Option<&'static str> {
    let Some(data) = url.strip_prefix("data:image/png;base64,") else { return Some("maskBase64 is no PNG") };
    let decoded = STANDARD.decode(data).ok().and_then(|file| image::load_from_memory(&file).ok());
    let Some(mask) = decoded else { return Some("maskBase64 cannot be read") };
    let is_plain = |rgba: [u8; 4]| rgba == [0, 0, 0, 255] || rgba == [255, 255, 255, 255];
    if !mask.pixels().all(|(_, _, pixel)| is_plain(pixel.0)) {
        return Some("maskBase64 must be black and white");
    }
    if !mask.pixels().any(|(_, _, pixel)| pixel.0 == [255, 255, 255, 255]) {
        return Some("maskBase64 changes nothing");
    }
    let (Looks::Grid { width, height, .. } | Looks::Single { width, height, .. }) = looks else {
        return None;
    };
    let (here, there) = (mask.width() * height, mask.height() * width);
    // A pixel of rounding on either side.
    (here.abs_diff(there) > width.max(height)).then_some("maskBase64 has another shape than the picture")
}
