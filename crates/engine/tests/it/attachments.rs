//! Files that go along with questions: what is kept, what arrives at the service, what survives, what is told when a
//! file, a model or a service does not take them.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use engine::view::{Edit, Event, Question};
use engine::{Attachment, AttachmentId, Clock, Code, ConversationId, Engine, Vault};
use serde_json::Value;
use store::table::attachment::{AttachmentKind, AttachmentState};
use tokio::sync::broadcast::Receiver;

use crate::cast::{Cast, PATIENT, open, soon};

/// Names the folder to the child that is killed.
const HOME: &str = "ENGINE_TEST_ATTACH_HOME";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/documents").join(name)
}

/// A picture of this size, noisy enough to be large.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut seed = 1_u32;
    let mut next = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    let pixels = image::RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([x.to_le_bytes()[0], y.to_le_bytes()[0], next()])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Attaches to the desk of a new conversation and waits until it is read.
async fn attached(cast: &Cast, name: &str, bytes: Vec<u8>) -> Attachment {
    let mut events = cast.engine.listen();
    let given = cast.engine.attachments().add("new".into(), name.into(), bytes).await.unwrap();
    read(&cast.engine, &mut events, given).await
}

async fn read(engine: &Engine, events: &mut Receiver<Event>, given: Attachment) -> Attachment {
    if given.state != AttachmentState::Waiting {
        return given;
    }
    soon("the end of reading", async {
        loop {
            if let Event::Attachment { attachment } = events.recv().await.unwrap()
                && attachment.id == given.id
            {
                assert_eq!(
                    Some(&*attachment),
                    desk(engine).await.iter().find(|one| one.id == given.id),
                    "as it is kept"
                );
                return *attachment;
            }
        }
    })
    .await
}

async fn desk(engine: &Engine) -> Vec<Attachment> {
    engine.start().await.unwrap().attachments
}

fn last_message(cast: &Cast) -> Value {
    cast.bodies().last().unwrap()["messages"].as_array().unwrap().last().unwrap().clone()
}

fn code(file: &Attachment) -> &str {
    file.problem.as_ref().map_or("", |problem| problem.code.as_str())
}

#[tokio::test]
async fn a_document_goes_along_as_its_text_with_its_name() {
    let cast = Cast::new().await;
    let bytes = std::fs::read(fixture("house-rules.pdf")).unwrap();
    let mut events = cast.engine.listen();
    let given =
        cast.engine.attachments().add_files("new".into(), vec![fixture("house-rules.pdf")]).await.unwrap();
    let file = read(&cast.engine, &mut events, given[0].clone()).await;
    assert_eq!(
        (file.name.as_str(), file.kind, file.state),
        ("house-rules.pdf", AttachmentKind::Document, AttachmentState::Kept)
    );
    assert_eq!((file.facts.format.as_str(), file.facts.unit.as_str(), file.facts.parts), ("pdf", "pages", 6));
    let shown = cast.engine.attachments().text(file.id).await.unwrap();
    assert!(shown.contains("A water butt on the roof is allowed"), "shown before sending: {shown}");
    let heard = cast.ask("echo", "May I have one?").await;
    let sent = format!("<document name=\"house-rules.pdf\">\n{shown}\n</document>\n\nMay I have one?");
    assert_eq!(last_message(&cast)["content"], sent, "what was shown is what is sent");
    let asked = cast.engine.chat().messages(vec![heard.message.parent_id.unwrap()]).await.unwrap().remove(0);
    assert_eq!(asked.message.text, "May I have one?", "the person's words stay their own");
    assert_eq!(asked.attachments.len(), 1, "the file belongs to the question");
    assert!(desk(&cast.engine).await.is_empty(), "and lies on the desk no longer");
    let kept =
        walk(&cast.home.path().join("media")).into_iter().any(|path| std::fs::read(path).unwrap() == bytes);
    assert!(kept, "the original bytes are kept as they came");
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn a_picture_goes_along_as_a_copy_of_at_most_2048_pixels() {
    let cast = Cast::new().await;
    let file = attached(&cast, "roof.png", photo(2600, 1300)).await;
    let media = file.media.clone().unwrap();
    assert_eq!((file.kind, media.width, media.height), (AttachmentKind::Picture, Some(2600), Some(1300)));
    assert!(!media.placeholder.is_empty(), "its colours are known");
    cast.engine.attachments().set_detail(file.id, "high".into()).await.unwrap();
    let heard = cast.ask("sees", "What is it?").await;
    assert_eq!(heard.message.text, "One picture came: image/jpeg 2048x1024, detail high.");
    let parts = last_message(&cast)["content"].clone();
    assert_eq!(
        parts[0],
        serde_json::json!({"type": "text", "text": "What is it?"}),
        "words and picture as parts"
    );
    assert_eq!(parts.as_array().unwrap().len(), 2);
    let again = cast.engine.chat().retry(heard.message.id, cast.to("sees")).await.unwrap();
    cast.hear(again.answer.message.id).end().await;
    assert_eq!(last_message(&cast)["content"], parts, "a retry sends it again");
}

#[tokio::test]
async fn files_alone_are_a_question_and_give_it_its_name() {
    let cast = Cast::new().await;
    attached(&cast, "notes.txt", b"Buy soil.".to_vec()).await;
    let accepted = cast.send("echo", "").await;
    cast.hear(accepted.answer.message.id).end().await;
    assert_eq!(accepted.conversation.title, "notes.txt");
    assert_eq!(last_message(&cast)["content"], "<document name=\"notes.txt\">\nBuy soil.\n</document>");
}

#[tokio::test]
async fn an_edited_question_keeps_its_files_but_for_those_taken_away() {
    let cast = Cast::new().await;
    attached(&cast, "one.txt", b"First.".to_vec()).await;
    attached(&cast, "two.txt", b"Second.".to_vec()).await;
    let accepted = cast.send("echo", "Both?").await;
    cast.hear(accepted.answer.message.id).end().await;
    let question = accepted.question.unwrap();
    let gone = question.attachments[0].id;
    let edit = Edit { text: "One?".into(), without: vec![gone], ask: cast.to("echo"), also: Vec::new() };
    let edited = cast.engine.chat().edit(question.message.id, edit).await.unwrap();
    cast.hear(edited.answer.message.id).end().await;
    let content = last_message(&cast)["content"].as_str().unwrap().to_owned();
    assert_eq!(content, "<document name=\"two.txt\">\nSecond.\n</document>\n\nOne?");
    let old = cast.engine.chat().messages(vec![question.message.id]).await.unwrap().remove(0);
    assert_eq!(old.attachments.len(), 2, "the older version keeps both");
    assert_ne!(
        edited.question.unwrap().attachments[0].id,
        old.attachments[1].id,
        "each version has rows of its own"
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why_and_stops_the_question() {
    let cast = Cast::new().await;
    let mut zeros = b"PK\x03\x04".to_vec();
    zeros.extend([0; 100]);
    for (name, bytes, reason) in [
        ("locked.pdf", std::fs::read(fixture("locked.pdf")).unwrap(), "file_encrypted"),
        ("scanned.pdf", std::fs::read(fixture("scanned.pdf")).unwrap(), "file_no_text"),
        ("letter.docx", zeros, "file_damaged"),
        ("program", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec(), "file_unknown"),
        ("nothing.txt", Vec::new(), "file_empty"),
        ("photo.png", photo(64, 64)[..500].to_vec(), "file_damaged"),
        ("large.txt", vec![b'a'; (50 << 20) + 1], "file_too_large"),
    ] {
        let file = attached(&cast, name, bytes).await;
        assert_eq!((file.state, code(&file)), (AttachmentState::Failed, reason), "{name}");
        let told = cast.send_in(None, "echo", "What is in it?").await.unwrap_err();
        assert_eq!(
            told.code,
            Code::FileUnready,
            "{name}: nothing is sent without what the person means to send"
        );
        cast.engine.attachments().remove(file.id).await.unwrap();
    }
    cast.ask("echo", "And now?").await;
    assert_eq!(cast.bodies().len(), 1, "none of them went out");
}

#[tokio::test]
async fn folders_and_files_that_are_gone_are_told_and_there_is_room_for_twenty() {
    let cast = Cast::new().await;
    let (folder, files) = (cast.home.path().to_owned(), cast.engine.attachments());
    let odd = files.add_files("new".into(), vec![folder.clone(), folder.join("nowhere.txt")]).await.unwrap();
    assert_eq!(odd.iter().map(code).collect::<Vec<_>>(), ["file_unopened"; 2]);
    assert_eq!(odd[1].name, "nowhere.txt", "a name, never a path");
    let many = vec![fixture("letter.docx"); 19];
    assert_eq!(files.add_files("new".into(), many).await.unwrap_err().code, Code::FilesTooMany);
    assert_eq!(desk(&cast.engine).await.len(), 2, "all or none are taken");
}

#[tokio::test]
async fn what_is_taken_from_the_desk_comes_back_until_the_next_start() {
    let mut cast = Cast::new().await;
    let one = attached(&cast, "one.txt", b"First.".to_vec()).await;
    let two = attached(&cast, "two.txt", b"Second.".to_vec()).await;
    cast.engine.attachments().remove(one.id).await.unwrap();
    assert_eq!(desk(&cast.engine).await, std::slice::from_ref(&two));
    assert_eq!(cast.engine.attachments().restore(one.id).await.unwrap(), one);
    assert_eq!(desk(&cast.engine).await, [one.clone(), two.clone()], "where it lay");
    cast.engine.attachments().remove(one.id).await.unwrap();
    cast.reopen_at(Clock::system()).await;
    assert_eq!(desk(&cast.engine).await, [two], "what was not brought back is forgotten");
    let gone = cast.engine.attachments().restore(one.id).await.unwrap_err();
    assert_eq!(gone.code, Code::Gone);
}

#[tokio::test]
async fn a_long_document_says_what_is_left_out() {
    let cast = Cast::new().await;
    let rows: String = "1,a row of a table\n".repeat(60_000);
    let file = attached(&cast, "long.csv", rows.into_bytes()).await;
    assert!(file.facts.cut && file.facts.parts == 60_000 && file.facts.read < 60_000, "{:?}", file.facts);
    cast.ask("echo", "How many?").await;
    let content = last_message(&cast)["content"].as_str().unwrap().to_owned();
    let note = format!("<document name=\"long.csv\" note=\"first {} of 60000 rows\">", file.facts.read);
    assert!(content.starts_with(&note), "the model is told as well: {}", &content[..100]);
}

#[tokio::test]
async fn models_without_eyes_are_told_in_one_way() {
    let cast = Cast::new().await;
    for model in ["blind", "blind-strict"] {
        attached(&cast, "roof.png", photo(40, 30)).await;
        let heard = cast.ask(model, "What is it?").await;
        assert_eq!(heard.code(), "pictures_refused", "{model}");
        let kept = cast.engine.chat().messages(vec![heard.message.parent_id.unwrap()]).await.unwrap();
        assert_eq!(kept[0].attachments.len(), 1, "{model}: question and picture are kept");
        let seen = cast.engine.chat().retry(heard.message.id, cast.to("sees")).await.unwrap();
        let seen = cast.hear(seen.answer.message.id).end().await;
        assert!(seen.message.text.starts_with("One picture came"), "{model}: another one sees it");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_sent_once_more_with_smaller_pictures() {
    let cast = Cast::new().await;
    attached(&cast, "noise.png", photo(1600, 1600)).await;
    let heard = cast.ask("takes-little", "What is it?").await;
    assert_eq!(heard.message.text, "One picture came: image/jpeg 1024x1024, detail auto.");
    assert_eq!(cast.bodies().len(), 2, "once more, and no oftener");
    for _ in 0..3 {
        attached(&cast, "noise.png", photo(1600, 1600)).await;
    }
    let heard = cast.ask("takes-little", "And three?").await;
    assert_eq!(heard.code(), "too_large", "what does not help is told");
    assert_eq!(cast.bodies().len(), 4);
}

#[tokio::test]
async fn the_first_model_that_saw_is_told_how_much_it_may_say() {
    let cast = Cast::new().await;
    attached(&cast, "roof.png", photo(40, 30)).await;
    cast.ask("gpt-4-vision-preview", "What is it?").await;
    assert_eq!(cast.bodies().last().unwrap()["max_tokens"], 4096);
    cast.ask("sees", "And you?").await;
    assert!(cast.bodies().last().unwrap().get("max_tokens").is_none(), "nobody else is told");
}

#[tokio::test]
async fn links_stand_before_the_question_in_their_order() {
    let cast = Cast::new().await;
    let files = cast.engine.attachments();
    files.link("new".into(), "https://files.example.net/b.pdf").await.unwrap();
    files.link("new".into(), "https://files.example.net/a.pdf").await.unwrap();
    assert_eq!(
        files.link("new".into(), "file:///etc/passwd").await.unwrap_err().code,
        Code::AddressUnreadable
    );
    let heard = cast.ask("reads-all", "What do they say?").await;
    assert_eq!(
        heard.message.text,
        "Opened 2: https://files.example.net/b.pdf https://files.example.net/a.pdf. Asked: What do they say?"
    );
}

#[tokio::test]
async fn files_are_handed_to_the_service_only_where_the_person_said_so() {
    let cast = Cast::new().await;
    attached(&cast, "notes.txt", b"Buy soil.".to_vec()).await;
    cast.ask("reads-all", "What is in it?").await;
    assert!(uploads(&cast).is_empty(), "it is off until somebody turns it on");
    assert!(
        last_message(&cast)["content"].as_str().unwrap().contains("Buy soil."),
        "its text goes along instead"
    );

    let service = cast.engine.services().set_upload_address(cast.service.id, "/v1/upload").await.unwrap();
    assert_eq!(service.upload_address, format!("{}/v1/upload", cast.demo.url()));
    let file =
        attached(&cast, "wrapped report.pdf", std::fs::read(fixture("house-rules.pdf")).unwrap()).await;
    let heard = cast.ask("reads-all", "What is in it?").await;
    assert_eq!(
        heard.message.text,
        "Opened 1: https://files.example.net/wrapped%20report.pdf. Asked: What is in it?"
    );
    assert_eq!(uploads(&cast).len(), 1);
    assert!(uploads(&cast)[0].contains("%PDF-1."), "the whole file is handed over, not its text");
    let again = cast.engine.chat().retry(heard.message.id, cast.to("reads-all")).await.unwrap();
    cast.hear(again.answer.message.id).end().await;
    assert_eq!(uploads(&cast).len(), 1, "each file once: {file:?}");
    let plain = cast.engine.chat().retry(heard.message.id, cast.to("echo")).await.unwrap();
    cast.hear(plain.answer.message.id).end().await;
    assert!(
        last_message(&cast)["content"].as_str().unwrap().contains("water butt"),
        "other models read its text"
    );
}

#[tokio::test]
async fn an_upload_that_fails_is_told_and_the_file_is_kept() {
    let cast = Cast::new().await;
    cast.engine.services().set_upload_address(cast.service.id, "/v1/nowhere").await.unwrap();
    let file = attached(&cast, "notes.txt", b"Buy soil.".to_vec()).await;
    let heard = cast.ask("reads-all", "What is in it?").await;
    assert_eq!(heard.code(), "upload_failed");
    assert!(cast.bodies().is_empty(), "nothing is asked about a file that is not there");
    let asked = cast.engine.chat().messages(vec![heard.message.parent_id.unwrap()]).await.unwrap();
    assert_eq!(asked[0].attachments[0].id, file.id);
}

fn uploads(cast: &Cast) -> Vec<String> {
    let requests = cast.demo.requests().into_iter().filter(|seen| seen.path.contains("/upload"));
    requests.map(|seen| seen.body.as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the child of the test below: attaches files and waits to be killed"]
async fn attach_until_killed() {
    let home = std::env::var_os(HOME).unwrap();
    let engine = open(Path::new(&home), &Vault::memory(), Clock::system(), PATIENT).await;
    let files = engine.attachments();
    let given = files
        .add_files("new".into(), vec![fixture("house-rules.pdf"), fixture("letter.docx")])
        .await
        .unwrap();
    println!("\nattached {} {}", given[0].id, given[1].id);
    tokio::time::sleep(std::time::Duration::from_secs(600)).await;
}

#[tokio::test]
async fn killed_between_attaching_and_sending_nothing_is_lost() {
    let mut cast = Cast::new().await;
    for round in 0..5 {
        cast.engine.close().await;
        attach_and_kill(cast.home.path());
        let mut events = cast.engine.listen();
        cast.reopen_at(Clock::system()).await;
        events = std::mem::replace(&mut events, cast.engine.listen());
        drop(events);
        let files = soon("the end of reading", async {
            loop {
                let files = desk(&cast.engine).await;
                if files.iter().all(|file| file.state != AttachmentState::Waiting) {
                    return files;
                }
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        })
        .await;
        let names: Vec<_> = files.iter().map(|file| (file.name.as_str(), file.state)).collect();
        let kept = AttachmentState::Kept;
        assert_eq!(
            names,
            [("house-rules.pdf", kept), ("letter.docx", kept)],
            "round {round}: both are there and read"
        );
        let heard = cast.ask("echo", "What is in them?").await;
        let content = last_message(&cast)["content"].as_str().unwrap().to_owned();
        assert!(
            content.contains("water butt") && content.contains("About the roof"),
            "round {round}: both are sent"
        );
        assert_eq!(heard.code(), "", "round {round}");
    }
}

fn attach_and_kill(home: &Path) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "attachments::attach_until_killed", "--ignored", "--nocapture"])
        .env(HOME, home)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = lines.map_while(Result::ok).any(|line| line.starts_with("attached "));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(told, "the child attached before it was killed");
}

#[tokio::test]
async fn the_desk_of_a_conversation_goes_with_it() {
    let cast = Cast::new().await;
    let place = cast.ask("plain", "Hello").await.message.conversation_id;
    let file =
        cast.engine.attachments().add(place.to_string(), "one.txt".into(), b"First.".to_vec()).await.unwrap();
    assert_eq!(on_desk_of(&cast, place).await, [file.id]);
    cast.engine.chat().remove(place).await.unwrap();
    cast.engine.bin().empty().await.unwrap();
    let gone = cast.engine.attachments().text(file.id).await.unwrap_err();
    assert_eq!(gone.code, Code::Gone, "no file is left behind");
}

async fn on_desk_of(cast: &Cast, place: ConversationId) -> Vec<AttachmentId> {
    let opened = cast.engine.chat().open(place).await.unwrap();
    opened.attachments.iter().map(|file| file.id).collect()
}

#[tokio::test]
async fn a_question_is_refused_while_its_files_are_read() {
    let cast = Cast::new().await;
    let slow = std::fs::read(fixture("house-rules.pdf")).unwrap();
    let file = cast.engine.attachments().add("new".into(), "rules.pdf".into(), slow).await.unwrap();
    let question = Question::of_words(None, "Now?", cast.to("echo"));
    match cast.engine.chat().send(question).await {
        Err(told) => assert_eq!(told.code, Code::FileUnready, "it would go without"),
        // On a quick machine it was read already.
        Ok(accepted) => assert_eq!(accepted.question.unwrap().attachments[0].id, file.id),
    }
}
