//! The services that the person connected: connecting, checking, keys, and what was learnt about them.

pub(crate) mod balance;
mod connect;
pub(crate) mod endpoint;
mod local;
mod preset;
mod probe;

use std::sync::Arc;

use gateway::ApiRoot;
use store::table::learnt::LearntRow;
use store::table::service::{KeyState, Service};
use store::{ServiceId, Write};
use vault::{Place, Secret};

use crate::attach::upload;
use crate::engine::Organs;
use crate::view::{Connect, Event, LocalServer};
use crate::{Code, Error};

/// The connected services.
pub struct Services(pub(crate) Arc<Organs>);

impl Services {
    /// What an address will be read as: the API root.
    pub fn read_address(&self, address: &str) -> Result<String, Error> {
        Ok(ApiRoot::parse(address)?.as_str().to_owned())
    }

    /// Connects a service: checks address and key, keeps the key, keeps the service and its models.
    /// Nothing is kept when the check fails.
    pub async fn connect(&self, request: Connect) -> Result<Service, Error> {
        connect::connect(&self.0, request).await
    }

    /// The service of a preset at a new address: made if missing, moved there if it exists. For servers that
    /// get another port at every start.
    pub async fn adopt(&self, preset: &str, address: &str) -> Result<Service, Error> {
        connect::adopt(&self.0, preset, address).await
    }

    /// Servers that answer on this computer and are not connected yet.
    pub async fn find_local(&self) -> Result<Vec<LocalServer>, Error> {
        local::find(&self.0).await
    }

    /// Probes a service again: models, lamps, balance.
    pub async fn test(&self, id: ServiceId) -> Result<Service, Error> {
        connect::check(&self.0, id).await
    }

    /// Gives a service another name.
    pub async fn rename(&self, id: ServiceId, name: String) -> Result<Service, Error> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(Code::NameMissing.into());
        }
        self.change(id, |service| service.name = name).await
    }

    /// Gives a service another address and checks it there. The old address stays when the check fails.
    pub async fn set_address(&self, id: ServiceId, address: &str) -> Result<Service, Error> {
        let moved = connect::move_to(&self.0, id, ApiRoot::parse(address)?).await?;
        // What was learnt was learnt of another server.
        self.forget_learnt(id).await?;
        Ok(moved)
    }

    /// Where the service takes files for models that open links; "" for nowhere. A path is read below its address.
    pub async fn set_upload_address(&self, id: ServiceId, typed: &str) -> Result<Service, Error> {
        let service = self.0.service(id).await?;
        let address = upload::address(&service.address, typed)?;
        self.change(id, |service| service.upload_address = address).await
    }

    /// Gives Midjourney's tasks an address of their own, with a prefix before `/mj` if there is one; "" for that of the
    /// service. The old one stays when no tasks are there.
    pub async fn set_midjourney_address(&self, id: ServiceId, typed: &str) -> Result<Service, Error> {
        connect::set_midjourney(&self.0, id, typed).await
    }

    /// Puts another key in the place of the old one, once the service has accepted it.
    pub async fn replace_key(&self, id: ServiceId, key: String, in_memory: bool) -> Result<Service, Error> {
        connect::replace_key(&self.0, id, Secret::new(key.trim().to_owned()), place(in_memory)).await
    }

    /// Forgets a service's key.
    pub async fn remove_key(&self, id: ServiceId) -> Result<Service, Error> {
        self.forget_key(&self.0.service(id).await?).await?;
        self.change(id, |service| service.key = KeyState::default()).await
    }

    /// Removes a service, its key and its list of models. Conversations stay.
    pub async fn remove(&self, id: ServiceId) -> Result<(), Error> {
        self.forget_key(&self.0.service(id).await?).await?;
        self.0.write(move |write| write.remove_service(id)).await?;
        self.0.events.tell(Event::ServiceGone { id });
        self.0.events.tell(Event::Models);
        Ok(())
    }

    /// What was learnt about a service and its models.
    pub async fn learnt(&self, id: ServiceId) -> Result<Vec<LearntRow>, Error> {
        self.0.read(move |read| read.learnt_of(id)).await
    }

    /// Forgets what was learnt, so that everything is tried anew.
    pub async fn forget_learnt(&self, id: ServiceId) -> Result<(), Error> {
        self.0.write(move |write| write.forget_learnt(id)).await?;
        self.0.events.tell(Event::PictureEngines);
        Ok(())
    }

    /// Forgets what was learnt about one model.
    pub async fn forget_learnt_of(&self, id: ServiceId, model: String) -> Result<(), Error> {
        self.0.write(move |write| write.forget_learnt_of(id, &model)).await?;
        self.0.events.tell(Event::PictureEngines);
        Ok(())
    }

    async fn forget_key(&self, service: &Service) -> Result<(), Error> {
        match endpoint::place_of(service) {
            Some(place) => Ok(self.0.vault.remove(&service.id.to_string(), place).await?),
            None => Ok(()),
        }
    }

    async fn change(
        &self,
        id: ServiceId,
        change: impl FnOnce(&mut Service) + Send + 'static,
    ) -> Result<Service, Error> {
        let change_row = move |write: &Write| {
            let mut service = write.service(id)?.ok_or(store::Error::NotFound)?;
            change(&mut service);
            write.update_service(&service)?;
            Ok(service)
        };
        let service = self.0.write(change_row).await?;
        self.0.events.tell(Event::Service { service: Box::new(service.clone()) });
        Ok(service)
    }
}

impl Organs {
    /// The row of a service, or [`Code::ServiceGone`].
    pub(crate) async fn service(&self, id: ServiceId) -> Result<Service, Error> {
        self.read(move |read| read.service(id)).await?.ok_or_else(|| Code::ServiceGone.into())
    }
}

pub(crate) fn place(in_memory: bool) -> Place {
    if in_memory { Place::Memory } else { Place::Keychain }
}
