//! `POST {root}/completions`: models that continue a text, by name, as the chat scenarios are. It answers no chat.

mod choice;
mod ending;
mod gap;
mod hint;
mod shape;

use crate::{
    host,
    reply::Reply,
    scenario::{self, SENTENCE},
    script::Cast,
    turn::Turn,
    welcome,
};
pub(crate) use choice::Continuation;

/// One way to continue a text: the model name that chooses it, and what it answers.
pub(crate) struct Way {
    pub(crate) name: &'static str,
    play: fn(&Turn) -> Reply,
}

const FAMILIES: &[&[Way]] = &[shape::FAMILY, ending::FAMILY, gap::FAMILY, hint::FAMILY];

/// Every way, family by family.
pub(crate) fn all() -> impl Iterator<Item = &'static Way> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// The reply of a model that continues texts; a chat model says where it wants to be asked.
pub(crate) fn reply(turn: &Turn) -> Reply {
    if turn.script.cast == Cast::Welcome {
        return welcome::continued(turn).unwrap_or_else(|| hint::wants_chat(turn));
    }
    match all().find(|way| way.name == turn.model()) {
        Some(way) => (way.play)(turn),
        None if !host::knows(turn) => host::unknown(turn),
        None if turn.model().contains("instruct") => plain(turn),
        None => hint::wants_chat(turn),
    }
}

/// What a text model says when it is asked like a chat model, unless it can chat after all.
pub(crate) fn asked_to_chat(turn: &Turn) -> Option<Reply> {
    let way = all().find(|way| way.name == turn.model())?;
    Some(if hint::chats(way) { scenario::plain(turn) } else { hint::wants_text(turn) })
}

fn plain(turn: &Turn) -> Reply {
    Continuation::of(turn, SENTENCE).reply(turn)
}

const fn way(name: &'static str, play: fn(&Turn) -> Reply) -> Way {
    Way { name, play }
}
