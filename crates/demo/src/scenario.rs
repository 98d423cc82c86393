//! Every way an answer can go, by model name. A scenario makes bytes from a request and knows nothing of connections.

mod calls;
mod confidence;
mod data;
mod ending;
mod field;
mod flood;
mod framing;
mod gpt;
mod midstream;
mod page;
mod picture;
mod reasoning;
mod refusal;
mod seeing;
mod several;
mod shape;
mod speech;
mod unwanted;
mod usage;
pub(crate) mod window;

pub(crate) use speech::SENTENCE;

use crate::{calls::Call, reply::Reply, turn::Turn};

/// One scenario: the model name that chooses it, and what it answers.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    play: fn(&Turn) -> Reply,
}

const FAMILIES: &[&[Scenario]] = &[
    speech::FAMILY,
    reasoning::FAMILY,
    ending::FAMILY,
    refusal::FAMILY,
    field::FAMILY,
    unwanted::REFUSING,
    unwanted::REJECTING,
    window::FAMILY,
    page::FAMILY,
    picture::FAMILY,
    midstream::FAMILY,
    shape::FAMILY,
    usage::FAMILY,
    framing::FAMILY,
    flood::FAMILY,
    calls::FAMILY,
    seeing::FAMILY,
    confidence::FAMILY,
    data::FAMILY,
    several::FAMILY,
    gpt::FAMILY,
];

/// Every scenario, family by family.
pub(crate) fn all() -> impl Iterator<Item = &'static Scenario> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The reply of the scenario that the model names, if it names one.
pub(crate) fn reply(turn: &Turn) -> Option<Reply> {
    all().find(|scenario| scenario.name == turn.model()).map(|scenario| (scenario.play)(turn))
}

/// The uneventful answer, for models that are no scenario.
pub(crate) fn plain(turn: &Turn) -> Reply {
    speech::plain(turn)
}

/// An answer that makes these calls, in the documented form.
pub(crate) fn call(turn: &Turn, wanted: &[Call]) -> Reply {
    calls::documented(turn, wanted)
}

const fn scenario(name: &'static str, play: fn(&Turn) -> Reply) -> Scenario {
    Scenario { name, play }
}
