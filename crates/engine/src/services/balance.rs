//! Asks again what is left after an answer was paid for, at most once a minute, and only where a service tells it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use gateway::Family;
use store::table::service::{Balance, Lamp, Service};
use store::{ServiceId, UnixMs};

use super::endpoint::Connection;
use crate::Error;
use crate::engine::Organs;
use crate::view::Event;

/// Between two questions to the same service.
const APART: UnixMs = 60_000;

/// When each service was last asked.
#[derive(Default)]
pub(crate) struct Asked(Mutex<HashMap<ServiceId, UnixMs>>);

impl Asked {
    /// Whether it is time to ask again; then it counts as asked.
    fn is_due(&self, service: &Service, now: UnixMs) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = service.balance.as_ref().map_or(0, |balance| balance.at);
        let last = all.get(&service.id).copied().unwrap_or(0).max(told);
        let due = now - last >= APART;
        if due {
            all.insert(service.id, now);
        }
        due
    }
}

/// Brings the balance of a service up to date. Silent on failure: the last one told stands, with its time.
pub(crate) async fn refresh(organs: &Organs, id: ServiceId) {
    if let Err(error) = ask(organs, id).await {
        tracing::debug!(%error, "what is left was not told");
    }
}

async fn ask(organs: &Organs, id: ServiceId) -> Result<(), Error> {
    let now = organs.clock.now();
    let service = organs.service(id).await?;
    if service.lamps.balance != Lamp::Works || !organs.balances.is_due(&service, now) {
        return Ok(());
    }
    let at = Connection::open(organs, id).await?;
    let Some(told) = organs.client.balance(&at.endpoint, &Family::new(&service.family)).await? else {
        return Ok(());
    };
    let note = move |write: &store::Write| {
        let mut service = write.service(id)?.ok_or(store::Error::NotFound)?;
        service.balance = Some(Balance { left: told.left, currency: told.currency, at: now });
        write.update_service(&service)?;
        Ok(service)
    };
    let service = organs.write(note).await?;
    organs.events.tell(Event::Service { service: Box::new(service) });
    Ok(())
}
