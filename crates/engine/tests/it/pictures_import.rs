//! Pictures taken in from files and folders: once each, with what they tell, whatever lies beside them, and never twice.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use engine::view::{Event, Imported};
use engine::{Clock, Engine, Picture, PictureChange, PictureQuery, Vault};
use media::{Kind, Told, saved};
use store::table::picture::PictureOrigin;
use tempfile::TempDir;

use crate::cast::studio::png;
use crate::cast::{Cast, PATIENT, open};

/// An engine without a service, and a folder of the person's own.
struct Stage {
    engine: Engine,
    home: TempDir,
    own: TempDir,
}

impl Stage {
    async fn new() -> Self {
        let (home, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let engine = open(home.path(), &Vault::memory(), Clock::system(), PATIENT).await;
        Self { engine, home, own }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.own.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    async fn import(&self, paths: &[&Path]) -> Imported {
        import(&self.engine, paths).await
    }

    /// How many files are kept, without those made of others.
    fn originals(&self) -> usize {
        let files = walk(&self.home.path().join("media"));
        files.iter().filter(|path| !path.components().any(|part| part.as_os_str() == "derived")).count()
    }

    async fn all(&self) -> Vec<Picture> {
        self.engine.pictures().rows(PictureQuery::default(), 0, 500).await.unwrap()
    }
}

async fn import(engine: &Engine, paths: &[&Path]) -> Imported {
    let mut events = engine.listen();
    engine.pictures().import(paths.iter().map(|path| (*path).to_owned()).collect());
    ended(&mut events).await
}

async fn ended(events: &mut tokio::sync::broadcast::Receiver<Event>) -> Imported {
    let end = async {
        loop {
            if let Ok(Event::Imported { imported }) = events.recv().await {
                return *imported;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(120), end).await.expect("it ends")
}

fn told(size: u32, prompt: &str) -> Vec<u8> {
    let told =
        Told { prompt: prompt.into(), settings: "Size: 9x6, Seed: 42, Steps: 8, Model: dream_8".into() };
    saved(&png(size, 6), Kind::Png, Some(&told)).unwrap().bytes
}

#[tokio::test]
async fn a_file_is_here_as_it_was_with_its_date_and_what_it_tells() {
    let stage = Stage::new().await;
    let bytes = told(9, "雾中的灯塔");
    let path = stage.put("../own name.png", &bytes);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000);
    fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
    let imported = stage.import(&[&path]).await;
    assert_eq!((imported.keys.len(), imported.before, imported.unread, imported.stopped), (1, 0, 0, false));
    let [picture] = stage.all().await.try_into().unwrap();
    assert_eq!((picture.origin, picture.created_at), (PictureOrigin::Imported, 1_500_000_000_000));
    assert_eq!((picture.prompt.as_str(), picture.model.as_str()), ("雾中的灯塔", "dream_8"));
    assert_eq!((picture.width, picture.height, picture.placeholder.is_empty()), (9, 6, false));
    let page = stage.engine.pictures().picture(picture.id).await.unwrap();
    let extra = page.generation.unwrap().options.extra;
    assert_eq!((extra["seed"].as_i64(), extra["Steps"].as_str()), (Some(42), Some("8")));
    let kept = tempfile::tempdir().unwrap();
    stage.engine.pictures().save(picture.id, kept.path().join("a.png")).await.unwrap();
    assert_eq!(fs::read(kept.path().join("a.png")).unwrap(), bytes, "byte for byte");
    let found = PictureQuery { search: "灯塔".into(), ..PictureQuery::default() };
    assert_eq!(stage.engine.pictures().outline(found).await.unwrap().keys, imported.keys);
    assert_eq!(stage.engine.pictures().generations().await.unwrap(), [], "nothing is being made");
    fs::remove_file(path).unwrap();
}

#[tokio::test]
async fn a_folder_is_taken_in_once_and_undone_and_taken_in_again() {
    let stage = Stage::new().await;
    for at in 1..=12_u32 {
        stage.put(&format!("holiday/{}/{at}.png", at % 3), &png(at, 6));
    }
    stage.put("holiday/again.png", &png(1, 6));
    let folder = stage.own.path().join("holiday");
    let first = stage.import(&[&folder]).await;
    assert_eq!((first.keys.len(), first.before, first.unread), (12, 1, 0));
    let second = stage.import(&[&folder, &folder.join("again.png")]).await;
    assert_eq!((second.keys.len(), second.before), (0, 14));
    let pictures = stage.engine.pictures();
    assert_eq!(pictures.change(first.keys.clone(), PictureChange::Remove).await.unwrap(), first.keys);
    assert_eq!(stage.all().await, []);
    let third = stage.import(&[&folder]).await;
    assert_eq!(third.keys.len(), 12, "what was taken back comes again");
    assert_eq!(stage.all().await.len(), 12);
}

#[tokio::test]
async fn what_harms_or_is_no_picture_is_counted_and_leaves_nothing() {
    let stage = Stage::new().await;
    stage.put("in/good.png", &png(9, 6));
    // A claim of three and a half thousand million points.
    let mut bomb = png(9, 6);
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    stage.put("in/bomb.png", &bomb);
    stage.put("in/cut.png", &png(600, 400)[..700]);
    stage.put("in/page.png", b"<!doctype html><title>404</title>");
    stage.put(
        "in/drawing.svg",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script/></svg>",
    );
    stage.put("in/empty.jpg", b"");
    stage.put("in/.hidden.png", &png(8, 6));
    stage.put("in/a..%2f..%2fetc%2fpasswd\n\u{202e}gnp.png", &png(7, 6));
    let imported = stage.import(&[&stage.own.path().join("in"), &stage.own.path().join("gone.png")]).await;
    assert_eq!((imported.keys.len(), imported.unread, imported.problem), (2, 5, None));
    assert_eq!((imported.unopened, imported.too_large), (1, 0), "what is gone is no wrong picture");
    assert_eq!(stage.originals(), 2, "what is not taken in is not kept");
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn thousands_of_files_hold_nothing_up_and_stop_at_once() {
    let stage = Stage::new().await;
    for at in 0..3000_u32 {
        // Nobody draws them all: most are no pictures.
        let bytes = if at % 100 == 0 { png(at / 100 + 1, 3) } else { at.to_string().into_bytes() };
        stage.put(&format!("many/{at:05}.png"), &bytes);
    }
    let folder = stage.own.path().join("many");
    let mut events = stage.engine.listen();
    stage.engine.pictures().import(vec![folder.clone()]);
    let mut told = 0;
    loop {
        if let Event::Importing { done, of } = events.recv().await.unwrap() {
            told += 1;
            assert!(done <= of);
            if done > 0 {
                assert_eq!(of, 3000);
                break;
            }
        }
    }
    assert!(told > 0);
    stage.engine.pictures().stop_importing();
    let stopped = ended(&mut events).await;
    assert!(stopped.stopped && stopped.keys.len() + stopped.unread < 3000, "{stopped:?}");
    let rest = stage.import(&[&folder]).await;
    assert_eq!((stopped.keys.len() + rest.keys.len(), rest.before), (30, stopped.keys.len()));
    assert_eq!((rest.unread, rest.stopped), (2970, false));
}

#[tokio::test]
async fn what_was_taken_in_before_the_end_of_the_program_is_there_after_it() {
    let stage = Stage::new().await;
    for at in 1..=40_u32 {
        stage.put(&format!("in/{at}.png"), &png(at, 60));
    }
    let folder = stage.own.path().join("in");
    let mut events = stage.engine.listen();
    stage.engine.pictures().import(vec![folder.clone()]);
    loop {
        if let Event::Importing { done: 1.., .. } = events.recv().await.unwrap() {
            break;
        }
    }
    // Nothing is closed or waited for, as after a kill.
    let again = open(stage.home.path(), &Vault::memory(), Clock::system(), PATIENT).await;
    let here = again.pictures().shelf().await.unwrap().all;
    assert!(here >= 1);
    let _first = ended(&mut events).await;
    let rest = import(&again, &[&folder]).await;
    assert_eq!(rest.keys.len() + rest.before, 40);
    assert_eq!(again.pictures().shelf().await.unwrap().all, 40, "and nothing is there twice");
}

#[tokio::test]
async fn a_picture_of_a_chat_that_is_taken_in_outlives_the_chat() {
    let cast = Cast::new().await;
    let conversation = cast.ask("picture-markdown", "Draw hills.").await.message.conversation_id;
    let pictures = cast.engine.pictures();
    let all = || async { pictures.rows(PictureQuery::default(), 0, 9).await.unwrap() };
    while all().await.is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let own = tempfile::tempdir().unwrap();
    let path = own.path().join("hills.png");
    pictures.save(all().await[0].id, path.clone()).await.unwrap();
    let page = pictures.picture(all().await[0].id).await.unwrap();
    let [message] = page.messages.as_slice() else { panic!("one message brought it: {:?}", page.messages) };
    assert_eq!((message.conversation_id, message.sent), (conversation, false));
    let shown = cast.engine.chat().open_at(message.message_id).await.unwrap();
    assert_eq!(shown.conversation.id, conversation, "it leads there");
    let imported = import(&cast.engine, &[&path]).await;
    assert_eq!((imported.keys.len(), imported.before), (0, 1));
    cast.engine.chat().remove(conversation).await.unwrap();
    assert_eq!(all().await.len(), 1, "the person has it in the gallery for itself");
}

#[tokio::test]
async fn taking_an_import_back_takes_nothing_from_a_chat() {
    let cast = Cast::new().await;
    let conversation = cast.ask("picture-markdown", "Draw hills.").await.message.conversation_id;
    let pictures = cast.engine.pictures();
    let all = || async { pictures.rows(PictureQuery::default(), 0, 9).await.unwrap() };
    while all().await.is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let before = all().await[0].id;
    let own = tempfile::tempdir().unwrap();
    let path = own.path().join("hills.png");
    pictures.save(before, path.clone()).await.unwrap();
    cast.engine.chat().remove(conversation).await.unwrap();
    assert_eq!(all().await, []);
    let imported = import(&cast.engine, &[&path]).await;
    assert_eq!((imported.keys.len(), all().await.len()), (1, 1));
    pictures.change(imported.keys, PictureChange::Remove).await.unwrap();
    assert_eq!(all().await, []);
    cast.engine.chat().restore(conversation).await.unwrap();
    let [back] = all().await.try_into().unwrap();
    assert_eq!((back.id, back.origin), (before, PictureOrigin::Received), "it came back with its chat");
}

#[tokio::test]
async fn films_and_raw_pictures_stay_where_they_are_and_what_is_too_large_is_said() {
    let stage = Stage::new().await;
    let endless =
        |path: PathBuf| fs::File::options().write(true).open(path).unwrap().set_len(400 << 20).unwrap();
    endless(stage.put("in/film.mp4", b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2"));
    endless(stage.put("in/scan.png", &png(9, 6)));
    stage.put("in/good.png", &png(9, 6));
    stage.put("in/raw.dng", b"II*\0\x08\0\0\0\0\0\0\0\0\0\0\0");
    stage.put("in/phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic");
    let imported = stage.import(&[&stage.own.path().join("in")]).await;
    assert_eq!((imported.unread, imported.too_large, imported.unopened), (3, 1, 0));
    assert_eq!((imported.keys.len(), stage.originals()), (1, 1));
}

#[tokio::test]
async fn a_folder_around_medleys_own_brings_back_nothing_that_was_deleted() {
    let stage = Stage::new().await;
    let path = stage.put("a.png", &png(9, 6));
    let keys = stage.import(&[&path]).await.keys;
    stage.engine.pictures().change(keys, PictureChange::Remove).await.unwrap();
    let imported = stage.import(&[stage.home.path()]).await;
    assert_eq!((imported.keys.len(), imported.unread, stage.all().await.len()), (0, 0, 0));
}

#[tokio::test]
async fn what_is_chosen_after_a_stop_is_taken_in() {
    let stage = Stage::new().await;
    for at in 0..500_u32 {
        stage.put(&format!("many/{at:05}.png"), at.to_string().as_bytes());
    }
    let later = stage.put("later.png", &png(9, 6));
    let mut events = stage.engine.listen();
    let pictures = stage.engine.pictures();
    pictures.import(vec![stage.own.path().join("many")]);
    pictures.stop_importing();
    pictures.import(vec![later]);
    let imported = ended(&mut events).await;
    assert_eq!((imported.keys.len(), imported.stopped), (1, false), "{imported:?}");
    assert!(imported.unread < 500, "{imported:?}");
}

#[tokio::test]
async fn what_is_pasted_is_taken_in_at_once_or_refused() {
    let stage = Stage::new().await;
    let mut events = stage.engine.listen();
    stage.engine.pictures().import_bytes(png(5, 5)).await.unwrap();
    let pasted = ended(&mut events).await;
    assert_eq!((pasted.keys.len(), pasted.pasted), (1, true));
    stage.engine.pictures().import_bytes(b"no picture".to_vec()).await.unwrap();
    assert_eq!(ended(&mut events).await.unread, 1);
    assert_eq!(stage.all().await.len(), 1);
}
