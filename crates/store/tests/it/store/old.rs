//! Databases that earlier versions made, one per migration, under `tests/fixtures`. A new migration comes with
//! a fixture of its own, made once by `keep_a_database_of_this_version`.

use std::fs;
use std::path::{Path, PathBuf};

use store::table::conversation::ConversationQuery;
use store::table::generation::{Generation, PictureOptions};
use store::table::learnt::{Learnt, LearntRow};
use store::table::media::Media;
use store::table::message::{Message, MessageState, Role, Usage};
use store::table::picture::{Picture, PictureChange, PictureOrigin, PictureQuery};
use store::table::setting::Settings;
use store::{AlbumId, Error, MediaId, ServiceId, Store, Write};

use crate::made;

fn crate_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The numbers of all migrations, from their file names.
fn versions() -> Vec<String> {
    let files = fs::read_dir(crate_folder().join("src/migrations")).unwrap();
    let mut names: Vec<String> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()[..4].to_owned()).collect();
    names.sort();
    names
}

fn fixture(version: &str) -> PathBuf {
    crate_folder().join("tests/fixtures").join(format!("{version}.db"))
}

#[test]
fn migrations_are_numbered_without_gap() {
    let expected: Vec<String> = (1..=versions().len()).map(|number| format!("{number:04}")).collect();
    assert_eq!(versions(), expected, "migration files count from 0001");
}

#[test]
fn databases_of_every_version_open_with_all_they_hold() {
    for version in versions() {
        let folder = tempfile::tempdir().unwrap();
        fs::copy(fixture(&version), folder.path().join("medley.db")).unwrap();
        let store = Store::open(folder.path()).unwrap();
        assert_holds_all(&store, &version);
        assert_eq!(store.integrity().unwrap(), Vec::<String>::new(), "version {version} is sound");
    }
}

fn assert_holds_all(store: &Store, version: &str) {
    let query = ConversationQuery { search: "面包".into(), limit: 9, ..ConversationQuery::default() };
    let found = store.read(|read| read.conversations(&query)).unwrap();
    assert_eq!(found.len(), 1, "version {version}: the title is found");
    let tail = store.read(|read| read.tail(found[0].id, 9)).unwrap();
    let texts: Vec<_> = tail.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["怎么做面包？", "With patience."], "version {version}: the messages");
    assert_eq!(
        tail[1].usage.as_ref().and_then(|usage| usage.tokens_out),
        Some(3),
        "version {version}: usage"
    );
    let services = store.read(store::Read::services).unwrap();
    assert_eq!(services.len(), 1, "version {version}: the service");
    let models = store.read(store::Read::models).unwrap();
    assert!(models.iter().any(|model| model.favourite), "version {version}: the star");
    let learnt = store.read(|read| read.learnt(services[0].id, "m")).unwrap();
    assert!(learnt.no_stream_options, "version {version}: what was learnt");
    let draft = store.read(|read| read.draft("new")).unwrap();
    assert_eq!(draft.as_deref(), Some("half a thought"), "version {version}: the draft");
    assert_eq!(store.read(store::Read::settings).unwrap().text_scale, 120, "version {version}: settings");
    let query = PictureQuery { search: "lighthouse".into(), ..PictureQuery::default() };
    let pictures = store.read(|read| read.pictures(&query, 0, 9)).unwrap();
    assert_eq!(pictures.len(), usize::from(version >= "0003"), "version {version}: the picture is found");
    for picture in pictures {
        let made = store.read(|read| read.generation(picture.generation_id.unwrap())).unwrap().unwrap();
        assert_eq!((made.model.as_str(), made.references.len()), ("painter", 1), "version {version}");
        assert_eq!(made.options.style.as_deref(), Some("vivid"), "version {version}: how it was made");
    }
    let albums = store.read(store::Read::albums).unwrap();
    let told: Vec<_> = albums.iter().map(|album| (album.name.as_str(), album.pictures)).collect();
    let kept = if version >= "0005" { vec![("Lights", 1)] } else { Vec::new() };
    assert_eq!(told, kept, "version {version}: the album");
}

#[test]
#[ignore = "makes the fixture of the newest version, once, when a migration is added"]
fn keep_a_database_of_this_version() {
    let target = fixture(versions().last().unwrap());
    assert!(!target.exists(), "a fixture is never made anew: it is what that version wrote");
    let made = made::store();
    made.store.write(fill).unwrap();
    made.by_hand(&format!("VACUUM INTO '{}'", target.display()));
}

fn fill(write: &Write) -> Result<(), Error> {
    let service = made::service("One");
    let conversation = made::conversation("周末做面包", 5_000);
    let question = made::message(conversation.id, None, "怎么做面包？");
    let answer = Message {
        role: Role::Assistant,
        state: MessageState::Stopped,
        thoughts: "Flour?".into(),
        service_id: Some(service.id),
        model: "m".into(),
        usage: Some(Usage { tokens_out: Some(3), ..Usage::default() }),
        ..made::message(conversation.id, Some(question.id), "With patience.")
    };
    let learnt = Learnt { no_stream_options: true, ..Learnt::default() };
    write.insert_service(&service)?;
    write.replace_models(service.id, &[made::model(service.id, "m")])?;
    write.set_favourite(service.id, "m", true)?;
    write.set_learnt(&LearntRow { service_id: service.id, model: "m".into(), learnt })?;
    write.insert_conversation(&conversation)?;
    write.insert_message(&question)?;
    write.insert_message(&answer)?;
    write.set_head(conversation.id, Some(answer.id))?;
    write.set_draft("new", "half a thought", 5_000)?;
    fill_pictures(write, service.id)?;
    write.set_settings(&Settings { text_scale: 120, ..Settings::default() })
}

fn fill_pictures(write: &Write, service: ServiceId) -> Result<(), Error> {
    let media = Media::plain(MediaId::of(b"a picture"), "image/png", 9, 1_000);
    let generation = Generation {
        options: PictureOptions { style: Some("vivid".into()), ..PictureOptions::default() },
        references: vec![media.id],
        ..Generation::blank(service, "painter", "a lighthouse at night", 5_000)
    };
    let picture = Picture {
        generation_id: Some(generation.id),
        service_id: Some(service),
        model: "painter".into(),
        ..Picture::blank(PictureOrigin::Made, 6_000)
    };
    write.insert_media(&media)?;
    write.insert_generation(&generation)?;
    write.insert_picture(&picture)?;
    write.keep_picture(picture.id, &media)?;
    let album_id = AlbumId::new();
    write.insert_album(album_id, "Lights", 7_000)?;
    write.change_pictures(&[1], PictureChange::AddTo { album_id }, 7_000).map(drop)
}
