//! Midjourney's tasks as raw bytes, in the four dialects.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use demo::{Demo, Midjourney, Script};
use image::{GenericImageView, Rgb, RgbImage};
use serde_json::{Value, json};

use crate::client::{Answer, get, send};

/// Milliseconds for half a task.
const PACE: u64 = 150;

async fn server(dialect: Midjourney) -> Demo {
    demo::start(Script::tests().with_midjourney(dialect).with_pace(PACE)).await.expect("the demo starts")
}

fn post(demo: &Demo, path: &str, body: &Value) -> Answer {
    send(&demo.url(), "POST", path, None, &body.to_string())
}

fn imagine(demo: &Demo, prompt: &str) -> String {
    let told = post(demo, "/mj/submit/imagine", &json!({"prompt": prompt, "state": "row-1"})).json();
    assert_eq!(told["code"], 1, "{told}");
    id(&told)
}

fn id(told: &Value) -> String {
    told["result"].as_str().map_or_else(|| told["result"].to_string(), str::to_owned)
}

fn task(demo: &Demo, id: &str) -> Value {
    get(demo, &format!("/mj/task/{id}/fetch")).json()
}

/// The task once it ended.
async fn ended(demo: &Demo, id: &str) -> Value {
    for _ in 0..100 {
        let told = task(demo, id);
        if ["SUCCESS", "FAILURE", "CANCEL"].iter().any(|word| told["status"] == **word) {
            return told;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("task {id} does not end: {}", task(demo, id));
}

fn button(task: &Value, begins: &str) -> String {
    let buttons = task["buttons"].as_array().expect("it has buttons");
    let found = buttons.iter().filter_map(|one| one["customId"].as_str()).find(|one| one.starts_with(begins));
    found.unwrap_or_else(|| panic!("no {begins} among {buttons:?}")).to_owned()
}

fn press(demo: &Demo, task: &Value, begins: &str) -> Value {
    let body = json!({"taskId": task["id"], "customId": button(task, begins), "state": "row-2"});
    post(demo, "/mj/submit/action", &body).json()
}

fn size(demo: &Demo, address: &Value) -> (u32, u32) {
    let address = address.as_str().expect("it has a picture");
    let path = address.strip_prefix(&demo.url()).unwrap_or(address);
    image::load_from_memory(&get(demo, path).body).expect("it is a picture").dimensions()
}

fn mask(width: u32, height: u32, grey: u8) -> String {
    let picture =
        RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([0; 3]) } else { Rgb([grey; 3]) });
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Png).expect("it is written");
    format!("data:image/png;base64,{}", STANDARD.encode(file.into_inner()))
}

#[tokio::test]
async fn each_dialect_has_its_own_paths_and_no_others() {
    let without = demo::start(Script::tests()).await.expect("the demo starts");
    assert_eq!(get(&without, "/mj/task/list").status, 404, "not offered");
    for (dialect, list, cancel, action, change, unknown) in [
        (Midjourney::Base, 200, 404, 404, 200, 200),
        (Midjourney::Plus, 200, 200, 200, 200, 200),
        // Its paths are there; the task that is asked for is not, which it says with 404 as well.
        (Midjourney::Net, 200, 200, 404, 404, 204),
        (Midjourney::Relay, 404, 404, 200, 200, 400),
    ] {
        let demo = server(dialect).await;
        let status = |path: &str| post(&demo, path, &json!({"taskId": "7", "customId": "x"})).status;
        assert_eq!(get(&demo, "/mj/task/list").status, list, "{dialect:?}");
        assert_eq!(status("/mj/task/7/cancel"), cancel, "{dialect:?}");
        assert_eq!(status("/mj/submit/action"), action, "{dialect:?}");
        assert_eq!(status("/mj/submit/change"), change, "{dialect:?}");
        assert_eq!(get(&demo, "/mj/task/7/fetch").status, unknown, "{dialect:?}");
    }
}

#[tokio::test]
async fn a_picture_is_made_step_by_step_then_taken_out_of_its_grid() {
    for dialect in Midjourney::all() {
        let demo = server(dialect).await;
        let number = imagine(&demo, "hills --ar 3:2");
        let mut seen = Vec::new();
        while task(&demo, &number)["status"] != "SUCCESS" {
            let told = task(&demo, &number);
            if told["imageUrl"].is_string() && told["status"] == "IN_PROGRESS" {
                size(&demo, &told["imageUrl"]);
            }
            seen.push(told["status"].as_str().unwrap_or_default().to_owned());
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
        assert!(seen.contains(&"IN_PROGRESS".to_owned()), "{dialect:?}: {seen:?}");
        let grid = task(&demo, &number);
        assert_eq!(
            (&grid["state"], size(&demo, &grid["imageUrl"])),
            (&json!("row-1"), (1024, 682)),
            "{dialect:?}"
        );
        let taken = if dialect == Midjourney::Base {
            assert!(grid.get("buttons").is_none());
            post(&demo, "/mj/submit/change", &json!({"taskId": number, "action": "UPSCALE", "index": 2}))
                .json()
        } else {
            press(&demo, &grid, "MJ::JOB::upsample::2")
        };
        assert_eq!(taken["code"], 1);
        let single = ended(&demo, &id(&taken)).await;
        assert_eq!((&single["action"], size(&demo, &single["imageUrl"])), (&json!("UPSCALE"), (1024, 682)));
    }
}

#[tokio::test]
async fn the_oldest_makes_nothing_twice_and_tells_numbers() {
    let demo = server(Midjourney::Base).await;
    let number = imagine(&demo, "hills");
    ended(&demo, &number).await;
    let wish = json!({"content": format!("{number} U3")});
    let first = post(&demo, "/mj/submit/simple-change", &wish).json();
    assert!(first["result"].is_u64());
    ended(&demo, &id(&first)).await;
    let second = post(&demo, "/mj/submit/simple-change", &wish).json();
    assert_eq!((&second["code"], &second["result"]), (&json!(21), &first["result"]));
    assert_eq!(second["properties"]["status"], "SUCCESS");
}

#[tokio::test]
async fn pop_ups_wait_until_they_are_filled_in() {
    let demo = server(Midjourney::Plus).await;
    let grid = ended(&demo, &imagine(&demo, "hills")).await;
    let single = ended(&demo, &id(&press(&demo, &grid, "MJ::JOB::upsample::1"))).await;
    let zoom = press(&demo, &single, "MJ::CustomZoom");
    assert_eq!((&zoom["code"], &zoom["properties"]["finalPrompt"]), (&json!(21), &json!("hills")));
    let number = id(&zoom);
    assert_eq!(task(&demo, &number)["status"], "MODAL");
    let modal = |body: Value| post(&demo, "/mj/submit/modal", &body).json()["code"].clone();
    assert_eq!(modal(json!({"taskId": number, "prompt": "hills --zoom 9"})), 4);
    assert_eq!(modal(json!({"taskId": number, "prompt": "hills --zoom 1.4"})), 1);
    assert_eq!(modal(json!({"taskId": number, "prompt": "hills --zoom 1.4"})), 3, "it is closed");
    assert_eq!(ended(&demo, &number).await["prompt"], "hills --zoom 1.4");

    let region = id(&press(&demo, &single, "MJ::Inpaint"));
    let filled = |mask: String| modal(json!({"taskId": region, "prompt": "a sail", "maskBase64": mask}));
    assert_eq!(filled(String::new()), 4, "a mask is needed");
    assert_eq!(filled(mask(64, 64, 120)), 4, "black and white alone");
    assert_eq!(filled(mask(64, 64, 0)), 4, "something has to change");
    assert_eq!(filled(mask(64, 20, 255)), 4, "in the shape of the picture");
    assert_eq!(filled(mask(64, 64, 255)), 1);
}

#[tokio::test]
async fn a_relay_hides_the_pop_up_of_a_remix() {
    for (dialect, code) in [(Midjourney::Relay, 1), (Midjourney::Net, 21)] {
        let demo = server(dialect).await;
        let grid = ended(&demo, &imagine(&demo, "remix hills")).await;
        let varied = press(&demo, &grid, "MJ::JOB::variation::4");
        assert_eq!(varied["code"], code, "{dialect:?}");
        assert_eq!(task(&demo, &id(&varied))["status"], "MODAL");
        let filled = post(&demo, "/mj/submit/modal", &json!({"taskId": id(&varied), "prompt": ""})).json();
        assert_eq!(filled["code"], 1);
        assert_eq!(
            ended(&demo, &id(&varied)).await["prompt"],
            "remix hills",
            "an empty prompt keeps the old one"
        );
    }
}

#[tokio::test]
async fn words_choose_how_it_goes() {
    let demo = server(Midjourney::Plus).await;
    let told = |prompt: &str| post(&demo, "/mj/submit/imagine", &json!({"prompt": prompt})).json();
    assert_eq!(
        (&told("much gore")["code"], &told("much gore")["properties"]["bannedWord"]),
        (&json!(24), &json!("gore"))
    );
    assert_eq!(
        [told("full a")["code"].clone(), told("full a")["code"].clone(), told("full a")["code"].clone()],
        [23, 23, 1]
    );
    assert_eq!(
        (&told("waits")["code"], &told("waits")["properties"]["numberOfQueues"]),
        (&json!(22), &json!(3))
    );
    assert_eq!(told(" ")["code"], 4);
    let failed = ended(&demo, &imagine(&demo, "fails")).await;
    assert!(
        failed["status"] == "FAILURE"
            && failed["failReason"].as_str().is_some_and(|why| why.contains("moderation"))
    );
    let forgotten = imagine(&demo, "forgotten");
    tokio::time::sleep(Duration::from_millis(PACE * 2)).await;
    assert_eq!(get(&demo, &format!("/mj/task/{forgotten}/fetch")).body, b"", "not known any more");
    let stumbles = imagine(&demo, "stumbles");
    let statuses: Vec<u16> =
        (0..4).map(|_| get(&demo, &format!("/mj/task/{stumbles}/fetch")).status).collect();
    assert_eq!(statuses, [502, 200, 502, 200]);
    let lost = post(&demo, "/mj/submit/imagine", &json!({"prompt": "lost", "state": "row-9"}));
    assert!(lost.body.is_empty(), "it was taken, and nobody is told");
    assert_eq!(get(&demo, "/mj/task/list").json()[0]["state"], "row-9");
}

#[tokio::test]
async fn speeds_are_paths_and_a_task_can_be_cancelled() {
    let demo = server(Midjourney::Plus).await;
    let told = post(&demo, "/mj-relax/mj/submit/imagine", &json!({"prompt": "slow hills"})).json();
    let number = id(&told);
    assert_eq!(post(&demo, &format!("/mj/task/{number}/cancel"), &json!({})).json()["code"], 1);
    assert_eq!(task(&demo, &number)["status"], "CANCEL");
    assert_eq!(post(&demo, &format!("/mj/task/{number}/cancel"), &json!({})).json()["code"], 9, "only once");
    let oldest = server(Midjourney::Base).await;
    assert_eq!(post(&oldest, "/mj-fast/mj/submit/imagine", &json!({"prompt": "hills"})).status, 404);
}

#[tokio::test]
async fn several_are_told_at_once_and_page_by_page() {
    let demo = server(Midjourney::Plus).await;
    let ids = [imagine(&demo, "one"), imagine(&demo, "two"), imagine(&demo, "three")];
    assert_eq!(post(&demo, "/mj/task/list-by-condition", &json!({"ids": ids})).status, 404);
    let told = post(&demo, "/mj/task/list-by-ids", &json!({"ids": [ids[0], ids[2], "5"]})).json();
    assert_eq!(told.as_array().map(Vec::len), Some(2));
    let page = post(&demo, "/mj/task/query", &json!({"pageNumber": 1, "pageSize": 2})).json();
    assert_eq!((&page["totalElements"], &page["content"][0]["prompt"]), (&json!(3), &json!("one")));
    assert_eq!(get(&demo, "/mj/task/queue").json().as_array().map(Vec::len), Some(3));
    let grid = ended(&demo, &ids[0]).await;
    let seed = get(&demo, &format!("/mj/task/{}/image-seed", ids[0])).json();
    assert!(seed["code"] == 1 && seed["result"].is_string(), "{seed} of {grid}");
}

#[tokio::test]
async fn pictures_can_be_mixed_described_swapped_and_prompts_shortened() {
    let demo = server(Midjourney::Relay).await;
    let file = mask(64, 64, 255);
    let taken = |path: &str, body: Value| id(&post(&demo, path, &body).json());
    let blend = taken("/mj/submit/blend", json!({"base64Array": [file, file], "dimensions": "PORTRAIT"}));
    assert_eq!(size(&demo, &ended(&demo, &blend).await["imageUrl"]), (682, 1024));
    assert_eq!(post(&demo, "/mj/submit/blend", &json!({"base64Array": [file]})).status, 400);
    let described = ended(&demo, &taken("/mj/submit/describe", json!({"base64": file}))).await;
    assert!(described["properties"]["finalPrompt"].as_str().is_some_and(|told| told.lines().count() > 3));
    let shortened = ended(&demo, &taken("/mj/submit/shorten", json!({"prompt": "a very long one"}))).await;
    assert!(shortened["properties"]["finalPrompt"].as_str().is_some_and(|told| told.contains("Shortened")));
    let swapped = taken("/mj/insight-face/swap", json!({"sourceBase64": file, "targetBase64": file}));
    while task(&demo, &swapped)["progress"] != "100%" {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(task(&demo, &swapped)["status"], "", "a relay says no more of it");
}

#[tokio::test]
async fn each_server_wants_to_be_shown_the_key_in_its_own_way() {
    for (dialect, bearer, secret) in [
        (Midjourney::Base, 401, 200),
        (Midjourney::Plus, 401, 200),
        (Midjourney::Net, 403, 204),
        (Midjourney::Relay, 400, 400),
    ] {
        let script = Script::tests().with_key("sk-demo").with_midjourney(dialect);
        let demo = demo::start(script).await.expect("the demo starts");
        let path = "/mj/task/7/fetch";
        assert_eq!(send(&demo.url(), "GET", path, Some("sk-demo"), "").status, bearer, "{dialect:?}");
        let shown = crate::client::with_header(&demo.url(), path, "mj-api-secret: sk-demo");
        assert_eq!(shown.status, secret, "{dialect:?}");
        assert_eq!(demo.requests()[1].headers["mj-api-secret"], "…demo", "a secret is not kept");
    }
}
