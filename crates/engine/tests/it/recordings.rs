//! Recordings: what is sent, what is kept, what goes wrong, how long ones are cut, and that nothing is paid for twice unasked.

use std::path::PathBuf;

use engine::view::{RecordingPage, SaveTranscript, TranscribeWith, TranscriptForm};
use engine::{
    Code, Line, Recording, RecordingId, Transcript, TranscriptOptions, TranscriptState, TranscriptTask,
};
use serde_json::Value;
use store::table::learnt::{Learnt, LearntRow};

use crate::cast::{Cast, eventually};

const RATE: u32 = 8_000;

/// A WAV file of so many seconds: a tone, and half a second of silence at the end of every ten.
fn wav(cast: &Cast, name: &str, seconds: u32) -> PathBuf {
    let data: Vec<u8> = (0..RATE * seconds)
        .flat_map(|at| {
            let is_quiet = at % (RATE * 10) > RATE * 19 / 2;
            let wave = if at % 20 < 10 { 8_000_i16 } else { -8_000 };
            (if is_quiet { 0 } else { wave }).to_le_bytes()
        })
        .collect();
    let length = u32::try_from(data.len()).unwrap();
    let mut file = b"RIFF".to_vec();
    file.extend((length + 36).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 2).to_le_bytes());
    file.extend(b"\x02\0\x10\0data");
    file.extend(length.to_le_bytes());
    file.extend(data);
    let path = cast.home.path().join("outside").join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, file).unwrap();
    path
}

fn with(cast: &Cast, model: &str, prompt: &str) -> TranscribeWith {
    let options = TranscriptOptions { language: None, prompt: prompt.into() };
    TranscribeWith { service_id: cast.service.id, model: model.into(), options }
}

/// Takes in a file in the place of the person's own folder: Medley's own is never looked through.
async fn brought(cast: &Cast, path: PathBuf, with: Option<TranscribeWith>) -> RecordingId {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join(path.file_name().unwrap());
    std::fs::copy(path, &copy).unwrap();
    let took = cast.engine.recordings().take_in(vec![copy], with).await.unwrap();
    assert_eq!((took.ids.len(), took.unread), (1, 0), "it is here");
    took.ids[0]
}

async fn page(cast: &Cast, id: RecordingId) -> RecordingPage {
    cast.engine.recordings().page(id, TranscriptTask::Transcribe).await.unwrap()
}

async fn row(cast: &Cast, id: RecordingId) -> Recording {
    page(cast, id).await.recording
}

async fn transcript(cast: &Cast, id: RecordingId) -> Transcript {
    row(cast, id).await.transcript.unwrap()
}

async fn ended(cast: &Cast, id: RecordingId) -> Transcript {
    for _ in 0..2400 {
        let told = transcript(cast, id).await;
        if told.is_over() {
            return told;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("the transcript did not end");
}

async fn written(cast: &Cast, model: &str, prompt: &str, seconds: u32) -> (RecordingId, Transcript) {
    let path = wav(cast, "Talk.wav", seconds);
    let id = brought(cast, path, Some(with(cast, model, prompt))).await;
    let told = ended(cast, id).await;
    (id, told)
}

fn code(told: &Transcript) -> &str {
    told.problem.as_ref().map_or("", |problem| problem.code.as_str())
}

fn asked(cast: &Cast) -> Vec<demo::Seen> {
    let requests = cast.demo.requests().into_iter();
    requests.filter(|seen| seen.path.contains("/audio/trans")).collect()
}

fn texts(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.text.as_str()).collect()
}

#[tokio::test]
async fn a_file_becomes_lines_with_times_and_stays_byte_for_byte() {
    let cast = Cast::new().await;
    let path = wav(&cast, "Talk.wav", 7);
    let bytes = std::fs::read(&path).unwrap();
    let id = brought(&cast, path, Some(with(&cast, "whisper-1", "Kowalska"))).await;
    let told = ended(&cast, id).await;
    assert_eq!((told.state, code(&told), told.parts, told.kept), (TranscriptState::Done, "", 1, 1));
    assert_eq!(told.language, "english");
    let page = page(&cast, id).await;
    assert_eq!((page.recording.name.as_str(), page.recording.duration_ms), ("Talk", 7_000));
    assert_eq!(page.peaks.len(), 70, "ten peaks a second");
    assert_eq!(
        texts(&page.lines),
        [
            "The river rises in the hills.",
            "It crosses the plain and feeds the mills.",
            "In spring it carries ice and branches."
        ]
    );
    assert_eq!((page.lines[1].start_ms, page.lines[1].words.len()), (3_000, 8));
    let sent = asked(&cast);
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].files[0].bytes.as_ref(), bytes, "what is small enough goes out as it is");
    assert_eq!(
        (&sent[0].body["response_format"], &sent[0].body["prompt"]),
        (&"verbose_json".into(), &"Kowalska".into())
    );
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("out.wav");
    assert_eq!(cast.engine.recordings().sound_name(id).await.unwrap(), "Talk.wav");
    cast.engine.recordings().save_sound(id, to.clone()).await.unwrap();
    assert_eq!(std::fs::read(to).unwrap(), bytes, "and comes out as it was");
}

#[tokio::test]
async fn a_model_that_tells_less_is_asked_for_less_and_one_that_tells_speakers_for_them() {
    let cast = Cast::new().await;
    let (id, told) = written(&cast, "gpt-4o-transcribe", "", 7).await;
    assert_eq!(told.state, TranscriptState::Done);
    let lines = page(&cast, id).await.lines;
    assert_eq!(lines.len(), 3, "sentence by sentence");
    assert!(
        lines[0].start_ms == 0 && lines.is_sorted_by_key(|line| line.start_ms) && lines[2].end_ms == 7_000
    );
    let (id, told) = {
        let path = wav(&cast, "Two.wav", 8);
        let id = brought(&cast, path, Some(with(&cast, "gpt-4o-transcribe-diarize", "no hint"))).await;
        (id, ended(&cast, id).await)
    };
    assert_eq!((told.state, row(&cast, id).await.speakers), (TranscriptState::Done, 2));
    let speakers: Vec<String> = page(&cast, id).await.lines.into_iter().map(|line| line.speaker).collect();
    assert_eq!(speakers, ["A", "B", "A"]);
}

#[tokio::test]
async fn what_is_too_large_is_cut_in_silence_and_joined_with_right_times() {
    const TAKEN: usize = 400_000;
    let cast = Cast::new().await;
    let (id, told) = written(&cast, "whisper-narrow", "", 240).await;
    assert_eq!((told.state, code(&told)), (TranscriptState::Done, ""));
    assert!(told.parts >= 3 && told.kept == told.parts, "{} parts", told.parts);
    let sent = asked(&cast);
    assert_eq!(sent[0].files[0].name, "sound.wav", "first as it is");
    assert!(sent[1..].iter().all(|seen| seen.files[0].name == "sound.ogg"), "then in parts that are small");
    let heard = sent.iter().filter(|seen| seen.files[0].length <= TAKEN).count();
    assert_eq!(heard, usize::try_from(told.parts).unwrap(), "each part was heard once");
    let lines = page(&cast, id).await.lines;
    assert!(lines.is_sorted_by_key(|line| line.start_ms), "in the order in which they are said");
    let last = lines.last().unwrap();
    assert!(last.start_ms > 230_000 && last.end_ms <= 240_000, "{} to {}", last.start_ms, last.end_ms);
    let gaps: Vec<i64> = lines.windows(2).map(|pair| pair[1].start_ms - pair[0].start_ms).collect();
    assert!(gaps.iter().all(|gap| (300..4_000).contains(gap)), "no hole and no overlap: {gaps:?}");
    let before = asked(&cast).len();
    let (_, told) = written(&cast, "whisper-narrow", "", 241).await;
    assert_eq!(told.state, TranscriptState::Done);
    let sent = asked(&cast).split_off(before);
    assert!(sent.iter().all(|seen| seen.files[0].name == "sound.ogg"), "what was learnt is not tried again");
}

#[tokio::test]
async fn what_goes_wrong_is_said_and_the_recording_is_kept() {
    let cast = Cast::new().await;
    for (seconds, (words, wanted)) in (3..).zip([
        ("[no money]", "balance_empty"),
        ("[refused with 200]", "balance_empty"),
        ("[web page]", "not_an_api"),
        ("[broken]", "server_fault"),
        ("[cut]", "transcript_maybe_paid"),
        ("[empty]", "transcript_maybe_paid"),
    ]) {
        let before = asked(&cast).len();
        let (id, told) = written(&cast, "whisper-1", words, seconds).await;
        assert_eq!((told.state, code(&told)), (TranscriptState::Failed, wanted), "{words}");
        assert_eq!(asked(&cast).len() - before, 1, "{words}: asked once");
        assert!(row(&cast, id).await.media_id.is_some(), "{words}: the recording is here");
        cast.engine
            .recordings()
            .go_on(told.id, Some((cast.service.id, "gpt-4o-transcribe".into())))
            .await
            .unwrap();
        let again = ended(&cast, id).await;
        assert_eq!(again.model, "gpt-4o-transcribe", "with another model");
        assert_eq!(code(&again), wanted, "{words}: the prompt still says so");
    }
    let done = written(&cast, "whisper-1", "", 12).await.1;
    let again = cast.engine.recordings().go_on(done.id, None).await.unwrap_err();
    assert_eq!(again.code, Code::Gone, "nothing is missing");
}

#[tokio::test]
async fn where_the_service_is_at_fault_the_others_wait_until_somebody_presses_again() {
    let cast = Cast::new().await;
    let poor = with(&cast, "whisper-1", "[no money]");
    let folder = tempfile::tempdir().unwrap();
    for seconds in 1..=4 {
        let name = format!("{seconds}.wav");
        std::fs::copy(wav(&cast, &name, seconds), folder.path().join(&name)).unwrap();
    }
    let recordings = cast.engine.recordings();
    let ids = recordings.take_in(vec![folder.path().to_owned()], Some(poor)).await.unwrap().ids;
    assert_eq!((ids.len(), code(&ended(&cast, ids[0]).await)), (4, "balance_empty"));
    // Each file rang: none of these may be heard after the fault.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert_eq!(asked(&cast).len(), 1, "the service was asked once");
    for id in &ids[1..] {
        assert_eq!(transcript(&cast, *id).await.state, TranscriptState::Queued, "it waits");
    }
    let first = transcript(&cast, ids[0]).await;
    recordings.go_on(first.id, None).await.unwrap();
    eventually("the queue goes on", || Some(()).filter(|()| asked(&cast).len() == 2)).await;
    assert_eq!(code(&ended(&cast, ids[1]).await), "balance_empty", "and meets the next that waits longest");
}

#[tokio::test]
async fn try_again_sends_only_what_is_missing() {
    let cast = Cast::new().await;
    let learnt = Learnt { too_long_sound: Some(150_000), ..Learnt::default() };
    let learnt = LearntRow { service_id: cast.service.id, model: String::new(), learnt };
    let store = store::Store::open(cast.home.path()).unwrap();
    store.write(|write| write.set_learnt(&learnt)).unwrap();
    let (id, told) = written(&cast, "whisper-1", "[second breaks]", 120).await;
    assert_eq!((told.state, code(&told)), (TranscriptState::Failed, "server_fault"));
    assert!(told.kept >= 1 && told.kept < told.parts, "{} of {} are here", told.kept, told.parts);
    assert!(!page(&cast, id).await.lines.is_empty(), "and can be read");
    let failed = asked(&cast);
    let (kept, sent_before) = (usize::try_from(told.kept).unwrap(), failed.len());
    assert_eq!(sent_before, kept + 1, "what was under way was waited for, and no more was asked for");
    cast.engine.recordings().go_on(told.id, None).await.unwrap();
    let again = ended(&cast, id).await;
    assert_eq!((again.state, again.kept), (TranscriptState::Done, again.parts));
    let sent = asked(&cast).split_off(sent_before);
    assert_eq!(sent.len(), usize::try_from(told.parts - told.kept).unwrap(), "only what was missing");
    let twice =
        sent.iter().filter(|seen| failed.iter().any(|one| one.files[0].sha256 == seen.files[0].sha256));
    assert_eq!(twice.count(), 1, "only what failed goes out again");
}

#[tokio::test]
async fn a_kill_pays_nothing_twice_and_what_waits_goes_on_by_itself() {
    let mut cast = Cast::new().await;
    let path = wav(&cast, "Silent.wav", 4);
    let silent = brought(&cast, path, Some(with(&cast, "whisper-1", "[silent]"))).await;
    eventually("the request", || Some(()).filter(|()| asked(&cast).len() == 1)).await;
    let path = wav(&cast, "Waits.wav", 5);
    let waits = brought(&cast, path, Some(with(&cast, "whisper-1", ""))).await;
    assert_eq!(transcript(&cast, waits).await.state, TranscriptState::Queued, "one recording at a time");
    cast.reopen_at(engine::Clock::system()).await;
    let found = transcript(&cast, silent).await;
    assert_eq!((found.state, code(&found)), (TranscriptState::Interrupted, "transcript_interrupted"));
    assert_eq!(asked(&cast).len(), 1, "nothing is asked for before there is time");
    cast.engine.warm().await;
    assert_eq!(ended(&cast, waits).await.state, TranscriptState::Done, "nothing of it had been sent");
    assert_eq!(asked(&cast).len(), 2, "what may have been paid for is not sent by itself");
}

#[tokio::test]
async fn one_that_is_paused_finishes_what_is_under_way() {
    let cast = Cast::new().await;
    let path = wav(&cast, "Slow.wav", 4);
    let id = brought(&cast, path, Some(with(&cast, "whisper-1", "[slow]"))).await;
    eventually("the request", || Some(()).filter(|()| asked(&cast).len() == 1)).await;
    let told = transcript(&cast, id).await;
    cast.engine.recordings().pause(told.id).await.unwrap();
    let ended = ended(&cast, id).await;
    assert_eq!(ended.kept, 1, "it was paid for");
    assert!(matches!(ended.state, TranscriptState::Paused | TranscriptState::Done), "{:?}", ended.state);
}

#[tokio::test]
async fn english_stands_beside_what_is_said() {
    let cast = Cast::new().await;
    let (id, _) = written(&cast, "whisper-1", "", 4).await;
    let recordings = cast.engine.recordings();
    recordings.transcribe(id, TranscriptTask::Translate, with(&cast, "whisper-1", "")).await.unwrap();
    eventually("the English", || Some(()).filter(|()| asked(&cast).len() == 2)).await;
    let english = loop {
        let told = row(&cast, id).await.english.unwrap();
        if told.is_over() {
            break told;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    };
    assert_eq!(english.state, TranscriptState::Done);
    assert!(asked(&cast)[1].path.ends_with("/audio/translations"));
    assert_eq!(recordings.page(id, TranscriptTask::Translate).await.unwrap().lines.len(), 2);
    let twice = recordings.transcribe(id, TranscriptTask::Translate, with(&cast, "whisper-1", "")).await;
    assert!(twice.is_err(), "it is here");
}

#[tokio::test]
async fn files_and_folders_are_taken_in_once_and_what_is_no_sound_is_counted() {
    let cast = Cast::new().await;
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("deep");
    std::fs::create_dir(&deep).unwrap();
    std::fs::copy(wav(&cast, "a.wav", 1), folder.path().join("a.wav")).unwrap();
    std::fs::copy(wav(&cast, "b.wav", 2), deep.join("b.wav")).unwrap();
    std::fs::write(deep.join("c.mp3"), "no sound").unwrap();
    std::fs::write(folder.path().join("d.txt"), "words").unwrap();
    let recordings = cast.engine.recordings();
    let took = recordings.take_in(vec![folder.path().to_owned()], None).await.unwrap();
    assert_eq!((took.ids.len(), took.before.len(), took.unread), (2, 0, 2));
    assert!(row(&cast, took.ids[0]).await.transcript.is_none(), "nobody said with what");
    let again = recordings.take_in(vec![folder.path().join("a.wav")], None).await.unwrap();
    assert_eq!((again.ids.len(), again.before), (0, vec![took.ids[0]]), "it is here already");
    assert!(asked(&cast).is_empty(), "nothing was sent");
}

#[tokio::test]
async fn a_folder_of_many_is_not_paid_for_unasked() {
    let cast = Cast::new().await;
    let folder = tempfile::tempdir().unwrap();
    for seconds in 1..=6 {
        let name = format!("{seconds}.wav");
        std::fs::copy(wav(&cast, &name, seconds), folder.path().join(&name)).unwrap();
    }
    let with = with(&cast, "whisper-1", "");
    let recordings = cast.engine.recordings();
    let took = recordings.take_in(vec![folder.path().to_owned()], Some(with.clone())).await.unwrap();
    assert_eq!((took.ids.len(), took.unread, took.is_many), (6, 0, true), "all are here");
    for id in took.ids {
        assert!(row(&cast, id).await.transcript.is_none(), "each is written down when somebody says so");
    }
    assert!(asked(&cast).is_empty(), "nothing was sent");

    let mixed = tempfile::tempdir().unwrap();
    for number in 1..=6 {
        std::fs::write(mixed.path().join(format!("{number}.wav")), "no sound").unwrap();
    }
    std::fs::copy(wav(&cast, "Talk.wav", 7), mixed.path().join("Talk.wav")).unwrap();
    let took = recordings.take_in(vec![mixed.path().to_owned()], Some(with)).await.unwrap();
    assert_eq!((took.ids.len(), took.unread, took.is_many), (1, 6, false), "one sound among many files");
    assert_eq!(ended(&cast, took.ids[0]).await.state, TranscriptState::Done, "is written down");
}

#[tokio::test]
async fn a_file_that_was_attached_before_is_heard_all_the_same() {
    let cast = Cast::new().await;
    let path = wav(&cast, "Talk.wav", 4);
    let bytes = std::fs::read(&path).unwrap();
    let store = store::Store::open(cast.home.path()).unwrap();
    let mime = "application/octet-stream";
    let media = store.put_media(&bytes, mime).unwrap();
    let length = i64::try_from(bytes.len()).unwrap();
    let media = store::table::media::Media::plain(media, mime, length, 5);
    store.write(|write| write.insert_media(&media)).unwrap();
    let id = brought(&cast, path, Some(with(&cast, "whisper-1", ""))).await;
    let told = ended(&cast, id).await;
    assert_eq!((told.state, code(&told)), (TranscriptState::Done, ""));
    assert_eq!(cast.engine.recordings().sound_name(id).await.unwrap(), "Talk.wav");
}

#[tokio::test]
async fn a_sound_that_is_pasted_is_taken_in_and_what_cannot_be_read_is_said() {
    let cast = Cast::new().await;
    let bytes = std::fs::read(wav(&cast, "Talk.wav", 2)).unwrap();
    let recordings = cast.engine.recordings();
    let took = recordings.take_in_bytes("Pasted.wav".into(), &bytes, "null").await.unwrap();
    assert_eq!(row(&cast, took.ids[0]).await.duration_ms, 2_000);
    let odd = recordings.take_in_bytes("Pasted.wav".into(), &bytes, "{\"model\":3}").await.unwrap_err();
    assert_eq!(odd.code, Code::Internal, "a wish that is not understood is no wish for nothing");
}

#[tokio::test]
async fn lines_are_corrected_found_and_taken_out_in_every_form() {
    let cast = Cast::new().await;
    let (id, told) = written(&cast, "gpt-4o-transcribe-diarize", "", 7).await;
    let recordings = cast.engine.recordings();
    let lines = page(&cast, id).await.lines;
    let edited = Line { text: "The brook rises in the <hills> & woods.".into(), ..lines[0].clone() };
    let keys = recordings.change_lines(told.id, vec![], vec![edited]).await.unwrap();
    assert_eq!(keys, [lines[0].key]);
    let found = recordings.list("brook".into(), 0, 9).await.unwrap();
    assert_eq!(found.len(), 1, "what was corrected is found");
    let folder = tempfile::tempdir().unwrap();
    for (form, says) in [
        (TranscriptForm::Txt, "Anna: The brook rises in the <hills> & woods.\nB: It crosses"),
        (TranscriptForm::Srt, "1\n00:00:00,000 --> 00:00:02,600\nAnna: The brook"),
        (
            TranscriptForm::Vtt,
            "00:00:00.000 --> 00:00:02.600\n<v Anna>The brook rises in the &lt;hills&gt; &amp; woods.",
        ),
        (TranscriptForm::Json, "\"speaker\": \"Anna\""),
        (TranscriptForm::Docx, "PK"),
    ] {
        let names = [("A".to_owned(), "Anna".to_owned())].into();
        let wish = SaveTranscript { id: told.id, form, names };
        let to = folder.path().join(recordings.file_name(&wish).await.unwrap());
        recordings.save(wish, to.clone()).await.unwrap();
        let bytes = std::fs::read(&to).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains(says), "{form:?}: {text}");
        if form == TranscriptForm::Json {
            let data: Value = serde_json::from_slice(&bytes).unwrap();
            assert_eq!(
                data["lines"][0]["original"], "The river rises in the hills.",
                "what came is told too"
            );
        }
        if form == TranscriptForm::Docx {
            assert!(to.extension().is_some_and(|ending| ending == "docx") && bytes.len() > 500);
        }
    }
}

#[tokio::test]
async fn recordings_are_renamed_deleted_and_brought_back() {
    let cast = Cast::new().await;
    let (id, _) = written(&cast, "whisper-1", "", 3).await;
    let recordings = cast.engine.recordings();
    recordings.rename(id, " Interview ".into()).await.unwrap();
    assert_eq!(row(&cast, id).await.name, "Interview");
    assert_eq!(recordings.rename(id, " ".into()).await.unwrap_err().code, Code::NameMissing);
    recordings.remove(id).await.unwrap();
    assert!(recordings.list(String::new(), 0, 9).await.unwrap().is_empty());
    recordings.restore(id).await.unwrap();
    assert_eq!(recordings.list("interview".into(), 0, 9).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_was_being_recorded_when_medley_was_killed_is_found() {
    let mut cast = Cast::new().await;
    let recordings = cast.engine.recordings();
    // A hand that comes near is listened to; where there is no microphone that is said when somebody records.
    if recordings.arm(None).await.is_ok() {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    match recordings.record("Idea".into(), None).await {
        Err(error) => {
            assert_eq!(error.code, Code::NoMicrophone, "a computer without a microphone says so");
            assert!(
                recordings.list(String::new(), 0, 9).await.unwrap().is_empty(),
                "and nothing is left of it"
            );
        }
        Ok(row) => {
            assert_eq!(recordings.recording_now(), Some(row.id));
            assert_eq!(recordings.record("Two".into(), None).await.unwrap_err().code, Code::Writing);
            let path = cast.home.path().join("recording").join(format!("{}.wav", row.id));
            let length = || std::fs::metadata(&path).map_or(0, |file| file.len());
            eventually("half a second on the disk", || Some(()).filter(|()| length() > 48_000)).await;
            cast.reopen_at(engine::Clock::system()).await;
            cast.engine.warm().await;
            let found = cast.engine.recordings().list(String::new(), 0, 9).await.unwrap().remove(0);
            assert_eq!((found.id, found.state), (row.id, engine::RecordingState::Found));
            assert!(found.duration_ms >= 400, "{} ms", found.duration_ms);
            page(&cast, row.id).await;
            assert_eq!(
                self::row(&cast, row.id).await.state,
                engine::RecordingState::Kept,
                "it was looked at"
            );
        }
    }
    // What a kill leaves, made by hand: a row, and a file that ends in the middle.
    let store = store::Store::open(cast.home.path()).unwrap();
    let row = Recording {
        state: engine::RecordingState::Recording,
        ..Recording::blank("Torn", engine::RecordingOrigin::Recorded, 5)
    };
    let gone = Recording { id: RecordingId::new(), ..row.clone() };
    store.write(|write| write.insert_recording(&row, None, &[])).unwrap();
    store.write(|write| write.insert_recording(&gone, None, &[])).unwrap();
    let mut torn = std::fs::read(wav(&cast, "torn.wav", 3)).unwrap();
    torn[4..8].fill(0xff);
    torn[40..44].fill(0xff);
    torn.truncate(44 + 2 * RATE as usize * 2 + 1);
    let path = cast.home.path().join("recording").join(format!("{}.wav", row.id));
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, torn).unwrap();
    let rowless = RecordingId::new();
    std::fs::copy(&path, path.with_file_name(format!("{rowless}.wav"))).unwrap();
    cast.engine.warm().await;
    let found = self::page(&cast, rowless).await.recording;
    assert_eq!(found.duration_ms, 2_000, "a file without a row is found as well");
    let rows = cast.engine.recordings().list("torn".into(), 0, 9).await.unwrap();
    assert_eq!(rows.len(), 1, "of which nothing is there is forgotten");
    assert_eq!((rows[0].state, rows[0].duration_ms), (engine::RecordingState::Found, 2_000));
    assert!(!path.exists(), "it lies in the media folder now");
}
