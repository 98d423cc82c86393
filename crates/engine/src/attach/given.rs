//! What was given, by its bytes: a picture, a document, or something that cannot go along.

use documents::Refusal;
use store::table::attachment::AttachmentKind;

use crate::Code;

/// A file of more bytes than this is not taken.
pub(super) const LARGEST: u64 = 50 << 20;

/// What some bytes are.
#[derive(Debug, PartialEq)]
pub(super) struct Given {
    pub(super) kind: AttachmentKind,
    pub(super) mime: &'static str,
    /// Why it cannot go along.
    pub(super) wrong: Option<Code>,
}

impl Given {
    /// The same where nothing but pictures can go along.
    pub(super) fn picture_only(self) -> Self {
        let wrong = (self.kind != AttachmentKind::Picture).then_some(Code::NotAPicture);
        Self { wrong: wrong.or(self.wrong), ..self }
    }
}

/// Looks at bytes without reading them out.
pub(super) fn look(bytes: &[u8], name: &str) -> Given {
    use media::Kind::Svg;

    match media::Kind::of(bytes) {
        // A drawing written as text: asked about as text, for no service looks at it as a picture.
        None | Some(Svg) => document(bytes, name),
        Some(kind) if kind.is_decoded() => {
            Given { kind: AttachmentKind::Picture, mime: kind.mime(), wrong: None }
        }
        Some(kind) => {
            Given { kind: AttachmentKind::Document, mime: kind.mime(), wrong: Some(Code::FileUnknown) }
        }
    }
}

fn document(bytes: &[u8], name: &str) -> Given {
    let kind = AttachmentKind::Document;
    match documents::kind(bytes, name) {
        Ok(found) => Given { kind, mime: found.mime(), wrong: None },
        Err(refusal) => Given { kind, mime: "application/octet-stream", wrong: Some(code(refusal)) },
    }
}

/// What a person is told about a document that cannot be read.
pub(super) fn code(refusal: Refusal) -> Code {
    match refusal {
        Refusal::Encrypted => Code::FileEncrypted,
        Refusal::Damaged => Code::FileDamaged,
        Refusal::TooLarge => Code::FileUnpacks,
        Refusal::NoText => Code::FileNoText,
        Refusal::UnknownKind => Code::FileUnknown,
        Refusal::OldFormat => Code::FileOld,
        Refusal::TooSlow => Code::FileTooSlow,
        Refusal::TooHeavy => Code::FileTooHeavy,
        Refusal::Empty => Code::FileEmpty,
        Refusal::NoReader => Code::Internal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_decide_what_a_file_is() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";
        assert_eq!(look(png, "notes.txt").kind, AttachmentKind::Picture, "the name lies");
        assert_eq!(look(b"just words", "photo.png").mime, "text/plain", "the name lies");
        assert_eq!(look(b"<svg xmlns='x'/>", "a.svg").wrong, None, "a drawing is text");
        assert_eq!(look(b"\x7fELF\x02\x01\x01\0\0\0\0\0", "a").wrong, Some(Code::FileUnknown));
        assert_eq!(look(b"words", "a.png").picture_only().wrong, Some(Code::NotAPicture));
        assert_eq!(look(png, "a.txt").picture_only().wrong, None);
        assert_eq!(look(b"", "a.txt").wrong, Some(Code::FileEmpty));
    }
}
