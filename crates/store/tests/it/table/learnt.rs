//! What was learnt: per model, replaced as a whole, forgotten per service.

use store::table::learnt::{Learnt, LearntRow};
use store::{Error, ServiceId};

use crate::made;

#[test]
fn learnt_is_kept_per_model_and_forgotten_per_service() {
    let made = made::store();
    let (one, two) = (made::service("One"), made::service("Two"));
    let learnt = Learnt { refused_fields: vec!["top_k".into()], no_stream: true, ..Learnt::default() };
    let row = |service_id, model: &str| LearntRow { service_id, model: model.into(), learnt: learnt.clone() };
    made.store
        .write(|write| {
            write.insert_service(&one)?;
            write.insert_service(&two)?;
            write.set_learnt(&row(one.id, "m"))?;
            write.set_learnt(&row(two.id, "m"))
        })
        .unwrap();
    let read = |service, model| made.store.read(|read| read.learnt(service, model)).unwrap();
    assert_eq!(read(one.id, "m"), learnt, "it is remembered");
    assert_eq!(read(one.id, ""), Learnt::default(), "for this model only");
    made.store.write(|write| write.forget_learnt(one.id)).unwrap();
    assert_eq!(read(one.id, "m"), Learnt::default(), "forgotten");
    assert_eq!(read(two.id, "m"), learnt, "but not for the other service");
}

#[test]
fn one_model_is_forgotten_alone() {
    let made = made::store();
    let service = made::service("One");
    made.store.write(|write| write.insert_service(&service)).unwrap();
    for model in ["m", "n"] {
        let learnt = Learnt { thinks: true, window: Some(8_192), ..Learnt::default() };
        let row = LearntRow { service_id: service.id, model: model.into(), learnt };
        made.store.write(|write| write.set_learnt(&row)).unwrap();
    }
    made.store.write(|write| write.forget_learnt_of(service.id, "m")).unwrap();
    let left = made.store.read(|read| read.learnt_of(service.id)).unwrap();
    assert_eq!(left.iter().map(|row| row.model.as_str()).collect::<Vec<_>>(), ["n"]);
}

#[test]
fn the_last_lesson_counts() {
    let made = made::store();
    let service = made::service("One");
    made.store.write(|write| write.insert_service(&service)).unwrap();
    for no_stream in [true, false] {
        let learnt = Learnt { no_stream, no_stream_options: true, ..Learnt::default() };
        let row = LearntRow { service_id: service.id, model: "m".into(), learnt };
        made.store.write(|write| write.set_learnt(&row)).unwrap();
    }
    let found = made.store.read(|read| read.learnt(service.id, "m")).unwrap();
    assert!(!found.no_stream && found.no_stream_options, "the second row replaced the first: {found:?}");
}

#[test]
fn nothing_is_learnt_about_no_service() {
    let made = made::store();
    let row = LearntRow { service_id: ServiceId::new(), model: String::new(), learnt: Learnt::default() };
    let refused = made.store.write(|write| write.set_learnt(&row));
    assert!(matches!(refused, Err(Error::NotFound)), "no such service: {refused:?}");
}
