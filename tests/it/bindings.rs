//! The TypeScript types in `ui/src/bindings` are those of the Rust types. Run with `MEDLEY_WRITE_BINDINGS=1` to renew them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use engine::{Code, view};
use ts_rs::{Config, TS};

/// The types that commands and events carry; everything they mention is exported with them.
fn export_all(folder: &Path) {
    let config = Config::new().with_out_dir(folder).with_large_int("number");
    Code::export_all(&config).expect("Code can be written");
    view::About::export_all(&config).expect("About can be written");
    view::Start::export_all(&config).expect("Start can be written");
    view::OpenConversation::export_all(&config).expect("OpenConversation can be written");
    view::ListConversations::export_all(&config).expect("ListConversations can be written");
    view::Edit::export_all(&config).expect("Edit can be written");
    view::Question::export_all(&config).expect("Question can be written");
    view::ContinueText::export_all(&config).expect("ContinueText can be written");
    store::table::text::Continuation::export_all(&config).expect("Continuation can be written");
    view::Outlook::export_all(&config).expect("Outlook can be written");
    view::Accepted::export_all(&config).expect("Accepted can be written");
    view::TurnUpdate::export_all(&config).expect("TurnUpdate can be written");
    view::Event::export_all(&config).expect("Event can be written");
    view::Connect::export_all(&config).expect("Connect can be written");
    view::LocalServer::export_all(&config).expect("LocalServer can be written");
    view::Arrange::export_all(&config).expect("Arrange can be written");
    view::Export::export_all(&config).expect("Export can be written");
    view::Exported::export_all(&config).expect("Exported can be written");
    view::FoundPage::export_all(&config).expect("FoundPage can be written");
    store::table::bin::BinRow::export_all(&config).expect("BinRow can be written");
    view::RemovedFolder::export_all(&config).expect("RemovedFolder can be written");
    engine::Gpt::export_all(&config).expect("Gpt can be written");
    store::table::place::Place::export_all(&config).expect("Place can be written");
    view::Decision::export_all(&config).expect("Decision can be written");
    view::ToolDraft::export_all(&config).expect("ToolDraft can be written");
    store::table::tool::Tool::export_all(&config).expect("Tool can be written");
    view::Confidence::export_all(&config).expect("Confidence can be written");
    view::Piece::export_all(&config).expect("Piece can be written");
    view::Data::export_all(&config).expect("Data can be written");
    view::DataForm::export_all(&config).expect("DataForm can be written");
    view::DataParts::export_all(&config).expect("DataParts can be written");
    view::DataText::export_all(&config).expect("DataText can be written");
    view::PictureEngine::export_all(&config).expect("PictureEngine can be written");
    view::MakePictures::export_all(&config).expect("MakePictures can be written");
    view::PressButton::export_all(&config).expect("PressButton can be written");
    view::PictureOutline::export_all(&config).expect("PictureOutline can be written");
    view::PicturePage::export_all(&config).expect("PicturePage can be written");
    view::PictureShelf::export_all(&config).expect("PictureShelf can be written");
    view::ImportFrom::export_all(&config).expect("ImportFrom can be written");
    view::SavePictures::export_all(&config).expect("SavePictures can be written");
    view::SavedPictures::export_all(&config).expect("SavedPictures can be written");
    store::table::picture::PictureChange::export_all(&config).expect("PictureChange can be written");
    view::SavePicture::export_all(&config).expect("SavePicture can be written");
    view::SavedPicture::export_all(&config).expect("SavedPicture can be written");
    store::table::picture::PictureQuery::export_all(&config).expect("PictureQuery can be written");
    view::Speaker::export_all(&config).expect("Speaker can be written");
    view::Speak::export_all(&config).expect("Speak can be written");
    view::SoundPage::export_all(&config).expect("SoundPage can be written");
    view::Scribe::export_all(&config).expect("Scribe can be written");
    view::TranscribeWith::export_all(&config).expect("TranscribeWith can be written");
    view::TookIn::export_all(&config).expect("TookIn can be written");
    view::RecordingPage::export_all(&config).expect("RecordingPage can be written");
    view::SaveTranscript::export_all(&config).expect("SaveTranscript can be written");
    view::Microphone::export_all(&config).expect("Microphone can be written");
    view::Fault::export_all(&config).expect("Fault can be written");
    store::table::learnt::LearntRow::export_all(&config).expect("LearntRow can be written");
}

#[test]
fn the_bindings_are_fresh() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/bindings");
    if std::env::var_os("MEDLEY_WRITE_BINDINGS").is_some() {
        fs::remove_dir_all(&kept).expect("the old ones can go");
        export_all(&kept);
    }
    let made = tempfile::tempdir().expect("a temporary folder");
    export_all(made.path());
    let (made, kept) = (files(made.path()), files(&kept));
    let names = made.keys().chain(kept.keys()).collect::<BTreeSet<_>>();
    let stale: Vec<_> = names.into_iter().filter(|name| made.get(*name) != kept.get(*name)).collect();
    assert!(
        stale.is_empty(),
        "{stale:?} in ui/src/bindings are stale: run MEDLEY_WRITE_BINDINGS=1 cargo test --test it bindings"
    );
}

fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder of bindings") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a text file");
        found.insert(PathBuf::from(path.file_name().expect("a name")), text);
    }
    found
}
