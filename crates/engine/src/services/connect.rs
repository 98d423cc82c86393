//! Connecting: address, key and probes first, then the keychain, then one write. In that order, so that a failure
//! leaves nothing behind.

use gateway::midjourney::{NO_TASK, Site};
use gateway::{ApiRoot, Endpoint};
use store::table::model::Model;
use store::table::service::{KeyPlace, KeyState, Lamps, Service};
use store::{ServiceId, UnixMs, Write};
use vault::{Place, Secret};

use super::endpoint::{Connection, endpoint, note_reach, tasks_at};
use super::place;
use super::preset::name_for;
use super::probe::{Found, probe};
use crate::engine::Organs;
use crate::view::{Connect, Event};
use crate::{Code, Error, models};

pub(crate) async fn connect(organs: &Organs, request: Connect) -> Result<Service, Error> {
    let root = ApiRoot::parse(&request.address)?;
    let secret = Secret::new(request.key.trim().to_owned());
    let mut service = new_service(organs, &request.preset, &root).await?;
    let at = endpoint(root, Some(&secret));
    let found = ask(organs, &at, &at, &service.name).await?;
    service.key = keep_key(organs, service.id, secret, place(request.key_in_memory)).await?;
    insert(organs, service, found).await
}

pub(crate) async fn adopt(organs: &Organs, preset: &str, address: &str) -> Result<Service, Error> {
    let root = ApiRoot::parse(address)?;
    let kept = organs.read(store::Read::services).await?.into_iter().find(|one| one.preset == preset);
    if let Some(service) = kept {
        return move_to(organs, service.id, root).await;
    }
    let service = new_service(organs, preset, &root).await?;
    let at = endpoint(root, None);
    let found = ask(organs, &at, &at, &service.name).await?;
    insert(organs, service, found).await
}

pub(crate) async fn check(organs: &Organs, id: ServiceId) -> Result<Service, Error> {
    let at = Connection::open(organs, id).await?;
    let found = ask(organs, &at.endpoint, &at.midjourney, &at.service.name).await?;
    update(organs, id, found, |_| ()).await
}

pub(crate) async fn move_to(organs: &Organs, id: ServiceId, root: ApiRoot) -> Result<Service, Error> {
    let mut at = Connection::open(organs, id).await?;
    at.endpoint.root = root;
    let tasks = tasks_at(&at.service, &at.endpoint)?;
    let found = ask(organs, &at.endpoint, &tasks, &at.service.name).await?;
    let address = at.endpoint.root.as_str().to_owned();
    update(organs, id, found, |service| service.address = address).await
}

/// Gives Midjourney's tasks an address of their own, once they are known to be there. Empty for that of the service.
pub(crate) async fn set_midjourney(organs: &Organs, id: ServiceId, typed: &str) -> Result<Service, Error> {
    let typed = typed.trim();
    let own = if typed.is_empty() { None } else { Some(ApiRoot::parse(typed)?) };
    let address = own.as_ref().map(ApiRoot::host_root).unwrap_or_default();
    let mut at = Connection::open(organs, id).await?;
    if at.service.midjourney_address == address {
        return Ok(at.service);
    }
    let is_busy = organs.read(move |read| read.has_open_tasks(id)).await?;
    // What is on its way would be asked about where nobody knows it.
    let busy = Error::from(Code::TasksRunning).asked(&at.service.name, "Midjourney");
    if is_busy {
        return Err(busy);
    }
    at.midjourney.root = own.clone().unwrap_or_else(|| at.endpoint.root.clone());
    if own.is_some() {
        offers_tasks(organs, &at).await?;
    }
    let found = ask(organs, &at.endpoint, &at.midjourney, &at.service.name).await?;
    let now = organs.clock.now();
    let kept = organs.write(move |write| {
        if write.has_open_tasks(id)? {
            return Ok(None);
        }
        let mut service = write.service(id)?.ok_or(store::Error::NotFound)?;
        service.midjourney_address = address;
        note(write, &mut service, found, now)?;
        Ok(Some(service))
    });
    let kept = kept.await?.ok_or(busy)?;
    tell(organs, &kept);
    organs.events.tell(Event::PictureEngines);
    Ok(kept)
}

/// Fails where there are no tasks, or nobody can say.
async fn offers_tasks(organs: &Organs, at: &Connection) -> Result<(), Error> {
    match organs.client.midjourney(&at.midjourney).await {
        Some(true) => return Ok(()),
        Some(false) => {}
        // Asked once more for why: no network, a wrong key.
        None => {
            let asked = organs.client.task(&Site::of(at.midjourney.clone()), NO_TASK).await;
            asked.map_err(|told| at.failed(organs, told))?;
        }
    }
    Err(Error::from(Code::NotOffered).asked(&at.service.name, "Midjourney"))
}

pub(crate) async fn replace_key(
    organs: &Organs,
    id: ServiceId,
    secret: Secret,
    place: Place,
) -> Result<Service, Error> {
    let service = organs.service(id).await?;
    if secret.expose().is_empty() {
        return Err(Error::from(Code::KeyMissing).asked(&service.name, ""));
    }
    let at = endpoint(ApiRoot::parse(&service.address)?, Some(&secret));
    let found = ask(organs, &at, &tasks_at(&service, &at)?, &service.name).await?;
    let key = keep_key(organs, id, secret, place).await?;
    if service.key.place == KeyPlace::Keychain && key.place == KeyPlace::Memory {
        forget_old_key(organs, id).await;
    }
    update(organs, id, found, |service| service.key = key).await
}

/// The keychain may be locked, which is why the new key is in memory: the old one is then left, and never asked for.
async fn forget_old_key(organs: &Organs, id: ServiceId) {
    if let Err(error) = organs.vault.remove(&id.to_string(), Place::Keychain).await {
        tracing::warn!(%error, "the old key stays in the keychain");
    }
}

async fn ask(organs: &Organs, at: &Endpoint, tasks: &Endpoint, name: &str) -> Result<Found, Error> {
    let found = probe(organs, at, tasks, organs.clock.now()).await;
    match found {
        Ok(found) => {
            organs.events.reach(true);
            Ok(found)
        }
        Err(told) => {
            note_reach(organs, &at.root, &told);
            Err(Error::from(told).asked(name, ""))
        }
    }
}

async fn keep_key(organs: &Organs, id: ServiceId, secret: Secret, place: Place) -> Result<KeyState, Error> {
    if secret.expose().is_empty() {
        return Ok(KeyState::default());
    }
    let ends_in = secret.ends_in();
    organs.vault.put(&id.to_string(), secret, place).await?;
    let place = match place {
        Place::Keychain => KeyPlace::Keychain,
        Place::Memory => KeyPlace::Memory,
    };
    Ok(KeyState { place, ends_in })
}

async fn new_service(organs: &Organs, preset: &str, root: &ApiRoot) -> Result<Service, Error> {
    let last = organs.read(store::Read::services).await?.iter().map(|service| service.position).max();
    Ok(Service {
        id: ServiceId::new(),
        name: name_for(preset, root.host()),
        preset: preset.to_owned(),
        address: root.as_str().to_owned(),
        family: String::new(),
        key: KeyState::default(),
        lamps: Lamps::default(),
        balance: None,
        position: last.map_or(0, |position| position + 1),
        created_at: organs.clock.now(),
        checked_at: 0,
        upload_address: String::new(),
        midjourney_address: String::new(),
    })
}

async fn insert(organs: &Organs, mut service: Service, found: Found) -> Result<Service, Error> {
    let now = organs.clock.now();
    keep(organs, move |write| {
        write.insert_service(&service)?;
        note(write, &mut service, found, now)?;
        Ok(service)
    })
    .await
}

/// Writes what was found into the row as it is by now: it may have been renamed while the service was asked.
async fn update(
    organs: &Organs,
    id: ServiceId,
    found: Found,
    change: impl FnOnce(&mut Service) + Send + 'static,
) -> Result<Service, Error> {
    let now = organs.clock.now();
    keep(organs, move |write| {
        let mut service = write.service(id)?.ok_or(store::Error::NotFound)?;
        change(&mut service);
        note(write, &mut service, found, now)?;
        Ok(service)
    })
    .await
}

async fn keep(
    organs: &Organs,
    put: impl FnOnce(&Write) -> Result<Service, store::Error> + Send + 'static,
) -> Result<Service, Error> {
    let service = organs.write(put).await?;
    tell(organs, &service);
    Ok(service)
}

fn tell(organs: &Organs, service: &Service) {
    organs.events.tell(Event::Service { service: Box::new(service.clone()) });
    organs.events.tell(Event::Models);
}

/// Keeps what the probes found about a service whose row is there.
fn note(write: &Write, service: &mut Service, found: Found, now: UnixMs) -> Result<(), store::Error> {
    let listed: Vec<Model> = found.list.models.iter().map(|model| models::row(service.id, model)).collect();
    service.family = found.family;
    service.lamps = found.lamps;
    service.balance = found.balance;
    service.checked_at = now;
    write.update_service(service)?;
    write.replace_models(service.id, &listed)
}
