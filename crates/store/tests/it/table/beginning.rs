//! What is set for a conversation to come: kept per place across restarts, gone when nothing is set.

use store::Store;
use store::table::beginning::Beginning;
use store::table::options::Options;

use crate::made;

#[test]
fn a_beginning_outlasts_a_restart_and_goes_when_nothing_is_set() {
    let made = made::store();
    let options = Options { temperature: Some(0.2), ..Options::default() };
    let beginning = Beginning { options, instructions: "Be kind.".into() };
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
        r#"INSERT INTO beginning VALUES ('new', '{"temperature": {"now": "a thing"}}', 'Be kind.');"#,
    );
    let read = made.store.read(|read| read.beginning("new")).unwrap();
    assert_eq!(read, Beginning { instructions: "Be kind.".into(), ..Beginning::default() });
}
