//! GPTs over chat: a row that stands for all of them and cannot be asked, and one whose words hold marks of the web product.

use super::{Scenario, scenario};
use crate::{answer::Answer, fault::Fault, reply::Reply, turn::Turn};

pub(super) const FAMILY: &[Scenario] =
    &[scenario("gpt-4-gizmo-*", no_name), scenario("gpt-4-gizmo-g-Rivers123", marked)];

const NO_NAME: Fault =
    Fault::new(404, "invalid_request_error", "model_not_found", "The model does not exist.").naming("model");

fn no_name(turn: &Turn) -> Reply {
    NO_NAME.reply(turn.dialect())
}

fn marked(turn: &Turn) -> Reply {
    let text = "The river rises in the hills.\u{e200}cite\u{e202}turn0search1\u{e201} It reaches the sea.【4†source】";
    Answer::new(text).reply(turn)
}
