//! What services do not have of the ways of making pictures: remembered for each model, told to the window, and forgotten
//! when the person wants it tried again.

use store::ServiceId;
use store::table::generation::{Generation, GenerationKind};
use store::table::learnt::{Learnt, LearntRow};

use crate::Error;
use crate::engine::Organs;
use crate::view::Event;

/// Whether this way of making is known to be missing at the images API.
pub(super) async fn is_refused(organs: &Organs, generation: &Generation) -> Result<bool, Error> {
    let Some(service) = generation.service_id else { return Ok(false) };
    let (model, kind) = (generation.model.clone(), generation.kind);
    organs.read(move |read| Ok(read.learnt(service, &model)?.no_pictures.contains(&kind))).await
}

/// Remembers that this way of making is missing. It may be remembered another time, so a failure is only noted.
pub(super) async fn refused(organs: &Organs, generation: &Generation, nor_in_chats: bool) {
    let Some(service) = generation.service_id else { return };
    let in_chats = nor_in_chats.then_some(GenerationKind::Chat);
    let kinds: Vec<_> = std::iter::once(generation.kind).chain(in_chats).collect();
    // A service without a tool of Midjourney's may draw all the same.
    let tool = generation.options.tool;
    let change = move |known: &mut Learnt| match tool {
        Some(tool) if known.no_tools.contains(&tool) => {}
        Some(tool) => known.no_tools.push(tool),
        None => {
            let new: Vec<_> = kinds.into_iter().filter(|kind| !known.no_pictures.contains(kind)).collect();
            known.no_pictures.extend(new);
        }
    };
    if let Err(error) = changed(organs, service, generation.model.clone(), change).await {
        tracing::warn!(%error, "what a service does not have was not remembered");
    }
}

/// Forgets what is missing of a model, so that it is tried again.
pub(super) async fn forget(organs: &Organs, service: ServiceId, model: String) -> Result<(), Error> {
    let change = |known: &mut Learnt| {
        known.no_pictures.clear();
        known.no_tools.clear();
    };
    changed(organs, service, model, change).await
}

async fn changed(
    organs: &Organs,
    service: ServiceId,
    model: String,
    change: impl FnOnce(&mut Learnt) + Send + 'static,
) -> Result<(), Error> {
    let write = organs.write(move |write| {
        let mut learnt = write.learnt(service, &model)?;
        change(&mut learnt);
        write.set_learnt(&LearntRow { service_id: service, model, learnt })
    });
    write.await?;
    organs.events.tell(Event::PictureEngines);
    Ok(())
}
