//! Making by asking in a chat: the prompt is the question, and the pictures are those that the answer names.

use gateway::Failure;
use gateway::chat::{Event, Message, Picture, Request, Role};
use serde_json::{Value, json};
use store::table::learnt::Learnt;

use super::{Making, Outcome, Tried, api};
use crate::attach::along::KEPT;
use crate::attach::pictures::{self, Size};
use crate::chat::adapt;
use crate::pictures::keep::Keeper;
use crate::pictures::request;
use crate::services::endpoint::Connection;
use crate::{Code, Error};

/// The family of services that draws in chats only when that is asked for.
const WANTS_MODALITIES: &str = "openrouter";
/// The field that asks for a picture. Without it an answer in words would come, and be paid for.
const MODALITIES: &str = "modalities";
/// Bytes of an answer beyond which no picture is looked for: memory has an end.
const LONGEST: usize = 200 * 1024 * 1024;

/// A field was refused without which nothing would be drawn.
pub(super) fn is_needed(refused: &Failure) -> bool {
    refused.names(MODALITIES)
}

impl Making {
    /// One question to a model that draws in its answers, as far as it takes it.
    pub(super) async fn talk(&self, at: &Connection, learnt: &Learnt) -> Result<Tried, Error> {
        let mut body = self.question(at, learnt);
        let left_out = request::left_out(&self.generation.options.extra, &body.options);
        pictures::fill(&self.organs, &mut body, Size::Usual).await?;
        self.note_sent(Some(self.organs.clock.now())).await?;
        let asked = tokio::select! {
            () = self.stop.notified() => return Ok(Tried::Ended(Outcome::stopped(true))),
            asked = self.organs.client.chat(&at.endpoint, &body) => asked,
        };
        match asked {
            Ok(incoming) => {
                self.organs.events.reach(true);
                Ok(self.listen(at, incoming).await?.without(left_out))
            }
            Err(told) => Ok(Tried::Refused(told)),
        }
    }

    /// What is sent, its pictures named and not there yet.
    pub(super) fn question(&self, at: &Connection, learnt: &Learnt) -> Request {
        let references = self.generation.references.iter();
        let along = references.map(|id| Picture { url: format!("{KEPT}{id}"), detail: String::new() });
        let mut question = Message::text(Role::User, self.generation.prompt.as_str());
        question.pictures = along.collect();
        let mut options = self.generation.options.extra.clone();
        let usual = || (at.service.family == WANTS_MODALITIES).then(|| json!(["image", "text"]));
        let modalities = options.remove(MODALITIES).or_else(usual);
        let mut request = Request {
            model: self.generation.model.clone(),
            messages: vec![question],
            stream: true,
            options,
            ..Request::default()
        };
        adapt::apply(learnt, &mut request);
        // Whatever a chat in words taught about it.
        request.options.extend(modalities.map(|wanted| (MODALITIES.to_owned(), wanted)));
        request
    }

    async fn listen(&self, at: &Connection, mut incoming: gateway::chat::Answer) -> Result<Tried, Error> {
        let (mut outcome, mut said, mut beside) = (Outcome::default(), String::new(), Vec::new());
        let (mut size, mut is_cut) = (0, false);
        loop {
            let event = tokio::select! {
                () = self.stop.notified() => {
                    outcome.is_stopped = true;
                    outcome.was_sent = true;
                    break;
                }
                event = incoming.next() => event,
            };
            match event {
                Some(Ok(Event::Text { text, .. } | Event::Refusal { text, .. })) => said.push_str(&text),
                Some(Ok(Event::Pictures(addresses))) => {
                    size += addresses.iter().map(String::len).sum::<usize>();
                    beside.extend(addresses);
                }
                Some(Ok(Event::Usage(usage))) => {
                    outcome.answered.insert(
                        "usage".into(),
                        json!({
                            "input_tokens": usage.tokens_in, "output_tokens": usage.tokens_out, "cost": usage.cost
                        }),
                    );
                }
                Some(Ok(Event::End { cut })) => {
                    is_cut = cut;
                    break;
                }
                None => break,
                Some(Ok(_)) => {}
                Some(Err(told)) if said.is_empty() && beside.is_empty() => return Ok(Tried::Refused(told)),
                Some(Err(told)) => {
                    outcome.error = Some(self.failed(at, told));
                    break;
                }
            }
            if said.len() + size > LONGEST {
                break;
            }
        }
        // What is asked for no more is not waited for, and what came of it is not thrown away either.
        let mut keeper = Keeper::new(&self.organs, &self.generation);
        keeper.words(&said, &beside).await;
        outcome.pictures = keeper.kept();
        let usage: Option<&Value> = outcome.answered.get("usage");
        outcome.cost = api::cost(usage, self.model.as_ref(), outcome.pictures);
        outcome.error = outcome.error.or(keeper.into_error());
        if outcome.pictures == 0 && outcome.error.is_none() && !outcome.is_stopped {
            let why = self.nothing(at, &said);
            // The picture stands at the end of an answer, and that did not come.
            outcome.error = Some(if is_cut { Error { code: Code::MaybePaid, ..why } } else { why });
        }
        Ok(Tried::Ended(outcome))
    }
}
