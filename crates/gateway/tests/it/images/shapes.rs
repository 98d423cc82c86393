//! Every shape of a whole answer: where pictures hide, what is none, and what is too much.

use std::time::Duration;

use gateway::{Error, Reading};
use serde_json::{Value, json};

use super::{DOT, DOT64, Made, boat, collect, told, whole};
use crate::server::{Server, Step, client};

const AT: &str = "https://files.example/a.png?sig=1";

fn data_url() -> String {
    format!("data:image/png;base64,{DOT64}")
}

/// Enough to be lifted out of the JSON on its way.
fn large() -> (Vec<u8>, String) {
    let (bytes, text) = (DOT.repeat(3), "iVBORw0KGgqJUE5HDQoaColQTkcNChoK");
    (bytes.repeat(200), text.repeat(200))
}

#[tokio::test]
async fn a_file_is_found_wherever_it_hides() {
    let (large, large64) = large();
    let url = data_url();
    for body in [
        json!({"created": 1, "data": [{"b64_json": DOT64}]}),
        json!({"data": [{"b64_json": url}]}),
        json!({"data": [{"url": url}]}),
        json!({"data": [{"b64_json": DOT64, "url": AT}]}),
        json!({"data": [{"url": AT, "b64_json": DOT64}]}),
        json!({"data": [{"b64_json": AT, "url": url}]}),
        json!({"data": [{"b64_json": null, "url": url}]}),
        json!({"data": [{"b64_json": "", "url": url}]}),
        json!({"data": [{"b64_json": "!damaged!", "url": url}]}),
        json!({"data": {"b64_json": DOT64}}),
        json!({"data": {"data": [{"b64_json": DOT64}]}, "code": "success"}),
        json!({"data": [url]}),
        json!({"images": [url]}),
        json!({"images": [{"url": url}]}),
        json!({"images": [{"image_url": {"url": url}}]}),
        json!({"data": [], "images": [{"image": DOT64}]}),
        json!({"output": {"results": [{"url": url}]}}),
        json!([{"b64_json": DOT64}]),
        json!({"b64_json": DOT64}),
        json!({"choices": [{"message": {"images": [{"type": "image_url", "image_url": {"url": url}}]}}]}),
        json!({"choices": [{"message": {"content": [{"type": "image_url", "image_url": {"url": url}}]}}]}),
        json!({"choices": [{"message": {"content": [{"image": url}]}}]}),
        json!({"choices": [{"message": {"content": format!("![a boat]({url})")}}]}),
        json!({"choices": [{"message": {"content": url}}]}),
        json!({"choices": [{"message": {"content": json!({"data": [{"b64_json": DOT64}]}).to_string()}}]}),
    ] {
        let (made, error) = whole(&body).await;
        assert_eq!(made.files, [DOT], "in {body}: {error:?}");
        assert!(made.end && made.addresses.is_empty(), "in {body}: {made:?}");
        let text = body.to_string().replace(DOT64, &large64);
        let (made, error) = told("application/json", text.as_bytes()).await;
        assert!(made.files == [large.clone()] && made.end, "the large one in {body}: {error:?}");
    }
}

#[tokio::test]
async fn an_address_is_found_wherever_it_hides() {
    for body in [
        json!({"data": [{"url": AT}]}),
        json!({"data": [{"url": format!(" {AT}\n")}]}),
        json!({"data": [{"b64_json": AT}]}),
        json!({"data": [AT]}),
        json!({"images": [{"url": AT}], "data": [{"url": AT}]}),
        json!({"images": [{"url": AT}], "timings": {"inference": 1.5}, "seed": 7}),
        json!({"image": AT}),
        json!({"code": 0, "message": "ok", "data": {"url": AT}}),
        json!({"choices": [{"message": {"content": [{"type": "image_url", "image_url": AT}]}}]}),
    ] {
        let (made, error) = whole(&body).await;
        assert_eq!(made.addresses, [AT], "in {body}: {error:?}");
        assert!(made.end && made.files.is_empty(), "in {body}: {made:?}");
    }
}

#[tokio::test]
async fn what_is_known_of_pictures_comes_along() {
    let body = json!({
        "created": 1_760_000_000.0, "size": "1024x1024", "quality": "high", "background": "opaque",
        "output_format": "png", "other": 1, "usage": {"total_tokens": 9, "input_tokens_details": {"image_tokens": 0}},
        "data": [{"b64_json": DOT64, "revised_prompt": "A small paper boat"}, {"url": AT}],
    });
    let (made, error) = whole(&body).await;
    assert!(error.is_none() && made.end, "{error:?}");
    assert_eq!((made.files.len(), made.addresses.len()), (1, 1), "both");
    assert_eq!(made.revised, ["A small paper boat", ""]);
    assert_eq!((made.usage, made.created), (Some(body["usage"].clone()), Some(1_760_000_000)));
    let facts =
        json!({"size": "1024x1024", "quality": "high", "background": "opaque", "output_format": "png"});
    assert_eq!(made.facts, facts, "and nothing else");
}

#[tokio::test]
async fn an_answer_without_a_picture_ends_without_one() {
    for body in [
        json!({"created": 1, "data": []}),
        json!({"data": null}),
        json!({"images": []}),
        json!({"created": 1}),
        json!([]),
        json!({"choices": [{"message": {"content": ""}, "finish_reason": "content_filter"}]}),
    ] {
        let (made, error) = whole(&body).await;
        assert!(error.is_none() && made.end, "{body} is an end: {error:?}");
        assert_eq!(made.files.len() + made.addresses.len(), 0, "{body} has none");
    }
}

#[tokio::test]
async fn words_come_as_words() {
    let said = "Here it is: ![boat](https://files.example/b.png)";
    for message in [json!({"content": said}), json!({"content": [{"type": "text", "text": said}]})] {
        let body =
            json!({"choices": [{"message": message, "finish_reason": "stop"}], "usage": {"total_tokens": 3}});
        let (made, error) = whole(&body).await;
        assert_eq!((made.words.as_str(), made.end), (said, true), "{error:?}");
        assert_eq!(made.usage, Some(json!({"total_tokens": 3})));
    }
    let refusal = json!({"choices": [{"message": {"content": null, "refusal": "I cannot draw that."}}]});
    assert_eq!(whole(&refusal).await.0.words, "I cannot draw that.");
    let mixed = json!({"choices": [{"message": {"content": format!("Look:\n![]({})\nNice.", data_url())}}]});
    let (made, _) = whole(&mixed).await;
    assert_eq!((made.words.as_str(), made.files), ("Look:\n![]()\nNice.", vec![DOT.to_vec()]));
}

#[tokio::test]
async fn a_task_is_told_by_its_number() {
    for body in [
        json!({"task_id": "t-7"}),
        json!({"taskId": "t-7", "created": 1}),
        json!({"code": 0, "message": "ok", "data": {"task_id": "t-7"}}),
        json!({"output": {"task_id": "t-7", "task_status": "PENDING"}, "request_id": "r"}),
        json!({"id": "t-7", "status": "queued", "error": null}),
        json!({"code": "success", "message": "", "data": "t-7"}),
    ] {
        let (made, error) = whole(&body).await;
        assert_eq!((made.task.as_deref(), made.end), (Some("t-7"), true), "{body}: {error:?}");
    }
    let done = json!({"task_id": "t-7", "data": [{"b64_json": DOT64}]});
    assert_eq!(whole(&done).await.0.task, None, "with a picture there is nothing to wait for");
    assert_eq!(whole(&json!({"task_id": 7})).await.0.task.as_deref(), Some("7"), "also as a number");
}

#[tokio::test]
async fn a_bare_file_is_a_picture() {
    let large = DOT.repeat(50_000);
    for content_type in ["image/png", "application/octet-stream"] {
        let (made, error) = told(content_type, &large).await;
        assert!(made.files == [large.clone()] && made.end, "as {content_type}: {error:?}");
    }
}

#[tokio::test]
async fn an_error_in_a_good_answer_is_a_refusal() {
    for (body, reading) in [
        (json!({"error": {"message": "no", "code": "content_policy_violation"}}), Reading::Policy),
        (
            json!({"error": {"message": "no", "code": "insufficient_user_quota"}, "data": []}),
            Reading::BalanceEmpty,
        ),
        (json!({"success": false, "message": "无可用渠道"}), Reading::NoChannel),
        (json!({"code": 20015, "message": "odd"}), Reading::Other),
        (
            json!({"choices": [{"error": {"message": "flagged", "code": 403}, "message": {"content": ""}}]}),
            Reading::Policy,
        ),
        (json!({"data": [{"error": {"code": "moderation_blocked", "message": "no"}}]}), Reading::Policy),
    ] {
        let (made, error) = whole(&body).await;
        let Some(Error::Refused(failure)) = error else {
            panic!("{body} is a refusal, not {made:?} {error:?}")
        };
        assert_eq!(failure.reading, reading, "{body}");
    }
}

#[tokio::test]
async fn what_is_whole_comes_before_what_is_damaged() {
    let damaged = json!({"b64_json": "!!!"});
    let good = json!({"b64_json": DOT64});
    let wish = super::wish(&json!({"prompt": "boats", "n": 2}));
    let body = json!({"data": [damaged, good], "usage": {"total_tokens": 2}});
    let server = Server::body("application/json", vec![Step::Send(body.to_string().into_bytes())]).await;
    let (made, error) = collect(client().make_pictures(&server.endpoint(), &wish).await.unwrap()).await;
    assert_eq!((made.files.len(), made.end), (1, false), "the good one");
    assert!(made.usage.is_some(), "and what it cost");
    assert!(
        matches!(&error, Some(error @ Error::BadAnswer { .. }) if error.may_be_done()),
        "then the trouble: {error:?}"
    );
}

#[tokio::test]
async fn what_is_no_answer_is_said_so() {
    for body in [
        "",
        "plain words",
        "{}",
        "{\"id\":1}",
        "{\"data\":",
        "42",
        "\"https://a.example\"",
        "{\"data\":[{\"b64_json\":\"!\"}]}",
    ] {
        let (made, error) = told("application/json", body.as_bytes()).await;
        assert!(
            matches!(error, Some(Error::BadAnswer { .. })),
            "{body:?} is unreadable, not {error:?} {made:?}"
        );
    }
    let (_, error) = told("text/html", b"<!doctype html><title>Sign in</title>").await;
    assert!(matches!(&error, Some(Error::NotAnApi { title, .. }) if title == "Sign in"), "{error:?}");
}

#[tokio::test]
async fn only_web_addresses_are_addresses() {
    for address in [
        "file:///etc/passwd",
        "/files/a.png",
        "javascript:alert(1)",
        "data:text/html,<p>",
        "ftp://a.example/b",
    ] {
        for key in ["url", "image_url"] {
            let (made, error) = whole(&json!({"data": [{key: address}]})).await;
            assert!(error.is_some(), "{address} is refused: {made:?}");
        }
    }
}

#[tokio::test]
async fn nesting_and_numbers_do_no_harm() {
    let deep = format!("{}1{}", "{\"data\":".repeat(100_000), "}".repeat(100_000));
    assert!(told("application/json", deep.as_bytes()).await.1.is_some(), "endless nesting is no answer");
    let lists = json!({"data": {"data": {"data": {"data": {"data": [{"b64_json": DOT64}]}}}}});
    assert_eq!(
        whole(&lists).await.0,
        Made { end: true, facts: json!({}), ..Made::default() },
        "nobody looks that deep"
    );
    let many: Vec<Value> = (0..5000).map(|_| json!({"url": AT})).collect();
    assert_eq!(whole(&json!({"data": many})).await.0.addresses.len(), 100, "a bounded number");
}

#[tokio::test]
async fn a_hundred_megabytes_pass() {
    let base64 = Step::Send("iVBORw0K".repeat(1 << 20).into_bytes());
    let mut steps = vec![Step::Send(b"{\"data\":[{\"b64_json\":\"".to_vec())];
    steps.extend(std::iter::repeat_n(base64, 12));
    steps.push(Step::Send(b"\"}]}".to_vec()));
    let server = Server::body("application/json", steps).await;
    let (made, error) = collect(client().make_pictures(&server.endpoint(), &boat()).await.unwrap()).await;
    assert!(made.end, "100 MB of base64: {error:?}");
    assert_eq!(made.files[0].len(), 12 * (6 << 20), "all of it");
}

#[tokio::test]
async fn more_than_the_bound_is_refused() {
    let steps = vec![Step::Send(DOT.to_vec()), Step::Repeat(vec![0; 8 << 20], Duration::ZERO)];
    let server = Server::body("image/png", steps).await;
    let (_, error) = collect(client().make_pictures(&server.endpoint(), &boat()).await.unwrap()).await;
    let told = error.map(|error| error.to_string()).unwrap_or_default();
    assert!(told.contains("longer than 209715200 bytes"), "a clear refusal: {told}");
}

#[tokio::test]
async fn words_without_an_end_are_refused_earlier() {
    let words = Step::Send("endless words, ".repeat(1 << 20).into_bytes());
    let steps = [vec![Step::Send(b"{\"a\":\"".to_vec())], vec![words; 5]].concat();
    let server = Server::body("application/json", steps).await;
    let (_, error) = collect(client().make_pictures(&server.endpoint(), &boat()).await.unwrap()).await;
    let told = error.map(|error| error.to_string()).unwrap_or_default();
    assert!(told.contains("what is no picture is longer than 67108864 bytes"), "{told}");
}
