//! A request is changed to what a model takes, once for each thing it refuses, and that is remembered.

use gateway::chat::Request;
use gateway::{Failure, Reading};
use store::table::learnt::Learnt;

/// Learns from a refusal. The name of the field that will be sent otherwise, or none when nothing can be done.
pub(crate) fn learn(learnt: &mut Learnt, failure: &Failure, asked: &Request) -> Option<String> {
    if !matches!(failure.status, 400 | 404 | 415 | 422 | 501) {
        return None;
    }
    if failure.names("stream_options") || failure.names("include_usage") {
        return set(&mut learnt.no_stream_options, asked.include_usage && asked.stream, "stream_options");
    }
    if failure.names("stream") {
        // Some name `stream` and mean `stream_options`: the smaller change is tried first.
        if asked.stream && asked.include_usage && !learnt.no_stream_options {
            return set(&mut learnt.no_stream_options, true, "stream_options");
        }
        return set(&mut learnt.no_stream, asked.stream, "stream");
    }
    if failure.names("max_tokens") && asked.options.contains_key("max_tokens") {
        return set(&mut learnt.wants_max_completion_tokens, true, "max_tokens");
    }
    let named = failure.field.as_deref().filter(|_| failure.reading == Reading::FieldRefused)?;
    let field = asked.options.keys().find(|name| failure.names(name.as_str()) || *name == named)?.clone();
    learnt.refused_fields.push(field.clone());
    Some(field)
}

/// Makes a request fit what was learnt.
pub(crate) fn apply(learnt: &Learnt, request: &mut Request) {
    request.stream &= !learnt.no_stream;
    request.include_usage &= !learnt.no_stream_options;
    if learnt.wants_max_completion_tokens
        && let Some(limit) = request.options.remove("max_tokens")
    {
        request.options.entry("max_completion_tokens").or_insert(limit);
    }
    request.options.retain(|name, _| !learnt.refused_fields.contains(name));
    // Where no tools go along, what is said about them is refused.
    if !request.options.contains_key("tools") {
        request.options.retain(|name, _| name != "tool_choice" && name != "parallel_tool_calls");
    }
}

fn set(flag: &mut bool, sent: bool, field: &str) -> Option<String> {
    let news = sent && !*flag;
    *flag |= news;
    news.then(|| field.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refusal(field: &str) -> Failure {
        Failure {
            status: 400,
            reading: Reading::FieldRefused,
            field: Some(field.into()),
            ..Failure::default()
        }
    }

    fn request() -> Request {
        let mut options = serde_json::Map::new();
        options.insert("max_tokens".into(), 9.into());
        options.insert("temperature".into(), 2.into());
        Request { stream: true, include_usage: true, options, ..Request::default() }
    }

    #[test]
    fn each_refusal_changes_one_thing_and_then_there_is_nothing_left() {
        let mut learnt = Learnt::default();
        for (named, changed) in [
            ("stream", "stream_options"),
            ("stream", "stream"),
            ("max_tokens", "max_tokens"),
            ("temperature", "temperature"),
        ] {
            let mut asked = request();
            apply(&learnt, &mut asked);
            assert_eq!(learn(&mut learnt, &refusal(named), &asked).as_deref(), Some(changed));
        }
        let mut asked = request();
        apply(&learnt, &mut asked);
        assert!(!asked.stream && !asked.include_usage);
        assert_eq!(asked.options.keys().collect::<Vec<_>>(), ["max_completion_tokens"]);
        assert_eq!(
            learn(&mut learnt, &refusal("stream"), &asked),
            None,
            "it was not sent, so it cannot help"
        );
    }

    #[test]
    fn a_refused_key_teaches_nothing() {
        let failure = Failure { status: 401, ..refusal("stream") };
        assert_eq!(learn(&mut Learnt::default(), &failure, &request()), None);
    }

    proptest! {
        #[test]
        fn a_request_changes_with_every_lesson_and_lessons_come_to_an_end(
            named in proptest::collection::vec(
                "(stream|stream_options|max_tokens|max_completion_tokens|temperature|model|messages|x)(\\.[a-z]+)?",
                0..20,
            ),
            status in prop_oneof![Just(400_u16), Just(404), Just(422), Just(501)],
        ) {
            let mut learnt = Learnt::default();
            let mut lessons = 0;
            for name in named {
                let mut asked = request();
                apply(&learnt, &mut asked);
                let before = format!("{asked:?}");
                if learn(&mut learnt, &Failure { status, ..refusal(&name) }, &asked).is_some() {
                    lessons += 1;
                    let mut again = request();
                    apply(&learnt, &mut again);
                    prop_assert_ne!(format!("{again:?}"), before, "sending the same again cannot help");
                }
            }
            prop_assert!(lessons <= 5, "two of the stream, two of the limit, the temperature: {lessons}");
        }
    }
}
