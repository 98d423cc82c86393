//! Pages of the past, the queue, and pictures that are laid down.

use gateway::midjourney::Told;

use super::{bodies, paths, site};
use crate::server::{Server, client};

const TASK: &str =
    "{\"id\":\"17\",\"action\":\"IMAGINE\",\"status\":\"SUCCESS\",\"imageUrl\":\"https://x/a.png\"}";

async fn says(body: &str) -> Server {
    Server::always(&format!("HTTP/1.1 200 OK\n\n{body}")).await
}

#[tokio::test]
async fn pages_are_asked_for_from_nought_and_say_when_they_end() {
    let server = says(&format!("{{\"content\":[{TASK}],\"totalElements\":3,\"last\":false}}")).await;
    let page = client().tasks_page(&site(&server), 2, 1).await.unwrap().unwrap();
    assert_eq!((page.tasks[0].id.as_str(), page.all, page.is_last), ("17", Some(3), false));
    assert_eq!(paths(&server), ["/mj/task/query"]);
    let body = &bodies(&server)[0];
    assert_eq!(
        (&body["pageNumber"], &body["pageSize"], &body["sort"]),
        (&2.into(), &1.into(), &"id,desc".into())
    );
    for (told, is_last) in [
        (format!("{{\"content\":[{TASK}]}}"), false),
        (format!("{{\"content\":[{TASK}],\"last\":true}}"), true),
        (format!("{{\"content\":[{TASK},{TASK}]}}"), false),
        ("{\"content\":[],\"last\":false}".to_owned(), true),
        (String::new(), true),
    ] {
        let page = client().tasks_page(&site(&says(&told).await), 0, 2).await.unwrap().unwrap();
        assert_eq!(page.is_last, is_last, "{told}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_told_as_such() {
    let server = Server::always("HTTP/1.1 404 Not Found\n\n{\"error\":\"Not Found\",\"path\":\"/mj\"}").await;
    let at = site(&server);
    assert_eq!(client().tasks_page(&at, 0, 10).await.unwrap(), None);
    assert_eq!(client().queued_tasks(&at).await.unwrap(), None);
    assert_eq!(client().lay_down(&at, "data:image/png;base64,x").await.unwrap(), Told::NotOffered);
    let queued = client().queued_tasks(&site(&says(&format!("[{TASK}]")).await)).await.unwrap().unwrap();
    assert_eq!(queued.len(), 1);
}

#[tokio::test]
async fn a_picture_that_is_laid_down_has_an_address() {
    for (told, meant) in [
        ("{\"code\":1,\"result\":[\"https://x/a.png\"]}", Told::This("https://x/a.png".into())),
        ("{\"code\":1,\"result\":\"https://x/a.png\"}", Told::This("https://x/a.png".into())),
        (
            "{\"code\":4,\"description\":\"uploads are off\",\"result\":\"\"}",
            Told::Refused("uploads are off".into()),
        ),
        ("{\"code\":1,\"result\":[\"https://x/a.png --turbo\"]}", Told::Refused(String::new())),
        ("{\"code\":1,\"result\":[\"file:///etc/a.png\"]}", Told::Refused(String::new())),
    ] {
        let server = says(told).await;
        assert_eq!(
            client().lay_down(&site(&server), "data:image/png;base64,x").await.unwrap(),
            meant,
            "{told}"
        );
        assert_eq!(bodies(&server)[0]["base64Array"][0], "data:image/png;base64,x");
    }
}
