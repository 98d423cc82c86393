//! Exports: whole conversations with their files beside them, in every form; nothing half, nothing of what was there before
//! lost, and no key in any of it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use engine::view::{Export, ExportFormat, ExportWords, Where};
use engine::{Code, RichOf};
use serde_json::Value;
use store::ConversationId;
use store::table::attachment::AttachmentState;

use crate::cast::{Cast, PATIENT, SENTENCE};

fn words() -> ExportWords {
    ExportWords {
        you: "You".into(),
        answer: "Answer".into(),
        thoughts: "Thoughts".into(),
        tool: "Tool".into(),
        instructions: "Instructions".into(),
        untitled: "Untitled".into(),
        conversations: "Conversations".into(),
        folder: "Medley".into(),
        made_with: "Made with Medley".into(),
        language: "en".into(),
    }
}

fn export(ids: &[ConversationId], format: ExportFormat) -> Export {
    Export { ids: ids.to_vec(), folder_id: None, format, words: words() }
}

/// A conversation with a picture that the person sent and one that the answer brought.
async fn with_pictures(cast: &Cast) -> ConversationId {
    let (width, height) = (3, 2);
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(width, height, image::Rgb([200, 30, 30]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let sent =
        cast.engine.attachments().add("new".into(), "mine.png".into(), png.into_inner()).await.unwrap();
    loop {
        let store = store::Store::open(cast.home.path()).unwrap();
        let row = store.read(|read| read.attachment(sent.id)).unwrap().unwrap();
        if row.state == AttachmentState::Kept {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let heard = cast.ask("picture-markdown", "Draw hills like mine.").await;
    loop {
        let view = cast.engine.chat().messages(vec![heard.message.id]).await.unwrap().remove(0);
        if view.attachments.iter().all(|one| one.state == AttachmentState::Kept) {
            return heard.message.conversation_id;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

/// The names and bytes of the files in a folder.
fn files(folder: &Path) -> HashMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
    files.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

#[tokio::test]
async fn a_conversation_goes_with_its_pictures_in_every_form() {
    let key = "sk-secret-0123";
    let cast = Cast::play(demo::Script::tests().with_key(key), key, PATIENT).await;
    let talk = with_pictures(&cast).await;
    let to = tempfile::tempdir().unwrap();
    for (format, ending) in
        [(ExportFormat::Html, "html"), (ExportFormat::Markdown, "md"), (ExportFormat::Json, "json")]
    {
        let place = cast.engine.exports().place(export(&[talk], format)).await.unwrap();
        let Where::File { name } = place else { panic!("one conversation is one file") };
        assert_eq!(name, format!("Draw hills like mine.{ending}"));
        let path = to.path().join(format!("Hills {ending}.{ending}"));
        cast.engine.exports().write(export(&[talk], format), path.clone()).await.unwrap();
        let page = fs::read_to_string(&path).unwrap();
        let beside = files(&to.path().join(format!("Hills {ending}_files")));
        assert_eq!(beside.len(), 2, "{ending}: both pictures lie beside it");
        for (file, bytes) in &beside {
            let address = format!("Hills%20{ending}_files/{file}");
            assert!(page.contains(&address), "{ending}: it leads to {address}: {page}");
            assert!(image::load_from_memory(bytes).is_ok(), "{ending}: {file} is whole");
        }
        assert!(!page.contains(key), "{ending}: no key is in it");
        if format == ExportFormat::Json {
            let whole: Value = serde_json::from_str(&page).unwrap();
            assert_eq!(whole["conversations"][0]["messages"].as_array().unwrap().len(), 2);
        } else {
            assert!(
                !page.contains("/files/hills.png"),
                "{ending}: nothing leads to a link that will be dead"
            );
        }
        // The same again over it: nothing is there twice.
        cast.engine.exports().write(export(&[talk], format), path).await.unwrap();
        assert_eq!(files(&to.path().join(format!("Hills {ending}_files"))).len(), 2);
    }
}

#[tokio::test]
async fn many_go_into_a_folder_of_their_own_with_a_page_that_leads_to_them() {
    let cast = Cast::new().await;
    let mut ids = vec![with_pictures(&cast).await];
    for _ in 0..2 {
        ids.push(cast.ask("plain", "Same title").await.message.conversation_id);
    }
    let to = tempfile::tempdir().unwrap();
    for round in 1..=2 {
        let all = export(&ids, ExportFormat::Html);
        let written = cast.engine.exports().write(all, to.path().to_owned()).await.unwrap();
        assert_eq!(written.conversations, 3);
        let folder = to.path().join(&written.name);
        let there = files(&folder);
        assert_eq!(there.len(), 4, "three and the page that leads to them: {:?}", there.keys());
        assert!(there.contains_key("Same title 2.html"), "no name is there twice");
        let index = String::from_utf8(there["index.html"].clone()).unwrap();
        assert!(index.contains("href=\"Same%20title%202.html\""), "{index}");
        assert_eq!(files(&folder.join("files")).len(), 2);
        assert_eq!(fs::read_dir(to.path()).unwrap().count(), round, "what was there stays, and nothing half");
    }
}

#[tokio::test]
async fn what_cannot_be_written_leaves_nothing_and_says_so() {
    let cast = Cast::new().await;
    let talk = with_pictures(&cast).await;
    let to = tempfile::tempdir().unwrap();
    let missing = to.path().join("no such folder").join("a.html");
    let told = cast.engine.exports().write(export(&[talk], ExportFormat::Html), missing).await;
    assert_eq!(told.err().unwrap().code, Code::CannotWrite);
    // A file lies where the folder of pictures would be.
    fs::write(to.path().join("a_files"), "mine").unwrap();
    let blocked = to.path().join("a.html");
    let told = cast.engine.exports().write(export(&[talk], ExportFormat::Html), blocked).await;
    assert_eq!(told.err().unwrap().code, Code::CannotWrite);
    let left = files(to.path());
    assert_eq!(left, HashMap::from([("a_files".to_owned(), b"mine".to_vec())]), "nothing of it stays");
}

#[tokio::test]
async fn rich_text_holds_its_pictures_and_nothing_that_needs_a_script() {
    let cast = Cast::new().await;
    let talk = with_pictures(&cast).await;
    let rich = cast.engine.exports().rich(RichOf::Conversation(talk), words()).await.unwrap();
    assert_eq!(rich.html.matches("<img src=\"data:image/png;base64,").count(), 2, "{}", rich.html);
    assert!(!rich.html.contains("<button") && !rich.html.contains("data-"), "{}", rich.html);
    let relay = cast.ask("mj-chat", "Draw hills.").await.message;
    let rich = cast.engine.exports().rich(RichOf::Message(relay.id), words()).await.unwrap();
    assert!(!rich.html.contains("<button") && !rich.html.contains("</button"), "{}", rich.html);
    let plain = cast.ask("plain", "Name a river.").await.message;
    let rich = cast.engine.exports().rich(RichOf::Message(plain.id), words()).await.unwrap();
    assert_eq!((rich.text.as_str(), rich.html.trim()), (SENTENCE, format!("<p>{SENTENCE}</p>").as_str()));
}
