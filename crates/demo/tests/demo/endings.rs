//! The exact bytes of answers that stop too early, and what the demo notices when the client is the one who stops.

use std::{io::Read, thread, time::Duration};

use demo::{Demo, Dropped, Script};
use serde_json::json;

use crate::client::{Ending, open, question, stream, whole};

#[tokio::test]
async fn a_cut_keeps_the_text_before_it() {
    let demo = demo::start(Script::tests()).await.expect("the demo starts");
    let answer = stream(&demo, "cut");
    assert_eq!(answer.content(), "The river rises in the hills, ", "half of the sentence came through");
    assert!(!answer.text().contains("[DONE]"), "a cut has no closing marker");
    assert_eq!(answer.ending, Ending::Cut, "the chunked body is never closed");
}

#[tokio::test]
async fn each_false_end_lacks_exactly_one_thing() {
    let demo = demo::start(Script::tests()).await.expect("the demo starts");
    let seen = |name: &str| {
        let text = stream(&demo, name).text();
        (
            text.contains("\"finish_reason\":\"stop\""),
            text.ends_with("data: [DONE]\n\n"),
            text.ends_with("\n\n"),
        )
    };
    assert_eq!(seen("plain"), (true, true, true), "a good end has reason, marker and blank line");
    assert_eq!(seen("cut-done"), (false, true, true), "the marker comes without a reason");
    assert_eq!(seen("cut-eof"), (false, false, true), "neither reason nor marker");
    assert_eq!(seen("no-done"), (true, false, true), "a reason without the marker");
    assert_eq!(seen("no-last-blank"), (true, false, false), "the last event is not closed");
}

#[tokio::test]
async fn other_reasons_are_passed_on() {
    let demo = demo::start(Script::tests()).await.expect("the demo starts");
    assert!(
        stream(&demo, "length").text().contains("\"finish_reason\":\"length\""),
        "the limit is the reason"
    );
    assert!(
        stream(&demo, "odd-finish").text().contains("\"finish_reason\":\"eos\""),
        "an odd reason is sent as it is"
    );
    assert_eq!(
        whole(&demo, "empty").json()["choices"][0]["message"]["content"],
        json!(""),
        "an empty answer is empty"
    );
}

#[tokio::test]
async fn a_client_that_leaves_is_noticed() {
    let demo = demo::start(Script::tests()).await.expect("the demo starts");
    for model in ["slow", "stalls", "firehose-paced", "comments-forever"] {
        leave(&demo, model, true);
    }
    leave(&demo, "silent", false);
    let models: Vec<String> = demo.dropped().into_iter().map(|dropped| dropped.model).collect();
    assert_eq!(
        models,
        ["slow", "stalls", "firehose-paced", "comments-forever", "silent"],
        "each loss is written down once"
    );
    let written: Vec<bool> = demo.dropped().iter().map(|dropped| dropped.bytes > 0).collect();
    assert_eq!(written, [true, true, true, true, false], "what was written before is counted");
}

#[tokio::test]
async fn answers_read_to_their_end_are_no_loss() {
    let demo = demo::start(Script::tests()).await.expect("the demo starts");
    for model in ["plain", "cut", "busy", "split-utf8"] {
        stream(&demo, model);
    }
    leave(&demo, "stalls", true);
    assert_eq!(demo.dropped().len(), 1, "only the one that was left early counts");
}

#[tokio::test]
async fn dropping_the_demo_closes_what_is_open() {
    let demo = demo::start(Script::tests()).await.expect("the demo starts");
    let url = demo.url();
    let mut connection = open(&url, "POST", "/v1/chat/completions", None, &question("stalls").to_string());
    assert!(connection.read(&mut [0; 64]).expect("an answer begins") > 0, "the stream is open");
    drop(demo);
    let mut rest = Vec::new();
    // An error is as good as an end here: either way nothing holds the connection any more.
    _ = connection.read_to_end(&mut rest);
    let address = url.strip_prefix("http://").expect("plain HTTP");
    assert!(std::net::TcpStream::connect(address).is_err(), "the port is closed");
}

/// Asks, reads the beginning where there is one, hangs up, and waits until the demo has noticed.
fn leave(demo: &Demo, model: &str, begins: bool) {
    let before = demo.dropped().len();
    let mut connection =
        open(&demo.url(), "POST", "/v1/chat/completions", None, &question(model).to_string());
    if begins {
        let mut read = Vec::new();
        while !read.windows(5).any(|part| part == b"data:" || part == b": kee") {
            let mut piece = [0; 512];
            let count = connection.read(&mut piece).expect("an answer begins");
            assert!(count > 0, "{model} begins");
            read.extend_from_slice(&piece[..count]);
        }
    } else {
        wait_until(|| demo.requests().iter().any(|seen| seen.body["model"] == model));
    }
    drop(connection);
    wait_until(|| demo.dropped().len() > before);
    let last: Dropped = demo.dropped().pop().expect("the loss was written down");
    assert_eq!(last.path, "/v1/chat/completions", "the loss names its path");
}

/// Polls; the limit only keeps a broken demo from hanging the tests.
fn wait_until(done: impl Fn() -> bool) {
    for _ in 0..3000 {
        if done() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("the demo never noticed");
}
