//! The plainest HTTP client there is: it writes one request, reads to the end, and undoes chunking. It interprets nothing.

use std::{
    io::{Error, ErrorKind, Read, Write},
    net::TcpStream,
    time::Duration,
};

use demo::Demo;
use serde_json::{Value, json};

/// What came back.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
    pub ending: Ending,
}

/// How the connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The body was complete.
    Complete,
    /// The connection closed inside the body.
    Cut,
    /// Still open when the reader lost patience.
    Open,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the body is UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {:?}", self.text()))
    }

    pub fn header(&self, name: &str) -> Option<String> {
        let line = self.head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")))?;
        line.split_once(':').map(|(_, value)| value.trim().to_owned())
    }

    /// The JSON of each well-formed event, without the closing marker.
    pub fn events(&self) -> Vec<Value> {
        let text = self.text();
        let events = text.split("\n\n").filter_map(|event| event.strip_prefix("data: "));
        events
            .filter(|data| *data != "[DONE]")
            .map(|data| serde_json::from_str(data).expect("an event is JSON"))
            .collect()
    }

    /// All content of choice 0 put together.
    pub fn content(&self) -> String {
        self.events().iter().filter_map(|event| event["choices"][0]["delta"]["content"].as_str()).collect()
    }
}

/// A streamed question to the model of that name.
pub fn stream(demo: &Demo, model: &str) -> Answer {
    chat(demo, &question(model))
}

/// The same for a model whose answer has no end.
pub fn glimpse(demo: &Demo, model: &str) -> Answer {
    glimpse_at(demo, "/v1/chat/completions", &question(model))
}

/// The beginning of what is answered there.
pub fn glimpse_at(demo: &Demo, path: &str, body: &Value) -> Answer {
    read_beginning(open(&demo.url(), "POST", path, None, &body.to_string()))
}

/// What both ask.
pub fn question(model: &str) -> Value {
    json!({"model": model, "stream": true, "messages": [{"role": "user", "content": "Name a river."}]})
}

/// The same question, asked for one body.
pub fn whole(demo: &Demo, model: &str) -> Answer {
    chat(demo, &json!({"model": model, "messages": [{"role": "user", "content": "Name a river."}]}))
}

pub fn chat(demo: &Demo, body: &Value) -> Answer {
    send(&demo.url(), "POST", "/v1/chat/completions", None, &body.to_string())
}

pub fn get(demo: &Demo, path: &str) -> Answer {
    send(&demo.url(), "GET", path, None, "")
}

pub fn send(url: &str, method: &str, path: &str, key: Option<&str>, body: &str) -> Answer {
    read(open(url, method, path, key, body))
}

/// Sends a form to an address below the root.
pub fn send_form(demo: &Demo, path: &str, boundary: &str, body: &[u8]) -> Answer {
    let url = demo.url();
    let address = url.strip_prefix("http://").expect("the demo speaks plain HTTP");
    let mut connection = TcpStream::connect(address).expect("the demo listens");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n\
         Content-Type: multipart/form-data; boundary={boundary}\r\n\r\n",
        body.len()
    );
    connection.write_all(&[head.as_bytes(), body].concat()).expect("the request is accepted");
    read(connection)
}

/// Asks with a header of its own.
pub fn with_header(url: &str, path: &str, header: &str) -> Answer {
    let address = url.strip_prefix("http://").expect("the demo speaks plain HTTP");
    let mut connection = TcpStream::connect(address).expect("the demo listens");
    let head = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{header}\r\n\r\n");
    connection.write_all(head.as_bytes()).expect("the request is accepted");
    read(connection)
}

/// Sends the request and leaves the answer to the caller.
pub fn open(url: &str, method: &str, path: &str, key: Option<&str>, body: &str) -> TcpStream {
    let address = url.strip_prefix("http://").expect("the demo speaks plain HTTP");
    let mut connection = TcpStream::connect(address).expect("the demo listens");
    let key = key.map(|key| format!("Authorization: Bearer {key}\r\n")).unwrap_or_default();
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{key}Content-Length: {length}\r\n\r\n"
    );
    connection.write_all(format!("{head}{body}").as_bytes()).expect("the request is accepted");
    connection
}

/// Reads to the end or the cut of an answer that has one. The limit only keeps a broken demo from hanging the tests.
fn read(mut connection: TcpStream) -> Answer {
    connection.set_read_timeout(Some(Duration::from_secs(120))).expect("a timeout can be set");
    let mut raw = Vec::new();
    let ended = connection.read_to_end(&mut raw);
    parse(&raw, ended.is_err_and(|error| is_patience(&error)))
}

/// Reads the beginning of an answer that has no end: a dozen pieces, or until nothing came for a while.
fn read_beginning(mut connection: TcpStream) -> Answer {
    connection.set_read_timeout(Some(Duration::from_millis(300))).expect("a timeout can be set");
    let mut raw = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    for _ in 0..12 {
        match connection.read(&mut buffer) {
            Ok(0) => return parse(&raw, false),
            Ok(count) => raw.extend_from_slice(&buffer[..count]),
            Err(error) if is_patience(&error) => break,
            Err(_) => return parse(&raw, false),
        }
    }
    parse(&raw, true)
}

fn is_patience(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

fn parse(raw: &[u8], open: bool) -> Answer {
    let Some(split) = raw.windows(4).position(|part| part == b"\r\n\r\n") else {
        return Answer {
            status: 0,
            head: String::new(),
            body: raw.to_vec(),
            ending: if open { Ending::Open } else { Ending::Cut },
        };
    };
    let head = String::from_utf8(raw[..split].to_vec()).expect("headers are ASCII");
    let status = head[9..12].parse().expect("a status is a number");
    let rest = &raw[split + 4..];
    let (body, complete) = if head.to_lowercase().contains("transfer-encoding: chunked") {
        unchunk(rest)
    } else {
        (rest.to_vec(), true)
    };
    let ending = match (complete, open) {
        (true, _) => Ending::Complete,
        (false, true) => Ending::Open,
        (false, false) => Ending::Cut,
    };
    Answer { status, head, body, ending }
}

/// The body, and whether its closing chunk was there.
fn unchunk(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while let Some(line) = rest.windows(2).position(|part| part == b"\r\n") {
        let size =
            std::str::from_utf8(&rest[..line]).ok().and_then(|hex| usize::from_str_radix(hex, 16).ok());
        let size = size.expect("a chunk begins with its size");
        if size == 0 {
            return (body, true);
        }
        let Some(chunk) = rest.get(line + 2..line + 2 + size) else { break };
        body.extend_from_slice(chunk);
        rest = rest.get(line + 4 + size..).unwrap_or_default();
    }
    (body, false)
}
