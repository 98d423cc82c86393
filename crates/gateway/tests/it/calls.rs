//! Tool calls in every form that services stream them: the same calls must come out, and no JSON may break it.

use std::collections::VecDeque;

use gateway::chat::fold::Fold;
use gateway::chat::{Called, Event};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::heard::Heard;

fn fold(deltas: &[Value]) -> Heard {
    let chunks = deltas.iter().map(|delta| json!({"choices": [{"delta": delta}]}));
    fold_chunks(&chunks.collect::<Vec<_>>())
}

fn fold_chunks(chunks: &[Value]) -> Heard {
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
    heard
}

/// One entry of a list of calls in a delta.
fn piece(fields: Value, name: Option<&str>, arguments: &str) -> Value {
    let mut item = fields;
    item["function"] = json!({"arguments": arguments});
    if let Some(name) = name {
        item["function"]["name"] = name.into();
    }
    json!({"tool_calls": [item]})
}

fn brief(calls: &[Called]) -> Vec<(&str, &str, &str)> {
    calls.iter().map(|call| (call.id.as_str(), call.name.as_str(), call.arguments.as_str())).collect()
}

#[test]
fn names_in_pieces_again_or_growing_are_one_name() {
    for names in
        [["get_", "weather"], ["get_weather", "get_weather"], ["get", "get_weather"], ["get_weather", ""]]
    {
        let [first, second] = names.map(|name| piece(json!({"index": 0, "id": "a"}), Some(name), ""));
        let heard = fold(&[first, second, piece(json!({"index": 0}), None, "{}")]);
        assert_eq!(brief(&heard.calls), [("a", "get_weather", "{}")], "the name in {names:?}");
    }
}

#[test]
fn ids_that_change_without_a_name_are_the_same_call() {
    let first = piece(json!({"index": 0, "id": "a"}), Some("f"), "{\"x\":");
    let heard = fold(&[first, piece(json!({"index": 0, "id": "b"}), None, "1}")]);
    assert_eq!(brief(&heard.calls), [("a", "f", "{\"x\":1}")], "only an id with a name opens a call");
}

#[test]
fn a_closed_object_is_never_written_into() {
    let one = |id: &str, arguments| piece(json!({"index": 0, "id": id}), Some("f"), arguments);
    let heard = fold(&[one("", "{\"x\":1}"), one("", "{\"x\":2}")]);
    let called: Vec<_> = heard.calls.iter().map(|call| call.arguments.as_str()).collect();
    assert_eq!(called, ["{\"x\":1}", "{\"x\":2}"], "without number and id it is another call");
    assert_ne!(heard.calls[0].id, heard.calls[1].id, "and each has an id of its own");
    let heard = fold(&[one("a", "{\"x\":\"}{\"}"), one("a", "{\"x\":\"}{\"}")]);
    assert_eq!(brief(&heard.calls), [("a", "f", "{\"x\":\"}{\"}")], "what is said twice is one call");
}

#[test]
fn calls_of_one_list_without_numbers_and_ids_keep_apart() {
    let item = |name: &str| json!({"function": {"name": name}});
    let heard = fold(&[json!({"tool_calls": [item("now"), item("now"), item("then")]})]);
    let names: Vec<_> = heard.calls.iter().map(|call| call.name.as_str()).collect();
    assert_eq!(names, ["now", "now", "then"], "three entries are three calls");
}

#[test]
fn a_number_that_comes_late_belongs_to_the_call_that_is_open() {
    let first = piece(json!({"id": "a"}), Some("f"), "{\"x\":");
    let heard = fold(&[first, piece(json!({"index": 0}), None, "1}")]);
    assert_eq!(brief(&heard.calls), [("a", "f", "{\"x\":1}")], "nothing in it opens another");
}

#[test]
fn choices_have_calls_of_their_own() {
    let chunk = |index: u32, name: &str| json!({"choices": [{"index": index, "delta": piece(json!({"index": 0, "id": "a"}), Some(name), "{}")}]});
    let mut events = VecDeque::new();
    let mut fold = Fold::default();
    for chunk in [chunk(0, "f"), chunk(1, "g")] {
        fold.take(&chunk, &mut events);
    }
    fold.close(&mut events);
    let found: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Calls { choice, calls } => Some((*choice, calls[0].name.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(found, [(0, "f"), (1, "g")], "the calls of each choice");
}

#[test]
fn what_names_nothing_and_says_nothing_is_no_call() {
    let heard = fold(&[json!({"tool_calls": [{}]}), json!({"tool_calls": []}), json!({"tool_calls": null})]);
    assert_eq!(heard.calls, [], "there is nothing to carry out");
}

#[test]
fn calls_beyond_what_any_answer_makes_are_left_out() {
    let many: Vec<Value> = (0..1000).map(|at| piece(json!({"index": at}), Some("f"), "{}")).collect();
    assert_eq!(fold(&many).calls.len(), 128, "memory stays bounded");
}

/// How a service writes calls down.
#[derive(Debug, Clone, Copy)]
enum Form {
    /// As documented: numbered, the id first.
    Documented,
    /// No number: a new id opens a call.
    Unnumbered,
    /// The number is always 0.
    Zero,
    /// Id and name come with every piece.
    Repeated,
    /// Everything is said once more at the end.
    Confirmed,
}

fn pieces_of(form: Form, calls: &[(String, String, String)], cuts: &[usize]) -> Vec<Value> {
    let mut chunks = Vec::new();
    for (number, (id, name, arguments)) in calls.iter().enumerate() {
        for (at, part) in cut(arguments, cuts).into_iter().enumerate() {
            let (mut fields, opens) = (json!({}), at == 0 || matches!(form, Form::Repeated));
            match form {
                Form::Documented | Form::Repeated | Form::Confirmed => fields["index"] = number.into(),
                Form::Zero => fields["index"] = 0.into(),
                Form::Unnumbered => {}
            }
            if opens {
                fields["id"] = id.as_str().into();
            }
            chunks.push(json!({"choices": [{"delta": piece(fields, opens.then_some(name), &part)}]}));
        }
    }
    if matches!(form, Form::Confirmed) {
        let said = calls.iter().map(|(id, name, arguments)| {
            json!({"id": id, "type": "function", "function": {"name": name, "arguments": arguments}})
        });
        let message = json!({"content": null, "tool_calls": said.collect::<Vec<_>>()});
        chunks.push(json!({"choices": [{"message": message, "finish_reason": "tool_calls"}]}));
    }
    chunks
}

/// A text in pieces; the first may be empty, as services send it.
fn cut(text: &str, cuts: &[usize]) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut pieces = vec![String::new()];
    let mut rest = letters.as_slice();
    for size in cuts.iter().cycle().take_while(|_| !cuts.is_empty()) {
        if rest.is_empty() {
            break;
        }
        let (piece, after) = rest.split_at((*size).min(rest.len()));
        pieces.push(piece.iter().collect());
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(rest.iter().collect());
    }
    pieces
}

fn arguments() -> impl Strategy<Value = String> {
    let text = "[a-z{}\\[\\]\"\\\\ é]{0,12}";
    prop::collection::btree_map("[a-z]{1,5}", text, 1..4)
        .prop_map(|fields| serde_json::to_string(&fields).unwrap())
}

proptest! {
    #[test]
    fn the_same_calls_come_out_of_every_form(
        said in prop::collection::vec(("[a-z_]{1,12}", arguments()), 1..5),
        cuts in prop::collection::vec(1_usize..9, 0..5),
        form in prop::sample::select(vec![
            Form::Documented, Form::Unnumbered, Form::Zero, Form::Repeated, Form::Confirmed,
        ]),
    ) {
        let calls: Vec<_> = said
            .into_iter()
            .enumerate()
            .map(|(at, (name, arguments))| (format!("call_{at}"), name, arguments))
            .collect();
        let heard = fold_chunks(&pieces_of(form, &calls, &cuts));
        let expected: Vec<_> = calls.iter().map(|(id, name, said)| (id.as_str(), name.as_str(), said.as_str())).collect();
        prop_assert_eq!(brief(&heard.calls), expected, "calls in the form {:?}", form);
    }

    #[test]
    fn any_json_in_the_place_of_calls_is_taken(values in prop::collection::vec(calls_or_worse(), 0..12)) {
        let heard = fold_chunks(&values);
        let size: usize = values.iter().map(|value| value.to_string().len()).sum();
        let came: usize = heard.calls.iter().map(|call| call.name.len() + call.arguments.len()).sum();
        prop_assert!(came <= size, "no call may be made up");
        let mut ids: Vec<_> = heard.calls.iter().map(|call| call.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), heard.calls.len(), "each call can be answered by its id");
        prop_assert!(!ids.contains(&""), "and has one");
    }
}

/// JSON that uses the words of the protocol in the wrong places.
fn calls_or_worse() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<i8>().prop_map(Value::from),
        "(\\{|\\}|\"|\\{\\}|[a-z]{0,4})".prop_map(Value::from),
    ];
    let key = prop::sample::select(vec![
        "choices",
        "delta",
        "message",
        "tool_calls",
        "function_call",
        "function",
        "custom",
        "index",
        "id",
        "name",
        "arguments",
        "input",
        "type",
    ]);
    leaf.prop_recursive(6, 48, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}
