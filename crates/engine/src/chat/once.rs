//! One question to a model outside of any conversation. It is changed to what the model takes where that is refused, and
//! never sent again after anything else: it may have been paid for.

use std::sync::Arc;
use std::time::{Duration, Instant};

use gateway::chat::{Event as Piece, Message as Sent, Request};
use store::table::learnt::Learnt;

use super::{adapt, request};
use crate::attach::pictures::{self, Size};
use crate::engine::Organs;
use crate::services::endpoint::Connection;
use crate::view::Ask;
use crate::{Code, Error};

/// Changes of one request in a row; each is another thing refused.
const ADAPTATIONS: usize = 4;
/// Bytes of the longest answer: whoever says more was not asked for it.
const LONGEST: usize = 256 * 1024;
/// How often it is told how far it is.
const PROGRESS: Duration = Duration::from_millis(150);

/// Asks, and gives all that is said. `tell` hears how many letters there are so far.
pub(crate) async fn ask(
    organs: &Arc<Organs>,
    ask: &Ask,
    learnt: &mut Learnt,
    message: Sent,
    mut tell: impl FnMut(usize),
) -> Result<String, Error> {
    let mut body =
        Request { model: ask.model.clone(), messages: vec![message], stream: true, ..Request::default() };
    pictures::fill(organs, &mut body, Size::Usual).await?;
    for _ in 0..ADAPTATIONS {
        adapt::apply(learnt, &mut body);
        let at = Connection::open(organs, ask.service_id).await?;
        match answer(organs, &at, &body, &mut tell).await {
            Err(gateway::Error::Refused(failure)) if adapt::learn(learnt, &failure, &body).is_some() => {
                request::remember(organs, ask, learnt.clone()).await?;
            }
            Err(told) => return Err(at.failed(organs, told).asked(&at.service.name, &ask.model)),
            Ok(said) => return Ok(said),
        }
    }
    Err(Code::FieldRefused.into())
}

/// As [`ask`], with what is known of the model. [`Code::EmptyAnswer`] when it says nothing.
pub(crate) async fn words(organs: &Arc<Organs>, whom: &Ask, message: Sent) -> Result<String, Error> {
    let service = organs.service(whom.service_id).await?;
    let mut learnt = request::learnt(organs, whom).await?;
    let said = ask(organs, whom, &mut learnt, message, |_| {}).await?;
    if said.is_empty() {
        Err(Error::from(Code::EmptyAnswer).asked(&service.name, &whom.model))
    } else {
        Ok(said)
    }
}

async fn answer(
    organs: &Organs,
    at: &Connection,
    body: &Request,
    tell: &mut impl FnMut(usize),
) -> Result<String, gateway::Error> {
    let mut incoming = organs.client.chat(&at.endpoint, body).await?;
    let (mut said, mut told) = (String::new(), Instant::now());
    while let Some(piece) = incoming.next().await {
        match piece? {
            Piece::Text { choice: 0, text } => said.push_str(&text),
            Piece::TextWasThought { choice: 0 } => said.clear(),
            Piece::End { cut: true } => {
                return Err(gateway::Error::Cut { detail: "the answer broke off".into() });
            }
            _ => {}
        }
        if said.len() > LONGEST {
            return Err(gateway::Error::Cut { detail: "the answer had no end".into() });
        }
        if told.elapsed() >= PROGRESS {
            told = Instant::now();
            tell(said.chars().count());
        }
    }
    Ok(said.trim().to_owned())
}
