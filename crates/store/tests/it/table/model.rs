//! Models: taking over a list never takes away what the person did.

use store::table::model::{Model, ModelKind};
use store::{Error, ServiceId};

use crate::made::{self, Made};

fn with_service() -> (Made, ServiceId) {
    let made = made::store();
    let service = made::service("One");
    made.store.write(|write| write.insert_service(&service)).unwrap();
    (made, service.id)
}

fn list(made: &Made, service: ServiceId, names: &[&str]) {
    let models: Vec<_> = names.iter().map(|name| made::model(service, name)).collect();
    made.store.write(|write| write.replace_models(service, &models)).unwrap();
}

fn names(made: &Made, service: ServiceId) -> Vec<String> {
    let models = made.store.read(|read| read.models_of(service)).unwrap();
    models.into_iter().map(|model| model.name).collect()
}

#[test]
fn every_field_comes_back() {
    let (made, service) = with_service();
    let model = Model {
        label: "Model".into(),
        kind: ModelKind::Image,
        context: Some(128_000),
        price_in: Some(0.5),
        price_out: Some(1.5),
        price_call: Some(0.1),
        favourite: true,
        ..made::model(service, "m")
    };
    made.store.write(|write| write.replace_models(service, std::slice::from_ref(&model))).unwrap();
    assert_eq!(made.store.read(store::Read::models).unwrap(), [model], "nothing is lost");
}

#[test]
fn a_new_list_replaces_the_old_in_its_own_order() {
    let (made, service) = with_service();
    list(&made, service, &["b", "a"]);
    list(&made, service, &["c", "b"]);
    assert_eq!(names(&made, service), ["c", "b"], "only what is listed now, as it is listed");
}

#[test]
fn stars_and_typed_names_outlast_a_new_list() {
    let (made, service) = with_service();
    list(&made, service, &["starred", "plain"]);
    made.store.write(|write| write.set_favourite(service, "starred", true)).unwrap();
    made.store.write(|write| write.add_typed_model(&made::model(service, "typed"))).unwrap();
    list(&made, service, &["other"]);
    let mut kept = names(&made, service);
    kept.sort();
    assert_eq!(kept, ["other", "starred", "typed"], "what the person marked or typed stays");
    list(&made, service, &["starred"]);
    let models = made.store.read(|read| read.models_of(service)).unwrap();
    let starred = models.iter().any(|model| model.name == "starred" && model.favourite);
    assert!(starred, "listed again, still starred");
}

#[test]
fn a_typed_name_counts_as_listed_while_it_is() {
    let (made, service) = with_service();
    made.store.write(|write| write.add_typed_model(&made::model(service, "m"))).unwrap();
    let typed_in = || made.store.read(|read| read.models_of(service)).unwrap()[0].typed_in;
    assert!(typed_in(), "typed and not listed");
    list(&made, service, &["m"]);
    assert!(!typed_in(), "the service lists it");
    list(&made, service, &[]);
    assert!(typed_in(), "no longer listed, and not lost");
}

#[test]
fn a_star_needs_a_model_and_a_list_a_service() {
    let (made, service) = with_service();
    let refused = made.store.write(|write| write.set_favourite(service, "nothing", true));
    assert!(matches!(refused, Err(Error::NotFound)), "no such model: {refused:?}");
    let refused = made.store.write(|write| write.replace_models(ServiceId::new(), &[]));
    assert!(matches!(refused, Err(Error::NotFound)), "no such service: {refused:?}");
}

#[test]
fn one_service_does_not_touch_the_models_of_another() {
    let (made, first) = with_service();
    let second = made::service("Two");
    made.store.write(|write| write.insert_service(&second)).unwrap();
    list(&made, first, &["m"]);
    list(&made, second.id, &["m", "n"]);
    list(&made, first, &[]);
    assert_eq!(names(&made, second.id), ["m", "n"], "lists are per service");
}

#[test]
fn a_kind_of_a_newer_medley_is_hidden_and_not_lost() {
    let (made, service) = with_service();
    list(&made, service, &["m"]);
    made.by_hand("UPDATE model SET kind = 'smell'");
    let models = made.store.read(store::Read::models).unwrap();
    assert_eq!(models[0].kind, ModelKind::Other, "an unknown kind is none that a picker offers");
}
