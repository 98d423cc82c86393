//! A person's options as request fields: only what they set, by the API's own names. Pure functions.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use store::table::options::{AnswerLength, Options, ResponseFormat};

use super::first;
use crate::{Code, Error};

/// What counts: a conversation's own options, over the usual ones that it does not take away.
pub(crate) fn effective(own: &Options, usual: &Options) -> Options {
    let (Value::Object(own), Value::Object(mut all)) = (json!(own), json!(usual)) else { return own.clone() };
    let unset = own.get("unset").and_then(Value::as_array).cloned().unwrap_or_default();
    for name in unset.iter().filter_map(Value::as_str) {
        all.remove(name);
    }
    all.extend(own.into_iter().filter(|(_, value)| is_set(value)));
    all.remove("unset");
    serde_json::from_value(Value::Object(all)).unwrap_or_default()
}

fn is_set(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::String(text) => !text.is_empty(),
        _ => true,
    }
}

/// The fields to send to a model, those of the person's own JSON last. Tools and `stream` are not among
/// them: those are decided where the request is built.
pub(crate) fn fields(options: &Options, model: &str) -> Map<String, Value> {
    let mut fields = named(options);
    if let Some(length) = options.answer_length
        && first::takes_verbosity(model)
    {
        let word = match length {
            AnswerLength::Short => "low",
            AnswerLength::Long => "high",
        };
        fields.insert("verbosity".into(), word.into());
    }
    fields.extend(extra(&options.extra));
    fields
}

/// What a question says by itself, in a chat and in a text.
const SAID: &[&str] = &["messages", "prompt"];

/// The person's own JSON; nothing where it cannot be sent: that was said while it was typed.
fn extra(text: &str) -> Map<String, Value> {
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) if !SAID.iter().any(|name| fields.contains_key(*name)) => fields,
        _ => Map::new(),
    }
}

fn named(options: &Options) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    };
    put("temperature", options.temperature.map(Into::into));
    put("top_p", options.top_p.map(Into::into));
    put("n", options.n.map(Into::into));
    put("max_tokens", options.max_tokens.map(Into::into));
    put("max_completion_tokens", options.max_completion_tokens.map(Into::into));
    put("presence_penalty", options.presence_penalty.map(Into::into));
    put("frequency_penalty", options.frequency_penalty.map(Into::into));
    put("logit_bias", options.logit_bias.as_ref().map(logit_bias));
    put("seed", options.seed.map(Into::into));
    put("stop", stop(&options.stop));
    put("user", options.user.clone().map(Into::into));
    put("reasoning_effort", options.reasoning_effort.clone().map(Into::into));
    put("response_format", options.response_format.as_ref().map(response_format));
    put("logprobs", options.logprobs.map(Into::into));
    put("top_logprobs", options.top_logprobs.map(Into::into));
    fields
}

/// The fields to send for a text that is continued, those of the person's own JSON last. What only chats have is left
/// out; confidence is a number here.
pub(crate) fn of_text(options: &Options) -> Map<String, Value> {
    let mut fields = named(options);
    for only_in_chats in [
        "reasoning_effort",
        "response_format",
        "max_completion_tokens",
        "tool_choice",
        "parallel_tool_calls",
        "top_logprobs",
    ] {
        fields.remove(only_in_chats);
    }
    if fields.remove("logprobs") == Some(true.into()) {
        fields.insert("logprobs".into(), options.top_logprobs.unwrap_or(0).clamp(0, 5).into());
    }
    fields.extend(options.echo.map(|echo| ("echo".to_owned(), echo.into())));
    let least = options.n.unwrap_or(1);
    fields.extend(options.best_of.map(|best| ("best_of".to_owned(), best.max(least).into())));
    fields.extend(extra(&options.extra));
    fields
}

/// Refuses an option outside of its range, so that no service has to.
pub(crate) fn check(options: &Options) -> Result<(), Error> {
    let Some(field) = wrong(options) else { return Ok(()) };
    let mut error = Error::from(Code::OptionWrong);
    error.facts.field = Some(field.into());
    Err(error)
}

fn wrong(options: &Options) -> Option<&'static str> {
    let within =
        |value: Option<f64>, least: f64, most: f64| value.is_none_or(|it| (least..=most).contains(&it));
    let whole =
        |value: Option<i64>, least: i64, most: i64| value.is_none_or(|it| (least..=most).contains(&it));
    let likely = |value: &f64| (-100.0..=100.0).contains(value);
    let is_token = |name: &str| !name.is_empty() && name.bytes().all(|letter| letter.is_ascii_digit());
    let bias =
        |bias: &BTreeMap<String, f64>| bias.iter().all(|(name, value)| is_token(name) && likely(value));
    let ranges = [
        ("temperature", within(options.temperature, 0.0, 2.0)),
        ("top_p", within(options.top_p, 0.0, 1.0)),
        ("presence_penalty", within(options.presence_penalty, -2.0, 2.0)),
        ("frequency_penalty", within(options.frequency_penalty, -2.0, 2.0)),
        ("n", whole(options.n, 1, 128)),
        ("best_of", whole(options.best_of, 1, 20)),
        ("max_tokens", whole(options.max_tokens, 1, i64::MAX)),
        ("max_completion_tokens", whole(options.max_completion_tokens, 1, i64::MAX)),
        ("top_logprobs", whole(options.top_logprobs, 0, 20)),
        ("logit_bias", options.logit_bias.as_ref().is_none_or(bias)),
        ("response_format", options.response_format.as_ref().is_none_or(is_named)),
        ("stop", options.stop.len() <= 4 && options.stop.iter().all(|text| !text.is_empty())),
    ];
    ranges.into_iter().find(|(_, right)| !right).map(|(field, _)| field)
}

/// The name of a schema is of letters, digits, "_" and "-" alone; at most 64.
fn is_named(format: &ResponseFormat) -> bool {
    let ResponseFormat::JsonSchema { name, .. } = format else { return true };
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    (1..=64).contains(&name.len()) && name.chars().all(fits)
}

/// One text as a string: some services take no list.
fn stop(texts: &[String]) -> Option<Value> {
    match texts {
        [] => None,
        [one] => Some(one.clone().into()),
        several => Some(several.to_vec().into()),
    }
}

/// Whole numbers as such: some services take no others.
#[expect(clippy::cast_possible_truncation, reason = "it lies between -100 and 100")]
fn logit_bias(bias: &BTreeMap<String, f64>) -> Value {
    let number = |it: &f64| if it.fract() == 0.0 { json!(*it as i64) } else { json!(it) };
    bias.iter().map(|(token, weight)| (token.clone(), number(weight))).collect::<Map<_, _>>().into()
}

fn response_format(format: &ResponseFormat) -> Value {
    match format {
        ResponseFormat::Text => json!({"type": "text"}),
        ResponseFormat::JsonObject => json!({"type": "json_object"}),
        ResponseFormat::JsonSchema { name, description, schema, strict } => {
            // It was checked when it was entered; one that cannot be read any more holds the model to nothing.
            let schema: Value = serde_json::from_str(schema).unwrap_or_else(|_| json!({}));
            let mut form = Map::new();
            form.insert("name".into(), name.clone().into());
            if !description.is_empty() {
                form.insert("description".into(), description.clone().into());
            }
            form.insert("schema".into(), schema);
            form.insert("strict".into(), (*strict).into());
            json!({"type": "json_schema", "json_schema": form})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_set_is_not_sent() {
        assert!(fields(&Options::default(), "gpt-5").is_empty(), "strict services refuse defaults");
    }

    #[test]
    fn a_text_has_fields_of_its_own_and_none_of_a_chat() {
        let options = Options {
            logprobs: Some(true),
            top_logprobs: Some(3),
            reasoning_effort: Some("low".into()),
            response_format: Some(ResponseFormat::JsonObject),
            n: Some(3),
            best_of: Some(2),
            echo: Some(true),
            suffix: Some(true),
            ..Options::default()
        };
        let expected = json!({"n": 3, "logprobs": 3, "echo": true, "best_of": 3});
        assert_eq!(
            Value::Object(of_text(&options)),
            expected,
            "fewer than there are versions is refused by all"
        );
        let unsure = Options { logprobs: Some(false), top_logprobs: Some(3), ..Options::default() };
        assert!(of_text(&unsure).is_empty(), "no confidence was asked for");
    }

    #[test]
    fn what_was_set_is_sent_by_its_own_name() {
        let options = Options {
            temperature: Some(0.2),
            stop: vec!["END".into()],
            response_format: Some(ResponseFormat::JsonObject),
            ..Options::default()
        };
        let expected = json!({"temperature": 0.2, "stop": "END", "response_format": {"type": "json_object"}});
        assert_eq!(Value::Object(fields(&options, "m")), expected);
    }

    #[test]
    fn what_lies_outside_of_its_range_is_refused_by_name() {
        let refused = |options: Options| check(&options).map_err(|error| error.facts.field.unwrap());
        let nothing = Options::default();
        assert_eq!(refused(nothing.clone()), Ok(()));
        let least = Options { temperature: Some(0.0), n: Some(1), top_logprobs: Some(0), ..nothing.clone() };
        assert_eq!(refused(least), Ok(()), "the ends belong to the range");
        let bias = |token: &str, weight: f64| Options {
            logit_bias: Some(BTreeMap::from([(token.to_owned(), weight)])),
            ..Options::default()
        };
        let named = |name: &str| Options {
            response_format: Some(ResponseFormat::JsonSchema {
                name: name.into(),
                description: String::new(),
                schema: "{}".into(),
                strict: true,
            }),
            ..Options::default()
        };
        for (field, options) in [
            ("temperature", Options { temperature: Some(2.1), ..nothing.clone() }),
            ("temperature", Options { temperature: Some(f64::NAN), ..nothing.clone() }),
            ("top_p", Options { top_p: Some(-0.1), ..nothing.clone() }),
            ("n", Options { n: Some(0), ..nothing.clone() }),
            ("n", Options { n: Some(129), ..nothing.clone() }),
            ("max_tokens", Options { max_tokens: Some(0), ..nothing.clone() }),
            ("top_logprobs", Options { top_logprobs: Some(21), ..nothing.clone() }),
            ("response_format", named("two words")),
            ("response_format", named("")),
            ("stop", Options { stop: vec!["x".into(); 5], ..nothing.clone() }),
            ("stop", Options { stop: vec![String::new()], ..nothing.clone() }),
            ("logit_bias", bias("12", 101.0)),
            ("logit_bias", bias("word", 1.0)),
        ] {
            assert_eq!(refused(options), Err(field.to_owned()));
        }
        assert_eq!(refused(bias("12", -100.0)), Ok(()));
    }

    #[test]
    fn the_persons_own_json_comes_last_and_only_when_it_can_be_sent() {
        let with = |extra: &str| {
            let options = Options { temperature: Some(0.2), extra: extra.into(), ..Options::default() };
            Value::Object(fields(&options, "m"))
        };
        assert_eq!(with(r#"{"top_k": 4, "temperature": 1}"#), json!({"temperature": 1, "top_k": 4}));
        for broken in ["{", "[1]", "7", r#"{"messages": []}"#, r#"{"prompt": "x"}"#] {
            assert_eq!(with(broken), json!({"temperature": 0.2}), "{broken} is not sent");
        }
    }

    #[test]
    fn verbosity_goes_only_to_models_that_take_it() {
        let short = Options { answer_length: Some(AnswerLength::Short), ..Options::default() };
        assert_eq!(Value::Object(fields(&short, "openai/gpt-5")), json!({"verbosity": "low"}));
        assert!(fields(&short, "gpt-4o").is_empty(), "others are told in words");
    }

    #[test]
    fn a_conversations_own_options_lie_over_the_usual_ones() {
        let usual =
            Options { temperature: Some(0.2), seed: Some(7), stop: vec!["END".into()], ..Options::default() };
        let own = Options {
            temperature: Some(1.5),
            top_p: Some(0.5),
            unset: vec!["seed".into(), "topP".into()],
            ..Options::default()
        };
        let expected = Options {
            temperature: Some(1.5),
            top_p: Some(0.5),
            stop: vec!["END".into()],
            ..Options::default()
        };
        assert_eq!(effective(&own, &usual), expected, "its own, the usual, and nothing that it takes away");
        assert_eq!(effective(&Options::default(), &usual), usual, "what says nothing is as usual");
    }
}
