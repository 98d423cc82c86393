//! Words of enums: the same in the database as on the way to the window, and there and back.

use rusqlite::types::{FromSql, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;
use store::table::conversation::TitleBy;
use store::table::message::{MessageState, Role};
use store::table::model::ModelKind;
use store::table::service::KeyPlace;

fn assert_words<T: ToSql + FromSql + Serialize + PartialEq + std::fmt::Debug>(all: &[T], safe: &T) {
    for value in all {
        let ToSqlOutput::Borrowed(cell) = value.to_sql().unwrap() else { panic!("a word is a literal") };
        let word = serde_json::to_value(value).unwrap();
        assert_eq!(cell.as_str().ok(), word.as_str(), "one word for {value:?} everywhere");
        assert_eq!(&T::column_result(cell).unwrap(), value, "there and back");
    }
    let unknown = T::column_result(ValueRef::Text(b"of tomorrow")).unwrap();
    assert_eq!(&unknown, safe, "an unknown word is the safe one");
}

#[test]
fn words_are_the_same_everywhere() {
    use MessageState::{Cut, Done, Failed, Interrupted, Stopped, Streaming};
    use ModelKind::{Chat, Embedding, Image, Midjourney, Other, Speech, Transcription};
    assert_words(&[Role::User, Role::Assistant], &Role::Assistant);
    assert_words(&[Streaming, Done, Stopped, Cut, Failed, Interrupted], &Interrupted);
    assert_words(&[Chat, Image, Midjourney, Speech, Transcription, Embedding, Other], &Other);
    assert_words(&[KeyPlace::None, KeyPlace::Keychain, KeyPlace::Memory], &KeyPlace::None);
    let by = [TitleBy::Nobody, TitleBy::FirstWords, TitleBy::Model, TitleBy::Person];
    assert_words(&by, &TitleBy::Person);
}
