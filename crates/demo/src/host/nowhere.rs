//! What a dialect says on a path that it does not have.

use axum::http::Method;
use serde_json::json;

use crate::{
    dialect::{Dialect, Missing},
    fault::Fault,
    reply::{HTML, Reply, TEXT},
    turn::Turn,
};

const NOT_FOUND: Fault = Fault::new(404, "invalid_request_error", "", "Unknown request URL.");
const PAGE: &str = "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n\
     <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
const WEB_APP: &str = "<!doctype html><html lang=\"zh\"><head><meta charset=\"utf-8\"><title>Demo relay</title></head>\
     <body><noscript>You need to enable JavaScript to run this app.</noscript><div id=\"root\"></div></body></html>";

/// The answer of last resort.
pub(crate) fn reply(method: &Method, turn: &Turn) -> Reply {
    let dialect = turn.dialect();
    match dialect.missing() {
        Missing::Html => Reply::body(404, HTML, PAGE),
        Missing::Text => Reply::body(404, TEXT, "404 page not found"),
        Missing::WebApp if !is_api(&turn.path) => Reply::body(200, HTML, WEB_APP),
        Missing::Json if dialect == Dialect::Arcee => Reply::json(404, &json!({"detail": "Not Found"})),
        Missing::Json | Missing::WebApp => {
            let mut body = NOT_FOUND.body(dialect);
            if let Some(message) = body.pointer_mut("/error/message") {
                *message = json!(format!("Invalid URL ({method} {})", turn.path));
            }
            Reply::json(404, &body)
        }
    }
}

/// Below these a relay knows that a program is asking.
fn is_api(path: &str) -> bool {
    ["/v1", "/mj", "/api/"].iter().any(|root| path.starts_with(root))
}
