//! The chunk folder: reasoning in every form, choices, repeats, and no panic on any JSON.

use std::collections::VecDeque;

use gateway::chat::{Event, fold::Fold};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::heard::Heard;

pub fn fold(chunks: &[Value]) -> (Heard, Fold) {
    let mut fold = Fold::default();
    let mut events = VecDeque::new();
    for chunk in chunks {
        fold.take(chunk, &mut events);
    }
    fold.close(&mut events);
    let mut heard = Heard::default();
    for event in events {
        heard.take(event);
    }
    (heard, fold)
}

fn said(texts: &[&str]) -> (String, String) {
    let chunks: Vec<Value> =
        texts.iter().map(|text| json!({"choices": [{"delta": {"content": text}}]})).collect();
    let (heard, _) = fold(&chunks);
    (heard.thought, heard.text)
}

#[test]
fn reasoning_is_parted_from_the_answer() {
    let table: &[(&str, &str, &str)] = &[
        ("<think>a</think>b", "a", "b"),
        ("\n <think>\na\n</think>\n\nb", "a\n", "b"),
        ("<thinking>a</thinking>b", "a", "b"),
        ("<thought>a</thought>b", "a", "b"),
        ("<reasoning>a</reasoning>b", "a", "b"),
        ("<Think>a</THINK>b", "a", "b"),
        ("<think>never closed", "never closed", ""),
        ("<think></think>b", "", "b"),
        ("</think>b", "", "b"),
        ("a < b and c</thin> d", "", "a < b and c</thin> d"),
        ("no opening\n</think>\n\nb", "no opening\n", "b"),
        ("<think>a</think><think>c</think>b", "ac", "b"),
        ("<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b", "a", "b"),
        ("the tag `</think>` closes", "", "the tag `</think>` closes"),
        ("write <think> and </think>", "", "write <think> and </think>"),
        ("plain <|end|>", "", "plain <|end|>"),
        ("   indented", "", "   indented"),
        ("b <think>later</think>", "", "b <think>later</think>"),
        ("<thin", "", "<thin"),
        ("", "", ""),
    ];
    for (text, thought, answer) in table {
        let expected = ((*thought).to_owned(), (*answer).to_owned());
        assert_eq!(said(&[text]), expected, "{text:?} in one piece");
        let letters: Vec<String> = text.chars().map(String::from).collect();
        let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
        assert_eq!(said(&letters), expected, "{text:?} letter by letter");
    }
}

#[test]
fn reasoning_fields_count_once() {
    for delta in [
        json!({"reasoning_content": "a", "content": null}),
        json!({"reasoning": "a"}),
        json!({"reasoning": "a", "reasoning_content": "a"}),
        json!({"reasoning": "a", "reasoning_details": [{"type": "reasoning.text", "text": "a"}]}),
        json!({"reasoning_details": [{"type": "reasoning.summary", "summary": "a"}, {"type": "reasoning.encrypted", "data": "x"}]}),
        json!({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "a"}]}]}),
    ] {
        let (heard, _) = fold(&[
            json!({"choices": [{"delta": delta}]}),
            json!({"choices": [{"delta": {"content": "b"}}]}),
        ]);
        assert_eq!((heard.thought.as_str(), heard.text.as_str()), ("a", "b"), "reasoning in {delta}");
    }
}

#[test]
fn choices_keep_apart() {
    let mut fold = Fold::default();
    let mut events = VecDeque::new();
    for (index, text) in [(0, "<think>a"), (1, "x"), (0, "</think>b"), (1, "y")] {
        fold.take(&json!({"choices": [{"index": index, "delta": {"content": text}}]}), &mut events);
    }
    let text = |choice: u32| -> String {
        let of = |event: &Event| match event {
            Event::Text { choice: found, text } if *found == choice => Some(text.clone()),
            _ => None,
        };
        events.iter().filter_map(of).collect()
    };
    assert_eq!((text(0), text(1)), ("b".to_owned(), "xy".to_owned()), "interleaved choices");
}

#[test]
fn the_end_needs_a_reason_from_every_choice() {
    let reason = |index: u32, reason: Value| json!({"choices": [{"index": index, "delta": {}, "finish_reason": reason}]});
    assert!(!fold(&[]).1.is_finished(), "nothing was said");
    assert!(
        !fold(&[reason(0, json!("stop")), reason(1, Value::Null)]).1.is_finished(),
        "one is still speaking"
    );
    assert!(!fold(&[reason(0, json!(""))]).1.is_finished(), "an empty reason is none");
    let (heard, done) = fold(&[reason(0, json!("stop")), reason(0, json!("stop")), reason(0, json!("eos"))]);
    assert!(done.is_finished(), "all have ended");
    assert_eq!(heard.finish, ["stop", "eos"], "a repeated reason counts once, a new one counts");
}

#[test]
fn a_message_that_repeats_the_deltas_adds_nothing() {
    let delta = |text: &str| json!({"choices": [{"delta": {"content": text}}]});
    let message = |text: &str, reason: Value| json!({"choices": [{"message": {"content": text}, "finish_reason": reason}]});
    let cases = [
        vec![delta("one "), delta("two"), message("one two", json!("stop"))],
        vec![delta("one "), message("one two", json!("stop"))],
        vec![message("one two", json!("stop"))],
        vec![message("one ", Value::Null), message("two", json!("stop"))],
        vec![message("one t", Value::Null), message("wo", Value::Null), message("", json!("stop"))],
    ];
    for chunks in cases {
        assert_eq!(fold(&chunks).0.text, "one two", "deltas and messages {chunks:?}");
    }
}

#[test]
fn usage_is_the_last_report_in_any_spelling() {
    let report = |usage: Value| fold(&[json!({"usage": {"prompt_tokens": 1}}), usage]).0.usage.unwrap();
    let found = report(json!({"usage": {"input_tokens": "7", "output_tokens": 3.0}, "choices": []}));
    assert_eq!((found.tokens_in, found.tokens_out), (Some(7), Some(3)), "texts and floats are numbers");
    let found = report(json!({"x_groq": {"usage": {"prompt_tokens": 5}}}));
    assert_eq!(found.tokens_in, Some(5), "Groq's place");
    let found = report(json!({"usage": null, "choices": []}));
    assert_eq!(found.tokens_in, Some(1), "null does not replace a report");
}

/// JSON that uses the words of the protocol in the wrong places.
fn chunks() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "(<think>|</think>|[a-z<>/]{0,6}|é)".prop_map(Value::from),
    ];
    let key = prop::sample::select(vec![
        "choices",
        "delta",
        "message",
        "content",
        "text",
        "index",
        "finish_reason",
        "usage",
        "prompt_tokens",
        "cost",
        "images",
        "image_url",
        "url",
        "data",
        "annotations",
        "citations",
        "reasoning",
        "reasoning_details",
        "refusal",
        "model",
        "thinking",
        "b64_json",
        "logprobs",
        "token",
        "bytes",
        "logprob",
        "top_logprobs",
        "tokens",
        "token_logprobs",
    ]);
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_taken(values in prop::collection::vec(chunks(), 0..12)) {
        let (heard, _) = fold(&values);
        let size: usize = values.iter().map(|value| value.to_string().len()).sum();
        prop_assert!(heard.text.len() + heard.thought.len() <= size, "no text may be made up");
        let tokens: usize = heard.tokens.iter().map(|token| token.bytes.len()).sum();
        prop_assert!(tokens <= size, "neither may tokens");
    }

    #[test]
    fn pieces_of_a_text_mean_what_the_whole_means(
        parts in prop::collection::vec("(<think>|</think>|<thinking>|</thinking>|`|<|[ab \n]{1,3})", 0..8),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let text = parts.concat();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
        cuts.sort_unstable();
        let mut pieces = Vec::new();
        let mut from = 0;
        for cut in cuts.into_iter().chain([text.len()]) {
            pieces.push(&text[from..cut]);
            from = cut;
        }
        prop_assert_eq!(said(&pieces), said(&[&text]), "the same text in other pieces");
    }
}
