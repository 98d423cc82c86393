//! Pictures of answers: found wherever they hide, fetched once without a key, kept, and shown when their links are dead.

use engine::view::MessageView;
use store::table::attachment::{Attachment, AttachmentState};

use crate::cast::{Cast, Heard, PATIENT, eventually};

/// The attachments of an answer once none of them is on its way.
async fn settled(cast: &Cast, heard: &Heard) -> MessageView {
    let id = heard.message.id;
    loop {
        let view = cast.engine.chat().messages(vec![id]).await.unwrap().remove(0);
        if view.attachments.iter().all(|one| one.state != AttachmentState::Waiting) {
            return view;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

fn code(one: &Attachment) -> &str {
    one.problem.as_ref().map_or("", |problem| problem.code.as_str())
}

#[tokio::test]
async fn a_picture_is_found_wherever_it_hides_and_kept() {
    let cast = Cast::play(demo::Script::tests().with_key("sk-secret-0123"), "sk-secret-0123", PATIENT).await;
    let hiding = [
        "picture-markdown",
        "picture-bare",
        "picture-html",
        "picture-film-fence",
        "picture-field",
        "picture-redirect",
        "picture-liar",
        "picture-json",
        "mj-chat",
        "mj-chat-lines",
    ];
    for model in hiding {
        let heard = cast.ask(model, "Draw hills.").await;
        let view = settled(&cast, &heard).await;
        assert_eq!(view.attachments.len(), 1, "{model}: one picture, also where it is named twice");
        let one = &view.attachments[0];
        assert_eq!((one.state, code(one)), (AttachmentState::Kept, ""), "{model}");
        let media = one.media.as_ref().unwrap();
        assert_eq!((media.mime.as_str(), media.width, media.height), ("image/png", Some(480), Some(320)));
        let in_place = view.blocks.concat().contains(&format!("data-media=\"{}\"", media.id));
        assert!(
            in_place || matches!(model, "picture-field" | "picture-json"),
            "{model}: it stands in its place: {:?}",
            view.blocks
        );
        let small =
            cast.engine.media().piece(&media.id.to_string(), Some(256), engine::media::Wanted::All).await;
        assert!(small.is_ok(), "{model}: and can be shown small");
    }
    let fetched = cast.demo.requests().into_iter().filter(|seen| seen.path.starts_with("/files/"));
    for seen in fetched {
        assert_eq!(seen.key, None, "{}: no key goes along", seen.path);
        assert!(!seen.headers.contains_key("cookie"), "{}: nor a cookie", seen.path);
    }
}

#[tokio::test]
async fn a_picture_that_does_not_come_says_why() {
    let cast = Cast::new().await;
    for (model, why) in [
        ("picture-gone", "picture_gone"),
        ("picture-page", "not_a_picture"),
        ("picture-cut", "picture_damaged"),
        ("picture-inside", "picture_not_allowed"),
    ] {
        let heard = cast.ask(model, "Draw hills.").await;
        let view = settled(&cast, &heard).await;
        let one = &view.attachments[0];
        assert_eq!((one.state, code(one)), (AttachmentState::Failed, why), "{model}");
        assert!(view.blocks.concat().contains("data-state=\"failed\""), "{model}: its place says so");
        cast.engine.media().try_again(one.id).await.unwrap();
        let again = settled(&cast, &heard).await;
        assert_eq!(code(&again.attachments[0]), why, "{model}: trying again ends alike");
    }
}

#[tokio::test]
async fn a_picture_is_there_after_a_restart_when_its_link_is_dead() {
    let mut cast = Cast::new().await;
    let heard = cast.ask("picture-markdown", "Draw hills.").await;
    let view = settled(&cast, &heard).await;
    let media = view.attachments[0].media.clone().unwrap();
    cast.reopen_at(engine::Clock::system()).await;
    cast.demo = demo::start(demo::Script::tests()).await.unwrap();
    let shown = settled(&cast, &heard).await;
    assert!(shown.blocks.concat().contains(&media.id.to_string()), "the picture stands in its place");
    let found = cast.engine.media().piece(&media.id.to_string(), None, engine::media::Wanted::All).await;
    assert!(found.is_ok(), "and its bytes are here");
    let asked = eventually("the log", || Some(cast.demo.requests().len())).await;
    assert_eq!(asked, 0, "nobody was asked");
}

#[tokio::test]
async fn sources_are_kept_apart_from_the_words_and_a_blocked_answer_says_so() {
    let cast = Cast::new().await;
    let heard = cast.ask("citations", "Name a river.").await;
    assert_eq!(heard.message.text, crate::cast::SENTENCE, "the words are those that came");
    let urls: Vec<_> = heard.message.citations.iter().map(|source| source.url.as_str()).collect();
    assert_eq!(urls, ["https://example.org/sea", "https://example.org/rivers"]);
    assert_eq!(cast.ask("blocked", "Do harm.").await.code(), "blocked_answer");
}
