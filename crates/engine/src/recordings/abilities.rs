//! What each kind of model that writes down takes, told by its name (reference 7.1), the fields of a request that fit it, and
//! how they are changed when one is refused. It asks nobody.

use gateway::{Failure, Reading};
use serde_json::{Map, Value, json};
use store::table::learnt::LearntRow;
use store::table::model::{Model, ModelKind};
use store::table::transcript::{TranscriptOptions, TranscriptTask};

use crate::view::Scribe;

const FORMAT: &str = "response_format";
/// The part is repeated, so its name ends so.
const TIMES: &str = "timestamp_granularities[]";
const CHUNKS: &str = "chunking_strategy";

/// What models of one family take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Abilities {
    /// The form of the answer that tells most.
    form: &'static str,
    /// Spelling can be hinted at.
    prompt: bool,
    /// It can tell what is said in English.
    translates: bool,
}

fn of(model: &str) -> Abilities {
    let name = model.to_lowercase();
    // Resellers put the maker before the name, and their own marks behind it.
    let name = name.rsplit('/').next().unwrap_or_default();
    match () {
        () if name.contains("diarize") => {
            Abilities { form: "diarized_json", prompt: false, translates: false }
        }
        () if name.starts_with("gpt-") => Abilities { form: "json", prompt: true, translates: false },
        () => Abilities { form: "verbose_json", prompt: true, translates: name.contains("whisper") },
    }
}

/// A model as one that writes down; none when it does not.
pub(super) fn scribe(model: &Model, learnt: &[LearntRow]) -> Option<Scribe> {
    if model.kind != ModelKind::Transcription {
        return None;
    }
    let can = of(&model.name);
    let row = learnt.iter().find(|row| row.service_id == model.service_id && row.model == model.name);
    let is_refused =
        |field: &str| row.is_some_and(|row| row.learnt.refused_fields.iter().any(|it| it == field));
    Some(Scribe {
        service_id: model.service_id,
        model: model.name.clone(),
        label: model.label.clone(),
        favourite: model.favourite,
        times: can.form != "json" && !is_refused(can.form) && !is_refused(FORMAT),
        speakers: can.form == "diarized_json" && !is_refused(can.form),
        prompt: can.prompt && !is_refused("prompt"),
        language: !is_refused("language"),
        translates: can.translates,
        price_call: model.price_call,
    })
}

/// The fields to send: what was chosen, as far as the model takes it and was not found to refuse it.
pub(super) fn fields(
    model: &str,
    task: TranscriptTask,
    options: &TranscriptOptions,
    refused: &[String],
) -> Map<String, Value> {
    let can = of(model);
    let is_refused = |field: &str| refused.iter().any(|it| it == field);
    let mut fields = Map::new();
    fields.insert("model".into(), model.into());
    let form = if is_refused(can.form) { "json" } else { can.form };
    if !is_refused(FORMAT) {
        fields.insert(FORMAT.into(), form.into());
        if form == "verbose_json" && task == TranscriptTask::Transcribe && !is_refused(TIMES) {
            fields.insert(TIMES.into(), json!(["segment", "word"]));
        }
        if form == "diarized_json" && !is_refused(CHUNKS) {
            fields.insert(CHUNKS.into(), "auto".into());
        }
    }
    let language = options.language.as_deref().filter(|language| !language.is_empty());
    if let Some(language) = language.filter(|_| task == TranscriptTask::Transcribe && !is_refused("language"))
    {
        fields.insert("language".into(), language.into());
    }
    let prompt = options.prompt.trim();
    if can.prompt && !prompt.is_empty() && !is_refused("prompt") {
        fields.insert("prompt".into(), prompt.into());
    }
    fields
}

/// Changes a request that was refused, and tells what is to be remembered; none where nothing can be left out.
#[expect(clippy::option_option, reason = "something may be changed of which nothing is learnt")]
pub(super) fn adapted(fields: &mut Map<String, Value>, failure: &Failure) -> Option<Option<String>> {
    let is_about_fields = matches!(failure.reading, Reading::FieldRefused | Reading::Other);
    if !matches!(failure.status, 400 | 415 | 422) || !is_about_fields {
        return None;
    }
    let said = failure.message.to_lowercase();
    let form = fields.get(FORMAT).and_then(Value::as_str).map(str::to_owned);
    let names = |field: &str| failure.names(field.trim_end_matches("[]"));
    for field in [TIMES, CHUNKS, "language", "prompt"] {
        if fields.contains_key(field) && names(field) {
            fields.remove(field);
            return Some(Some(field.to_owned()));
        }
    }
    let form = form?;
    let is_named = names(FORMAT) || said.contains(FORMAT) || said.contains(&form);
    fields.remove(TIMES);
    fields.remove(CHUNKS);
    if form == "json" {
        fields.remove(FORMAT);
        return is_named.then(|| Some(FORMAT.to_owned()));
    }
    // Whatever it was about: nothing was done, so asking for less costs nothing.
    fields.insert(FORMAT.into(), "json".into());
    Some(is_named.then_some(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> TranscriptOptions {
        TranscriptOptions { language: Some("pl".into()), prompt: " Kowalska ".into() }
    }

    #[test]
    fn only_what_fits_is_sent() {
        let sent = |model: &str, task| Value::Object(fields(model, task, &all(), &[]));
        assert_eq!(
            sent("openai/whisper-1", TranscriptTask::Transcribe),
            json!({"model": "openai/whisper-1", "response_format": "verbose_json",
                   "timestamp_granularities[]": ["segment", "word"], "language": "pl", "prompt": "Kowalska"})
        );
        assert_eq!(
            sent("whisper-1", TranscriptTask::Translate),
            json!({"model": "whisper-1", "response_format": "verbose_json", "prompt": "Kowalska"})
        );
        assert_eq!(
            sent("gpt-4o-transcribe", TranscriptTask::Transcribe),
            json!({"model": "gpt-4o-transcribe", "response_format": "json", "language": "pl", "prompt": "Kowalska"})
        );
        assert_eq!(
            sent("gpt-4o-transcribe-diarize", TranscriptTask::Transcribe),
            json!({"model": "gpt-4o-transcribe-diarize", "response_format": "diarized_json",
                   "chunking_strategy": "auto", "language": "pl"})
        );
    }

    #[test]
    fn what_is_refused_is_left_out_step_by_step_and_remembered() {
        let refused = |field: Option<&str>, message: &str| Failure {
            status: 400,
            reading: if field.is_some() { Reading::FieldRefused } else { Reading::Other },
            field: field.map(str::to_owned),
            message: message.into(),
            ..Failure::default()
        };
        let mut sent = fields("whisper-1", TranscriptTask::Transcribe, &TranscriptOptions::default(), &[]);
        let learnt = adapted(&mut sent, &refused(Some("timestamp_granularities[]"), ""));
        assert_eq!((learnt, sent.len()), (Some(Some(TIMES.into())), 2));
        let learnt = adapted(&mut sent, &refused(None, "verbose_json is not supported"));
        assert_eq!((learnt, &sent[FORMAT]), (Some(Some("verbose_json".into())), &json!("json")));
        let learnt = adapted(&mut sent, &refused(Some("response_format"), ""));
        assert_eq!((learnt, sent.len()), (Some(Some(FORMAT.into())), 1), "the name is all that is left");
        assert_eq!(adapted(&mut sent, &refused(Some("model"), "")), None);
        let mut sent = fields("whisper-1", TranscriptTask::Transcribe, &TranscriptOptions::default(), &[]);
        let learnt = adapted(&mut sent, &refused(None, "bad request"));
        assert_eq!(learnt, Some(None), "it is tried with less, and nothing is remembered");
        let known = ["verbose_json".to_owned()];
        let sent = fields("whisper-1", TranscriptTask::Transcribe, &TranscriptOptions::default(), &known);
        assert_eq!(Value::Object(sent), json!({"model": "whisper-1", "response_format": "json"}));
    }
}
