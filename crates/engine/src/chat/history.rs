//! A message of the conversation as it goes over the wire. An answer that used tools is several messages there, each
//! call followed by its result; where no tools are offered they are told in words. Pure functions.

use gateway::chat::{Called, Message as Sent, Role as Speaker};
use serde_json::{Map, Value};
use store::table::message::{Message, Role};
use store::table::step::ToolCall;

/// Bytes of arguments that are taken in; a call that needs more is none that anybody would answer.
pub(crate) const LONGEST_ARGUMENTS: usize = 256 * 1024;

/// What goes back for a call that nobody answered.
const UNANSWERED: &str = "Nobody answered this call: the person went on without it.";
/// Stands behind calls that no words followed: some services take no question right behind a result.
const NO_WORDS: &str = "(I was stopped here.)";

/// What a message is sent as. `tools`: the request offers tools, so calls may stand in it as such. `open`: it is the
/// answer being written, and the model goes on where it ends.
pub(crate) fn sent(message: &Message, tools: bool, open: bool) -> Vec<Sent> {
    match message.role {
        Role::User => vec![Sent::text(Speaker::User, &message.text)],
        Role::Assistant if message.steps.is_empty() => vec![Sent::text(Speaker::Assistant, &message.text)],
        Role::Assistant if tools => as_calls(message, open),
        Role::Assistant => vec![Sent::text(Speaker::Assistant, as_words(message))],
    }
}

/// The arguments of a call as a JSON object, or why they are none.
pub(crate) fn arguments(call: &ToolCall) -> Result<Map<String, Value>, String> {
    let text = call.arguments.trim();
    if text.len() > LONGEST_ARGUMENTS {
        return Err(format!(
            "The arguments are too long: {} bytes, at most {LONGEST_ARGUMENTS} are taken.",
            text.len()
        ));
    }
    match serde_json::from_str(if text.is_empty() { "{}" } else { text }) {
        Ok(Value::Object(arguments)) => Ok(arguments),
        Ok(_) => Err("The arguments must be a JSON object.".into()),
        Err(error) => Err(format!("The arguments are no valid JSON: {error}.")),
    }
}

fn as_calls(message: &Message, open: bool) -> Vec<Sent> {
    let mut all = Vec::new();
    let mut said = 0;
    for step in message.steps.iter().filter(|step| !step.calls.is_empty()) {
        let calls = step.calls.iter().map(called).collect();
        all.push(Sent { tool_calls: calls, ..words(message, said, step.at) });
        all.extend(step.calls.iter().map(result));
        said = step.at;
    }
    let rest = words(message, said, message.text.len());
    if !rest.content.is_empty() {
        all.push(rest);
    } else if !open {
        all.push(Sent::text(Speaker::Assistant, NO_WORDS));
    }
    all
}

/// What was said between two places of the text.
fn words(message: &Message, from: usize, to: usize) -> Sent {
    Sent::text(Speaker::Assistant, message.text.get(from..to).unwrap_or_default().trim())
}

fn called(call: &ToolCall) -> Called {
    // Services that read the history fail on arguments that are no JSON object.
    let sound = arguments(call).is_ok() && !call.arguments.trim().is_empty();
    let arguments = if sound { call.arguments.clone() } else { "{}".into() };
    Called { id: call.id.clone(), name: call.name.clone(), arguments }
}

fn result(call: &ToolCall) -> Sent {
    Sent { tool_call_id: call.id.clone(), ..Sent::text(Speaker::Tool, answered(call)) }
}

fn answered(call: &ToolCall) -> &str {
    if call.result.is_empty() { UNANSWERED } else { &call.result }
}

fn as_words(message: &Message) -> String {
    let mut all = Vec::new();
    let mut said = 0;
    for step in &message.steps {
        all.push(words(message, said, step.at).content);
        all.extend(step.calls.iter().map(told));
        said = step.at;
    }
    all.push(words(message, said, message.text.len()).content);
    all.retain(|part| !part.is_empty());
    all.join("\n\n")
}

fn told(call: &ToolCall) -> String {
    let Called { name, arguments, .. } = called(call);
    format!("[I used the tool {name} with {arguments}. It answered: {}]", answered(call))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use store::ConversationId;
    use store::table::step::Step;

    use super::*;

    fn call(id: &str, arguments: &str, result: &str) -> ToolCall {
        ToolCall {
            id: id.into(),
            name: "calculator".into(),
            arguments: arguments.into(),
            result: result.into(),
            ..ToolCall::default()
        }
    }

    fn answer(text: &str, steps: Vec<Step>) -> Message {
        Message {
            text: text.into(),
            steps,
            ..Message::blank(ConversationId::new(), None, Role::Assistant, 0)
        }
    }

    fn brief(sent: &[Sent]) -> Vec<(Speaker, &str, &str)> {
        sent.iter().map(|one| (one.role, one.content.as_str(), one.tool_call_id.as_str())).collect()
    }

    #[test]
    fn an_answer_with_two_rounds_is_told_in_its_order() {
        let text = "Let me count.\n\nThat is 12.";
        let rounds = vec![
            Step { at: 13, calls: vec![call("a", "{\"expression\":\"3*4\"}", "12"), call("b", "", "no")] },
            Step { at: 13, calls: vec![call("c", "{}", "13")] },
        ];
        let sent = sent(&answer(text, rounds), true, false);
        assert_eq!(
            brief(&sent),
            [
                (Speaker::Assistant, "Let me count.", ""),
                (Speaker::Tool, "12", "a"),
                (Speaker::Tool, "no", "b"),
                (Speaker::Assistant, "", ""),
                (Speaker::Tool, "13", "c"),
                (Speaker::Assistant, "That is 12.", ""),
            ]
        );
        assert_eq!(sent[0].tool_calls.len(), 2, "both calls stand at their words");
        assert_eq!(sent[0].tool_calls[1].arguments, "{}", "no arguments are an empty object");
    }

    #[test]
    fn calls_that_nobody_answered_are_answered_so_all_the_same() {
        let open = vec![Step { at: 0, calls: vec![call("a", "{}", "")] }];
        let earlier = sent(&answer("", open.clone()), true, false);
        assert_eq!(
            brief(&earlier),
            [
                (Speaker::Assistant, "", ""),
                (Speaker::Tool, UNANSWERED, "a"),
                (Speaker::Assistant, NO_WORDS, "")
            ],
            "every call is followed by a result, and a question never follows a result"
        );
        assert_eq!(sent(&answer("", open), true, true).len(), 2, "the model itself goes on behind a result");
    }

    #[test]
    fn arguments_that_are_no_object_are_not_sent_back() {
        for bad in
            ["{\"a\":", "[1]", "3", "{}{}", &format!("{{\"a\":\"{}\"}}", "x".repeat(LONGEST_ARGUMENTS))]
        {
            assert!(arguments(&call("a", bad, "")).is_err(), "{bad:.20} is refused");
            assert_eq!(called(&call("a", bad, "")).arguments, "{}", "services fail on such a history");
        }
    }

    #[test]
    fn where_no_tools_are_offered_calls_are_words() {
        let step = Step { at: 13, calls: vec![call("a", "{\"expression\":\"3*4\"}", "12")] };
        let sent = sent(&answer("Let me count.\n\nThat is 12.", vec![step]), false, false);
        assert_eq!(
            brief(&sent),
            [(
                Speaker::Assistant,
                "Let me count.\n\n[I used the tool calculator with {\"expression\":\"3*4\"}. It answered: 12]\n\nThat is 12.",
                ""
            )]
        );
        assert!(sent[0].tool_calls.is_empty(), "such services refuse calls in the history too");
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_row_each_call_is_followed_by_its_result(
            text in "[a-z é\n]{0,60}",
            rounds in proptest::collection::vec((0_usize..80, proptest::collection::vec(("[{}\"a-z:]{0,9}", "[a-z]{0,3}"), 0..4)), 0..5),
            tools in any::<bool>(),
            open in any::<bool>(),
        ) {
            let mut number = 0;
            let steps = rounds.into_iter().map(|(at, calls)| Step {
                at,
                calls: calls.into_iter().map(|(arguments, result)| {
                    number += 1;
                    call(&format!("c{number}"), &arguments, &result)
                }).collect(),
            });
            let message = answer(&text, steps.collect());
            let sent = sent(&message, tools, open);
            let mut waiting: Vec<String> = Vec::new();
            for one in &sent {
                if one.role == Speaker::Tool {
                    prop_assert!(!one.content.is_empty(), "a result is never empty");
                    prop_assert_eq!(waiting.first(), Some(&one.tool_call_id), "results come in the order of the calls");
                    waiting.remove(0);
                } else {
                    prop_assert!(waiting.is_empty(), "words come only when every call is answered");
                    waiting = one.tool_calls.iter().map(|call| call.id.clone()).collect();
                    for call in &one.tool_calls {
                        prop_assert!(serde_json::from_str::<Map<String, Value>>(&call.arguments).is_ok());
                    }
                }
            }
            prop_assert!(waiting.is_empty(), "no call is left unanswered");
        }
    }
}
