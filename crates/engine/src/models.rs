//! The models that services list, the person's stars among them, and names typed in.

pub(crate) mod gpt;

use std::sync::Arc;

use gateway::Family;
use store::table::model::{Model, ModelKind};
use store::{Read, ServiceId};

use self::gpt::Gpt;
use crate::engine::Organs;
use crate::services::endpoint::Connection;
use crate::view::Event;
use crate::{Code, Error};

/// The models of all services.
pub struct Models(pub(crate) Arc<Organs>);

impl Models {
    /// All models of all services.
    pub async fn list(&self) -> Result<Vec<Model>, Error> {
        self.0.read(Read::models).await
    }

    /// Asks a service for its list again. Stars and names typed in stay.
    pub async fn refresh(&self, service: ServiceId) -> Result<Vec<Model>, Error> {
        let at = Connection::open(&self.0, service).await?;
        let mut listed = self.0.client.models(&at.endpoint).await.map_err(|told| at.failed(&self.0, told))?;
        self.0.client.prices(&at.endpoint, &Family::new(&at.service.family), &mut listed).await;
        self.0.events.reach(true);
        let models: Vec<Model> = listed.models.iter().map(|model| row(service, model)).collect();
        self.0.write(move |write| write.replace_models(service, &models)).await?;
        self.0.events.tell(Event::Models);
        self.list().await
    }

    /// Sets or takes away the person's star.
    pub async fn set_favourite(&self, service: ServiceId, name: String, star: bool) -> Result<(), Error> {
        self.0.write(move |write| write.set_favourite(service, &name, star)).await?;
        self.0.events.tell(Event::Models);
        Ok(())
    }

    /// Adds a name that the service does not list.
    pub async fn add_typed_in(&self, service: ServiceId, name: String) -> Result<Model, Error> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(Code::NameMissing.into());
        }
        let model = typed(service, &name, &name);
        let row = model.clone();
        self.0.write(move |write| write.add_typed_model(&row)).await?;
        self.0.events.tell(Event::Models);
        Ok(model)
    }

    /// Reads the web address or the id of a GPT, without keeping anything.
    pub async fn read_gpt(&self, service: ServiceId, pasted: String) -> Result<Gpt, Error> {
        let listed = self.0.read(move |read| read.models_of(service)).await?;
        gpt::read(&pasted, &listed)
    }

    /// Adds a GPT under the name that a person gives it, starred. One that is there already gets the new name.
    pub async fn add_gpt(&self, service: ServiceId, name: String, label: String) -> Result<Model, Error> {
        let (name, label) = (name.trim().to_owned(), label.trim().to_owned());
        if name.is_empty() || label.is_empty() {
            return Err(Code::NameMissing.into());
        }
        let model = Model { favourite: true, ..typed(service, &name, &label) };
        let row = model.clone();
        self.0
            .write(move |write| {
                write.add_typed_model(&row)?;
                write.label_model(service, &row.name, &row.label)?;
                write.set_favourite(service, &row.name, true)
            })
            .await?;
        self.0.events.tell(Event::Models);
        Ok(model)
    }
}

/// A model that the person named: nothing else is known of it.
fn typed(service_id: ServiceId, name: &str, label: &str) -> Model {
    Model {
        service_id,
        name: name.to_owned(),
        label: label.to_owned(),
        kind: ModelKind::Chat,
        context: None,
        price_in: None,
        price_out: None,
        price_call: None,
        favourite: false,
        typed_in: true,
    }
}

/// A listed model as a row.
pub(crate) fn row(service_id: ServiceId, listed: &gateway::ListedModel) -> Model {
    Model {
        service_id,
        name: listed.id.clone(),
        label: listed.label.clone(),
        kind: kind(listed.kind),
        context: listed.context,
        price_in: listed.price_in,
        price_out: listed.price_out,
        price_call: listed.price_call,
        favourite: false,
        typed_in: false,
    }
}

fn kind(listed: gateway::Kind) -> ModelKind {
    match listed {
        gateway::Kind::Chat => ModelKind::Chat,
        gateway::Kind::Image => ModelKind::Image,
        gateway::Kind::Midjourney => ModelKind::Midjourney,
        gateway::Kind::Speech => ModelKind::Speech,
        gateway::Kind::Transcription => ModelKind::Transcription,
        gateway::Kind::Embedding => ModelKind::Embedding,
        gateway::Kind::Other => ModelKind::Other,
    }
}
