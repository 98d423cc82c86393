//! What is asked for, and every code that comes back.

use gateway::midjourney::{Bot, Dimensions, SignIn, Site, Speed, Submission, Submitted};
use gateway::{Error, Reading};
use serde_json::json;

use super::{bodies, paths, site};
use crate::server::{KEY, Server, client};

fn imagine() -> Submission {
    Submission::Imagine { prompt: "a boat --ar 3:2".into(), pictures: Vec::new(), bot: Bot::Midjourney }
}

async fn told(answer: &str) -> Result<Submitted, Error> {
    let server = Server::always(answer).await;
    client().submit(&site(&server), &imagine(), "row-1").await
}

async fn said(body: &str) -> Submitted {
    told(&format!("HTTP/1.1 200 OK\nContent-Type: application/json\n\n{body}")).await.unwrap()
}

#[tokio::test]
async fn each_wish_has_its_path_and_its_fields() {
    let url = || "data:image/png;base64,iVBORw0=".to_owned();
    let table = [
        (
            imagine(),
            "/mj/submit/imagine",
            json!({"prompt": "a boat --ar 3:2", "base64Array": [], "botType": "MID_JOURNEY", "state": "row-1"}),
        ),
        (
            Submission::Blend {
                pictures: vec![url(), url()],
                dimensions: Dimensions::Portrait,
                bot: Bot::Niji,
            },
            "/mj/submit/blend",
            json!({"base64Array": [url(), url()], "dimensions": "PORTRAIT", "botType": "NIJI_JOURNEY", "state": "row-1"}),
        ),
        (
            Submission::Describe { picture: url(), bot: Bot::Midjourney },
            "/mj/submit/describe",
            json!({"base64": url(), "botType": "MID_JOURNEY", "state": "row-1"}),
        ),
        (
            Submission::Shorten { prompt: "long".into(), bot: Bot::Midjourney },
            "/mj/submit/shorten",
            json!({"prompt": "long", "botType": "MID_JOURNEY", "state": "row-1"}),
        ),
        (
            Submission::Action { task: "17".into(), custom_id: "MJ::X".into() },
            "/mj/submit/action",
            json!({"taskId": "17", "customId": "MJ::X", "state": "row-1"}),
        ),
        (
            Submission::Modal { task: "18".into(), prompt: "a sail".into(), mask: Some(url()) },
            "/mj/submit/modal",
            json!({"taskId": "18", "prompt": "a sail", "maskBase64": url()}),
        ),
        (
            Submission::Change { task: "17".into(), action: "REROLL", index: None },
            "/mj/submit/change",
            json!({"taskId": "17", "action": "REROLL", "state": "row-1"}),
        ),
        (
            Submission::SimpleChange { content: "17 U2".into() },
            "/mj/submit/simple-change",
            json!({"content": "17 U2", "state": "row-1"}),
        ),
        (
            Submission::Swap { source: url(), target: url() },
            "/mj/insight-face/swap",
            json!({"sourceBase64": url(), "targetBase64": url(), "state": "row-1"}),
        ),
    ];
    for (wish, path, body) in table {
        let server = Server::always("HTTP/1.1 200 OK\n\n{\"code\":1,\"result\":\"1\"}").await;
        client().submit(&site(&server), &wish, "row-1").await.unwrap();
        assert_eq!(paths(&server), [path]);
        assert_eq!(bodies(&server), [body], "{path}");
    }
}

#[tokio::test]
async fn the_key_is_shown_in_one_way_alone_and_speed_is_a_path() {
    let server = Server::always("HTTP/1.1 200 OK\n\n{\"code\":1,\"result\":\"1\"}").await;
    let gateway = Site { speed: Some(Speed::Turbo), ..site(&server) };
    let alone = Site { sign_in: SignIn::Secret, speed: Some(Speed::Relax), ..site(&server) };
    client().submit(&gateway, &imagine(), "").await.unwrap();
    client().submit(&alone, &imagine(), "").await.unwrap();
    assert_eq!(paths(&server), ["/mj-turbo/mj/submit/imagine", "/mj-relax/mj/submit/imagine"]);
    let requests = server.requests();
    let heads: Vec<String> = requests.iter().map(|one| one.to_lowercase()).collect();
    assert!(
        heads[0].contains(&format!("authorization: bearer {KEY}")) && !heads[0].contains("mj-api-secret")
    );
    assert!(heads[1].contains(&format!("mj-api-secret: {KEY}")) && !heads[1].contains("authorization"));
}

#[tokio::test]
async fn an_address_of_its_own_keeps_its_prefix() {
    let server = Server::always("HTTP/1.1 200 OK\n\n{\"code\":1,\"result\":\"1\"}").await;
    let mut site = site(&server);
    site.endpoint.root = gateway::ApiRoot::parse(&format!("{}/draw/mj", server.address)).unwrap();
    client().submit(&site, &imagine(), "").await.unwrap();
    assert_eq!(paths(&server), ["/draw/mj/submit/imagine"]);
    assert_eq!(site.picture("/mj/image/17?rand=1"), format!("{}/draw/mj/image/17?rand=1", server.address));
    assert_eq!(site.picture("https://cdn.example/a.png"), "https://cdn.example/a.png");
}

#[tokio::test]
async fn every_code_has_its_meaning() {
    let task = |id: &str, queue| Submitted::Task { id: id.into(), queue };
    assert_eq!(
        said("{\"code\":1,\"description\":\"ok\",\"result\":\"17\",\"properties\":{}}").await,
        task("17", None)
    );
    let number = "{\"code\":1,\"result\":1760000000000123456}";
    assert_eq!(said(number).await, task("1760000000000123456", None), "a number keeps its digits");
    let queued = "{\"code\":22,\"result\":\"17\",\"properties\":{\"numberOfQueues\":3}}";
    assert_eq!(said(queued).await, task("17", Some(3)));
    assert_eq!(said("{\"code\":0,\"result\":\"17\"}").await, task("17", None));
    assert_eq!(said("{\"code\":1,\"result\":[\"17\"]}").await, task("17", None));
    let popup = "{\"code\":21,\"description\":\"窗口等待\",\"result\":\"18\",\"properties\":{\"finalPrompt\":\"a boat\",\"remix\":true}}";
    assert_eq!(said(popup).await, Submitted::PopUp { id: "18".into(), prompt: "a boat".into() });
    let before = "{\"code\":21,\"result\":\"9\",\"properties\":{\"status\":\"SUCCESS\",\"imageUrl\":\"https://x/a.png\"}}";
    assert_eq!(said(before).await, Submitted::Before { id: "9".into() });
    assert_eq!(said("{\"code\":23,\"description\":\"queue is full\"}").await, Submitted::QueueFull);
    let banned =
        "{\"code\":24,\"description\":\"x\",\"properties\":{\"bannedWord\":\"blood\",\"promptEn\":\"y\"}}";
    assert_eq!(said(banned).await, Submitted::Banned { word: "blood".into() });
    assert_eq!(said("{\"code\":24}").await, Submitted::Banned { word: String::new() });
    assert_eq!(said("{\"code\":3,\"description\":\"gone\"}").await, Submitted::Gone { words: "gone".into() });
    for code in [0, 4, 5, 9, 77] {
        let refused = said(&format!("{{\"code\":{code},\"description\":\"no\"}}")).await;
        assert_eq!(refused, Submitted::Refused { code, words: "no".into() });
    }
}

#[tokio::test]
async fn errors_of_relays_are_refusals() {
    let reading = |told: Result<Submitted, Error>| match told {
        Err(Error::Refused(failure)) => failure.reading,
        other => panic!("{other:?} is no refusal"),
    };
    let quota = "HTTP/1.1 400 Bad Request\n\n{\"description\":\"quota_not_enough \",\"type\":\"upstream_error\",\"code\":4}";
    assert_eq!(reading(told(quota).await), Reading::BalanceEmpty);
    let many = "HTTP/1.1 429 Too Many Requests\n\n{\"description\":\"group saturated\",\"type\":\"upstream_error\",\"code\":30}";
    assert_eq!(told(many).await.unwrap(), Submitted::QueueFull);
    let parent = "HTTP/1.1 404 Not Found\n\n{\"code\":3,\"description\":\"not found\"}";
    assert_eq!(told(parent).await.unwrap(), Submitted::Gone { words: "not found".into() });
    let full = "HTTP/1.1 400 Bad Request\n\n{\"code\":23,\"description\":\"queue is full\"}";
    assert_eq!(told(full).await.unwrap(), Submitted::QueueFull);
    assert_eq!(reading(told("HTTP/1.1 401 Unauthorized\n\n").await), Reading::KeyRejected);
    let wrapped = "HTTP/1.1 200 OK\n\n{\"error\":{\"message\":\"bad key\",\"code\":\"invalid_api_key\"}}";
    assert_eq!(reading(told(wrapped).await), Reading::KeyRejected);
}

#[tokio::test]
async fn what_may_have_been_taken_says_so() {
    for odd in [
        "HTTP/1.1 200 OK\n\n",
        "HTTP/1.1 200 OK\n\n{\"code\":1}",
        "HTTP/1.1 200 OK\n\n{\"hello\":1}",
        "HTTP/1.1 200 OK\n\n{",
    ] {
        assert!(told(odd).await.unwrap_err().may_be_done(), "{odd:?}");
    }
    let page = told("HTTP/1.1 200 OK\nContent-Type: text/html\n\n<title>Shop</title>").await.unwrap_err();
    assert!(!page.may_be_done() && gateway::midjourney::is_missing(&page), "a shop takes nothing");
}
