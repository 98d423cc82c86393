//! `POST {root}/upload` (reference 3.4): takes one file and answers its new web address. It keeps nothing.

use serde_json::{Value, json};

use crate::{fault::Fault, reply::Reply, turn::Turn};

const NO_FILE: Fault =
    Fault::new(400, "invalid_request_error", "", "A multipart field named file is missing.");

/// The address of the file that came, by its name; a name that holds "wrapped" is answered one level deeper, as some do.
pub(crate) fn reply(turn: &Turn) -> Reply {
    let body = match &turn.body {
        Value::String(text) => text.as_str(),
        _ => "",
    };
    let Some(name) = body.contains("name=\"file\"").then(|| file_name(body)).flatten() else {
        return NO_FILE.reply(turn.dialect());
    };
    let at = json!({"url": format!("https://files.example.net/{}", name.replace(' ', "%20"))});
    Reply::json(200, &if name.contains("wrapped") { json!({"data": at}) } else { at })
}

fn file_name(body: &str) -> Option<&str> {
    body.split_once("filename=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(name, _)| name)
}
