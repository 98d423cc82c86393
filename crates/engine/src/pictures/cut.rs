//! Cutting a picture of four into the four that it is made of, here and for nothing. They are pictures of their own in the
//! family of the whole, and cutting it again finds them.

use store::table::generation::{Generation, GenerationKind, GenerationState, PictureOptions};
use store::table::media::Media;
use store::table::picture::{Picture, PictureOrigin, PictureState};
use store::{PictureId, Read, ServiceId, UnixMs};

use super::Pictures;
use crate::media::{Kept, keep};
use crate::{Code, Error};

impl Pictures {
    /// Cuts a picture into its quarters, point by point, and gives them back in the order of reading.
    pub async fn cut(&self, id: PictureId) -> Result<Vec<Picture>, Error> {
        let found = self.0.read(move |read| {
            let whole = read.picture(id)?.ok_or(store::Error::NotFound)?;
            Ok((cut_before(read, id)?, whole))
        });
        let (before, whole) = found.await?;
        if !before.is_empty() {
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
            store
                .write(|write| {
                    write.insert_generation(&row)?;
                    for (media, picture) in parts.iter().zip(&pictures) {
                        write.insert_media(media)?;
                        write.insert_picture(picture)?;
                    }
                    write.pictures_of(row.id)
                })
                .map_err(Error::from)
        });
        let pictures = cut.await?;
        self.tell();
        Ok(pictures)
    }
}

/// The four that are here already, unless the person has deleted one of them.
fn cut_before(read: &Read, id: PictureId) -> Result<Vec<Picture>, store::Error> {
    for part in read.picture_family(id)?.made_into {
        let Some(made) = part.generation_id else { continue };
        if read.generation(made)?.is_some_and(|made| made.kind == GenerationKind::Cut) {
            let all = read.pictures_of(made)?;
            if all.iter().all(|one| one.deleted_at.is_none()) {
                return Ok(all);
            }
        }
    }
    Ok(Vec::new())
}

fn rows(whole: &Picture, parts: &[Media], now: UnixMs) -> (Generation, Vec<Picture>) {
    let row = Generation {
        service_id: whole.service_id,
        kind: GenerationKind::Cut,
        state: GenerationState::Done,
        options: PictureOptions { count: 4, ..PictureOptions::default() },
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
