//! A value as nodes that open one level at a time, so that a large one costs no more than what is looked at.

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::path::{Path, Step, at};

/// Letters of a text that a node shows.
const LONGEST_TEXT: usize = 2_000;

/// One value of the tree.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DataNode")]
pub struct Node {
    /// Its own step within what holds it; none for the whole.
    pub step: Option<Step>,
    /// What it is.
    pub kind: Kind,
    /// What it says; "" for objects and lists.
    pub text: String,
    /// How many parts it has.
    #[ts(type = "number")]
    pub count: usize,
}

/// What a value is, in the words of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "DataKind")]
pub enum Kind {
    /// Names with values.
    Object,
    /// Values in order.
    List,
    /// Letters.
    Text,
    /// A number.
    Number,
    /// True or false.
    YesNo,
    /// Null.
    Nothing,
}

impl Kind {
    /// What `value` is.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Object(_) => Self::Object,
            Value::Array(_) => Self::List,
            Value::String(_) => Self::Text,
            Value::Number(_) => Self::Number,
            Value::Bool(_) => Self::YesNo,
            Value::Null => Self::Nothing,
        }
    }
}

/// The node at the end of a way; none where there is none.
pub fn node(value: &Value, path: &[Step]) -> Option<Node> {
    Some(of(path.last().cloned(), at(value, path)?))
}

/// `count` parts of the value at the end of a way, from the one at `from` on; empty for what has no parts.
pub fn children(value: &Value, path: &Path, from: usize, count: usize) -> Vec<Node> {
    match at(value, path) {
        Some(Value::Object(parts)) => {
            let wanted = parts.iter().skip(from).take(count);
            wanted.map(|(name, part)| of(Some(Step::Name(name.clone())), part)).collect()
        }
        Some(Value::Array(parts)) => {
            let wanted = parts.iter().enumerate().skip(from).take(count);
            wanted.map(|(place, part)| of(Some(Step::Place(place)), part)).collect()
        }
        _ => Vec::new(),
    }
}

fn of(step: Option<Step>, value: &Value) -> Node {
    let count = match value {
        Value::Object(parts) => parts.len(),
        Value::Array(parts) => parts.len(),
        _ => 0,
    };
    Node { step, kind: Kind::of(value), text: text(value), count }
}

/// What a single value says. Whole numbers of 64 bits are exact, which they would not be in the window.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => shortened(text),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null => "null".into(),
        Value::Object(_) | Value::Array(_) => String::new(),
    }
}

/// The beginning of a long text, with an ellipsis.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((at, _)) => format!("{}…", text.split_at(at).0),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parts_come_a_page_at_a_time_and_in_their_order() {
        let value = json!({"b": [10, 11, 12, 13], "a": {}});
        let root = node(&value, &[]).unwrap();
        assert_eq!((root.kind, root.count, root.step), (Kind::Object, 2, None));
        let names: Vec<_> = children(&value, &vec![], 0, 9).into_iter().map(|node| node.step).collect();
        assert_eq!(
            names,
            [Some(Step::Name("b".into())), Some(Step::Name("a".into()))],
            "as they were written"
        );
        let page = children(&value, &vec![Step::Name("b".into())], 2, 9);
        let texts: Vec<_> = page.iter().map(|node| node.text.as_str()).collect();
        assert_eq!(texts, ["12", "13"], "the rest of the list");
        assert_eq!(page[0].step, Some(Step::Place(2)), "with its own place");
        assert_eq!(
            children(&value, &vec![Step::Name("nothing".into())], 0, 9),
            [],
            "what is not there has none"
        );
    }

    #[test]
    fn large_whole_numbers_are_shown_as_they_are() {
        let value = json!([18_446_744_073_709_551_615_u64, -9_007_199_254_740_993_i64]);
        let texts: Vec<_> = children(&value, &vec![], 0, 9).into_iter().map(|node| node.text).collect();
        assert_eq!(texts, ["18446744073709551615", "-9007199254740993"]);
    }

    #[test]
    fn a_novel_is_shown_by_its_beginning() {
        let value = json!("河".repeat(LONGEST_TEXT + 1));
        assert_eq!(node(&value, &[]).unwrap().text.chars().count(), LONGEST_TEXT + 1, "with the ellipsis");
    }
}
