//! Tasks as every dialect tells them, and all the ways of saying that one is not known.

use gateway::midjourney::{Button, Cancelled, Status, Task, Told, Way};

use super::{bodies, paths, site};
use crate::server::{Server, Step, client, json, not_found, response};

async fn fetched(answer: &str) -> Result<Option<Task>, gateway::Error> {
    let server = Server::always(answer).await;
    client().task(&site(&server), "17").await
}

async fn task(body: &str) -> Task {
    fetched(&format!("HTTP/1.1 200 OK\n\n{body}")).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_whole_task_is_read() {
    let told = task(
        "{\"id\":1760000000000123456,\"action\":\"IMAGINE\",\"status\":\"SUCCESS\",\"progress\":\"100%\",\"prompt\":\"a boat\",
          \"promptEn\":\"a boat\",\"submitTime\":1760000000,\"imageUrl\":\"https://cdn.example/g.png?ex=1\",
          \"failReason\":\"left over\",\"state\":\"row-1\",\"properties\":{\"finalPrompt\":\"a boat --v 7\",\"imageSeed\":77},
          \"buttons\":[{\"customId\":\"MJ::JOB::upsample::1::h\",\"emoji\":\"\",\"label\":\"U1\",\"type\":2,\"style\":2},
                       {\"customId\":\"MJ::BOOKMARK::h\",\"emoji\":\"❤️\",\"label\":\"\"},{\"label\":\"no id\"}]}",
    )
    .await;
    assert_eq!(told.id, "1760000000000123456");
    assert_eq!((told.status, told.progress), (Status::Success, Some(100)));
    assert_eq!(told.submitted_at, Some(1_760_000_000_000), "seconds are known by their size");
    assert_eq!((told.seed.as_deref(), told.final_prompt.as_str()), (Some("77"), "a boat --v 7"));
    let upscale =
        Button { custom_id: "MJ::JOB::upsample::1::h".into(), emoji: String::new(), label: "U1".into() };
    assert_eq!(told.buttons, [upscale], "no bookmark, and nothing without an id");
}

#[tokio::test]
async fn every_status_has_its_meaning() {
    for (status, meant) in [
        ("NOT_START", Status::Waiting),
        ("SUBMITTED", Status::Waiting),
        ("", Status::Waiting),
        ("SOMETHING_NEW", Status::Waiting),
        ("MODAL", Status::PopUp),
        ("IN_PROGRESS", Status::Running),
        ("SUCCESS", Status::Success),
        ("FAILURE", Status::Failure),
        ("CANCEL", Status::Cancelled),
    ] {
        let told = task(&format!("{{\"id\":\"17\",\"status\":\"{status}\",\"progress\":\"\"}}")).await;
        assert_eq!(told.status, meant, "{status}");
        assert_eq!((told.progress, told.buttons.len()), (None, 0));
    }
    let silent =
        task("{\"id\":\"17\",\"status\":\"\",\"progress\":\"100%\",\"imageUrl\":\"https://x/a.png\"}").await;
    assert_eq!(silent.status, Status::Success, "relays say no more of a swapped face");
    for (told, progress) in [("31%", Some(31)), ("paused", None), ("Submitted", None), ("300%", None)] {
        let body =
            format!("{{\"id\":\"17\",\"status\":\"IN_PROGRESS\",\"progress\":\"{told}\",\"buttons\":null}}");
        assert_eq!(task(&body).await.progress, progress);
    }
}

#[tokio::test]
async fn a_grid_without_buttons_has_those_of_the_oldest_servers() {
    let grid = task(
        "{\"id\":\"17\",\"action\":\"IMAGINE\",\"status\":\"SUCCESS\",\"imageUrl\":\"https://x/a.png\"}",
    )
    .await;
    let ids: Vec<&str> = grid.buttons.iter().map(|one| one.custom_id.as_str()).collect();
    assert_eq!((ids.len(), ids[1], ids[8]), (9, "MJ::JOB::upsample::2", "MJ::JOB::reroll::0"));
    let single = task(
        "{\"id\":\"17\",\"action\":\"UPSCALE\",\"status\":\"SUCCESS\",\"imageUrl\":\"https://x/a.png\"}",
    )
    .await;
    assert!(single.buttons.is_empty());
}

#[tokio::test]
async fn a_task_that_is_not_known_is_none_however_that_is_said() {
    for unknown in [
        "HTTP/1.1 200 OK\n\n",
        "HTTP/1.1 204 No Content\n\n",
        "HTTP/1.1 200 OK\n\nnull",
        "HTTP/1.1 200 OK\n\n{\"code\":3,\"description\":\"no such task\"}",
        "HTTP/1.1 400 Bad Request\n\n{\"description\":\"task_no_found \",\"type\":\"upstream_error\",\"code\":4}",
        "HTTP/1.1 404 Not Found\n\n{\"description\":\"task not found\"}",
    ] {
        assert_eq!(fetched(unknown).await.unwrap(), None, "{unknown:?}");
    }
    for fault in [
        "HTTP/1.1 502 Bad Gateway\n\n<html>",
        "HTTP/1.1 200 OK\n\n<html>",
        "HTTP/1.1 200 OK\n\n{}",
        "HTTP/1.1 401 Unauthorized\n\n",
    ] {
        assert!(fetched(fault).await.is_err(), "{fault:?} says nothing about the task");
    }
}

#[tokio::test]
async fn several_are_asked_about_in_the_way_that_works_there() {
    let ids = ["17".to_owned(), "18".to_owned()];
    let one = |id: &str| format!("{{\"id\":\"{id}\",\"status\":\"SUBMITTED\"}}");
    let server = Server::start(move |path| -> Vec<Step> {
        match path {
            "/mj/task/list-by-ids" => json(&format!("[{},{}]", one("18"), one("17"))),
            _ => not_found(),
        }
    })
    .await;
    let mut way = Way::default();
    assert_eq!(client().tasks(&site(&server), &ids, &mut way).await.unwrap().len(), 2);
    assert_eq!(client().tasks(&site(&server), &ids, &mut way).await.unwrap().len(), 2);
    assert_eq!(way, Way::ByIds);
    let asked = ["/mj/task/list-by-condition", "/mj/task/list-by-ids", "/mj/task/list-by-ids"];
    assert_eq!(paths(&server), asked, "what is missing is asked once");
    assert_eq!(bodies(&server)[2], serde_json::json!({"ids": ids}));

    let server = Server::start(move |path| -> Vec<Step> {
        match path {
            "/mj/task/17/fetch" => json("{\"id\":\"17\",\"status\":\"SUBMITTED\"}"),
            "/mj/task/18/fetch" => vec![Step::Send(response("HTTP/1.1 204 No Content\n\n"))],
            _ => not_found(),
        }
    })
    .await;
    let mut way = Way::default();
    assert_eq!(client().tasks(&site(&server), &ids, &mut way).await.unwrap().len(), 1);
    assert_eq!(way, Way::Singly);
}

#[tokio::test]
async fn lists_come_bare_wrapped_empty_or_not_at_all() {
    for (answer, count) in [
        (
            "HTTP/1.1 200 OK\n\n[{\"id\":\"1\",\"status\":\"SUCCESS\"},{\"id\":2,\"status\":\"\"},{\"odd\":true}]",
            Some(2),
        ),
        (
            "HTTP/1.1 200 OK\n\n{\"content\":[{\"id\":\"1\",\"status\":\"SUCCESS\"}],\"totalElements\":1}",
            Some(1),
        ),
        ("HTTP/1.1 200 OK\n\n[]", Some(0)),
        ("HTTP/1.1 200 OK\n\n", Some(0)),
        ("HTTP/1.1 404 Not Found\n\n", None),
        ("HTTP/1.1 200 OK\n\n<html><title>Relay</title>", None),
    ] {
        let server = Server::always(answer).await;
        let told = client().all_tasks(&site(&server)).await.unwrap();
        assert_eq!(told.map(|tasks| tasks.len()), count, "{answer:?}");
    }
}

#[tokio::test]
async fn cancelling_says_what_came_of_it() {
    let refused = |words: &str| Cancelled::Refused(words.into());
    for (answer, told) in [
        ("HTTP/1.1 200 OK\n\n{\"code\":1,\"description\":\"ok\"}", Cancelled::Done),
        ("HTTP/1.1 200 OK\n\n", Cancelled::Done),
        ("HTTP/1.1 404 Not Found\n\n", Cancelled::NotOffered),
        ("HTTP/1.1 200 OK\n\n{\"code\":9,\"description\":\"too late\"}", refused("too late")),
        ("HTTP/1.1 400 Bad Request\n\nnot yours", refused("not yours")),
    ] {
        let server = Server::always(answer).await;
        assert_eq!(client().cancel_task(&site(&server), "17").await.unwrap(), told, "{answer:?}");
        assert_eq!(paths(&server), ["/mj/task/17/cancel"]);
    }
}

#[tokio::test]
async fn a_seed_is_told_or_refused() {
    for (answer, told) in [
        ("HTTP/1.1 200 OK\n\n{\"code\":1,\"result\":\"636646138\"}", Told::This("636646138".into())),
        ("HTTP/1.1 200 OK\n\n{\"code\":1,\"result\":636646138}", Told::This("636646138".into())),
        (
            "HTTP/1.1 200 OK\n\n{\"code\":9,\"description\":\"not a grid\"}",
            Told::Refused("not a grid".into()),
        ),
        (
            "HTTP/1.1 200 OK\n\n{\"code\":1,\"result\":\"1 --turbo --repeat 20\"}",
            Told::Refused(String::new()),
        ),
        ("HTTP/1.1 404 Not Found\n\n", Told::NotOffered),
    ] {
        let server = Server::always(answer).await;
        assert_eq!(client().task_seed(&site(&server), "17").await.unwrap(), told, "{answer:?}");
    }
}
