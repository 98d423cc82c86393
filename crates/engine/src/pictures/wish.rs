//! Orders for pictures: looked at, written down, and put into the queue of their service.

use store::table::generation::{Generation, GenerationKind, PictureOptions, Press};
use store::table::media::Media;
use store::{PictureId, ServiceId};

use super::{Pictures, abilities, along, request, runner};
use crate::view::{EngineFamily, MakePictures, PressButton};
use crate::{Code, Error};

impl Pictures {
    /// Takes an order for pictures. They are made when their turn comes, whatever becomes of the window.
    pub async fn make(&self, wish: MakePictures) -> Result<Generation, Error> {
        let model = wish.model.trim();
        if model.is_empty() {
            return Err(Code::ModelMissing.into());
        }
        let can = abilities::of(model);
        request::check(&can, &wish.prompt, &wish.options)?;
        // Asked first: without it, what is missing would be said to be a picture.
        let service = self.0.service(wish.service_id).await?;
        let tool = wish.options.tool.filter(|_| can.family == EngineFamily::Midjourney);
        if let Some(tool) = tool {
            request::check_along(tool, wish.references.len())?;
        }
        if wish.references.len() > can.references {
            return Err(Error::from(Code::PicturesRefused).asked(&service.name, model));
        }
        let kind = match can.family {
            EngineFamily::Chat => GenerationKind::Chat,
            EngineFamily::Midjourney => GenerationKind::Midjourney,
            _ if wish.references.is_empty() => GenerationKind::Generation,
            _ => GenerationKind::Edit,
        };
        let mask = match wish.mask.filter(|_| can.masks && kind == GenerationKind::Edit) {
            Some(painted) => along::keep(&self.0, painted).await?,
            None => None,
        };
        let row = Generation {
            kind,
            options: PictureOptions { press: None, tool, ..wish.options },
            references: wish.references,
            mask: mask.as_ref().map(|mask| mask.id),
            made_from: wish.made_from,
            ..Generation::blank(wish.service_id, model, wish.prompt.trim(), self.0.clock.now())
        };
        self.queue(row, mask).await
    }

    /// Takes an order for others like a picture that is here.
    pub async fn vary(&self, id: PictureId, service: ServiceId, model: String) -> Result<Generation, Error> {
        /// As many as a person looks at together.
        const LIKE_IT: i64 = 4;
        let service = self.0.service(service).await?;
        let can = abilities::of(&model);
        if !can.variations {
            return Err(Error::from(Code::NotOffered).asked(&service.name, &model));
        }
        let picture = self.0.read(move |read| read.picture(id)).await?.ok_or(Code::Gone)?;
        let row = Generation {
            kind: GenerationKind::Variation,
            options: PictureOptions { count: LIKE_IT.min(can.max_count), ..PictureOptions::default() },
            references: vec![picture.media_id.ok_or(Code::Gone)?],
            made_from: Some(id),
            ..Generation::blank(service.id, &model, &picture.prompt, self.0.clock.now())
        };
        self.queue(row, None).await
    }

    /// Presses a button below a picture; what comes of it belongs to its family.
    pub async fn press(&self, wish: PressButton) -> Result<Generation, Error> {
        let id = wish.picture_id;
        let found = self.0.read(move |read| {
            let picture = read.picture(id)?.ok_or(store::Error::NotFound)?;
            let made = picture.generation_id.map(|made| read.generation(made)).transpose()?.flatten();
            Ok((picture, made))
        });
        let (picture, made) = found.await?;
        let task = made.and_then(|made| made.task).ok_or(Code::Gone)?;
        let service = self.0.service(picture.service_id.ok_or(Code::ServiceGone)?).await?;
        let button = task.buttons.iter().find(|one| one.custom_id == wish.custom_id).ok_or(Code::Gone)?;
        let mask = match wish.mask {
            Some(painted) => along::keep(&self.0, painted).await?,
            None => None,
        };
        let prompt = wish.prompt.trim();
        let press =
            Press { task: task.id, button: button.clone(), prompt: prompt.to_owned(), speed: task.speed };
        let row = Generation {
            kind: GenerationKind::Midjourney,
            options: PictureOptions { press: Some(press), ..PictureOptions::default() },
            mask: mask.as_ref().map(|mask| mask.id),
            made_from: Some(id),
            ..Generation::blank(
                service.id,
                &picture.model,
                if prompt.is_empty() { &picture.prompt } else { prompt },
                self.0.clock.now(),
            )
        };
        self.queue(row, mask).await
    }

    async fn queue(&self, row: Generation, mask: Option<Media>) -> Result<Generation, Error> {
        let id = row.id;
        let queued = self.0.write(move |write| {
            if let Some(mask) = &mask {
                write.insert_media(mask)?;
            }
            write.insert_generation(&row)?;
            write.generation(row.id)?.ok_or(store::Error::NotFound)
        });
        let queued = queued.await?;
        runner::tell(&self.0, id).await;
        runner::begin(&self.0).await;
        Ok(queued)
    }
}
