//! How sure a model was: added piece by piece, made one at the end, gone with its message.

use store::MessageId;
use store::table::confidence::{Alternative, Token};

use crate::made::{self, Made};

fn token(bytes: &[u8], logprob: Option<f64>) -> Token {
    let other = Alternative { bytes: bytes.to_vec(), logprob: -1.5 };
    Token { bytes: bytes.to_vec(), logprob, alternatives: vec![other] }
}

/// A store with one answer, and the answer.
fn answered() -> (Made, MessageId) {
    let made = made::store();
    let ids = made::branch(&made.store, &made::conversation("One", 1), &["Hi", "Hello"]);
    (made, ids[1])
}

fn kept(made: &Made, id: MessageId) -> Vec<Token> {
    made.store.read(|read| read.confidence(id)).unwrap()
}

#[test]
fn what_was_added_is_there_in_its_order_whole_letters_or_not() {
    let (made, id) = answered();
    assert!(!made.store.read(|read| read.has_confidence(id)).unwrap(), "nothing is known yet");
    let tokens = [token(b" The", Some(-0.25)), token(&[0xe6, 0xb2], Some(-9999.0)), token(&[0xb3], None)];
    made.store.write(|write| write.add_confidence(id, &tokens[..1])).unwrap();
    made.store.write(|write| write.add_confidence(id, &tokens[1..])).unwrap();
    made.store.write(|write| write.add_confidence(id, &[])).unwrap();
    assert!(made.store.read(|read| read.has_confidence(id)).unwrap());
    assert_eq!(kept(&made, id), tokens);
    assert_eq!(made.query_by_hand::<i64>("SELECT count(*) FROM confidence"), 2, "nothing adds no row");
    made.store.write(|write| write.settle_confidence(id)).unwrap();
    assert_eq!(kept(&made, id), tokens, "settling changes nothing");
    assert_eq!(made.query_by_hand::<i64>("SELECT count(*) FROM confidence"), 1, "but the number of rows");
    assert_eq!(made.store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn it_is_small_on_disk() {
    let (made, id) = answered();
    let words = ["the", " river", " rises", " in", " hills", ",", " crosses", " plain"];
    let tokens: Vec<Token> = (0..4000)
        .zip(words.iter().cycle())
        .map(|(at, said)| Token {
            alternatives: words[..5]
                .iter()
                .map(|word| Alternative {
                    bytes: word.as_bytes().to_vec(),
                    logprob: -f64::from(at % 97) / 8.0,
                })
                .collect(),
            ..token(said.as_bytes(), Some(-f64::from(at % 89) / 16.0))
        })
        .collect();
    made.store.write(|write| write.add_confidence(id, &tokens)).unwrap();
    let bytes: i64 = made.query_by_hand("SELECT sum(length(tokens)) FROM confidence");
    assert!(bytes < 400_000, "4,000 tokens with 5 alternatives each take {bytes} bytes");
}

#[test]
fn a_broken_piece_is_left_out_and_the_rest_is_read() {
    let (made, id) = answered();
    made.store.write(|write| write.add_confidence(id, &[token(b"a", Some(-0.5))])).unwrap();
    made.by_hand(
        "INSERT INTO confidence (message_key, tokens) SELECT message_key, x'00ff17' FROM confidence",
    );
    made.store.write(|write| write.add_confidence(id, &[token(b"b", None)])).unwrap();
    assert_eq!(kept(&made, id), [token(b"a", Some(-0.5)), token(b"b", None)]);
}

#[test]
fn it_goes_with_its_conversation_and_needs_a_message() {
    let (made, id) = answered();
    made.store.write(|write| write.add_confidence(id, &[token(b"a", None)])).unwrap();
    let nobody = made.store.write(|write| write.add_confidence(MessageId::new(), &[token(b"a", None)]));
    assert!(matches!(nobody, Err(store::Error::NotFound)), "there is nothing to keep it with: {nobody:?}");
    made.store
        .write(|write| {
            let conversation = write.message(id)?.map(|message| message.conversation_id).unwrap();
            write.bin_conversation(conversation, 1)?;
            write.purge_conversations(2)
        })
        .unwrap();
    assert_eq!(made.query_by_hand::<i64>("SELECT count(*) FROM confidence"), 0, "nobody could ask for it");
}
