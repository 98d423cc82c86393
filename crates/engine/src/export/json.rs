//! Conversations as JSON: everything that is kept of them, with their files beside it. Of a message that was deleted only its
//! place in the tree is told.

use std::collections::HashMap;
use std::io::Write;

use serde::Serialize;
use store::table::attachment::Attachment;
use store::table::message::Message;
use store::{FolderId, Read, ServiceId, UnixMs};

use super::Setting;
use super::file::failed;
use super::media::put;
use super::talk::{Said, Talk};
use crate::Error;

/// Grows when a program that reads the files has to know.
const VERSION: u32 = 1;

/// Names of what rows point at.
pub(super) struct Names {
    folders: HashMap<FolderId, String>,
    services: HashMap<ServiceId, String>,
}

impl Names {
    pub(super) fn read(read: &Read) -> Result<Self, store::Error> {
        Ok(Self {
            folders: read.folders()?.into_iter().map(|folder| (folder.id, folder.name)).collect(),
            services: read.services()?.into_iter().map(|service| (service.id, service.name)).collect(),
        })
    }
}

/// What stands before the conversations.
pub(super) fn begin(out: &mut impl Write, now: UnixMs) -> Result<(), Error> {
    put(out, &format!("{{\"format\":\"medley-conversations\",\"version\":{VERSION},\"exportedAt\":{now},"))?;
    put(out, "\"conversations\":[")
}

/// What stands behind them.
pub(super) fn end(out: &mut impl Write) -> Result<(), Error> {
    put(out, "\n]}\n")
}

/// One conversation; all but the first come behind a comma. Messages are written one by one: there may be many.
pub(super) fn write(
    out: &mut impl Write,
    talk: &Talk<'_>,
    setting: &Setting,
    names: &Names,
    first: bool,
) -> Result<(), Error> {
    put(out, if first { "\n{\"conversation\":" } else { ",\n{\"conversation\":" })?;
    put_json(out, &talk.row)?;
    put(out, ",\"folder\":")?;
    put_json(out, &talk.row.folder_id.and_then(|id| names.folders.get(&id)))?;
    put(out, ",\"shown\":")?;
    put_json(out, &talk.shown_ids()?)?;
    put(out, ",\"messages\":[")?;
    for (at, said) in talk.whole()?.enumerate() {
        setting.go_on()?;
        let said = said?;
        let service = said.message.service_id.and_then(|id| names.services.get(&id));
        put(out, if at == 0 { "\n" } else { ",\n" })?;
        let Said { message, attachments } = without_words_if_deleted(said);
        let schema = talk.schema(message.id)?;
        let attachments = attachments.into_iter().map(|one| beneath(one, setting));
        put_json(
            out,
            &Kept { service, message, schema, attachments: attachments.collect::<Result<_, _>>()? },
        )?;
    }
    put(out, "\n]}")
}

/// A message with the name of its service, which may be gone by the time somebody reads this.
#[derive(Serialize)]
struct Kept<'names> {
    service: Option<&'names String>,
    #[serde(flatten)]
    message: Message,
    /// What its data was to fit; "" for any JSON, none for words.
    schema: Option<String>,
    attachments: Vec<Beneath>,
}

/// An attachment, and where its file lies.
#[derive(Serialize)]
struct Beneath {
    file: Option<String>,
    #[serde(flatten)]
    attachment: Attachment,
}

fn beneath(attachment: Attachment, setting: &Setting) -> Result<Beneath, Error> {
    let file = attachment.media.as_ref().map(|media| setting.files.address(media)).transpose()?.flatten();
    Ok(Beneath { file, attachment })
}

fn without_words_if_deleted(said: Said) -> Said {
    if said.message.deleted_at.is_none() {
        return said;
    }
    let message = Message {
        text: String::new(),
        thoughts: String::new(),
        suffix: String::new(),
        steps: Vec::new(),
        citations: Vec::new(),
        ..said.message
    };
    Said { message, attachments: Vec::new() }
}

fn put_json(out: &mut impl Write, value: &impl Serialize) -> Result<(), Error> {
    serde_json::to_writer(out, value).map_err(|error| failed(&error.into()))
}
