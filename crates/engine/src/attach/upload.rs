//! Hands files to a service that gives them web addresses, for models that open links. Only where the person named an
//! address for that, and each file once.

use std::sync::Arc;

use gateway::{ApiRoot, Upload};
use store::MessageId;
use store::table::attachment::{Attachment, AttachmentKind, AttachmentRole, AttachmentState, Uploaded};
use url::Url;

use super::read::content;
use crate::engine::{Organs, blocking};
use crate::services::endpoint::Connection;
use crate::view::Ask;
use crate::{Code, Error};

/// An upload address as typed: a whole one, a path below the service's address, or nothing.
pub(crate) fn address(service: &str, typed: &str) -> Result<String, Error> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    let root = ApiRoot::parse(service)?;
    let whole = if let Some(path) = typed.strip_prefix('/') {
        Url::parse(&root.to_string()).and_then(|url| url.join(&format!("/{path}")))
    } else {
        Url::parse(typed)
    };
    match whole {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url.into()),
        _ => Err(Code::AddressUnreadable.into()),
    }
}

/// Where files go for this question: the service's upload address where the model opens links, else "".
pub(crate) async fn target(organs: &Organs, ask: &Ask) -> Result<String, Error> {
    if !opens_links(&ask.model) {
        return Ok(String::new());
    }
    Ok(organs.service(ask.service_id).await?.upload_address)
}

/// Models that work with all tools of a web product: `gpt-4-all` and its kin.
fn opens_links(model: &str) -> bool {
    model.split(|letter: char| !letter.is_ascii_alphabetic()).any(|word| word.eq_ignore_ascii_case("all"))
}

/// Hands over the files of the branch that ends at `answer` and are not there yet.
pub(crate) async fn hand_over(
    organs: &Arc<Organs>,
    at: &Connection,
    ask: &Ask,
    answer: MessageId,
) -> Result<(), Error> {
    let address = target(organs, ask).await?;
    if address.is_empty() {
        return Ok(());
    }
    for file in missing(organs, answer, address.clone()).await? {
        let url = organs.client.upload(&at.endpoint, &address, upload(organs, &file).await?).await;
        let url = url.map_err(|told| {
            let failed = at.failed(organs, told);
            Error { code: Code::UploadFailed, ..failed }.asked(&at.service.name, &ask.model)
        })?;
        let uploaded = Some(Uploaded { to: address.clone(), url });
        let id = file.id;
        organs
            .write(move |write| {
                // Handing it over may have taken minutes.
                let Some(row) = write.attachment(id)? else { return Ok(()) };
                write.update_attachment(&Attachment { uploaded, ..row })
            })
            .await?;
    }
    Ok(())
}

async fn missing(organs: &Organs, answer: MessageId, address: String) -> Result<Vec<Attachment>, Error> {
    organs
        .read(move |read| {
            let mut missing = Vec::new();
            for message in read.path(answer)?.iter().filter(|message| message.deleted_at.is_none()) {
                missing.extend(
                    read.attachments(message.id)?.into_iter().filter(|file| is_missing(file, &address)),
                );
            }
            Ok(missing)
        })
        .await
}

fn is_missing(file: &Attachment, address: &str) -> bool {
    file.role == AttachmentRole::Sent
        && file.state == AttachmentState::Kept
        && file.kind != AttachmentKind::Link
        && file.uploaded.as_ref().is_none_or(|uploaded| uploaded.to != address)
}

/// The file as it came: a program that reads it needs the whole of it.
async fn upload(organs: &Organs, file: &Attachment) -> Result<Upload, Error> {
    let media = file.media.clone().ok_or(Code::Gone)?;
    let (store, kind) = (organs.store.clone(), media.mime.clone());
    let bytes = blocking(move || content(&store, &media)).await?;
    Ok(Upload { name: file.name.clone(), kind, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_or_a_path_or_nothing() {
        let read = |typed| address("https://api.example/v1", typed);
        assert_eq!(read(" ").unwrap(), "");
        assert_eq!(read("/v1/upload").unwrap(), "https://api.example/v1/upload");
        assert_eq!(read("https://files.example/put").unwrap(), "https://files.example/put");
        assert!(read("upload").is_err() && read("ftp://files.example/x").is_err());
    }

    #[test]
    fn models_with_all_tools_are_known_by_name() {
        assert!(opens_links("gpt-4-all") && opens_links("o1-all") && opens_links("reads-all"));
        assert!(!opens_links("gpt-4o") && !opens_links("small-allegro") && !opens_links("llama"));
    }
}
