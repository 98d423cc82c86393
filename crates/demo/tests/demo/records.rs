//! What the demo writes down, in the library and through the program's control paths.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use demo::{Script, fingerprint};
use serde_json::{Value, json};

use crate::client::{get, send};

const KEY: &str = "sk-demo-secret-4f2a";

#[tokio::test]
async fn requests_are_kept_without_their_key() {
    let demo = demo::start(Script::tests()).await.expect("the demo starts");
    let body = json!({"model": "plain", "messages": [{"role": "user", "content": "Hi"}]});
    send(&demo.url(), "POST", "/v1/chat/completions?a=1", Some(KEY), &body.to_string());
    send(&demo.url(), "POST", "/v1/chat/completions", None, "no json");
    let seen = demo.requests();
    assert_eq!(
        (seen[0].method.as_str(), seen[0].path.as_str()),
        ("POST", "/v1/chat/completions?a=1"),
        "as sent"
    );
    assert_eq!(seen[0].body, body, "the body as sent");
    assert_eq!(seen[0].headers["authorization"], "Bearer …4f2a", "the header is shortened");
    let key = seen[0].key.as_ref().expect("a key came along");
    assert_eq!((key.ends.as_str(), key.sha256.clone()), ("4f2a", fingerprint(KEY)), "enough to compare");
    assert!(!format!("{seen:?}").contains("secret"), "the key itself is nowhere");
    assert_eq!(seen[1].key, None, "no key is no key");
    assert_eq!(seen[1].body, json!("no json"), "other bodies are kept as text");
    assert!(seen[0].at <= seen[1].at, "in the order of arrival");
}

#[tokio::test]
async fn control_paths_exist_only_where_asked_for() {
    let closed = demo::start(Script::tests()).await.expect("the demo starts");
    assert_eq!(get(&closed, "/__demo/requests").status, 404, "the app's own demo has none");
}

#[test]
fn fingerprints_are_sha_256() {
    let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(fingerprint("abc"), known, "the published example");
}

#[test]
fn the_program_serves_obeys_and_ends_with_its_input() {
    let mut program = Program::start(&["--script", "arcee", "--key", KEY]);
    let url = program.url.clone();
    assert_eq!(send(&url, "GET", "/api/v1/models", None, "").status, 401, "the key is wanted");
    assert_eq!(send(&url, "GET", "/api/v1/models", Some(KEY), "").status, 200, "the key is taken");
    let seen = send(&url, "GET", "/__demo/requests", None, "").json();
    assert_eq!(seen.as_array().map(Vec::len), Some(2), "control itself is not recorded");
    assert_eq!(seen[1]["key"]["sha256"], fingerprint(KEY), "a test elsewhere can compare the key");
    assert_eq!(send(&url, "POST", "/__demo/clear", None, "").status, 204, "forgets");
    assert_eq!(send(&url, "GET", "/__demo/requests", None, "").json(), json!([]), "has forgotten");
    assert_eq!(order(&url, &json!({"script": "welcome"})), 204, "changes its script");
    let list = send(&url, "GET", "/v1/models", None, "").json();
    assert_eq!(list["data"][0]["id"], "demo", "plays the new script, without a key");
    assert_eq!(order(&url, &json!({"script": "no such"})), 400, "refuses an unknown script");
    assert_eq!(send(&url, "GET", "/__demo/dropped", None, "").json(), json!([]), "nobody left early");
    drop(program.child.stdin.take());
    assert!(program.child.wait().expect("it ends").success(), "ends in peace when its input closes");
}

#[test]
fn the_program_explains_itself_when_it_does_not_understand() {
    let output = Command::new(env!("CARGO_BIN_EXE_demo-gateway")).arg("--what").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "a mistake in the words");
    assert!(String::from_utf8_lossy(&output.stderr).contains("--script"), "says what it takes");
}

fn order(url: &str, script: &Value) -> u16 {
    let address = url.strip_prefix("http://").expect("plain HTTP");
    let body = script.to_string();
    let request = format!(
        "POST /__demo/script HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut connection = std::net::TcpStream::connect(address).expect("the program listens");
    std::io::Write::write_all(&mut connection, request.as_bytes()).expect("the order is accepted");
    let mut line = String::new();
    BufReader::new(connection).read_line(&mut line).expect("an answer");
    line[9..12].parse().expect("a status")
}

struct Program {
    child: Child,
    url: String,
}

impl Program {
    fn start(words: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demo-gateway"));
        let mut child =
            command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe"))
            .read_line(&mut line)
            .expect("it says where it is");
        let url = serde_json::from_str::<Value>(&line).expect("one line of JSON")["url"]
            .as_str()
            .expect("a url")
            .to_owned();
        Self { child, url }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself already.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
