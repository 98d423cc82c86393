//! Connecting services: addresses, keys, what is kept and what is not, and several side by side.

use demo::Script;
use engine::view::{Connect, Event};
use engine::{Clock, Code, Service};
use store::table::service::{KeyPlace, Lamp};

use crate::cast::{Cast, PATIENT, SENTENCE, connection, open, until_told};

const KEY: &str = "sk-right-0123456789ab4f2a";
const WRONG: &str = "sk-wrong-0123456789ab0000";

#[tokio::test]
async fn a_wrong_key_is_told_and_leaves_nothing_behind() {
    let cast = Cast::new().await;
    let locked = demo::start(Script::tests().with_key(KEY)).await.unwrap();
    let services = cast.engine.services();
    let mut events = cast.engine.listen();
    for (key, code) in [(WRONG, Code::KeyRejected), ("", Code::KeyMissing)] {
        let refused = services.connect(connection(&locked.url(), key)).await.unwrap_err();
        assert_eq!(refused.code, code);
        assert_eq!(refused.facts.service.as_deref(), Some("127.0.0.1"), "the sentence can name it");
    }
    assert_eq!(all(&cast).await, std::slice::from_ref(&cast.service), "no service was kept");
    assert!(events.try_recv().is_err(), "and no window was told of one");
    let right = services.connect(connection(&locked.url(), KEY)).await.unwrap();
    assert_eq!((right.key.place, right.key.ends_in.as_str()), (KeyPlace::Memory, "4f2a"));
    assert_eq!(all(&cast).await, [cast.service.clone(), right.clone()], "in the order of connecting");
    assert_eq!(events.recv().await.unwrap(), Event::Service { service: Box::new(right) });
    assert_eq!(events.recv().await.unwrap(), Event::Models, "its models are there");
}

#[tokio::test]
async fn a_key_is_taken_as_it_was_pasted_and_sent_as_it_is() {
    let cast = Cast::new().await;
    let locked = demo::start(Script::tests().with_key(KEY)).await.unwrap();
    for pasted in [format!(" {KEY}\n"), format!("Bearer {KEY}"), format!("\tBearer  {KEY} \r\n")] {
        let service = cast.engine.services().connect(connection(&locked.url(), &pasted)).await.unwrap();
        assert_eq!(service.key.ends_in, "4f2a", "{pasted:?}");
    }
    let sent: Vec<_> = locked.requests().into_iter().filter_map(|seen| seen.key).collect();
    let right = demo::fingerprint(KEY);
    assert!(sent.iter().all(|key| key.sha256 == right), "nothing but the key went over the wire: {sent:?}");
}

#[tokio::test]
async fn a_key_that_no_header_can_carry_is_told_as_such() {
    let cast = Cast::new().await;
    let locked = demo::start(Script::tests().with_key(KEY)).await.unwrap();
    for unusable in ["sk-two\nlines-0123456789", "sk-bell\u{7}-0123456789"] {
        let refused = cast.engine.services().connect(connection(&locked.url(), unusable)).await.unwrap_err();
        assert_eq!(refused.code, Code::KeyUnusable, "{unusable:?}: the person can see what is wrong with it");
    }
    assert!(locked.requests().is_empty(), "nothing was sent");
}

#[tokio::test]
async fn without_a_keychain_nothing_is_kept_until_the_person_chose_memory() {
    let cast = Cast::new().await;
    let locked = demo::start(Script::tests().with_key(KEY)).await.unwrap();
    let keychain = Connect { key_in_memory: false, ..connection(&locked.url(), KEY) };
    let refused = cast.engine.services().connect(keychain).await.unwrap_err();
    assert_eq!(refused.code, Code::VaultMissing);
    assert_eq!(all(&cast).await.len(), 1, "the service waits for the choice, too");
}

#[tokio::test]
async fn a_key_in_memory_is_gone_after_a_restart_and_that_is_told() {
    let cast = Cast::play(Script::tests().with_key(KEY), KEY, PATIENT).await;
    assert_eq!(cast.ask("plain", "Name a river.").await.message.text, SENTENCE, "the key opens the door");
    cast.engine.close().await;
    let engine = open(cast.home.path(), &engine::Vault::memory(), Clock::system(), PATIENT).await;
    let after = Cast { engine, ..cast };
    let heard = after.ask("plain", "Name a river.").await;
    assert_eq!(heard.code(), "key_missing", "the person is asked for it again");
    assert_eq!(after.bodies().len(), 1, "without it nothing is sent");
    let service = after.engine.services().replace_key(after.service.id, KEY.into(), true).await.unwrap();
    assert_eq!(service.key.ends_in, "4f2a");
    after.engine.chat().retry(heard.message.id, after.to("plain")).await.unwrap();
    assert_eq!(after.hear(heard.message.id).end().await.message.text, SENTENCE, "and all is well");
}

#[tokio::test]
async fn a_key_is_replaced_only_by_one_that_works() {
    let cast = Cast::play(Script::tests().with_key(KEY), KEY, PATIENT).await;
    let services = cast.engine.services();
    let wrong = services.replace_key(cast.service.id, WRONG.into(), true).await.unwrap_err();
    assert_eq!(wrong.code, Code::KeyRejected);
    let empty = services.replace_key(cast.service.id, " \n".into(), true).await.unwrap_err();
    assert_eq!(empty.code, Code::KeyMissing, "no key is not another key");
    assert_eq!(all(&cast).await, std::slice::from_ref(&cast.service), "the row is as it was");
    assert_eq!(cast.ask("plain", "Name a river.").await.message.text, SENTENCE, "the old key still works");
    let new = "sk-newer-0123456789ab9c1d";
    cast.demo.set(Script::tests().with_key(new));
    let heard = cast.ask("plain", "Name a river.").await;
    assert_eq!(heard.code(), "key_rejected", "the service has changed its mind");
    let changed = services.replace_key(cast.service.id, format!(" {new}\n"), true).await.unwrap();
    assert_eq!(changed.key.ends_in, "9c1d", "a line end is not part of a key");
    assert_eq!(cast.ask("plain", "Name a river.").await.message.text, SENTENCE, "the new one works");
}

#[tokio::test]
async fn a_removed_key_is_sent_no_more() {
    let cast = Cast::play(Script::tests().with_key(KEY), KEY, PATIENT).await;
    let bare = cast.engine.services().remove_key(cast.service.id).await.unwrap();
    assert_eq!((bare.key.place, bare.key.ends_in.as_str()), (KeyPlace::None, ""));
    let before = cast.demo.requests().len();
    assert_eq!(cast.ask("plain", "Name a river.").await.code(), "key_missing", "the service asks for one");
    assert!(cast.demo.requests()[before..].iter().all(|seen| seen.key.is_none()), "no key was sent");
}

#[tokio::test]
async fn a_removed_service_takes_its_models_along_and_leaves_what_was_said() {
    let cast = Cast::new().await;
    let answer = cast.ask("plain", "Name a river.").await.message;
    let mut events = cast.engine.listen();
    cast.engine.services().remove(cast.service.id).await.unwrap();
    until_told(&mut events, &Event::ServiceGone { id: cast.service.id }).await;
    assert!(all(&cast).await.is_empty() && cast.engine.models().list().await.unwrap().is_empty());
    let kept = cast.kept(answer.id).await;
    assert_eq!(
        (kept.text.as_str(), kept.service_id),
        (SENTENCE, None),
        "the words stay, their source is gone"
    );
    let gone = cast.engine.services().test(cast.service.id).await.unwrap_err();
    assert_eq!(gone.code, Code::ServiceGone);
}

#[tokio::test]
async fn two_services_stand_side_by_side_and_never_see_each_others_key() {
    let mut cast = Cast::play(Script::tests().with_key(KEY), KEY, PATIENT).await;
    let second_key = "rcai-other-0123456789ef56";
    let other = demo::start(Script::dialect(demo::Dialect::Arcee).with_key(second_key)).await.unwrap();
    let first = cast.service.clone();
    let address = format!("{}/api/v1", other.url());
    cast.service = cast.engine.services().connect(connection(&address, second_key)).await.unwrap();
    assert_eq!((first.position, cast.service.position), (0, 1), "the newer one stands below");
    let heard = cast.ask("trinity-mini", "Name a river.").await;
    assert_eq!((heard.message.text.as_str(), heard.message.service_id), (SENTENCE, Some(cast.service.id)));
    let place = Some(heard.message.conversation_id);
    cast.service = first;
    let next = cast.send_in(place, "plain", "Another?").await.unwrap();
    let heard = cast.hear(next.answer.message.id).end().await;
    assert_eq!(heard.message.text, SENTENCE, "a conversation may change its service half-way");
    for (demo, key) in [(&cast.demo, KEY), (&other, second_key)] {
        let seen: Vec<_> = demo.requests().into_iter().filter_map(|seen| seen.key).collect();
        assert!(!seen.is_empty() && seen.iter().all(|one| one.sha256 == demo::fingerprint(key)));
    }
}

#[tokio::test]
async fn an_address_is_read_however_it_was_pasted() {
    let cast = Cast::new().await;
    let host = cast.demo.url();
    let port = host.rsplit(':').next().unwrap();
    let root = format!("{host}/v1");
    for pasted in [
        format!(" {host}/ \n"),
        format!("{host}/v1"),
        format!("{host}/v1/"),
        format!("{host}/v1/chat/completions"),
        format!("{host}/v1/models"),
        format!("127.0.0.1:{port}"),
    ] {
        let service = cast.engine.services().connect(connection(&pasted, "")).await;
        assert_eq!(service.unwrap().address, root, "{pasted:?}");
    }
    let kept = cast.engine.services().connect(connection(&format!("{host}/api/v1"), "")).await.unwrap();
    assert_eq!(kept.address, format!("{host}/api/v1"), "another root is kept");
    let unreadable = cast.engine.services().connect(connection("not an address", "")).await.unwrap_err();
    assert_eq!(unreadable.code, Code::AddressUnreadable);
    let nowhere = cast.engine.services().connect(connection(&format!("{host}/v9"), "")).await.unwrap_err();
    assert_eq!(nowhere.code, Code::AddressWrong, "{nowhere:?}");
}

#[tokio::test]
async fn a_service_moves_only_to_where_it_is_found() {
    let cast = Cast::new().await;
    let services = cast.engine.services();
    let silent = { demo::start(Script::tests()).await.unwrap().url() };
    let refused = services.set_address(cast.service.id, &silent).await.unwrap_err();
    assert_eq!(refused.code, Code::Unreachable);
    assert_eq!(all(&cast).await, std::slice::from_ref(&cast.service), "the old address stands");
    let elsewhere = demo::start(Script::dialect(demo::Dialect::OpenAi)).await.unwrap();
    cast.ask("reasoning-field", "Name a river.").await;
    let learnt = || async { services.learnt(cast.service.id).await.unwrap() };
    crate::cast::soon("the lesson", async { while learnt().await.is_empty() {} }).await;
    let moved = services.set_address(cast.service.id, &elsewhere.url()).await.unwrap();
    assert_eq!(moved.address, format!("{}/v1", elsewhere.url()));
    let names: Vec<_> = cast.engine.models().list().await.unwrap().into_iter().map(|one| one.name).collect();
    assert!(names.contains(&"gpt-4o-mini".to_owned()), "its models are those of the new place: {names:?}");
    assert!(!names.contains(&"plain".to_owned()), "and no longer those of the old: {names:?}");
    assert!(learnt().await.is_empty(), "what was learnt was learnt of another server");
    let renamed = services.rename(cast.service.id, "  Home ".into()).await.unwrap();
    assert_eq!(renamed.name, "Home");
    let nameless = services.rename(cast.service.id, " ".into()).await.unwrap_err();
    assert_eq!(nameless.code, Code::NameMissing);
}

#[tokio::test]
async fn a_server_with_another_port_at_every_start_is_adopted_once() {
    let cast = Cast::new().await;
    let services = cast.engine.services();
    let first = services.adopt("demo", &cast.demo.url()).await.unwrap();
    assert_eq!((first.name.as_str(), first.preset.as_str()), ("Demo", "demo"));
    let moved = demo::start(Script::welcome()).await.unwrap();
    let second = services.adopt("demo", &moved.url()).await.unwrap();
    assert_eq!((second.id, second.address), (first.id, format!("{}/v1", moved.url())), "the same, elsewhere");
    assert_eq!(all(&cast).await.len(), 2, "no second one is made");
}

#[tokio::test]
async fn stars_and_typed_names_outlive_a_new_list() {
    let cast = Cast::new().await;
    let models = cast.engine.models();
    models.set_favourite(cast.service.id, "plain".into(), true).await.unwrap();
    let typed = models.add_typed_in(cast.service.id, "  my-own ".into()).await.unwrap();
    assert_eq!((typed.name.as_str(), typed.typed_in), ("my-own", true));
    cast.demo.set(Script::dialect(demo::Dialect::OpenAi));
    let listed = models.refresh(cast.service.id).await.unwrap();
    let find = |name: &str| listed.iter().find(|one| one.name == name);
    assert!(find("plain").is_some_and(|one| one.favourite), "a star holds what is no longer listed");
    assert!(find("my-own").is_some_and(|one| one.typed_in), "so does a name typed in");
    assert!(find("gpt-4o").is_some() && find("slow").is_none(), "the rest is the new list");
    let nameless = models.add_typed_in(cast.service.id, " ".into()).await.unwrap_err();
    assert_eq!(nameless.code, Code::NameMissing);
}

#[tokio::test]
async fn testing_a_service_again_brings_its_lamps_up_to_date() {
    let cast = Cast::new().await;
    assert_eq!(cast.service.lamps.transcription, Lamp::Works, "a scenario writes down what is said");
    cast.demo.set(Script::dialect(demo::Dialect::DeepSeek));
    let tested = cast.engine.services().test(cast.service.id).await.unwrap();
    assert_eq!(tested.lamps.transcription, Lamp::NotOffered, "now no model does");
    assert!(tested.checked_at >= cast.service.checked_at, "and it is known since when");
    assert_eq!(all(&cast).await, [tested], "what is told is what is kept");
}

async fn all(cast: &Cast) -> Vec<Service> {
    cast.engine.start().await.unwrap().services
}
