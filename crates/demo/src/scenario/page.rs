//! Answers of the wrong kind: pages, plain text, nothing, JSON for a stream, a stream for JSON, and "go elsewhere".

use super::{Scenario, scenario, speech::SENTENCE, speech::plain};
use crate::{
    answer::{Answer, done, event},
    reply::{HTML, JSON, Reply, Step, TEXT},
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("html", |_| Reply::body(502, HTML, BAD_GATEWAY)),
    scenario("html-200", |_| Reply::body(200, HTML, PORTAL)),
    scenario("html-403", |_| Reply::body(403, HTML, CHALLENGE)),
    scenario("text-error", |_| {
        Reply::body(500, TEXT, "upstream connect error or disconnect/reset before headers")
    }),
    scenario("empty-error", |_| Reply::body(429, TEXT, "")),
    scenario("upstream-slow", |_| Reply::body(524, HTML, TIMEOUT)),
    scenario("json-though-stream", json_though_stream),
    scenario("json-after-blanks", json_after_blanks),
    scenario("sse-though-not", sse_though_not),
    scenario("redirect-302", |turn| redirect(turn, 302)),
    scenario("redirect-307", |turn| redirect(turn, 307)),
];

const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1>\
     </center></body>\r\n</html>\r\n";
const PORTAL: &str = "<!doctype html><html><head><title>Welcome to Station Wi-Fi</title></head><body>Please sign in.</body></html>";
const CHALLENGE: &str = "<!doctype html><html><head><title>Just a moment...</title></head><body>Checking your browser.</body></html>";
const TIMEOUT: &str =
    "<html><head><title>524: A timeout occurred</title></head><body>error code: 524</body></html>";
const MARK: &str = "redirected=1";

/// One JSON body whatever was asked.
fn json_though_stream(turn: &Turn) -> Reply {
    Reply::json(200, &Answer::new(SENTENCE).whole(turn))
}

/// Blank lines while the work is done, then the body, as DeepSeek does under load.
fn json_after_blanks(turn: &Turn) -> Reply {
    let body = Answer::new(SENTENCE).whole(turn);
    Reply::body(200, JSON, format!("\n\n\n{body}"))
}

/// Events whatever was asked.
fn sse_though_not(turn: &Turn) -> Reply {
    let chunks = Answer::new(SENTENCE).chunks(turn);
    let mut steps: Vec<Step> = chunks.iter().map(|(_, chunk)| event(chunk)).collect();
    steps.push(done());
    Reply::events(steps)
}

/// Points to another host once; the request that follows is answered.
fn redirect(turn: &Turn, status: u16) -> Reply {
    if turn.path.contains(MARK) {
        return plain(turn);
    }
    let here = turn.url.replace("127.0.0.1", "localhost");
    let root = turn.script.elsewhere.as_deref().unwrap_or(&here).trim_end_matches('/').to_owned();
    Reply::body(status, TEXT, "").with("location", format!("{root}{}?{MARK}", turn.path))
}
