//! Answers that were asked for as data: those that fit, and every way in which they do not.

use serde_json::{Value, json};

use super::{Scenario, scenario, speech::SENTENCE};
use crate::{answer::Answer, fault::Fault, reply::Reply, sample, turn::Turn};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("data-fits", |turn| said(turn, &pretty(&fitting(turn)))),
    scenario("data-breaks", breaks),
    scenario("data-fenced", |turn| {
        said(turn, &format!("Here it is:\n\n```json\n{}\n```\n\nAnything else?", pretty(&fitting(turn))))
    }),
    scenario("data-among-words", |turn| said(turn, &format!("Sure! {} Anything else?", fitting(turn)))),
    scenario("data-cut", cut),
    scenario("data-broken", |turn| {
        said(turn, "{\n  \"rivers\": [\n    {\"name\": \"Loire\", \"length_km\": 1,006}\n  ]\n}")
    }),
    scenario("data-none", |turn| said(turn, SENTENCE)),
    scenario("data-many", |turn| said(turn, &sample::rivers(10_000).to_string())),
    scenario("data-deep", |turn| said(turn, &pretty(&nested()))),
    scenario("data-slow", |turn| Answer { pace: 40, ..Answer::new(pretty(&fitting(turn))) }.reply(turn)),
    scenario("data-formulas", formulas),
    scenario("data-if-told", if_told),
    scenario("takes-no-form", refuses_any_form),
    scenario("takes-no-schema", refuses_schemas),
    scenario("wants-the-word-json", wants_the_word),
];

const FORM: Fault = Fault::new(
    400,
    "invalid_request_error",
    "unsupported_parameter",
    "Unsupported parameter: 'response_format' is not supported with this model.",
)
.naming("response_format");
/// DeepSeek's words for a form that it does not have.
const SCHEMA: Fault = Fault::new(
    400,
    "invalid_request_error",
    "invalid_request_error",
    "This response_format type is unavailable now",
)
.naming("response_format");
const WORD: Fault = Fault::new(
    400,
    "invalid_request_error",
    "invalid_request_error",
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
)
.naming("messages");

fn said(turn: &Turn, text: &str) -> Reply {
    Answer::new(text).reply(turn)
}

fn fitting(turn: &Turn) -> Value {
    sample::fitting(turn.schema())
}

fn pretty(value: &Value) -> String {
    format!("{value:#}")
}

/// The first number becomes a text, and a name nobody asked for is there.
fn breaks(turn: &Turn) -> Reply {
    let mut value = fitting(turn);
    spoil(&mut value);
    said(turn, &pretty(&value))
}

/// True once a number was found and spoilt.
fn spoil(value: &mut Value) -> bool {
    match value {
        Value::Object(parts) => {
            let spoilt = parts.values_mut().any(spoil);
            if spoilt && parts.values().any(Value::is_string) {
                parts.entry("remark").or_insert(json!("unasked"));
            }
            spoilt
        }
        Value::Array(parts) => parts.iter_mut().any(spoil),
        Value::Number(number) => {
            *value = json!(format!("about {number}"));
            true
        }
        _ => false,
    }
}

/// Half of it, stopped by the limit of tokens.
fn cut(turn: &Turn) -> Reply {
    let text = pretty(&fitting(turn));
    let half = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
    Answer { finish: "length", ..Answer::new(text.split_at(half).0) }.reply(turn)
}

/// Nothing that a table could show.
fn nested() -> Value {
    json!({
        "river": {"name": "Loire", "source": {"place": "Gerbier de Jonc", "height_m": 1408}, "tributaries": [
            {"name": "Allier", "side": "left", "towns": ["Vichy", "Moulins"]},
            {"name": "Cher", "side": "left", "towns": ["Montluçon", "Vierzon"]},
        ]},
        "checked": true, "remark": null, "id": 9_007_199_254_740_993_i64,
    })
}

/// Cells that a spreadsheet would run.
fn formulas(turn: &Turn) -> Reply {
    said(
        turn,
        &pretty(&json!([
            {"name": "=HYPERLINK(\"http://127.0.0.1/\",\"Loire\")", "length_km": 1006},
            {"name": "+Seine, \"the long one\"", "length_km": -777},
        ])),
    )
}

/// Data for whoever asks for JSON in words, words for anybody else.
fn if_told(turn: &Turn) -> Reply {
    let told = turn.says("json");
    let schema = turn.texts("system").iter().find_map(|text| {
        let (begin, end) = (text.find('{')?, text.rfind('}')?);
        serde_json::from_str::<Value>(text.get(begin..=end)?).ok()
    });
    if told { said(turn, &pretty(&sample::fitting(schema.as_ref()))) } else { said(turn, SENTENCE) }
}

fn refuses_any_form(turn: &Turn) -> Reply {
    if turn.form().is_some() { FORM.reply(turn.dialect()) } else { if_told(turn) }
}

fn refuses_schemas(turn: &Turn) -> Reply {
    if turn.form() == Some("json_schema") { SCHEMA.reply(turn.dialect()) } else { if_told(turn) }
}

/// OpenAI's and DeepSeek's rule for "any JSON".
fn wants_the_word(turn: &Turn) -> Reply {
    if turn.form() == Some("json_object") && !turn.says("json") {
        return WORD.reply(turn.dialect());
    }
    said(turn, &pretty(&fitting(turn)))
}
