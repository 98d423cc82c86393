//! Files that answers link to: one picture, and everything that a link to a picture can turn out to be instead.

use crate::{
    images::{Sketch, drawn},
    reply::{HTML, Reply, TEXT},
};

const HILLS: &[u8] = include_bytes!("../../pictures/hills.png");

/// The reply for a path below `/files/`.
pub(crate) fn reply(path: &str) -> Option<Reply> {
    let name = path.strip_prefix("/files/")?;
    if let Some(drawn) = name.strip_prefix(drawn::FOLDER) {
        return Some(match Sketch::named(drawn) {
            Some(sketch) => drawn::file(&sketch),
            None => Reply::body(404, HTML, "<title>Not found</title>"),
        });
    }
    Some(match name {
        "hills.png" => Reply::body(200, "image/png", HILLS),
        // Its type is told by its bytes.
        "liar.txt.png" => Reply::body(200, TEXT, HILLS),
        "page.png" => {
            Reply::body(200, HTML, "<!doctype html><title>Sign in</title><p>Sign in to see it.</p>")
        }
        "cut.png" => Reply::body(200, "image/png", HILLS.get(..HILLS.len() / 2).unwrap_or_default()),
        "inside.png" => Reply::body(302, HTML, "").with("location", "http://192.168.0.1/router.png"),
        "elsewhere.png" => Reply::body(302, HTML, "").with("location", "/files/hills.png"),
        _ => Reply::body(404, HTML, "<title>Not found</title>"),
    })
}
