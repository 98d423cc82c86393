//! Answers that arrive whole, in every form in which services send them: the text, the thoughts, what was counted.

use serde_json::json;
use store::table::message::{MessageState, Usage};

use crate::cast::{Cast, SENTENCE};

/// Scenarios whose whole answer is one sentence, asked for once.
const ONE_SENTENCE: &[&str] = &[
    "plain",
    "crlf",
    "cr",
    "crlf-split",
    "no-blank-lines",
    "no-space",
    "named-events",
    "comments",
    "multi-line-data",
    "none-marker",
    "bom",
    "message-not-delta",
    "legacy-text",
    "whole-at-end",
    "role-repeated",
    "no-index",
    "filter-prelude",
    "late-text",
    "unknown-fields",
    "json-though-stream",
    "json-after-blanks",
    "sse-though-not",
    "ping-deltas",
    "odd-finish",
    "refuses-temperature",
    "refuses-max-tokens",
];

const THOUGHT: &str = "A river is asked for. Any long one will do.";

#[tokio::test]
async fn every_form_of_one_sentence_is_that_sentence() {
    let cast = Cast::new().await;
    for (asked, model) in (1..).zip(ONE_SENTENCE) {
        let heard = cast.ask(model, "Name a river.").await;
        let message = &heard.message;
        assert_eq!(message.text, SENTENCE, "{model}: the whole text and nothing else");
        assert_eq!((message.state, heard.code()), (MessageState::Done, ""), "{model}: it is whole");
        assert_eq!(message.thoughts, "", "{model}: nothing was thought");
        assert_eq!(heard.blocks, heard.shown.blocks, "{model}: what was shown is what is kept");
        assert!(message.first_ms.is_some(), "{model}: the time to the first word is known");
        assert!(message.first_ms <= message.duration_ms, "{model}: the first word comes before the end");
        assert_eq!(cast.bodies().len(), asked, "{model}: one request was enough");
    }
}

#[tokio::test]
async fn a_question_is_sent_with_nothing_that_nobody_asked_for() {
    let cast = Cast::new().await;
    cast.ask("plain", "Name a river.").await;
    let wanted = json!({
        "model": "plain",
        "messages": [{"role": "user", "content": "Name a river."}],
        "stream": true,
        "stream_options": {"include_usage": true},
    });
    assert_eq!(cast.bodies(), [wanted], "strict services refuse every field too many");
}

#[tokio::test]
async fn an_answer_hangs_on_its_question_and_both_are_outlined() {
    let cast = Cast::new().await;
    let accepted = cast.send("plain", "  Name a river. \n").await;
    let question = accepted.question.unwrap().message;
    assert_eq!(question.text, "  Name a river.", "blanks at the end say nothing");
    assert_eq!(accepted.answer.message.parent_id, Some(question.id), "the answer hangs on the question");
    assert_eq!(accepted.outline.len(), 2, "question and answer are shown");
    let heard = cast.hear(accepted.answer.message.id).end().await;
    let opened = cast.engine.chat().open(accepted.conversation.id).await.unwrap();
    let shown: Vec<_> = opened.tail.iter().map(|view| view.message.text.as_str()).collect();
    assert_eq!(shown, ["  Name a river.", SENTENCE], "the conversation opens as it was left");
    assert_eq!(opened.conversation.head, Some(heard.message.id), "the answer is what is shown last");
    assert_eq!(opened.conversation.snippet, SENTENCE, "the list shows the last words");
}

#[tokio::test]
async fn letters_that_arrive_in_halves_are_whole() {
    let cast = Cast::new().await;
    let wide = cast.ask("split-utf8", "你好").await;
    assert_eq!(wide.message.text, "河流入海 🌊👩‍🚀 é", "bytes are joined before they are read");
    let chinese = cast.ask("chinese", "河流？").await;
    assert_eq!(chinese.message.text, "河流发源于山间，穿过平原，最后流入大海。🌊");
    let echo = cast.ask("echo", "Wörter 🌊 <b>&amp;</b> \"quoted\"").await;
    assert_eq!(echo.message.text, "Wörter 🌊 <b>&amp;</b> \"quoted\"", "what was sent comes back unchanged");
}

#[tokio::test]
async fn thoughts_in_every_form_are_kept_apart_from_the_answer() {
    let cast = Cast::new().await;
    let summary = format!("{THOUGHT} In short: the Loire.");
    let cases = [
        ("reasoning-field", THOUGHT, SENTENCE),
        ("reasoning-field-2", THOUGHT, SENTENCE),
        ("reasoning-field-both", THOUGHT, SENTENCE),
        ("reasoning-details", summary.as_str(), SENTENCE),
        ("reasoning-tags", THOUGHT, SENTENCE),
        ("reasoning-unopened", THOUGHT, SENTENCE),
        ("reasoning-unclosed", THOUGHT, ""),
        ("reasoning-only", THOUGHT, ""),
    ];
    for (model, thoughts, text) in cases {
        let heard = cast.ask(model, "Name a river.").await;
        assert_eq!(heard.message.thoughts.trim_end(), thoughts, "{model}: the thoughts");
        assert_eq!(heard.message.text, text, "{model}: the answer");
        assert_eq!(heard.message.state, MessageState::Done, "{model}: thoughts alone are something, too");
        assert!(heard.message.thought_ms.is_some(), "{model}: how long it thought is known");
        assert_eq!(heard.blocks, heard.shown.blocks, "{model}: what was shown is what is kept");
    }
}

#[tokio::test]
async fn thoughts_never_go_back_to_the_service() {
    let cast = Cast::new().await;
    let first = cast.ask("reasoning-field", "Name a river.").await;
    let place = Some(first.message.conversation_id);
    let second = cast.send_in(place, "plain", "Another?").await.unwrap();
    cast.hear(second.answer.message.id).end().await;
    let sent = json!([
        {"role": "user", "content": "Name a river."},
        {"role": "assistant", "content": SENTENCE},
        {"role": "user", "content": "Another?"},
    ]);
    assert_eq!(cast.bodies()[1]["messages"], sent, "history holds what was said, not what was thought");
}

#[tokio::test]
async fn parts_that_are_no_text_find_their_place() {
    let cast = Cast::new().await;
    let picture = cast.ask("array-content", "Name a river.").await;
    assert_eq!(picture.message.text, SENTENCE, "text parts are joined");
    assert!(picture.shown.attachments[0].media.is_some(), "what came is not lost, though nobody can show it");
    let refusal = cast.ask("refusal", "Do harm.").await;
    assert_eq!(refusal.message.text, "I cannot help with that.", "a refusal is said in the model's words");
    assert_eq!(refusal.message.state, MessageState::Done, "the model answered, if only to decline");
    let sources = cast.ask("citations", "Name a river.").await.message.citations;
    assert_eq!(sources.len(), 2, "a source counts once: {sources:?}");
    assert!(sources.iter().any(|one| one.title == "Rivers"), "a titled source: {sources:?}");
}

#[tokio::test]
async fn several_answers_are_kept_as_versions() {
    let cast = Cast::new().await;
    let heard = cast.ask("interleaved", "Name a river.").await;
    assert_eq!(heard.message.text, format!("Answer 1 of several. {SENTENCE}"), "choices are not mixed up");
    assert_eq!((heard.shown.version, heard.shown.versions), (1, 2), "the other one stands beside it");
    let outline = cast.engine.chat().open(heard.message.conversation_id).await.unwrap().outline;
    assert_eq!(outline.len(), 2, "the branch shown is one question and one answer");
    assert_eq!(outline[1].versions, 2, "the outline knows of the other answer");
}

#[tokio::test]
async fn counts_are_kept_as_told_and_missing_where_nobody_told() {
    let cast = Cast::new().await;
    let told = Some((Some(3), Some(13)));
    for (model, counted) in [
        ("plain", told),
        ("usage-last", told),
        ("usage-aside", told),
        ("usage-zero", None),
        ("no-usage", None),
    ] {
        let heard = cast.ask(model, "Name a river.").await;
        let usage = heard.message.usage.map(|usage: Usage| (usage.tokens_in, usage.tokens_out));
        assert_eq!(usage, counted, "{model}: what the service reports is what is kept");
        assert_eq!(heard.message.text, SENTENCE, "{model}: counting changes no word");
    }
    let growing = cast.ask("usage-every", "Name a river.").await.message.usage.unwrap();
    assert_eq!(growing.tokens_out, Some(14), "of growing counts the last one holds");
}

#[tokio::test]
async fn who_answered_and_why_it_ended_are_kept() {
    let cast = Cast::new().await;
    let plain = cast.ask("plain", "Name a river.").await.message;
    assert_eq!((plain.model.as_str(), plain.answered_by.as_str()), ("plain", "plain"));
    assert_eq!(plain.finish_reason, "stop");
    assert_eq!(plain.known_as, "chatcmpl-demo", "what to name in a question to the service");
    assert_eq!(cast.ask("odd-finish", "Name a river.").await.message.finish_reason, "eos", "as it came");
    let length = cast.ask("length", "Name a river.").await.message;
    assert_eq!(length.finish_reason, "length", "the window offers to go on");
    assert_eq!(length.state, MessageState::Done, "the service ended it in good order");
}

#[tokio::test]
async fn a_model_typed_with_blanks_is_the_model_meant() {
    let cast = Cast::new().await;
    let heard = cast.ask("  plain ", "Name a river.").await;
    assert_eq!(heard.message.text, SENTENCE, "the service knows the name without the blanks");
    assert_eq!(cast.bodies()[0]["model"], "plain");
}
