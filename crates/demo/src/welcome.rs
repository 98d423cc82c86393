//! The first run: friendly models that answer pleasantly, in English or Chinese, and always say that nothing was sent.

mod text;
mod tool;
mod topic;

use serde_json::json;

use crate::{
    answer::{Answer, is_wide},
    chunk, hearing, images,
    reply::Reply,
    sample, speech,
    turn::Turn,
};
pub(crate) use text::continued;
use topic::{GENERAL, TOPICS, Topic, Words};

/// Names and labels on the list of the first run.
pub(crate) const MODELS: &[(&str, &str)] = &[
    ("demo", "Demo"),
    ("demo-thinker", "Demo, thinks first"),
    ("demo-quick", "Demo, short answers"),
    (text::WRITER, "Demo, continues texts"),
    ("dall-e-3", "Demo, DALL·E 3"),
    ("gpt-image-1", "Demo, GPT Image"),
    ("tts-1", "Demo, reads aloud"),
    ("gpt-4o-mini-tts", "Demo, reads aloud as told"),
    ("whisper-1", "Demo, writes down what is said"),
    ("gpt-4o-transcribe-diarize", "Demo, also tells who speaks"),
];

/// Milliseconds per word: about forty words a second.
const WORD: u64 = 25;
/// Milliseconds per piece of thought: about two seconds in all.
const THOUGHT: u64 = 45;
/// Longest piece of the person's own words that is quoted or made a title, in letters.
const QUOTED: usize = 160;
const TITLE: usize = 40;

/// The answer of the model that was asked, or `None` when there is no such model.
pub(crate) fn reply(turn: &Turn) -> Option<Reply> {
    let question = turn.question();
    if turn.asks_to_continue() {
        return is_listed(turn).then(|| text::in_a_chat(turn));
    }
    if is_listed(turn)
        && let Some(reply) = tool::reply(turn, WORD)
    {
        return Some(reply);
    }
    if turn.form().is_some_and(|form| form.starts_with("json")) && is_listed(turn) {
        let data = format!("{:#}", sample::fitting(turn.schema()));
        return Some(Answer { pace: WORD, ..Answer::new(data) }.reply(turn));
    }
    let words = words(&question);
    let long = || format!("{}\n\n{}", fill(words.answer, &question), honesty(&question));
    let answer = match turn.model() {
        "demo" => Answer { pace: WORD, ..Answer::new(long()) },
        "demo-thinker" => {
            let thoughts = fill(thoughts(&question), &question);
            Answer { pace: WORD, thoughts, thought_pace: THOUGHT, ..Answer::new(long()) }
        }
        "demo-quick" | text::WRITER => {
            Answer::new(format!("{}\n\n{}", fill(quick(&question), &question), honesty(&question)))
        }
        _ => return None,
    };
    Some(answer.reply(turn))
}

/// A short title: the topic's, else the person's own first words.
pub(crate) fn title(turn: &Turn) -> Reply {
    let question = turn.to_be_titled();
    let title = match topic(&question) {
        Some(_) => words(&question).title.to_owned(),
        None => shortened(&question, TITLE),
    };
    let message = json!({"role": "assistant", "content": title});
    Reply::json(200, &chunk::whole(turn, &message, "stop", &chunk::usage(turn, &title, "")))
}

/// Whether the model is on the list.
pub(crate) fn knows(model: &str) -> bool {
    MODELS.iter().any(|(name, _)| *name == model)
}

/// Whether the model is one to talk to.
fn is_listed(turn: &Turn) -> bool {
    knows(turn.model())
        && !images::all().chain(speech::all()).chain(hearing::all()).any(|name| name == turn.model())
}

fn words(question: &str) -> &'static Words {
    let topic = topic(question).unwrap_or(&GENERAL);
    if is_chinese(question) { &topic.zh } else { &topic.en }
}

fn topic(question: &str) -> Option<&'static Topic> {
    TOPICS.iter().find(|topic| topic.is_meant(question))
}

fn honesty(question: &str) -> &'static str {
    if is_chinese(question) {
        "*这是演示：回答是事先写好的，你的内容没有发送到任何地方。*"
    } else {
        "*This is a demonstration: the answer was written beforehand, and nothing was sent anywhere.*"
    }
}

/// The same of a picture, in place of the prompt that was really drawn.
pub(crate) fn about_pictures(prompt: &str) -> &'static str {
    if is_chinese(prompt) {
        "这是演示：无论写什么，画出来的都是山丘，你的内容没有发送到任何地方。"
    } else {
        "This is a demonstration: whatever is asked for, hills are drawn, and nothing was sent anywhere."
    }
}

fn thoughts(question: &str) -> &'static str {
    if is_chinese(question) {
        "问题是“{question}”。先弄清楚对方真正想知道什么，再选一个最有用的角度。举一个具体的例子，比三段空话更有帮助。还要说明这只是演示。"
    } else {
        "The question is “{question}”. First: what would really help here? One concrete example says more than three \
         paragraphs of advice, so I will begin with that, keep it short, and say plainly that this is only a demonstration."
    }
}

fn quick(question: &str) -> &'static str {
    if is_chinese(question) {
        "收到：“{question}”。连接真正的服务后，这里就会是它的回答。"
    } else {
        "You asked: “{question}”. Once a real service is connected, its answer stands here."
    }
}

fn fill(text: &str, question: &str) -> String {
    text.trim_end().replace("{question}", &shortened(question, QUOTED))
}

/// The first line, cut at a word where there are words.
fn shortened(text: &str, limit: usize) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("…");
    if line.chars().count() <= limit {
        return line.to_owned();
    }
    let cut: String = line.chars().take(limit).collect();
    let at_word = cut.rfind(' ').map_or(cut.as_str(), |blank| cut.get(..blank).unwrap_or(&cut));
    format!("{}…", at_word.trim_end())
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(is_wide)
}
