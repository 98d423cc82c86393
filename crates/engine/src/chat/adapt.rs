//! A request is changed to what a model takes, once for each thing it refuses, and that is remembered.

use gateway::chat::{Message as Sent, Request, Role as Speaker};
use gateway::{Failure, Reading};
use store::table::learnt::Learnt;

use super::form;

/// Fields that make no sense without another one.
const NEEDS: &[(&str, &str)] = &[("top_logprobs", "logprobs")];

/// Words (lower case) of refusals that are about a value, not about the field.
const ABOUT_VALUES: &[&str] = &[
    "less than or equal",
    "greater than or equal",
    "must be between",
    "at most",
    "at least",
    "too large",
    "too small",
    "out of range",
    "maximum value",
    "minimum value",
];

/// What a refusal taught.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Lesson {
    /// The field that will be left out or sent otherwise.
    pub(crate) field: String,
    /// It holds for the next question too; a refused value does not.
    pub(crate) lasting: bool,
}

/// Learns from a refusal; none when nothing can be done.
pub(crate) fn learn(learnt: &mut Learnt, failure: &Failure, asked: &Request) -> Option<Lesson> {
    if !matches!(failure.status, 400 | 404 | 415 | 422 | 501) || failure.reading == Reading::ContextTooLong {
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
    if is_about_system(failure) {
        return set(&mut learnt.no_system, asked.messages.iter().any(is_system), "system");
    }
    let value = is_about_value(failure);
    if failure.names("max_tokens") && asked.options.contains_key("max_tokens") && !value {
        return set(&mut learnt.wants_max_completion_tokens, true, "max_tokens");
    }
    // A model that keeps to no schema may still keep to JSON: the smaller change is tried first.
    if failure.names(form::FIELD) && form::is_schema(&asked.options) {
        return set(&mut learnt.no_schemas, true, "json_schema");
    }
    // Where a path is unknown or a thing is not offered, a field that was sent may be the thing.
    let may_mean_a_field = matches!(
        failure.reading,
        Reading::FieldRefused | Reading::NotOffered | Reading::AddressWrong | Reading::Other
    );
    let named = failure.field.as_deref().filter(|_| may_mean_a_field)?;
    let field = asked.options.keys().find(|name| failure.names(name.as_str()) || *name == named)?.clone();
    learnt.refused_fields.push(field.clone());
    Some(Lesson { field, lasting: !value })
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
    let form = request.options.get(form::FIELD).cloned();
    if learnt.no_schemas {
        form::loosen(&mut request.options);
    }
    let is_refused = |name: &str| learnt.refused_fields.iter().any(|refused| refused == name);
    request.options.retain(|name, _| {
        let needed = NEEDS.iter().find(|(needing, _)| needing == name).map(|(_, needed)| *needed);
        !is_refused(name) && !needed.is_some_and(is_refused)
    });
    // Where no tools go along, what is said about them is refused.
    if !request.options.contains_key("tools") {
        request.options.retain(|name, _| name != "tool_choice" && name != "parallel_tool_calls");
    }
    form::tell(request, form.as_ref());
    if learnt.no_system {
        tell_by_the_person(&mut request.messages);
    }
}

/// What is told first becomes the beginning of the person's first message.
fn tell_by_the_person(messages: &mut Vec<Sent>) {
    if !messages.first().is_some_and(is_system) {
        return;
    }
    let told_first = messages.remove(0).content;
    match messages.iter_mut().find(|one| one.role == Speaker::User) {
        Some(question) => question.content = format!("{told_first}\n\n{}", question.content),
        None => messages.insert(0, Sent::text(Speaker::User, told_first)),
    }
}

fn is_system(message: &Sent) -> bool {
    message.role == Speaker::System
}

/// "Unsupported value: 'messages[0].role' does not support 'system' with this model."
fn is_about_system(failure: &Failure) -> bool {
    let said = failure.message.to_lowercase();
    failure.names("messages")
        && said.contains("system")
        && (said.contains("role") || said.contains("support"))
}

fn is_about_value(failure: &Failure) -> bool {
    let said = failure.message.to_lowercase();
    ABOUT_VALUES.iter().any(|words| said.contains(words))
}

fn set(flag: &mut bool, sent: bool, field: &str) -> Option<Lesson> {
    let news = sent && !*flag;
    *flag |= news;
    news.then(|| Lesson { field: field.to_owned(), lasting: true })
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

    fn with(fields: &[&str]) -> Request {
        let options = fields.iter().map(|field| ((*field).to_owned(), 1.into())).collect();
        Request { options, ..Request::default() }
    }

    fn left(learnt: &Learnt, fields: &[&str]) -> Vec<String> {
        let mut asked = with(fields);
        apply(learnt, &mut asked);
        asked.options.keys().cloned().collect()
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
            let lesson = Lesson { field: changed.into(), lasting: true };
            assert_eq!(learn(&mut learnt, &refusal(named), &asked), Some(lesson));
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
    fn a_refused_key_and_a_window_that_is_too_small_teach_nothing() {
        let key = Failure { status: 401, ..refusal("stream") };
        assert_eq!(learn(&mut Learnt::default(), &key, &request()), None);
        let long = Failure { reading: Reading::ContextTooLong, ..refusal("max_tokens") };
        assert_eq!(learn(&mut Learnt::default(), &long, &request()), None, "though it names a field");
    }

    #[test]
    fn a_refused_value_is_left_out_and_not_remembered() {
        let message = "max_tokens is too large: 9. This model supports at most 4 completion tokens.".into();
        let failure = Failure { message, ..refusal("max_tokens") };
        let mut learnt = Learnt::default();
        let lesson = Lesson { field: "max_tokens".into(), lasting: false };
        assert_eq!(learn(&mut learnt, &failure, &request()), Some(lesson));
        assert_eq!(left(&learnt, &["max_tokens", "seed"]), ["seed"]);
    }

    #[test]
    fn what_makes_no_sense_alone_goes_with_what_it_needs() {
        let mut learnt = Learnt::default();
        let sent = ["logprobs", "top_logprobs", "tools", "tool_choice", "parallel_tool_calls", "seed"];
        learn(&mut learnt, &refusal("logprobs"), &with(&sent)).unwrap();
        learn(&mut learnt, &refusal("tools"), &with(&sent)).unwrap();
        assert_eq!(left(&learnt, &sent), ["seed"], "a second refusal for each is spared");
    }

    #[test]
    fn a_model_that_takes_no_system_message_is_told_by_the_person() {
        let message =
            "Unsupported value: 'messages[0].role' does not support 'system' with this model.".into();
        let failure = Failure { message, ..refusal("messages[0].role") };
        let said = [Sent::text(Speaker::System, "Be kind."), Sent::text(Speaker::User, "Hello")];
        let mut asked = Request { messages: said.to_vec(), ..Request::default() };
        let mut learnt = Learnt::default();
        assert_eq!(
            learn(&mut learnt, &failure, &asked).map(|lesson| lesson.field).as_deref(),
            Some("system")
        );
        apply(&learnt, &mut asked);
        assert_eq!(asked.messages, [Sent::text(Speaker::User, "Be kind.\n\nHello")]);
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
