//! Where something stands inside a value: names and places from the outside in.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// The way from the whole to a part of it; empty for the whole.
pub type Path = Vec<Step>;

/// One step of the way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(untagged)]
#[ts(rename = "PathStep")]
pub enum Step {
    /// The place in a list, from 0.
    Place(#[ts(type = "number")] usize),
    /// The name in an object.
    Name(String),
}

/// The part of `value` at the end of the way, where there is one.
pub(crate) fn at<'a>(value: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(value, |inner, step| match step {
        Step::Place(place) => inner.get(place),
        Step::Name(name) => inner.get(name),
    })
}

/// A JSON pointer as a way through `value`: whether "3" is a name or a place is for the value to say.
pub(crate) fn of_pointer(value: &Value, pointer: &str) -> Path {
    let mut inner = Some(value);
    let tokens = pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"));
    tokens
        .map(|token| match (inner, token.parse::<usize>()) {
            (Some(Value::Array(items)), Ok(place)) => {
                inner = items.get(place);
                Step::Place(place)
            }
            _ => {
                inner = inner.and_then(|object| object.get(&token));
                Step::Name(token)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_is_a_name_in_an_object_and_a_place_in_a_list() {
        let value = json!({"3": [{"a/b": 1}]});
        let path = of_pointer(&value, "/3/0/a~1b");
        assert_eq!(path, [Step::Name("3".into()), Step::Place(0), Step::Name("a/b".into())]);
        assert_eq!(at(&value, &path), Some(&json!(1)), "and it leads there");
    }

    #[test]
    fn the_whole_is_at_the_end_of_no_way() {
        assert_eq!(of_pointer(&json!(1), ""), []);
        assert_eq!(at(&json!(1), &[]), Some(&json!(1)));
    }
}
