//! Models that call tools, in every form in which services stream calls, and in every way that can go wrong. What a model
//! calls stands in the question (see `calls`); what came back stands in its answer.

use std::iter;

use serde_json::{Value, json};

use super::{Scenario, scenario, speech::plain};
use crate::{
    answer::{Answer, done, event},
    calls::{self, Call},
    chunk,
    fault::Fault,
    reply::{Reply, Step, wait},
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("calls", |turn| in_form(turn, Form { pieces: numbered, ..DOCUMENTED })),
    scenario("calls-no-index", |turn| in_form(turn, Form { pieces: unnumbered, ..DOCUMENTED })),
    scenario("calls-index-zero", |turn| in_form(turn, Form { pieces: all_zero, ..DOCUMENTED })),
    scenario("calls-whole-piece", |turn| {
        in_form(turn, Form { pieces: whole_piece, finish: "stop", ..DOCUMENTED })
    }),
    scenario("calls-empty-ids", |turn| {
        in_form(turn, Form { pieces: empty_ids, finish: "stop", ..DOCUMENTED })
    }),
    scenario("calls-repeated", |turn| in_form(turn, Form { pieces: repeated, ..DOCUMENTED })),
    scenario("calls-in-message", |turn| in_form(turn, Form { pieces: in_message, ..DOCUMENTED })),
    scenario("calls-object", |turn| {
        in_form(turn, Form { pieces: object, whole: whole_object, ..DOCUMENTED })
    }),
    scenario("calls-old", |turn| {
        in_form(turn, Form { pieces: old, whole: whole_old, finish: "function_call", ..DOCUMENTED })
    }),
    scenario("calls-with-words", |turn| in_form(turn, Form { words: "Let me look.", ..DOCUMENTED })),
    scenario("calls-slow", |turn| in_form(turn, Form { words: "Let me look.", pace: 150, ..DOCUMENTED })),
    scenario("calls-endless", endless),
    scenario("calls-then-silent", then_silent),
    scenario("calls-unknown", |turn| with(turn, |call| "no_such_tool".clone_into(&mut call.name))),
    scenario("calls-bad-json", |turn| {
        with(turn, |call| "{\"expression\": 3*4".clone_into(&mut call.arguments))
    }),
    scenario("calls-megabyte", |turn| with(turn, |call| call.arguments = megabyte())),
    scenario("calls-without-end", without_end),
    scenario("calls-cut", |turn| cut(turn, None)),
    scenario("calls-error", |turn| cut(turn, Some(json!({"error": {"message": "Overloaded", "code": 503}})))),
    scenario("refuses-tools", refuses_tools),
    scenario("no-tool-use", no_tool_use),
];

const TOOLS: Fault =
    Fault::new(400, "invalid_request_error", "unsupported_parameter", "Unsupported parameter: 'tools'.")
        .naming("tools");
/// As a model server that serves this model without them says it.
const NO_TOOL_USE: Fault =
    Fault::new(400, "invalid_request_error", "", "registry.example/library/small:2b does not support tools");

/// How calls are written down.
#[derive(Clone, Copy)]
struct Form {
    /// What is said before them.
    words: &'static str,
    /// The deltas of a stream.
    pieces: fn(&[Call]) -> Vec<Value>,
    /// The field of a whole message.
    whole: fn(&[Call]) -> (&'static str, Value),
    finish: &'static str,
    /// Milliseconds before each piece.
    pace: u64,
}

const DOCUMENTED: Form =
    Form { words: "", pieces: numbered, whole: whole_calls, finish: "tool_calls", pace: 0 };

/// Calls, and then an answer with what came back.
fn in_form(turn: &Turn, form: Form) -> Reply {
    let results = calls::results(turn);
    if !results.is_empty() {
        return Answer::new(format!("The tools said: {}", results.join(" | "))).reply(turn);
    }
    let wanted = calls::wanted(turn);
    if wanted.is_empty() { plain(turn) } else { call(turn, form, &wanted) }
}

/// The documented form, with each call made something else.
fn with(turn: &Turn, change: fn(&mut Call)) -> Reply {
    if !calls::results(turn).is_empty() {
        return in_form(turn, DOCUMENTED);
    }
    let mut wanted = calls::wanted(turn);
    wanted.iter_mut().for_each(change);
    if wanted.is_empty() { plain(turn) } else { call(turn, DOCUMENTED, &wanted) }
}

/// Calls again whatever comes back.
fn endless(turn: &Turn) -> Reply {
    let wanted = calls::wanted(turn);
    if wanted.is_empty() { plain(turn) } else { call(turn, DOCUMENTED, &wanted) }
}

/// These calls in the documented form.
pub(super) fn documented(turn: &Turn, wanted: &[Call]) -> Reply {
    call(turn, DOCUMENTED, wanted)
}

fn call(turn: &Turn, form: Form, wanted: &[Call]) -> Reply {
    if !turn.streams() {
        let content = if form.words.is_empty() { Value::Null } else { form.words.into() };
        let mut message = json!({"role": "assistant", "content": content});
        let (field, calls) = (form.whole)(wanted);
        chunk::set(&mut message, field, calls);
        let usage = chunk::usage(turn, form.words, "");
        return Reply::json(200, &chunk::whole(turn, &message, form.finish, &usage));
    }
    let mut steps = vec![event(&chunk::opening(turn))];
    if !form.words.is_empty() {
        steps.push(event(&chunk::text(turn, form.words)));
    }
    for piece in (form.pieces)(wanted) {
        steps.extend([wait(form.pace), event(&piece_chunk(turn, &piece))]);
    }
    steps.push(event(&chunk::closing(turn, form.finish)));
    if turn.wants_usage() {
        steps.push(event(&chunk::usage_chunk(turn, &chunk::usage(turn, form.words, ""))));
    }
    steps.push(done());
    Reply::events(steps)
}

/// A delta, or a choice of its own when it brings a `message`.
fn piece_chunk(turn: &Turn, piece: &Value) -> Value {
    let mut made = chunk::chunk(turn, 0, piece, None);
    if piece.get("message").is_some() {
        let mut choice = piece.clone();
        chunk::set(&mut choice, "index", json!(0));
        chunk::set(&mut made, "choices", json!([choice]));
    }
    made
}

/// As documented: numbered, the first piece with id and name; pieces of several calls take turns.
fn numbered(calls: &[Call]) -> Vec<Value> {
    let heads = (0_usize..).zip(calls).map(|(index, call)| {
        let function = json!({"name": call.name, "arguments": ""});
        item(json!({"index": index, "id": call.id, "type": "function", "function": function}))
    });
    let cut: Vec<Vec<String>> = calls.iter().map(|call| quarters(&call.arguments)).collect();
    let longest = cut.iter().map(Vec::len).max().unwrap_or_default();
    let rest = (0..longest).flat_map(|place| {
        let at_place =
            (0_usize..).zip(&cut).filter_map(move |(index, pieces)| Some((index, pieces.get(place)?)));
        at_place.map(|(index, piece)| item(json!({"index": index, "function": {"arguments": piece}})))
    });
    heads.chain(rest).collect()
}

/// No number: what has an id opens a call.
fn unnumbered(calls: &[Call]) -> Vec<Value> {
    one_by_one(calls, |call, at, piece| match at {
        0 => json!({"id": call.id, "type": "function", "function": {"name": call.name, "arguments": piece}}),
        _ => json!({"function": {"arguments": piece}}),
    })
}

/// The number is always 0.
fn all_zero(calls: &[Call]) -> Vec<Value> {
    one_by_one(calls, |call, at, piece| match at {
        0 => json!({"index": 0, "id": call.id, "function": {"name": call.name, "arguments": piece}}),
        _ => json!({"index": 0, "function": {"arguments": piece}}),
    })
}

/// Id and name come with every piece.
fn repeated(calls: &[Call]) -> Vec<Value> {
    let mut pieces = Vec::new();
    for (index, call) in calls.iter().enumerate() {
        for piece in quarters(&call.arguments) {
            let function = json!({"name": call.name, "arguments": piece});
            pieces.push(item(json!({"index": index, "id": call.id, "function": function})));
        }
    }
    pieces
}

/// Every call in one piece, each with the number 0.
fn whole_piece(calls: &[Call]) -> Vec<Value> {
    let whole = |call: &Call| {
        item(json!({"index": 0, "id": call.id, "function": {"name": call.name, "arguments": call.arguments}}))
    };
    calls.iter().map(whole).collect()
}

/// The same without ids.
fn empty_ids(calls: &[Call]) -> Vec<Value> {
    let whole = |call: &Call| {
        item(json!({"index": 0, "id": "", "function": {"name": call.name, "arguments": call.arguments}}))
    };
    calls.iter().map(whole).collect()
}

/// Pieces, and at the end everything once more in a message.
fn in_message(calls: &[Call]) -> Vec<Value> {
    let mut pieces = numbered(calls);
    let (field, whole) = whole_calls(calls);
    pieces.push(
        json!({"message": {"role": "assistant", "content": null, field: whole}, "finish_reason": null}),
    );
    pieces
}

/// Arguments that are no text.
fn object(calls: &[Call]) -> Vec<Value> {
    (0_usize..)
        .zip(calls)
        .map(|(index, call)| {
            let function = json!({"name": call.name, "arguments": read(&call.arguments)});
            item(json!({"index": index, "id": call.id, "function": function}))
        })
        .collect()
}

/// From before there were several: one call, no id.
fn old(calls: &[Call]) -> Vec<Value> {
    let Some(call) = calls.first() else { return Vec::new() };
    let head = json!({"function_call": {"name": call.name, "arguments": ""}});
    let rest =
        quarters(&call.arguments).into_iter().map(|piece| json!({"function_call": {"arguments": piece}}));
    iter::once(head).chain(rest).collect()
}

fn whole_calls(calls: &[Call]) -> (&'static str, Value) {
    let one = |call: &Call| json!({"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}});
    ("tool_calls", calls.iter().map(one).collect())
}

fn whole_object(calls: &[Call]) -> (&'static str, Value) {
    let one = |call: &Call| json!({"id": call.id, "function": {"name": call.name, "arguments": read(&call.arguments)}});
    ("tool_calls", calls.iter().map(one).collect())
}

fn whole_old(calls: &[Call]) -> (&'static str, Value) {
    let one = calls.first().map(|call| json!({"name": call.name, "arguments": call.arguments}));
    ("function_call", one.unwrap_or_default())
}

fn one_by_one(calls: &[Call], piece: impl Fn(&Call, usize, &str) -> Value) -> Vec<Value> {
    let mut pieces = Vec::new();
    for call in calls {
        let cut = quarters(&call.arguments);
        pieces.extend(cut.iter().enumerate().map(|(at, part)| item(piece(call, at, part))));
    }
    pieces
}

#[expect(clippy::needless_pass_by_value, reason = "it becomes part of what is made")]
fn item(call: Value) -> Value {
    json!({"tool_calls": [call]})
}

fn read(arguments: &str) -> Value {
    serde_json::from_str(arguments).unwrap_or_default()
}

/// A text in about four pieces.
fn quarters(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(letters.len().div_ceil(4).max(1)).map(|piece| piece.iter().collect()).collect()
}

fn megabyte() -> String {
    json!({"expression": "1+".repeat(1 << 19)}).to_string()
}

/// Arguments that go on for as long as anybody listens.
fn without_end(turn: &Turn) -> Reply {
    let Some(call) = calls::wanted(turn).into_iter().next().filter(|_| turn.streams()) else {
        return plain(turn);
    };
    let function = json!({"name": call.name, "arguments": "{\"expression\":\""});
    let head =
        event(&chunk::chunk(turn, 0, &item(json!({"index": 0, "id": call.id, "function": function})), None));
    let more = item(json!({"index": 0, "function": {"arguments": "1+".repeat(8192)}}));
    let more = chunk::chunk(turn, 0, &more, None);
    Reply::events(iter::once(head).chain(iter::repeat_with(move || event(&more))))
}

/// The connection, or the service, ends inside the arguments.
fn cut(turn: &Turn, error: Option<Value>) -> Reply {
    let wanted = calls::wanted(turn);
    if wanted.is_empty() || !turn.streams() || !calls::results(turn).is_empty() {
        return in_form(turn, DOCUMENTED);
    }
    let mut pieces = numbered(&wanted);
    pieces.pop();
    let mut steps: Vec<Step> = vec![event(&chunk::opening(turn)), event(&chunk::text(turn, "Let me look."))];
    steps.extend(pieces.iter().map(|piece| event(&piece_chunk(turn, piece))));
    steps.push(wait(20));
    steps.push(error.map_or(Step::Cut, |error| event(&error)));
    Reply::events(steps)
}

/// Calls, and answers nothing to what comes back.
fn then_silent(turn: &Turn) -> Reply {
    if calls::results(turn).is_empty() { in_form(turn, DOCUMENTED) } else { Reply::Never }
}

fn refuses_tools(turn: &Turn) -> Reply {
    if turn.body.get("tools").is_some() { TOOLS.reply(turn.dialect()) } else { plain(turn) }
}

fn no_tool_use(turn: &Turn) -> Reply {
    if turn.body.get("tools").is_some() { NO_TOOL_USE.reply(turn.dialect()) } else { plain(turn) }
}
