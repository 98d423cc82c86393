//! How files stand in a request: addresses before the question, documents as text around their name, pictures as parts.
//! What is cut off is said to the model as it is said to the person.

use gateway::chat::{Message as Sent, Picture};
use store::table::attachment::{Attachment, AttachmentKind, AttachmentRole, AttachmentState, DocumentFacts};
use store::{MessageId, Read};

/// How a picture of the media folder is named in a request until its bytes take that place.
pub(crate) const KEPT: &str = "media:";

/// What goes along with one message beside its words.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Along {
    links: Vec<String>,
    texts: Vec<String>,
    pictures: Vec<Picture>,
}

impl Along {
    /// What was sent along with a message; none for nothing. `upload` is where files were handed to for a model that opens links, and ""
    /// for all others.
    pub(crate) fn with(read: &Read, message: MessageId, upload: &str) -> Result<Option<Self>, store::Error> {
        Self::of(read, read.attachments(message)?, upload)
    }

    /// What goes along with a question that is not sent yet: the files on the desk of its conversation.
    pub(crate) fn on_desk(read: &Read, place: &str, upload: &str) -> Result<Option<Self>, store::Error> {
        Self::of(read, read.draft_attachments(place)?, upload)
    }

    fn of(read: &Read, files: Vec<Attachment>, upload: &str) -> Result<Option<Self>, store::Error> {
        let mut along = Self::default();
        for file in files {
            if file.role == AttachmentRole::Sent && file.state == AttachmentState::Kept {
                along.add(read, &file, upload)?;
            }
        }
        Ok((along != Self::default()).then_some(along))
    }

    fn add(&mut self, read: &Read, file: &Attachment, upload: &str) -> Result<(), store::Error> {
        let uploaded = file.uploaded.as_ref().filter(|uploaded| !upload.is_empty() && uploaded.to == upload);
        match (uploaded, file.kind) {
            (Some(uploaded), _) => self.links.push(uploaded.url.clone()),
            (None, AttachmentKind::Link) => self.links.push(file.source.clone()),
            (None, AttachmentKind::Picture) => self.pictures.extend(picture(file)),
            (None, _) => self.texts.push(document(file, &read.attachment_text(file.id)?)),
        }
        Ok(())
    }

    /// The message with all that goes along. Models with all tools look for addresses at the very beginning, blanks
    /// between them; a question is understood best behind what it is about.
    pub(crate) fn dress(&self, mut sent: Sent) -> Sent {
        let links = self.links.join(" ");
        let texts = self.texts.iter().map(String::as_str).chain([sent.content.as_str()]);
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        let words = texts.join("\n\n");
        sent.content =
            if links.is_empty() || words.is_empty() { links + &words } else { format!("{links} {words}") };
        sent.pictures.clone_from(&self.pictures);
        sent
    }
}

fn picture(file: &Attachment) -> Option<Picture> {
    let media = file.media.as_ref()?;
    Some(Picture { url: format!("{KEPT}{}", media.id), detail: file.detail.clone() })
}

fn document(file: &Attachment, text: &str) -> String {
    let name = file.name.replace('"', "'");
    let note = note(&file.facts);
    format!("<document name=\"{name}\"{note}>\n{text}\n</document>")
}

/// Says that a document is not whole.
fn note(DocumentFacts { unit, parts, read, cut, .. }: &DocumentFacts) -> String {
    match (cut, unit.as_str()) {
        (false, _) => String::new(),
        (true, "whole" | "") => " note=\"only its beginning\"".into(),
        (true, unit) => format!(" note=\"first {read} of {parts} {unit}\""),
    }
}

#[cfg(test)]
mod tests {
    use gateway::chat::Role;

    use super::*;

    fn dressed(links: &[&str], texts: &[&str], words: &str) -> String {
        let owned = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect();
        let along = Along { links: owned(links), texts: owned(texts), pictures: Vec::new() };
        along.dress(Sent::text(Role::User, words)).content
    }

    #[test]
    fn addresses_come_first_and_the_question_last() {
        assert_eq!(dressed(&[], &[], "Why?"), "Why?", "a bare question stays bare");
        assert_eq!(
            dressed(&["https://a.example/x", "https://b.example/y"], &[], "Why?"),
            "https://a.example/x https://b.example/y Why?"
        );
        assert_eq!(
            dressed(&["https://a.example/x"], &["<document>"], "Why?"),
            "https://a.example/x <document>\n\nWhy?"
        );
        assert_eq!(dressed(&["https://a.example/x"], &[], ""), "https://a.example/x");
        assert_eq!(dressed(&[], &["<document>"], ""), "<document>", "a file can go alone");
    }

    #[test]
    fn what_is_left_out_is_told_to_the_model() {
        let facts = DocumentFacts {
            unit: "pages".into(),
            parts: 500,
            read: 120,
            cut: true,
            ..DocumentFacts::default()
        };
        assert_eq!(note(&facts), " note=\"first 120 of 500 pages\"");
        assert_eq!(note(&DocumentFacts { cut: false, ..facts }), "");
    }
}
