//! The four services that Medley was made for first, each played by the demo in its own dialect: what connecting
//! learns, how an answer arrives, and what each refusal becomes.

use demo::{Dialect, Script};
use engine::view::Connect;
use store::table::message::MessageState::{Done, Failed};
use store::table::service::Lamp::{self, NotChecked, NotOffered, Works};

use crate::cast::{Cast, SENTENCE, connection};

/// One of the four, and what connecting learns about it.
struct Profile {
    dialect: Dialect,
    preset: &'static str,
    name: &'static str,
    root: &'static str,
    key: &'static str,
    family: &'static str,
    model: &'static str,
    models: usize,
    /// Chat, pictures, Midjourney, speech, transcription, search by meaning, balance.
    lamps: [Lamp; 7],
    left: Option<f64>,
}

const RELAY_LAMPS: [Lamp; 7] = [Works; 7];
const CHAT_LAMPS: [Lamp; 7] = [Works, NotOffered, NotOffered, NotOffered, NotOffered, NotOffered, NotOffered];

const PROFILES: &[Profile] = &[
    Profile {
        dialect: Dialect::Modelless,
        preset: "modelless",
        name: "Modelless",
        root: "/v1",
        key: "sk-modelless-0123456789",
        family: "one-api",
        model: "gpt-3.5-turbo",
        models: 10,
        lamps: RELAY_LAMPS,
        left: Some(12.5),
    },
    Profile {
        dialect: Dialect::Gptnb,
        preset: "gptnb",
        name: "GPTNB",
        root: "/v1",
        key: "sk-gptnb-0123456789",
        family: "new-api",
        model: "gemini-pro",
        models: 10,
        lamps: RELAY_LAMPS,
        left: Some(12.5),
    },
    Profile {
        dialect: Dialect::ModelBox,
        preset: "modelbox",
        name: "ModelBox",
        root: "/v1",
        key: "mb-0123456789abcdef",
        family: "",
        model: "mistralai/mistral-nemo",
        models: 3,
        lamps: CHAT_LAMPS,
        left: None,
    },
    Profile {
        dialect: Dialect::Arcee,
        preset: "arcee",
        name: "Arcee",
        root: "/api/v1",
        key: "rcai-0123456789abcdef",
        family: "arcee",
        model: "trinity-mini",
        models: 3,
        lamps: CHAT_LAMPS,
        left: None,
    },
    Profile {
        dialect: Dialect::ArceeOpenAi,
        preset: "arcee",
        name: "Arcee",
        root: "/api/v1",
        key: "rcai-0123456789abcdef",
        family: "arcee",
        model: "trinity-large-thinking",
        models: 3,
        lamps: CHAT_LAMPS,
        left: None,
    },
];

/// Refusals that each of the four can give: model, status, code, requests.
const REFUSALS: &[(&str, u16, &str, usize)] = &[
    ("policy", 400, "policy", 1),
    ("bad-key", 401, "key_rejected", 1),
    ("no-credit", 402, "balance_empty", 1),
    ("no-credit-403", 403, "balance_empty", 1),
    ("rate-limited-date", 429, "rate_limited", 1),
    ("server-error-always", 500, "server_fault", 3),
    ("busy", 503, "busy", 3),
];

#[tokio::test]
async fn connecting_learns_what_each_of_them_offers() {
    for profile in PROFILES {
        let (cast, who) = (play(profile).await, profile.dialect);
        let service = &cast.service;
        assert_eq!((service.name.as_str(), service.preset.as_str()), (profile.name, profile.preset));
        assert_eq!(service.address, format!("{}{}", cast.demo.url(), profile.root), "{who:?}");
        assert_eq!(service.family, profile.family, "{who:?}");
        let lamps = service.lamps;
        let lit = [
            lamps.chat,
            lamps.pictures,
            lamps.midjourney,
            lamps.speech,
            lamps.transcription,
            lamps.meaning_search,
            lamps.balance,
        ];
        assert_eq!(lit, profile.lamps, "{who:?}");
        assert_eq!(service.balance.as_ref().and_then(|told| told.left), profile.left, "{who:?}");
        let models = cast.engine.models().list().await.unwrap();
        assert_eq!(models.len(), profile.models, "{who:?}: all of its models are there");
        assert!(cast.bodies().is_empty(), "{who:?}: nothing that costs money was asked");
        let spent: Vec<_> = cast.demo.requests().into_iter().filter(|seen| seen.method != "GET").collect();
        assert!(spent.is_empty(), "{who:?}: nothing but reading: {spent:?}");
    }
}

#[tokio::test]
async fn each_of_them_answers() {
    for profile in PROFILES {
        let (cast, who) = (play(profile).await, profile.dialect);
        let heard = cast.ask(profile.model, "Name a river.").await;
        assert_eq!((heard.message.state, heard.message.text.as_str()), (Done, SENTENCE), "{who:?}");
        let names_itself = !matches!(who, Dialect::Modelless | Dialect::Gptnb);
        let answered_by = if names_itself { profile.model } else { "" };
        assert_eq!(heard.message.answered_by, answered_by, "{who:?}: who answered, where it is told");
        assert!(heard.message.usage.is_some(), "{who:?}: it counts when asked to");
        let sent = cast.demo.requests().pop().unwrap();
        assert_eq!(sent.path, format!("{}/chat/completions", profile.root), "{who:?}");
        assert_eq!(sent.key.unwrap().sha256, demo::fingerprint(profile.key), "{who:?}");
    }
}

#[tokio::test]
async fn each_refusal_of_each_of_them_is_understood() {
    for profile in PROFILES {
        let cast = &play(profile).await;
        let who = profile.dialect;
        let all = REFUSALS.iter().map(|(model, status, code, requests)| async move {
            let heard = cast.ask(model, "Name a river.").await;
            assert_eq!((heard.message.state, heard.code()), (Failed, *code), "{who:?}, {model}");
            let problem = heard.message.problem.unwrap();
            assert_eq!(problem.facts.status, Some(*status), "{who:?}, {model}");
            assert!(!problem.message.is_empty(), "{who:?}, {model}: its own words are there for the details");
            assert_eq!(problem.facts.service.as_deref(), Some(profile.name), "{who:?}, {model}");
            let asked = cast.bodies().iter().filter(|body| body["model"] == *model).count();
            assert_eq!(asked, *requests, "{who:?}, {model}: as often as it may help");
        });
        futures_util::future::join_all(all).await;
    }
}

#[tokio::test]
async fn an_unknown_model_is_called_so_also_where_no_channel_leads_to_it() {
    for profile in PROFILES {
        let cast = play(profile).await;
        let heard = cast.ask("no-such-model", "Name a river.").await;
        let is_relay = matches!(profile.dialect, Dialect::Modelless | Dialect::Gptnb);
        let code = if is_relay { "no_channel" } else { "model_unknown" };
        assert_eq!(heard.code(), code, "{:?}", profile.dialect);
        assert_eq!(cast.bodies().len(), 1, "{:?}: asking again finds no other channel", profile.dialect);
    }
}

#[tokio::test]
async fn arcees_validation_is_read_in_both_of_its_shapes() {
    for profile in PROFILES.iter().filter(|profile| profile.preset == "arcee") {
        let (cast, who) = (play(profile).await, profile.dialect);
        let long = cast.ask("too-long", "Name a river.").await;
        assert_eq!(long.code(), "too_long", "{who:?}: said by a 422");
        let problem = long.message.problem.unwrap();
        assert_eq!(problem.facts.status, Some(422), "{who:?}");
        assert_eq!(problem.facts.field.as_deref(), Some("messages"), "{who:?}: the field it is about");
        let whole = cast.ask("refuses-stream", "Name a river.").await;
        assert_eq!(whole.adapted(), ["stream_options", "stream"], "{who:?}: a 422 teaches as a 400 does");
        assert_eq!(whole.message.text, SENTENCE, "{who:?}");
    }
}

#[tokio::test]
async fn a_wrong_key_is_told_by_each_of_them() {
    for profile in PROFILES {
        let cast = play(profile).await;
        let services = cast.engine.services();
        let address = format!("{}{}", cast.demo.url(), profile.root);
        let wrong = services.connect(connection(&address, "sk-wrong-0123456789")).await.unwrap_err();
        assert_eq!(wrong.code, engine::Code::KeyRejected, "{:?}", profile.dialect);
        let missing = services.connect(connection(&address, "")).await.unwrap_err();
        assert_eq!(missing.code, engine::Code::KeyMissing, "{:?}", profile.dialect);
        assert_eq!(cast.engine.start().await.unwrap().services.len(), 1, "{:?}", profile.dialect);
    }
}

#[tokio::test]
async fn a_model_list_without_models_proves_nothing() {
    let stub =
        crate::cast::Stub::start(|_| crate::cast::Reply::json(200, &serde_json::json!({"data": []}))).await;
    let cast = Cast::new().await;
    let service = cast.engine.services().connect(connection(&stub.url, "")).await.unwrap();
    assert_eq!(service.lamps.chat, NotChecked, "an empty list is no refusal");
}

async fn play(profile: &Profile) -> Cast {
    let script = Script::dialect(profile.dialect).with_key(profile.key);
    let cast = Cast::new().await;
    let demo = demo::start(script).await.unwrap();
    cast.engine.services().remove(cast.service.id).await.unwrap();
    let request = Connect {
        preset: profile.preset.into(),
        ..connection(&format!("{}{}", demo.url(), profile.root), profile.key)
    };
    let service = cast.engine.services().connect(request).await.unwrap();
    Cast { demo, service, ..cast }
}
