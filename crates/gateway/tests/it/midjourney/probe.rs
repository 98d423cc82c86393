//! Whether Midjourney's paths are offered, judged by the answer to a question about a task that does not exist.

use crate::server::{Server, client};

#[tokio::test]
async fn the_answer_tells() {
    let table = [
        (
            "HTTP/1.1 400 Bad Request\n\n{\"description\":\"task_not_found\",\"type\":\"upstream_error\",\"code\":4}",
            Some(true),
        ),
        ("HTTP/1.1 200 OK\n\n{\"code\":3,\"description\":\"no such task\"}", Some(true)),
        ("HTTP/1.1 200 OK\n\n{\"id\":\"0\",\"status\":\"NOT_START\"}", Some(true)),
        ("HTTP/1.1 200 OK\n\n", Some(true)),
        ("HTTP/1.1 200 OK\n\nnull", Some(true)),
        (
            "HTTP/1.1 404 Not Found\n\n{\"error\":{\"message\":\"Invalid URL (GET /mj/task/0/fetch)\"}}",
            Some(false),
        ),
        ("HTTP/1.1 404 Not Found\n\n", Some(false)),
        ("HTTP/1.1 404 Not Found\n\n<html><title>404</title>", Some(false)),
        ("HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html><title>Shop</title>", Some(false)),
        ("HTTP/1.1 405 Method Not Allowed\n\n", Some(false)),
        ("HTTP/1.1 401 Unauthorized\n\n{\"error\":{\"message\":\"bad key\"}}", None),
        ("HTTP/1.1 500 Internal Server Error\n\n", None),
        ("HTTP/1.1 200 OK\n\n{\"hello\":1}", None),
    ];
    for (answer, offered) in table {
        let server = Server::always(answer).await;
        assert_eq!(client().midjourney(&server.endpoint()).await, offered, "what {answer:?} tells");
        let path = server.paths().remove(0);
        assert_eq!(
            path, "GET /mj/task/0/fetch HTTP/1.1",
            "a question that starts nothing, beside the version path"
        );
    }
}
