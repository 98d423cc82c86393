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
        let kind = blocking(move || {
            let files = files(&store, &parts)?;
            let kinds: Vec<Kind> = files.iter().map(|(_, kind)| *kind).collect();
            audio::joined_kind(&kinds).ok_or_else(|| Error::from(Code::Gone))
        });
        let ending = kind.await?.extension();
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

/// The files of all that is here, up to the first part that is not.
fn files(store: &Store, parts: &[SoundPart]) -> Result<Vec<(PathBuf, Kind)>, Error> {
    let here = parts.iter().take_while(|part| part.duration_ms > 0);
    let file = |part: &SoundPart| -> Result<_, Error> {
        let id = part.media_id.ok_or(Code::Gone)?;
        let row = store.read(|read| read.media(id))?.ok_or(Code::Gone)?;
        Ok((store.media_path(&row), Kind::named(&row.mime).ok_or(Code::SoundDamaged)?))
    };
    here.map(file).collect()
}

fn joined(store: &Store, parts: &[SoundPart]) -> Result<Joined, Error> {
    let mut sounds = Vec::new();
    for (path, kind) in files(store, parts)? {
        let bytes = std::fs::read(path).map_err(|error| {
            tracing::warn!(%error, "a file of a sound is not in the media folder");
            Error::from(Code::Gone)
        })?;
        sounds.push((bytes, kind));
    }
    if sounds.is_empty() {
        return Err(Code::Gone.into());
    }
    audio::join(sounds).map_err(|error| Error { message: error.to_string(), ..Code::SoundDamaged.into() })
}
