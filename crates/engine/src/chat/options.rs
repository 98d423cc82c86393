//! A person's options as request fields: only what they set, by the API's own names. A pure function.

use serde_json::{Map, Value, json};
use store::table::options::{Options, ResponseFormat};

/// The fields to send. Tools and `stream` are not among them: those are decided where the request is built.
pub(crate) fn fields(options: &Options) -> Map<String, Value> {
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
    put("logit_bias", options.logit_bias.as_ref().map(|bias| json!(bias)));
    put("seed", options.seed.map(Into::into));
    put("stop", stop(&options.stop));
    put("user", options.user.clone().map(Into::into));
    put("reasoning_effort", options.reasoning_effort.clone().map(Into::into));
    put("response_format", options.response_format.as_ref().map(response_format));
    put("logprobs", options.logprobs.map(Into::into));
    put("top_logprobs", options.top_logprobs.map(Into::into));
    fields
}

/// One text as a string: some services take no list.
fn stop(texts: &[String]) -> Option<Value> {
    match texts {
        [] => None,
        [one] => Some(one.clone().into()),
        several => Some(several.to_vec().into()),
    }
}

fn response_format(format: &ResponseFormat) -> Value {
    match format {
        ResponseFormat::Text => json!({"type": "text"}),
        ResponseFormat::JsonObject => json!({"type": "json_object"}),
        ResponseFormat::JsonSchema { name, schema, strict } => {
            // It was checked when it was entered; one that cannot be read any more holds the model to nothing.
            let schema: Value = serde_json::from_str(schema).unwrap_or_else(|_| json!({}));
            json!({"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": strict}})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_set_is_not_sent() {
        assert!(fields(&Options::default()).is_empty(), "strict services refuse defaults");
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
        assert_eq!(Value::Object(fields(&options)), expected);
    }
}
