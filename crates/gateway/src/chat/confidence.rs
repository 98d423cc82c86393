//! How sure a model was of each token it wrote (`logprobs`), in the forms that services send: lists of objects beside a chat
//! message, and the four parallel lists of legacy completions. Takes any JSON; what cannot be read is absent.

use std::cmp::Ordering;

use serde_json::Value;

use crate::json;

/// Alternatives of one token that are kept: as many as any service reports.
const MOST_ALTERNATIVES: usize = 20;
/// Bytes of an alternative that are kept: real ones have a few.
const LONGEST_ALTERNATIVE: usize = 256;

/// One token of an answer, and how sure the model was of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Token {
    /// What it says, in UTF-8. It may be half a letter: several tokens together make whole ones.
    pub bytes: Vec<u8>,
    /// The natural logarithm of its probability, at most 0; none where the service does not say. -9999 is its way to say
    /// "next to impossible".
    pub logprob: Option<f64>,
    /// What else the model thought of, likeliest first; the token itself is mostly among them.
    pub alternatives: Vec<Alternative>,
}

/// Something else that could have stood in a token's place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alternative {
    /// What it says, in UTF-8; perhaps half a letter.
    pub bytes: Vec<u8>,
    /// The natural logarithm of its probability, at most 0.
    pub logprob: f64,
}

/// The tokens in the `logprobs` of one choice, in order; none where there is no report.
pub(crate) fn read(report: &Value) -> Vec<Token> {
    let objects = ["content", "refusal"].iter().flat_map(|key| json::list(report, key));
    let tokens: Vec<Token> = objects.filter_map(token).collect();
    if tokens.is_empty() { lists(report) } else { tokens }
}

fn token(entry: &Value) -> Option<Token> {
    let alternatives = json::list(entry, "top_logprobs").iter().filter_map(|other| {
        Some(Alternative { bytes: short(spelling(other)?), logprob: logprob(other.get("logprob"))? })
    });
    Some(Token {
        bytes: spelling(entry)?,
        logprob: logprob(entry.get("logprob")),
        alternatives: likeliest_first(alternatives.take(MOST_ALTERNATIVES).collect()),
    })
}

/// `tokens`, `token_logprobs` and `top_logprobs` of legacy completions. Lists of different lengths are read as far as
/// there are tokens.
fn lists(report: &Value) -> Vec<Token> {
    let [logprobs, tops] = ["token_logprobs", "top_logprobs"].map(|key| json::list(report, key));
    let tokens = json::list(report, "tokens").iter().enumerate();
    let read = tokens.filter_map(|(at, token)| {
        let bytes = Some(unescaped(token.as_str()?)).filter(|bytes| !bytes.is_empty())?;
        let alternatives = tops.get(at).and_then(Value::as_object).into_iter().flatten();
        let alternatives = alternatives.filter_map(|(text, value)| {
            Some(Alternative { bytes: short(unescaped(text)), logprob: logprob(Some(value))? })
        });
        Some(Token {
            bytes,
            logprob: logprob(logprobs.get(at)),
            alternatives: likeliest_first(alternatives.take(MOST_ALTERNATIVES).collect()),
        })
    });
    read.collect()
}

/// The bytes that a token is made of: as listed, else those of its text. A token without any (an end mark) is none.
fn spelling(entry: &Value) -> Option<Vec<u8>> {
    let listed = entry.get("bytes").and_then(Value::as_array);
    let listed: Option<Vec<u8>> = listed.and_then(|bytes| {
        bytes.iter().map(|byte| json::whole(byte).and_then(|byte| u8::try_from(byte).ok())).collect()
    });
    let bytes = listed.unwrap_or_else(|| unescaped(json::text(entry, &["token"]).unwrap_or_default()));
    Some(bytes).filter(|bytes| !bytes.is_empty())
}

/// Legacy completions spell half letters as `bytes:\xe6\xb2`.
fn unescaped(text: &str) -> Vec<u8> {
    let halves = text.strip_prefix("bytes:").and_then(|escaped| {
        let codes = escaped.strip_prefix("\\x")?.split("\\x");
        codes.map(|code| u8::from_str_radix(code, 16).ok()).collect::<Option<Vec<u8>>>()
    });
    halves.unwrap_or_else(|| text.as_bytes().to_vec())
}

fn short(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(LONGEST_ALTERNATIVE);
    bytes
}

/// Rounding makes some services report a little more than certain.
fn logprob(value: Option<&Value>) -> Option<f64> {
    value.and_then(json::number).map(|number| number.min(0.0))
}

fn likeliest_first(mut alternatives: Vec<Alternative>) -> Vec<Alternative> {
    alternatives.sort_by(|one, other| other.logprob.partial_cmp(&one.logprob).unwrap_or(Ordering::Equal));
    alternatives
}
