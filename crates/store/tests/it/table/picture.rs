//! The gallery: laid out, paged, filtered, starred, deleted; and what chats bring into it.

use store::table::attachment::{Attachment, AttachmentKind, AttachmentRole, AttachmentState};
use store::table::generation::{Ended, Generation, GenerationState};
use store::table::media::Media;
use store::table::picture::{
    Fetch, Laid, Picture, PictureChange, PictureCounts, PictureOrigin, PictureQuery, PictureShape,
    PictureState, TakenIn,
};
use store::table::problem::Problem;
use store::{Error, MediaId, PictureId, ServiceId, Store};

use crate::made;

fn service(store: &Store) -> ServiceId {
    let service = made::service("One");
    store.write(|write| write.insert_service(&service)).unwrap();
    service.id
}

/// A picture of a prompt, as wide and high as told, that came at a time.
fn kept(store: &Store, service: ServiceId, prompt: &str, width: i64, height: i64, at: i64) -> PictureId {
    let generation = Generation::blank(service, "painter", prompt, at);
    let picture = Picture {
        generation_id: Some(generation.id),
        service_id: Some(service),
        model: "painter".into(),
        ..Picture::blank(PictureOrigin::Made, at)
    };
    let bytes = format!("{prompt} {at}");
    let id = store.put_media(bytes.as_bytes(), "image/png").unwrap();
    let media = Media {
        width: Some(width),
        height: Some(height),
        ..Media::plain(id, "image/png", i64::try_from(bytes.len()).unwrap(), at)
    };
    store
        .write(|write| {
            write.insert_generation(&generation)?;
            write.insert_picture(&picture)?;
            write.keep_picture(picture.id, &media)
        })
        .unwrap();
    picture.id
}

fn ids(store: &Store, query: &PictureQuery) -> Vec<PictureId> {
    let rows = store.read(|read| read.pictures(query, 0, 99)).unwrap();
    let outline = store.read(|read| read.picture_outline(query)).unwrap();
    let laid: Vec<_> = rows.iter().map(|row| row.created_at).collect();
    assert_eq!(outline.iter().map(|laid| laid.created_at).collect::<Vec<_>>(), laid, "both are one list");
    rows.into_iter().map(|row| row.id).collect()
}

fn all(store: &Store) -> Vec<PictureId> {
    ids(store, &PictureQuery::default())
}

#[test]
fn a_picture_is_expected_then_here() {
    let made = made::store();
    let service = service(&made.store);
    let generation = Generation::blank(service, "painter", "a boat", 5);
    let expected = Picture {
        generation_id: Some(generation.id),
        service_id: Some(service),
        model: "painter".into(),
        revised_prompt: "a small boat".into(),
        prompt: "a boat".into(),
        ..Picture::blank(PictureOrigin::Made, 6)
    };
    made.store
        .write(|write| {
            write.insert_generation(&generation)?;
            write.insert_picture(&Picture { width: 1536, height: 1024, ..expected.clone() })
        })
        .unwrap();
    assert_eq!(made.store.read(|read| read.picture(expected.id)).unwrap(), Some(expected.clone()));
    let outline = |at| made.store.read(|read| read.picture_outline(&PictureQuery::default())).unwrap()[at];
    assert_eq!(
        outline(0),
        Laid { key: 1, created_at: 6, ratio: 150 },
        "its place has the shape that was asked for"
    );
    let media = Media {
        width: Some(300),
        height: Some(300),
        ..Media::plain(MediaId::of(b"a boat"), "image/webp", 6, 7)
    };
    made.store.write(|write| write.keep_picture(expected.id, &media)).unwrap();
    let here = Picture {
        media_id: Some(media.id),
        mime: "image/webp".into(),
        bytes: 6,
        width: 300,
        height: 300,
        state: PictureState::Kept,
        ..expected.clone()
    };
    assert_eq!(made.store.read(|read| read.picture(expected.id)).unwrap(), Some(here.clone()));
    assert_eq!(outline(0).ratio, 100, "and then the shape that it has");
    assert_eq!(made.store.read(|read| read.pictures_of(generation.id)).unwrap(), [here]);
}

#[test]
fn what_is_fetched_says_from_where_and_when() {
    let made = made::store();
    let service = service(&made.store);
    let picture = Picture { service_id: Some(service), ..Picture::blank(PictureOrigin::Made, 6) };
    let mut fetch = Fetch {
        id: picture.id,
        source: "https://files.example/x.png?secret".into(),
        service_id: Some(service),
        state: PictureState::Waiting,
        problem: Some(Problem { code: "server_fault".into(), ..Problem::default() }),
        tries: 1,
        next_at: Some(99),
    };
    made.store
        .write(|write| {
            write.insert_picture(&picture)?;
            write.set_picture_fetch(&fetch)
        })
        .unwrap();
    assert_eq!(made.store.read(store::Read::pictures_to_fetch).unwrap(), [fetch.clone()]);
    fetch.state = PictureState::Gone;
    made.store.write(|write| write.set_picture_fetch(&fetch)).unwrap();
    assert_eq!(made.store.read(store::Read::pictures_to_fetch).unwrap(), []);
    assert_eq!(made.store.read(|read| read.picture_fetch(picture.id)).unwrap(), Some(fetch));
    let media = Media::plain(MediaId::of(b"x"), "image/png", 1, 7);
    made.store.write(|write| write.keep_picture(picture.id, &media)).unwrap();
    let here = made.store.read(|read| read.picture_fetch(picture.id)).unwrap().unwrap();
    assert_eq!((here.source.as_str(), here.problem), ("", None), "an address that opens it is not kept");
}

#[test]
fn pages_and_places_go_by_time_then_by_arrival() {
    let made = made::store();
    let service = service(&made.store);
    let at = |at: i64| kept(&made.store, service, "a boat", 10, 10, at);
    let (old, first, second, new) = (at(1), at(5), at(5), at(9));
    assert_eq!(all(&made.store), [new, second, first, old]);
    let page = made.store.read(|read| read.pictures(&PictureQuery::default(), 1, 2)).unwrap();
    assert_eq!(page.iter().map(|row| row.id).collect::<Vec<_>>(), [second, first]);
    let place = |id| made.store.read(|read| read.picture_place(id)).unwrap();
    assert_eq!([new, second, first, old].map(place), [0, 1, 2, 3].map(Some));
    made.store.write(|write| write.remove_pictures(&[second], 20)).unwrap();
    assert_eq!((place(second), place(first)), (None, Some(1)));
}

#[test]
fn each_filter_leaves_what_it_says() {
    let made = made::store();
    let service = service(&made.store);
    let wide = kept(&made.store, service, "A red lighthouse", 300, 200, 1);
    let tall = kept(&made.store, service, "海边的灯塔", 200, 300, 2);
    let square = kept(&made.store, service, "🎉 lights", 100, 100, 3);
    made.store.write(|write| write.star_pictures(&[tall, square], true)).unwrap();
    made.store.write(|write| write.star_pictures(&[square], false)).unwrap();
    let other = Picture { model: "other".into(), ..Picture::blank(PictureOrigin::Imported, 4) };
    made.store.write(|write| write.insert_picture(&other)).unwrap();
    let filter = |query: PictureQuery| ids(&made.store, &query);
    let search = |search: &str| filter(PictureQuery { search: search.into(), ..PictureQuery::default() });
    let shape = |shape| filter(PictureQuery { shape: Some(shape), ..PictureQuery::default() });
    assert_eq!(search("light"), [square, wide], "each word may be a beginning");
    assert_eq!(search("灯塔"), [tall], "also of scripts without spaces");
    assert_eq!(search("🎉"), [square], "and signs stand for themselves");
    assert_eq!(search("lighthouse OR red"), [], "what is typed is no syntax");
    assert_eq!(filter(PictureQuery { starred: true, ..PictureQuery::default() }), [tall]);
    assert_eq!(shape(PictureShape::Wide), [wide]);
    assert_eq!(shape(PictureShape::Tall), [tall]);
    assert_eq!(shape(PictureShape::Square), [other.id, square]);
    let model = Some("other".to_owned());
    assert_eq!(filter(PictureQuery { model, ..PictureQuery::default() }), [other.id]);
    let origin = Some(PictureOrigin::Made);
    assert_eq!(filter(PictureQuery { origin, ..PictureQuery::default() }), [square, tall, wide]);
    let both = PictureQuery { search: "light".into(), starred: true, ..PictureQuery::default() };
    assert_eq!(filter(both), [], "all must hold");
    let days = |since, until| filter(PictureQuery { since, until, ..PictureQuery::default() });
    assert_eq!(days(Some(2), Some(4)), [square, tall], "from a time on, before another");
    assert_eq!(days(None, Some(2)), [wide]);
    assert_eq!(days(Some(4), None), [other.id]);
    let counts = made.store.read(store::Read::picture_counts).unwrap();
    assert_eq!(counts, PictureCounts { all: 4, starred: 1 });
}

#[test]
fn many_are_changed_at_once_and_only_what_changed_is_told() {
    let made = made::store();
    let service = service(&made.store);
    let ids: Vec<PictureId> =
        (1..=4).map(|at| kept(&made.store, service, "a boat", 10, 10, at)).rev().collect();
    let outline = made.store.read(|read| read.picture_outline(&PictureQuery::default())).unwrap();
    let keys: Vec<i64> = outline.iter().map(|laid| laid.key).collect();
    let change =
        |keys: &[i64], change| made.store.write(|write| write.change_pictures(keys, change, 50)).unwrap();
    let starred = || ids_of(&made.store, |picture| picture.starred);
    assert_eq!(change(&keys[..2], PictureChange::Star), keys[..2]);
    assert_eq!(change(&keys[1..3], PictureChange::Star), keys[2..3], "one had its star before");
    assert_eq!(starred(), ids[..3]);
    assert_eq!(change(&keys, PictureChange::Unstar), keys[..3]);
    assert_eq!(starred(), []);
    assert_eq!(change(&keys[..3], PictureChange::Remove), keys[..3]);
    assert_eq!(change(&keys, PictureChange::Remove), keys[3..]);
    assert_eq!(all(&made.store), []);
    assert_eq!(change(&keys[..3], PictureChange::Restore), keys[..3], "so the fourth stays where it was");
    assert_eq!(all(&made.store), ids[..3]);
    assert_eq!(change(&[999], PictureChange::Star), keys[..0], "what is gone is left out");
    let files = made.store.read(|read| read.picture_files(&[keys[2], 999, keys[0]])).unwrap();
    let told: Vec<_> = files.iter().map(|file| (file.created_at, file.prompt.as_str())).collect();
    assert_eq!(told, [(2, "a boat"), (4, "a boat")], "in the order asked for");
    assert_eq!(files[0].media.as_ref().map(|media| media.mime.as_str()), Some("image/png"));
}

fn ids_of(store: &Store, which: impl Fn(&Picture) -> bool) -> Vec<PictureId> {
    let rows = store.read(|read| read.pictures(&PictureQuery::default(), 0, 99)).unwrap();
    rows.iter().filter(|row| which(row)).map(|row| row.id).collect()
}

#[test]
fn what_is_deleted_can_come_back_until_it_is_purged() {
    let made = made::store();
    let service = service(&made.store);
    let id = kept(&made.store, service, "a boat", 10, 10, 1);
    let generation = made.store.read(|read| read.picture(id)).unwrap().unwrap().generation_id.unwrap();
    let done = Ended {
        state: GenerationState::Done,
        problem: None,
        cost_usd: None,
        answered: serde_json::Value::Null,
        at: 2,
    };
    made.store.write(|write| write.end_generation(generation, &done)).unwrap();
    made.store.write(|write| write.remove_pictures(&[id], 20)).unwrap();
    assert_eq!(all(&made.store), []);
    made.store.write(|write| write.restore_pictures(&[id])).unwrap();
    assert_eq!(all(&made.store), [id]);
    made.store.write(|write| write.remove_pictures(&[id], 20)).unwrap();
    assert_eq!(made.store.write(|write| write.purge_pictures(20)).unwrap(), 0, "not yet");
    assert!(made.store.read(|read| read.generation(generation)).unwrap().is_some(), "it has a picture");
    assert_eq!(made.store.write(|write| write.purge_pictures(21)).unwrap(), 1);
    let left = made.store.read(|read| read.generation(generation)).unwrap();
    assert_eq!(left, None, "its words go with it");
    assert_eq!(made.query_by_hand::<i64>("SELECT count(*) FROM picture_words"), 0);
    let missing = made.store.write(|write| write.star_pictures(&[id], true));
    assert!(matches!(missing, Err(Error::NotFound)), "{missing:?}");
}

#[test]
fn a_picture_outlives_its_service_and_its_file_is_not_swept_away() {
    let made = made::store();
    let service = service(&made.store);
    let id = kept(&made.store, service, "a boat", 10, 10, 1);
    made.store.write(|write| write.remove_service(service)).unwrap();
    let month = 31 * 24 * 60 * 60 * 1000;
    for now in [0, month, 2 * month] {
        made.store.sweep_media(now).unwrap();
    }
    let left = made.store.read(|read| read.picture(id)).unwrap().unwrap();
    assert_eq!((left.service_id, left.model.as_str(), left.prompt.as_str()), (None, "painter", "a boat"));
    assert!(left.media_id.is_some(), "its file is still mentioned");
    assert_eq!(made.store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn pictures_of_chats_come_once_and_stay() {
    let made = made::store();
    let conversation = made::conversation("Boats", 5);
    let messages = made::branch(&made.store, &conversation, &["Draw a boat", "Here"]);
    let media = made::media(&made.store, b"a boat");
    let in_draft = Attachment {
        media: Some(made::media(&made.store, b"a sketch")),
        state: AttachmentState::Kept,
        ..Attachment::in_draft("new", AttachmentKind::Picture, 3)
    };
    made.store.write(|write| write.insert_attachment(&in_draft)).unwrap();
    assert_eq!(all(&made.store), [], "what lies on the desk was not sent");
    made.store.write(|write| write.send_attachments("new", messages[0])).unwrap();
    let sent = all(&made.store);
    let rows = made.store.read(|read| read.pictures(&PictureQuery::default(), 0, 9)).unwrap();
    assert_eq!((rows[0].origin, rows[0].state), (PictureOrigin::Attached, PictureState::Kept));

    let coming = Attachment::of(messages[1], AttachmentRole::Received, AttachmentKind::Picture, 8);
    made.store.write(|write| write.insert_attachment(&coming)).unwrap();
    assert_eq!(all(&made.store), sent, "it is not here yet");
    let here = Attachment { media: Some(media), state: AttachmentState::Kept, ..coming };
    made.store.write(|write| write.update_attachment(&here)).unwrap();
    made.store.write(|write| write.update_attachment(&here)).unwrap();
    let again = Attachment { id: store::AttachmentId::new(), ..here.clone() };
    made.store.write(|write| write.insert_attachment(&again)).unwrap();
    let both = all(&made.store);
    assert_eq!(both.len(), 2, "the same file comes once");
    made.store.write(|write| write.remove_pictures(&[both[0]], 9)).unwrap();
    made.store.write(|write| write.update_attachment(&here)).unwrap();
    assert_eq!(all(&made.store), sent, "and what was deleted does not come back by itself");
}

#[test]
fn pictures_leave_with_their_chats_unless_they_are_starred() {
    let made = made::store();
    let conversation = made::conversation("Boats", 5);
    let messages = made::branch(&made.store, &conversation, &["Draw a boat"]);
    for bytes in [b"one", b"two"] {
        let attachment = Attachment {
            media: Some(made::media(&made.store, bytes)),
            state: AttachmentState::Kept,
            ..Attachment::of(messages[0], AttachmentRole::Received, AttachmentKind::Picture, 8)
        };
        made.store.write(|write| write.insert_attachment(&attachment)).unwrap();
    }
    let own = kept(&made.store, service(&made.store), "a boat", 10, 10, 9);
    let starred = all(&made.store)[1];
    made.store.write(|write| write.star_pictures(&[starred], true)).unwrap();
    made.store.write(|write| write.bin_conversation(conversation.id, 5)).unwrap();
    assert_eq!(all(&made.store), [own, starred], "one goes with its conversation");
    made.store.write(|write| write.purge_conversations(10)).unwrap();
    assert_eq!(all(&made.store), [own, starred]);
}

#[test]
fn pictures_go_to_the_recycle_bin_with_their_chats_and_come_back_with_them() {
    let made = made::store();
    let boats = made::conversation("Boats", 5);
    let ships = made::conversation("Ships", 6);
    let brought = |conversation: &_, bytes: &[u8]| {
        let message = made::branch(&made.store, conversation, &["Draw"])[0];
        let attachment = Attachment {
            media: Some(made::media(&made.store, bytes)),
            state: AttachmentState::Kept,
            ..Attachment::of(message, AttachmentRole::Received, AttachmentKind::Picture, 8)
        };
        made.store.write(|write| write.insert_attachment(&attachment)).unwrap();
        all(&made.store)[0]
    };
    let boat = brought(&boats, b"a boat");
    let ship = brought(&ships, b"a ship");
    made.store.write(|write| write.bin_conversation(boats.id, 7)).unwrap();
    assert_eq!(all(&made.store), [ship]);
    assert_eq!(made.store.read(|read| read.picture_place(boat)).unwrap(), None, "it has no place");
    made.store.write(|write| write.remove_pictures(&[ship], 8)).unwrap();
    made.store.write(|write| write.restore_conversation(boats.id)).unwrap();
    assert_eq!(all(&made.store), [boat]);
    let place = made.store.read(|read| read.place(ships.id)).unwrap().unwrap();
    let in_bin = store::table::place::Place { deleted_at: Some(9), ..place };
    for place in [in_bin, place] {
        made.store.write(|write| write.put_in_place(&place)).unwrap();
        assert_eq!(all(&made.store), [boat], "what the person deleted stays deleted");
    }
}

#[test]
fn a_picture_that_another_chat_brings_too_stays() {
    let made = made::store();
    let attach = |conversation: &store::table::conversation::Conversation| {
        let message = made::branch(&made.store, conversation, &["Draw"])[0];
        let attachment = Attachment {
            media: Some(made::media(&made.store, b"a boat")),
            state: AttachmentState::Kept,
            ..Attachment::of(message, AttachmentRole::Received, AttachmentKind::Picture, 8)
        };
        made.store.write(|write| write.insert_attachment(&attachment)).unwrap();
    };
    let (first, second) = (made::conversation("First", 5), made::conversation("Second", 6));
    attach(&first);
    made.store.write(|write| write.bin_conversation(first.id, 7)).unwrap();
    assert_eq!(all(&made.store), []);
    attach(&second);
    assert_eq!(all(&made.store).len(), 1, "it came once more");
    made.store.write(|write| write.restore_conversation(first.id)).unwrap();
    made.store.write(|write| write.bin_conversation(first.id, 7)).unwrap();
    assert_eq!(all(&made.store).len(), 1, "the second still has it");
    made.store.write(|write| write.bin_conversation(second.id, 7)).unwrap();
    assert_eq!(all(&made.store), []);
}

#[test]
fn a_file_is_taken_in_once_and_comes_back() {
    let made = made::store();
    let store = &made.store;
    let media = made::media(store, b"a file");
    let picture = Picture { media_id: Some(media.id), ..Picture::blank(PictureOrigin::Imported, 7) };
    let making = Generation {
        service_id: None,
        state: GenerationState::Done,
        ..Generation::blank(ServiceId::new(), "elsewhere", "a pier", 7)
    };
    let picture = Picture { generation_id: Some(making.id), state: PictureState::Kept, ..picture };
    let take_in = || store.write(|write| write.take_in(&media, &picture, Some(&making))).unwrap();
    assert!(!store.read(|read| read.knows_picture_of(media.id)).unwrap());
    let TakenIn::Now(key) = take_in() else { panic!("it was not there") };
    assert_eq!((take_in(), all(store)), (TakenIn::Before, vec![picture.id]));
    store.write(|write| write.remove_pictures(&[picture.id], 8)).unwrap();
    assert_eq!((take_in(), all(store)), (TakenIn::Now(key), vec![picture.id]), "it comes back");
    let query = PictureQuery { search: "pier".into(), ..PictureQuery::default() };
    assert_eq!(ids(store, &query), [picture.id]);
    assert_eq!(store.read(|read| read.generations(0)).unwrap(), [], "nothing was made here");
}

#[test]
fn pictures_of_the_same_file_are_found() {
    let made = made::store();
    let (store, service) = (&made.store, service(&made.store));
    let one = kept(store, service, "a pier", 3, 2, 5);
    let other = kept(store, service, "a boat", 3, 2, 6);
    let file = store.read(|read| read.picture(one)).unwrap().unwrap().media_id;
    let again =
        Picture { media_id: file, state: PictureState::Kept, ..Picture::blank(PictureOrigin::Made, 7) };
    store.write(|write| write.insert_picture(&again)).unwrap();
    let query = PictureQuery { twice: true, ..PictureQuery::default() };
    assert_eq!(ids(store, &query), [again.id, one]);
    let same = |id| store.read(|read| read.same_pictures(id)).unwrap();
    assert_eq!(same(one).iter().map(|picture| picture.id).collect::<Vec<_>>(), [again.id]);
    assert_eq!(same(other), []);
    store.write(|write| write.remove_pictures(&[one], 8)).unwrap();
    assert_eq!((ids(store, &query), same(again.id)), (vec![], vec![]), "a deleted one does not count");
}
