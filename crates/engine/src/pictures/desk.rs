//! What lies on the desk of the place "Pictures": its draft, the pictures that go along with the next wish, and whom it may
//! be made with.

use store::table::attachment::{Attachment, AttachmentKind, AttachmentState};
use store::{MediaId, Read, ServiceId};

use super::{Pictures, abilities, learn};
use crate::view::PictureEngine;
use crate::{Code, Error};

/// The place whose draft lies here.
const PLACE: &str = "pictures";

impl Pictures {
    /// Every engine of every connected service, in the order of services and of their lists.
    pub async fn engines(&self) -> Result<Vec<PictureEngine>, Error> {
        self.0
            .read(|read| {
                let mut learnt = Vec::new();
                let (services, models) = (read.services()?, Read::models(read)?);
                for service in &services {
                    learnt.extend(read.learnt_of(service.id)?);
                }
                let listed = models.iter().filter_map(|model| abilities::engine(model, &learnt));
                let tasks =
                    services.iter().filter_map(|service| abilities::midjourney(service, &models, &learnt));
                Ok(listed.chain(tasks).collect())
            })
            .await
    }

    /// Has tried again what its service is known not to have.
    pub async fn try_anyway(&self, service: ServiceId, model: String) -> Result<(), Error> {
        learn::forget(&self.0, service, model).await
    }

    /// What lay on the desk of this place when it was last left; "" for nothing.
    pub async fn draft(&self) -> Result<String, Error> {
        self.0.read(|read| Ok(read.draft(PLACE)?.unwrap_or_default())).await
    }

    /// The pictures that go along with the next wish at one of the desks here: their places begin with that of the place
    /// itself. What could not be used does not lie here any more.
    pub async fn references(&self, place: String) -> Result<Vec<Attachment>, Error> {
        let place = desk(place)?;
        let all = self.0.read(move |read| read.draft_attachments(&place)).await?;
        let is_here =
            |one: &Attachment| one.kind == AttachmentKind::Picture && one.state != AttachmentState::Failed;
        Ok(all.into_iter().filter(is_here).collect())
    }

    /// Lays a picture that Medley has on a desk; once, however often it is asked for.
    pub async fn refer_to(&self, place: String, media: MediaId) -> Result<Attachment, Error> {
        let (place, now) = (desk(place)?, self.0.clock.now());
        self.0
            .write(move |write| {
                let there = write.draft_attachments(&place)?.into_iter();
                let mut there = there.filter(|one| one.media.as_ref().is_some_and(|it| it.id == media));
                if let Some(same) = there.next() {
                    return Ok(same);
                }
                let row = write.media(media)?.ok_or(store::Error::NotFound)?;
                let attachment = Attachment {
                    name: format!("picture.{}", row.mime.rsplit('/').next().unwrap_or_default()),
                    media: Some(row),
                    detail: "auto".into(),
                    state: AttachmentState::Kept,
                    ..Attachment::in_draft(&place, AttachmentKind::Picture, now)
                };
                write.insert_attachment(&attachment)?;
                Ok(attachment)
            })
            .await
    }
}

/// The desk itself, or that of a tool.
fn desk(place: String) -> Result<String, Error> {
    if is_desk(&place) { Ok(place) } else { Err(Code::Gone.into()) }
}

/// Whether only pictures lie at this place.
pub(crate) fn is_desk(place: &str) -> bool {
    place == PLACE || place.starts_with("pictures-")
}
