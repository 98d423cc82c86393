//! Midjourney's task API in four dialects (reference 4): tasks that are really made step by step, with previews, grids, buttons
//! and pop-ups. Words in a prompt choose how it goes: see [`task::Fate`].

mod ask;
mod button;
mod dialect;
mod draw;
mod modal;
mod submit;
mod task;
mod told;

use axum::http::Method;

use crate::{
    host,
    reply::{Reply, TEXT},
    turn::Turn,
};
pub use dialect::Midjourney;
pub(crate) use task::Tasks;

/// One request to these paths.
struct Call<'a> {
    turn: &'a Turn,
    dialect: Midjourney,
    /// How long what is begun now takes, in milliseconds.
    takes: u64,
    now: u64,
}

/// The reply, where the script offers these paths and this is one of them.
pub(crate) fn answer(
    tasks: &mut Tasks,
    method: &Method,
    keys: &Keys,
    turn: &Turn,
    now: u64,
) -> Option<Reply> {
    let dialect = turn.script.midjourney?;
    let path = turn.path.split('?').next().unwrap_or_default();
    let (takes, rest) = speed(dialect, path)?;
    // Pictures are for everybody.
    if let Some(id) = rest.strip_prefix("/image/") {
        return Some(draw::reply(tasks, id, now));
    }
    if let Some(fault) = dialect.refusal(keys, turn) {
        return Some(fault);
    }
    let call = Call { turn, dialect, takes: takes * turn.script.pace(), now };
    let get = method == Method::GET;
    let found = match rest.strip_prefix("/task/") {
        Some(asked) => ask::reply(tasks, &call, asked, get),
        None if get => None,
        None if rest == "/submit/modal" => modal::reply(tasks, &call),
        None => submit::reply(tasks, &call, rest),
    };
    Some(found.unwrap_or_else(|| dialect.nowhere(method, turn)))
}

/// What a request showed to be let in.
pub(crate) struct Keys {
    /// The whole value of `Authorization`.
    pub(crate) authorization: Option<String>,
    /// The value of `mj-api-secret`.
    pub(crate) secret: Option<String>,
}

/// The part of the path behind `/mj`, and how many times as long as usual it takes there.
fn speed(dialect: Midjourney, path: &str) -> Option<(u64, &str)> {
    let speeds = [("/mj-turbo/mj", 1), ("/mj-fast/mj", 2), ("/mj-relax/mj", 4), ("/mj", 2)];
    let (root, takes) = speeds.into_iter().find(|(root, _)| path.starts_with(&format!("{root}/")))?;
    // The oldest never heard of speeds.
    let is_there = root == "/mj" || dialect != Midjourney::Base;
    Some((takes, path.strip_prefix(root)?)).filter(|_| is_there)
}

/// A line of plain text.
fn text(status: u16, words: &'static str) -> Reply {
    Reply::body(status, TEXT, words)
}

/// Whether the key of the service is the one that is wanted.
fn is_let_in(turn: &Turn, key: Option<&str>) -> Option<Reply> {
    host::refused(turn, key)
}
