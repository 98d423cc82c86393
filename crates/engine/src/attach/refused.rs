//! Whether a refusal means that a model does not look at pictures. A pure function over what services say.

use gateway::chat::Request;
use gateway::{Failure, Reading};

/// Words (lower case) by which services say it.
const WORDS: &[&str] = &[
    "image_url",
    "image input",
    "images are not supported",
    "support image",
    "supports image",
    "image content",
    "input image",
    "multimodal",
    "multi-modal",
    "vision",
    "不支持图片",
    "不支持图像",
    "图片输入",
    "image",
];

/// Whether pictures go along.
pub(crate) fn has_pictures(asked: &Request) -> bool {
    asked.messages.iter().any(|message| !message.pictures.is_empty())
}

/// True when the service says, in one way or another, that it takes words alone. Asked only where pictures were sent.
pub(crate) fn pictures(failure: &Failure) -> bool {
    let told = matches!(
        failure.reading,
        Reading::Other
            | Reading::FieldRefused
            | Reading::NotOffered
            | Reading::ModelUnknown
            | Reading::ServerFault
    );
    if !told || !matches!(failure.status, 400 | 404 | 415 | 422 | 500 | 501) {
        return false;
    }
    let message = failure.message.to_lowercase();
    // Services that check types alone want a text where a list stands.
    let typed = failure.status == 422 && failure.names("messages");
    typed || message.contains("valid string") || WORDS.iter().any(|words| message.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, message: &str) -> Failure {
        Failure { status, message: message.into(), ..Failure::default() }
    }

    #[test]
    fn a_model_without_eyes_is_known_by_what_services_say() {
        for (status, words) in [
            (400, "Invalid content type. image_url is only supported by certain models."),
            (404, "No endpoints found that support image input"),
            (422, "Failed to deserialize: messages[0]: unknown variant `image_url`, expected `text`"),
            (400, "this model is missing data required for image input"),
            (400, "At most 0 image(s) may be provided in one request."),
            (400, "当前模型不支持图片输入"),
            (422, "Input should be a valid string"),
        ] {
            assert!(pictures(&refusal(status, words)), "{words}");
        }
    }

    #[test]
    fn other_refusals_are_what_they_were() {
        let policy = Failure { reading: Reading::Policy, ..refusal(400, "The image was flagged") };
        assert!(!pictures(&policy));
        assert!(!pictures(&refusal(429, "too many image requests")));
        assert!(!pictures(&refusal(400, "temperature must be at most 1")));
    }
}
