//! Models that draw: the three families, forms, and one row for every way in which drawing goes otherwise.

use demo::{Demo, Dialect, Script};
use serde_json::{Value, json};

use crate::client::{Answer, Ending, get, glimpse_at, send, send_form};
use Ending::{Complete, Cut, Open};

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
/// One point that nothing is in.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\x0bIDATx\x9cc`\0\x02\0\0\x05\0\x01z^\xab?\0\0\0\0IEND\xaeB`\x82";

pub const MODELS: &[&str] = &["dall-e-2", "dall-e-3", "gpt-image-1"];

/// Model, status, kind of body, ending.
pub const WAYS: &[(&str, u16, &str, Ending)] = &[
    ("picture-slow", 200, JSON, Open),
    ("picture-url", 200, JSON, Complete),
    ("picture-url-expired", 200, JSON, Complete),
    ("picture-data-url", 200, JSON, Complete),
    ("picture-data-in-b64", 200, JSON, Complete),
    ("picture-url-in-b64", 200, JSON, Complete),
    ("picture-both", 200, JSON, Complete),
    ("picture-images", 200, JSON, Complete),
    ("picture-file", 200, "image/png", Complete),
    ("picture-chat", 200, JSON, Complete),
    ("picture-task", 202, JSON, Complete),
    ("picture-empty", 200, JSON, Complete),
    ("picture-refused", 400, JSON, Complete),
    ("picture-refused-200", 200, JSON, Complete),
    ("picture-blocked-late", 200, "text/event-stream; charset=utf-8", Complete),
    ("picture-web-page", 200, HTML, Complete),
    ("picture-501", 501, JSON, Complete),
    ("picture-524", 524, HTML, Complete),
    ("picture-cut-off", 200, JSON, Cut),
    ("picture-damaged", 200, JSON, Complete),
    ("picture-huge", 200, "image/png", Open),
    ("picture-bomb", 200, JSON, Complete),
    ("picture-program", 200, JSON, Complete),
    ("picture-heavy", 200, JSON, Complete),
    ("picture-silent", 0, "", Open),
];

async fn demo() -> Demo {
    demo::start(Script::tests()).await.expect("the demo starts")
}

fn draw(demo: &Demo, fields: &Value) -> Answer {
    let mut body = json!({"prompt": "a paper boat", "size": "256x256"});
    for (name, value) in fields.as_object().expect("fields") {
        body[name] = value.clone();
    }
    send(&demo.url(), "POST", "/v1/images/generations", None, &body.to_string())
}

/// The file at an address of the demo.
fn file(demo: &Demo, address: &Value) -> Vec<u8> {
    let address = address.as_str().expect("an address");
    let answer = get(demo, address.strip_prefix(&demo.url()).expect("below the demo"));
    assert_eq!(
        (answer.status, answer.header("content-type").as_deref()),
        (200, Some("image/png")),
        "{address}"
    );
    answer.body
}

/// Width and height of a PNG.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(PNG.get(..8).unwrap_or_default()), "a PNG");
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (side(16), side(20))
}

/// A form of texts and files.
fn form(texts: &[(&str, &str)], files: &[(&str, &str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, text) in texts {
        body.extend(
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n").bytes(),
        );
    }
    for (field, name, kind, bytes) in files {
        body.extend(
            format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
            )
            .bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    body
}

#[tokio::test]
async fn every_way_has_its_own_status_kind_and_ending() {
    let demo = demo().await;
    for (name, status, kind, ending) in WAYS {
        let body = json!({"model": name, "prompt": "a boat", "size": "64x64"});
        let answer = if *ending == Open {
            glimpse_at(&demo, "/v1/images/generations", &body)
        } else {
            draw(&demo, &body)
        };
        assert_eq!(answer.status, *status, "{name} has its status");
        assert_eq!(answer.header("content-type").unwrap_or_default(), *kind, "{name} has its kind of body");
        assert_eq!(answer.ending, *ending, "{name} ends in its way");
    }
}

#[tokio::test]
async fn a_picture_hides_where_its_way_says() {
    let demo = demo().await;
    let item = |model: &str| draw(&demo, &json!({"model": model})).json()["data"][0].clone();
    assert_eq!(size(&file(&demo, &item("picture-url")["url"])), (256, 256));
    assert_eq!(size(&file(&demo, &item("picture-url-in-b64")["b64_json"])), (256, 256));
    for (model, field) in [("picture-data-url", "url"), ("picture-data-in-b64", "b64_json")] {
        let told = item(model)[field].as_str().expect("a text").to_owned();
        assert!(told.starts_with("data:image/png;base64,iVBOR"), "{model}: {told:.40}");
    }
    let expired = item("picture-url-expired")["url"].as_str().expect("an address").replace(&demo.url(), "");
    assert_eq!(get(&demo, &expired).status, 404, "it is gone");
    let both = item("picture-both");
    assert!(
        both["b64_json"].as_str().is_some_and(|file| file.starts_with("iVBOR")) && both["url"].is_string()
    );
    let images = draw(&demo, &json!({"model": "picture-images"})).json();
    assert_eq!(images["images"], images["data"], "in two lists");
    assert_eq!(size(&draw(&demo, &json!({"model": "picture-file"})).body), (256, 256), "the file itself");
    assert_eq!(draw(&demo, &json!({"model": "picture-empty"})).json()["data"], json!([]));
    let words =
        draw(&demo, &json!({"model": "picture-chat"})).json()["choices"][0]["message"]["content"].to_string();
    assert!(words.contains("![Green hills](http://127.0.0.1"), "{words}");
}

#[tokio::test]
async fn dall_e_gives_addresses_or_files_of_the_size_asked_for() {
    let demo = demo().await;
    let three =
        draw(&demo, &json!({"model": "dall-e-3", "size": "1792x1024", "style": "natural", "quality": "hd"}))
            .json();
    assert_eq!(size(&file(&demo, &three["data"][0]["url"])), (1792, 1024));
    assert!(
        three["data"][0]["revised_prompt"].as_str().is_some_and(|told| told.starts_with("a paper boat, "))
    );
    let two = draw(&demo, &json!({"model": "dall-e-2", "n": 3, "response_format": "b64_json"})).json();
    let files: Vec<&str> =
        two["data"].as_array().expect("a list").iter().filter_map(|item| item["b64_json"].as_str()).collect();
    assert!(files.len() == 3 && files.iter().all(|file| file.starts_with("iVBOR")), "three files");
    assert!(files[0] != files[1] && two["data"][0].get("revised_prompt").is_none(), "no two alike");
    let again = draw(&demo, &json!({"model": "dall-e-2", "n": 1, "response_format": "b64_json"})).json();
    assert_ne!(again["data"][0]["b64_json"], files[0], "asked again, it is drawn anew");
}

#[tokio::test]
async fn gpt_image_gives_files_and_what_they_cost() {
    let demo = demo().await;
    for (fields, start, told) in [
        (json!({}), "iVBOR", "png"),
        (json!({"output_format": "jpeg", "output_compression": 80}), "/9j/", "jpeg"),
        (json!({"output_format": "webp", "background": "transparent"}), "UklGR", "webp"),
    ] {
        let mut fields = fields;
        fields["model"] = json!("gpt-image-1");
        fields["size"] = json!("auto");
        let body = draw(&demo, &fields).json();
        assert!(body["data"][0]["b64_json"].as_str().is_some_and(|file| file.starts_with(start)), "{told}");
        assert_eq!((&body["output_format"], &body["size"]), (&json!(told), &json!("1024x1024")));
        assert!(
            body["usage"]["output_tokens"].as_u64().is_some_and(|tokens| tokens > 0),
            "{told} is paid for"
        );
    }
}

#[tokio::test]
async fn gpt_image_streams_previews() {
    let demo = demo().await;
    let fields = json!({"model": "gpt-image-1", "size": "1024x1024", "stream": true, "partial_images": 2});
    let text = draw(&demo, &fields).text();
    let events: Vec<Value> = text
        .split("\n\n")
        .filter_map(|event| event.split_once("\ndata: "))
        .map(|(_, data)| serde_json::from_str(data).expect("an event is JSON"))
        .collect();
    let kinds: Vec<&str> = events.iter().filter_map(|event| event["type"].as_str()).collect();
    let preview = "image_generation.partial_image";
    assert_eq!(kinds, [preview, preview, "image_generation.completed"]);
    assert_eq!(events[1]["partial_image_index"], 1);
    assert!(events[0]["b64_json"] != events[1]["b64_json"] && events[2]["usage"].is_object(), "it grows");
    assert!(!text.contains("[DONE]"), "there is no mark of the end");
}

#[tokio::test]
async fn each_family_refuses_what_it_does_not_take() {
    let demo = demo().await;
    for (fields, field) in [
        (json!({"model": "dall-e-3", "size": "1024x1024", "n": 2}), "n"),
        (json!({"model": "dall-e-3", "size": "512x512"}), "size"),
        (json!({"model": "dall-e-3", "size": "1024×1024"}), "size"),
        (json!({"model": "dall-e-3", "size": "1024x1024", "background": "opaque"}), "background"),
        (json!({"model": "dall-e-2", "style": "vivid"}), "style"),
        (json!({"model": "dall-e-2", "quality": "hd"}), "quality"),
        (json!({"model": "dall-e-2", "prompt": "a ".repeat(501)}), "prompt"),
        (json!({"model": "dall-e-2", "prompt": " "}), "prompt"),
        (json!({"model": "gpt-image-1", "size": "auto", "response_format": "b64_json"}), "response_format"),
        (
            json!({"model": "gpt-image-1", "size": "auto", "output_format": "jpeg", "background": "transparent"}),
            "background",
        ),
        (json!({"model": "picture-url", "size": "1x9999999"}), "size"),
        (json!({"model": "plain"}), "model"),
    ] {
        let answer = draw(&demo, &fields);
        assert_eq!((answer.status, &answer.json()["error"]["param"]), (400, &json!(field)), "{fields}");
    }
    assert_eq!(draw(&demo, &json!({"model": "never-heard-of-it"})).status, 404, "nobody knows it");
}

#[tokio::test]
async fn forms_are_read_and_kept() {
    let demo = demo::start_controlled(Script::tests(), 0).await.expect("the demo starts");
    let odd = [PNG, b"\r\n--edg\r\n\r\n\0\xff"].concat();
    let texts = [("model", "gpt-image-1"), ("prompt", "make it red"), ("size", "1024x1024"), ("n", "2")];
    let body = form(
        &texts,
        &[
            ("image[]", "a.png", "image/png", &odd),
            ("image[]", "b.webp", "image/webp", b"two"),
            ("mask", "m.png", "image/png", PNG),
        ],
    );
    let answer = send_form(&demo, "/v1/images/edits", "edge", &body);
    assert_eq!(answer.json()["data"].as_array().map(Vec::len), Some(2), "{}", answer.text());
    assert_eq!(answer.json()["usage"]["input_tokens_details"]["image_tokens"], 969, "pictures cost too");
    let seen = demo.requests().pop().expect("it was seen");
    assert_eq!(
        seen.body,
        json!({"model": "gpt-image-1", "prompt": "make it red", "size": "1024x1024", "n": "2"})
    );
    let files: Vec<_> =
        seen.files.iter().map(|file| (&*file.field, &*file.name, &*file.kind, file.length)).collect();
    let expected = [
        ("image[]", "a.png", "image/png", odd.len()),
        ("image[]", "b.webp", "image/webp", 3),
        ("mask", "m.png", "image/png", PNG.len()),
    ];
    assert_eq!(files, expected, "names, types and lengths");
    let told = get(&demo, "/__demo/requests").json();
    let sha256 = told[0]["files"][0]["sha256"].as_str().expect("a digest").to_owned();
    assert_eq!(get(&demo, &format!("/__demo/files/{sha256}")).body, odd, "and the bytes themselves");
    assert_eq!(get(&demo, "/__demo/files/0").status, 404);
}

#[tokio::test]
async fn edits_and_variations_want_a_picture() {
    let demo = demo().await;
    let edit = |texts: &[(&str, &str)], files: &[(&str, &str, &str, &[u8])]| {
        send_form(&demo, "/v1/images/edits", "edge", &form(texts, files))
    };
    let dall_e = [("model", "dall-e-2"), ("prompt", "a hat"), ("size", "256x256")];
    let png: (&str, &str, &str, &[u8]) = ("image", "a.png", "image/png", PNG);
    assert_eq!(edit(&dall_e, &[]).json()["error"]["param"], "image", "nothing to edit");
    assert_eq!(edit(&dall_e, &[png, png]).json()["error"]["param"], "image", "one too many");
    assert_eq!(edit(&dall_e, &[("image", "a.gif", "image/gif", b"GIF8")]).status, 400, "no PNG");
    assert_eq!(size(&file(&demo, &edit(&dall_e, &[png]).json()["data"][0]["url"])), (256, 256));
    let vary = |model: &str| {
        let body = form(&[("model", model), ("size", "256x256")], &[png]);
        send_form(&demo, "/v1/images/variations", "edge", &body).status
    };
    assert_eq!(
        (vary("dall-e-2"), vary("dall-e-3"), vary("gpt-image-1")),
        (200, 400, 400),
        "only the oldest varies"
    );
    let body =
        form(&[("model", "gpt-image-1"), ("prompt", "a hat"), ("stream", "true"), ("size", "auto")], &[png]);
    let text = send_form(&demo, "/v1/images/edits", "edge", &body).text();
    assert!(text.contains("event: image_edit.completed\n"), "edits stream under their own name");
}

#[tokio::test]
async fn what_is_no_form_does_no_harm() {
    let demo = demo().await;
    for body in [
        "",
        "--edge",
        "--edge--",
        "--edge\r\n",
        "--edge\r\n--edge\r\n--edge--",
        "--edge\r\n\r\n\r\n",
        "x--edge\r\nname\r\n\r\n--edge",
    ] {
        assert!(send_form(&demo, "/v1/images/edits", "edge", body.as_bytes()).status >= 400, "{body:?}");
    }
    assert!(send_form(&demo, "/v1/images/edits", "", b"--\r\n--").status >= 400, "no boundary at all");
}

#[tokio::test]
async fn dialects_have_these_paths_or_not() {
    for dialect in Dialect::all() {
        let demo = demo::start(Script::dialect(dialect)).await.expect("the demo starts");
        let model =
            if dialect == Dialect::Together { "black-forest-labs/FLUX.1-schnell" } else { "dall-e-3" };
        let ask = |path: &str| {
            let body = json!({"model": model, "prompt": "a boat"}).to_string();
            send(&demo.url(), "POST", &format!("{}/images/{path}", dialect.roots()[0]), None, &body).status
        };
        let (made, varied) = (ask("generations"), ask("variations"));
        match dialect {
            Dialect::Modelless | Dialect::Gptnb | Dialect::OneApi | Dialect::NewApi => {
                assert_eq!((made, varied), (200, 501), "{dialect:?} draws and does not vary");
            }
            Dialect::OpenAi | Dialect::LiteLlm | Dialect::Together => {
                assert_eq!((made, varied), (200, 400), "{dialect:?} draws, and only dall-e-2 varies");
            }
            _ => assert_eq!(made, 404, "{dialect:?} has no such path"),
        }
    }
}

#[tokio::test]
async fn the_first_run_draws() {
    let demo = demo::start(Script::welcome()).await.expect("the demo starts");
    let began = std::time::Instant::now();
    let made = draw(&demo, &json!({"model": "dall-e-3", "size": "1024x1024"})).json();
    assert_eq!(size(&file(&demo, &made["data"][0]["url"])), (1024, 1024));
    let told = made["data"][0]["revised_prompt"].as_str().expect("it says what it drew");
    assert!(told.contains("nothing was sent anywhere"), "it is honest: {told}");
    assert!(began.elapsed().as_millis() >= 2000, "one sees it being made");
    for model in ["demo", "dall-e-2", "picture-url"] {
        assert!(draw(&demo, &json!({"model": model})).status >= 400, "{model} is not offered");
    }
}
