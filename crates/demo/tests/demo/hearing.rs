//! Models that write down what is said: every form of answer, what each model refuses, and one row for every way in which it
//! goes otherwise.

use demo::{Demo, Script};
use serde_json::Value;

use crate::client::{Answer, Ending, send_form};

pub const MODELS: &[&str] =
    &["whisper-1", "gpt-4o-transcribe", "gpt-4o-transcribe-diarize", "whisper-narrow"];

async fn demo() -> Demo {
    demo::start(Script::tests()).await.expect("the demo starts")
}

/// So many seconds of silence, 8,000 samples a second.
fn wav(seconds: u32) -> Vec<u8> {
    let mut file = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    file.extend(8_000_u32.to_le_bytes());
    file.extend(16_000_u32.to_le_bytes());
    file.extend(b"\x02\0\x10\0data\xff\xff\xff\xff");
    file.resize(44 + 16_000 * seconds as usize, 0);
    file
}

fn hear(demo: &Demo, fields: &[(&str, &str)], file: &[u8]) -> Answer {
    hear_at(demo, "/v1/audio/transcriptions", fields, file)
}

fn hear_at(demo: &Demo, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--mark\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    body.extend(b"--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"sound.wav\"\r\n\r\n");
    body.extend(file);
    body.extend(b"\r\n--mark--\r\n");
    send_form(demo, path, "mark", &body)
}

#[tokio::test]
async fn every_form_tells_the_same_sentences() {
    let demo = demo().await;
    for format in ["json", "text", "srt", "verbose_json", "vtt"] {
        let answer = hear(&demo, &[("model", "whisper-1"), ("response_format", format)], &wav(7));
        assert_eq!((answer.status, answer.ending), (200, Ending::Complete), "{format}");
        let text = answer.text();
        assert!(text.contains("The river rises in the hills."), "{format}: {text}");
        assert!(text.contains("In spring it carries ice"), "{format}: three sentences in seven seconds");
        assert!(!text.contains("The bridge"), "{format}: and no more");
    }
    let fields =
        [("model", "whisper-1"), ("response_format", "verbose_json"), ("timestamp_granularities[]", "word")];
    let body = hear(&demo, &fields, &wav(7)).json();
    assert_eq!(body["segments"][2]["start"], 6.0);
    assert_eq!(body["words"][0]["word"], "The");
    let fields = [("model", "gpt-4o-transcribe-diarize"), ("response_format", "diarized_json")];
    let speakers: Vec<Value> = hear(&demo, &fields, &wav(7)).json()["segments"]
        .as_array()
        .expect("segments")
        .iter()
        .map(|one| one["speaker"].clone())
        .collect();
    assert_eq!(speakers, ["A", "B", "A"]);
    assert_eq!(hear(&demo, &[("model", "whisper-1")], &wav(0)).json()["text"], "", "silence says nothing");
}

#[tokio::test]
async fn each_model_refuses_what_it_does_not_take() {
    let demo = demo().await;
    for (fields, param) in [
        (&[("model", "gpt-4o-transcribe"), ("response_format", "verbose_json")][..], "response_format"),
        (&[("model", "whisper-1"), ("timestamp_granularities[]", "word")], "timestamp_granularities"),
        (&[("model", "whisper-1"), ("language", "english")], "language"),
        (
            &[("model", "gpt-4o-transcribe-diarize"), ("prompt", "Kowalska"), ("chunking_strategy", "auto")],
            "prompt",
        ),
        (&[("model", "gpt-4o-transcribe-diarize")], "chunking_strategy"),
    ] {
        let answer = hear(&demo, fields, &wav(40));
        assert_eq!((answer.status, &answer.json()["error"]["param"]), (400, &param.into()), "{fields:?}");
    }
    assert_eq!(hear(&demo, &[("model", "whisper-narrow")], &wav(40)).status, 413);
    assert_eq!(hear(&demo, &[("model", "tts-1")], &wav(1)).status, 400, "it reads aloud");
}

#[tokio::test]
async fn words_in_the_prompt_say_how_it_goes() {
    let demo = demo().await;
    let with = |prompt| hear(&demo, &[("model", "whisper-1"), ("prompt", prompt)], &wav(4));
    for (prompt, status, says) in [
        ("[no money]", 403, "quota"),
        ("[refused with 200]", 200, "quota"),
        ("[web page]", 200, "Wi-Fi"),
        ("[nginx 413]", 413, "Too Large"),
        ("[empty]", 200, ""),
        ("[broken]", 500, "error"),
    ] {
        let answer = with(prompt);
        assert!(answer.status == status && answer.text().contains(says), "{prompt}: {}", answer.text());
    }
    assert_eq!(with("[cut]").ending, Ending::Cut);
    let english = hear_at(&demo, "/v1/audio/translations", &[("model", "whisper-1")], &wav(4));
    assert!(english.status == 200 && english.text().contains("The river"));
    let other = hear_at(&demo, "/v1/audio/translations", &[("model", "gpt-4o-transcribe")], &wav(4));
    assert_eq!(other.status, 404, "only Whisper translates");
}
