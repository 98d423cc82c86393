//! How sure a model was, from the wire to what the window is shown.

use engine::MessageId;
use engine::view::{Confidence, Piece};
use store::table::message::MessageState;
use store::table::options::Options;

use crate::cast::{Cast, SENTENCE, eventually};

impl Cast {
    async fn confidence(&self, id: MessageId) -> Confidence {
        self.engine.answers().confidence(id).await.unwrap()
    }

    async fn pieces(&self, id: MessageId, word: usize) -> Vec<Piece> {
        self.engine.answers().pieces(id, word).await.unwrap()
    }

    /// Whether the window is told that it can ask.
    async fn offers_confidence(&self, id: MessageId) -> bool {
        self.engine.chat().messages(vec![id]).await.unwrap()[0].confidence
    }
}

pub fn with_logprobs(tops: i64) -> Options {
    Options { logprobs: Some(true), top_logprobs: Some(tops), ..Options::default() }
}

fn percent(sure: Option<f64>) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "a percentage")]
    sure.map(|sure| (sure * 100.0).round() as i64)
}

#[tokio::test]
async fn it_is_kept_and_shown_word_by_word() {
    let cast = Cast::new().await;
    let heard = cast.ask_with("plain", "Name a river.", with_logprobs(4)).await;
    let id = heard.message.id;
    assert!(cast.offers_confidence(id).await, "the window learns that it can ask");
    let told = cast.confidence(id).await;
    assert_eq!(told.words.concat(), SENTENCE, "the words are the answer");
    assert_eq!(percent(told.sure[0]), Some(100), "{told:?}");
    assert_eq!(percent(told.sure[4]), Some(18), "{told:?}");
    assert!(told.average.is_some_and(|average| average > 0.5 && average < 1.0));
    let pieces = cast.pieces(id, 4).await;
    assert_eq!((pieces.len(), pieces[0].guesses.len()), (1, 4), "as many as were asked for: {pieces:?}");
    assert_eq!(pieces[0].text, told.words[4]);
    assert!(pieces[0].guesses[0].sure >= pieces[0].guesses[3].sure, "likeliest first");
    let body = cast.bodies().pop().unwrap();
    assert_eq!((&body["logprobs"], &body["top_logprobs"]), (&true.into(), &4.into()));
}

#[tokio::test]
async fn a_whole_answer_has_it_too() {
    let cast = Cast::new().await;
    let options = Options { stream: Some(false), ..with_logprobs(2) };
    let heard = cast.ask_with("plain", "Name a river.", options).await;
    assert_eq!(cast.confidence(heard.message.id).await.words.concat(), SENTENCE);
    assert!(cast.bodies().pop().unwrap().get("stream").is_none(), "in one piece");
}

#[tokio::test]
async fn nobody_asked_so_nothing_is_offered() {
    let cast = Cast::new().await;
    let heard = cast.ask("plain", "Name a river.").await;
    assert!(!cast.offers_confidence(heard.message.id).await);
    let told = cast.confidence(heard.message.id).await;
    assert_eq!((told.words.concat().as_str(), told.average), (SENTENCE, None), "text without numbers");
}

#[tokio::test]
async fn odd_reports_are_read_streamed_or_whole() {
    let cast = Cast::new().await;
    for stream in [None, Some(false)] {
        let options = Options { stream, ..with_logprobs(3) };
        let id = cast.ask_with("sure-odd", "Name a river.", options).await.message.id;
        let told = cast.confidence(id).await;
        let words: Vec<_> =
            told.words.iter().map(String::as_str).zip(told.sure.iter().copied().map(percent)).collect();
        let expected = [
            ("The ", Some(99)),
            ("Loire ", Some(0)),
            ("is ", None),
            ("a ", Some(50)),
            ("河", Some(55)),
            ("🌊", Some(67)),
        ];
        assert_eq!(
            words, expected,
            "half letters, next to impossible, null, a text for a number; no end mark"
        );
        assert_eq!(cast.pieces(id, 4).await.len(), 1, "three half letters are one piece");
        assert!(cast.pieces(id, 2).await[0].guesses.is_empty(), "no alternatives were told");
    }
}

#[tokio::test]
async fn thoughts_are_no_words_of_the_answer() {
    let cast = Cast::new().await;
    let heard = cast.ask_with("sure-thoughts", "Name a river.", with_logprobs(1)).await;
    assert_eq!(heard.message.thoughts, "A river is asked for.");
    let told = cast.confidence(heard.message.id).await;
    assert_eq!(told.words.concat(), SENTENCE);
    assert!(told.sure.iter().all(Option::is_some), "each word has its own token: {told:?}");
}

#[tokio::test]
async fn a_stopped_and_a_cut_answer_keep_theirs() {
    let cast = Cast::new().await;
    let cut = cast.ask_with("sure-cut", "Name a river.", with_logprobs(2)).await;
    assert_eq!(cut.message.state, MessageState::Cut);
    let told = cast.confidence(cut.message.id).await;
    assert_eq!(told.words.concat(), cut.message.text);
    assert!(told.sure.iter().all(Option::is_some), "all that came is known: {told:?}");

    let accepted = cast.send_in(Some(cut.message.conversation_id), "sure-slow", "And?").await.unwrap();
    let id = accepted.answer.message.id;
    let mut ear = cast.hear(id);
    ear.until_shown("crosses").await;
    cast.engine.chat().stop(id);
    let stopped = ear.end().await.message;
    assert_eq!(stopped.state, MessageState::Stopped);
    let told = cast.confidence(id).await;
    assert_eq!(told.words.concat(), stopped.text);
    assert!(told.sure.iter().all(Option::is_some), "{told:?}");
    let rows: i64 =
        cast.query("SELECT max(n) FROM (SELECT count(*) AS n FROM confidence GROUP BY message_key)");
    assert_eq!(rows, 1, "an answer that has ended keeps it in one row");
}

#[tokio::test]
async fn what_came_before_a_kill_is_on_disk_meanwhile() {
    let cast = Cast::new().await;
    let first = cast.ask_with("plain", "Hello.", with_logprobs(2)).await.message;
    let accepted = cast.send_in(Some(first.conversation_id), "sure-slow", "And?").await.unwrap();
    let id = accepted.answer.message.id;
    eventually("a report on disk", || {
        let (store, id) = (store::Store::open(cast.home.path()).unwrap(), id);
        let kept = store.read(|read| Ok((read.message(id)?, read.confidence(id)?))).unwrap();
        let said: Vec<u8> = kept.1.iter().flat_map(|token| token.bytes.clone()).collect();
        let text = kept.0?.text;
        (!text.is_empty() && String::from_utf8(said).unwrap() == text).then_some(())
    })
    .await;
    cast.engine.chat().stop(id);
    cast.hear(id).end().await;
}

#[tokio::test]
async fn going_on_adds_to_what_is_known() {
    let cast = Cast::new().await;
    let cut = cast.ask_with("sure-cut", "Name a river.", with_logprobs(1)).await.message;
    cast.engine.chat().go_on(cut.id).await.unwrap();
    let grown = cast.hear(cut.id).end().await.message;
    assert!(grown.text.len() > cut.text.len(), "{}", grown.text);
    let told = cast.confidence(cut.id).await;
    assert_eq!(told.words.concat(), grown.text);
    assert!(told.sure.iter().all(Option::is_some), "both halves are known: {told:?}");
}

#[tokio::test]
async fn an_answer_that_went_on_without_a_report_has_half_of_it() {
    let cast = Cast::new().await;
    let cut = cast.ask("sure-cut", "Name a river.").await.message;
    cast.set_options(cut.conversation_id, with_logprobs(1));
    cast.engine.chat().go_on(cut.id).await.unwrap();
    let grown = cast.hear(cut.id).end().await.message;
    let told = cast.confidence(cut.id).await;
    assert_eq!(told.words.concat(), grown.text);
    assert_eq!(
        (told.words[0].as_str(), told.sure[0]),
        (cut.text.as_str(), None),
        "nobody reported on the first half"
    );
    assert!(told.sure[1].is_some());
}

#[tokio::test]
async fn further_answers_have_their_own() {
    let cast = Cast::new().await;
    let options = Options { n: Some(2), ..with_logprobs(1) };
    let heard = cast.ask_with("interleaved", "Name a river.", options).await;
    let chosen = cast.engine.chat().choose(heard.message.id, 2).await.unwrap();
    let other = chosen.tail.last().unwrap();
    assert!(!other.confidence, "this service tells nothing");
}

#[tokio::test]
async fn four_thousand_tokens_with_twenty_alternatives_each() {
    let cast = Cast::new().await;
    let heard = cast.ask_with("sure-long", "At length.", with_logprobs(20)).await;
    let told = cast.confidence(heard.message.id).await;
    assert_eq!(told.words.concat(), heard.message.text);
    assert!(told.words.len() > 4_000, "{} words", told.words.len());
    let last = told.words.len() - 1;
    assert!(cast.pieces(heard.message.id, last).await[0].guesses.len() > 5, "also of the last word");
    let bytes: i64 = cast.query("SELECT sum(length(tokens)) FROM confidence");
    assert!(bytes < 1_500_000, "packed, it takes {bytes} bytes");
}

#[tokio::test]
async fn a_model_without_it_answers_all_the_same() {
    let cast = Cast::new().await;
    let heard = cast.ask_with("refuses-logprobs", "Name a river.", with_logprobs(3)).await;
    assert_eq!(heard.message.text, SENTENCE);
    assert!(heard.adapted().contains(&"logprobs"), "and it is told: {:?}", heard.adapted());
    assert!(!cast.offers_confidence(heard.message.id).await);
}

#[tokio::test]
async fn a_message_that_is_gone_has_nothing_to_show() {
    let cast = Cast::new().await;
    let gone = cast.engine.answers().confidence(MessageId::new()).await.unwrap_err();
    assert_eq!(gone.code, engine::Code::Gone);
    assert!(cast.engine.answers().pieces(MessageId::new(), 0).await.is_err());
}
