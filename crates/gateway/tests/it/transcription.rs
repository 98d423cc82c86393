//! Sounds written down over a real connection: what is sent, every form in which words come back, and what are none.

use bytes::Bytes;
use gateway::transcription::{Segment, Transcription, Wish};
use gateway::{Error, Part, Reading};
use serde_json::{Value, json};

use crate::server::{Server, Step, client, response};

fn wish(fields: &Value) -> Wish {
    let file =
        Part { name: "sound.ogg".into(), mime: "audio/ogg".into(), bytes: Bytes::from_static(b"OggS\0") };
    Wish { to_english: false, fields: fields.as_object().unwrap().clone(), file }
}

async fn told(content_type: &str, body: &str) -> Result<Transcription, Error> {
    let server = Server::body(content_type, vec![Step::Send(body.into())]).await;
    client().transcribe(&server.endpoint(), &wish(&json!({"model": "whisper-1"}))).await
}

async fn refused(answer: &'static str) -> Error {
    let server = Server::start(move |_| vec![Step::Send(response(answer))]).await;
    client().transcribe(&server.endpoint(), &wish(&json!({"model": "whisper-1"}))).await.unwrap_err()
}

fn times(heard: &Transcription) -> Vec<(Option<f64>, Option<f64>, &str)> {
    heard.segments.iter().map(|one| (one.start, one.end, one.text.as_str())).collect()
}

#[tokio::test]
async fn a_form_carries_the_file_and_each_field_as_text() {
    let server = Server::body("application/json", vec![Step::Send(br#"{"text":"a"}"#.to_vec())]).await;
    let fields = json!({"model": "whisper-1", "temperature": 0.2, "prompt": null,
                        "timestamp_granularities[]": ["segment", "word"]});
    client().transcribe(&server.endpoint(), &wish(&fields)).await.unwrap();
    let english = Wish { to_english: true, ..wish(&json!({"model": "whisper-1"})) };
    client().transcribe(&server.endpoint(), &english).await.unwrap();
    let sent = server.requests();
    assert!(sent[0].starts_with("POST /v1/audio/transcriptions HTTP/1.1"), "{}", sent[0]);
    assert!(sent[1].starts_with("POST /v1/audio/translations HTTP/1.1"), "{}", sent[1]);
    for part in [
        "name=\"model\"\r\n\r\nwhisper-1\r\n",
        "name=\"temperature\"\r\n\r\n0.2\r\n",
        "name=\"timestamp_granularities[]\"\r\n\r\nsegment\r\n",
        "name=\"timestamp_granularities[]\"\r\n\r\nword\r\n",
        "name=\"file\"; filename=\"sound.ogg\"\r\nContent-Type: audio/ogg\r\n",
    ] {
        assert!(sent[0].contains(part), "{part} in {}", sent[0]);
    }
    assert!(!sent[0].contains("prompt"), "null is not sent");
}

#[tokio::test]
async fn words_come_with_times_and_speakers_however_they_are_written() {
    let body = json!({"task": "transcribe", "language": "english", "duration": "3.2", "text": "Good morning.",
        "segments": [{"id": 0, "start": 0.0, "end": "3.2", "text": " Good morning.", "speaker": null}],
        "words": [{"word": "Good", "start": 0.1, "end": 0.5}, {"word": "morning", "start": 0.5, "end": 1.1}],
        "usage": {"type": "duration", "seconds": 4}});
    let heard = told("application/json", &body.to_string()).await.unwrap();
    assert_eq!((heard.text.as_str(), heard.language.as_deref()), ("Good morning.", Some("english")));
    assert_eq!((heard.duration, heard.words.len()), (Some(3.2), 2));
    assert_eq!(times(&heard), [(Some(0.0), Some(3.2), "Good morning.")]);
    assert_eq!(heard.usage, Some(json!({"type": "duration", "seconds": 4})));
    let body = json!({"text": "Hello. Yes.", "segments": [
        {"start": 0, "end": 1, "text": "Hello.", "speaker": "A"}, {"start": 1, "end": 2, "text": "Yes.", "speaker": 1}]});
    let heard = told("text/plain", &body.to_string()).await.unwrap();
    let speakers: Vec<_> = heard.segments.iter().map(|one| one.speaker.as_deref()).collect();
    assert_eq!(speakers, [Some("A"), Some("1")]);
    let heard =
        told("application/json", r#"{"text":"Only text","segments":null,"words":null}"#).await.unwrap();
    assert_eq!((heard.text.as_str(), heard.segments.len(), heard.words.len()), ("Only text", 0, 0));
    let heard = told("application/json", r#"{"code":0,"data":{"text":"Wrapped"}}"#).await.unwrap();
    assert_eq!(heard.text, "Wrapped");
    let heard = told("application/json", r#"["Hello.", "Yes."]"#).await.unwrap();
    assert_eq!((heard.text.as_str(), heard.segments.len()), ("Hello. Yes.", 2), "a list of texts");
    let silence = told("application/json", r#"{"text":""}"#).await.unwrap();
    assert_eq!(silence, Transcription::default(), "silence says nothing");
}

#[tokio::test]
async fn plain_texts_and_subtitles_are_read_also_quoted_or_wrapped() {
    for body in ["Good morning.\n", "\"Good morning.\"", r#"{"text":"Good morning."}"#] {
        assert_eq!(told("text/plain", body).await.unwrap().text, "Good morning.", "{body}");
    }
    assert_eq!(told("text/plain", "1984").await.unwrap().text, "1984", "a number is a text");
    let srt = "1\n00:00:00,000 --> 00:00:01,500\nGood\nmorning.\n\n2\n01:00:02,000 --> 01:00:03,000\nYes.\n";
    let vtt = "WEBVTT\n\n00:00.000 --> 00:01.500 align:start\n<v Anna>Good morning.</v>\n\n01:00:02.000 --> 01:00:03.000\nYes.\n";
    let wrapped = json!({"text": srt}).to_string();
    for body in [srt, vtt, &wrapped] {
        let heard = told("text/plain", body).await.unwrap();
        let wanted = [(Some(0.0), Some(1.5), "Good morning."), (Some(3602.0), Some(3603.0), "Yes.")];
        assert_eq!(times(&heard), wanted, "{body}");
        assert_eq!(heard.text, "Good morning. Yes.");
    }
    let heard = told("text/vtt", vtt).await.unwrap();
    assert_eq!(heard.segments[0].speaker.as_deref(), Some("Anna"));
}

#[tokio::test]
async fn events_are_read_though_nobody_asked_for_them() {
    let body = "data: {\"type\":\"transcript.text.delta\",\"delta\":\"Good \"}\n\n\
                data: {\"type\":\"transcript.text.segment\",\"start\":0,\"end\":1,\"text\":\"Good morning.\",\"speaker\":\"A\"}\n\n\
                data: {\"type\":\"transcript.text.done\",\"text\":\"Good morning.\",\"usage\":{\"total_tokens\":3}}\n\n";
    let heard = told("text/event-stream", body).await.unwrap();
    assert_eq!(heard.text, "Good morning.");
    let speaker = Some("A".to_owned());
    let segment = Segment { start: Some(0.0), end: Some(1.0), text: "Good morning.".into(), speaker };
    assert_eq!(heard.segments, [segment]);
    let cut = body.split("data: {\"type\":\"transcript.text.done\"").next().unwrap();
    let error = told("text/event-stream", cut).await.unwrap_err();
    assert!(matches!(error, Error::Cut { .. }) && error.may_be_done(), "{error:?}");
}

#[tokio::test]
async fn what_are_no_words_is_an_error_also_with_200() {
    let error = told(
        "application/json",
        r#"{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}"#,
    );
    assert!(matches!(error.await, Err(Error::Refused(failure)) if failure.reading == Reading::BalanceEmpty));
    for body in [
        r#"[{"error":{"message":"no balance","code":"insufficient_quota"}}]"#,
        r#"{"text":"","error":{"message":"no balance","code":"insufficient_quota"}}"#,
    ] {
        let error = told("application/json", body).await;
        assert!(
            matches!(error, Err(Error::Refused(ref failure)) if failure.reading == Reading::BalanceEmpty),
            "{body}: {error:?}"
        );
    }
    let error = told("text/html", "<html><title>Sign in</title></html>").await;
    assert!(matches!(error, Err(Error::NotAnApi { ref title, .. }) if title == "Sign in"), "{error:?}");
    for body in ["", "{\"text\":\"cut o", "{\"id\":3}", "[{\"id\":3}]", "[3]"] {
        let error = told("application/json", body).await.unwrap_err();
        assert!(matches!(error, Error::BadAnswer { .. }) && error.may_be_done(), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn refusals_by_status_are_read() {
    for (answer, expected) in [
        (
            "HTTP/1.1 413 Payload Too Large\n\n<html><h1>413 Request Entity Too Large</h1></html>",
            Reading::TooLarge,
        ),
        (
            "HTTP/1.1 413 Payload Too Large\n\n{\"error\":{\"message\":\"Maximum content size limit (26214400) exceeded\",\"type\":\"server_error\"}}",
            Reading::TooLarge,
        ),
        ("HTTP/1.1 404 Not Found\n\nnot found", Reading::NotOffered),
        (
            "HTTP/1.1 400 Bad Request\n\n{\"error\":{\"message\":\"response_format 'verbose_json' is not compatible with this model\",\"param\":\"response_format\",\"code\":\"unsupported_value\"}}",
            Reading::FieldRefused,
        ),
    ] {
        let error = refused(answer).await;
        assert!(matches!(error, Error::Refused(ref failure) if failure.reading == expected), "{error:?}");
        assert!(!error.may_be_done(), "nothing was done");
    }
}
