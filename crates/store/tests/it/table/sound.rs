//! Sounds and their parts: kept once, never replaced, counted for their sound, and mentioned as long as the sound is there.

use store::table::media::Media;
use store::table::problem::Problem;
use store::table::sound::{KeptPart, Sound, SoundPart, SoundPartState, SoundState};
use store::{Error, SoundId, Store};

use crate::made;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A sound of two parts.
fn sound(store: &Store) -> SoundId {
    let service = made::service("one");
    store.write(|write| write.insert_service(&service)).unwrap();
    let row = Sound::blank(service.id, "tts-1", "nova", "One", 5);
    let parts = [SoundPart::missing(0, 0, 4), SoundPart::missing(1, 5, 4)];
    store.write(|write| write.insert_sound(&row, "One. Two.", &parts)).unwrap();
    row.id
}

fn came(store: &Store, position: i64, words: &[u8], state: SoundPartState) -> KeptPart {
    let id = store.put_media(words, "audio/wav").unwrap();
    let media = Media { duration_ms: Some(700), ..Media::plain(id, "audio/wav", 3, 5) };
    KeptPart { position, media, state, peaks: vec![1, 2], cost_usd: Some(0.25) }
}

fn row(store: &Store, id: SoundId) -> Sound {
    store.read(|read| read.sound(id)).unwrap().unwrap()
}

#[test]
fn a_whole_part_is_never_replaced() {
    let made = made::store();
    let store = &made.store;
    let id = sound(store);
    let cut = came(store, 0, b"beginning", SoundPartState::Cut);
    let whole = came(store, 0, b"whole", SoundPartState::Kept);
    store.write(|write| write.keep_part(id, &cut)).unwrap();
    assert_eq!(
        (row(store, id).kept, row(store, id).duration_ms),
        (0, 700),
        "it can be heard, and is not whole"
    );
    store.write(|write| write.keep_part(id, &whole)).unwrap();
    let again = store.write(|write| write.keep_part(id, &cut));
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let parts = store.read(|read| read.sound_parts(id)).unwrap();
    assert_eq!((parts[0].media_id, parts[0].state), (Some(whole.media.id), SoundPartState::Kept));
    assert_eq!((row(store, id).kept, row(store, id).cost_usd), (1, Some(0.25)));
}

#[test]
fn a_longer_beginning_is_not_given_up_for_a_shorter_one() {
    let made = made::store();
    let store = &made.store;
    let id = sound(store);
    let mut long = came(store, 0, b"a long beginning", SoundPartState::Cut);
    long.media.duration_ms = Some(20_000);
    let mut short = came(store, 0, b"a short one", SoundPartState::Cut);
    let media = |store: &Store| store.read(|read| read.sound_parts(id)).unwrap()[0].media_id;
    store.write(|write| write.keep_part(id, &long)).unwrap();
    store.write(|write| write.keep_part(id, &short)).unwrap();
    assert_eq!((media(store), row(store, id).duration_ms), (Some(long.media.id), 20_000));
    short.state = SoundPartState::Kept;
    store.write(|write| write.keep_part(id, &short)).unwrap();
    assert_eq!(media(store), Some(short.media.id), "what is whole counts more, however short");
}

#[test]
fn a_kill_is_put_right_and_what_ended_goes_out_no_more() {
    let made = made::store();
    let store = &made.store;
    let (whole, half) = (sound(store), sound(store));
    for position in [0, 1] {
        let part = came(store, position, b"a part", SoundPartState::Kept);
        store.write(|write| write.keep_part(whole, &part)).unwrap();
    }
    store.write(|write| write.set_part_sent(half, 0, Some(6))).unwrap();
    store.write(|write| write.interrupt_sounds(&Problem::default())).unwrap();
    assert_eq!(
        (row(store, whole).state, row(store, half).state),
        (SoundState::Done, SoundState::Interrupted)
    );
    let sent = store.write(|write| write.set_part_sent(half, 1, Some(7)));
    assert!(matches!(sent, Err(Error::NotFound)), "it is not being made");
    store.write(|write| write.make_sound_again(half)).unwrap();
    let parts = store.read(|read| read.sound_parts(half)).unwrap();
    assert_eq!(parts[0].sent_at, None, "nothing of it is under way");
    assert!(store.write(|write| write.make_sound_again(whole)).is_err(), "nothing of it is missing");
}

#[test]
fn files_are_mentioned_until_their_sound_is_gone_for_good() {
    let made = made::store();
    let store = &made.store;
    let id = sound(store);
    let part = came(store, 0, b"a part", SoundPartState::Kept);
    store.write(|write| write.keep_part(id, &part)).unwrap();
    store.sweep_media(100 * DAY).unwrap();
    store.sweep_media(200 * DAY).unwrap();
    assert!(store.read(|read| read.media(part.media.id)).unwrap().is_some(), "a sound mentions it");
    store.write(|write| write.remove_sound(id, 300)).unwrap();
    assert!(store.read(|read| read.sounds("", 0, 9)).unwrap().is_empty());
    assert_eq!(store.write(|write| write.purge_sounds(300)).unwrap(), 0, "not yet");
    assert_eq!(store.write(|write| write.purge_sounds(301)).unwrap(), 1);
    assert!(store.read(|read| read.sound_parts(id)).unwrap().is_empty(), "its parts go with it");
    store.sweep_media(300 * DAY).unwrap();
    store.sweep_media(400 * DAY).unwrap();
    assert!(store.read(|read| read.media(part.media.id)).unwrap().is_none(), "nothing mentions it any more");
}
