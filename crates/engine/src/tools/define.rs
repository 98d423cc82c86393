//! Functions that a person writes: read from pasted JSON in every usual shape, and checked before they are kept.

use serde_json::{Value, json};

use crate::view::ToolDraft;
use crate::{Code, Error};

/// Letters of the longest name: services refuse more.
const LONGEST_NAME: usize = 64;
/// Bytes of the longest description and of the largest schema.
const LONGEST_DESCRIPTION: usize = 8 * 1024;
const LARGEST_SCHEMA: usize = 64 * 1024;
/// Bytes that are read at all, and functions in them.
const LARGEST: usize = 4 * 1024 * 1024;
const MOST: usize = 128;

/// The functions in pasted JSON: one, a list, or anything that holds a list named `tools` or `functions`.
pub(crate) fn read(pasted: &str) -> Result<Vec<ToolDraft>, Error> {
    if pasted.len() > LARGEST {
        return Err(Code::ToolTooLarge.into());
    }
    let value: Value = serde_json::from_str(pasted).map_err(|error| unreadable(&error))?;
    let listed = ["tools", "functions"].iter().find_map(|key| value.get(key)?.as_array());
    let items = match (listed, value.as_array()) {
        (Some(list), _) | (None, Some(list)) => list.as_slice(),
        (None, None) => std::slice::from_ref(&value),
    };
    if items.is_empty() {
        return Err(misshapen("[]"));
    }
    if items.len() > MOST {
        return Err(Code::ToolTooLarge.into());
    }
    let several = items.len() > 1;
    items.iter().enumerate().map(|(at, item)| one(item, at, several)).collect()
}

/// A function as it may be kept: its blanks trimmed, its schema a schema of an object.
pub(crate) fn check(draft: &ToolDraft) -> Result<ToolDraft, Error> {
    let name = draft.name.trim().to_owned();
    if !is_name(&name) {
        return Err(Error::from(Code::ToolNameWrong).about(&name));
    }
    let description = draft.description.trim().to_owned();
    let parameters = draft.parameters.trim();
    if description.len() > LONGEST_DESCRIPTION || parameters.len() > LARGEST_SCHEMA {
        return Err(Error::from(Code::ToolTooLarge).about(&name));
    }
    let parameters = match parameters {
        "" => nothing(),
        text => serde_json::from_str(text).map_err(|error| unreadable(&error))?,
    };
    check_schema(&parameters).map_err(|place| misshapen(&format!("{name}: {place}")))?;
    Ok(ToolDraft { id: draft.id, name, description, parameters: parameters.to_string() })
}

fn one(item: &Value, at: usize, several: bool) -> Result<ToolDraft, Error> {
    let place = if several { format!("[{at}]") } else { String::new() };
    let function = item.get("function").unwrap_or(item);
    let text = |key: &str| function.get(key).and_then(Value::as_str);
    let name = text("name").ok_or_else(|| misshapen(&format!("{place} name")))?;
    // As the chat API, other vendors and MCP servers call it.
    let schema = ["parameters", "input_schema", "inputSchema"].iter().find_map(|key| function.get(key));
    check(&ToolDraft {
        id: None,
        name: name.to_owned(),
        description: text("description").unwrap_or_default().to_owned(),
        parameters: schema.map_or_else(|| nothing().to_string(), Value::to_string),
    })
}

fn is_name(name: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    (1..=LONGEST_NAME).contains(&name.len()) && name.chars().all(fits)
}

/// Where a schema is none of an object; services refuse the whole request for it.
fn check_schema(schema: &Value) -> Result<(), String> {
    let fields = schema.as_object().ok_or("parameters")?;
    if fields.get("type").is_some_and(|kind| kind != "object") {
        return Err("parameters.type".into());
    }
    let properties = match fields.get("properties") {
        None => return Ok(()),
        Some(properties) => properties.as_object().ok_or("parameters.properties")?,
    };
    if let Some((name, _)) =
        properties.iter().find(|(_, property)| !property.is_object() && !property.is_boolean())
    {
        return Err(format!("parameters.properties.{name}"));
    }
    let required = fields.get("required").map_or(Some(&[][..]), |list| list.as_array().map(Vec::as_slice));
    let required = required.ok_or("parameters.required")?;
    let known = |name: &Value| name.as_str().is_some_and(|name| properties.contains_key(name));
    if required.iter().all(known) { Ok(()) } else { Err("parameters.required".into()) }
}

fn nothing() -> Value {
    json!({"type": "object", "properties": {}})
}

fn unreadable(error: &serde_json::Error) -> Error {
    Error { message: error.to_string(), ..Code::ToolUnreadable.into() }
}

fn misshapen(place: &str) -> Error {
    Error::from(Code::ToolMisshapen).about(place.trim())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn weather() -> Value {
        let properties = json!({"city": {"type": "string", "description": "Where"}});
        json!({"name": "weather", "description": "Says the weather.",
               "parameters": {"type": "object", "properties": properties, "required": ["city"]}})
    }

    fn told(pasted: &str) -> (Code, String) {
        let error = read(pasted).unwrap_err();
        (error.code, error.facts.field.unwrap_or_default())
    }

    #[test]
    fn one_a_list_and_a_whole_request_are_read() {
        let bare = weather();
        let wrapped = json!({"type": "function", "function": weather()});
        let mcp = json!({"tools": [{"name": "weather", "description": "Says the weather.",
                                    "inputSchema": bare["parameters"]}]});
        for pasted in [
            &bare,
            &wrapped,
            &json!([wrapped]),
            &json!({"model": "m", "tools": [wrapped]}),
            &mcp,
            &json!({"functions": [bare]}),
        ] {
            let drafts = read(&pasted.to_string()).unwrap();
            assert_eq!(drafts.len(), 1, "{pasted}");
            assert_eq!(
                (drafts[0].name.as_str(), drafts[0].description.as_str()),
                ("weather", "Says the weather.")
            );
            assert_eq!(drafts[0].parameters, bare["parameters"].to_string(), "the schema of {pasted}");
        }
        assert_eq!(read(&json!([weather(), weather()]).to_string()).unwrap().len(), 2, "a list may be long");
        assert!(
            read("{\"name\":\"now\"}").unwrap()[0].parameters.contains("\"object\""),
            "no parameters are none"
        );
    }

    #[test]
    fn what_cannot_be_kept_is_told_with_its_place() {
        let with = |key: &str, value: Value| {
            let mut bad = weather();
            bad[key] = value;
            bad.to_string()
        };
        let schema = |schema: Value| with("parameters", schema);
        for (pasted, code, place) in [
            ("{\"name\":".to_owned(), Code::ToolUnreadable, ""),
            ("[]".to_owned(), Code::ToolMisshapen, "[]"),
            ("3".to_owned(), Code::ToolMisshapen, "name"),
            ("{\"description\":\"?\"}".to_owned(), Code::ToolMisshapen, "name"),
            (format!("[{},{{}}]", weather()), Code::ToolMisshapen, "[1] name"),
            (with("name", "get weather".into()), Code::ToolNameWrong, "get weather"),
            (with("name", "天气".into()), Code::ToolNameWrong, "天气"),
            (with("name", "".into()), Code::ToolNameWrong, ""),
            (with("name", "x".repeat(65).into()), Code::ToolNameWrong, &*"x".repeat(65)),
            (schema(json!([])), Code::ToolMisshapen, "weather: parameters"),
            (schema(json!({"type": "string"})), Code::ToolMisshapen, "weather: parameters.type"),
            (schema(json!({"properties": 3})), Code::ToolMisshapen, "weather: parameters.properties"),
            (
                schema(json!({"properties": {"a": 3}})),
                Code::ToolMisshapen,
                "weather: parameters.properties.a",
            ),
            (
                schema(json!({"properties": {"a": {}}, "required": ["b"]})),
                Code::ToolMisshapen,
                "weather: parameters.required",
            ),
            (with("description", "x".repeat(1 << 20).into()), Code::ToolTooLarge, "weather"),
            (schema(json!({"description": "x".repeat(1 << 20)})), Code::ToolTooLarge, "weather"),
            (" ".repeat(LARGEST + 1), Code::ToolTooLarge, ""),
            (json!(vec![weather(); 129]).to_string(), Code::ToolTooLarge, ""),
            ("[".repeat(100_000), Code::ToolUnreadable, ""),
        ] {
            assert_eq!(told(&pasted), (code, place.to_owned()), "{pasted:.60}");
        }
    }

    proptest! {
        #[test]
        fn what_is_pasted_is_read_or_refused(pasted in any::<String>()) {
            if let Ok(drafts) = read(&pasted) {
                prop_assert!(drafts.iter().all(|draft| is_name(&draft.name)), "only what can be called is kept");
            }
        }
    }
}
