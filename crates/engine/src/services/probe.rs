//! Learns what a service offers by questions that cost nothing.

use gateway::{Endpoint, Family, Kind, ModelList, Reading};
use store::UnixMs;
use store::table::service::{Balance, Lamp, Lamps};

use crate::engine::Organs;

/// What the probes found.
pub(crate) struct Found {
    pub(crate) list: ModelList,
    pub(crate) family: String,
    pub(crate) lamps: Lamps,
    pub(crate) balance: Option<Balance>,
}

/// Asks for models, then for all the rest at once; for Midjourney's tasks where these are. Only the list of models may fail;
/// the rest stays silent.
pub(crate) async fn probe(
    organs: &Organs,
    at: &Endpoint,
    tasks: &Endpoint,
    now: UnixMs,
) -> Result<Found, gateway::Error> {
    let mut list = organs.client.models(at).await?;
    let family = organs.client.family(at, &list).await;
    let (balance, midjourney, ()) = tokio::join!(
        organs.client.balance(at, &family),
        organs.client.midjourney(tasks),
        organs.client.prices(at, &family, &mut list)
    );
    // OpenRouter lists its models to everybody: only its key page tells whether the key is good.
    if let Err(refused @ gateway::Error::Refused(_)) = &balance
        && is_key_refusal(refused, &family)
    {
        return Err(refused.clone());
    }
    let balance_lamp = match &balance {
        Ok(Some(_)) => Lamp::Works,
        Ok(None) => Lamp::NotOffered,
        Err(_) => Lamp::NotChecked,
    };
    let balance =
        balance.ok().flatten().map(|told| Balance { left: told.left, currency: told.currency, at: now });
    let lamps = Lamps { balance: balance_lamp, ..lamps(&list, midjourney) };
    Ok(Found { family: family.as_str().to_owned(), lamps, balance, list })
}

fn is_key_refusal(told: &gateway::Error, family: &Family) -> bool {
    matches!(told, gateway::Error::Refused(failure) if failure.reading == Reading::KeyRejected)
        && family.as_str() == "openrouter"
}

/// Lamps by the kinds of models listed; a service that lists none tells nothing.
fn lamps(list: &ModelList, midjourney: Option<bool>) -> Lamps {
    let lamp = |kind: Kind| match (list.models.is_empty(), list.models.iter().any(|model| model.kind == kind))
    {
        (_, true) => Lamp::Works,
        (true, false) => Lamp::NotChecked,
        (false, false) => Lamp::NotOffered,
    };
    Lamps {
        chat: lamp(Kind::Chat),
        pictures: lamp(Kind::Image),
        midjourney: match (midjourney, lamp(Kind::Midjourney)) {
            (_, Lamp::Works) | (Some(true), _) => Lamp::Works,
            (Some(false), _) => Lamp::NotOffered,
            (None, _) => Lamp::NotChecked,
        },
        speech: lamp(Kind::Speech),
        transcription: lamp(Kind::Transcription),
        meaning_search: lamp(Kind::Embedding),
        balance: Lamp::NotChecked,
    }
}
