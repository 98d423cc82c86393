//! A service with its key in hand, for the moment of one call.

use gateway::{ApiRoot, Endpoint, Key};
use store::ServiceId;
use store::table::service::{KeyPlace, Service};
use vault::{Place, Secret};

use crate::engine::Organs;
use crate::{Code, Error};

/// A service ready to be called. Dropped as soon as the call is made, and the key with it.
pub(crate) struct Connection {
    pub(crate) service: Service,
    pub(crate) endpoint: Endpoint,
    /// Where Midjourney's tasks are; mostly the same place.
    pub(crate) midjourney: Endpoint,
}

impl Connection {
    /// Reads the service's row and its key.
    pub(crate) async fn open(organs: &Organs, id: ServiceId) -> Result<Self, Error> {
        let service = organs.service(id).await?;
        let secret = match place_of(&service) {
            Some(place) => {
                let kept = organs.vault.get(&id.to_string(), place).await?;
                Some(kept.ok_or_else(|| Error::from(Code::KeyMissing).asked(&service.name, ""))?)
            }
            None => None,
        };
        let endpoint = endpoint(ApiRoot::parse(&service.address)?, secret.as_ref());
        let midjourney = tasks_at(&service, &endpoint)?;
        Ok(Self { service, endpoint, midjourney })
    }

    /// What a failed call means, with the service's name; remembers whether the network answers.
    pub(crate) fn failed(&self, organs: &Organs, told: gateway::Error) -> Error {
        note_reach(organs, &self.endpoint.root, &told);
        Error::from(told).asked(&self.service.name, "")
    }
}

/// Where a service's key is kept; none when it has no key.
pub(crate) fn place_of(service: &Service) -> Option<Place> {
    match service.key.place {
        KeyPlace::None => None,
        KeyPlace::Keychain => Some(Place::Keychain),
        KeyPlace::Memory => Some(Place::Memory),
    }
}

/// Where Midjourney's tasks of a service are, which itself is at `endpoint`.
pub(crate) fn tasks_at(service: &Service, endpoint: &Endpoint) -> Result<Endpoint, Error> {
    if service.midjourney_address.is_empty() {
        return Ok(endpoint.clone());
    }
    Ok(Endpoint { root: ApiRoot::parse(&service.midjourney_address)?, ..endpoint.clone() })
}

pub(crate) fn endpoint(root: ApiRoot, secret: Option<&Secret>) -> Endpoint {
    let key = secret.map(|secret| Key::new(secret.expose().to_owned())).filter(|key| !key.is_empty());
    Endpoint { root, key }
}

/// A silent server on this computer says nothing about the network; any other silence may be a missing network.
pub(crate) fn note_reach(organs: &Organs, root: &ApiRoot, told: &gateway::Error) {
    match told {
        gateway::Error::Unreachable { .. } if !root.is_local() => organs.events.reach(false),
        gateway::Error::Refused(_) | gateway::Error::NotAnApi { .. } => organs.events.reach(true),
        _ => {}
    }
}
