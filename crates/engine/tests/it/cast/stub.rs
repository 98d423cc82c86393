//! A server on 127.0.0.1 for the few answers that no scenario of the demo gives: it hands each request to a script
//! and sends back what the script makes of it. It understands no more of HTTP than where a request ends.

use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// One answer: status, JSON body, and what it waits for before it goes out.
pub struct Reply {
    pub status: u16,
    pub body: String,
    pub gate: Option<Arc<Notify>>,
}

/// The server. It runs until its test's runtime ends.
pub struct Stub {
    pub url: String,
}

impl Reply {
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self { status, body: body.to_string(), gate: None }
    }
}

impl Stub {
    /// Answers every request with what `script` makes of its text, head and body.
    pub async fn start(script: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let script = Arc::new(script);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let script = Arc::clone(&script);
                tokio::spawn(async move { answer(stream, &*script).await });
            }
        });
        Self { url }
    }
}

async fn answer(mut stream: TcpStream, script: &(impl Fn(&str) -> Reply + Sync)) {
    let Some(request) = read(&mut stream).await else { return };
    let reply = script(&request);
    if let Some(gate) = &reply.gate {
        gate.notified().await;
    }
    let (status, body) = (reply.status, reply.body);
    let head = format!(
        "HTTP/1.1 {status} Stub\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A client that has left wants no answer.
    drop(stream.write_all(format!("{head}{body}").as_bytes()).await);
}

/// One request, or none when the client left.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut text = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.ok().filter(|count| *count > 0)?;
        text.extend_from_slice(&piece[..count]);
        let request = String::from_utf8_lossy(&text);
        let Some((head, body)) = request.split_once("\r\n\r\n") else { continue };
        if body.len() >= length(head) {
            return Some(request.into_owned());
        }
    }
}

fn length(head: &str) -> usize {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let length = lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    length.map(|(_, value)| value.trim().parse().unwrap()).next().unwrap_or(0)
}
