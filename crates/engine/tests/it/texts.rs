//! Texts that a model continues: what is sent, what comes back letter by letter, and what is kept of it.

mod killed;

use engine::view::{Ask, ContinueText, ListConversations, OpenConversation, TurnUpdate};
use engine::{Clock, Conversation, ConversationId, Error, MessageId, Options};
use serde_json::{Value, json};
use store::Store;
use store::table::conversation::ConversationKind;
use store::table::message::{Message, MessageState};
use tokio::sync::mpsc::unbounded_channel;

use crate::cast::{Cast, SENTENCE, eventually, soon};

/// What the demo's text models add to a text that ends in a word.
pub const ADDED: &str = " The river rises in the hills, crosses the plain and reaches the sea.";

/// One text in a cast.
pub struct Text<'cast> {
    pub cast: &'cast Cast,
    pub id: ConversationId,
}

impl<'cast> Text<'cast> {
    pub async fn begin(cast: &'cast Cast, words: &str) -> Self {
        let begun = cast.engine.chat().begin_text(words.into()).await.unwrap();
        Self { cast, id: begun.id }
    }

    /// With these options from now on.
    pub fn set(&self, options: Options) {
        let store = Store::open(self.cast.home.path()).unwrap();
        store
            .write(|write| {
                let row = write.conversation(self.id)?.unwrap();
                write.update_conversation(&Conversation { options, ..row })
            })
            .unwrap();
    }

    /// Asks for a continuation between the two parts; answers its id.
    pub async fn ask(&self, model: &str, before: &str, behind: &str) -> Result<MessageId, Error> {
        let (before, behind, ask) = (before.into(), behind.into(), self.cast.to(model));
        let text = ContinueText { conversation_id: self.id, before, behind, ask };
        let accepted = self.cast.engine.chat().continue_text(text).await?;
        Ok(accepted.answer.message.id)
    }

    /// Asks and waits for the end.
    pub async fn go_on(&self, model: &str, before: &str, behind: &str) -> Message {
        let answer = self.ask(model, before, behind).await.unwrap();
        self.end(answer).await
    }

    /// Follows an answer to its end; what was told letter by letter is what is kept.
    pub async fn end(&self, answer: MessageId) -> Message {
        let (sender, mut updates) = unbounded_channel();
        let chat = self.cast.engine.chat();
        chat.watch_letters(answer, move |update| sender.send(update).is_ok()).await.unwrap();
        let mut shown: Option<String> = None;
        loop {
            match soon("an update", updates.recv()).await.unwrap() {
                TurnUpdate::Letters { keep, text, .. } => {
                    let units: Vec<u16> = shown.unwrap_or_default().encode_utf16().take(keep).collect();
                    shown = Some(String::from_utf16(&units).unwrap() + &text);
                }
                TurnUpdate::Ended { answer } => {
                    if let Some(shown) = shown {
                        assert_eq!(shown, answer.message.text, "what was shown is what is kept");
                    }
                    return answer.message;
                }
                TurnUpdate::Words { .. } => panic!("a text is not rendered"),
                _ => {}
            }
        }
    }

    pub async fn open(&self) -> OpenConversation {
        self.cast.engine.chat().open(self.id).await.unwrap()
    }

    /// The text, and the suggestion that waits.
    pub async fn now(&self) -> (String, Option<MessageId>) {
        let open = self.open().await;
        (open.draft, open.tail.last().map(|answer| answer.message.id))
    }
}

/// Path and body of every request that asked a model, oldest first.
fn asked(cast: &Cast) -> Vec<(String, Value)> {
    let all = cast.demo.requests().into_iter().filter(|seen| seen.path.contains("completions"));
    all.map(|seen| (seen.path, seen.body)).collect()
}

fn code(message: &Message) -> &str {
    message.problem.as_ref().map_or("", |problem| problem.code.as_str())
}

async fn row(cast: &Cast, id: ConversationId) -> engine::view::ConversationRow {
    let rows = cast.engine.chat().list(ListConversations::default()).await.unwrap();
    rows.into_iter().find(|row| row.conversation.id == id).unwrap()
}

#[tokio::test]
async fn a_text_stands_in_the_list_by_its_first_words_and_its_last() {
    let mut cast = Cast::new().await;
    let text = Text::begin(&cast, "O").await;
    let id = text.id;
    let whole = "Once upon a time\nthere was a river.";
    cast.engine.chat().save_draft(id.to_string(), whole.into()).await.unwrap();
    let shown = row(&cast, id).await;
    assert_eq!(shown.conversation.kind, ConversationKind::Text);
    assert_eq!(shown.conversation.title, "Once upon a time");
    assert_eq!(shown.conversation.snippet, "Once upon a time there was a river.");
    assert_eq!(shown.draft, "", "it is the text, and no question about to be asked");
    let search = ListConversations { search: "upon".into(), ..ListConversations::default() };
    assert_eq!(cast.engine.chat().list(search).await.unwrap().len(), 1, "and is found by them");
    cast.engine.chat().rename(id, "My river".into()).await.unwrap();
    cast.engine.chat().save_draft(id.to_string(), "Another beginning".into()).await.unwrap();
    assert_eq!(row(&cast, id).await.conversation.title, "My river", "the person's title stays");
    cast.reopen_at(Clock::system()).await;
    let open = cast.engine.chat().open(id).await.unwrap();
    assert_eq!((open.draft.as_str(), open.tail.len()), ("Another beginning", 0), "all of it is on disk");
}

#[tokio::test]
async fn only_what_was_set_is_sent_and_a_length_always() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    text.set(Options { suffix: Some(false), ..Options::default() });
    let said = text.go_on("text-plain", "Roses are", " and violets").await;
    assert_eq!((said.text.as_str(), said.state), (ADDED, MessageState::Done));
    let usage = said.usage.clone().unwrap();
    assert_eq!((usage.tokens_in, usage.tokens_out), (Some(2), Some(13)), "what it took is known");
    let (path, body) = asked(&cast).remove(0);
    let expected = json!({
        "model": "text-plain", "prompt": "Roses are", "max_tokens": 256,
        "stream": true, "stream_options": {"include_usage": true},
    });
    assert_eq!(
        (path.as_str(), body),
        ("/v1/completions", expected),
        "what is behind stays here where the person says so"
    );
}

#[tokio::test]
async fn every_field_goes_out_as_it_was_set() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    text.set(Options {
        temperature: Some(0.0),
        top_p: Some(1.0),
        n: Some(2),
        best_of: Some(3),
        max_tokens: Some(7),
        echo: Some(true),
        logprobs: Some(true),
        top_logprobs: Some(5),
        stop: vec!["\n".into(), "END".into()],
        presence_penalty: Some(0.5),
        frequency_penalty: Some(-0.5),
        logit_bias: Some([("50256".to_owned(), -100.0)].into()),
        seed: Some(11),
        user: Some("me".into()),
        suffix: Some(true),
        ..Options::default()
    });
    let said = text.go_on("text-plain", "Roses are", " and violets").await;
    assert_eq!(said.text, " Version 1. The river rises in the", "seven tokens, and nothing is said twice");
    assert_eq!(said.finish_reason, "length");
    let expected = json!({
        "model": "text-plain", "prompt": "Roses are", "suffix": " and violets", "max_tokens": 7, "temperature": 0.0,
        "top_p": 1.0, "n": 2, "best_of": 3, "echo": true, "logprobs": 5, "stop": ["\n", "END"],
        "presence_penalty": 0.5, "frequency_penalty": -0.5, "logit_bias": {"50256": -100}, "seed": 11, "user": "me",
    });
    assert_eq!(asked(&cast)[0].1, expected, "the best of several is not streamed");
}

#[tokio::test]
async fn a_documented_request_goes_out_as_it_stands_and_its_answer_is_kept() {
    let script = demo::Script::dialect(demo::Dialect::Gptnb);
    let cast = Cast::play(script, "", crate::cast::PATIENT).await;
    let text = Text::begin(&cast, "Say this is a test").await;
    text.set(Options {
        max_tokens: Some(7),
        temperature: Some(0.0),
        top_p: Some(1.0),
        n: Some(1),
        stream: Some(false),
        stop: vec!["\n".into()],
        ..Options::default()
    });
    let said = text.go_on("gpt-3.5-turbo-instruct", "Say this is a test", "").await;
    assert_eq!((said.answered_by.as_str(), said.finish_reason.as_str()), ("text-davinci-003", "length"));
    let expected = json!({
        "model": "gpt-3.5-turbo-instruct", "prompt": "Say this is a test", "max_tokens": 7, "temperature": 0.0,
        "top_p": 1.0, "n": 1, "stop": "\n",
    });
    assert_eq!(
        asked(&cast)[0].1,
        expected,
        "`stream: false` and `logprobs: null` are what is meant by nothing"
    );
}

#[tokio::test]
async fn every_form_of_answer_is_taken_letter_by_letter() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    for model in [
        "text-plain",
        "text-whole",
        "text-chat-chunks",
        "text-chat-whole",
        "text-from-one",
        "text-no-done",
        "text-refuses-stream",
    ] {
        let said = text.go_on(model, "Roses are", "").await;
        assert_eq!((said.text.as_str(), said.state), (ADDED, MessageState::Done), "{model}");
    }
    let tags = text.go_on("text-thinks", "Roses are", "").await;
    assert_eq!(tags.text, " <think>is a tag</think> of some models.", "a text may hold anything");
    assert_eq!(text.go_on("text-plain", "Roses are\n", "").await.text, SENTENCE, "not a blank more or less");
}

#[tokio::test]
async fn an_echo_is_never_said_twice() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    text.set(Options { echo: Some(true), ..Options::default() });
    for model in ["text-plain", "text-whole", "text-ignores-echo"] {
        assert_eq!(text.go_on(model, "Roses are", "").await.text, ADDED, "{model}");
    }
}

#[tokio::test]
async fn several_versions_come_at_once_and_the_one_chosen_waits() {
    let mut cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    text.set(Options { n: Some(3), stream: Some(false), logprobs: Some(true), ..Options::default() });
    let first = text.go_on("text-plain", "Roses are", " and violets").await;
    let open = text.open().await;
    assert_eq!((open.tail[1].version, open.tail[1].versions), (1, 3));
    let other = cast.engine.chat().choose(first.id, 3).await.unwrap();
    assert!(other.tail[1].message.text.starts_with(" Version 3."), "{other:?}");
    assert!(other.tail[1].confidence, "how sure the model was is known of each");
    assert_eq!(other.draft, "Roses are and violets", "the text is untouched");
    let id = text.id;
    cast.reopen_at(Clock::system()).await;
    let open = cast.engine.chat().open(id).await.unwrap();
    assert_eq!((open.tail[1].version, open.tail[1].versions), (3, 3), "also after a restart");
    assert_eq!(open.tail[0].message.text, "Roses are", "with the place where it belongs");
}

#[tokio::test]
async fn a_gap_is_filled_where_that_is_wanted_and_possible() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    let said = text.go_on("text-plain", "Roses are", " and violets are blue.").await;
    assert!(
        said.text.ends_with("Next comes “and violets are blue.”. "),
        "it saw what follows: {}",
        said.text
    );
    text.go_on("text-plain", "Roses are", " \n").await;
    assert_eq!(asked(&cast).pop().unwrap().1.get("suffix"), None, "blanks alone are no gap");
    for model in ["text-no-gap", "text-no-gap-words"] {
        let before = asked(&cast).len();
        for round in 0..2 {
            let said = text.go_on(model, "Roses are", " and violets").await;
            assert_eq!(
                (said.text.as_str(), said.state),
                (ADDED, MessageState::Done),
                "{model} goes on without"
            );
            assert_eq!(said.adapted, ["suffix"], "{model}, round {round}: and that is told");
        }
        let sent: Vec<_> =
            asked(&cast)[before..].iter().map(|(_, body)| body.get("suffix").is_some()).collect();
        assert_eq!(sent, [true, false, false], "{model}: refused, left out, remembered");
        let at_the_end = text.go_on(model, "Roses are", "").await;
        assert!(at_the_end.adapted.is_empty(), "{model}: where nothing follows, nothing was left out");
    }
}

#[tokio::test]
async fn a_model_that_wants_a_chat_is_offered_one_and_remembered() {
    let cast = Cast::new().await;
    for model in ["chat-only-404", "chat-only-400", "chat-only-zh", "chat-only-path"] {
        let text = Text::begin(&cast, "Roses are").await;
        let refused = text.go_on(model, "Roses are", "").await;
        assert_eq!((code(&refused), refused.state), ("wants_chat", MessageState::Failed), "{model}");
        let before = asked(&cast).len();
        let accepted = cast.engine.chat().continue_in_chat(refused.id, cast.to(model)).await.unwrap();
        let said = text.end(accepted.answer.message.id).await;
        assert_eq!((said.text.trim(), said.state), (SENTENCE, MessageState::Done), "{model} answers there");
        assert_eq!(said.adapted, ["prompt"], "and it is said how");
        let (path, body) = asked(&cast).remove(before);
        assert_eq!(path, "/v1/chat/completions");
        let question = body["messages"][0]["content"].as_str().unwrap();
        assert!(question.ends_with("\n\nRoses are") && body["max_tokens"] == 256, "{body}");
        assert_eq!(text.now().await, ("Roses are".into(), Some(said.id)), "nothing is taken by itself");
        let again = text.go_on(model, "Violets are", "").await;
        assert_eq!(
            (asked(&cast).last().unwrap().0.as_str(), again.adapted),
            ("/v1/chat/completions", vec!["prompt".into()])
        );
    }
    let learnt = cast.engine.services().learnt(cast.service.id).await.unwrap();
    assert!(learnt.len() == 4 && learnt.iter().all(|row| row.learnt.wants_chat), "{learnt:?}");
    cast.engine.services().forget_learnt(cast.service.id).await.unwrap();
    let text = Text::begin(&cast, "Roses are").await;
    assert_eq!(code(&text.go_on("chat-only-404", "Roses are", "").await), "wants_chat", "it is tried anew");
}

#[tokio::test]
async fn a_chat_that_fails_teaches_nothing() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    let refused = text.go_on("empty", "Roses are", "").await;
    assert_eq!(code(&refused), "wants_chat");
    let accepted = cast.engine.chat().continue_in_chat(refused.id, cast.to("empty")).await.unwrap();
    assert_eq!(code(&text.end(accepted.answer.message.id).await), "empty_answer");
    assert!(cast.engine.services().learnt(cast.service.id).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_gap_is_marked_for_a_chat() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    text.set(Options { logprobs: Some(true), ..Options::default() });
    let refused = text.go_on("chat-only-400", "Roses are", " and blue").await;
    let accepted = cast.engine.chat().continue_in_chat(refused.id, cast.to("chat-only-400")).await.unwrap();
    text.end(accepted.answer.message.id).await;
    let body = asked(&cast).pop().unwrap().1;
    let question = body["messages"][0]["content"].as_str().unwrap();
    assert!(question.ends_with("\n\nRoses are[GAP] and blue"), "{question}");
    assert_eq!(
        (body.get("suffix"), &body["logprobs"]),
        (None, &json!(true)),
        "the fields are those of a chat"
    );
}

#[tokio::test]
async fn what_cannot_be_had_is_said_and_the_text_stays() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    for (model, expected) in [
        ("text-empty", "empty_answer"),
        ("text-page", "not_an_api"),
        ("text-no-credit", "balance_empty"),
        ("nobody", "model_unknown"),
    ] {
        let said = text.go_on(model, "Roses are", " blue").await;
        assert_eq!((code(&said), said.state), (expected, MessageState::Failed), "{model}");
        assert_eq!(text.now().await.0, "Roses are blue", "{model}: the text is kept");
    }
    let nothing = text.ask("text-plain", " \n", "").await.unwrap_err();
    assert_eq!(nothing.code.as_str(), "nothing_to_send");
}

#[tokio::test]
async fn fields_that_are_refused_are_left_out_once_and_remembered() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    text.set(Options { best_of: Some(2), logprobs: Some(true), ..Options::default() });
    for (model, field) in [("text-no-best-of", "best_of"), ("text-no-logprobs", "logprobs")] {
        let said = text.go_on(model, "Roses are", "").await;
        assert_eq!((said.text.as_str(), said.adapted), (ADDED, vec![field.to_owned()]), "{model}");
    }
}

#[tokio::test]
async fn one_that_is_stopped_or_cut_keeps_what_came_and_goes_on() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    let answer = text.ask("text-slow", "Roses are", "").await.unwrap();
    let mut ear = cast.hear(answer);
    ear.until_shown("rises").await;
    let second = text.ask("text-plain", "Roses are", "").await.unwrap_err();
    assert_eq!(second.code.as_str(), "writing", "one at a time");
    cast.engine.chat().stop(answer);
    let stopped = ear.end().await.message;
    assert!(
        stopped.state == MessageState::Stopped && stopped.text.starts_with(" The river rises"),
        "{stopped:?}"
    );
    for model in ["text-cut", "text-cut-done"] {
        let cut = text.go_on(model, "Roses are", "").await;
        assert_eq!((code(&cut), cut.state), ("cut", MessageState::Cut), "{model}");
        assert!(!cut.text.is_empty() && ADDED.starts_with(&cut.text), "{model}: {}", cut.text);
        assert_eq!(text.now().await.1, Some(cut.id), "what came waits to be taken");
        cast.engine.chat().go_on(cut.id).await.unwrap();
        let grown = text.end(cut.id).await;
        assert!(
            grown.text.starts_with(&cut.text) && grown.text.len() > cut.text.len(),
            "{model}: {}",
            grown.text
        );
        let prompt = asked(&cast).pop().unwrap().1["prompt"].clone();
        assert_eq!(prompt, format!("Roses are{}", cut.text), "it goes on behind what came");
    }
}

#[tokio::test]
async fn a_suggestion_waits_until_it_is_taken_or_thrown_away() {
    let mut cast = Cast::new().await;
    let (id, taken) = {
        let text = Text::begin(&cast, "Roses are").await;
        let said = text.go_on("text-plain", "Roses are", " End.").await;
        let taken = format!("Roses are{} End.", said.text);
        cast.engine.chat().settle_text(text.id, taken.clone()).await.unwrap();
        (text.id, taken)
    };
    cast.reopen_at(Clock::system()).await;
    let text = Text { cast: &cast, id };
    assert_eq!(text.now().await, (taken.clone(), None), "taken: in the text, and nothing waits");
    let said = text.go_on("text-plain", &taken, "").await;
    assert_eq!(text.now().await.1, Some(said.id));
    cast.engine.chat().settle_text(id, taken.clone()).await.unwrap();
    assert_eq!(text.now().await, (taken.clone(), None), "thrown away");
    let said = text.go_on("text-plain", &taken, "").await;
    cast.engine.chat().save_draft(id.to_string(), "Something else".into()).await.unwrap();
    assert_eq!(text.now().await.1, None, "a text that went on without it is not interrupted by it");
    let kept = cast.engine.chat().continuations(id, None).await.unwrap();
    let ids: Vec<_> = kept.iter().filter_map(|one| one.answer.as_ref()).map(|answer| answer.id).collect();
    assert!(ids.len() == 3 && ids[0] == said.id, "every one of them is kept: {kept:?}");
}

#[tokio::test]
async fn going_back_loses_nothing_of_now() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    let first = text.go_on("text-plain", "Roses are", " End.").await;
    let now = format!("Roses are{} End. And more.", first.text);
    cast.engine.chat().settle_text(text.id, now.clone()).await.unwrap();
    let list = cast.engine.chat().continuations(text.id, None).await.unwrap();
    let open = cast.engine.chat().go_back_to_text(list[0].question, now.clone()).await.unwrap();
    assert_eq!(open.draft, "Roses are End.", "the text as it was");
    assert_eq!(open.tail[1].message.id, first.id, "with what was suggested then");
    assert_eq!(text.now().await, (open.draft, Some(first.id)), "on disk too");
    let list = cast.engine.chat().continuations(text.id, None).await.unwrap();
    assert_eq!(
        (list.len(), list[0].answer.is_none()),
        (2, true),
        "the text as it was just now is kept: {list:?}"
    );
    let back = cast.engine.chat().go_back_to_text(list[0].question, "Roses are End.".into()).await.unwrap();
    assert_eq!((back.draft, back.tail.len()), (now, 0), "and one can go back to it");
    let list = cast.engine.chat().continuations(text.id, None).await.unwrap();
    assert_eq!(list.len(), 2, "what is kept already is not kept again: {list:?}");
}

#[tokio::test]
async fn a_retry_is_another_version_also_by_another_model() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Roses are").await;
    let first = text.go_on("text-plain", "Roses are", "").await;
    let again = cast.engine.chat().retry(first.id, cast.to("text-whole")).await.unwrap();
    let second = text.end(again.answer.message.id).await;
    assert_eq!((second.model.as_str(), second.parent_id), ("text-whole", first.parent_id));
    let open = text.open().await;
    assert_eq!((open.tail[1].message.id, open.tail[1].versions), (second.id, 2));
    let ask = Ask { model: "chat-only-404".into(), ..cast.to("") };
    let refused = cast.engine.chat().retry(second.id, ask).await.unwrap();
    assert_eq!(code(&text.end(refused.answer.message.id).await), "wants_chat");
}

#[tokio::test]
async fn only_the_end_of_a_very_long_text_is_sent() {
    let cast = Cast::new().await;
    let text = Text::begin(&cast, "Long").await;
    let long = format!("{}The last words", "A paragraph of a long book.\n".repeat(20_000));
    let said = text.go_on("text-plain", &long, "").await;
    assert_eq!(said.state, MessageState::Done);
    let prompt = asked(&cast)[0].1["prompt"].as_str().unwrap().to_owned();
    assert!(prompt.len() < 64_000 * 4 && prompt.len() > 200_000, "{} letters", prompt.len());
    assert!(
        prompt.starts_with("A paragraph") && prompt.ends_with("The last words"),
        "cut between paragraphs"
    );
    assert_eq!(text.now().await.0, long, "the text itself is whole");
}

#[tokio::test]
async fn no_model_gives_a_text_its_title() {
    let cast = Cast::new().await;
    cast.let_models_title().await;
    let text = Text::begin(&cast, "Roses are").await;
    text.go_on("text-plain", "Roses are", "").await;
    cast.ask("plain", "Name a river.").await;
    let titles = || asked(&cast).iter().filter(|(_, body)| body.to_string().contains("short title")).count();
    eventually("the chat's title", || (titles() > 0).then_some(())).await;
    assert_eq!(titles(), 1, "the chat's alone: a text model cannot be asked for one");
    assert_eq!(row(&cast, text.id).await.conversation.title, "Roses are");
}
