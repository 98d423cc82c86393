//! Buttons, at servers that have them and at those that never heard of them.

use gateway::midjourney::{Submitted, is_missing};
use serde_json::json;

use super::{bodies, paths, site};
use crate::server::{Server, Step, client, json as answer, not_found};

const TAKEN: &str = "{\"code\":1,\"result\":\"18\"}";

/// A server that has these paths and no others.
async fn having(known: &'static [&'static str]) -> Server {
    Server::start(move |path| -> Vec<Step> {
        if known.contains(&path) { answer(TAKEN) } else { not_found() }
    })
    .await
}

#[tokio::test]
async fn a_button_is_sent_as_it_came() {
    let server = having(&["/mj/submit/action"]).await;
    let id = "MJ::JOB::upsample::2::5f3a";
    let told = client().press(&site(&server), "17", id, "row").await.unwrap();
    assert_eq!(told, Submitted::Task { id: "18".into(), queue: None });
    assert_eq!(bodies(&server), [json!({"taskId": "17", "customId": id, "state": "row"})]);
}

#[tokio::test]
async fn older_servers_are_asked_in_their_own_words() {
    let server = having(&["/mj/submit/change"]).await;
    client().press(&site(&server), "17", "MJ::JOB::variation::3::5f3a", "row").await.unwrap();
    assert_eq!(paths(&server), ["/mj/submit/action", "/mj/submit/change"]);
    assert_eq!(
        bodies(&server)[1],
        json!({"taskId": "17", "action": "VARIATION", "index": 3, "state": "row"})
    );
    let server = having(&["/mj/submit/simple-change"]).await;
    client().press(&site(&server), "17", "MJ::JOB::reroll::0::5f3a::SOLO", "row").await.unwrap();
    client().press(&site(&server), "17", "MJ::JOB::upsample::2", "row").await.unwrap();
    let contents: Vec<_> =
        bodies(&server).into_iter().filter_map(|body| body.get("content").cloned()).collect();
    assert_eq!(contents, ["17 R", "17 U2"]);
    assert!(
        !paths(&server).ends_with(&["/mj/submit/action".into()]),
        "what no server told is not sent to it"
    );
}

#[tokio::test]
async fn what_nobody_knows_in_older_words_is_missing() {
    let server = having(&[]).await;
    let told = client().press(&site(&server), "17", "MJ::Inpaint::1::5f3a::SOLO", "").await.unwrap_err();
    assert!(is_missing(&told));
    assert_eq!(paths(&server), ["/mj/submit/action"]);
    let told = client().press(&site(&server), "17", "MJ::JOB::upsample::2::5f3a", "").await.unwrap_err();
    assert!(is_missing(&told));
}
