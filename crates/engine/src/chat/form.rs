//! The form in which an answer is asked for: kept with it, and said in words where a request field does not say it. Pure
//! functions.

use gateway::chat::{Message as Sent, Request, Role as Speaker};
use serde_json::{Map, Value, json};

/// The request field that asks for a form.
pub(crate) const FIELD: &str = "response_format";

/// Asks for JSON where the service does not see to it, or wants the word to be said.
const ANY: &str = "Answer with JSON alone: no other words before or after it, and no code fence.";
/// Goes before a schema.
const FITTING: &str = "It must fit this JSON Schema:";

/// The schema that these request fields ask an answer to fit, "" for any JSON; none when they ask for words.
pub(crate) fn asked(fields: &Map<String, Value>) -> Option<String> {
    let form = fields.get(FIELD)?;
    match form.get("type").and_then(Value::as_str)? {
        "json_object" => Some(String::new()),
        "json_schema" => Some(schema(form).map(Value::to_string).unwrap_or_default()),
        _ => None,
    }
}

/// True when these fields ask for a form by a schema.
pub(crate) fn is_schema(fields: &Map<String, Value>) -> bool {
    fields.get(FIELD).and_then(kind) == Some("json_schema")
}

/// Asks for any JSON where a schema was asked for.
pub(crate) fn loosen(fields: &mut Map<String, Value>) {
    if is_schema(fields) {
        fields.insert(FIELD.to_owned(), json!({"type": "json_object"}));
    }
}

/// Says in words what `wanted`, the field as the person set it, asks for and the request does not, once it was changed
/// to what the model takes. Some services want the word JSON to be said besides.
pub(crate) fn tell(request: &mut Request, wanted: Option<&Value>) {
    let Some(wanted) = wanted else { return };
    let told = match (kind(wanted), request.options.get(FIELD).and_then(kind)) {
        (Some("json_schema"), Some("json_schema")) => return,
        (Some("json_schema"), _) => {
            schema(wanted).map_or_else(|| ANY.to_owned(), |schema| format!("{ANY} {FITTING}\n{schema}"))
        }
        (Some("json_object"), None) => ANY.to_owned(),
        (Some("json_object"), Some(_)) if !says_json(&request.messages) => ANY.to_owned(),
        _ => return,
    };
    say(&mut request.messages, &told);
}

fn kind(form: &Value) -> Option<&str> {
    form.get("type").and_then(Value::as_str)
}

fn schema(form: &Value) -> Option<&Value> {
    form.pointer("/json_schema/schema")
}

fn says_json(messages: &[Sent]) -> bool {
    messages.iter().any(|message| message.content.to_lowercase().contains("json"))
}

/// Behind the instructions where there are some: a second system message is more than some services take.
fn say(messages: &mut Vec<Sent>, words: &str) {
    match messages.first_mut().filter(|first| first.role == Speaker::System) {
        Some(instructions) => instructions.content = format!("{}\n\n{words}", instructions.content),
        None => messages.insert(0, Sent::text(Speaker::System, words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn any() -> Value {
        json!({"type": "json_object"})
    }

    fn fitting() -> Value {
        json!({"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "array"}}})
    }

    /// What is sent to a model when `sent` of what was `wanted` is left.
    fn told(wanted: &Value, sent: Option<Value>, words: &[Sent]) -> Vec<Sent> {
        let options = sent.into_iter().map(|form| (FIELD.to_owned(), form)).collect();
        let mut request = Request { options, messages: words.to_vec(), ..Request::default() };
        tell(&mut request, Some(wanted));
        request.messages
    }

    #[test]
    fn the_form_is_read_from_the_fields() {
        let of = |form: Value| asked(&[(FIELD.to_owned(), form)].into_iter().collect());
        assert_eq!(of(any()), Some(String::new()));
        assert_eq!(of(fitting()), Some("{\"type\":\"array\"}".into()));
        assert_eq!(of(json!({"type": "text"})), None);
        assert_eq!(of(json!("json")), None);
        assert_eq!(asked(&Map::new()), None);
    }

    #[test]
    fn the_word_is_said_where_nobody_said_it() {
        let question = [Sent::text(Speaker::User, "Name rivers.")];
        let sent = told(&any(), Some(any()), &question);
        assert_eq!((sent[0].role, sent[0].content.as_str()), (Speaker::System, ANY));
        assert_eq!(sent.len(), 2, "before the question");
        let asked = [Sent::text(Speaker::User, "Name rivers, as Json.")];
        assert_eq!(told(&any(), Some(any()), &asked), asked, "the person said it");
        assert_eq!(told(&fitting(), Some(fitting()), &question), question, "a schema needs no words");
    }

    #[test]
    fn what_the_model_refused_is_asked_for_in_words() {
        let words = [Sent::text(Speaker::System, "Be brief."), Sent::text(Speaker::User, "Name rivers.")];
        for left in [None, Some(any())] {
            let sent = told(&fitting(), left, &words);
            assert_eq!(sent.len(), 2, "one system message is enough");
            assert!(sent[0].content.starts_with("Be brief.\n\n"), "instructions come first");
            assert!(
                sent[0].content.ends_with("{\"type\":\"array\"}"),
                "with the schema: {}",
                sent[0].content
            );
        }
        assert!(told(&any(), None, &words)[0].content.ends_with(ANY));
    }
}
