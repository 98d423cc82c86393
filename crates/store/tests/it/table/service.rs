//! Services: kept whole, ordered, and removed without taking conversations along.

use store::table::learnt::{Learnt, LearntRow};
use store::table::service::{Balance, KeyPlace, KeyState, Lamp, Lamps, Service};
use store::{Error, ServiceId};

use crate::made;

#[test]
fn every_field_comes_back() {
    let made = made::store();
    let service = Service {
        lamps: Lamps { chat: Lamp::Works, midjourney: Lamp::NotOffered, ..Lamps::default() },
        balance: Some(Balance { left: Some(1.5), currency: "USD".into(), at: 9 }),
        position: 2,
        checked_at: 8,
        upload_address: "https://example.test/v1/upload".into(),
        midjourney_address: "https://tasks.example.test".into(),
        ..made::service("一号")
    };
    made.store.write(|write| write.insert_service(&service)).unwrap();
    assert_eq!(made.store.read(|read| read.service(service.id)).unwrap(), Some(service), "nothing is lost");
}

#[test]
fn an_update_replaces_all_and_needs_the_service() {
    let made = made::store();
    let service = made::service("One");
    made.store.write(|write| write.insert_service(&service)).unwrap();
    let changed = Service {
        name: "Two".into(),
        key: KeyState { place: KeyPlace::Memory, ends_in: String::new() },
        ..service.clone()
    };
    made.store.write(|write| write.update_service(&changed)).unwrap();
    assert_eq!(made.store.read(|read| read.service(service.id)).unwrap(), Some(changed), "all is replaced");
    let unknown = made.store.write(|write| write.update_service(&made::service("Three")));
    assert!(matches!(unknown, Err(Error::NotFound)), "an update makes no service: {unknown:?}");
}

#[test]
fn services_come_in_the_order_of_the_person() {
    let made = made::store();
    for (name, position) in [("last", 3), ("first", 1), ("second", 2)] {
        let service = Service { position, ..made::service(name) };
        made.store.write(|write| write.insert_service(&service)).unwrap();
    }
    let names: Vec<_> =
        made.store.read(store::Read::services).unwrap().into_iter().map(|service| service.name).collect();
    assert_eq!(names, ["first", "second", "last"], "position decides");
}

#[test]
fn removing_takes_models_and_what_was_learnt_but_no_conversation() {
    let made = made::store();
    let service = made::service("One");
    let learnt = Learnt { no_stream: true, ..Learnt::default() };
    let row = LearntRow { service_id: service.id, model: String::new(), learnt };
    let mut conversation = made::conversation("kept", 1);
    conversation.service_id = Some(service.id);
    made.store
        .write(|write| {
            write.insert_service(&service)?;
            write.replace_models(service.id, &[made::model(service.id, "m")])?;
            write.set_learnt(&row)?;
            write.insert_conversation(&conversation)
        })
        .unwrap();
    made.store.write(|write| write.remove_service(service.id)).unwrap();
    assert_eq!(made.store.read(store::Read::models).unwrap(), [], "its models go");
    let learnt = made.store.read(|read| read.learnt(service.id, "")).unwrap();
    assert_eq!(learnt, Learnt::default(), "what was learnt goes");
    let kept = made.store.read(|read| read.conversation(conversation.id)).unwrap().unwrap();
    assert_eq!(kept.service_id, None, "the conversation stays, without a service");
    assert_eq!(made.store.integrity().unwrap(), Vec::<String>::new(), "no reference dangles");
    let again = made.store.write(|write| write.remove_service(ServiceId::new()));
    assert!(matches!(again, Err(Error::NotFound)), "removing needs the service: {again:?}");
}

#[test]
fn words_of_a_newer_medley_do_not_fail_the_list() {
    let made = made::store();
    made.store.write(|write| write.insert_service(&made::service("One"))).unwrap();
    made.by_hand(
        r#"UPDATE service SET key_place = 'chip', balance = 'not json',
                  lamps = '{"chat":"works","speech":"maybe"}'"#,
    );
    let found = made.store.read(store::Read::services).unwrap();
    assert_eq!(found[0].key.place, KeyPlace::None, "an unknown place is no key");
    assert_eq!((found[0].lamps.chat, found[0].lamps.speech), (Lamp::Works, Lamp::NotChecked), "lamp by lamp");
    assert_eq!(found[0].balance, None, "what is no balance is none");
}
