//! `POST {root}/audio/transcriptions` and `/audio/translations`: models that write down what is said (reference 7.1, 7.2), and,
//! by words in the prompt, every way in which that can go otherwise. Whatever is sent, the same few sentences are heard in it,
//! as long as the file is.

mod ask;
mod length;
mod said;

use serde_json::json;

use crate::{
    fault::Fault,
    host,
    reply::{HTML, JSON, Live, Reply, Step, send, wait},
    script::Cast,
    turn::Turn,
    welcome,
};
use ask::{Ask, Format};
use said::Said;

/// The models that write down what is said.
const MODELS: &[&str] = &["whisper-1", "gpt-4o-transcribe", "gpt-4o-transcribe-diarize", "whisper-narrow"];
const NO_HEARING: Fault = Fault::new(
    400,
    "invalid_request_error",
    "invalid_value",
    "Invalid value: 'model'. This model does not write down what is said.",
)
.naming("model");
const NO_TRANSLATION: Fault =
    Fault::new(404, "invalid_request_error", "", "Invalid URL (POST /v1/audio/translations)");
const NO_MONEY: Fault =
    Fault::new(403, "insufficient_quota", "insufficient_user_quota", "You exceeded your current quota.")
        .at_relays("insufficient_user_quota", "用户额度不足");
const BROKEN: Fault = Fault::new(500, "server_error", "server_error", "The server had an error.");
const PORTAL: &str = "<!doctype html><title>Welcome to Station Wi-Fi</title><p>Please sign in.";
/// Milliseconds that a person sees it work.
const PAUSE: u64 = 700;

/// The names of all that write down what is said.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    MODELS.iter().copied()
}

/// The reply where the dialect writes down what is said.
pub(crate) fn reply(turn: &Turn, is_translation: bool) -> Option<Reply> {
    let offers = if is_translation { turn.dialect().translates() } else { turn.dialect().hears() };
    offers.then(|| heard(turn, is_translation))
}

fn heard(turn: &Turn, is_translation: bool) -> Reply {
    let is_welcome = turn.script.cast == Cast::Welcome;
    let is_known = if is_welcome { welcome::knows(turn.model()) } else { host::knows(turn) };
    if !is_known {
        return host::unknown(turn);
    }
    if !all().any(|name| name == turn.model()) {
        return NO_HEARING.reply(turn.dialect());
    }
    if is_translation && !turn.model().starts_with("whisper") {
        return NO_TRANSLATION.reply(turn.dialect());
    }
    let ask = match Ask::read(turn, is_translation) {
        Ok(ask) => ask,
        Err(fault) => return fault.reply(turn.dialect()),
    };
    let says = |word: &str| !is_welcome && ask.prompt.contains(word);
    match () {
        () if says("[no money]") => NO_MONEY.reply(turn.dialect()),
        () if says("[refused with 200]") => Reply::json(200, &NO_MONEY.body(turn.dialect())),
        () if says("[web page]") => Reply::body(200, HTML, PORTAL),
        () if says("[nginx 413]") => {
            Reply::body(413, HTML, "<html><h1>413 Request Entity Too Large</h1></html>")
        }
        () if says("[silent]") => Reply::Never,
        () if says("[empty]") => Reply::body(200, JSON, ""),
        () if says("[broken]") => BROKEN.reply(turn.dialect()),
        () if says("[second breaks]") && turn.attempt == 1 => BROKEN.reply(turn.dialect()),
        () if says("[cut]") => cut(),
        () => {
            written(&ask, is_welcome, says("[wrapped]"), if is_welcome || says("[slow]") { PAUSE } else { 0 })
        }
    }
}

fn written(ask: &Ask, is_welcome: bool, is_wrapped: bool, pause: u64) -> Reply {
    let said = Said::new(ask, is_welcome);
    let (mime, mut body) = match ask.format {
        Format::Json => (JSON, said.plain().to_string()),
        Format::Verbose => (JSON, said.verbose(ask).to_string()),
        Format::Diarized => (JSON, said.diarized().to_string()),
        Format::Text => (crate::reply::TEXT, said.text() + "\n"),
        Format::Srt => (crate::reply::TEXT, said.srt()),
        Format::Vtt => ("text/vtt", said.vtt()),
    };
    if is_wrapped && mime != JSON {
        body = json!({"text": body}).to_string();
    }
    let steps = [wait(pause), send(body)];
    Reply::Live(Live { content_type: mime, steps: Box::new(steps.into_iter()) })
}

/// A beginning, and then nothing.
fn cut() -> Reply {
    let steps = [send("{\"text\":\"The river ri"), Step::Flush, wait(50), Step::Cut];
    Reply::Live(Live { content_type: JSON, steps: Box::new(steps.into_iter()) })
}
