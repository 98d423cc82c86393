//! Connecting: address, key and probes first, then the keychain, then one write. In that order, so that a failure
//! leaves nothing behind.

use gateway::{ApiRoot, Endpoint};
use store::ServiceId;
use store::table::model::Model;
use store::table::service::{KeyPlace, KeyState, Lamps, Service};
use vault::{Place, Secret};

use super::endpoint::{Connection, endpoint, note_reach};
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
    let found = ask(organs, &endpoint(root, Some(&secret)), &service.name).await?;
    service.key = keep_key(organs, service.id, secret, place(request.key_in_memory)).await?;
    insert(organs, service, found).await
}

pub(crate) async fn adopt(organs: &Organs, preset: &str, address: &str) -> Result<Service, Error> {
    let root = ApiRoot::parse(address)?;
    let kept = organs.read(|read| read.services()).await?.into_iter().find(|one| one.preset == preset);
    match kept {
        Some(service) => move_to(organs, service.id, root).await,
        None => {
            let service = new_service(organs, preset, &root).await?;
            let found = ask(organs, &endpoint(root, None), &service.name).await?;
            insert(organs, service, found).await
        }
    }
}

pub(crate) async fn check(organs: &Organs, id: ServiceId) -> Result<Service, Error> {
    let at = Connection::open(organs, id).await?;
    let found = ask(organs, &at.endpoint, &at.service.name).await?;
    update(organs, at.service, found).await
}

pub(crate) async fn move_to(organs: &Organs, id: ServiceId, root: ApiRoot) -> Result<Service, Error> {
    let mut at = Connection::open(organs, id).await?;
    at.endpoint.root = root;
    let found = ask(organs, &at.endpoint, &at.service.name).await?;
    let address = at.endpoint.root.as_str().to_owned();
    update(organs, Service { address, ..at.service }, found).await
}

pub(crate) async fn replace_key(
    organs: &Organs,
    id: ServiceId,
    secret: Secret,
    place: Place,
) -> Result<Service, Error> {
    let mut service = organs.service(id).await?;
    if secret.expose().is_empty() {
        return Err(Error::from(Code::KeyMissing).asked(&service.name, ""));
    }
    let root = ApiRoot::parse(&service.address)?;
    let found = ask(organs, &endpoint(root, Some(&secret)), &service.name).await?;
    service.key = keep_key(organs, id, secret, place).await?;
    update(organs, service, found).await
}

async fn ask(organs: &Organs, at: &Endpoint, name: &str) -> Result<Found, Error> {
    let found = probe(organs, at, organs.clock.now()).await;
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
    let last = organs.read(|read| read.services()).await?.iter().map(|service| service.position).max();
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
    })
}

async fn insert(organs: &Organs, service: Service, found: Found) -> Result<Service, Error> {
    keep(organs, service, found, |write, service| write.insert_service(service)).await
}

async fn update(organs: &Organs, service: Service, found: Found) -> Result<Service, Error> {
    keep(organs, service, found, |write, service| write.update_service(service)).await
}

async fn keep(
    organs: &Organs,
    service: Service,
    found: Found,
    put: fn(&store::Write, &Service) -> Result<(), store::Error>,
) -> Result<Service, Error> {
    let listed: Vec<Model> = found.list.models.iter().map(|model| models::row(service.id, model)).collect();
    let service = Service {
        family: found.family,
        lamps: found.lamps,
        balance: found.balance,
        checked_at: organs.clock.now(),
        ..service
    };
    let row = service.clone();
    organs
        .write(move |write| {
            put(write, &row)?;
            write.replace_models(row.id, &listed)
        })
        .await?;
    organs.events.tell(Event::Service { service: Box::new(service.clone()) });
    organs.events.tell(Event::Models);
    Ok(service)
}
