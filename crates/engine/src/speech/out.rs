//! Taking a sound out of Medley: what came, as it came; several parts as one file.

use std::io::Write;
use std::path::PathBuf;

use audio::{Joined, Kind};
use store::table::sound::SoundPart;
use store::{SoundId, Store};

use super::Speech;
use crate::engine::blocking;
use crate::export::file::{Draft, failed};
use crate::export::name;
use crate::{Code, Error};

impl Speech {
    /// What the file of a sound is called.
    pub async fn file_name(&self, id: SoundId) -> Result<String, Error> {
        let read = self
            .0
            .read(move |read| Ok((read.sound(id)?.ok_or(store::Error::NotFound)?, read.sound_parts(id)?)));
        let (sound, parts) = read.await?;
        let store = self.0.store.clone();
        let ending = blocking(move || Ok::<_, Error>(joined(&store, &parts)?.kind.extension())).await?;
        Ok(format!("{}.{ending}", name::file(&sound.title, "speech")))
    }

    /// Writes what is here of a sound to a place that the person chose.
    pub async fn save(&self, id: SoundId, to: PathBuf) -> Result<(), Error> {
        let parts = self.0.read(move |read| read.sound_parts(id)).await?;
        let store = self.0.store.clone();
        blocking(move || {
            let sound = joined(&store, &parts)?;
            let mut draft = Draft::begin(&to)?;
            draft.write_all(&sound.bytes).map_err(|error| failed(&error))?;
            draft.finish()
        })
        .await
    }
}

/// All that is here, up to the first part that is not.
fn joined(store: &Store, parts: &[SoundPart]) -> Result<Joined, Error> {
    let mut files = Vec::new();
    for part in parts.iter().take_while(|part| part.duration_ms > 0) {
        let id = part.media_id.ok_or(Code::Gone)?;
        let row = store.read(|read| read.media(id))?.ok_or(Code::Gone)?;
        let bytes = std::fs::read(store.media_path(&row)).map_err(|error| {
            tracing::warn!(%error, "a file of a sound is not in the media folder");
            Error::from(Code::Gone)
        })?;
        files.push((bytes, Kind::named(&row.mime).ok_or(Code::SoundDamaged)?));
    }
    if files.is_empty() {
        return Err(Code::Gone.into());
    }
    audio::join(files).map_err(|error| Error { message: error.to_string(), ..Code::SoundDamaged.into() })
}
