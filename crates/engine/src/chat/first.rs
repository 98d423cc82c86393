//! What a model is told before everything else: the person's instructions, how long to answer, and what stands for the
//! part of the conversation that is not sent. A pure function.

use store::table::options::AnswerLength;

const SHORT: &str = "Answer briefly: a few sentences at most, unless more is asked for.";
const LONG: &str = "Answer in detail: explain, give examples, and leave nothing out that may matter.";
const SUMMARY: &str = "A summary of the conversation before the messages that follow:";

/// The words of the system message; "" when there is nothing to be told.
pub(crate) fn words(instructions: &str, length: Option<AnswerLength>, summary: Option<&str>) -> String {
    let length = length.map(|length| match length {
        AnswerLength::Short => SHORT.to_owned(),
        AnswerLength::Long => LONG.to_owned(),
    });
    let instructions = Some(instructions.trim().to_owned()).filter(|words| !words.is_empty());
    let summary = summary.map(|summary| format!("{SUMMARY}\n\n{}", summary.trim()));
    instructions.into_iter().chain(length).chain(summary).collect::<Vec<_>>().join("\n\n")
}

/// Whether a model takes `verbosity`: one whose makers named it so.
pub(crate) fn takes_verbosity(model: &str) -> bool {
    let name = model.rsplit('/').next().unwrap_or_default().to_lowercase();
    name.starts_with("gpt-5") && !name.starts_with("gpt-5-chat")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_tell_is_not_told() {
        assert_eq!(words(" \n", None, None), "");
    }

    #[test]
    fn instructions_come_first_and_the_summary_last() {
        let told = words(" Be kind. ", Some(AnswerLength::Short), Some("They met."));
        assert_eq!(told, format!("Be kind.\n\n{SHORT}\n\n{SUMMARY}\n\nThey met."));
    }

    #[test]
    fn only_models_that_know_verbosity_get_it() {
        assert!(takes_verbosity("openai/gpt-5-mini") && takes_verbosity("gpt-5.1"));
        assert!(!takes_verbosity("gpt-5-chat-latest") && !takes_verbosity("gpt-4o"));
    }
}
