//! Models that read aloud: every form of file, how long it is, and one row for every way in which it goes otherwise.

use demo::{Demo, Dialect, Script};
use serde_json::{Value, json};

use crate::client::{Answer, Ending, glimpse_at, send};

pub const MODELS: &[&str] = &["tts-1", "tts-1-hd", "gpt-4o-mini-tts"];
const TEXT: &str = "The river rises in the hills. It reaches the sea.";

async fn demo() -> Demo {
    demo::start(Script::tests()).await.expect("the demo starts")
}

fn speak(demo: &Demo, fields: &Value) -> Answer {
    let mut body = json!({"model": "tts-1", "input": TEXT, "voice": "nova"});
    for (name, value) in fields.as_object().expect("fields") {
        body[name] = value.clone();
    }
    send(&demo.url(), "POST", "/v1/audio/speech", None, &body.to_string())
}

#[tokio::test]
async fn a_sound_is_as_long_as_its_text_in_every_form() {
    let demo = demo().await;
    for (format, mime, start) in [
        ("mp3", "audio/mpeg", b"\xff\xf3".as_slice()),
        ("aac", "audio/aac", b"\xff\xf1"),
        ("opus", "audio/opus", b"OggS"),
        ("flac", "audio/flac", b"fLaC"),
        ("wav", "audio/wav", b"RIFF\xff\xff\xff\xffWAVE"),
        ("pcm", "audio/pcm", b""),
    ] {
        let answer = speak(&demo, &json!({"response_format": format}));
        assert_eq!((answer.status, answer.header("content-type").as_deref()), (200, Some(mime)));
        assert!(answer.body.starts_with(start), "{format} begins as it should");
        let twice = speak(&demo, &json!({"response_format": format, "input": TEXT.repeat(2)}));
        let grown = twice.body.len() * 100 / answer.body.len();
        assert!((150..=210).contains(&grown), "{format} of twice the text is {grown} % as long");
        assert_eq!(
            speak(&demo, &json!({"response_format": format})).body,
            answer.body,
            "the same every time"
        );
    }
    let plain = speak(&demo, &json!({"response_format": "pcm"})).body;
    let fast = speak(&demo, &json!({"response_format": "pcm", "speed": 2})).body;
    assert!(fast.len() * 2 <= plain.len() + 20_000, "twice as fast");
    let other = speak(&demo, &json!({"response_format": "pcm", "voice": "onyx"})).body;
    assert!(other != plain && other.len() == plain.len(), "another voice, as long");
}

#[tokio::test]
async fn each_model_refuses_what_it_does_not_take() {
    let demo = demo().await;
    for (fields, field) in [
        (json!({"input": " "}), "input"),
        (json!({"input": "a".repeat(4097)}), "input"),
        (json!({"voice": null}), "voice"),
        (json!({"voice": "marin"}), "voice"),
        (json!({"speed": 5}), "speed"),
        (json!({"response_format": "midi"}), "response_format"),
        (json!({"instructions": "whisper"}), "instructions"),
        (json!({"stream_format": "sse"}), "stream_format"),
        (json!({"model": "plain"}), "model"),
    ] {
        let answer = speak(&demo, &fields);
        assert_eq!((answer.status, &answer.json()["error"]["param"]), (400, &json!(field)), "{fields}");
    }
    let told = json!({"model": "gpt-4o-mini-tts", "voice": "marin", "instructions": "whisper"});
    assert_eq!(speak(&demo, &told).status, 200, "the newer one takes them");
    assert_eq!(speak(&demo, &json!({"model": "never-heard-of-it"})).status, 404);
    assert_eq!(speak(&demo, &json!({"input": "水".repeat(2000)})).status, 200, "letters count here");
}

#[tokio::test]
async fn relays_count_bytes() {
    let demo = demo::start(Script::dialect(Dialect::OneApi)).await.expect("the demo starts");
    let ask = |input: &str| {
        let body = json!({"model": "tts-1", "input": input, "voice": "nova"}).to_string();
        send(&demo.url(), "POST", "/v1/audio/speech", None, &body)
    };
    let long = ask(&"水".repeat(1366));
    assert_eq!((long.status, long.json()["error"]["code"].as_str()), (400, Some("text_too_long")));
    assert_eq!(ask(&"水".repeat(1365)).status, 200);
    let demo = demo::start(Script::dialect(Dialect::Ollama)).await.expect("the demo starts");
    let body = json!({"model": "tts-1", "input": "hello", "voice": "nova"}).to_string();
    assert_eq!(send(&demo.url(), "POST", "/v1/audio/speech", None, &body).status, 404, "no such path");
}

#[tokio::test]
async fn words_in_the_text_choose_what_goes_wrong() {
    let demo = demo().await;
    let say = |words: &str| speak(&demo, &json!({"input": format!("{TEXT} {words}")}));
    assert_eq!(say("[no money]").status, 403);
    let refused = say("[refused with 200]");
    assert_eq!((refused.status, refused.json()["error"]["code"].is_string()), (200, true));
    assert_eq!(say("[web page]").header("content-type").as_deref(), Some("text/html; charset=utf-8"));
    let wrong = say("[wrong name]");
    assert_eq!(wrong.header("content-type").as_deref(), Some("audio/mpeg"));
    assert!(wrong.body.starts_with(b"RIFF"), "it is called MP3 and is none");
    let cut = say("[cut]");
    assert_eq!(cut.ending, Ending::Cut);
    assert!(!cut.body.is_empty() && cut.body.len() < wrong.body.len());
    assert!(say("[empty]").body.is_empty());
    let silent = json!({"model": "tts-1", "input": "[silent]", "voice": "nova"});
    assert_eq!(glimpse_at(&demo, "/v1/audio/speech", &silent).ending, Ending::Open);
}

#[tokio::test]
async fn events_carry_the_same_file() {
    let demo = demo().await;
    let fields = json!({"model": "gpt-4o-mini-tts", "stream_format": "sse"});
    let events = speak(&demo, &fields).events();
    let (last, pieces) = events.split_last().expect("events");
    assert_eq!((&last["type"], last["usage"].is_object()), (&json!("speech.audio.done"), true));
    let file: Vec<u8> = pieces
        .iter()
        .flat_map(|piece| {
            let text = piece["audio"].as_str().expect("sound");
            base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text).expect("base64")
        })
        .collect();
    assert!(file == speak(&demo, &json!({"model": "gpt-4o-mini-tts"})).body, "byte by byte");
}
