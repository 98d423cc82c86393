//! What is set for a conversation to come: kept per place across restarts, gone when nothing is set.

use store::table::ask::Ask;
use store::table::beginning::Beginning;
use store::table::options::Options;
use store::{ServiceId, Store};

use crate::made;

#[test]
fn a_beginning_outlasts_a_restart_and_goes_when_nothing_is_set() {
    let made = made::store();
    let options = Options { temperature: Some(0.2), ..Options::default() };
    let ask = |model: &str| Ask { service_id: ServiceId::new(), model: model.into() };
    let several = vec![ask("one"), ask("other")];
    let beginning = Beginning { options, instructions: "Be kind.".into(), several };
    made.store.write(|write| write.set_beginning("new", &Beginning::default())).unwrap();
    made.store.write(|write| write.set_beginning("new", &beginning)).unwrap();
    let folder = made.close();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.read(|read| read.beginning("new")).unwrap(), beginning, "kept");
    assert_eq!(
        store.read(|read| read.beginning("other")).unwrap(),
        Beginning::default(),
        "for its place alone"
    );
    store.write(|write| write.set_beginning("new", &Beginning::default())).unwrap();
    assert_eq!(store.read(|read| read.beginning("new")).unwrap(), Beginning::default(), "gone");
}

#[test]
fn options_of_tomorrow_spoil_nothing() {
    let made = made::store();
    made.by_hand(
        r#"INSERT INTO beginning VALUES ('new', '{"temperature": {"now": "a thing"}}', 'Be kind.', '[7]');"#,
    );
    let read = made.store.read(|read| read.beginning("new")).unwrap();
    assert_eq!(read, Beginning { instructions: "Be kind.".into(), ..Beginning::default() });
}
