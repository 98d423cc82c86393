//! The friendly models use the tools that they are offered, where the question calls for one. Each is used once, and what
//! it brought stands in the answer.

use serde_json::{Value, json};

use super::{honesty, is_chinese};
use crate::{
    answer::Answer,
    calls::{self, Call},
    reply::Reply,
    scenario,
    turn::Turn,
};

/// Signs of which calculations are made.
const CALCULATION: &str = "0123456789.+-*/^%()×÷ ";

/// A call, or the answer made of what one brought; none where the question needs no tool that is offered.
pub(super) fn reply(turn: &Turn, pace: u64) -> Option<Reply> {
    let question = turn.question();
    let results = calls::results(turn);
    if !results.is_empty() {
        let said = if is_chinese(&question) { "工具的结果是：" } else { "The tool says: " };
        let text = format!("{said}**{}**\n\n{}", results.join(" · "), honesty(&question));
        return Some(Answer { pace, ..Answer::new(text) }.reply(turn));
    }
    let offered = calls::offered(turn);
    let call = [calculator(&question), clock(&question), search(&question)].into_iter().flatten();
    let own = offered.iter().find(|name| question.contains(**name)).map(|name| call_of(name, &json!({})));
    let call = call.chain(own).find(|call| offered.contains(&call.name.as_str()))?;
    Some(scenario::call(turn, &[call]))
}

/// The longest run of signs of a calculation that calculates something.
fn calculator(question: &str) -> Option<Call> {
    let runs = question.split(|sign: char| !CALCULATION.contains(sign)).map(str::trim);
    let calculates = |run: &&str| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        digits > 1 && run.trim_matches(['.', ' ', '-']).contains(['+', '-', '*', '/', '^', '×', '÷'])
    };
    let expression = runs.filter(calculates).max_by_key(|run| run.len())?;
    Some(call_of("calculator", &json!({"expression": expression})))
}

fn clock(question: &str) -> Option<Call> {
    let asked = ["time is it", "what time", "date", "today", "weekday", "几点", "日期", "今天", "星期几"];
    let question = question.to_lowercase();
    asked.iter().any(|words| question.contains(words)).then(|| call_of("date_and_time", &json!({})))
}

fn search(question: &str) -> Option<Call> {
    let lower = question.to_lowercase();
    let asked = ["search my conversations for ", "what did i ask about ", "搜索我的对话：", "我问过"];
    let words = asked.iter().find_map(|lead| Some(lower.split_once(lead)?.1.to_owned()))?;
    let words = words.trim_matches(|sign: char| !sign.is_alphanumeric());
    Some(call_of("search_conversations", &json!({"words": words})))
}

fn call_of(name: &str, arguments: &Value) -> Call {
    Call { id: "call_1".to_owned(), name: name.to_owned(), arguments: arguments.to_string() }
}
