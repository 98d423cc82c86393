//! Finds the one JSON value in an answer: the answer itself, what stands in its fence, or what its words stand around.
//! It mends nothing: what cannot be read is said to be so.

use serde_json::Value;
use serde_json::error::Category;

/// Answers longer than this are shown as text alone.
const LONGEST: usize = 4 * 1024 * 1024;
/// Marks between which code stands.
const FENCES: &[&str] = &["```", "~~~"];

/// JSON that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'a> {
    /// The value.
    pub value: Value,
    /// The very piece of the answer that says it.
    pub source: &'a str,
    /// Where it stood.
    pub place: Place,
}

/// Where JSON stood in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the answer.
    Whole,
    /// In a fence; the words around it are left out.
    Fenced,
    /// Between words, without a fence; they are left out.
    Within,
}

/// Why no JSON was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfound {
    /// Nothing in the answer looks like it.
    Absent,
    /// It begins well and ends too early.
    Cut,
    /// It breaks the rules of JSON.
    Broken {
        /// Where in the answer, from 1.
        line: usize,
        /// Where in the line, from 1.
        column: usize,
    },
    /// It is longer than what is laid out.
    Large,
}

/// The JSON in `answer`.
pub fn find(answer: &str) -> Result<Found<'_>, Unfound> {
    if answer.len() > LONGEST {
        return Err(Unfound::Large);
    }
    let whole = answer.trim();
    if let Ok(value) = serde_json::from_str(whole) {
        return Ok(Found { value, source: whole, place: Place::Whole });
    }
    if let Some((value, source)) = fences(answer).find_map(read) {
        return Ok(Found { value, source, place: Place::Fenced });
    }
    if let Some((value, source)) = between(answer).and_then(read) {
        return Ok(Found { value, source, place: Place::Within });
    }
    Err(why(answer))
}

/// A value that has parts: a lone number or word between other words is no data.
fn read(source: &str) -> Option<(Value, &str)> {
    let source = source.trim();
    let value = serde_json::from_str::<Value>(source).ok()?;
    (value.is_object() || value.is_array()).then_some((value, source))
}

/// What stands in each fence, in order. A fence that nobody closed ends with the answer.
fn fences(answer: &str) -> impl Iterator<Item = &str> {
    let mut rest = answer;
    std::iter::from_fn(move || {
        let (begin, mark) = opening(rest)?;
        let (_, inside) = rest.split_at(begin);
        let end = inside.match_indices(mark).map(|(at, _)| at).find(|at| begins_a_line(inside, *at));
        let (code, after) = inside.split_at(end.unwrap_or(inside.len()));
        rest = after.strip_prefix(mark).unwrap_or(after);
        Some(code)
    })
}

/// Where the inside of the next fence begins, and its mark.
fn opening(text: &str) -> Option<(usize, &'static str)> {
    let found = FENCES.iter().flat_map(|mark| {
        let starts = text.match_indices(mark).map(|(at, _)| at).filter(|at| begins_a_line(text, *at));
        starts.take(1).map(|at| (at, *mark)).collect::<Vec<_>>()
    });
    let (at, mark) = found.min()?;
    let (_, line) = text.split_at(at);
    Some((at + line.find('\n')? + 1, mark))
}

fn begins_a_line(text: &str, at: usize) -> bool {
    let (before, _) = text.split_at(at);
    before.rsplit('\n').next().unwrap_or_default().trim().is_empty()
}

/// From the first bracket to the last one that fits it.
fn between(answer: &str) -> Option<&str> {
    let begin = answer.find(['{', '['])?;
    let (_, inside) = answer.split_at(begin);
    let close = if inside.starts_with('{') { '}' } else { ']' };
    let (source, _) = inside.split_at(inside.rfind(close)? + 1);
    Some(source)
}

/// What is wrong with the piece that looks most like JSON.
fn why(answer: &str) -> Unfound {
    let candidate = fences(answer).map(str::trim).find(|code| code.starts_with(['{', '[']));
    let Some(source) =
        candidate.or_else(|| answer.find(['{', '[']).map(|begin| answer.split_at(begin).1.trim_end()))
    else {
        return Unfound::Absent;
    };
    let Err(error) = serde_json::from_str::<Value>(source) else { return Unfound::Absent };
    if error.classify() == Category::Eof {
        return Unfound::Cut;
    }
    // The piece lies inside the answer, so the lines before it count too.
    let offset = source.as_ptr() as usize - answer.as_ptr() as usize;
    let before = answer.get(..offset).unwrap_or_default();
    let lines = before.matches('\n').count();
    let indent = before.rsplit('\n').next().unwrap_or_default().chars().count();
    let column = if error.line() == 1 { error.column() + indent } else { error.column() };
    Unfound::Broken { line: error.line() + lines, column }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_is_found_where_models_put_it() {
        let value = json!({"name": "Loire", "km": 1006});
        for (answer, place) in [
            (r#"{"name": "Loire", "km": 1006}"#, Place::Whole),
            ("\n\n {\"name\": \"Loire\",\n \"km\": 1006}\n", Place::Whole),
            ("```json\n{\"name\": \"Loire\", \"km\": 1006}\n```", Place::Fenced),
            ("Here it is:\n\n~~~\n{\"name\": \"Loire\", \"km\": 1006}\n~~~\nAnything else?", Place::Fenced),
            ("```\nnot this\n```\n```JSON\n{\"name\": \"Loire\", \"km\": 1006}\n```", Place::Fenced),
            ("```json\n{\"name\": \"Loire\", \"km\": 1006}", Place::Fenced),
            ("Sure! {\"name\": \"Loire\", \"km\": 1006} Anything else?", Place::Within),
        ] {
            let found = find(answer).unwrap_or_else(|why| panic!("{answer} holds JSON, not {why:?}"));
            assert_eq!((&found.value, found.place), (&value, place), "in {answer}");
            assert_eq!(
                serde_json::from_str::<Value>(found.source).unwrap(),
                value,
                "its source can be copied: {}",
                found.source
            );
        }
    }

    #[test]
    fn a_fence_inside_a_text_ends_nothing() {
        let answer = r#"{"code": "```\n1\n```"}"#;
        assert_eq!(find(answer).unwrap().value, json!({"code": "```\n1\n```"}));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        for (answer, why) in [
            ("The Loire is 1006 km long.", Unfound::Absent),
            ("", Unfound::Absent),
            ("[{\"name\": \"Loi", Unfound::Cut),
            ("```json\n{\"name\": \"Loire\",", Unfound::Cut),
            ("{\"name\": \"Loire\",\n \"km\": 1,006}", Unfound::Broken { line: 2, column: 10 }),
            ("```json\n{name: 1}\n```", Unfound::Broken { line: 2, column: 2 }),
            ("Well:  {name: 1}", Unfound::Broken { line: 1, column: 9 }),
        ] {
            assert_eq!(find(answer).map(|found| found.value), Err(why), "{answer}");
        }
    }

    #[test]
    fn a_lone_number_is_data_only_when_nothing_else_is_said() {
        assert_eq!(find("42").unwrap().value, json!(42));
        assert_eq!(find("It is 42.").map(|found| found.value), Err(Unfound::Absent));
        assert_eq!(find("```\n42\n```").map(|found| found.value), Err(Unfound::Absent));
    }

    #[test]
    fn endless_depth_and_length_are_refused() {
        assert!(matches!(find(&"[".repeat(100_000)), Err(Unfound::Broken { .. } | Unfound::Cut)));
        assert_eq!(find(&" ".repeat(LONGEST + 1)).map(|found| found.value), Err(Unfound::Large));
    }
}
