//! Questions about tasks.

use serde_json::{Value, json};

use super::{
    Call, Midjourney,
    task::{Fate, Looks, Stage, Tasks},
    told,
};
use crate::reply::{HTML, Reply};

const FAULT: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
/// How many the one in another language tells of.
const NEWEST: usize = 100;

/// The reply to a question at a path below `/mj/task/`.
pub(super) fn reply(tasks: &mut Tasks, call: &Call, asked: &str, get: bool) -> Option<Reply> {
    let (id, question) = asked.split_once('/').map_or((None, asked), |(id, question)| (Some(id), question));
    if !call.dialect.has(question) {
        return None;
    }
    let id = id.map(|id| id.parse::<u64>().unwrap_or_default());
    match (question, id) {
        ("list", None) if get => Some(list(tasks, call)),
        ("queue", None) if get => Some(queue(tasks, call)),
        ("list-by-condition" | "list-by-ids", None) if !get => Some(by_ids(tasks, call)),
        ("query", None) if !get => Some(page(tasks, call)),
        ("fetch", Some(id)) if get => Some(fetch(tasks, call, id)),
        ("cancel", Some(id)) if !get => Some(cancel(tasks, call, id)),
        ("image-seed", Some(id)) if get => Some(seed(tasks, call, id)),
        _ => None,
    }
}

fn fetch(tasks: &mut Tasks, call: &Call, id: u64) -> Reply {
    if stumbles(tasks, id) {
        return Reply::body(502, HTML, FAULT);
    }
    let told = tasks.get(id).and_then(|task| told::task(call, task));
    told.map_or_else(|| call.dialect.unknown(), |told| Reply::json(200, &told))
}

fn by_ids(tasks: &mut Tasks, call: &Call) -> Reply {
    let ids = call.turn.body.get("ids").and_then(Value::as_array).into_iter().flatten();
    let ids: Vec<u64> = ids.filter_map(|id| id.as_str()?.parse().ok()).collect();
    if ids.iter().any(|id| stumbles(tasks, *id)) {
        return Reply::body(502, HTML, FAULT);
    }
    let told: Vec<Value> = ids.iter().filter_map(|id| told::task(call, tasks.get(*id)?)).collect();
    Reply::json(200, &told.into())
}

fn list(tasks: &Tasks, call: &Call) -> Reply {
    let most = if call.dialect == Midjourney::Net { NEWEST } else { usize::MAX };
    let told: Vec<Value> =
        tasks.newest_first().take(most).filter_map(|task| told::task(call, task)).collect();
    Reply::json(200, &told.into())
}

fn queue(tasks: &Tasks, call: &Call) -> Reply {
    let is_open = |stage| matches!(stage, Stage::Submitted | Stage::Running(_));
    let open = tasks.newest_first().filter(|task| is_open(task.stage(call.now)));
    let told: Vec<Value> = open.filter_map(|task| told::task(call, task)).collect();
    Reply::json(200, &told.into())
}

fn page(tasks: &Tasks, call: &Call) -> Reply {
    let number = |key: &str, usual: u64| {
        let told = call.turn.body.get(key).and_then(Value::as_u64).unwrap_or(usual);
        usize::try_from(told).unwrap_or_default()
    };
    let (at, size) = (number("pageNumber", 0), number("pageSize", 10).max(1));
    let all: Vec<Value> = tasks.newest_first().filter_map(|task| told::task(call, task)).collect();
    let content: Vec<&Value> = all.iter().skip(at * size).take(size).collect();
    let pages = all.len().div_ceil(size);
    Reply::json(
        200,
        &json!({
            "content": content, "totalElements": all.len(), "totalPages": pages, "number": at, "size": size,
            "numberOfElements": content.len(), "first": at == 0, "last": at + 1 >= pages, "empty": content.is_empty(),
            "sort": {"empty": false, "sorted": true, "unsorted": false},
        }),
    )
}

fn cancel(tasks: &mut Tasks, call: &Call, id: u64) -> Reply {
    let now = call.now;
    let is_open = |stage| matches!(stage, Stage::Submitted | Stage::Running(_) | Stage::Modal);
    let Some(task) = tasks.get_mut(id).filter(|task| is_open(task.stage(now))) else {
        return Reply::json(200, &json!({"code": 9, "description": "the task is not open", "result": null}));
    };
    task.cancelled = true;
    match call.dialect {
        Midjourney::Net => Reply::body(200, "application/json", ""),
        _ => Reply::json(200, &json!({"code": 1, "description": "ok", "result": null})),
    }
}

fn seed(tasks: &Tasks, call: &Call, id: u64) -> Reply {
    let found = tasks.get(id).filter(|task| task.stage(call.now) == Stage::Success);
    match found.map(|task| task.looks) {
        Some(Looks::Grid { seed, .. }) => {
            Reply::json(200, &json!({"code": 1, "description": "ok", "result": seed.to_string()}))
        }
        _ => Reply::json(200, &json!({"code": 9, "description": "only grids have a seed", "result": null})),
    }
}

/// Whether this question about a task meets a fault: every other one, where its prompt says so.
fn stumbles(tasks: &mut Tasks, id: u64) -> bool {
    if tasks.get(id).is_none_or(|task| task.fate != Fate::Stumbles) {
        return false;
    }
    let asked = tasks.asked.entry(id).or_default();
    *asked += 1;
    *asked % 2 == 1
}
