//! Carries out what a model calls: asks the person, runs what they allow, and writes every change down before the next,
//! so that a kill loses nothing and nothing is carried out twice unasked.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use gateway::chat::Called;
use store::table::step::{CallState, ToolCall};
use store::table::tool::{Policy, Tool};

use super::super::live::Answer;
use super::super::{history, tooling};
use super::screen;
use crate::Error;
use crate::engine::Organs;
use crate::tools::Answerer;
use crate::view::Decision;

/// What goes back for a call that the person refused, now or for good.
const REFUSED: &str = "The person refused this call. Do without it, or ask them.";
const FORBIDDEN: &str = "The person does not allow this tool. Do without it.";
/// What goes back for a call whose end never came.
const BROKEN: &str = "The connection broke before this call was complete. Call again if it is still needed.";

/// What becomes of a call that is open.
enum Verdict {
    /// The person is asked.
    Ask,
    /// It is carried out.
    Run,
    /// It is not, for this reason.
    Not(CallState, String),
}

/// After how many rounds of calls an answer stops by itself.
pub(super) async fn most_rounds(organs: &Organs) -> Result<u32, Error> {
    let settings = organs.read(store::Read::settings).await?;
    Ok(u32::try_from(settings.tool_rounds).unwrap_or_default().clamp(1, tooling::MOST_ROUNDS))
}

/// Puts a round of calls behind what was said, each open.
pub(super) fn open(live: &Answer, called: Vec<Called>) {
    put(live, called, &ToolCall::default());
}

/// Puts calls that may not be whole behind what was said: they are kept, and not carried out.
pub(super) fn keep_broken(live: &Answer, called: Vec<Called>) {
    if !called.is_empty() {
        let state = CallState::Failed;
        put(live, called, &ToolCall { state, result: BROKEN.into(), ..ToolCall::default() });
    }
}

fn put(live: &Answer, called: Vec<Called>, as_new: &ToolCall) {
    let steps = live.steps();
    let mut taken: HashSet<String> =
        steps.iter().flat_map(|step| step.calls.iter().map(|call| call.id.clone())).collect();
    let calls = called.into_iter().map(|Called { id, name, arguments }| {
        let id = unused(id, &mut taken);
        ToolCall { id, name, arguments, ..as_new.clone() }
    });
    live.push_step(calls.collect());
}

/// The id, or a like one where an earlier round has it: some services count from the start with every answer.
fn unused(id: String, taken: &mut HashSet<String>) -> String {
    let mut free = std::iter::once(id.clone()).chain((1..).map(|number: u32| format!("call{number:05}")));
    let id = free.find(|id| !taken.contains(id)).unwrap_or(id);
    taken.insert(id.clone());
    id
}

/// Whether the last round has calls that are open.
pub(super) fn are_open(live: &Answer) -> bool {
    !open_calls(live).is_empty()
}

/// Waits until every call of the last round has its result. False when the person stopped it; the rest stays open.
pub(super) async fn settle(organs: &Arc<Organs>, live: &Arc<Answer>) -> Result<bool, Error> {
    let settled = settle_all(organs, live).await;
    wait_for_person(organs, live, false).await;
    settled
}

async fn settle_all(organs: &Arc<Organs>, live: &Arc<Answer>) -> Result<bool, Error> {
    // A call that ran when Medley was killed is asked for once more: nobody knows what it did.
    for call in open_calls(live).into_iter().filter(|call| call.state == CallState::Running) {
        live.change_call(&call.id, |call| call.state = CallState::Asking);
    }
    loop {
        let offered = tooling::of_conversation(organs, live.conversation()).await?;
        if !settle_what_is_clear(organs, live, &offered).await? {
            return Ok(false);
        }
        if !are_open(live) {
            return Ok(true);
        }
        wait_for_person(organs, live, true).await;
        screen::paint_last(live).await;
        tokio::select! {
            () = live.stopped() => return Ok(false),
            (id, decision) = live.decided() => {
                if !decide(organs, live, &offered, &id, decision).await? {
                    return Ok(false);
                }
            }
        }
    }
}

/// Settles what nobody needs to be asked about. False when the person stopped it.
async fn settle_what_is_clear(
    organs: &Arc<Organs>,
    live: &Arc<Answer>,
    offered: &[Tool],
) -> Result<bool, Error> {
    for call in open_calls(live) {
        let tool = offered.iter().find(|tool| tool.name == call.name);
        match judge(tool, &call) {
            Verdict::Run if !run(organs, live, tool, &call).await? => return Ok(false),
            Verdict::Ask | Verdict::Run => {}
            Verdict::Not(state, why) => close(organs, live, &call.id, state, why).await?,
        }
    }
    Ok(true)
}

fn judge(tool: Option<&Tool>, call: &ToolCall) -> Verdict {
    let Some(tool) = tool else {
        return Verdict::Not(CallState::Failed, format!("There is no tool named {:?} here.", call.name));
    };
    if let Err(why) = history::arguments(call) {
        return Verdict::Not(CallState::Failed, why);
    }
    match tool.policy {
        Policy::Never => Verdict::Not(CallState::Refused, FORBIDDEN.into()),
        Policy::Always if matches!(Answerer::of(tool), Answerer::Medley(_)) => Verdict::Run,
        Policy::Always | Policy::Ask => Verdict::Ask,
    }
}

/// Does as the person said. False when they stopped it meanwhile.
async fn decide(
    organs: &Arc<Organs>,
    live: &Arc<Answer>,
    offered: &[Tool],
    id: &str,
    decision: Decision,
) -> Result<bool, Error> {
    let Some(call) = open_calls(live).into_iter().find(|call| call.id == id) else { return Ok(true) };
    let tool = offered.iter().find(|tool| tool.name == call.name);
    match decision {
        Decision::Once => return run(organs, live, tool, &call).await,
        Decision::Always => {
            remember(organs, tool, Policy::Always).await?;
            return run(organs, live, tool, &call).await;
        }
        Decision::Refuse => close(organs, live, id, CallState::Refused, REFUSED.into()).await?,
        Decision::Never => {
            remember(organs, tool, Policy::Never).await?;
            close(organs, live, id, CallState::Refused, FORBIDDEN.into()).await?;
        }
        Decision::Result { text } => close(organs, live, id, CallState::Done, text).await?,
    }
    Ok(true)
}

async fn remember(organs: &Organs, tool: Option<&Tool>, policy: Policy) -> Result<(), Error> {
    match tool {
        Some(tool) => organs.set_policy(tool.id, policy).await,
        None => Ok(()),
    }
}

/// Carries a call out. False when the person stopped it meanwhile; then it stays open.
async fn run(
    organs: &Arc<Organs>,
    live: &Arc<Answer>,
    tool: Option<&Tool>,
    call: &ToolCall,
) -> Result<bool, Error> {
    // Only the person can say what came of a function of their own.
    let Some(Answerer::Medley(builtin)) = tool.map(Answerer::of) else { return Ok(true) };
    let arguments = match history::arguments(call) {
        Ok(arguments) => arguments,
        Err(why) => return close(organs, live, &call.id, CallState::Failed, why).await.map(|()| true),
    };
    change(organs, live, &call.id, |call| call.state = CallState::Running).await?;
    let began = Instant::now();
    let outcome = tokio::select! {
        () = live.stopped() => None,
        outcome = builtin.carry_out(organs, live.id(), &arguments) => Some(outcome),
    };
    let duration_ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
    let Some(outcome) = outcome else {
        change(organs, live, &call.id, |call| call.state = CallState::Asking).await?;
        return Ok(false);
    };
    let (state, result) = match outcome {
        Ok(result) => (CallState::Done, result),
        Err(why) => (CallState::Failed, why),
    };
    change(organs, live, &call.id, |call| {
        (call.state, call.result, call.duration_ms) = (state, result, Some(duration_ms));
    })
    .await?;
    Ok(true)
}

async fn close(
    organs: &Arc<Organs>,
    live: &Arc<Answer>,
    id: &str,
    state: CallState,
    result: String,
) -> Result<(), Error> {
    change(organs, live, id, |call| (call.state, call.result) = (state, result)).await
}

/// Changes a call, writes it down and shows it.
async fn change(
    organs: &Arc<Organs>,
    live: &Arc<Answer>,
    id: &str,
    change: impl FnOnce(&mut ToolCall),
) -> Result<(), Error> {
    live.change_call(id, change);
    let (answer, steps) = (live.id(), live.steps());
    organs.write(move |write| write.save_steps(answer, &steps)).await?;
    screen::paint_last(live).await;
    Ok(())
}

/// The conversation shows whether its answer waits for the person.
async fn wait_for_person(organs: &Organs, live: &Answer, waits: bool) {
    if live.set_waits(waits)
        && let Err(error) = organs.tell_conversation(live.conversation()).await
    {
        tracing::warn!(%error, "nobody was told that an answer waits");
    }
}

fn open_calls(live: &Answer) -> Vec<ToolCall> {
    let steps = live.steps();
    let last = steps.into_iter().next_back().map(|step| step.calls).unwrap_or_default();
    last.into_iter().filter(|call| matches!(call.state, CallState::Asking | CallState::Running)).collect()
}
