//! Saving a picture outside of Medley, in the form that the person chose and with what it was made from inside. The file
//! is there whole or not at all.

use std::io::Write;
use std::path::PathBuf;

use ::media::{Kind, Told};
use store::table::generation::Generation;
use store::table::picture::Picture;
use store::table::setting::PictureForm;
use store::{MediaId, PictureId};

use super::Pictures;
use crate::engine::blocking;
use crate::export::file::{Draft, failed};
use crate::view::{SavePicture, SavedPicture};
use crate::{Code, Error};

/// Copied at one go.
const MOST_COPIES: usize = 200;

impl Pictures {
    /// Copies pictures as they came into a folder, under names of plain letters. What has no file is left out; `gone` when
    /// that leaves nothing.
    pub async fn copies(&self, mut keys: Vec<i64>, folder: PathBuf) -> Result<Vec<PathBuf>, Error> {
        keys.truncate(MOST_COPIES);
        let files = self.0.read(move |read| read.picture_files(&keys)).await?;
        let make = folder.clone();
        blocking(move || std::fs::create_dir_all(&make).map_err(|error| failed(&error))).await?;
        let mut copies = Vec::new();
        for media in files.into_iter().filter_map(|file| file.media) {
            let id = media.id.to_string();
            let copy = folder.join(self.folder().file_name(&id).await?);
            self.folder().save(&id, copy.clone()).await?;
            copies.push(copy);
        }
        if copies.is_empty() { Err(Code::Gone.into()) } else { Ok(copies) }
    }

    /// What the file of a picture is called when it is saved in this form.
    pub async fn form_name(&self, id: PictureId, form: PictureForm) -> Result<String, Error> {
        let name = self.file_name(id).await?;
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        Ok(format!("{stem}.{}", kind(form).extension()))
    }

    /// Writes a picture in another form to a place that the person chose.
    pub async fn save_as(
        &self,
        id: PictureId,
        wish: SavePicture,
        to: PathBuf,
    ) -> Result<SavedPicture, Error> {
        let page = self.picture(id).await?;
        let told = wish.told.then(|| told(&page.picture, page.generation.as_ref())).flatten();
        let media: MediaId = page.picture.media_id.ok_or(Code::Gone)?;
        let bytes = self.folder().bytes(&media.to_string()).await?;
        // One at a time: a large one takes hundreds of megabytes.
        let _room = self.0.pictures.acquire().await;
        blocking(move || {
            let look = ::media::look(&bytes).map_err(unmade)?;
            let made = ::media::saved(&bytes, kind(wish.form), told.as_ref()).map_err(unmade)?;
            let mut draft = Draft::begin(&to)?;
            draft.write_all(&made.bytes).map_err(|error| failed(&error))?;
            draft.finish()?;
            Ok::<_, Error>(SavedPicture { still: look.moves })
        })
        .await
    }
}

fn kind(form: PictureForm) -> Kind {
    match form {
        PictureForm::Png => Kind::Png,
        PictureForm::Jpeg => Kind::Jpeg,
        PictureForm::WebP => Kind::WebP,
    }
}

/// Nothing "came" here, so what cannot be made into another form has words of its own.
fn unmade(error: ::media::Error) -> Error {
    match error {
        ::media::Error::NotAPicture { .. } | ::media::Error::NotDecoded { .. } => {
            Error { message: error.to_string(), ..Code::PictureUndecoded.into() }
        }
        other => other.into(),
    }
}

/// What is known of the making; nothing for pictures that came from elsewhere.
fn told(picture: &Picture, making: Option<&Generation>) -> Option<Told> {
    if picture.prompt.is_empty() && picture.model.is_empty() {
        return None;
    }
    let size = (picture.width > 0).then(|| format!("{}x{}", picture.width, picture.height));
    let model = (!picture.model.is_empty()).then(|| picture.model.clone());
    let mut settings = vec![("Size", size), ("Model", model)];
    if let Some(Generation { options, .. }) = making {
        settings.extend([
            ("Quality", options.quality.clone()),
            ("Style", options.style.clone()),
            ("Background", options.background.clone()),
            ("Seed", options.extra.get("seed").map(ToString::to_string)),
        ]);
    }
    let settings: Vec<String> =
        settings.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value?))).collect();
    Some(Told { prompt: picture.prompt.clone(), settings: settings.join(", ") })
}
