//! Keeping pictures: many at once, albums, taken out as a folder or an archive, and following their chats into the bin.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use engine::view::{Event, MakePictures, PictureBundle, SavePictures, Where};
use engine::{Code, PictureChange, PictureQuery};

use crate::cast::studio::{Studio, drawn, png};
use crate::cast::{Cast, until_told};

/// A studio that made pictures of these prompts, and their numbers, the newest first.
async fn studio(prompts: &[&str]) -> (Studio, Vec<i64>) {
    let studio = Studio::new(|_| drawn(&[png(30, 20)])).await;
    for prompt in prompts {
        let wish = MakePictures { prompt: (*prompt).into(), ..studio.wish("dall-e-3") };
        let id = studio.engine.pictures().make(wish).await.unwrap().id;
        studio.ended(id).await;
    }
    let keys = studio.engine.pictures().outline(PictureQuery::default()).await.unwrap().keys;
    (studio, keys)
}

fn wish(keys: &[i64], form: PictureBundle) -> SavePictures {
    SavePictures { keys: keys.to_vec(), form, untitled: "Picture".into(), folder: "Medley pictures".into() }
}

/// Today where the tests run, as names of files tell it.
fn today(studio: &Studio) -> String {
    let place = studio.engine.exports().place_for_pictures(&wish(&[1], PictureBundle::Zip));
    let Where::File { name } = place else { panic!("an archive is a file") };
    name.strip_prefix("Medley pictures ").unwrap().strip_suffix(".zip").unwrap().to_owned()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

#[tokio::test]
async fn many_change_at_once_and_back() {
    let (studio, keys) = studio(&["one", "two", "three"]).await;
    let pictures = studio.engine.pictures();
    let mut events = studio.engine.listen();
    let changed = pictures.change(keys[..2].to_vec(), PictureChange::Remove).await.unwrap();
    assert_eq!(changed, keys[..2]);
    until_told(&mut events, &Event::Pictures).await;
    assert_eq!(pictures.shelf().await.unwrap().all, 1);
    pictures.change(changed, PictureChange::Restore).await.unwrap();
    assert_eq!(pictures.outline(PictureQuery::default()).await.unwrap().keys, keys);
    pictures.change(keys.clone(), PictureChange::Star).await.unwrap();
    assert_eq!(pictures.shelf().await.unwrap().starred, 3);
}

#[tokio::test]
async fn an_album_is_made_filled_renamed_and_comes_back() {
    let (studio, keys) = studio(&["one", "two"]).await;
    let pictures = studio.engine.pictures();
    assert_eq!(pictures.make_album("  ").await.unwrap_err().code, Code::NameMissing);
    let id = pictures.make_album(" Boats ").await.unwrap();
    pictures.change(keys[..1].to_vec(), PictureChange::AddTo { album_id: id }).await.unwrap();
    let albums = || async { pictures.shelf().await.unwrap().albums };
    let told = |albums: &[store::table::album::Album]| {
        albums.iter().map(|album| (album.name.clone(), album.pictures)).collect::<Vec<_>>()
    };
    assert_eq!(told(&albums().await), [("Boats".to_owned(), 1)]);
    pictures.rename_album(id, "Ships").await.unwrap();
    let query = PictureQuery { album: Some(id), ..PictureQuery::default() };
    assert_eq!(pictures.outline(query.clone()).await.unwrap().keys, keys[..1]);
    pictures.remove_album(id).await.unwrap();
    assert_eq!(albums().await, []);
    assert_eq!(pictures.shelf().await.unwrap().all, 2, "its pictures stay");
    pictures.restore_album(id).await.unwrap();
    assert_eq!(told(&albums().await), [("Ships".to_owned(), 1)]);
    pictures.change(keys[..1].to_vec(), PictureChange::TakeFrom { album_id: id }).await.unwrap();
    assert_eq!(pictures.outline(query).await.unwrap().keys, [0; 0]);
}

#[tokio::test]
async fn a_folder_holds_the_bytes_that_came_under_names_that_tell() {
    let (studio, keys) = studio(&["a lighthouse: at night", "a lighthouse: at night", "海边的灯塔"]).await;
    let (to, day) = (tempfile::tempdir().unwrap(), today(&studio));
    for round in ["", " 2"] {
        let exports = studio.engine.exports();
        let mut events = studio.engine.listen();
        let saved = exports
            .save_pictures(wish(&[keys.as_slice(), &[999]].concat(), PictureBundle::Folder), to.path().into())
            .await
            .unwrap();
        assert_eq!((saved.pictures, saved.missing), (3, 1));
        assert_eq!(saved.name, format!("Medley pictures {day}{round}"), "what was there stays");
        until_told(&mut events, &Event::Exporting { done: 4, of: 4 }).await;
        let there = files(&to.path().join(&saved.name));
        let names = [
            format!("{day} a lighthouse at night 2.png"),
            format!("{day} a lighthouse at night.png"),
            format!("{day} 海边的灯塔.png"),
        ];
        assert_eq!(there.keys().cloned().collect::<Vec<_>>(), names);
        assert!(there.values().all(|bytes| *bytes == png(30, 20)), "byte for byte");
    }
    assert_eq!(fs::read_dir(to.path()).unwrap().count(), 2, "and nothing half");
}

#[tokio::test]
async fn an_archive_holds_the_same() {
    let (studio, keys) = studio(&["a lighthouse", "雾中的船"]).await;
    let (to, day) = (tempfile::tempdir().unwrap(), today(&studio));
    let place = to.path().join("pictures.zip");
    fs::write(&place, "an older one").unwrap();
    let saved =
        studio.engine.exports().save_pictures(wish(&keys, PictureBundle::Zip), place.clone()).await.unwrap();
    assert_eq!((saved.name.as_str(), saved.pictures, saved.missing), ("pictures.zip", 2, 0));
    let mut archive = zip::ZipArchive::new(fs::File::open(&place).unwrap()).unwrap();
    for name in ["雾中的船", "a lighthouse"] {
        let mut bytes = Vec::new();
        let mut file = archive.by_name(&format!("{day} {name}.png")).unwrap();
        assert!(file.last_modified().is_some_and(|at| at.year() > 2000), "it has its time");
        file.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, png(30, 20), "{name}");
    }
}

#[tokio::test]
async fn what_is_stopped_or_cannot_be_written_leaves_nothing() {
    let (studio, keys) = studio(&["a lighthouse"]).await;
    let to = tempfile::tempdir().unwrap();
    let exports = studio.engine.exports();
    let nowhere = to.path().join("no such folder");
    for (form, place) in
        [(PictureBundle::Folder, nowhere.clone()), (PictureBundle::Zip, nowhere.join("a.zip"))]
    {
        let told = exports.save_pictures(wish(&keys, form), place).await;
        assert_eq!(told.unwrap_err().code, Code::CannotWrite);
    }
    for (form, place) in
        [(PictureBundle::Folder, to.path().to_owned()), (PictureBundle::Zip, to.path().join("a.zip"))]
    {
        let told = exports.save_pictures(wish(&[998, 999], form), place.clone()).await;
        assert_eq!(told.unwrap_err().code, Code::Gone, "there is nothing to save");
        // Many, so that it is under way when it is stopped.
        let many: Vec<i64> = keys.iter().copied().cycle().take(20_000).collect();
        let (mut events, stopping) = (studio.engine.listen(), studio.engine.exports());
        let stop = async {
            until_told(&mut events, &Event::Exporting { done: 0, of: 20_000 }).await;
            stopping.stop();
        };
        let (told, ()) = tokio::join!(exports.save_pictures(wish(&many, form), place), stop);
        assert_eq!(told.unwrap_err().code, Code::Stopped);
    }
    assert_eq!(fs::read_dir(to.path()).unwrap().count(), 0, "nothing half stays");
}

#[tokio::test]
async fn pictures_of_a_chat_go_to_the_bin_with_it_and_come_back() {
    let cast = Cast::new().await;
    let conversation = cast.ask("picture-markdown", "Draw hills.").await.message.conversation_id;
    let pictures = cast.engine.pictures();
    let count = || async { pictures.shelf().await.unwrap().all };
    while count().await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let mut events = cast.engine.listen();
    cast.engine.chat().remove(conversation).await.unwrap();
    until_told(&mut events, &Event::Pictures).await;
    assert_eq!(count().await, 0);
    cast.engine.chat().restore(conversation).await.unwrap();
    until_told(&mut events, &Event::Pictures).await;
    assert_eq!(count().await, 1);
    let places =
        cast.engine.order().arrange(vec![conversation], engine::view::Arrange::Remove).await.unwrap();
    assert_eq!(count().await, 0);
    cast.engine.order().put_back(places).await.unwrap();
    assert_eq!(count().await, 1);
}
