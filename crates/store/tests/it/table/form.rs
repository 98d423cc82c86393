//! In what form an answer was asked for.

use store::MessageId;

use crate::made;

#[test]
fn the_form_is_kept_with_the_answer() {
    let made = made::store();
    let ids = made::branch(&made.store, &made::conversation("One", 1), &["Hi", "{}", "Bye"]);
    made.store
        .write(|write| {
            write.set_form(ids[1], Some("{\"type\": \"object\"}"))?;
            write.set_form(ids[2], Some(""))
        })
        .unwrap();
    let form = |id| made.store.read(|read| Ok((read.has_form(id)?, read.form(id)?))).unwrap();
    assert_eq!(form(ids[0]), (false, None), "asked for in words");
    assert_eq!(form(ids[1]), (true, Some("{\"type\": \"object\"}".into())));
    assert_eq!(form(ids[2]), (true, Some(String::new())), "any JSON will do");
    made.store.write(|write| write.set_form(ids[1], Some(""))).unwrap();
    assert_eq!(form(ids[1]).1.as_deref(), Some(""), "asked again in another form");
    made.store.write(|write| write.set_form(ids[1], None)).unwrap();
    assert_eq!(form(ids[1]), (false, None), "asked again in words");
    let nobody = made.store.write(|write| write.set_form(MessageId::new(), Some("")));
    assert!(matches!(nobody, Err(store::Error::NotFound)), "{nobody:?}");
}
