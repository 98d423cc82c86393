//! `POST {root}/audio/speech`: models that read aloud (reference 7.3), and, by words in the text, every way in which that can
//! go otherwise. What is heard is a tone for each few letters, at the pitch of the voice.

mod ask;
mod beat;
mod container;
mod file;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde_json::json;

use crate::{
    fault::Fault,
    host,
    reply::{HTML, Live, Reply, Step, send, wait},
    script::Cast,
    turn::Turn,
    welcome,
};
use ask::{Ask, Format};

/// The models that read aloud.
const MODELS: &[&str] = &["tts-1", "tts-1-hd", "gpt-4o-mini-tts"];
const NO_SPEECH: Fault = Fault::new(
    400,
    "invalid_request_error",
    "invalid_value",
    "Invalid value: 'model'. This model does not read aloud.",
)
.naming("model");
const LATE: Fault = Fault::new(500, "server_error", "server_error", "The voice failed in the middle.");
const NO_MONEY: Fault =
    Fault::new(403, "insufficient_quota", "insufficient_user_quota", "You exceeded your current quota.")
        .at_relays("insufficient_user_quota", "用户额度不足");
const PORTAL: &str = "<!doctype html><title>Welcome to Station Wi-Fi</title><p>Please sign in.";
/// Pieces in which a file is sent.
const PIECE: usize = 16 * 1024;

/// The names of all that read aloud.
pub(crate) fn all() -> impl Iterator<Item = &'static str> {
    MODELS.iter().copied()
}

/// The reply where the dialect reads aloud.
pub(crate) fn reply(turn: &Turn) -> Option<Reply> {
    turn.dialect().speaks().then(|| spoken(turn))
}

fn spoken(turn: &Turn) -> Reply {
    let is_welcome = turn.script.cast == Cast::Welcome;
    let is_known = if is_welcome { welcome::knows(turn.model()) } else { host::knows(turn) };
    if !is_known {
        return host::unknown(turn);
    }
    if !all().any(|name| name == turn.model()) {
        return NO_SPEECH.reply(turn.dialect());
    }
    let ask = match Ask::read(turn) {
        Ok(ask) => ask,
        Err(fault) => return fault.reply(turn.dialect()),
    };
    // People hear how it goes; only tests say these words.
    let says = |word: &str| !is_welcome && ask.input.contains(word);
    match () {
        () if says("[no money]") => NO_MONEY.reply(turn.dialect()),
        () if says("[refused with 200]") => Reply::json(200, &NO_MONEY.body(turn.dialect())),
        () if says("[web page]") => Reply::body(200, HTML, PORTAL),
        () if says("[silent]") => Reply::Never,
        () if says("[empty]") => Reply::body(200, ask.format.mime(), Bytes::new()),
        () if says("[wrong name]") => file(&ask, Format::Wav, ask.format.mime()),
        () if says("[damaged]") => {
            Reply::body(200, ask.format.mime(), b"\xff\xf3 this is no sound".as_slice())
        }
        () if says("[cut]") => cut(&ask),
        () if ask.is_events => events(turn, &ask, says("[fails late]")),
        () => file(&ask, ask.format, ask.format.mime()),
    }
}

/// The file of that form, in pieces as it is made; slow enough for people to see it come.
fn file(ask: &Ask, format: Format, mime: &'static str) -> Reply {
    let pause = ask.pause();
    let pieces: Vec<Bytes> = pieces(&file::of(ask, format)).collect();
    let steps = pieces.into_iter().flat_map(move |piece| [wait(pause), send(piece)]);
    Reply::Live(Live { content_type: mime, steps: Box::new(steps) })
}

/// Half of the file, and then nothing.
fn cut(ask: &Ask) -> Reply {
    let file = file::of(ask, ask.format);
    let half = Bytes::copy_from_slice(file.get(..file.len() / 2).unwrap_or_default());
    let steps = [send(half), Step::Flush, wait(50), Step::Cut];
    Reply::Live(Live { content_type: ask.format.mime(), steps: Box::new(steps.into_iter()) })
}

fn events(turn: &Turn, ask: &Ask, fails: bool) -> Reply {
    let file = file::of(ask, ask.format);
    let mut steps: Vec<Step> = pieces(&file)
        .map(|piece| {
            let body = json!({"type": "speech.audio.delta", "audio": STANDARD.encode(piece)});
            send(format!("data: {body}\n\n"))
        })
        .collect();
    let words = ask.input.split_whitespace().count();
    let usage = json!({"input_tokens": words, "output_tokens": file.len() / 40, "total_tokens": words + file.len() / 40});
    let last = if fails {
        steps.truncate(1);
        LATE.body(turn.dialect())
    } else {
        json!({"type": "speech.audio.done", "usage": usage})
    };
    steps.push(send(format!("data: {last}\n\n")));
    Reply::events(steps)
}

fn pieces(file: &[u8]) -> impl Iterator<Item = Bytes> {
    file.chunks(PIECE).map(Bytes::copy_from_slice)
}
