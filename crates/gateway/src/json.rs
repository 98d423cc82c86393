//! Lenient reading of JSON values: gateways write numbers as strings, ids as numbers, booleans as 0 and 1.
//! Nothing here fails; what cannot be read is absent.

use serde_json::Value;

/// The first of `keys` that holds a non-empty text.
pub(crate) fn text<'a>(object: &'a Value, keys: &[&str]) -> Option<&'a str> {
    keys.iter().filter_map(|key| object.get(key)?.as_str()).find(|text| !text.is_empty())
}

/// A text, number or boolean as text; nothing for null, empty text, lists and objects.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A finite number, also when written as text.
pub(crate) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number: &f64| number.is_finite())
}

/// A whole number, also when written as float or text. Out of range is absent.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) if number.is_i64() => number.as_i64(),
        Value::String(text) if text.trim().parse::<i64>().is_ok() => text.trim().parse().ok(),
        other => {
            let number = number(other)?;
            // 2^53: above it a float no longer says which whole number is meant.
            #[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
            (number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
        }
    }
}

/// True for `true`, 1 and "true".
pub(crate) fn truthy(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Value::String(text) => text.eq_ignore_ascii_case("true") || text == "1",
        _ => false,
    }
}

/// The value at a path of keys.
pub(crate) fn at<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |inner, key| inner.get(key))
}

/// The members of a list; nothing for anything else.
pub(crate) fn list<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    object.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
