//! Tool calls as a request knows them: what is offered, what was called, what came back. It makes no bytes.

use serde_json::{Value, json};

use crate::{fault::Fault, turn::Turn};

/// A call to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) id: String,
    pub(crate) name: String,
    /// JSON text, unless a scenario makes it something else.
    pub(crate) arguments: String,
}

const NO_RESULT: Fault = Fault::new(
    400,
    "invalid_request_error",
    "",
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.",
)
.naming("messages");
const NO_CALL: Fault = Fault::new(
    400,
    "invalid_request_error",
    "",
    "Messages with role 'tool' must be a response to a preceding message with 'tool_calls'.",
)
.naming("messages");
const NO_JSON: Fault = Fault::new(
    400,
    "invalid_request_error",
    "",
    "The arguments of a tool call in the history are no JSON object.",
)
.naming("messages");

/// The names of the tools that the request offers.
pub(crate) fn offered(turn: &Turn) -> Vec<&str> {
    let tools = turn.body.get("tools").and_then(Value::as_array).into_iter().flatten();
    tools.filter_map(|tool| tool.pointer("/function/name")?.as_str()).collect()
}

/// The calls that a model makes now: those that the question spells out (`calculator {"expression":"3*4"}`), or one of
/// the first tool. None when nothing is offered or calls are forbidden.
pub(crate) fn wanted(turn: &Turn) -> Vec<Call> {
    let offered = offered(turn);
    if offered.is_empty() || turn.body.get("tool_choice") == Some(&json!("none")) {
        return Vec::new();
    }
    let mut said = spelt_out(&turn.question());
    if said.is_empty() {
        said.extend(offered.first().map(|name| ((*name).to_owned(), usual(name).to_owned())));
    }
    if turn.body.get("parallel_tool_calls") == Some(&json!(false)) {
        said.truncate(1);
    }
    // Like some services, it counts from the start with every answer.
    let numbered = said.into_iter().enumerate();
    numbered.map(|(at, (name, arguments))| Call { id: format!("call_{}", at + 1), name, arguments }).collect()
}

/// What came back for the calls since the last question, in order.
pub(crate) fn results(turn: &Turn) -> Vec<String> {
    let since = since_question(turn).filter(|message| role(message) == "tool");
    since
        .map(|message| message.get("content").and_then(Value::as_str).unwrap_or_default().to_owned())
        .collect()
}

/// Why services refuse the calls in the history, if they would.
pub(crate) fn fault(turn: &Turn) -> Option<&'static Fault> {
    let mut waiting: Vec<&Value> = Vec::new();
    for message in messages(turn) {
        if role(message) == "tool" {
            let answered = waiting.iter().position(|id| Some(*id) == message.get("tool_call_id"));
            let Some(at) = answered else { return Some(&NO_CALL) };
            waiting.remove(at);
            continue;
        }
        if !waiting.is_empty() {
            return Some(&NO_RESULT);
        }
        for call in message.get("tool_calls").and_then(Value::as_array).into_iter().flatten() {
            let arguments = call.pointer("/function/arguments").and_then(Value::as_str).unwrap_or_default();
            if !serde_json::from_str::<Value>(arguments).is_ok_and(|arguments| arguments.is_object()) {
                return Some(&NO_JSON);
            }
            waiting.extend(call.get("id"));
        }
    }
    (!waiting.is_empty()).then_some(&NO_RESULT)
}

fn since_question(turn: &Turn) -> impl Iterator<Item = &Value> {
    let messages = messages(turn);
    let question = messages.iter().rposition(|message| role(message) == "user").unwrap_or_default();
    messages.iter().skip(question)
}

fn messages(turn: &Turn) -> &[Value] {
    turn.body.get("messages").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn role(message: &Value) -> &str {
    message.get("role").and_then(Value::as_str).unwrap_or_default()
}

/// Every `name {...}` of a text.
fn spelt_out(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let name = before.split_whitespace().next_back().unwrap_or_default();
        let arguments = rest.get(before.len()..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_str(arguments).into_iter::<Value>();
        rest = match values.next() {
            Some(Ok(_)) if before.ends_with(' ') => {
                let (spelt, after) = arguments.split_at(values.byte_offset());
                found.push((name.to_owned(), spelt.to_owned()));
                after
            }
            _ => behind,
        };
    }
    found
}

fn usual(name: &str) -> &'static str {
    match name {
        "calculator" => "{\"expression\":\"3*4\"}",
        "search_conversations" => "{\"words\":\"river\"}",
        _ => "{}",
    }
}
