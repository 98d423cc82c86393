//! What an engine gives, into the gallery: the bytes on the disk first, then the row, then the window. What is only named
//! is written down before it is fetched.

use std::sync::Arc;
use std::time::Duration;

use store::table::generation::Generation;
use store::table::picture::{Fetch, Picture, PictureOrigin, PictureState};
use store::{Store, UnixMs};
use tokio::time::sleep;

use super::{fetch, request, runner};
use crate::chat::found;
use crate::engine::Organs;
use crate::media::{self, Kept};
use crate::view::Event;
use crate::{Code, Error};

/// Between tries to keep a picture on a full disk, and how many there are.
const PAUSE: Duration = Duration::from_secs(1);
const TRIES: u32 = 120;

/// Keeps the pictures of one generation.
pub(super) struct Keeper<'making> {
    organs: &'making Arc<Organs>,
    generation: &'making Generation,
    kept: usize,
    error: Option<Error>,
}

impl<'making> Keeper<'making> {
    pub(super) fn new(organs: &'making Arc<Organs>, generation: &'making Generation) -> Self {
        Self { organs, generation, kept: 0, error: None }
    }

    /// How many pictures came.
    pub(super) fn kept(&self) -> usize {
        self.kept
    }

    /// Why one of them could not be kept.
    pub(super) fn into_error(self) -> Option<Error> {
        self.error
    }

    /// Shows how far it is. A preview that cannot be shown is not worth a word.
    pub(super) async fn preview(&self, bytes: Vec<u8>) {
        let (store, now, id) = (self.organs.store.clone(), self.organs.clock.now(), self.generation.id);
        let shown = self.organs.small.decode(move || {
            let Kept { media, problem } = media::keep(&store, &bytes, now)?;
            problem.map_or(Ok(()), Err)?;
            Ok(store.write(|write| write.set_preview(id, &media))?)
        });
        match shown.await {
            Ok(()) => runner::tell(self.organs, id).await,
            Err(error) => tracing::debug!(%error, "a preview is not shown"),
        }
    }

    /// Keeps a picture that is here. It was paid for: a full or busy disk is given time.
    pub(super) async fn bytes(&mut self, bytes: Vec<u8>, revised_prompt: String) {
        let now = self.organs.clock.now();
        let (bytes, row) = (Arc::new(bytes), Picture { revised_prompt, ..self.row(now) });
        for tries_left in (0..TRIES).rev() {
            let (store, bytes, row) = (self.organs.store.clone(), Arc::clone(&bytes), row.clone());
            let kept = self.organs.small.decode(move || keep(&store, &bytes, row, now)).await;
            if !passes(&kept) || tries_left == 0 || self.organs.makings.is_closed() {
                return self.note(kept);
            }
            sleep(PAUSE).await;
        }
    }

    /// Notes a picture that is named, and begins to fetch it.
    pub(super) async fn address(&mut self, url: String, revised_prompt: String) {
        let (width, height) = request::expected(&self.generation.options).unwrap_or_default();
        let row = Picture { revised_prompt, width, height, ..self.row(self.organs.clock.now()) };
        let wanted = Fetch {
            id: row.id,
            source: url,
            service_id: row.service_id,
            state: PictureState::Waiting,
            problem: None,
            tries: 0,
            next_at: None,
        };
        for tries_left in (0..TRIES).rev() {
            let (row, noted) = (row.clone(), wanted.clone());
            let kept = self.organs.write(move |write| {
                write.insert_picture(&row)?;
                write.set_picture_fetch(&noted)
            });
            let kept = kept.await;
            if kept.is_ok() {
                fetch::spawn(self.organs, wanted);
                return self.note(kept);
            }
            if !passes(&kept) || tries_left == 0 || self.organs.makings.is_closed() {
                return self.note(kept);
            }
            sleep(PAUSE).await;
        }
    }

    /// Keeps the pictures that an answer names in words or brings beside them.
    pub(super) async fn words(&mut self, said: &str, beside: &[String]) {
        let mut named = found::named(said, beside);
        if named.iter().any(|one| one.is_sure) {
            // Links below a picture lead to the same one.
            named.retain(|one| one.is_sure);
        }
        if said.lines().any(|line| text::progress(line, false).is_some()) {
            // Pictures before the last one were on the way to it.
            named.drain(..named.len().saturating_sub(1));
        }
        for one in named {
            if one.address.starts_with("data:") {
                match found::data_of(&one.address) {
                    Ok(bytes) => self.bytes(bytes, String::new()).await,
                    Err(error) => self.error = Some(error),
                }
            } else {
                self.address(one.address, String::new()).await;
            }
        }
    }

    fn row(&self, now: UnixMs) -> Picture {
        Picture {
            generation_id: Some(self.generation.id),
            service_id: self.generation.service_id,
            model: self.generation.model.clone(),
            ..Picture::blank(PictureOrigin::Made, now)
        }
    }

    fn note(&mut self, kept: Result<(), Error>) {
        match kept {
            Ok(()) => {
                self.kept += 1;
                self.organs.events.tell(Event::Pictures);
            }
            Err(error) => {
                tracing::warn!(%error, "a picture was not kept");
                self.error = Some(error);
            }
        }
    }
}

/// Whether a disk or a database that refused now may have room or time later.
fn passes(kept: &Result<(), Error>) -> bool {
    kept.as_ref().is_err_and(|error| matches!(error.code, Code::DiskFull | Code::StoreBroken))
}

/// Keeps bytes and their row. A picture that is broken was paid for as well: its bytes stay, and the row says what is
/// wrong. What is no picture at all is refused. It blocks.
fn keep(store: &Store, bytes: &[u8], row: Picture, now: UnixMs) -> Result<(), Error> {
    let Kept { media, problem } = media::keep(store, bytes, now)?;
    let row = Picture {
        media_id: Some(media.id),
        width: media.width.unwrap_or_default(),
        height: media.height.unwrap_or_default(),
        state: if problem.is_some() { PictureState::Gone } else { PictureState::Kept },
        problem: problem.map(|error| error.problem()),
        ..row
    };
    store.write(|write| {
        write.insert_media(&media)?;
        write.insert_picture(&row)
    })?;
    Ok(())
}
