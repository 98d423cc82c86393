//! Recordings, their transcripts and lines: kept once, never replaced, put back by "Undo", found by what is said in them.

use store::table::media::Media;
use store::table::problem::Problem;
use store::table::recording::{Recording, RecordingOrigin, RecordingState};
use store::table::transcript::{KeptTranscriptPart, Line, Transcript, TranscriptState, TranscriptTask};
use store::{Error, RecordingId, Store, TranscriptId};

use crate::made;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A recording of ten seconds, to be written down in two parts.
fn recording(store: &Store) -> (RecordingId, TranscriptId) {
    let service = made::service("one");
    let media = media(store);
    let row = Recording { duration_ms: 10_000, ..Recording::blank("Talk", RecordingOrigin::Imported, 5) };
    let transcript = Transcript::blank(TranscriptTask::Transcribe, service.id, "whisper-1", 6);
    let (id, transcript_id) = (row.id, transcript.id);
    store
        .write(|write| {
            write.insert_service(&service)?;
            write.insert_recording(&row, Some(&media), &[1, 2, 3])?;
            write.insert_transcript(id, &transcript)?;
            write.start_transcript(transcript_id)?;
            write.replan_transcript(transcript_id, &[(0, 5_000), (5_000, 10_000)])
        })
        .unwrap();
    (id, transcript_id)
}

fn media(store: &Store) -> Media {
    let id = store.put_media(b"a sound", "audio/wav").unwrap();
    Media { duration_ms: Some(10_000), ..Media::plain(id, "audio/wav", 7, 5) }
}

fn line(start_ms: i64, text: &str) -> Line {
    Line { start_ms, end_ms: start_ms + 900, text: text.into(), said: text.into(), ..Line::default() }
}

fn came(position: i64, lines: &[Line]) -> KeptTranscriptPart {
    KeptTranscriptPart { position, lines: lines.to_vec(), language: "english".into(), cost_usd: Some(0.25) }
}

fn row(store: &Store, id: RecordingId) -> Recording {
    store.read(|read| read.recording(id)).unwrap().unwrap()
}

fn texts(store: &Store, id: TranscriptId) -> Vec<String> {
    store.read(|read| read.lines(id)).unwrap().into_iter().map(|line| line.text).collect()
}

#[test]
fn only_a_recording_without_a_file_is_forgotten_and_what_waits_is_not_asked_for_twice() {
    let made = made::store();
    let store = &made.store;
    let (id, transcript) = recording(store);
    let row_of = |state| Recording { state, ..Recording::blank("Now", RecordingOrigin::Recorded, 7) };
    let (runs, ended) = (row_of(RecordingState::Recording), row_of(RecordingState::Recording));
    let media = media(store);
    store
        .write(|write| {
            write.insert_recording(&runs, None, &[])?;
            write.insert_recording(&ended, None, &[])?;
            write.end_recording(ended.id, RecordingState::Kept, &media, &[])
        })
        .unwrap();
    for (id, is_dropped) in [(id, false), (ended.id, false), (runs.id, true)] {
        assert_eq!(store.write(|write| write.drop_recording(id)).unwrap(), is_dropped);
        assert_eq!(store.read(|read| read.recording(id)).unwrap().is_none(), is_dropped);
    }
    let twice = Transcript::blank(TranscriptTask::Transcribe, made::service("two").id, "other", 8);
    store.write(|write| write.insert_transcript(id, &twice)).unwrap();
    store.write(|write| write.queue_transcript_again(transcript, None, 9)).unwrap();
    let told = store.read(|read| read.transcript(transcript)).unwrap().unwrap();
    assert_eq!((told.state, told.model.as_str()), (TranscriptState::Running, "whisper-1"), "as it was");
}

#[test]
fn parts_come_in_any_order_and_are_kept_once() {
    let made = made::store();
    let store = &made.store;
    let (id, transcript) = recording(store);
    store.write(|write| write.keep_transcript_part(transcript, &came(1, &[line(6_000, "Later.")]))).unwrap();
    store
        .write(|write| {
            write.keep_transcript_part(transcript, &came(0, &[line(0, "First."), line(2_000, "Then.")]))
        })
        .unwrap();
    assert_eq!(
        texts(store, transcript),
        ["First.", "Then.", "Later."],
        "in the order in which they are said"
    );
    let again = store.write(|write| write.keep_transcript_part(transcript, &came(0, &[line(0, "Twice.")])));
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let told = row(store, id).transcript.unwrap();
    assert_eq!((told.parts, told.kept, told.cost_usd), (2, 2, Some(0.5)));
    assert_eq!(told.language, "english");
}

#[test]
fn a_part_that_is_too_large_is_planned_anew_without_those_that_are_here() {
    let made = made::store();
    let store = &made.store;
    let (_, transcript) = recording(store);
    store.write(|write| write.keep_transcript_part(transcript, &came(0, &[line(0, "First.")]))).unwrap();
    store.write(|write| write.replan_transcript(transcript, &[(5_000, 7_000), (7_000, 10_000)])).unwrap();
    let parts = store.read(|read| read.transcript_parts(transcript)).unwrap();
    let told: Vec<_> = parts.iter().map(|part| (part.start_ms, part.is_kept)).collect();
    assert_eq!(told, [(0, true), (5_000, false), (7_000, false)]);
}

#[test]
fn lines_are_changed_and_put_back_under_their_numbers() {
    let made = made::store();
    let store = &made.store;
    let (_, transcript) = recording(store);
    store
        .write(|write| {
            write.keep_transcript_part(transcript, &came(0, &[line(0, "One two."), line(3_000, "Three.")]))
        })
        .unwrap();
    let before = store.read(|read| read.lines(transcript)).unwrap();
    let edited = Line { text: "One, two.".into(), ..before[0].clone() };
    store.write(|write| write.change_lines(transcript, &[], &[edited])).unwrap();
    let now = store.read(|read| read.lines(transcript)).unwrap();
    assert_eq!(
        (now[0].text.as_str(), now[0].said.as_str()),
        ("One, two.", "One two."),
        "what came stays beside it"
    );
    let split = [Line { text: "One".into(), ..before[0].clone() }, line(500, "two.")];
    let keys = store.write(|write| write.change_lines(transcript, &[], &split)).unwrap();
    assert_eq!(texts(store, transcript), ["One", "two.", "Three."]);
    assert_eq!(keys[0], before[0].key);
    store.write(|write| write.change_lines(transcript, &keys[1..], &before)).unwrap();
    assert_eq!(store.read(|read| read.lines(transcript)).unwrap(), before, "as it was");
    let (_, other) = {
        let service = made::service("two");
        store.write(|write| write.insert_service(&service)).unwrap();
        let row = Recording::blank("Other", RecordingOrigin::Recorded, 9);
        let blank = Transcript::blank(TranscriptTask::Transcribe, service.id, "m", 9);
        store
            .write(|write| {
                write.insert_recording(&row, None, &[])?;
                write.insert_transcript(row.id, &blank)
            })
            .unwrap();
        (row.id, blank.id)
    };
    let stolen = store.write(|write| write.change_lines(other, &[], &before));
    assert!(stolen.is_err(), "a line belongs to one transcript");
    assert_eq!(texts(store, transcript), ["One two.", "Three."]);
}

#[test]
fn recordings_are_found_by_their_lines_and_go_for_good_with_them() {
    let made = made::store();
    let store = &made.store;
    let (id, transcript) = recording(store);
    store
        .write(|write| write.keep_transcript_part(transcript, &came(0, &[line(0, "今天的天气很好。")])))
        .unwrap();
    let found = |words: &str| store.read(|read| read.recordings(words, 0, 9)).unwrap().len();
    assert_eq!((found("talk"), found("天气"), found("bridge")), (1, 1, 0));
    store.write(|write| write.rename_recording(id, "Bridge")).unwrap();
    assert_eq!((found("talk"), found("天气"), found("bridge")), (0, 1, 1));
    let media = row(store, id).media_id.unwrap();
    store.write(|write| write.remove_recording(id, 300)).unwrap();
    assert_eq!(found(""), 0);
    store.write(|write| write.restore_recording(id)).unwrap();
    assert_eq!(found(""), 1);
    store.write(|write| write.remove_recording(id, 300)).unwrap();
    store.sweep_media(100 * DAY).unwrap();
    store.sweep_media(200 * DAY).unwrap();
    assert!(store.read(|read| read.media(media)).unwrap().is_some(), "a recording mentions it");
    assert_eq!(store.write(|write| write.purge_recordings(301)).unwrap(), 1);
    assert!(texts(store, transcript).is_empty(), "its lines go with it");
    store.sweep_media(300 * DAY).unwrap();
    store.sweep_media(400 * DAY).unwrap();
    assert!(store.read(|read| read.media(media)).unwrap().is_none(), "nothing mentions it any more");
}

#[test]
fn a_kill_is_put_right_by_what_was_under_way() {
    let made = made::store();
    let store = &made.store;
    let (sent, between, whole) = (recording(store), recording(store), recording(store));
    store.write(|write| write.set_transcript_part_sent(sent.1, 1, Some(7))).unwrap();
    for position in [0, 1] {
        store.write(|write| write.keep_transcript_part(whole.1, &came(position, &[]))).unwrap();
    }
    store.write(|write| write.interrupt_transcripts(&Problem::default())).unwrap();
    let state = |id| row(store, id).transcript.unwrap().state;
    assert_eq!(state(sent.0), TranscriptState::Interrupted, "it may have been paid for");
    assert_eq!(state(between.0), TranscriptState::Queued, "nothing was under way");
    assert_eq!(state(whole.0), TranscriptState::Done);
    assert_eq!(store.read(store::Read::queued_transcripts).unwrap()[0].id, between.1);
    let late = store.write(|write| write.set_transcript_part_sent(sent.1, 0, Some(8)));
    assert!(matches!(late, Err(Error::NotFound)), "it is not being asked for");
    store.write(|write| write.queue_transcript_again(sent.1, None, 9)).unwrap();
    let parts = store.read(|read| read.transcript_parts(sent.1)).unwrap();
    assert!(parts.iter().all(|part| part.sent_at.is_none()), "nothing of it is under way");
    assert!(
        store.write(|write| write.queue_transcript_again(whole.1, None, 9)).is_err(),
        "nothing is missing"
    );
}

#[test]
fn what_is_being_recorded_becomes_a_file_once() {
    let made = made::store();
    let store = &made.store;
    let row = Recording {
        state: RecordingState::Recording,
        ..Recording::blank("Now", RecordingOrigin::Recorded, 5)
    };
    store.write(|write| write.insert_recording(&row, None, &[])).unwrap();
    let running = store.read(store::Read::recordings_running).unwrap();
    assert_eq!(running.iter().map(|one| one.id).collect::<Vec<_>>(), [row.id]);
    let media = media(store);
    store.write(|write| write.end_recording(row.id, RecordingState::Found, &media, &[9])).unwrap();
    let again = store.write(|write| write.end_recording(row.id, RecordingState::Kept, &media, &[9]));
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let found = store.read(|read| read.recording(row.id)).unwrap().unwrap();
    assert_eq!((found.state, found.duration_ms), (RecordingState::Found, 10_000));
    assert!(store.write(|write| write.see_recording(row.id)).unwrap());
    assert_eq!(store.read(|read| read.recording_of(media.id)).unwrap(), Some(row.id));
}
