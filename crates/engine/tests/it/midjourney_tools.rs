//! What Midjourney does beside drawing: it mixes, describes, shortens and swaps faces; and what is known of its pictures.

use demo::Midjourney;
use engine::view::{EngineFamily, MakePictures, PictureEngine, PressButton};
use engine::{Clock, Code, Generation, GenerationState, Picture, PictureOptions};
use image::GenericImageView;
use store::MediaId;
use store::Store;
use store::table::generation::{GenerationKind, PictureTool};

use crate::cast::studio::code;
use crate::cast::{Cast, eventually};
use crate::midjourney::{at, count, made, only, pressed, pressing, settled, wish};

fn using(cast: &Cast, tool: PictureTool, prompt: &str, references: Vec<MediaId>) -> MakePictures {
    let options = PictureOptions { tool: Some(tool), ..PictureOptions::default() };
    MakePictures { references, options, ..wish(cast, prompt) }
}

async fn done(cast: &Cast, wish: MakePictures) -> (Generation, Vec<Picture>) {
    let id = cast.engine.pictures().make(wish).await.unwrap().id;
    settled(cast, id).await
}

async fn midjourney(cast: &Cast) -> PictureEngine {
    let all = cast.engine.pictures().engines().await.unwrap();
    all.into_iter().find(|one| one.family == EngineFamily::Midjourney).unwrap()
}

/// Two pictures that are here.
async fn two(cast: &Cast) -> Vec<MediaId> {
    let mut all = Vec::new();
    for prompt in ["hills", "a harbour"] {
        all.extend(made(cast, prompt).await.1.media_id);
    }
    all
}

#[tokio::test]
async fn pictures_are_mixed_into_a_shape_in_every_dialect() {
    for dialect in Midjourney::all() {
        let cast = at(dialect).await;
        let references = two(&cast).await;
        let mut mix = using(&cast, PictureTool::Mix, "", references.clone());
        mix.options.size = Some("1024x1536".into());
        let (row, picture) = only(done(&cast, mix).await);
        assert!(picture.height > picture.width, "{dialect:?}");
        assert_eq!((row.references, row.prompt.as_str()), (references, ""), "{dialect:?}");
        let requests = cast.demo.requests();
        let sent: Vec<_> = requests.iter().filter(|seen| seen.path.ends_with("/submit/blend")).collect();
        assert_eq!(sent.len(), 1, "{dialect:?}: it was paid for once");
        assert_eq!(sent[0].body["dimensions"], "PORTRAIT");
        let files = sent[0].body["base64Array"].as_array().unwrap();
        assert!(
            files.len() == 2 && files.iter().all(|file| file.as_str().unwrap().starts_with("data:image/"))
        );
    }
}

#[tokio::test]
async fn words_that_come_are_kept_and_there_again_after_a_restart() {
    for dialect in [Midjourney::Plus, Midjourney::Net, Midjourney::Relay] {
        // Slow enough to be closed in the middle.
        let slow = crate::midjourney::script(dialect).with_pace(800);
        let mut cast = Cast::play(slow, "", crate::cast::PATIENT).await;
        let media = made(&cast, "hills").await.1.media_id.unwrap();
        let wish = using(&cast, PictureTool::Describe, "", vec![media]);
        let id = cast.engine.pictures().make(wish).await.unwrap().id;
        let store = Store::open(cast.home.path()).unwrap();
        eventually("its number", || {
            let row = store.read(|read| read.generation(id)).unwrap().unwrap();
            row.task.filter(|task| !task.id.is_empty()).map(drop)
        })
        .await;
        // Medley is closed while somebody looks at the picture.
        cast.reopen_at(Clock::system()).await;
        let open = store.read(|read| read.generation(id)).unwrap().unwrap();
        assert_eq!(open.state, GenerationState::Running, "{dialect:?}: it is not told yet");
        cast.engine.warm().await;
        let (described, pictures) = settled(&cast, id).await;
        assert_eq!(
            (described.state, code(&described), pictures.len()),
            (GenerationState::Done, "", 0),
            "{dialect:?}"
        );
        assert!(described.task.unwrap().words.contains("oil painting"), "{dialect:?}");
        let long = using(&cast, PictureTool::Shorten, "a very old lighthouse at dusk", Vec::new());
        let (shortened, _) = done(&cast, long).await;
        assert!(shortened.task.unwrap().words.contains("(0.62)"), "{dialect:?}");
        cast.reopen_at(Clock::system()).await;
        let told = cast.engine.pictures().told().await.unwrap();
        let kinds: Vec<_> = told.iter().map(|row| row.options.tool).collect();
        assert_eq!(kinds, [Some(PictureTool::Shorten), Some(PictureTool::Describe)], "{dialect:?}");
        assert_eq!(told[1].references, [media], "what was looked at is known");
        assert_eq!(
            (count(&cast, "/submit/describe"), count(&cast, "/submit/shorten")),
            (1, 1),
            "{dialect:?}"
        );
        cast.engine.pictures().dismiss(told[0].id).await.unwrap();
        assert_eq!(cast.engine.pictures().told().await.unwrap().len(), 1);
        cast.engine.pictures().restore_generation(told[0].id).await.unwrap();
        assert_eq!(cast.engine.pictures().told().await.unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_face_is_put_into_another_picture() {
    for dialect in [Midjourney::Plus, Midjourney::Net, Midjourney::Relay] {
        let cast = at(dialect).await;
        let references = two(&cast).await;
        let (row, _) = only(done(&cast, using(&cast, PictureTool::Swap, "", references)).await);
        assert_eq!(row.task.unwrap().action, "SWAP_FACE");
        let requests = cast.demo.requests();
        let sent = requests.iter().find(|seen| seen.path.ends_with("/insight-face/swap")).unwrap();
        let file = |name: &str| sent.body[name].as_str().unwrap().to_owned();
        assert_ne!(file("sourceBase64"), file("targetBase64"), "{dialect:?}");
    }
}

#[tokio::test]
async fn a_tool_that_a_service_does_not_have_is_not_offered_again_until_it_is_tried_anyway() {
    let cast = at(Midjourney::Base).await;
    assert_eq!(midjourney(&cast).await.tools.len(), 4);
    let (row, _) = done(&cast, using(&cast, PictureTool::Shorten, "a very old boat", Vec::new())).await;
    assert_eq!((row.state, code(&row)), (GenerationState::Failed, "not_offered"));
    let known = midjourney(&cast).await;
    assert_eq!(known.no_tools, [PictureTool::Shorten]);
    assert_eq!(known.tools, [PictureTool::Mix, PictureTool::Describe, PictureTool::Swap]);
    made(&cast, "hills").await;
    cast.engine.pictures().try_anyway(cast.service.id, "mj_imagine".into()).await.unwrap();
    assert_eq!(midjourney(&cast).await.tools.len(), 4);
}

#[tokio::test]
async fn a_tool_without_what_it_needs_is_refused_before_anything_is_sent() {
    let cast = at(Midjourney::Plus).await;
    let media = made(&cast, "hills").await.1.media_id.unwrap();
    for (tool, prompt, pictures, wanted) in [
        (PictureTool::Mix, "", 1, Code::OptionWrong),
        (PictureTool::Mix, "", 6, Code::OptionWrong),
        (PictureTool::Describe, "", 0, Code::OptionWrong),
        (PictureTool::Swap, "", 1, Code::OptionWrong),
        (PictureTool::Shorten, " ", 0, Code::NothingToSend),
    ] {
        let told = cast.engine.pictures().make(using(&cast, tool, prompt, vec![media; pictures])).await;
        assert_eq!(told.unwrap_err().code, wanted, "{tool:?} of {pictures}");
    }
    let (row, _) = done(&cast, using(&cast, PictureTool::Shorten, "much gore", Vec::new())).await;
    assert_eq!(code(&row), "word_banned");
    assert_eq!(row.problem.unwrap().facts.field.as_deref(), Some("gore"));
}

#[tokio::test]
async fn a_seed_is_asked_for_once_and_that_of_the_four_counts_for_the_one() {
    for dialect in [Midjourney::Plus, Midjourney::Net, Midjourney::Relay] {
        let cast = at(dialect).await;
        let (row, grid) = made(&cast, "hills --seed 4711").await;
        let (_, single) = pressed(&cast, pressing(grid.id, &row, "MJ::JOB::upsample::2")).await;
        let pictures = cast.engine.pictures();
        assert_eq!(pictures.seed(single.id).await.unwrap(), "4711", "{dialect:?}");
        assert_eq!(pictures.seed(grid.id).await.unwrap(), "4711");
        assert_eq!(pictures.seed(grid.id).await.unwrap(), "4711");
        assert_eq!(count(&cast, "/image-seed"), 2, "{dialect:?}: what is known is not asked for");
        let kept = pictures.picture(grid.id).await.unwrap().generation.unwrap().task.unwrap();
        assert_eq!(kept.seed.as_deref(), Some("4711"));
    }
    let cast = at(Midjourney::Base).await;
    let (_, grid) = made(&cast, "hills").await;
    assert_eq!(cast.engine.pictures().seed(grid.id).await.unwrap_err().code, Code::NotOffered);
}

#[tokio::test]
async fn a_picture_of_four_is_cut_into_the_four_here_and_once() {
    let cast = at(Midjourney::Relay).await;
    let (_, grid) = made(&cast, "hills --ar 3:2").await;
    let before = cast.demo.requests().len();
    let parts = cast.engine.pictures().cut(grid.id).await.unwrap();
    assert_eq!(cast.demo.requests().len(), before, "nobody is asked");
    assert!(parts.iter().all(|part| (part.width, part.height) == (grid.width / 2, grid.height / 2)));
    let bytes = |picture: &Picture| {
        let store = Store::open(cast.home.path()).unwrap();
        let media = store.read(|read| read.media(picture.media_id.unwrap())).unwrap().unwrap();
        image::load_from_memory(&std::fs::read(store.media_path(&media)).unwrap()).unwrap()
    };
    let whole = bytes(&grid);
    for (part, (x, y)) in parts.iter().zip([(0, 0), (1, 0), (0, 1), (1, 1)]) {
        let (width, height) = (whole.width() / 2, whole.height() / 2);
        let meant = whole.crop_imm(x * width, y * height, width, height);
        assert!(bytes(part).pixels().eq(meant.pixels()), "part {x}, {y} is the same, point by point");
        assert_eq!((part.prompt.as_str(), part.model.as_str()), ("hills --ar 3:2", "mj_imagine"));
    }
    let page = cast.engine.pictures().picture(grid.id).await.unwrap();
    assert_eq!(page.family.made_into.len(), 4);
    let row = cast.engine.pictures().picture(parts[0].id).await.unwrap().generation.unwrap();
    assert_eq!(
        (row.kind, row.state, row.made_from),
        (GenerationKind::Cut, GenerationState::Done, Some(grid.id))
    );
    let again = cast.engine.pictures().cut(grid.id).await.unwrap();
    assert_eq!(again, parts, "they are found and not made again");
    cast.engine.pictures().remove(vec![parts[1].id]).await.unwrap();
    assert_eq!(cast.engine.pictures().cut(grid.id).await.unwrap(), parts, "and what was deleted comes back");
    let gallery = cast.engine.pictures().rows(engine::PictureQuery::default(), 0, 5).await.unwrap();
    let ids: Vec<_> = gallery.iter().take(4).map(|one| one.id).collect();
    assert_eq!(ids, parts.iter().map(|one| one.id).collect::<Vec<_>>(), "in the order of reading");
    let (_, other) = made(&cast, "a harbour").await;
    let pictures = cast.engine.pictures();
    let (first, second) = tokio::join!(pictures.cut(other.id), pictures.cut(other.id));
    assert_eq!(first.unwrap(), second.unwrap(), "two at once make four");
}

#[tokio::test]
async fn what_waits_at_a_service_is_told_where_it_tells() {
    let cast = at(Midjourney::Plus).await;
    let id = cast.engine.pictures().make(wish(&cast, "slow hills")).await.unwrap().id;
    let store = Store::open(cast.home.path()).unwrap();
    eventually("its number", || {
        let row = store.read(|read| read.generation(id)).unwrap().unwrap();
        row.task.filter(|task| !task.id.is_empty()).map(drop)
    })
    .await;
    assert_eq!(
        cast.engine.pictures().at_service(cast.service.id).await.unwrap(),
        Some(0),
        "it is no other's"
    );
    let (home, vault) = (tempfile::tempdir().unwrap(), engine::Vault::memory());
    let other = crate::cast::open(home.path(), &vault, Clock::system(), crate::cast::PATIENT).await;
    let there = other.services().connect(crate::cast::connection(&cast.demo.url(), "")).await.unwrap();
    assert_eq!(other.pictures().at_service(there.id).await.unwrap(), Some(1));
    cast.engine.pictures().cancel(id).await.unwrap();
    settled(&cast, id).await;
    assert_eq!(cast.engine.pictures().at_service(cast.service.id).await.unwrap(), Some(0));
    assert_eq!(other.pictures().at_service(there.id).await.unwrap(), Some(0));
    let silent = at(Midjourney::Relay).await;
    assert_eq!(silent.engine.pictures().at_service(silent.service.id).await.unwrap(), None);
}

#[tokio::test]
async fn a_picture_gets_an_address_where_midjourney_can_see_it() {
    let cast = at(Midjourney::Net).await;
    let media = made(&cast, "hills").await.1.media_id.unwrap();
    let told = cast.engine.pictures().lay_down(cast.service.id, media).await.unwrap();
    assert!(told.starts_with("https://"), "{told}");
    let without = at(Midjourney::Plus).await;
    let media = made(&without, "hills").await.1.media_id.unwrap();
    let told = without.engine.pictures().lay_down(without.service.id, media).await;
    assert_eq!(told.unwrap_err().code, Code::NotOffered);
}

#[tokio::test]
async fn the_one_for_anime_draws_where_a_flag_says_so() {
    let cast = at(Midjourney::Plus).await;
    made(&cast, "hills").await;
    made(&cast, "hills --niji 6").await;
    let requests = cast.demo.requests();
    let bots: Vec<_> = requests
        .iter()
        .filter(|seen| seen.path.ends_with("/submit/imagine"))
        .map(|seen| seen.body["botType"].clone())
        .collect();
    assert_eq!(bots, ["MID_JOURNEY", "NIJI_JOURNEY"]);
}

#[tokio::test]
async fn a_word_that_a_pop_up_may_not_say_is_named() {
    for dialect in [Midjourney::Plus, Midjourney::Relay] {
        let cast = at(dialect).await;
        let (row, grid) = made(&cast, "remix hills").await;
        let vary = pressing(grid.id, &row, "MJ::JOB::variation::1");
        let wish = PressButton { prompt: "remix gore".into(), ..vary };
        let id = cast.engine.pictures().press(wish).await.unwrap().id;
        let (row, _) = settled(&cast, id).await;
        assert_eq!((row.state, code(&row)), (GenerationState::Failed, "word_banned"), "{dialect:?}");
        assert_eq!(row.problem.unwrap().facts.field.as_deref(), Some("gore"));
        assert_eq!(row.prompt, "remix gore", "what was said is there to be changed");
        assert_eq!(count(&cast, "/submit/modal"), 1, "{dialect:?}");
    }
}

#[tokio::test]
async fn tasks_may_live_at_an_address_of_their_own_with_a_secret() {
    let elsewhere =
        demo::start(crate::midjourney::script(Midjourney::Plus).with_key("sk-secret-0123")).await.unwrap();
    let script = demo::Script::tests().with_key("sk-secret-0123");
    let cast = Cast::play(script, "sk-secret-0123", crate::cast::PATIENT).await;
    let services = cast.engine.services();
    let engines = cast.engine.pictures().engines().await.unwrap();
    assert!(engines.iter().all(|one| one.family != EngineFamily::Midjourney), "it has none of its own");
    let told = services.set_midjourney_address(cast.service.id, &cast.demo.url()).await;
    assert_eq!(told.unwrap_err().code, Code::NotOffered, "and says so when it is asked");
    assert_eq!(own(&cast).await, "");
    services
        .set_midjourney_address(cast.service.id, &format!("{}/mj/submit", elsewhere.url()))
        .await
        .unwrap();
    assert_eq!(own(&cast).await, elsewhere.url());
    let told = services.set_midjourney_address(cast.service.id, "http://127.0.0.1:9").await;
    assert_eq!(told.unwrap_err().code, Code::Unreachable, "nobody there is not the same as none of it");
    assert_eq!(own(&cast).await, elsewhere.url());
    let id = cast.engine.pictures().make(wish(&cast, "slow hills")).await.unwrap().id;
    let told = services.set_midjourney_address(cast.service.id, "").await;
    assert_eq!(told.unwrap_err().code, Code::TasksRunning, "they would be asked about elsewhere");
    cast.engine.pictures().cancel(id).await.unwrap();
    settled(&cast, id).await;
    let (row, _) = made(&cast, "hills").await;
    assert!(row.task.unwrap().secret);
    assert_eq!(count(&cast, "/submit/imagine"), 0);
    let there = elsewhere.requests();
    assert!(there.iter().any(|seen| seen.path.ends_with("/submit/imagine")));
    services.test(cast.service.id).await.unwrap();
    assert_eq!(midjourney(&cast).await.tools.len(), 4, "a later look finds them there too");
    services.set_midjourney_address(cast.service.id, " ").await.unwrap();
    let engines = cast.engine.pictures().engines().await.unwrap();
    assert!(engines.iter().all(|one| one.family != EngineFamily::Midjourney));
}

/// Where Midjourney's tasks are, as the row of the service says.
async fn own(cast: &Cast) -> String {
    let services = cast.engine.start().await.unwrap().services;
    services.into_iter().find(|service| service.id == cast.service.id).unwrap().midjourney_address
}
