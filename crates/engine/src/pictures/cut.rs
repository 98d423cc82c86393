//! Cutting a picture of four into the four that it is made of, here and for nothing. They are pictures of their own in the
//! family of the whole, and cutting it again finds them.

use store::table::generation::{Generation, GenerationKind, GenerationState};
use store::table::media::Media;
use store::table::picture::{Picture, PictureOrigin, PictureState};
use store::{PictureId, ServiceId, UnixMs, Write};

use super::Pictures;
use crate::media::{Kept, keep};
use crate::{Code, Error};

/// So many are cut out of one.
const PARTS: usize = 4;

impl Pictures {
    /// Cuts a picture into its quarters, point by point, and gives them back in the order of reading.
    pub async fn cut(&self, id: PictureId) -> Result<Vec<Picture>, Error> {
        let found = self.0.read(move |read| {
            let whole = read.picture(id)?.ok_or(store::Error::NotFound)?;
            Ok((read.cut_from(id)?, whole))
        });
        let (before, whole) = found.await?;
        if before.len() == PARTS && before.iter().all(|one| one.deleted_at.is_none()) {
            return Ok(before);
        }
        let media = whole.media_id.ok_or(Code::Gone)?;
        let bytes = self.folder().bytes(&media.to_string()).await?;
        let (store, now) = (self.0.store.clone(), self.0.clock.now());
        let cut = self.0.small.decode(move || {
            let mut parts = Vec::new();
            for part in ::media::quarters(&bytes)? {
                let Kept { media, problem } = keep(&store, &part.bytes, now)?;
                problem.map_or(Ok(()), Err)?;
                parts.push(media);
            }
            let (row, pictures) = rows(&whole, &parts, now);
            store.write(|write| put(write, &row, &pictures, &parts)).map_err(Error::from)
        });
        let pictures = cut.await?;
        self.tell();
        Ok(pictures)
    }
}

/// Adds those that are not here. One that was deleted comes back.
fn put(
    write: &Write,
    row: &Generation,
    pictures: &[Picture],
    parts: &[Media],
) -> Result<Vec<Picture>, store::Error> {
    let whole = row.made_from.ok_or(store::Error::NotFound)?;
    let mut here = write.cut_from(whole)?;
    // One that is shown before one that is deleted; quarters may look the same.
    here.sort_by_key(|one| one.deleted_at.is_some());
    let (mut missing, mut all) = (Vec::new(), Vec::new());
    for (picture, part) in pictures.iter().zip(parts) {
        if let Some(at) = here.iter().position(|one| one.media_id == Some(part.id)) {
            all.push(here.remove(at).id);
        } else {
            missing.push((picture, part));
            all.push(picture.id);
        }
    }
    if !missing.is_empty() {
        write.insert_generation(row)?;
    }
    for (picture, part) in missing {
        write.insert_media(part)?;
        write.insert_picture(picture)?;
    }
    write.restore_pictures(&all)?;
    all.into_iter().map(|id| write.picture(id)?.ok_or(store::Error::NotFound)).collect()
}

fn rows(whole: &Picture, parts: &[Media], now: UnixMs) -> (Generation, Vec<Picture>) {
    let row = Generation {
        service_id: whole.service_id,
        kind: GenerationKind::Cut,
        state: GenerationState::Done,
        made_from: Some(whole.id),
        ..Generation::blank(ServiceId::new(), &whole.model, &whole.prompt, now)
    };
    // The first of them stands first in the gallery, where the newest does.
    let pictures = (0..).zip(parts).map(|(at, media)| Picture {
        generation_id: Some(row.id),
        service_id: whole.service_id,
        model: whole.model.clone(),
        media_id: Some(media.id),
        width: media.width.unwrap_or_default(),
        height: media.height.unwrap_or_default(),
        state: PictureState::Kept,
        ..Picture::blank(PictureOrigin::Made, now - at)
    });
    let pictures = pictures.collect();
    (row, pictures)
}
