//! Generations: their queue, their turns, and what a kill leaves of them.

use serde_json::json;
use store::table::generation::{Ended, Generation, GenerationState, PictureOptions};
use store::table::picture::{Picture, PictureOrigin};
use store::table::problem::Problem;
use store::{Error, GenerationId, ServiceId, Store};

use crate::made;

fn service(store: &Store) -> ServiceId {
    let service = made::service("One");
    store.write(|write| write.insert_service(&service)).unwrap();
    service.id
}

fn queued(store: &Store, service: ServiceId, at: i64) -> GenerationId {
    let generation = Generation::blank(service, "painter", "a boat", at);
    store.write(|write| write.insert_generation(&generation)).unwrap();
    generation.id
}

fn read(store: &Store, id: GenerationId) -> Generation {
    store.read(|read| read.generation(id)).unwrap().unwrap()
}

fn begin(store: &Store) -> Option<GenerationId> {
    store.write(|write| write.begin_generation(2, 50)).unwrap().map(|begun| begun.id)
}

fn end(state: GenerationState) -> Ended {
    Ended { state, problem: None, cost_usd: Some(0.04), answered: json!({"size": "1x1"}), at: 90 }
}

#[test]
fn a_generation_is_read_as_it_was_written() {
    let made = made::store();
    let media = made::media(&made.store, b"a reference");
    let generation = Generation {
        options: PictureOptions { size: Some("1024x1024".into()), count: 3, ..PictureOptions::default() },
        references: vec![media.id],
        place: 1,
        ..Generation::blank(service(&made.store), "painter", "a boat", 5)
    };
    made.store.write(|write| write.insert_generation(&generation)).unwrap();
    assert_eq!(read(&made.store, generation.id), generation);
    assert_eq!(made.store.read(|read| read.generations(99)).unwrap(), [generation]);
}

#[test]
fn what_goes_along_must_be_there() {
    let made = made::store();
    let missing = Generation {
        references: vec![store::MediaId::of(b"nothing")],
        ..Generation::blank(service(&made.store), "painter", "a boat", 5)
    };
    let refused = made.store.write(|write| write.insert_generation(&missing));
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    assert_eq!(made.store.read(|read| read.generation(missing.id)).unwrap(), None, "nothing of it is kept");
}

#[test]
fn turns_come_in_the_order_of_the_queue_and_two_at_a_time() {
    let made = made::store();
    let (one, other) = (service(&made.store), service(&made.store));
    let ids: Vec<_> = (1..=3).map(|at| queued(&made.store, one, at)).collect();
    let places: Vec<_> = ids.iter().map(|id| read(&made.store, *id).place).collect();
    assert_eq!(places, [1, 2, 3]);
    assert_eq!((begin(&made.store), begin(&made.store)), (Some(ids[0]), Some(ids[1])));
    assert_eq!(begin(&made.store), None, "two are being made");
    let elsewhere = queued(&made.store, other, 9);
    assert_eq!(begin(&made.store), Some(elsewhere), "another service has a queue of its own");
    assert_eq!(read(&made.store, ids[2]).place, 1, "it is the next one");
    let ended = made.store.write(|write| write.end_generation(ids[0], &end(GenerationState::Done))).unwrap();
    assert!(ended, "it was being made");
    let done = read(&made.store, ids[0]);
    assert_eq!(
        (done.state, done.cost_usd, done.ended_at, done.place),
        (GenerationState::Done, Some(0.04), Some(90), 0)
    );
    assert_eq!(made.store.read(|read| read.generation_answer(ids[0])).unwrap(), json!({"size": "1x1"}));
    assert_eq!(begin(&made.store), Some(ids[2]));
}

#[test]
fn an_end_is_written_once() {
    let made = made::store();
    let id = queued(&made.store, service(&made.store), 1);
    let ended = |state| made.store.write(|write| write.end_generation(id, &end(state))).unwrap();
    assert!(ended(GenerationState::Cancelled), "it waited");
    assert!(!ended(GenerationState::Done), "a late answer does not change what the person decided");
    assert_eq!(read(&made.store, id).state, GenerationState::Cancelled);
    assert_eq!(begin(&made.store), None, "a cancelled one gets no turn");
    let sent = made.store.write(|write| write.set_generation_sent(id, Some(60)));
    assert!(matches!(sent, Err(Error::NotFound)), "and is not sent: {sent:?}");
}

#[test]
fn another_try_stands_at_the_end_of_the_queue() {
    let made = made::store();
    let service = service(&made.store);
    let (first, second) = (queued(&made.store, service, 1), queued(&made.store, service, 2));
    let again = made.store.write(|write| write.queue_generation_again(first, 9));
    assert!(matches!(again, Err(Error::NotFound)), "it still waits: {again:?}");
    made.store.write(|write| write.end_generation(first, &end(GenerationState::Failed))).unwrap();
    made.store.write(|write| write.queue_generation_again(first, 9)).unwrap();
    assert_eq!((read(&made.store, second).place, read(&made.store, first).place), (1, 2));
    let waiting = made.store.read(|read| read.waiting_generations(Some(service))).unwrap();
    assert_eq!(waiting.iter().map(|one| one.id).collect::<Vec<_>>(), [second, first]);
}

#[test]
fn failed_ones_stay_in_sight_until_they_are_dismissed() {
    let made = made::store();
    let id = queued(&made.store, service(&made.store), 1);
    let seen = |since| made.store.read(|read| read.generations(since)).unwrap().len();
    let dismiss = made.store.write(|write| write.dismiss_generation(id, 95));
    assert!(matches!(dismiss, Err(Error::NotFound)), "what waits is cancelled, not dismissed: {dismiss:?}");
    made.store.write(|write| write.end_generation(id, &end(GenerationState::Failed))).unwrap();
    assert_eq!(seen(1_000), 1, "also long after");
    made.store.write(|write| write.dismiss_generation(id, 95)).unwrap();
    assert_eq!(seen(0), 0);
    made.store.write(|write| write.restore_generation(id)).unwrap();
    assert_eq!(seen(1_000), 1);
    made.store.write(|write| write.queue_generation_again(id, 99)).unwrap();
    made.store.write(|write| write.end_generation(id, &end(GenerationState::Done))).unwrap();
    assert_eq!((seen(90), seen(91)), (1, 0), "what is done is in the gallery after a moment");
}

#[test]
fn a_kill_repeats_nothing_that_was_sent() {
    let made = made::store();
    let store = &made.store;
    let ids: Vec<_> = (0..3).map(|at| queued(store, service(store), at)).collect();
    store
        .write(|write| {
            for id in &ids {
                write.begin_generation(2, 10)?;
                if *id != ids[0] {
                    write.set_generation_sent(*id, Some(20))?;
                }
            }
            let picture = Picture { generation_id: Some(ids[2]), ..Picture::blank(PictureOrigin::Made, 30) };
            write.insert_picture(&picture)
        })
        .unwrap();
    let problem = Problem { code: "generation_interrupted".into(), ..Problem::default() };
    let interrupted = store.write(|write| write.interrupt_generations(&problem, 40)).unwrap();
    assert_eq!(interrupted, 1);
    let states: Vec<_> = ids.iter().map(|id| read(store, *id).state).collect();
    assert_eq!(
        states,
        [GenerationState::Queued, GenerationState::Interrupted, GenerationState::Done],
        "never sent; sent; and all that was asked for had come"
    );
    assert_eq!(read(store, ids[1]).problem, Some(problem));
}

#[test]
fn a_generation_outlives_its_service() {
    let made = made::store();
    let service = service(&made.store);
    let id = queued(&made.store, service, 1);
    made.store.write(|write| write.remove_service(service)).unwrap();
    let left = read(&made.store, id);
    assert_eq!((left.service_id, left.model.as_str(), left.prompt.as_str()), (None, "painter", "a boat"));
    assert_eq!(begin(&made.store), Some(id), "it gets its turn, and is told that nobody is there");
}

#[test]
fn what_is_out_of_sight_is_purged_after_a_while() {
    let made = made::store();
    let ids: Vec<_> = (0..2).map(|at| queued(&made.store, service(&made.store), at)).collect();
    for id in &ids {
        made.store.write(|write| write.end_generation(*id, &end(GenerationState::Failed))).unwrap();
    }
    made.store.write(|write| write.dismiss_generation(ids[0], 95)).unwrap();
    let purge = |before| made.store.write(|write| write.purge_generations(before)).unwrap();
    assert_eq!((purge(95), purge(96)), (0, 1));
    assert_eq!(read(&made.store, ids[1]).state, GenerationState::Failed, "what is in sight stays");
}
