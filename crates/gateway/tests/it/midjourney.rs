//! Midjourney's task API against exact bytes, in the forms of all its dialects.

mod ask;
mod past;
mod press;
mod probe;
mod submit;

use gateway::midjourney::Site;
use serde_json::Value;

use crate::server::Server;

/// The place at a test server.
fn site(server: &Server) -> Site {
    Site::of(server.endpoint())
}

/// The bodies that were sent, in order.
fn bodies(server: &Server) -> Vec<Value> {
    let body = |request: &String| {
        let (_, body) = request.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or_default()
    };
    server.requests().iter().map(body).collect()
}

/// The paths that were asked, in order.
fn paths(server: &Server) -> Vec<String> {
    server.paths().iter().map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect()
}
