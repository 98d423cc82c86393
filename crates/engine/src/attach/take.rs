//! Takes files in: the bytes go into the media folder as they came, a row says whose draft they belong to, and reading
//! begins. What cannot be used has a row too, so that the person sees which file it was and why.

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;

use store::table::attachment::{Attachment, AttachmentKind, AttachmentState};
use store::table::media::Media;

use super::given::{self, LARGEST};
use super::read;
use crate::engine::{Organs, blocking};
use crate::pictures::desk::is_desk;
use crate::{Code, Error};

/// Letters of a name that are kept.
const NAME: usize = 200;

/// Takes a file from the disk, by its name without the folders.
pub(super) async fn file(organs: &Arc<Organs>, place: &str, path: PathBuf) -> Result<Attachment, Error> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    match blocking(move || open(&path)).await {
        Ok(content) => bytes(organs, place, name, content).await,
        Err(error) => failed(organs, place, name, error.code).await,
    }
}

/// Takes bytes under a name.
pub(super) async fn bytes(
    organs: &Arc<Organs>,
    place: &str,
    name: String,
    content: Vec<u8>,
) -> Result<Attachment, Error> {
    let size = content.len();
    if size as u64 > LARGEST {
        return failed(organs, place, name, Code::FileTooLarge).await;
    }
    let pictures_only = is_desk(place);
    let (store, name) = (organs.store.clone(), shortened(&name));
    let (called, now) = (name.clone(), organs.clock.now());
    let (given, id) = blocking(move || {
        let given = given::look(&content, &called);
        let given = if pictures_only { given.picture_only() } else { given };
        store.put_media(&content, given.mime).map(|id| (given, id))
    })
    .await?;
    let media = Media::plain(id, given.mime, i64::try_from(size).unwrap_or(i64::MAX), now);
    let attachment = Attachment {
        name,
        media: Some(media),
        detail: if given.kind == AttachmentKind::Picture { "auto".into() } else { String::new() },
        state: if given.wrong.is_some() { AttachmentState::Failed } else { AttachmentState::Waiting },
        problem: given.wrong.map(|code| Error::from(code).problem()),
        ..Attachment::in_draft(place, given.kind, now)
    };
    let attachment = put(organs, attachment).await?;
    read::begin(organs, &attachment);
    Ok(attachment)
}

async fn failed(organs: &Organs, place: &str, name: String, code: Code) -> Result<Attachment, Error> {
    let attachment = Attachment {
        name: shortened(&name),
        state: AttachmentState::Failed,
        problem: Some(Error::from(code).problem()),
        ..Attachment::in_draft(place, AttachmentKind::Document, organs.clock.now())
    };
    put(organs, attachment).await
}

async fn put(organs: &Organs, attachment: Attachment) -> Result<Attachment, Error> {
    let row = attachment.clone();
    organs.write(move |write| write.insert_attachment(&row)).await?;
    Ok(attachment)
}

/// The bytes of a file. Folders, devices and what is too large are not read at all.
fn open(path: &std::path::Path) -> Result<Vec<u8>, Error> {
    let unopened = |error: std::io::Error| {
        tracing::info!(%error, "a file cannot be opened");
        Error::from(Code::FileUnopened)
    };
    let about = fs::metadata(path).map_err(unopened)?;
    if !about.is_file() {
        return Err(Code::FileUnopened.into());
    }
    if about.len() > LARGEST {
        return Err(Code::FileTooLarge.into());
    }
    let mut content = Vec::new();
    // One that grows while it is read ends here as well.
    fs::File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut content))
        .map_err(unopened)?;
    Ok(content)
}

/// A name on one line, with its ending.
fn shortened(name: &str) -> String {
    let line: String = name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let count = line.chars().count();
    if count <= NAME {
        return line.trim().to_owned();
    }
    let (start, end): (String, String) =
        (line.chars().take(NAME - 20).collect(), line.chars().skip(count - 19).collect());
    format!("{start}…{end}")
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_name_fits_a_line_and_keeps_its_ending() {
        assert_eq!(shortened("a\nb\t.pdf"), "a b .pdf");
        let long = shortened(&format!("{}.pdf", "河".repeat(300)));
        assert!(long.ends_with("河.pdf") && long.chars().count() == 200, "{long}");
    }
}
