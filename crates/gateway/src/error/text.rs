//! What a refusal means when a text was to be continued: services say in many ways that a model can only chat. It looks at
//! what was read already, and changes nothing else.

use super::{Error, Failure, Reading};

/// Words (lower case) that point to the chat path, whatever stands around them.
const HINTS: &[&str] = &[
    "chat/completions",
    "chat completion",
    "chat endpoint",
    "chat model",
    "chat api",
    "chat-only",
    "only supports chat",
    "聊天",
    "对话接口",
];

impl Error {
    /// The same error, known to answer a text that was to be continued.
    pub(crate) fn of_text(self) -> Self {
        match self {
            Self::Refused(mut failure) => {
                if wants_chat(&failure) {
                    failure.reading = Reading::WantsChat;
                }
                Self::Refused(failure)
            }
            // A page where the path is unknown, from a service that has others.
            Self::NotAnApi { status: status @ (404 | 405), title, .. } => Self::Refused(Box::new(Failure {
                status,
                reading: Reading::WantsChat,
                message: title,
                ..Failure::default()
            })),
            other => other,
        }
    }
}

fn wants_chat(failure: &Failure) -> bool {
    let is_about_the_request = match failure.reading {
        Reading::AddressWrong => matches!(failure.status, 404 | 405),
        Reading::NotOffered
        | Reading::Other
        | Reading::ModelUnknown
        | Reading::FieldRefused
        | Reading::Forbidden
        | Reading::ServerFault => true,
        _ => false,
    };
    let is_unknown = matches!(failure.reading, Reading::AddressWrong | Reading::NotOffered);
    is_about_the_request && (is_unknown || hints(failure))
}

/// Also a service that misses the conversation, or does not know what a prompt is.
fn hints(failure: &Failure) -> bool {
    let said = failure.message.to_lowercase();
    HINTS.iter().any(|hint| said.contains(hint)) || failure.names("messages") || failure.names("prompt")
}
