//! `POST {root}/images/...`: models that draw, by name: the three families, and every way in which it can go otherwise
//! (reference 5). The chat knows other scenarios of pictures.

mod ask;
mod draw;
pub(crate) mod drawn;
mod way;

use crate::{fault::Fault, host, reply::Reply, script::Cast, turn::Turn, welcome};
use ask::{Ask, Kind};
pub(crate) use draw::{RIDGES, Sketch};

const NOT_IMPLEMENTED: Fault =
    Fault::new(501, "invalid_request_error", "api_not_implemented", "API not implemented.");
const NO_PICTURES: Fault = Fault::new(
    400,
    "invalid_request_error",
    "invalid_value",
    "Invalid value: 'model'. This model does not draw.",
)
.naming("model");

/// One way to draw: the model name that chooses it, and what it answers.
struct Way {
    name: &'static str,
    play: fn(&Ask) -> Reply,
}

const MODELS: &[Way] =
    &[way("dall-e-2", drawn::dall_e), way("dall-e-3", drawn::dall_e), way("gpt-image-1", drawn::gpt_image)];

/// The names of all that draw.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    ways().map(|way| way.name)
}

/// The reply to a request at a path below the root, where the dialect has that path.
pub(crate) fn reply(turn: &Turn, path: &str) -> Option<Reply> {
    let dialect = turn.dialect();
    let kind = match path {
        "/images/generations" => Kind::Generate,
        "/images/edits" => Kind::Edit,
        "/images/variations" => Kind::Vary,
        _ => return None,
    };
    if !dialect.draws() {
        return None;
    }
    // Reference 5.2 and 5.3: relays know the paths, and not what to do there.
    let is_offered = match kind {
        Kind::Generate => true,
        Kind::Edit => !dialect.is_relay() || dialect.is_new_relay(),
        Kind::Vary => !dialect.is_relay(),
    };
    Some(if is_offered { made(turn, kind) } else { NOT_IMPLEMENTED.reply(dialect) })
}

fn made(turn: &Turn, kind: Kind) -> Reply {
    let way = ways().find(|way| way.name == named(turn));
    let is_welcome = turn.script.cast == Cast::Welcome;
    let is_known = if is_welcome { welcome::knows(turn.model()) } else { host::knows(turn) };
    let Some(way) = way.filter(|_| is_known) else {
        return if is_known { NO_PICTURES.reply(turn.dialect()) } else { host::unknown(turn) };
    };
    if kind == Kind::Vary && turn.model() != "dall-e-2" && !turn.model().starts_with("picture-") {
        return NO_PICTURES.reply(turn.dialect());
    }
    match Ask::read(turn, kind) {
        Ok(ask) => (way.play)(&ask),
        Err(fault) => fault.reply(turn.dialect()),
    }
}

/// The chat has scenarios of these two names.
fn named(turn: &Turn) -> &str {
    match turn.model() {
        "picture-html" => "picture-web-page",
        "picture-cut" => "picture-cut-off",
        // The one model of its kind on Together's list.
        "black-forest-labs/FLUX.1-schnell" => "dall-e-2",
        name => name,
    }
}

fn ways() -> impl Iterator<Item = &'static Way> {
    MODELS.iter().chain(way::ALL)
}

const fn way(name: &'static str, play: fn(&Ask) -> Reply) -> Way {
    Way { name, play }
}
