//! Making at the images API: sends, shows previews, keeps every picture the moment it is known.

use gateway::images::{Piece, Request, Source};
use serde_json::{Map, Value};
use store::table::generation::GenerationKind;
use store::table::message::Usage;
use store::table::model::Model;

use super::{Making, Outcome, Tried};
use crate::pictures::keep::Keeper;
use crate::pictures::{abilities, along, request};
use crate::services::endpoint::Connection;
use crate::{Code, Error, prices};

impl Making {
    /// One request to the images API.
    pub(super) async fn ask(&self, at: &Connection, fields: Map<String, Value>) -> Result<Tried, Error> {
        let wished = request::fields_of(&abilities::of(&self.generation.model), &self.generation);
        let left_out = request::left_out(&wished, &fields);
        let wish = match self.generation.kind {
            GenerationKind::Edit => {
                let along::Files { images, mask } = self.files().await?;
                Request::Edit { fields, images, mask }
            }
            GenerationKind::Variation => {
                let image = self.files().await?.images.pop().ok_or(Code::Gone)?;
                Request::Vary { fields, image }
            }
            GenerationKind::Generation
            | GenerationKind::Chat
            | GenerationKind::Midjourney
            | GenerationKind::Cut => Request::Generate(fields),
        };
        self.note_sent(Some(self.organs.clock.now())).await?;
        let asked = tokio::select! {
            () = self.stop.notified() => return Ok(Tried::Ended(Outcome::stopped(true))),
            asked = self.organs.client.make_pictures(&at.endpoint, &wish) => asked,
        };
        match asked {
            Ok(incoming) => {
                self.organs.events.reach(true);
                Ok(self.receive(at, incoming).await?.without(left_out))
            }
            Err(told) => Ok(Tried::Refused(told)),
        }
    }

    async fn receive(&self, at: &Connection, mut incoming: gateway::images::Making) -> Result<Tried, Error> {
        let mut keeper = Keeper::new(&self.organs, &self.generation);
        let (mut outcome, mut said, mut began) = (Outcome::default(), String::new(), false);
        loop {
            let piece = tokio::select! {
                // What is here already was paid for: it is kept before anybody stops.
                biased;
                piece = incoming.next() => piece,
                () = self.stop.notified() => {
                    outcome.is_stopped = true;
                    outcome.was_sent = true;
                    break;
                }
            };
            began |=
                matches!(piece, Some(Ok(Piece::Partial { .. } | Piece::Picture { .. } | Piece::Words(_))));
            match piece {
                Some(Ok(Piece::Partial { bytes, .. })) => keeper.preview(bytes.to_vec()).await,
                Some(Ok(Piece::Picture { source: Source::Bytes(bytes), revised_prompt })) => {
                    keeper.bytes(bytes.to_vec(), revised_prompt).await;
                }
                Some(Ok(Piece::Picture { source: Source::Url(url), revised_prompt })) => {
                    keeper.address(url, revised_prompt).await;
                }
                Some(Ok(Piece::Words(words))) => {
                    keeper.words(&words, &[]).await;
                    said = words;
                }
                Some(Ok(Piece::Task { id })) => said = id,
                Some(Ok(Piece::Usage { usage })) => {
                    outcome.answered.insert("usage".into(), usage);
                }
                Some(Ok(Piece::End { facts, .. })) => {
                    outcome.answered.extend(facts);
                    break;
                }
                Some(Err(told)) if !began && !told.may_be_done() => {
                    return Ok(Tried::Refused(told));
                }
                Some(Err(told)) => {
                    outcome.error = Some(self.failed(at, told));
                    break;
                }
                None => break,
            }
        }
        outcome.pictures = keeper.kept();
        outcome.cost = cost(outcome.answered.get("usage"), self.model.as_ref(), outcome.pictures);
        outcome.error = outcome.error.or(keeper.into_error());
        if outcome.pictures == 0 && outcome.error.is_none() && !outcome.is_stopped {
            outcome.error = Some(self.nothing(at, &said));
        }
        Ok(Tried::Ended(outcome))
    }

    async fn files(&self) -> Result<along::Files, Error> {
        along::files(&self.organs, abilities::of(&self.generation.model).family, &self.generation).await
    }
}

/// What it cost: by the tokens that were counted, or by what the service asks for a picture.
pub(super) fn cost(usage: Option<&Value>, model: Option<&Model>, pictures: usize) -> Option<f64> {
    if pictures == 0 {
        return None;
    }
    let told = usage.and_then(|usage| usage.get("cost")).and_then(Value::as_f64);
    let model = model?;
    let counted = |name: &str| usage?.get(name)?.as_i64();
    let counted = Usage {
        tokens_in: counted("input_tokens"),
        tokens_out: counted("output_tokens"),
        ..Usage::default()
    };
    let by_tokens = Model { price_call: None, ..model.clone() };
    let tokens = prices::priced(Some(counted), Some(&by_tokens)).and_then(|usage| usage.cost);
    let calls = model.price_call.map(|price| price * f64::from(u32::try_from(pictures).unwrap_or(u32::MAX)));
    told.or(match (tokens, calls) {
        (None, None) => None,
        (tokens, calls) => Some(tokens.unwrap_or_default() + calls.unwrap_or_default()),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use store::ServiceId;
    use store::table::model::ModelKind;

    use super::*;

    #[test]
    fn a_cost_is_told_counted_or_by_the_picture() {
        let model = |price_in, price_out, price_call| Model {
            service_id: ServiceId::new(),
            name: "m".into(),
            label: "m".into(),
            kind: ModelKind::Image,
            context: None,
            price_in,
            price_out,
            price_call,
            favourite: false,
            typed_in: false,
        };
        let usage = json!({"input_tokens": 1_000_000, "output_tokens": 500_000});
        let by_tokens = model(Some(5.0), Some(40.0), None);
        assert_eq!(cost(Some(&usage), Some(&by_tokens), 1), Some(25.0));
        assert_eq!(cost(None, Some(&by_tokens), 1), None, "nothing was counted");
        let by_picture = model(None, None, Some(0.25));
        assert_eq!(cost(None, Some(&by_picture), 2), Some(0.5));
        assert_eq!(cost(None, Some(&by_picture), 0), None, "nothing came");
        assert_eq!(cost(Some(&json!({"cost": 0.1})), Some(&by_picture), 2), Some(0.1), "the service knows");
        assert_eq!(cost(Some(&usage), None, 1), None);
    }
}
