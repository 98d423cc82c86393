//! Pictures for a gallery: rows with prompts, made by several models over years, that share a few files.

use crate::table::generation::{Generation, GenerationState};
use crate::table::media::Media;
use crate::table::picture::{Picture, PictureOrigin, PictureState};
use crate::{Error, ServiceId, Store, UnixMs};

/// Between two pictures.
const APART: UnixMs = 400_000;
/// Kept in one transaction.
const BATCH: usize = 5_000;
/// One in so many has a star.
const STARRED: usize = 50;

const PROMPTS: &[&str] = &[
    "a lighthouse on a cliff at night, long exposure",
    "a paper boat on a pond, watercolour",
    "周末做面包，暖色的厨房",
    "portrait of an old sailor, film grain",
    "a red tram in the rain, neon light",
];
const MODELS: &[&str] = &["dall-e-3", "gpt-image-1", "flux-pro"];

/// Puts so many pictures into the gallery, the first of them made at `since`. The files must have rows already.
pub fn pictures(store: &Store, files: &[Media], count: usize, since: UnixMs) -> Result<(), Error> {
    let numbers: Vec<usize> = (0..count).collect();
    for batch in numbers.chunks(BATCH) {
        store.write(|write| {
            for number in batch {
                let pick = |many: usize| number.wrapping_mul(2_654_435_761) / 7 % many.max(1);
                let at = since + APART * UnixMs::try_from(*number).unwrap_or(0);
                let prompt = PROMPTS.get(pick(PROMPTS.len())).copied().unwrap_or_default();
                let model = MODELS.get(pick(MODELS.len())).copied().unwrap_or_default();
                let prompt = format!("{prompt}, {number}");
                let generation = Generation {
                    service_id: None,
                    state: GenerationState::Done,
                    ..Generation::blank(ServiceId::new(), model, &prompt, at)
                };
                let file = files.get(pick(files.len())).ok_or(Error::NotFound)?;
                let picture = Picture {
                    generation_id: Some(generation.id),
                    media_id: Some(file.id),
                    width: file.width.unwrap_or_default(),
                    height: file.height.unwrap_or_default(),
                    model: model.into(),
                    state: PictureState::Kept,
                    starred: number % STARRED == 0,
                    ..Picture::blank(PictureOrigin::Made, at)
                };
                write.insert_generation(&generation)?;
                write.insert_picture(&picture)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}
