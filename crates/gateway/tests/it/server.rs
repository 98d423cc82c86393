//! A server on 127.0.0.1 that answers with exact bytes. It understands no more of HTTP than where a request ends.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use gateway::{ApiRoot, Client, Endpoint, Key, Timeouts};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

pub const KEY: &str = "sk-test-0123456789abcdef";

/// One move of the server on one connection. After the last it closes.
#[derive(Clone)]
pub enum Step {
    Send(Vec<u8>),
    /// Silence until the client goes away.
    Hang,
    /// The same bytes again and again, this far apart, until the client goes away.
    Repeat(Vec<u8>, Duration),
}

pub struct Server {
    pub address: String,
    requests: Arc<Mutex<Vec<String>>>,
    left: watch::Receiver<usize>,
}

impl Server {
    /// Answers every request with what `script` makes of its path.
    pub async fn start(script: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (count, left) = watch::channel(0);
        let (script, seen, count) = (Arc::new(script), requests.clone(), Arc::new(count));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, seen, count) = (script.clone(), seen.clone(), count.clone());
                tokio::spawn(async move { converse(stream, &*script, &seen, &count).await });
            }
        });
        Self { address, requests, left }
    }

    /// Answers everything with `answer`, written as in the wire samples.
    pub async fn always(answer: &str) -> Self {
        let bytes = response(answer);
        Self::start(move |_| vec![Step::Send(bytes.clone())]).await
    }

    /// Answers with a head of this content type and then these steps.
    pub async fn body(content_type: &str, steps: Vec<Step>) -> Self {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nConnection: close\r\n\r\n");
        Self::start(move |_| [vec![Step::Send(head.clone().into_bytes())], steps.clone()].concat()).await
    }

    pub fn endpoint(&self) -> Endpoint {
        let root = ApiRoot::parse(&self.address).unwrap();
        Endpoint { root, key: Some(Key::new(KEY.into())) }
    }

    /// Every request so far: head and body as they came.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The request lines so far.
    pub fn paths(&self) -> Vec<String> {
        self.requests().iter().map(|request| request.lines().next().unwrap_or_default().to_owned()).collect()
    }

    /// Waits until a client has gone away while the server was hanging.
    pub async fn client_left(&mut self) {
        self.left.wait_for(|count| *count > 0).await.unwrap();
    }
}

/// A sample (lines end in LF, a blank line after the head) as bytes on the wire.
pub fn response(sample: &str) -> Vec<u8> {
    let (head, body) = sample.split_once("\n\n").unwrap();
    format!("{}\r\nConnection: close\r\n\r\n{body}", head.replace('\n', "\r\n")).into_bytes()
}

pub fn json(body: &str) -> Vec<Step> {
    vec![Step::Send(response(&format!("HTTP/1.1 200 OK\nContent-Type: application/json\n\n{body}")))]
}

pub fn not_found() -> Vec<Step> {
    vec![Step::Send(response("HTTP/1.1 404 Not Found\n\n"))]
}

pub fn client() -> Client {
    Client::new(Timeouts::default())
}

async fn converse(
    mut stream: TcpStream,
    script: &(dyn Fn(&str) -> Vec<Step> + Send + Sync),
    seen: &Mutex<Vec<String>>,
    left: &watch::Sender<usize>,
) {
    stream.set_nodelay(true).unwrap();
    let Some(request) = read_request(&mut stream).await else { return };
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    seen.lock().unwrap().push(request);
    for step in script(&path) {
        let stays = match step {
            Step::Send(bytes) => stream.write_all(&bytes).await.is_ok(),
            Step::Hang => stream.read(&mut [0; 16]).await.is_ok_and(|read| read > 0),
            Step::Repeat(bytes, pause) => repeat(&mut stream, &bytes, pause).await,
        };
        if !stays {
            left.send_modify(|count| *count += 1);
            return;
        }
    }
}

async fn repeat(stream: &mut TcpStream, bytes: &[u8], pause: Duration) -> bool {
    while stream.write_all(bytes).await.is_ok() {
        tokio::time::sleep(pause).await;
    }
    false
}

async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .to_lowercase()
                .lines()
                .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Some(text.into_owned());
            }
        }
    }
}
